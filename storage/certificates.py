"""Certificates, the looks at the evidence that may bring them, and the monitors of what they promise."""

from datetime import datetime

from sqlmodel import col, delete, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.evidence import Certificate, Look, Monitor
from storage.row import now

REPLACED = "a newer one replaced it"
"""Why a certificate was withdrawn whose promise goes on."""
REPLACED_AT_MOST = 200
"""Certificates that replaced each other are looked back on, at most."""


async def by_id(session: AsyncSession, workspace_id: str, certificate_id: str) -> Certificate | None:
    """The certificate with this id."""
    return await session.get(Certificate, (workspace_id, certificate_id)) if certificate_id else None


async def standing(
    session: AsyncSession, workspace_id: str, topic: str, *, drafter: str, confidence: str, tolerance: float
) -> Certificate | None:
    """The newest certificate that holds for these versions and promises no more wrong replies than `tolerance`."""
    wanted = (
        select(Certificate)
        .where(
            Certificate.workspace_id == workspace_id,
            Certificate.topic == topic,
            Certificate.drafter_version == drafter,
            Certificate.confidence_version == confidence,
            Certificate.tolerance <= tolerance + 1e-12,
            col(Certificate.withdrawn_at).is_(None),
        )
        .order_by(col(Certificate.tolerance).desc(), col(Certificate.id).desc())
        .limit(1)
    )
    return (await session.exec(wanted)).first()


async def withdraw(
    session: AsyncSession, workspace_id: str, topic: str, *, because: str, looser_than: float = -1.0
) -> None:
    """Withdraw the topic's certificates, of whatever versions, that promise more wrong replies than `looser_than`."""
    await session.exec(
        update(Certificate)
        .where(
            col(Certificate.workspace_id) == workspace_id,
            col(Certificate.topic) == topic,
            col(Certificate.tolerance) > looser_than + 1e-12,
            col(Certificate.withdrawn_at).is_(None),
        )
        .values(withdrawn_at=now(), withdrawn_because=because)
        .execution_options(synchronize_session=False)
    )


async def replace(
    session: AsyncSession, workspace_id: str, topic: str, *, drafter: str, confidence: str, tolerance: float
) -> None:
    """Withdraw the certificate that a newer one for the same versions and tolerance replaces."""
    await session.exec(
        update(Certificate)
        .where(
            col(Certificate.workspace_id) == workspace_id,
            col(Certificate.topic) == topic,
            col(Certificate.drafter_version) == drafter,
            col(Certificate.confidence_version) == confidence,
            col(Certificate.tolerance) == tolerance,
            col(Certificate.withdrawn_at).is_(None),
        )
        .values(withdrawn_at=now(), withdrawn_because=REPLACED)
        .execution_options(synchronize_session=False)
    )


async def last_look(
    session: AsyncSession,
    workspace_id: str,
    topic: str,
    *,
    drafter: str,
    confidence: str,
    since: datetime | None,
) -> int:
    """The number of the last look at this evidence, for whatever tolerance; 0 for none.

    Args:
        session: to read with.
        workspace_id: the Slack team.
        topic: its name.
        drafter: the version of the drafter.
        confidence: the version of the confidence model.
        since: when the evidence began anew; earlier looks were made at other evidence.
    """
    wanted = select(func.coalesce(func.max(Look.number), 0)).where(
        Look.workspace_id == workspace_id,
        Look.topic == topic,
        Look.drafter_version == drafter,
        Look.confidence_version == confidence,
    )
    if since is not None:
        wanted = wanted.where(Look.looked_at > since)
    return int((await session.exec(wanted)).one())


async def looked(
    session: AsyncSession,
    workspace_id: str,
    topic: str,
    *,
    drafter: str,
    confidence: str,
    tolerance: float,
    number: int,
    reviews: int,
    passed: bool,
) -> None:
    """Note that a look was made; where evidence began anew, the one with its number before is written over."""
    await session.merge(
        Look(
            workspace_id=workspace_id,
            topic=topic,
            drafter_version=drafter,
            confidence_version=confidence,
            tolerance=tolerance,
            number=number,
            reviews=reviews,
            passed=passed,
        )
    )


async def monitor(session: AsyncSession, workspace_id: str, topic: str, *, lock: bool = False) -> Monitor | None:
    """The monitor of a topic; `lock` keeps others from moving it on until the transaction ends."""
    wanted = select(Monitor).where(Monitor.workspace_id == workspace_id, Monitor.topic == topic)
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return (await session.exec(wanted)).first()


async def monitors(session: AsyncSession, workspace_id: str) -> dict[str, Monitor]:
    """The monitors of all topics, by topic."""
    found = (await session.exec(select(Monitor).where(Monitor.workspace_id == workspace_id))).all()
    return {each.topic: each for each in found}


async def begin_monitor(session: AsyncSession, workspace_id: str, topic: str, *, tolerance: float) -> Monitor:
    """Watch a promise from now on, with nothing seen yet."""
    await end_monitor(session, workspace_id, topic)
    fresh = Monitor(workspace_id=workspace_id, topic=topic, tolerance=tolerance)
    session.add(fresh)
    return fresh


async def end_monitor(session: AsyncSession, workspace_id: str, topic: str) -> None:
    """Stop watching a topic that no longer acts alone."""
    await session.flush()
    old = await monitor(session, workspace_id, topic)
    if old:
        await session.exec(
            delete(Monitor).where(col(Monitor.workspace_id) == workspace_id, col(Monitor.topic) == topic)
        )
        session.expunge(old)


async def unbroken_since(session: AsyncSession, certificate: Certificate) -> datetime:
    """Since when a topic has had this certificate, or one for the same versions that it replaced without a break."""
    wanted = (
        select(Certificate.issued_at, Certificate.withdrawn_because)
        .where(
            Certificate.workspace_id == certificate.workspace_id,
            Certificate.topic == certificate.topic,
            Certificate.drafter_version == certificate.drafter_version,
            Certificate.confidence_version == certificate.confidence_version,
            Certificate.issued_at <= certificate.issued_at,
        )
        .order_by(col(Certificate.issued_at).desc())
        .limit(REPLACED_AT_MOST)
    )
    since = certificate.issued_at
    for issued_at, because in (await session.exec(wanted)).all():
        if because not in ("", REPLACED):
            break
        since = issued_at
    return since
