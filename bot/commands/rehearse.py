"""`baton rehearse`: what would happen, before a changed model, prompt, knowledge base or policy meets a customer."""

import asyncio
import json
import re
import sys
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bot import team
from bot.commands import grounding, workspace
from bot.commands.workspace import CommandProblem
from bot.costs import prices
from bot.rehearsal import grounds, junit, printing, run, scenario_files
from bot.rehearsal.finished import Finished
from bot.rehearsal.grounds import OWN_ID, Overrides, Stood
from bot.rehearsal.purse import PaidDrafter, PaidPanel, Purse
from bot.rehearsal.results import Rehearsal
from bot.rehearsal.run import Plan
from bot.settings import Settings
from bot.terminal import say
from storage import past_decisions
from storage.database import Database
from storage.tables import Topic

_LASTS = re.compile(r"(\d{1,4})\s*([hdw])")
_UNITS = {"h": "hours", "d": "days", "w": "weeks"}


@dataclass(frozen=True)
class Wanted:
    """What the command line asks for."""

    sources: Sequence[Path] = ()
    last: timedelta | None = None
    knowledge: Path | None = None
    demo: bool = False
    overrides: Overrides = field(default_factory=Overrides)
    most_dollars: float | None = None
    parallel: int = 4
    seed: int = 1
    state: Path | None = None
    """Where finished results are kept; nowhere when nothing is given."""
    fresh: bool = False
    team: str | None = None


def lasting(given: str) -> timedelta:
    """Read `12h`, `30d` or `8w`.

    Raises:
        ValueError: for anything else.
    """
    found = _LASTS.fullmatch(given.strip().lower())
    if found is None or not int(found[1]):
        raise ValueError("write a number with h, d or w, such as 30d")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


async def perform(settings: Settings, wanted: Wanted, *, as_json: bool, xml: Path | None) -> bool:
    """Rehearse, print what came of it, and say whether every check and tolerance held.

    Raises:
        ScenarioProblem: when a scenario cannot be read.
        CommandProblem: when there is nothing to rehearse on.
        SourceProblem: when the articles cannot be read.
        StateProblem: when finished results cannot be kept.
    """
    rehearsal, paid = await rehearse(settings, wanted)
    if xml:
        try:
            await asyncio.to_thread(xml.write_text, junit.to_xml(rehearsal), encoding="utf-8")
        except OSError as error:
            raise CommandProblem(f"The JUnit XML cannot be written to {xml}: {error.strerror}") from error
    say(as_text(rehearsal) if as_json else printing.tell(rehearsal), nl=False)
    if rehearsal.dollars > paid:
        typer.echo(
            f"Of the cost, ${paid:.4f} was paid now; the rest when it was begun (--fresh starts anew).", err=True
        )
    return not rehearsal.broke


def as_text(rehearsal: Rehearsal) -> str:
    """The rehearsal as JSON, with its verdict and what it cost."""
    told = {
        "ready": not rehearsal.broke,
        "verdict": printing.verdict(rehearsal),
        "dollars": round(rehearsal.dollars, 6),
        **rehearsal.model_dump(mode="json"),
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


async def rehearse(settings: Settings, wanted: Wanted) -> tuple[Rehearsal, float]:
    """Rehearse; returns what came of it, and the dollars that were paid now."""
    purse = Purse(wanted.most_dollars)
    async with _planned(settings, wanted, purse) as plan:
        console = Console(stderr=True, quiet=not sys.stderr.isatty())
        columns = (TextColumn("rehearsing"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=console, transient=True) as progress:
            task = progress.add_task("", total=None)
            rehearsal = await run.rehearse(plan, lambda done, total: progress.update(task, completed=done, total=total))
    return rehearsal, purse.spent


@asynccontextmanager
async def _planned(settings: Settings, wanted: Wanted, purse: Purse) -> AsyncGenerator[Plan]:
    scenarios = scenario_files.read(_sources(wanted))
    async with AsyncExitStack() as stack:
        remembered = None
        if wanted.last or not (wanted.demo or wanted.knowledge):
            remembered = await _remembered(settings, wanted, stack)
        plan = Plan(
            stood=await _stood(settings, wanted, purse, remembered, stack),
            scenarios=scenarios,
            parallel=wanted.parallel,
            seed=wanted.seed,
            purse=purse,
            finished=Finished(wanted.state, fresh=wanted.fresh),
        )
        if wanted.last and remembered:
            plan.remembered, plan.remembered_id = remembered
            moment = datetime.now(UTC) - wanted.last
            plan.since = moment.date().isoformat()
            async with plan.remembered.reading() as session:
                plan.past_ids = await past_decisions.since(session, plan.remembered_id, moment)
        if any(_asks_for_model(each) for each in scenarios):
            await _bring_model(settings, plan, stack)
        yield plan


def _sources(wanted: Wanted) -> Sequence[Path]:
    if wanted.demo and not wanted.sources:
        from bot.demo import shop  # noqa: PLC0415 - the local workspace alone needs it

        return [shop.SCENARIOS]
    return wanted.sources


def _asks_for_model(written: scenario_files.Written) -> bool:
    scenario = written.scenario
    return scenario.customer.played_by == "model" or bool(scenario.checks.judge)


async def _bring_model(settings: Settings, plan: Plan, stack: AsyncExitStack) -> None:
    if settings.openai_api_key is None:
        return
    from bot.rehearsal import models  # noqa: PLC0415 - heavy, and most rehearsals do without

    _require_price(settings, settings.openai_model, plan.purse)
    plan.model = models.build(settings, plan.purse, plan.seed)
    if plan.model:
        stack.push_async_callback(plan.model.close)


def _require_price(settings: Settings, model: str, purse: Purse) -> None:
    """A ceiling can only be kept where a price is known.

    Raises:
        CommandProblem: when there is a ceiling and no price.
    """
    if purse.ceiling is not None and not prices.is_known(model, prices.own(team.read(settings.team_file))):
        raise CommandProblem(f"The price of the model {model} is not known, so --max-dollars cannot be kept with it.")


async def _stood(
    settings: Settings, wanted: Wanted, purse: Purse, remembered: tuple[Database, str] | None, stack: AsyncExitStack
) -> Stood:
    """What Baton stands on: what the workspace knows, or articles of their own; the shop where it is wanted."""
    source, company, given = wanted.knowledge, settings.company_name, dict[str, Topic]()
    if wanted.demo:
        from bot.demo import shop  # noqa: PLC0415

        source, company = source or shop.ARTICLES, shop.NAME
        given = {topic.name: topic.row(OWN_ID) for topic in shop.TOPICS}
    own = await stack.enter_async_context(grounds.own_articles(settings, source)) if source else None
    database, team_id = remembered or (own, OWN_ID)
    if database is None:
        raise CommandProblem("There are no articles to rehearse on; name some with --knowledge, or try --demo.")
    ground = await stack.enter_async_context(grounding.ground(settings, database, team_id))
    if own:
        topics = await grounds.topics_of(own, OWN_ID) | dict(ground.topics if remembered else {}) | given
        ground = replace(ground, database=own, workspace_id=OWN_ID, topics=topics)
    if ground.drafter.name != "embedded":
        _require_price(settings, ground.drafter.model, purse)
        ground = replace(ground, drafter=PaidDrafter(ground.drafter, purse))
    if ground.checks:
        _require_price(settings, settings.grader_model, purse)
        ground = replace(ground, checks=replace(ground.checks, panel=PaidPanel(ground.checks.panel, purse)))
    return await grounds.stand(replace(ground, company=company), wanted.overrides)


async def _remembered(settings: Settings, wanted: Wanted, stack: AsyncExitStack) -> tuple[Database, str]:
    """The team's database, and which workspace in it; Slack is not asked, whatever is set."""
    database = await stack.enter_async_context(workspace.opened(settings))
    alone = settings.model_copy(update={"slack_bot_token": None})
    return database, await workspace.workspace_id(database, alone, wanted.team)
