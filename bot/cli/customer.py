"""The commands on a customer's data. What one needs is imported when it runs."""

import asyncio
from typing import Annotated

import typer

from bot.cli.options import AsJson, Team, load_settings

app = typer.Typer(no_args_is_help=True, help="What is stored of a customer, and how to erase it.")

Person = Annotated[
    str, typer.Argument(metavar="MEMBER_ID", help="Slack's id, such as U0ADA0000: in their profile, Copy member ID.")
]


@app.command("show")
def show(person: Person, *, as_json: AsJson = False, team: Team = None) -> None:
    """Count what is stored of a customer."""
    from bot.commands import customer

    asyncio.run(customer.show(load_settings(), person, team=team, as_json=as_json))


@app.command("erase")
def erase(
    person: Person,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
    team: Team = None,
) -> None:
    """Erase a customer's conversations and whatever else holds their words or their id. It cannot be undone."""
    from bot.commands import customer

    asyncio.run(customer.erase(load_settings(), person, team=team, ask=not yes, as_json=as_json))
