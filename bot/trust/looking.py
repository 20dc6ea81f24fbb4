"""Looks at the evidence of a topic when a look is due, and issues the certificate that it brings."""

from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.trust.basis import Basis
from handoff import looks
from handoff.binomial import upper_bound
from handoff.certificate import Certified, Evidence
from handoff.looks import Seen
from storage import audits, certificates, topics
from storage.evidence import Certificate
from storage.ids import new_id


@dataclass(frozen=True, slots=True)
class Gathered:
    """The evidence of a topic for one version, and the looks that were made at it."""

    evidence: list[Evidence]
    last_look: int
    """The number of the last one, 0 for none."""


async def gather(session: AsyncSession, basis: Basis, topic: str) -> Gathered:
    """Everything that counts for a certificate of the versions in `basis`.

    Drafts from before the confidence model was taught, and from before the topic's last alarm or merger, do not
    count: they tell of the model's own lessons, or of another time.
    """
    ground = await topics.new_ground_since(session, basis.workspace_id, topic)
    after = max((each for each in (ground, basis.trained_until) if each), default=None)
    versions = basis.versions
    found = await audits.evidence(session, basis.workspace_id, topic, drafter=versions.drafter, after=after)
    last = await certificates.last_look(
        session,
        basis.workspace_id,
        topic,
        drafter=versions.drafter,
        confidence=versions.confidence,
        since=ground,
    )
    return Gathered(basis.evidence(found), last)


async def look(session: AsyncSession, basis: Basis, topic: str, tolerance: float) -> tuple[Seen, Certificate | None]:
    """Look at the evidence if a look is due; a certificate that it brings is stored, and replaces the one before.

    Returns:
        What was seen, and the new certificate if there is one.
    """
    gathered = await gather(session, basis, topic)
    seen = looks.look(gathered.evidence, gathered.last_look, tolerance, basis.risk)
    if seen.look is None:
        return seen, None
    certified = seen.outcome if isinstance(seen.outcome, Certified) else None
    await certificates.looked(
        session,
        basis.workspace_id,
        topic,
        drafter=basis.versions.drafter,
        confidence=basis.versions.confidence,
        tolerance=tolerance,
        number=seen.look.number,
        reviews=len(gathered.evidence),
        passed=certified is not None,
    )
    return seen, await _issue(session, basis, topic, certified) if certified else None


async def _issue(session: AsyncSession, basis: Basis, topic: str, certified: Certified) -> Certificate:
    await certificates.replace(
        session,
        basis.workspace_id,
        topic,
        drafter=basis.versions.drafter,
        confidence=basis.versions.confidence,
        tolerance=certified.tolerance,
    )
    certificate = Certificate(
        workspace_id=basis.workspace_id,
        id=new_id(),
        topic=topic,
        drafter_version=basis.versions.drafter,
        confidence_version=basis.versions.confidence,
        tolerance=certified.tolerance,
        risk=certified.risk,
        threshold=certified.threshold,
        reviews=certified.reviews,
        wrong=certified.wrong,
        looked_at=certified.looked_at,
        share_answered=certified.share_answered,
    )
    session.add(certificate)
    await session.flush()
    return certificate


def as_certified(row: Certificate) -> Certified:
    """A stored certificate as the words about it take it."""
    return Certified(
        threshold=row.threshold,
        reviews=row.reviews,
        wrong=row.wrong,
        upper_bound=min(row.tolerance, upper_bound(row.wrong, row.reviews, row.risk)),
        share_answered=row.share_answered,
        tolerance=row.tolerance,
        risk=row.risk,
        looked_at=row.looked_at,
    )
