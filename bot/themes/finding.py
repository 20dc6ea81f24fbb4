"""Finds the themes of a window, and follows them from week to week.

The window before is read along: how often a theme was asked then is counted by the same grouping as now, and the
conversations that both have in common tell which known theme it is. Whatever fails here leaves a report without themes,
never a team without its report.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypedDict

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import apart
from bot.themes import grouping, vectors
from bot.themes.grouping import Group, Said, Task
from bot.themes.vectors import Asker, Meant
from handoff import theme_tracking
from handoff.anonymising import mask
from handoff.audience import INTERNAL
from handoff.report_parts import InVain, Theme
from handoff.theme_tracking import Kind
from handoff.window import Window
from storage import answers, asked_in_vain, knowledge, themes, workspaces
from storage.asked_in_vain import Found, Question
from storage.database import Database
from storage.ids import new_id
from storage.kinds import ThemeState
from storage.theme_tables import Theme as ThemeRow
from storage.theme_tables import ThemeWindow

log = structlog.get_logger(__name__)

MOST_READ = 1_500
"""Questions of a window that are grouped; of more, a sample."""
MOST_SHOWN = 12
LEAST_NEW = 2
"""Questions of this window that a new theme needs; a known one needs a single one."""
MOST_KEPT = 40
"""Conversations of a theme and a window that are kept, to know it again and to write about it."""
STILL_STORED = timedelta(minutes=5)
"""After the end of a window, until all that happened in it is stored."""
QUIET = timedelta(days=7)
"""After how long without a question a theme that customers are answered about is settled."""
EXAMPLES, MOST_EXAMPLE = 3, 200
TRIES = 3
"""How often questions are grouped when some of them are erased or taken back meanwhile."""


class OfReport(TypedDict):
    """The parts of a report that themes fill."""

    themes: tuple[Theme, ...]
    in_vain: InVain


@dataclass(frozen=True, slots=True)
class _Asked:
    """A group, parted into the questions of the window and how many of as many were asked in the one before."""

    group: Group
    now: Sequence[Question]
    before: int
    conversations: frozenset[str]
    first_asked_at: datetime


async def of_report(database: Database, workspace_id: str, window: Window) -> OfReport:
    """What a report says about themes: as they were found once the window was over, else found now.

    Args:
        database: where the questions are, and themes are kept.
        workspace_id: the Slack team.
        window: of the report.
    """
    async with database.reading() as session:
        search = await themes.search_of(session, workspace_id, window.since, window.until)
    if search is None or search.found_at < window.until + STILL_STORED:
        return await anew(database, workspace_id, window)
    async with database.transaction() as session:
        await workspaces.hold(session, workspace_id)
        shown = await _known(session, workspace_id, window)
        settled = await _settled(session, workspace_id, window)
    in_vain = InVain(conversations=search.conversations, looked_at=search.looked_at)
    return OfReport(themes=(*shown[:MOST_SHOWN], *settled), in_vain=in_vain)


async def anew(database: Database, workspace_id: str, window: Window, by: Asker | None = None) -> OfReport:
    """Find the themes of a window; to do it twice changes nothing. Who is erased meanwhile leaves no word in them.

    Args:
        database: where the questions are, and themes are kept.
        workspace_id: the Slack team.
        window: of the report.
        by: the embedding model that is asked what questions mean; without it, what is known of that already does.
    """
    for attempt in range(TRIES):
        now, before = await _asked(database, workspace_id, window)
        if by and attempt == 0:
            await vectors.make(by, _each(now, before))
        found = await _grouped(now, before, await vectors.read(database, workspace_id, _each(now, before)))
        async with database.transaction() as session:
            # One at a time, for two processes that build the same report would know the same new theme by two keys.
            await workspaces.hold(session, workspace_id)
            read = [each.message_id for each in (*now.questions, *before.questions)]
            if found is not None and not await asked_in_vain.are_there(session, workspace_id, read):
                log.info("themes_found_again", cause="questions_gone")
                continue
            return await _stored(session, workspace_id, window, now, found)
    log.error("themes_not_found", error="questions were erased or taken back again and again")
    now, _ = await _asked(database, workspace_id, window)
    async with database.transaction() as session:
        await workspaces.hold(session, workspace_id)
        return await _stored(session, workspace_id, window, now, None)


def _earlier(window: Window) -> datetime:
    """When the window before begins."""
    return window.since - (window.until - window.since)


async def _asked(database: Database, workspace_id: str, window: Window) -> tuple[Found, Found]:
    """The questions of a window, and of the one before."""
    async with database.reading() as session:
        now = await asked_in_vain.of_window(session, workspace_id, window.since, window.until, most=MOST_READ)
        before = await asked_in_vain.of_window(session, workspace_id, _earlier(window), window.since, most=MOST_READ)
    return now, before


def _each(now: Found, before: Found) -> list[Question]:
    """The questions of both windows, each once."""
    return list({each.message_id: each for each in (*before.questions, *now.questions)}.values())


async def _stored(
    session: AsyncSession, workspace_id: str, window: Window, now: Found, found: Sequence[_Asked] | None
) -> OfReport:
    """Keep what was found; where that failed, what is known stays."""
    if found is None:
        shown = await _known(session, workspace_id, window)
    else:
        shown = await _follow(session, workspace_id, window, found)
    settled = await _settled(session, workspace_id, window)
    if found is not None:
        counts = {"conversations": now.conversations, "looked_at": len(now.questions)}
        await themes.searched(session, workspace_id, window.since, window.until, **counts)
    in_vain = InVain(conversations=now.conversations, looked_at=len(now.questions))
    return OfReport(themes=(*shown[:MOST_SHOWN], *settled), in_vain=in_vain)


async def _grouped(now: Found, before: Found, meant: Meant | None) -> list[_Asked] | None:
    """The groups that have questions of this window, none when there are too few questions; None when it fails."""
    asked = {each.message_id: each for each in _each(now, before)}
    if len(now.questions) == 0 or len(asked) < grouping.LEAST:
        return []
    said = [Said(id=each.message_id, text=each.text, language=each.language) for each in asked.values()]
    try:
        groups = (await grouping.run(_task(said, meant))).groups
    except apart.Failed as error:
        log.error("themes_not_found", error=str(error))
        return None
    of_now = {each.message_id for each in now.questions}
    # Of two windows of which not the same part was read, counts alone would tell a change that was none.
    alike = _part_read(now) / _part_read(before)
    found: list[_Asked] = []
    for group in groups:
        its = [asked[id_] for id_ in group.ids]
        here = [each for each in its if each.message_id in of_now]
        if here:
            conversations = frozenset(each.conversation_id for each in its)
            first = min(each.asked_at for each in its)
            earlier = round((len(its) - len(here)) * alike)
            found.append(_Asked(group, here, earlier, conversations, first))
    return sorted(found, key=lambda each: (-len(each.now), each.group.name))


def _part_read(found: Found) -> float:
    """Which part, above 0 and at most 1, of the questions of a window was drawn to be read."""
    return min(1.0, MOST_READ / found.conversations) if found.conversations else 1.0


def _task(said: list[Said], meant: Meant | None) -> Task:
    if meant is None:
        return Task(questions=said)
    return Task(questions=said, bytes_each=meant.bytes_each, vectors=meant.vectors, of_articles=meant.of_articles)


async def _follow(session: AsyncSession, workspace_id: str, window: Window, found: Sequence[_Asked]) -> list[Theme]:
    """Keep what was found, under the keys of the themes that are known already."""
    rows = {each.key: each for each in await themes.known(session, workspace_id, window.until)}
    around = await themes.asked_around(session, workspace_id, _earlier(window), window.until, rows)
    kinds = {key: Kind(row.language, row.terms, around.get(key, ())) for key, row in rows.items()}
    keys = theme_tracking.matched(
        [Kind(each.group.language, each.group.terms, each.conversations) for each in found], kinds
    )
    former = await themes.clear(session, workspace_id, window.since, window.until)
    taught = await _taught(session, workspace_id, [question.conversation_id for each in found for question in each.now])
    shown: list[Theme] = []
    for each, key in zip(found, keys, strict=True):
        if not key and len(each.now) < LEAST_NEW:
            continue
        row = _kept(session, workspace_id, window, each, rows.get(key))
        shown.append(_part(row, window, each, await _state(session, row), taught))
    await session.flush()
    await themes.forget_unfounded(session, workspace_id, former)
    return shown


def _kept(session: AsyncSession, workspace_id: str, window: Window, asked: _Asked, known: ThemeRow | None) -> ThemeRow:
    last = max(each.asked_at for each in asked.now)
    row = known or ThemeRow(
        workspace_id=workspace_id,
        key=new_id(),
        name=asked.group.name,
        language=asked.group.language,
        terms=dict(asked.group.terms),
        first_asked_at=asked.first_asked_at,
        last_asked_at=last,
        seen_until=window.until,
    )
    row.first_asked_at = min(row.first_asked_at, asked.first_asked_at)
    row.last_asked_at = max(row.last_asked_at, last)
    if window.until >= row.seen_until:  # an older window does not change what a newer one knows
        _renamed_where_it_moved(row, asked.group)
        row.terms, row.seen_until = dict(asked.group.terms), window.until
        if row.settled_at and last >= row.settled_at:
            row.state, row.settled_at = ThemeState.DRAFTED, None
    session.add(row)
    session.add(
        ThemeWindow(
            workspace_id=workspace_id,
            since=window.since,
            until=window.until,
            theme_key=row.key,
            questions=len(asked.now),
            before=asked.before,
            asked=[[each.conversation_id, each.message_id] for each in asked.now[:MOST_KEPT]],
        )
    )
    return row


def _renamed_where_it_moved(row: ThemeRow, group: Group) -> None:
    """A theme keeps its name, by which people know it, until it is about something else."""
    alike = theme_tracking.likeness(Kind(row.language, row.terms), Kind(group.language, group.terms))
    if alike < theme_tracking.LIKE_ENOUGH:
        row.name, row.named_by_model, row.name_refused = group.name, False, False


def _part(row: ThemeRow, window: Window, asked: _Asked, state: ThemeState, taught: Collection[str]) -> Theme:
    return Theme(
        key=row.key,
        name=row.name,
        questions=len(asked.now),
        last_week=None if row.first_asked_at >= window.since else asked.before,
        examples=tuple(examples([each.text for each in asked.now])),
        state=state,
        taught=len({each.conversation_id for each in asked.now}.intersection(taught)),
    )


async def _known(session: AsyncSession, workspace_id: str, window: Window) -> list[Theme]:
    """The themes of a window as they were found, with their present names and what was done about them."""
    found = await themes.of_window(session, workspace_id, window.since, window.until)
    rows = await themes.by_keys(session, workspace_id, [each.theme_key for each in found])
    shown: list[Theme] = []
    there = [each for each in found if each.theme_key in rows]
    taught = await _taught(session, workspace_id, [conversation for each in there for conversation, _ in each.asked])
    for each in sorted(there, key=lambda asked: (-asked.questions, rows[asked.theme_key].name)):
        row = rows[each.theme_key]
        cases = [(conversation_id, message_id) for conversation_id, message_id in each.asked[: 2 * EXAMPLES]]
        asked = {each.message_id: each.text for each in await asked_in_vain.read(session, workspace_id, cases)}
        state = await _state(session, row)
        shown.append(
            Theme(
                key=row.key,
                name=row.name,
                questions=each.questions,
                last_week=None if row.first_asked_at >= window.since else each.before,
                examples=tuple(examples([asked[message_id] for _, message_id in cases if message_id in asked])),
                state=state,
                taught=len({conversation for conversation, _ in each.asked}.intersection(taught)),
            )
        )
    return shown


async def _taught(session: AsyncSession, workspace_id: str, conversation_ids: Collection[str]) -> set[str]:
    """The conversations whose question customers are answered by now, for somebody taught Baton the answer."""
    readers = await answers.readers_by_conversation(session, workspace_id, conversation_ids)
    return {conversation_id for conversation_id, audience in readers.items() if audience != INTERNAL}


def examples(texts: Sequence[str]) -> list[str]:
    """The first questions, masked and short, no two alike."""
    short = [" ".join(mask(text).split()) for text in texts[: 2 * EXAMPLES]]
    cut = [text if len(text) <= MOST_EXAMPLE else f"{text[: MOST_EXAMPLE - 1]}…" for text in short]
    alone = {text.casefold(): text for text in reversed(cut)}
    return list(reversed(alone.values()))[:EXAMPLES]


async def _state(session: AsyncSession, row: ThemeRow) -> ThemeState:
    """What was done about a theme; one whose article was forgotten is open again."""
    if row.state == ThemeState.OPEN or await answers.is_known(session, row.workspace_id, row.article_id):
        return ThemeState(row.state)
    row.state, row.article_id, row.settled_at = ThemeState.OPEN, "", None
    session.add(row)
    return ThemeState.OPEN


async def _settled(session: AsyncSession, workspace_id: str, window: Window) -> list[Theme]:
    """The themes of which this window is the one to say that they are settled."""
    rows = await themes.drafted(session, workspace_id, window.until)
    for row in rows:
        since = await _answered_since(session, row)
        if row.state == ThemeState.DRAFTED and since and window.until - max(row.last_asked_at, since) >= QUIET:
            row.state, row.settled_at = ThemeState.SETTLED, window.until
            session.add(row)
    return [
        Theme(key=row.key, name=row.name, questions=0, last_week=0, state=ThemeState.SETTLED)
        for row in rows
        if row.settled_at == window.until
    ]


async def _answered_since(session: AsyncSession, row: ThemeRow) -> datetime | None:
    """Since when customers are answered with a theme's article; None while only agents may read it, or it is gone."""
    pair = await answers.by_id(session, row.workspace_id, row.article_id)
    article = (await knowledge.by_ids(session, row.workspace_id, [row.article_id])).get(row.article_id)
    if pair is None or article is None or pair.forgotten_at or article.audience == INTERNAL:
        return None
    return pair.taught_at
