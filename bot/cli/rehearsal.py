"""The commands of rehearsals: `baton rehearse`, and the scenarios for it."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.cli.options import FAILED, WRONG_USE, AsJson, Team, load_settings

scenario = typer.Typer(no_args_is_help=True, help="Scenarios for rehearsals.")

Instead = partial(typer.Option, min=0, max=1, metavar="SHARE")


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("rehearse")(rehearse)
    app.add_typer(scenario, name="scenario")


def rehearse(
    sources: Annotated[list[Path] | None, typer.Argument(metavar="FILE|DIR", help="Scenarios, as YAML.")] = None,
    *,
    last: Annotated[str | None, typer.Option(metavar="30d", help="Replay the past conversations of this time.")] = None,
    demo: Annotated[bool, typer.Option("--demo", help="In the sample shop: no Slack, no database.")] = False,
    knowledge: Annotated[
        Path | None, typer.Option(metavar="DIR|FILE", help="Answer from these articles instead; they are not stored.")
    ] = None,
    stage: Annotated[
        Literal["shadow", "copilot", "autopilot"] | None, typer.Option(help="This stage in every topic instead.")
    ] = None,
    threshold: Annotated[float | None, Instead(help="This threshold in every topic instead.")] = None,
    tolerance: Annotated[float | None, Instead(help="This tolerance in every topic instead.")] = None,
    max_dollars: Annotated[
        float | None, typer.Option(min=0, metavar="N", help="Stop before it costs more than this.")
    ] = None,
    parallel: Annotated[int, typer.Option(min=1, max=64, metavar="N", help="How many at once.")] = 4,
    seed: Annotated[int, typer.Option(min=0, metavar="N", help="The same seed, the same customers.")] = 1,
    junit: Annotated[Path | None, typer.Option(metavar="FILE", help="Write JUnit XML to this file.")] = None,
    state: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where finished results are kept; else in your cache folder.")
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Start anew instead of going on.")] = False,
    as_json: AsJson = False,
    team: Team = None,
) -> None:
    """Try a changed model, prompt, knowledge base or policy on scenarios and on past conversations.

    Nothing is posted, and nothing is stored but the results. Ends with 1 when a check or a tolerance breaks.
    """
    if not (sources or last or demo):
        raise typer.BadParameter("Name scenarios (a file or folder), --last 30d, or --demo.")
    if demo and last:
        raise typer.BadParameter("The sample shop has no past: give --demo or --last, not both.")
    from bot.commands import rehearse as rehearsing
    from bot.rehearsal.finished import usual_path
    from bot.rehearsal.grounds import Overrides
    from bot.rehearsal.scenario_files import ScenarioProblem

    try:
        lasted = rehearsing.lasting(last) if last else None
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--last") from None
    wanted = rehearsing.Wanted(
        sources=tuple(sources or ()),
        last=lasted,
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
    try:
        held = asyncio.run(rehearsing.perform(load_settings(), wanted, as_json=as_json, xml=junit))
    except ScenarioProblem as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(WRONG_USE) from None
    if not held:
        raise typer.Exit(FAILED)


@scenario.command("from")
def scenario_from(
    named: Annotated[str, typer.Argument(metavar="ID|LINK", help="A conversation's id, or its thread's link.")],
    *,
    name: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A name to mask, besides those that Slack tells.")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write it to this new file.")] = None,
    team: Team = None,
) -> None:
    """Make a scenario of a real conversation, with personal data masked."""
    from bot.commands import scenario as scenarios

    asyncio.run(scenarios.from_one(load_settings(), named, names=name or (), out=out, team=team))


@scenario.command("check")
def scenario_check(
    sources: Annotated[list[Path], typer.Argument(metavar="FILE|DIR", help="Scenarios, as YAML.")],
) -> None:
    """Read scenarios without playing them, and name every mistake."""
    from bot.rehearsal import scenario_files

    try:
        found = scenario_files.read(sources)
    except scenario_files.ScenarioProblem as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(WRONG_USE) from None
    typer.echo(f"{len(found)} {'scenario' if len(found) == 1 else 'scenarios'} can be played.")
