"""What is remembered of each version of the drafter: its certificates, its drafts, its reviews."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.evidence import Certificate


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
