"""`baton versions`: the version in use, the one on trial, how they compare, and what a takeover would do."""

import json
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot import terminal
from bot.commands import workspace
from bot.settings import Settings
from bot.trust import rivals
from bot.trust.rivals import Compared, Side
from bot.views import topic_words
from handoff.intervals import Tally
from handoff.rivalry import share_in_words

LABEL, COLUMN = 22, 34

HOW_TO_TRY = (
    "No version is on trial. BATON_CHALLENGER_DRAFTER, with BATON_CHALLENGER_MODEL or BATON_CHALLENGER_PROMPT_FILE, "
    "names one that drafts in silence beside this one; with BATON_CHALLENGER_SHARE it answers that share of the "
    "conversations."
)


async def show(settings: Settings, *, team: str | None, as_json: bool) -> None:
    """Print the versions, side by side.

    Raises:
        CommandProblem: when no workspace is known.
    """
    async with workspace.opened(settings) as database:
        team_id = await workspace.workspace_id(database, settings, team)
        compared = await rivals.compare(settings, database, team_id)
    if as_json:
        terminal.say(json.dumps(compared.as_dict(), indent=2, ensure_ascii=False))
    else:
        terminal.say("\n".join(as_text(compared, settings.time_zone)))


def as_text(compared: Compared, time_zone: str) -> Iterator[str]:
    """The comparison as people read it."""
    zone = ZoneInfo(time_zone)
    sides = [compared.present, *([compared.trial] if compared.trial else [])]
    heads = ["present", f"on trial: {_how(compared)}"][: len(sides)]
    yield _row("", heads)
    for label, cells in _rows(sides, zone):
        yield _row(label, cells)
    yield ""
    yield from map(terminal.broken, _topics(compared))
    yield ""
    if compared.trial is None:
        yield terminal.broken(compared.no_trial or HOW_TO_TRY)
        return
    yield from map(terminal.broken, _verdicts(compared, zone))


def _how(compared: Compared) -> str:
    return f"answers {compared.share * 100:g}% of conversations" if compared.share else "drafts in silence"


def _row(label: str, cells: list[str]) -> str:
    return f"{label:<{LABEL}}{''.join(f'{cell:<{COLUMN}}' for cell in cells)}".rstrip()


def _rows(sides: list[Side], zone: ZoneInfo) -> Iterator[tuple[str, list[str]]]:
    yield "version", [side.version.key for side in sides]
    yield "drafter", [f"{side.version.drafter} {side.version.model}" for side in sides]
    yield "prompt", [side.version.prompt for side in sides]
    yield "search, confidence", [f"{side.version.search}, {side.version.confidence}" for side in sides]
    yield "first draft", [_day(side.drafted.first_at, zone) for side in sides]
    yield "drafts", [_drafts(side) for side in sides]
    yield "no usable draft", [f"{side.decided.failed:,}" for side in sides]
    yield "sure enough", [_sure(side) for side in sides]
    yield "time a decision", [f"{side.decided.milliseconds:,.0f} ms" for side in sides]
    yield "cost", [f"${side.drafted.dollars:,.2f}" for side in sides]
    yield "wrong, of reviewed", [share_in_words(side.reviewed) for side in sides]
    yield "waiting for review", [f"{side.waiting:,}" for side in sides]
    yield "satisfied, of rated", [share_in_words(side.rated) for side in sides]


def _day(moment: datetime | None, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%d %B %Y}" if moment else "none yet"


def _drafts(side: Side) -> str:
    silent = f", {side.drafted.in_silence:,} of them in silence" if side.drafted.in_silence else ""
    return f"{side.drafted.drafts:,}{silent}"


def _sure(side: Side) -> str:
    decided = side.decided
    return share_in_words(Tally(decided.sure_enough, decided.weighed)) if decided.weighed else "–"


def _topics(compared: Compared) -> Iterator[str]:
    ahead = {each.name: each for each in compared.trial.topics} if compared.trial else {}
    if not compared.present.topics:
        yield "There are no topics yet; `baton knowledge sync` adds those that articles name."
    for standing in compared.present.topics:
        yield f"{standing.shown_title} ({topic_words.stage(standing, short=True)})"
        yield f"  present   {topic_words.evidence(standing, named=False)}"
        if rival := ahead.get(standing.name):
            yield f"  on trial  {topic_words.evidence(rival, named=False)}"


def _verdicts(compared: Compared, zone: ZoneInfo) -> Iterator[str]:
    if compared.since is None:
        yield "The version on trial has not drafted yet."
    else:
        yield f"Since both run, {_day(compared.since, zone)}:"
        yield from (f"  {each.words}" for each in compared.contests)
    yield f"If it took over now: {compared.takeover}"
