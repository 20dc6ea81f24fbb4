"""How long conversations took, one by one: read as numbers, page after page, for what no database can add up."""

from array import array
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import nan
from typing import Any

import sqlalchemy
from sqlalchemy import and_, case, or_, true
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.endings import Resolution
from storage.kinds import WITH_PEOPLE, ConversationState, ResolvedBy
from storage.moments import Seconds
from storage.tables import Conversation

PAGE = 2000
"""Rows that are read at a time, so that others have the event loop in between."""
OPEN = [state for state in ConversationState if state != ConversationState.RESOLVED]
MOST_OPEN = 20_000
"""Open conversations of a state that are read, the youngest ones: a desk that leaves more lying has other troubles."""
LATER = timedelta(days=31)
Waited = sqlalchemy.Select[Any, float, float]
"""Selects with whom conversations are, when they were opened and when answered, in seconds since 1970."""


def _numbers() -> "array[float]":
    return array("d")


@dataclass(frozen=True, slots=True)
class Moments:
    """Of each conversation of an arm, in seconds since 1970.

    `replied` is not a number where nobody had answered, and `resolved` is none where it is open.
    """

    opened: "array[float]" = field(default_factory=_numbers)
    replied: "array[float]" = field(default_factory=_numbers)
    resolved: "array[float]" = field(default_factory=_numbers)


async def of_resolved(
    session: AsyncSession, workspace_id: str, since: datetime, until: datetime
) -> dict[ResolvedBy, Moments]:
    """The moments of what AI alone and people alone resolved from `since` to `until`, and nobody took back."""
    found = {ResolvedBy.AI: Moments(), ResolvedBy.HUMAN: Moments()}
    arm, when, key = col(Resolution.resolved_by), col(Resolution.resolved_at), col(Resolution.id)
    moments = (Resolution.opened_at, Resolution.first_reply_at, Resolution.resolved_at)
    wanted = (
        sqlalchemy.select(arm, *(Seconds(col(each)) for each in moments), when, key)
        .where(*_stood(workspace_id, since, until), arm.in_(list(found)))
        .order_by(when, key)
        .limit(PAGE)
    )
    after: Any = true()
    connection = await session.connection()
    while rows := (await connection.execute(wanted.where(after))).all():
        for resolved_by, opened, replied, resolved, *_ in rows:
            of_arm = found[ResolvedBy(resolved_by)]
            of_arm.opened.append(opened)
            of_arm.replied.append(_or_nan(replied))
            of_arm.resolved.append(resolved)
        *_, last, last_key = rows[-1]
        after = and_(when >= last, or_(when > last, key > last_key))
    return found


async def open_at(session: AsyncSession, workspace_id: str, moment: datetime) -> dict[ResolvedBy, Moments]:
    """What was opened before a moment and not resolved by it, by whom it is with so far: AI alone, or people alone.

    What was resolved since counts as well, unless that took `LATER` from the moment on: whoever looks at a week of long
    ago need not read all that came after it. `resolved` is not a number for any of them. What was reopened after its
    resolution had become final waits from then on, as its next resolution will be measured.
    """
    found = {ResolvedBy.AI: Moments(), ResolvedBy.HUMAN: Moments()}
    # State by state: of several at once, SQLite makes a scan through all conversations there ever were.
    still = [_open_before(moment, workspace_id, state) for state in OPEN]
    connection, at = await session.connection(), moment.timestamp()
    for wanted in (*still, _resolved_from(moment, workspace_id)):
        for arm, opened, replied in (await connection.execute(wanted)).all():
            reply = _or_nan(replied)
            of_arm = found[ResolvedBy(arm)]
            of_arm.opened.append(opened)
            of_arm.replied.append(reply if opened <= reply <= at else nan)
            of_arm.resolved.append(nan)
    return found


def _open_before(moment: datetime, workspace_id: str, state: ConversationState) -> Waited:
    """The youngest that are in a state today and were opened before a moment: with whom, since when, when answered."""
    anew = _last_final().scalar_subquery()
    with_people = or_(col(Conversation.first_human_reply_at).is_not(None), col(Conversation.state).in_(WITH_PEOPLE))
    return (
        sqlalchemy.select(
            case((with_people, ResolvedBy.HUMAN.value), else_=ResolvedBy.AI.value),
            Seconds(func.coalesce(anew, col(Conversation.opened_at))),
            Seconds(col(Conversation.first_reply_at)),
        )
        .where(
            col(Conversation.workspace_id) == workspace_id,
            col(Conversation.state) == state,
            col(Conversation.opened_at) < moment,
            col(Conversation.closed_as) == "",
            col(Conversation.offered) != "",
            ~and_(with_people, col(Conversation.ai_replied) == true()),
            # One reopened since is no longer what it was: its resolution tells of it, if there was one to come.
            ~_last_final(col(Resolution.reopened_at) >= moment).exists(),
        )
        .order_by(col(Conversation.opened_at).desc())
        .limit(MOST_OPEN)
    )


def _resolved_from(moment: datetime, workspace_id: str) -> Waited:
    """What was opened before a moment and resolved from then on, within `LATER`, as `_open_before` tells it."""
    return (
        sqlalchemy.select(
            col(Resolution.resolved_by),
            Seconds(col(Resolution.opened_at)),
            Seconds(col(Resolution.first_reply_at)),
        )
        .where(
            col(Resolution.workspace_id) == workspace_id,
            col(Resolution.resolved_at) >= moment,
            col(Resolution.resolved_at) < moment + LATER,
            col(Resolution.opened_at) < moment,
            col(Resolution.taken_back_at).is_(None),
            col(Resolution.resolved_by).in_([ResolvedBy.AI, ResolvedBy.HUMAN]),
        )
        .order_by(col(Resolution.resolved_at))
        .limit(MOST_OPEN)
    )


def _last_final(*where: Any) -> Any:
    """When a conversation was last reopened after a resolution that was final by then."""
    return (
        select(Resolution.reopened_at)
        .where(
            col(Resolution.workspace_id) == col(Conversation.workspace_id),
            col(Resolution.conversation_id) == col(Conversation.id),
            col(Resolution.taken_back_at).is_(None),
            col(Resolution.reopened_at).is_not(None),
            *where,
        )
        .order_by(col(Resolution.resolved_at).desc())
        .limit(1)
        .correlate(Conversation)
    )


async def by_language(session: AsyncSession, workspace_id: str, since: datetime, until: datetime) -> dict[str, int]:
    """How many conversations AI alone resolved in each language; the empty one is not known."""
    # Looked up by key, one by one: of a join, PostgreSQL makes a scan through all conversations there ever were.
    language = (
        select(Conversation.language)
        .where(
            Conversation.workspace_id == Resolution.workspace_id,
            Conversation.id == Resolution.conversation_id,
        )
        .scalar_subquery()
    )
    each = (
        sqlalchemy.select(language.label("language"))
        .where(*_stood(workspace_id, since, until), col(Resolution.resolved_by) == ResolvedBy.AI)
        .cte("each_resolved")
        .prefix_with("MATERIALIZED")
    )
    wanted = select(each.c.language, func.count()).group_by(each.c.language)
    return {language: int(count) for language, count in (await session.exec(wanted)).all()}


def _or_nan(moment: float | None) -> float:
    return nan if moment is None else moment


def _stood(workspace_id: str, since: datetime, until: datetime) -> tuple[Any, ...]:
    return (
        Resolution.workspace_id == workspace_id,
        col(Resolution.resolved_at) >= since,
        col(Resolution.resolved_at) < until,
        col(Resolution.taken_back_at).is_(None),
    )
