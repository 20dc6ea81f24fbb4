"""The `baton` command. What a command needs is imported when it runs, so that `baton --help` is quick.

Exit codes: 0 done, 1 something failed or a check did not hold, 2 the command or a setting is wrong.
"""

import asyncio
import errno
import gc
import io
import os
import sys
from datetime import datetime
from typing import Annotated

import typer

from bot.cli import alerts, answers, customer, knowledge, report, themes, trust
from bot.cli.options import FAILED, INTERRUPTED, WRONG_USE, AsJson, Day, Team, load_settings
from storage.kinds import CostBy

app = typer.Typer(
    name="baton",
    help="Answers customers in Slack and knows when to pass the baton to a person.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
database = typer.Typer(no_args_is_help=True, help="The database.")
conversation = typer.Typer(no_args_is_help=True, help="Single conversations.")
app.add_typer(knowledge.app, name="knowledge")
app.add_typer(conversation, name="conversation")
app.add_typer(customer.app, name="customer")
app.add_typer(database, name="db")
answers.register(knowledge.app)


def main() -> None:
    """Run the command line; a foreseen problem ends in words that say what to do, without a traceback."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # not every terminal has every letter, and the work is done by then
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception as error:
        told = _told(error)
        if told is None:
            raise
        typer.echo(_in_words(error), err=True)
        sys.exit(told)


def _told(error: Exception) -> int | None:
    """The exit code of an error whose message is meant for people; nothing for any other."""
    from bot.settings import SettingsProblem
    from storage.problem import Problem, WrongUse

    if isinstance(error, SettingsProblem | WrongUse):
        return WRONG_USE
    full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    return FAILED if full or isinstance(error, Problem) else None


def _in_words(error: Exception) -> str:
    return f"Nothing more can be written: {error.strerror}." if isinstance(error, OSError) else str(error)


@app.callback(invoke_without_command=True)
def root(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """Answers customers in Slack and knows when to pass the baton to a person."""
    if version:
        from importlib.metadata import version as version_of

        typer.echo(f"baton {version_of('baton-support')}")
        raise typer.Exit


@app.command()
def demo(
    port: Annotated[
        int, typer.Option(min=0, max=65_535, metavar="N", help="The page's port, or the next free.")
    ] = 8750,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only print the address.")] = False,
    fast: Annotated[bool, typer.Option("--fast", help="Without the simulated weeks: starts at once.")] = False,
) -> None:
    """Try Baton in a local workspace: a sample shop, no keys, no accounts."""
    from bot import demo as local
    from bot import process

    process.run(local.run(port=port, open_browser=not no_browser and _has_screen(), fast=fast))


def _has_screen() -> bool:
    """Whether a browser would open in a window; on a bare Linux terminal a text browser would take it over."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@app.command()
def serve() -> None:
    """Connect to Slack, and work until Ctrl-C or SIGTERM."""
    gc.disable()  # what a start makes stays: looking through it for garbage took a third of the time until ready
    from bot import misspelt

    settings = load_settings(quiet=False)
    for each in misspelt.find():
        typer.echo(f"{each.name} is no setting, and nothing reads it. {each.advice}", err=True)
    settings.require_slack()
    settings.require_channels()
    from bot import app as bot_app
    from bot import process

    process.run(bot_app.serve(settings))


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Check tokens, scopes, channels, people, database, model and clock, and say how to mend each."""
    from bot import doctor as checks

    results = asyncio.run(checks.examine(load_settings()))
    typer.echo(checks.as_json(results) if as_json else checks.as_table(results))
    if not all(result.ok for result in results):
        raise typer.Exit(FAILED)


@database.command("upgrade")
def database_upgrade() -> None:
    """Bring the tables to the newest version. `baton serve` does it by itself."""
    from bot.commands import workspace

    asyncio.run(workspace.upgrade(load_settings()))


@app.command()
def cost(
    *,
    first: Annotated[datetime | None, Day("--from", help="The first day, such as 2026-11-02.")] = None,
    last: Annotated[datetime | None, Day("--to", help="The last day; today when not said.")] = None,
    by: Annotated[CostBy, typer.Option(help="What each line is about.")] = CostBy.DAY,
    as_json: AsJson = False,
    team: Team = None,
) -> None:
    """Show what models cost: calls, tokens and dollars, and today's spending beside the budget."""
    from bot.commands import cost as account

    asyncio.run(
        account.show(
            load_settings(),
            team=team,
            first=first.date() if first else None,
            last=last.date() if last else None,
            by=by,
            as_json=as_json,
        )
    )


@conversation.command("show")
def conversation_show(
    named: Annotated[str, typer.Argument(metavar="ID|LINK", help="A conversation's id, or its thread's link.")],
    as_json: AsJson = False,
    team: Team = None,
) -> None:
    """Tell the whole story of a conversation, with the reasons of every decision."""
    from bot.commands import conversation as one

    asyncio.run(one.show(load_settings(), named, team=team, as_json=as_json))


# Below, so that help begins with what everybody runs first.
report.register(app)
themes.register(app)
alerts.register(app)
trust.register(app)
