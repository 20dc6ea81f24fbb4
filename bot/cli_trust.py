"""The commands about what autonomy is earned by: each is a few lines here, and does its work in bot/commands/.

A command begins with `load_settings()` and runs its coroutine by `asyncio.run`, as those in bot/cli.py do.
"""

import typer

from bot import cli_audit, cli_rehearsal, cli_topic


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    cli_audit.register(app)
    cli_rehearsal.register(app)
    cli_topic.register(app)
