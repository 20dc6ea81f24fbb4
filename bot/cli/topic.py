"""The commands about topics: where they stand, and what managers may change about them."""

import asyncio
import getpass
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.cli.options import FAILED, AsJson, Team, load_settings

topic = typer.Typer(no_args_is_help=True, help="Single topics: evidence, tolerance, stage, history.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="The topic's name.")]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="Kept in the history.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("topics")(topics)
    app.command("adopt")(adopt)
    app.add_typer(topic, name="topic")


def _done(done: bool) -> None:
    if not done:
        raise typer.Exit(FAILED)


def topics(as_json: AsJson = False, team: Team = None) -> None:
    """Show of each topic: stage, tolerance, certificate or what is missing, error, monitor, reviews waiting."""
    from bot.commands import topic as work

    asyncio.run(work.show_all(load_settings(), team=team, as_json=as_json))


def adopt(
    version: Annotated[str, typer.Argument(metavar="[VERSION]", help="The model's; the one that waits.")] = "",
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    team: Team = None,
) -> None:
    """Put a fitted confidence model into use, after showing which topics return to copilot by that."""
    from bot.commands import topic as work

    asked = work.Request(version, getpass.getuser(), team=team)
    _done(asyncio.run(work.adopt(load_settings(), asked, ask=not yes)))


@topic.command("show")
def topic_show(
    name: Name,
    png: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the risk-coverage plot to it.")] = None,
    as_json: AsJson = False,
    team: Team = None,
) -> None:
    """Show the evidence of a topic, in words and as a plot of risk against coverage."""
    from bot.commands import topic as work

    asyncio.run(work.show(load_settings(), name, team=team, as_json=as_json, png=png))


@topic.command("set")
def topic_set(
    name: Name,
    *,
    tolerance: Annotated[
        float | None, typer.Option(min=0, max=1, metavar="SHARE", help="Accepted share of wrong replies: 0.05 is 5 %.")
    ] = None,
    stage: Annotated[
        Literal["shadow", "copilot"] | None,
        typer.Option(help="shadow or copilot; `baton topic promote` leads to autopilot."),
    ] = None,
    why: Why = "",
    team: Team = None,
) -> None:
    """Set the tolerance of a topic, or bring it to copilot or shadow."""
    if tolerance is None and stage is None:
        raise typer.BadParameter("Give --tolerance, --stage, or both.")
    from bot.commands import topic as work

    asked = work.Request(name, getpass.getuser(), why, team)
    _done(asyncio.run(work.change(load_settings(), asked, tolerance=tolerance, stage=stage)))


@topic.command("promote")
def topic_promote(
    name: Name,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    unproved: Annotated[
        bool, typer.Option("--unproved", help="Start knowingly without a certificate, on the starting threshold.")
    ] = False,
    why: Why = "",
    team: Team = None,
) -> None:
    """Let a topic act alone by its certificate, with the evidence in sight."""
    from bot.commands import topic as work

    asked = work.Request(name, getpass.getuser(), why, team)
    _done(asyncio.run(work.promote(load_settings(), asked, ask=not yes, unproved=unproved)))


@topic.command("rename")
def topic_rename(
    name: Name,
    new_name: Annotated[str, typer.Argument(metavar="NEW", help="Its new name.")],
    title: Annotated[str, typer.Option(metavar="TEXT", help="How people call it.")] = "",
    why: Why = "",
    team: Team = None,
) -> None:
    """Rename a topic; its evidence and its certificate go with it."""
    from bot.commands import topic as work

    asked = work.Request(name, getpass.getuser(), why, team)
    _done(asyncio.run(work.rename(load_settings(), asked, new_name, title=title)))


@topic.command("merge")
def topic_merge(
    name: Name,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The topic that it becomes a part of.")],
    why: Why = "",
    team: Team = None,
) -> None:
    """Merge a topic into another one, which returns to copilot and gathers its evidence anew."""
    from bot.commands import topic as work

    asked = work.Request(name, getpass.getuser(), why, team)
    _done(asyncio.run(work.merge(load_settings(), asked, into)))


@topic.command("delete")
def topic_delete(
    name: Name,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    why: Why = "",
    team: Team = None,
) -> None:
    """Delete a topic that no article names any more."""
    from bot.commands import topic as work

    asked = work.Request(name, getpass.getuser(), why, team)
    _done(asyncio.run(work.delete(load_settings(), asked, ask=not yes)))


@topic.command("history")
def topic_history(name: Name, as_json: AsJson = False, team: Team = None) -> None:
    """Show who changed what about a topic, when and why."""
    from bot.commands import topic as work

    asyncio.run(work.history(load_settings(), name, team=team, as_json=as_json))
