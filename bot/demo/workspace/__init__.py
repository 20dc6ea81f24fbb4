"""A Slack-compatible workspace on loopback, for the demo, the tests and the benchmarks."""

from bot.demo.workspace.faults import Faults
from bot.demo.workspace.person import Person
from bot.demo.workspace.seed import Seed, SeedApp, SeedChannel, SeedGroup, SeedUser
from bot.demo.workspace.server import Workspace, WorkspaceServer, serve

__all__ = [
    "Faults",
    "Person",
    "Seed",
    "SeedApp",
    "SeedChannel",
    "SeedGroup",
    "SeedUser",
    "Workspace",
    "WorkspaceServer",
    "serve",
]
