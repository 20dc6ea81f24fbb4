"""What the uniform sample says of a topic: the evidence of its certificates, and the replies its monitor watches."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import aliased
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.evidence import Review
from storage.kinds import Drawn, ReviewVerdict
from storage.tables import Conversation

MOST = 100_000
"""More reviews of one topic and version are not read."""


@dataclass(frozen=True, slots=True)
class Audited:
    """A draft of the uniform sample with its verdict; of two readings the worse one counts."""

    draft_id: str
    conversation_id: str
    confidence: float
    confidence_version: str
    signals: Mapping[str, float]
    wrong: bool
    verdict: str
    fault: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A reviewed draft of any coin, with the chance, 0..1, that it had."""

    confidence: float
    confidence_version: str
    signals: Mapping[str, float]
    wrong: bool
    answered: bool
    probability: float


class _Told(NamedTuple):
    """What is read of a review: a page of topics takes many thousands, so no more than needed."""

    draft_id: str
    reading: int
    conversation_id: str
    confidence: float
    confidence_version: str
    signals: dict[str, float]
    verdict: str | None
    fault: str
    answered: bool
    probability: float


_TOLD: Any = tuple(getattr(Review, name) for name in _Told._fields)


async def evidence(
    session: AsyncSession, workspace_id: str, topic: str, *, drafter: str, after: datetime | None
) -> list[Audited]:
    """The evidence of one version in the order of the drafts, up to the first that waits for its verdict.

    Args:
        session: to read with.
        workspace_id: the Slack team.
        topic: its name.
        drafter: the version of the drafter.
        after: only drafts made later than this; None for all.
    """
    wanted = (
        select(*_TOLD)
        .where(
            Review.workspace_id == workspace_id,
            Review.topic == topic,
            Review.drafter_version == drafter,
            col(Review.audit).is_(True),
        )
        .order_by(col(Review.drafted_at), col(Review.draft_id), col(Review.reading))
        .limit(MOST)
    )
    if after is not None:
        wanted = wanted.where(Review.drafted_at > after)
    found = [_Told(*row) for row in (await session.exec(wanted)).all()]
    firsts = [each for each in found if each.reading == 1]
    stop = next((place for place, each in enumerate(firsts) if each.verdict is None), len(firsts))
    counted = {each.draft_id for each in firsts[:stop]}
    return _audited(each for each in found if each.draft_id in counted)


async def watched(session: AsyncSession, workspace_id: str, topic: str, *, since: datetime) -> list[Audited]:
    """The reviewed autonomous replies of the uniform sample since a promotion, in the order of their verdicts."""
    wanted = (
        select(*_TOLD)
        .where(*_promised(workspace_id, topic, since), col(Review.verdict).is_not(None))
        .order_by(col(Review.reviewed_at), col(Review.id))
        .limit(MOST)
    )
    return _audited(_Told(*row) for row in (await session.exec(wanted)).all())


async def count_watched(session: AsyncSession, workspace_id: str, topic: str, *, since: datetime) -> int:
    """How many replies `watched` would return."""
    wanted = select(func.count(func.distinct(Review.draft_id))).where(
        *_promised(workspace_id, topic, since), col(Review.verdict).is_not(None)
    )
    return (await session.exec(wanted)).one()


async def drawings(session: AsyncSession, workspace_id: str, topic: str, *, drafter: str) -> list[Drawing]:
    """The reviewed drafts of one version that a coin drew, uniform or targeted: what estimates rest on."""
    wanted = (
        select(*_TOLD)
        .where(
            Review.workspace_id == workspace_id,
            Review.topic == topic,
            Review.drafter_version == drafter,
            col(Review.drawn).in_([Drawn.AUDIT, Drawn.TARGETED]),
            col(Review.verdict).is_not(None),
        )
        .order_by(col(Review.draft_id), col(Review.reading))
        .limit(MOST)
    )
    rows: dict[str, Drawing] = {}
    for each in (_Told(*row) for row in (await session.exec(wanted)).all()):
        wrong = each.verdict != ReviewVerdict.RIGHT
        known = rows.get(each.draft_id)
        rows[each.draft_id] = Drawing(
            each.confidence,
            each.confidence_version,
            each.signals,
            wrong or (known is not None and known.wrong),
            each.answered,
            each.probability,
        )
    return list(rows.values())


async def waiting_by_topic(session: AsyncSession, workspace_id: str) -> dict[str, int]:
    """How many reviews of each topic wait for a reader."""
    wanted = (
        select(Review.topic, func.count())
        .where(Review.workspace_id == workspace_id, col(Review.verdict).is_(None))
        .group_by(Review.topic)
    )
    return dict((await session.exec(wanted)).all())


async def first_drafted(session: AsyncSession, workspace_id: str, drafter: str) -> datetime | None:
    """When the first draft of a version was made that anybody was to review."""
    wanted = select(func.min(Review.drafted_at)).where(
        Review.workspace_id == workspace_id, Review.drafter_version == drafter
    )
    return (await session.exec(wanted)).one()


async def places(
    session: AsyncSession, workspace_id: str, conversation_ids: Sequence[str]
) -> dict[str, tuple[str, str]]:
    """Channel and thread of conversations that are not erased, by id."""
    wanted = select(Conversation.id, Conversation.channel_id, Conversation.thread_ts).where(
        Conversation.workspace_id == workspace_id, col(Conversation.id).in_(conversation_ids)
    )
    return {row_id: (channel, thread) for row_id, channel, thread in (await session.exec(wanted)).all()}


def _promised(workspace_id: str, topic: str, since: datetime) -> tuple[bool, ...]:
    return (
        Review.workspace_id == workspace_id,
        Review.topic == topic,
        col(Review.audit).is_(True),
        col(Review.answered).is_(True),
        Review.drafted_at >= since,
    )  # pyright: ignore[reportReturnType] - columns compare to conditions


def _audited(reviews: Iterable["_Told"]) -> list[Audited]:
    """One line a draft, where the verdicts of both readings are in with the worse of the two."""
    rows: dict[str, Audited] = {}
    for each in reviews:
        if each.verdict is None:
            continue
        known = rows.get(each.draft_id)
        if known is not None and (known.wrong or each.verdict == ReviewVerdict.RIGHT):
            continue
        rows[each.draft_id] = Audited(
            each.draft_id,
            each.conversation_id,
            each.confidence,
            each.confidence_version,
            each.signals,
            each.verdict != ReviewVerdict.RIGHT,
            each.verdict,
            each.fault,
        )
    return list(rows.values())


async def read_twice(session: AsyncSession, workspace_id: str) -> list[tuple[str, str]]:
    """The verdicts of the first and the second reader on each draft that both have read."""
    first, second = aliased(Review), aliased(Review)
    same = (col(first.workspace_id) == second.workspace_id) & (col(first.draft_id) == second.draft_id)
    wanted = (
        select(first.verdict, second.verdict)
        .join(second, same)
        .where(
            first.workspace_id == workspace_id,
            first.reading == 1,
            second.reading == 2,  # noqa: PLR2004 - the second reading
            col(first.verdict).is_not(None),
            col(second.verdict).is_not(None),
        )
        .limit(MOST)
    )
    return [(one or "", other or "") for one, other in (await session.exec(wanted)).all()]
