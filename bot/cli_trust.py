"""The commands about what autonomy is earned by: each is a few lines here, and does its work in bot/commands/.

A command begins with `load_settings()` and runs its coroutine by `asyncio.run`, as those in bot/cli.py do.
"""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot import cli_audit
from bot.cli_options import FAILED, WRONG_USE, AsJson, Team, load_settings

topic = typer.Typer(no_args_is_help=True, help="Topics: stage, tolerance, certificate, monitor.")
scenario = typer.Typer(no_args_is_help=True, help="Scenarios for rehearsals.")
InsteadShare = partial(typer.Option, min=0, max=1, metavar="SHARE")


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    groups = {"topic": topic, "scenario": scenario}
    for name, group in groups.items():
        if group.registered_commands:
            app.add_typer(group, name=name)
    app.command("rehearse")(rehearse)
    cli_audit.register(app)


def rehearse(
    sources: Annotated[list[Path] | None, typer.Argument(metavar="FILE|DIR", help="Scenarios, as YAML.")] = None,
    *,
    last: Annotated[str | None, typer.Option(metavar="30d", help="Replay the past conversations of this time.")] = None,
    demo: Annotated[bool, typer.Option("--demo", help="In the sample shop: no Slack, no database.")] = False,
    knowledge: Annotated[Path | None, typer.Option(metavar="DIR", help="Answer from these articles instead.")] = None,
    stage: Annotated[str | None, typer.Option(metavar="STAGE", help="shadow, copilot or autopilot, instead.")] = None,
    threshold: Annotated[float | None, InsteadShare(help="This threshold in every topic instead.")] = None,
    tolerance: Annotated[float | None, InsteadShare(help="This tolerance in every topic instead.")] = None,
    max_dollars: Annotated[float | None, typer.Option(min=0, metavar="N", help="Stop before it costs more.")] = None,
    parallel: Annotated[int, typer.Option(min=1, max=64, metavar="N", help="How many at once.")] = 4,
    seed: Annotated[int, typer.Option(min=0, metavar="N", help="The same seed, the same customers.")] = 1,
    junit: Annotated[Path | None, typer.Option(metavar="FILE", help="Write JUnit XML to this file.")] = None,
    state: Annotated[Path | None, typer.Option(metavar="FILE", help="Where finished results are kept.")] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Start anew instead of going on.")] = False,
    as_json: AsJson = False,
    team: Team = None,
) -> None:
    """Try a changed model, prompt, knowledge base or policy on scenarios and on past conversations.

    Nothing is posted, and nothing written but the results. Ends with 1 when a check or a tolerance breaks.
    """
    if not (sources or last or demo):
        raise typer.BadParameter("Name scenarios (a file or folder), --last 30d, or --demo.")
    if demo and last:
        raise typer.BadParameter("The sample shop has no past: give --demo or --last, not both.")
    if stage not in (None, "shadow", "copilot", "autopilot"):
        raise typer.BadParameter(f"{stage} is no stage; write shadow, copilot or autopilot.", param_hint="--stage")
    import asyncio

    from bot.commands import rehearse as rehearsing
    from bot.rehearsal.finished import usual_path
    from bot.rehearsal.grounds import Overrides
    from bot.rehearsal.scenario_files import ScenarioProblem

    try:
        wanted = rehearsing.Wanted(
            sources=tuple(sources or ()),
            last=rehearsing.lasting(last) if last else None,
            knowledge=knowledge,
            demo=demo,
            overrides=Overrides(stage, threshold, tolerance),
            most_dollars=max_dollars,
            parallel=parallel,
            seed=seed,
            state=state or usual_path(),
            fresh=fresh,
            team=team,
        )
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--last") from None
    try:
        held = asyncio.run(rehearsing.perform(load_settings(), wanted, as_json=as_json, xml=junit))
    except ScenarioProblem as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(WRONG_USE) from None
    if not held:
        raise typer.Exit(FAILED)
