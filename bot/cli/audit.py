"""The commands of an auditor: run a decision again, export all, find what an article misled, compare versions."""

import asyncio
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import AsJson, Day, Team, load_settings
from storage.kinds import Stage

decision = typer.Typer(no_args_is_help=True, help="Single decisions.")
decisions = typer.Typer(no_args_is_help=True, help="All decisions: for auditors, and after an article was wrong.")
InsteadShare = partial(typer.Option, min=0, max=1, metavar="SHARE")


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(decision, name="decision")
    app.add_typer(decisions, name="decisions")
    app.command("versions")(versions)


@decision.command("replay")
def decision_replay(
    decision_id: Annotated[str, typer.Argument(metavar="ID", help="A decision's id, from `baton conversation show`.")],
    *,
    threshold: Annotated[float | None, InsteadShare(help="Another threshold.")] = None,
    tolerance: Annotated[
        float | None, InsteadShare(help="Another tolerance, with the threshold that reviews prove for it.")
    ] = None,
    stage: Annotated[
        Stage | None, typer.Option(metavar="STAGE", help="Another stage: shadow, copilot, autopilot.")
    ] = None,
    draft_again: Annotated[
        bool, typer.Option("--draft-again", help="Search and draft anew, with today's articles and drafter.")
    ] = False,
    as_json: AsJson = False,
    team: Team = None,
) -> None:
    """Run a decision again by today's policy or another, and say whether it would go the other way, and why.

    Nothing is posted or stored; without --draft-again no model is asked.
    """
    from bot.audit.replay import Other
    from bot.commands import decision as one

    other = Other(stage=stage, threshold=threshold, tolerance=tolerance)
    asyncio.run(one.run_again(load_settings(), decision_id, other, draft_again=draft_again, team=team, as_json=as_json))


@decisions.command("export")
def decisions_export(
    target: Annotated[Path | None, typer.Argument(metavar="FILE", help="Where to; the screen when not said.")] = None,
    *,
    first: Annotated[datetime | None, Day("--from", help="The first day, such as 2026-11-02.")] = None,
    last: Annotated[datetime | None, Day("--to", help="The last day.")] = None,
    topic: Annotated[str | None, typer.Option(metavar="NAME", help="Only of this topic.")] = None,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="With what customers, drafters and reviewers wrote.")
    ] = False,
    team: Team = None,
) -> None:
    """Write every decision as a line of JSON: versions, signals, policy, proof, cost, reviews, what people did."""
    from bot.commands import decision as all_of_them

    days = {"first": first.date() if first else None, "last": last.date() if last else None}
    asyncio.run(all_of_them.export(load_settings(), target, **days, topic=topic, with_text=with_text, team=team))


@decisions.command("affected")
def decisions_affected(
    *,
    article: Annotated[
        str | None,
        typer.Option("--article", metavar="KEY|URL|ID", help="Only this one, such as returns.md; all when not said."),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also those that read it as it is now.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object a line instead.")] = False,
    team: Team = None,
) -> None:
    """List the decisions that read an article which was changed, removed, replaced or has expired since."""
    from bot.commands import decision as all_of_them

    asyncio.run(all_of_them.affected(load_settings(), article, everything=everything, team=team, as_json=as_json))


def versions(as_json: AsJson = False, team: Team = None) -> None:
    """Show the version in use and the one on trial, compare them, and say what a takeover would do."""
    from bot.commands import versions as both

    asyncio.run(both.show(load_settings(), team=team, as_json=as_json))
