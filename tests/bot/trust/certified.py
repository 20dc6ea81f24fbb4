"""A topic that runs by a certificate."""

from bot.trust import basis
from handoff import stages
from handoff.stages import Asked
from tests import evidence
from tests.stage import MIA, SEED, Stage


async def certify(stage: Stage) -> None:
    """Certify "returns" for the version in use, and promote it."""
    versions = (await basis.of_runtime(stage.bot.runtime)).versions
    row = evidence.certificate(
        workspace_id=SEED.team_id, drafter_version=versions.drafter, confidence_version=versions.confidence
    )
    async with stage.database.transaction() as session:
        session.add(row)
        await session.flush()
        assert (await stages.promote(session, Asked(SEED.team_id, "returns", MIA), versions)).done
