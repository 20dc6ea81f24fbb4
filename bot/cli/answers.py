"""The commands on taught answers. What one needs is imported when it runs."""

import asyncio
from typing import Annotated

import typer

from bot.cli.options import AsJson, Team, load_settings

AnswerId = Annotated[str, typer.Argument(metavar="ID", help="A taught answer's id, or its beginning.")]


def register(app: typer.Typer) -> None:
    """Add the commands on taught answers."""
    app.command("answers")(listed)
    app.command("answer")(shown)
    app.command("forget-answer")(forgotten)


def listed(*, as_json: AsJson = False, team: Team = None) -> None:
    """List the answers that people taught, how often each helped, and which may be outdated."""
    from bot.commands import answers

    asyncio.run(answers.show_all(load_settings(), team=team, as_json=as_json))


def shown(answer_id: AnswerId, *, as_json: AsJson = False, team: Team = None) -> None:
    """Show a taught answer in full, where it came from, and who changed it."""
    from bot.commands import answers

    asyncio.run(answers.show(load_settings(), answer_id, team=team, as_json=as_json))


def forgotten(answer_id: AnswerId, *, team: Team = None) -> None:
    """Take a taught answer out of the knowledge."""
    from bot.commands import answers

    asyncio.run(answers.forget(load_settings(), answer_id, team=team))
