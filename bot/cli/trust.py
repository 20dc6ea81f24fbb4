"""The commands about what autonomy is earned by: each is a few lines here, and does its work in bot/commands/.

A command begins with `load_settings()` and runs its coroutine by `asyncio.run`, as those in bot/cli/__init__.py do.
"""

import typer

from bot.cli import audit, rehearsal, topic


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    audit.register(app)
    rehearsal.register(app)
    topic.register(app)
