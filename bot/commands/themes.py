"""`baton themes`: what customers asked in vain, grouped into themes."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from bot.commands import report, workspace
from bot.settings import Settings
from bot.terminal import say
from bot.themes import finding
from bot.views import report_words
from handoff.report_parts import InVain, Theme
from handoff.window import Window
from storage import themes
from storage.kinds import ThemeState
from storage.theme_tables import Theme as ThemeRow

NOTHING = "Nothing was asked in vain {when}."
NO_THEMES = (
    "{conversations} {when} asked something in vain; no three of them resemble each other, so there is no theme."
)


async def show(settings: Settings, first: date | None, last: date | None, *, team: str | None, as_json: bool) -> None:
    """Print the themes of the days from `first` to `last`; of the last full week when nothing is said.

    Raises:
        WrongUse: when the days are in the wrong order.
        CommandProblem: when no workspace is known.
    """
    days = report.window(report.Wanted(first=first, last=last), settings.time_zone, datetime.now(UTC))
    async with workspace.opened(settings) as database:
        team_id = await workspace.workspace_id(database, settings, team)
        found = await finding.of_report(database, team_id, days)
        async with database.reading() as session:
            rows = [await themes.by_key(session, team_id, each.key) for each in found["themes"]]
    known = {each.key: each for each in rows if each}
    if as_json:
        say(json.dumps(_as_json(days, found["themes"], found["in_vain"], known), indent=2, ensure_ascii=False))
    else:
        say("\n".join(as_text(days, found["themes"], found["in_vain"], known)))


def as_text(days: Window, found: Sequence[Theme], in_vain: InVain, known: dict[str, ThemeRow]) -> Iterator[str]:
    """The themes as people read them."""
    when = f"from {days.since:%Y-%m-%d} to {_last(days)}"
    if not in_vain.conversations:
        yield NOTHING.format(when=when)
    elif not found:
        yield NO_THEMES.format(conversations=_conversations(in_vain.conversations), when=when)
    else:
        read = f", {in_vain.looked_at} of them read" if in_vain.looked_at < in_vain.conversations else ""
        yield f"{_conversations(in_vain.conversations)} {when} asked something in vain{read}."
    for each in found:
        yield ""
        yield from _lines(each, known.get(each.key), days)


def _lines(theme: Theme, row: ThemeRow | None, days: Window) -> Iterator[str]:
    if theme.state == ThemeState.SETTLED:
        yield f"{theme.name}: settled. An article answers it, and nobody asked in vain any more."
        return
    state = ", an article is drafted" if theme.state == ThemeState.DRAFTED else ""
    yield f"{theme.name}: {theme.questions} ({change(theme)}{state}{report_words.taught(theme)})"
    if row:
        yield f"    {theme.key}, first asked on {row.first_asked_at.astimezone(days.since.tzinfo):%Y-%m-%d}"
    yield from (f"    - {example}" for example in theme.examples)


def change(theme: Theme) -> str:
    """How a theme stands beside the stretch before."""
    if theme.last_week is None:
        return "new"
    more = theme.questions - theme.last_week
    return f"{more:+d}".replace("-", "−") if more else "as before"


def _conversations(number: int) -> str:
    return "1 conversation" if number == 1 else f"{number} conversations"


def _last(days: Window) -> str:
    return (days.until - timedelta(microseconds=1)).date().isoformat()


def _as_json(days: Window, found: Sequence[Theme], in_vain: InVain, known: dict[str, ThemeRow]) -> dict[str, object]:
    return {
        "from": days.since.date().isoformat(),
        "to": _last(days),
        "conversations": in_vain.conversations,
        "looked_at": in_vain.looked_at,
        "themes": [
            {
                **each.model_dump(mode="json"),
                "first_asked": row.first_asked_at.isoformat() if (row := known.get(each.key)) else None,
                "language": row.language if row else "",
            }
            for each in found
        ],
    }
