"""What is remembered of each version of the drafter: its certificates, drafts, reviews and ratings."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.endings import Rating
from storage.evidence import Certificate, Review
from storage.kinds import Action, DraftRole, HandoffReason, ResolvedBy, ReviewVerdict
from storage.resolutions import SATISFIED_FROM
from storage.reviews import BATON
from storage.tables import Conversation, Decision, DraftRow


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a version drafted."""

    drafts: int = 0
    in_silence: int = 0
    """Of them, beside the version in use."""
    first_at: datetime | None = None
    dollars: float = 0.0


@dataclass(frozen=True, slots=True)
class Decided:
    """What a version's drafts came to."""

    weighed: int = 0
    """Drafts with a confidence."""
    sure_enough: int = 0
    """Of them, at or above the threshold that held."""
    failed: int = 0
    """Messages without a usable draft."""
    milliseconds: float = 0.0
    """The mean time that a decision took."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What reviewers and customers said of a version in one topic."""

    topic: str
    yes: int
    """Wrong drafts among the reviewed, or satisfied customers among those who rated."""
    count: int


async def standing_certificates(
    session: AsyncSession, workspace_id: str, drafter_version: str
) -> dict[str, Certificate]:
    """The newest certificate of each topic that this version earned and nobody withdrew."""
    wanted = (
        select(Certificate)
        .where(
            Certificate.workspace_id == workspace_id,
            Certificate.drafter_version == drafter_version,
            col(Certificate.withdrawn_at).is_(None),
        )
        .order_by(col(Certificate.issued_at), col(Certificate.id))
    )
    return {each.topic: each for each in (await session.exec(wanted)).all()}


async def drafted(session: AsyncSession, workspace_id: str, versions: Collection[str]) -> dict[str, Drafted]:
    """What each of these versions ever drafted."""
    silent = func.sum(case((col(DraftRow.role) == DraftRole.SHADOW, 1), else_=0))
    wanted = (
        select(  # pyright: ignore[reportCallIssue] - the overloads end at four columns
            DraftRow.drafter_version, func.count(), silent, func.min(DraftRow.created_at), func.sum(DraftRow.dollars)
        )
        .where(DraftRow.workspace_id == workspace_id, col(DraftRow.drafter_version).in_(versions))
        .group_by(col(DraftRow.drafter_version))
    )
    return {
        version: Drafted(count, int(in_silence), first_at, float(dollars))
        for version, count, in_silence, first_at, dollars in (await session.exec(wanted)).all()
    }


async def decided(
    session: AsyncSession, workspace_id: str, versions: Collection[str], *, since: datetime
) -> dict[str, Decided]:
    """What the drafts of these versions came to since a moment."""
    weighed = col(Decision.confidence).is_not(None)
    enough = and_(weighed, col(Decision.confidence) >= col(Decision.threshold))
    failed = col(Decision.reason) == HandoffReason.MODEL_FAILED
    wanted = (
        select(  # pyright: ignore[reportCallIssue] - the overloads end at four columns
            col(Decision.drafter_version),
            func.sum(case((weighed, 1), else_=0)),
            func.sum(case((enough, 1), else_=0)),
            func.sum(case((failed, 1), else_=0)),
            func.avg(case((weighed, col(Decision.elapsed_ms)))),
        )
        .where(
            Decision.workspace_id == workspace_id,
            col(Decision.drafter_version).in_(versions),
            Decision.created_at >= since,
        )
        .group_by(col(Decision.drafter_version))
    )
    rows = (await session.exec(wanted)).all()
    return {row[0]: Decided(int(row[1]), int(row[2]), int(row[3]), float(row[4] or 0.0)) for row in rows}


async def reviewed(session: AsyncSession, workspace_id: str, version: str, *, since: datetime) -> list[Judged]:
    """How many drafts of the uniform sample since a moment were judged, and how many of them wrong, by topic.

    Of two readings the worse one counts; what was closed because nobody could read it any more is left out, for it says
    nothing of a version. Certificates count stricter still: that as wrong, and only up to the first draft that waits.
    """
    wrong = func.max(case((col(Review.verdict) == ReviewVerdict.RIGHT, 0), else_=1)).label("wrong")
    each = (
        select(Review.topic, wrong)
        .where(
            Review.workspace_id == workspace_id,
            Review.drafter_version == version,
            col(Review.audit).is_(True),
            col(Review.verdict).is_not(None),
            col(Review.reviewer_id).is_distinct_from(BATON),
            Review.drafted_at >= since,
        )
        .group_by(col(Review.topic), col(Review.draft_id))
        .subquery()
    )
    wanted = select(each.c.topic, func.sum(each.c.wrong), func.count()).group_by(each.c.topic)
    return [Judged(topic, int(yes), count) for topic, yes, count in (await session.exec(wanted)).all()]


async def waiting(session: AsyncSession, workspace_id: str, version: str) -> int:
    """How many reviews of a version's drafts wait for a reader."""
    wanted = select(func.count()).where(
        Review.workspace_id == workspace_id, Review.drafter_version == version, col(Review.verdict).is_(None)
    )
    return (await session.exec(wanted)).one()


async def rated(session: AsyncSession, workspace_id: str, version: str, *, since: datetime) -> list[Judged]:
    """How customers rated what AI alone resolved since a moment, by topic, where this version gave the last answer."""
    last_answer = (
        select(Decision.drafter_version)
        .where(
            Decision.workspace_id == Conversation.workspace_id,
            Decision.conversation_id == Conversation.id,
            Decision.action == Action.ANSWER,
            Decision.role == DraftRole.SERVING,
        )
        .order_by(col(Decision.id).desc())
        .limit(1)
        .correlate(Conversation)
        .scalar_subquery()
    )
    satisfied = func.sum(case((col(Rating.score) >= SATISFIED_FROM, 1), else_=0))
    wanted = (
        select(Conversation.topic, satisfied, func.count())
        .join(
            Rating,
            and_(
                col(Rating.workspace_id) == col(Conversation.workspace_id),
                col(Rating.conversation_id) == col(Conversation.id),
            ),
        )
        .where(
            Conversation.workspace_id == workspace_id,
            Conversation.resolved_by == ResolvedBy.AI,
            col(Conversation.resolved_at) >= since,
            col(Rating.rated_at) >= col(Conversation.resolved_at),
            last_answer == version,
        )
        .group_by(col(Conversation.topic))
    )
    return [Judged(topic, int(yes), count) for topic, yes, count in (await session.exec(wanted)).all()]
