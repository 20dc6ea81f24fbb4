"""How conversations ended in a stretch of time: the counts and medians that a report is made of.

Everything is added up in the database, so that memory does not grow with the week. The stretch is half open,
`since` included and `until` not. Resolutions count when they happened, handoffs when they were opened; what ended
without being resolved (`closed_as`) counts nowhere.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import datetime

import sqlalchemy
from sqlalchemy import CTE, ColumnElement, and_, case, or_, true
from sqlalchemy.orm import Mapped
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import erased_counts, matters
from storage.endings import ErasedCount, Rating, Resolution, Survey
from storage.kinds import WITH_PEOPLE, Action, Confirmation, ConversationState, DraftRole, HandoffState, ResolvedBy
from storage.moments import Seconds
from storage.tables import Conversation, Decision, DraftRow, Handoff

SATISFIED_FROM = 4
"""The least score that counts as satisfied."""
SCORES = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of some resolutions. The names are those of the counts of a `DayTally`."""

    resolved: int = 0
    """Those that were not taken back."""
    confirmed: int = 0
    reopened: int = 0
    """Of the resolved, how many had been reopened before."""
    simulated: int = 0
    """Of the resolved."""
    taken_back: int = 0
    asked: int = 0
    answered: int = 0
    """Of those asked, who rated."""
    rated_1: int = 0
    rated_2: int = 0
    rated_3: int = 0
    rated_4: int = 0
    rated_5: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))

    @property
    def scores(self) -> tuple[int, int, int, int, int]:
        """Ratings of 1, 2, 3, 4 and 5."""
        return self.rated_1, self.rated_2, self.rated_3, self.rated_4, self.rated_5

    @property
    def ratings(self) -> int:
        """How many rated."""
        return sum(self.scores)

    @property
    def satisfied(self) -> int:
        """How many rated 4 or 5."""
        return sum(self.scores[SATISFIED_FROM - 1 :])


@dataclass(frozen=True, slots=True)
class Ended:
    """The resolutions of one topic by one arm, of conversations that were offered alike."""

    arm: str
    topic: str
    offered: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Opened:
    """The conversations opened in the stretch that one arm has or had."""

    arm: str
    opened: int
    unresolved: int
    simulated: int


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _resolved_within(workspace_id: str, since: datetime, until: datetime) -> ColumnElement[bool]:
    return and_(
        col(Resolution.workspace_id) == workspace_id,
        col(Resolution.resolved_at) >= since,
        col(Resolution.resolved_at) < until,
    )


def _stood_within(workspace_id: str, since: datetime, until: datetime) -> ColumnElement[bool]:
    return and_(_resolved_within(workspace_id, since, until), col(Resolution.taken_back_at).is_(None))


def _each_resolved(
    workspace_id: str, since: datetime, until: datetime, topic: str | None, offered: Sequence[str]
) -> CTE:
    """The resolutions one by one, each with whether it was surveyed and its score.

    The two are looked up by key, once for each: of a join or an EXISTS, PostgreSQL makes a scan through all surveys
    and ratings there ever were. What was asked and rated after a reopening is of the next resolution.
    """

    def while_it_stood(moment: Mapped[datetime] | Mapped[datetime | None]) -> ColumnElement[bool]:
        before_reopening = or_(col(Resolution.reopened_at).is_(None), moment < col(Resolution.reopened_at))
        return and_(moment >= col(Resolution.resolved_at), before_reopening)

    asked_at = select(Survey.asked_at).where(
        Survey.workspace_id == Resolution.workspace_id,
        Survey.conversation_id == Resolution.conversation_id,
        while_it_stood(col(Survey.asked_at)),
    )
    score = select(Rating.score).where(
        Rating.workspace_id == Resolution.workspace_id,
        Rating.conversation_id == Resolution.conversation_id,
        while_it_stood(col(Rating.rated_at)),
    )
    each = sqlalchemy.select(
        col(Resolution.topic),
        col(Resolution.resolved_by),
        col(Resolution.offered),
        col(Resolution.confirmation),
        col(Resolution.reopened),
        col(Resolution.simulated),
        col(Resolution.taken_back_at),
        asked_at.scalar_subquery().label("asked_at"),
        score.scalar_subquery().label("score"),
    ).where(_resolved_within(workspace_id, since, until))
    if topic is not None:
        each = each.where(col(Resolution.topic) == topic)
    if offered:
        each = each.where(col(Resolution.offered).in_(offered))
    return each.cte("each_resolved").prefix_with("MATERIALIZED")


async def ended(
    session: AsyncSession,
    workspace_id: str,
    since: datetime,
    until: datetime,
    topic: str | None = None,
    *,
    offered: Sequence[str] = (),
) -> list[Ended]:
    """Count what was resolved, with the surveys and ratings so far, from the rows themselves.

    `topic` and `offered` narrow it to one topic, and to conversations that were offered so; else it is all.
    """
    each = _each_resolved(workspace_id, since, until, topic, offered).c
    asked, rated, stood = each.asked_at.is_not(None), each.score.is_not(None), each.taken_back_at.is_(None)
    key = (each.resolved_by, each.topic, each.offered)
    wanted = (
        select(  # pyright: ignore[reportCallIssue] - the overloads end at four columns
            *key,
            # In the order of `Counts`.
            _count(stood),
            _count(and_(stood, each.confirmation == Confirmation.CONFIRMED)),
            _count(and_(stood, each.reopened > 0)),
            _count(and_(stood, each.simulated == true())),
            _count(each.taken_back_at.is_not(None)),
            _count(asked),
            _count(and_(asked, rated)),
            *(_count(each.score == score) for score in SCORES),
        )
        .group_by(*key)
        .order_by(*key)
    )
    rows = (await session.exec(wanted)).all()
    found = [Ended(row[0], row[1], row[2], Counts(*(int(count) for count in row[3:]))) for row in rows]
    erased = await erased_counts.every(session, workspace_id, erased_counts.RESOLVED, since, until)
    counted = [each for each in erased if topic in (None, each.topic) and (not offered or each.offered in offered)]
    return _added_up([*found, *map(_of_erased, counted)])


def _of_erased(one: ErasedCount) -> Ended:
    """What is counted of one resolution whose conversation was erased."""
    stood, rated = not one.taken_back, one.score is not None
    counts = (
        stood,
        stood and one.confirmed,
        stood and one.reopened,
        stood and one.simulated,
        one.taken_back,
        one.asked,
        one.asked and rated,
        *(one.score == score for score in SCORES),
    )
    return Ended(one.arm, one.topic, one.offered, Counts(*map(int, counts)))


def _added_up(found: Sequence[Ended]) -> list[Ended]:
    sums: defaultdict[tuple[str, str, str], Counts] = defaultdict(Counts)
    for each in found:
        sums[each.arm, each.topic, each.offered] += each.counts
    return [Ended(*key, counts) for key, counts in sorted(sums.items())]


async def not_asked(
    session: AsyncSession, workspace_id: str, since: datetime, until: datetime
) -> dict[tuple[str, str], int]:
    """Of what was resolved, how many customers were not asked how it went, by arm and `NotAsked`.

    A resolution that the survey has left behind, because the conversation was resolved again since, is not among them.
    """
    why = (
        select(Survey.not_asked)
        .where(
            Survey.workspace_id == Resolution.workspace_id,
            Survey.conversation_id == Resolution.conversation_id,
            col(Survey.asked_at).is_(None),
            Survey.resolved_at == Resolution.resolved_at,
        )
        .scalar_subquery()
    )
    each = (
        sqlalchemy.select(col(Resolution.resolved_by).label("arm"), why.label("why"))
        .where(_resolved_within(workspace_id, since, until))
        .cte("each_not_asked")
        .prefix_with("MATERIALIZED")
    )
    wanted = select(each.c.arm, each.c.why, func.count()).where(each.c.why != "").group_by(each.c.arm, each.c.why)
    return {(arm, why): count for arm, why, count in (await session.exec(wanted)).all()}


async def not_final(session: AsyncSession, workspace_id: str, since: datetime, until: datetime) -> dict[str, int]:
    """How many resolutions stand so far, by arm; `since` is when those began that may still be taken back."""
    wanted = (
        select(Resolution.resolved_by, func.count())
        .where(_stood_within(workspace_id, since, until))
        .group_by(Resolution.resolved_by)
    )
    return dict((await session.exec(wanted)).all())


async def dollars(session: AsyncSession, workspace_id: str, since: datetime, until: datetime) -> dict[str, float]:
    """What models cost in the conversations that were resolved and stayed so, US dollars by arm."""
    each = (
        select(col(Resolution.resolved_by).label("arm"), matters.dollars().label("dollars"))
        .where(_stood_within(workspace_id, since, until))
        .subquery()
    )
    wanted = select(each.c.arm, func.sum(each.c.dollars)).group_by(each.c.arm)
    spent = defaultdict[str, float](float)
    for arm, total in (await session.exec(wanted)).all():
        spent[arm] += float(total or 0.0)
    for one in await erased_counts.every(session, workspace_id, erased_counts.RESOLVED, since, until):
        spent[one.arm] += one.dollars
    return dict(spent)


async def opened(session: AsyncSession, workspace_id: str, since: datetime, until: datetime) -> list[Opened]:
    """Count what was opened, by the arm that has it so far; what it was about first counts, where it is about more."""
    with_people = or_(
        col(Conversation.first_human_reply_at).is_not(None),
        col(Conversation.state).in_(WITH_PEOPLE),
    )
    arm_by_now = case(
        (col(Conversation.resolved_by).is_not(None), col(Conversation.resolved_by)),
        (and_(with_people, col(Conversation.ai_replied) == true()), ResolvedBy.AI_THEN_HUMAN),
        (with_people, ResolvedBy.HUMAN),
        else_=ResolvedBy.AI,
    )
    of_the_first = matters.first_resolved_by()
    is_open = and_(col(Conversation.state) != ConversationState.RESOLVED, of_the_first.is_(None))
    rows = (
        select(
            func.coalesce(of_the_first, arm_by_now).label("arm"), is_open.label("is_open"), col(Conversation.simulated)
        )
        .where(
            Conversation.workspace_id == workspace_id,
            # Naming every state lets the index by state and time serve a question about time alone.
            col(Conversation.state).in_(list(ConversationState)),
            col(Conversation.opened_at) >= since,
            col(Conversation.opened_at) < until,
            Conversation.closed_as == "",
        )
        .subquery()
    )
    wanted = select(
        rows.c.arm, func.count(), _count(rows.c.is_open == true()), _count(rows.c.simulated == true())
    ).group_by(rows.c.arm)
    found = [Opened(arm, *(int(count) for count in counts)) for arm, *counts in (await session.exec(wanted)).all()]
    for each in await erased_counts.every(session, workspace_id, erased_counts.OPENED, since, until):
        found.append(Opened(each.arm, 1, 0, int(each.simulated)))
    arms = {each.arm: [other for other in found if other.arm == each.arm] for each in found}
    return [
        Opened(name, *(sum(getattr(each, count) for each in parts) for count in ("opened", "unresolved", "simulated")))
        for name, parts in arms.items()
    ]


async def median_seconds(
    session: AsyncSession, workspace_id: str, since: datetime, until: datetime
) -> dict[str, tuple[float | None, float | None]]:
    """The median seconds from opening to the first reply and to the resolution, by arm, of what stayed resolved."""
    within = _stood_within(workspace_id, since, until)
    replied = await _medians(session, within, col(Resolution.first_reply_at))
    resolved = await _medians(session, within, col(Resolution.resolved_at))
    return {arm: (replied.get(arm), resolved.get(arm)) for arm in resolved}


async def _medians(
    session: AsyncSession, within: ColumnElement[bool], end: Mapped[datetime] | Mapped[datetime | None]
) -> dict[str, float]:
    arm = col(Resolution.resolved_by)
    spans = (
        select(arm.label("arm"), (Seconds(end) - Seconds(col(Resolution.opened_at))).label("seconds"))
        .where(within, end.is_not(None))
        .subquery()
    )
    ranked = select(
        spans.c.arm,
        spans.c.seconds,
        func.row_number().over(partition_by=spans.c.arm, order_by=spans.c.seconds).label("place"),
        func.count().over(partition_by=spans.c.arm).label("of"),
    ).subquery()
    # The middle one, or the two around the middle.
    middle = ranked.c.place.in_([(ranked.c.of + 1) // 2, (ranked.c.of + 2) // 2])
    wanted = select(ranked.c.arm, func.avg(ranked.c.seconds)).where(middle).group_by(ranked.c.arm)
    return {name: round(max(0.0, seconds), 3) for name, seconds in (await session.exec(wanted)).all()}


async def handoff_reasons(session: AsyncSession, workspace_id: str, since: datetime, until: datetime) -> dict[str, int]:
    """How many handoffs were opened for each reason, of conversations that count."""
    closed_as = select(Conversation.closed_as).where(
        Conversation.workspace_id == Handoff.workspace_id, Conversation.id == Handoff.conversation_id
    )
    wanted = (
        select(Handoff.reason, func.count())
        .where(
            Handoff.workspace_id == workspace_id,
            col(Handoff.state).in_(list(HandoffState)),
            col(Handoff.opened_at) >= since,
            col(Handoff.opened_at) < until,
            closed_as.scalar_subquery() == "",
        )
        .group_by(Handoff.reason)
    )
    counts = Counter(dict((await session.exec(wanted)).all()))
    erased = await erased_counts.every(session, workspace_id, erased_counts.HANDED_OFF, since, until)
    return dict(counts + Counter(each.reason for each in erased))


async def any_opened_before(session: AsyncSession, workspace_id: str, moment: datetime) -> bool:
    """Whether the workspace had a conversation before `moment`."""
    wanted = (
        select(Conversation.id)
        .where(
            Conversation.workspace_id == workspace_id,
            col(Conversation.state).in_(list(ConversationState)),
            col(Conversation.opened_at) < moment,
        )
        .limit(1)
    )
    return (await session.exec(wanted)).first() is not None


async def feedback(session: AsyncSession, workspace_id: str, since: datetime, until: datetime) -> tuple[int, int, int]:
    """How many answers the AI sent alone, and how many of them customers found helpful and not helpful by now."""
    wanted = (
        select(func.count(), func.count(col(DraftRow.helpful_at)), func.count(col(DraftRow.unhelpful_at)))
        .select_from(Decision)
        .join(
            DraftRow,
            and_(col(DraftRow.workspace_id) == col(Decision.workspace_id), col(DraftRow.id) == col(Decision.draft_id)),
        )
        .where(
            Decision.workspace_id == workspace_id,
            col(Decision.created_at) >= since,
            col(Decision.created_at) < until,
            Decision.action == Action.ANSWER,
            Decision.role == DraftRole.SERVING,
        )
    )
    answers, helpful, unhelpful = (await session.exec(wanted)).one()
    return answers, helpful, unhelpful
