"""The outcomes that are watched between reports, in the order of time, and what is remembered of them.

Each kind of outcome is read from where it was last read up to a moment from which on it no longer changes, in portions,
on an index: nothing here grows with history. Simulated conversations are left out.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import Mapped, aliased
from sqlmodel import col, delete, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import ids
from storage.endings import Rating, Survey
from storage.kinds import DraftRole, HandoffReason, Offered, Stage
from storage.queues import Outbox
from storage.resolutions import SATISFIED_FROM
from storage.row import now
from storage.tables import Conversation, Decision, Handoff
from storage.watched import Alert, Watched

HANDED_OFF_WITHIN = timedelta(hours=1)
TOPIC_GONE = "topic_gone"
"""How an alert ended whose topic was deleted or merged."""
ANSWERED_WITHIN = timedelta(days=3)
POSTED_WITHIN = timedelta(hours=1)
RATING_STAYS = timedelta(hours=1)
"""A score is taken as final after this time."""
STORED_WITHIN = timedelta(minutes=1)
"""After this time no decision with an earlier time is still being stored."""
CLOCKS_APART = timedelta(minutes=1)
SURVEY_POST = "survey"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome: when, whether it is bad, and where it can be read."""

    at: datetime
    id: str
    topic: str
    conversation_id: str
    bad: bool


@dataclass(frozen=True, slots=True)
class Cursor:
    """Up to which outcome a kind was read."""

    at: datetime
    id: str


def _within(at: Mapped[Any], key: Mapped[str], since: Cursor, until: datetime) -> ColumnElement[bool]:
    after = or_(at > since.at, and_(at == since.at, key > since.id))
    return and_(at >= since.at, at <= until, after)


async def ratings(
    session: AsyncSession, workspace_id: str, since: Cursor, until: datetime, limit: int
) -> list[Outcome]:
    """Scores, by when the customer first gave one; bad are those below 4."""
    at = col(Survey.answered_at)
    wanted = (
        select(Survey.answered_at, Survey.conversation_id, Conversation.topic, Rating.score)
        .join(Conversation, _of(Conversation.workspace_id, Conversation.id, Survey))
        .join(Rating, _of(Rating.workspace_id, Rating.conversation_id, Survey))
        .where(*_of_surveys(workspace_id, at, since, until))
        .order_by(at, col(Survey.conversation_id))
        .limit(limit)
    )
    rows = (await session.exec(wanted)).all()
    return [Outcome(at, each, topic, each, score < SATISFIED_FROM) for at, each, topic, score in rows if at]


async def handoffs(
    session: AsyncSession, workspace_id: str, since: Cursor, until: datetime, limit: int
) -> list[Outcome]:
    """First decisions of conversations that the AI could answer alone; bad when a person was asked for within an hour.

    What managers keep in copilot, or a lot sent to people, is not among them: a demotion is no rise of handoffs.
    """
    of_conversation = aliased(Decision)
    # Looked up by key for each row: of an EXISTS, PostgreSQL may make a scan through all decisions there ever were.
    first = (
        select(func.min(of_conversation.id))
        .where(
            col(of_conversation.workspace_id) == Decision.workspace_id,
            col(of_conversation.conversation_id) == Decision.conversation_id,
            col(of_conversation.role) == DraftRole.SERVING,
        )
        .scalar_subquery()
    )
    handed_off = (
        select(func.min(Handoff.opened_at))
        .where(
            Handoff.workspace_id == Decision.workspace_id,
            Handoff.conversation_id == Decision.conversation_id,
        )
        .scalar_subquery()
    )
    wanted = (
        select(  # pyright: ignore[reportCallIssue] - the overloads end at four columns
            Decision.created_at, Decision.id, Conversation.topic, Decision.conversation_id, handed_off
        )
        .join(Conversation, _of(Conversation.workspace_id, Conversation.id, Decision))
        .where(
            *_serving(workspace_id, since, until),
            Decision.stage == Stage.AUTOPILOT,
            Conversation.offered != Offered.PEOPLE_BY_LOT,
            col(Decision.id) == first,
        )
        .order_by(col(Decision.created_at), col(Decision.id))
        .limit(limit)
    )
    rows = (await session.exec(wanted)).all()
    return [
        Outcome(at, id_, topic, conversation, opened is not None and opened <= at + HANDED_OFF_WITHIN)
        for at, id_, topic, conversation, opened in rows
    ]


async def handoff_reasons(
    session: AsyncSession, workspace_id: str, conversation_ids: Collection[str]
) -> dict[str, int]:
    """Why these conversations first went to a person: how many of them for each reason, the commonest first."""
    wanted = (
        select(Handoff.conversation_id, Handoff.reason)
        .where(Handoff.workspace_id == workspace_id, col(Handoff.conversation_id).in_(sorted(conversation_ids)))
        .order_by(col(Handoff.opened_at), col(Handoff.id))
    )
    first: dict[str, str] = {}
    for conversation_id, reason in (await session.exec(wanted)).all():
        first.setdefault(conversation_id, reason)
    return dict(Counter(first.values()).most_common())


async def answers(
    session: AsyncSession, workspace_id: str, since: Cursor, until: datetime, limit: int
) -> list[Outcome]:
    """Customers who were asked how it went; bad when they gave no score within three days."""
    at = col(Survey.asked_at)
    wanted = (
        select(Survey.asked_at, Survey.conversation_id, Conversation.topic, Survey.answered_at)
        .join(Conversation, _of(Conversation.workspace_id, Conversation.id, Survey))
        .where(*_of_surveys(workspace_id, at, since, until))
        .order_by(at, col(Survey.conversation_id))
        .limit(limit)
    )
    return [
        Outcome(at, each, topic, each, answered is None or answered > at + ANSWERED_WITHIN)
        for at, each, topic, answered in (await session.exec(wanted)).all()
        if at
    ]


async def model_replies(
    session: AsyncSession, workspace_id: str, since: Cursor, until: datetime, limit: int
) -> list[Outcome]:
    """Decisions for which the model was asked; bad when it gave nothing that could be used."""
    failed = col(Decision.reason) == HandoffReason.MODEL_FAILED
    wanted = (
        select(  # pyright: ignore[reportCallIssue] - the overloads end at four columns
            Decision.created_at, Decision.id, Conversation.topic, Decision.conversation_id, Decision.reason
        )
        .join(Conversation, _of(Conversation.workspace_id, Conversation.id, Decision))
        .where(*_serving(workspace_id, since, until), or_(failed, col(Decision.draft_id).is_not(None)))
        .order_by(col(Decision.created_at), col(Decision.id))
        .limit(limit)
    )
    return [
        Outcome(at, id_, topic, conversation, reason == HandoffReason.MODEL_FAILED)
        for at, id_, topic, conversation, reason in (await session.exec(wanted)).all()
    ]


async def survey_posts(
    session: AsyncSession, workspace_id: str, since: Cursor, until: datetime, limit: int
) -> list[Outcome]:
    """Surveys that were to be posted; bad when they are not, after an hour."""
    wanted = (
        select(Outbox.created_at, Outbox.id, Outbox.conversation_id, Outbox.state)
        .where(
            Outbox.workspace_id == workspace_id,
            col(Outbox.id) > max(since.id, ids.first_at(since.at - CLOCKS_APART)),  # they sort by time
            col(Outbox.created_at) <= until,
            Outbox.purpose == SURVEY_POST,
        )
        .order_by(col(Outbox.id))
        .limit(limit)
    )
    return [
        Outcome(at, id_, "", conversation or "", state != "sent")
        for at, id_, conversation, state in (await session.exec(wanted)).all()
    ]


def _of(workspace: Any, key: Any, row: Any) -> ColumnElement[bool]:
    return and_(col(workspace) == row.workspace_id, col(key) == row.conversation_id)


def _of_surveys(workspace_id: str, at: Mapped[Any], since: Cursor, until: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Survey.workspace_id) == workspace_id,
        _within(at, col(Survey.conversation_id), since, until),
        col(Conversation.simulated).is_(False),
    )


def _serving(workspace_id: str, since: Cursor, until: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Decision.workspace_id) == workspace_id,
        _within(col(Decision.created_at), col(Decision.id), since, until),
        col(Decision.role) == DraftRole.SERVING,
        col(Conversation.simulated).is_(False),
    )


async def series(session: AsyncSession, workspace_id: str, kind: str, *, lock: bool = False) -> dict[str, Watched]:
    """The series of a kind by topic; `lock` keeps other processes from them until the transaction ends."""
    wanted = select(Watched).where(Watched.workspace_id == workspace_id, Watched.kind == kind).order_by(Watched.topic)
    rows = (await session.exec(wanted.with_for_update() if lock else wanted)).all()
    return {row.topic: row for row in rows}


def begin(session: AsyncSession, workspace_id: str, kind: str, topic: str, *, since: datetime, read: Cursor) -> Watched:
    """Add a series."""
    row = Watched(
        workspace_id=workspace_id, kind=kind, topic=topic, since=since, read_until=read.at, read_id=read.id, state={}
    )
    session.add(row)
    return row


def raised(session: AsyncSession, row: Watched, *, since: datetime, figures: Mapping[str, Any], told: bool) -> Alert:
    """Note that an alert was raised."""
    alert = Alert(
        workspace_id=row.workspace_id,
        id=ids.new_id(),
        kind=row.kind,
        topic=row.topic,
        since=since,
        figures=dict(figures),
        told=told,
    )
    session.add(alert)
    return alert


async def by_id(session: AsyncSession, workspace_id: str, alert_id: str, *, lock: bool = False) -> Alert | None:
    """The alert with this id; `lock` keeps it and its series from others, the series first as a sweep takes them."""
    alert = await session.get(Alert, (workspace_id, alert_id))
    if alert and lock:
        await session.get(Watched, (workspace_id, alert.kind, alert.topic), with_for_update=True)
        await session.refresh(alert, with_for_update=True)
    return alert


async def standing(session: AsyncSession, workspace_id: str, kind: str, topic: str) -> Alert | None:
    """The alert of a series that has not ended."""
    wanted = (
        select(Alert)
        .where(
            Alert.workspace_id == workspace_id,
            Alert.kind == kind,
            Alert.topic == topic,
            col(Alert.ended_at).is_(None),
        )
        .order_by(col(Alert.raised_at).desc())
        .limit(1)
    )
    return (await session.exec(wanted)).first()


async def arrived(session: AsyncSession, workspace_id: str, alert_id: str, channel_id: str, ts: str | None) -> None:
    """Note where an alert's card stands, now that Slack has it."""
    same = (col(Alert.workspace_id) == workspace_id, col(Alert.id) == alert_id)
    await session.exec(update(Alert).where(*same).values(channel_id=channel_id, ts=ts, refused=False))


async def not_taken(session: AsyncSession, workspace_id: str, alert_id: str, channel_id: str) -> None:
    """Note that Slack will never take an alert's card in this channel, and that managers do not know of it yet."""
    same = (col(Alert.workspace_id) == workspace_id, col(Alert.id) == alert_id, col(Alert.channel_id) == channel_id)
    await session.exec(update(Alert).where(*same).values(refused=True, stale=True))


async def out_of_date(session: AsyncSession, workspace_id: str, channel_id: str) -> Sequence[Alert]:
    """The alerts whose cards do not say how things stand, or that stand and have theirs in another channel, or in none.

    A card that is on its way is left alone.
    """
    there, refused, stale = col(Alert.ts).is_not(None), col(Alert.refused).is_(True), col(Alert.stale).is_(True)
    stands = col(Alert.ended_at).is_(None)
    moved = and_(stands, col(Alert.channel_id) != channel_id, or_(there, refused))
    wanted = select(Alert).where(
        Alert.workspace_id == workspace_id, or_(moved, and_(there, stale), and_(stands, refused, stale))
    )
    return (await session.exec(wanted.order_by(col(Alert.raised_at)))).all()


async def listed(session: AsyncSession, workspace_id: str, *, limit: int) -> Sequence[Alert]:
    """The alerts that stand, then those that were raised last; each the newest first."""
    wanted = select(Alert).where(Alert.workspace_id == workspace_id)
    order = (col(Alert.ended_at).is_not(None), col(Alert.raised_at).desc(), col(Alert.id))
    return (await session.exec(wanted.order_by(*order).limit(limit))).all()


async def beginning_with(session: AsyncSession, workspace_id: str, alert_id: str) -> Sequence[Alert]:
    """The alerts whose ids begin so, two at most."""
    wanted = select(Alert).where(Alert.workspace_id == workspace_id, col(Alert.id).startswith(alert_id)).limit(2)
    return (await session.exec(wanted)).all() if alert_id else []


async def every_series(session: AsyncSession, workspace_id: str) -> Sequence[Watched]:
    """All that is watched, those of all topics first."""
    wanted = select(Watched).where(Watched.workspace_id == workspace_id)
    return (await session.exec(wanted.order_by(col(Watched.kind), col(Watched.topic)))).all()


async def count_since(session: AsyncSession, workspace_id: str, since: datetime) -> int:
    """How many alerts managers were told of."""
    wanted = select(func.count()).where(
        col(Alert.workspace_id) == workspace_id, col(Alert.raised_at) >= since, col(Alert.told).is_(True)
    )
    return (await session.exec(wanted)).one()


def end(session: AsyncSession, alert: Alert, ended_as: str) -> None:
    """Note how an alert ended."""
    alert.ended_at, alert.ended_as = now(), ended_as
    session.add(alert)


async def mute(session: AsyncSession, alert: Alert, until: datetime | None, by: str) -> None:
    """Keep the series of an alert, which is locked, silent until a moment; without one, let it speak again."""
    row = await session.get(Watched, (alert.workspace_id, alert.kind, alert.topic))
    if row:
        row.muted_until, row.muted_by = until, by if until else ""
        session.add(row)


async def muted_until(session: AsyncSession, alert: Alert) -> datetime | None:
    """Until when the series of an alert is silent."""
    row = await session.get(Watched, (alert.workspace_id, alert.kind, alert.topic))
    return row.muted_until if row and row.muted_until and row.muted_until > now() else None


async def rename_topic(session: AsyncSession, workspace_id: str, old: str, new: str) -> None:
    """Watch a topic on under its new name; what a topic that had that name before left behind is gone."""
    await forget_topic(session, workspace_id, new)
    for table in (Watched, Alert):
        same = (col(table.workspace_id) == workspace_id, col(table.topic) == old)
        await session.exec(update(table).where(*same).values(topic=new))


async def forget_topic(session: AsyncSession, workspace_id: str, name: str) -> None:
    """A topic is no more: its alerts are over, and stay in the record."""
    same = (col(Watched.workspace_id) == workspace_id, col(Watched.topic) == name)
    await session.exec(delete(Watched).where(*same))
    theirs = (col(Alert.workspace_id) == workspace_id, col(Alert.topic) == name, col(Alert.ended_at).is_(None))
    await session.exec(update(Alert).where(*theirs).values(ended_at=now(), ended_as=TOPIC_GONE, stale=True))
