"""The commands on alerts. What one needs is imported when it runs."""

import asyncio
import getpass
from typing import Annotated

import typer

from bot.cli.options import AsJson, Team, load_settings

alert = typer.Typer(no_args_is_help=True, help="Single alerts: note who looks after one, or keep its kind silent.")

AlertId = Annotated[str, typer.Argument(metavar="ID", help="The alert's id, or its beginning.")]
Undo = Annotated[bool, typer.Option("--undo", help="Take it back.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("alerts")(listed)
    app.add_typer(alert, name="alert")


def listed(*, as_json: AsJson = False, team: Team = None) -> None:
    """List what got worse between reports, what to do about it, what is watched, and how often chance cries wolf."""
    from bot.commands import alerts

    asyncio.run(alerts.show(load_settings(), team=team, as_json=as_json))


@alert.command("seen")
def seen(alert_id: AlertId, *, undo: Undo = False, team: Team = None) -> None:
    """Note that you look after an alert, as the button in Slack does."""
    from bot.commands import alerts

    asyncio.run(alerts.see(load_settings(), alert_id, by="" if undo else getpass.getuser(), team=team))


@alert.command("mute")
def mute(alert_id: AlertId, *, undo: Undo = False, team: Team = None) -> None:
    """Keep the series of an alert silent for four weeks, as the button in Slack does."""
    from bot.commands import alerts

    asyncio.run(alerts.mute(load_settings(), alert_id, by=getpass.getuser(), undo=undo, team=team))
