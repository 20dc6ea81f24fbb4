"""A topic that runs by a certificate."""

from bot.trust import basis
from handoff import stages
from handoff.stages import Asked
from storage.evidence import Certificate
from tests.stage import MIA, SEED, Stage


async def certify(stage: Stage) -> None:
    """Certify "returns" for the version in use, and promote it."""
    versions = (await basis.of_runtime(stage.bot.runtime)).versions
    row = Certificate(
        workspace_id=SEED.team_id,
        id="certificate-1",
        topic="returns",
        drafter_version=versions.drafter,
        confidence_version=versions.confidence,
        threshold=0.6,
        tolerance=0.05,
        risk=0.1,
        reviews=60,
        wrong=0,
        looked_at=80,
        share_answered=0.75,
    )
    async with stage.database.transaction() as session:
        session.add(row)
        await session.flush()
        assert (await stages.promote(session, Asked(SEED.team_id, "returns", MIA), versions)).done
