"""What a topic's reviews would prove for another tolerance. It shows and promises nothing, so it spends no look."""

from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.trust import looking
from bot.trust.basis import Basis
from handoff import certificate
from handoff.certificate import Certified


@dataclass(frozen=True, slots=True)
class Supposed:
    """What would be proved."""

    threshold: float | None
    """The loosest one that keeps the tolerance; None when nothing is proved."""
    words: str


async def suppose(session: AsyncSession, basis: Basis, topic: str, title: str, tolerance: float) -> Supposed:
    """Test the evidence of the versions in `basis` once, for a tolerance that nobody has set.

    Args:
        session: to read with.
        basis: the versions in use and the accepted risk.
        topic: its name.
        title: what people call it.
        tolerance: the share, 0..1, of wrong autonomous replies that is thought of.
    """
    gathered = await looking.gather(session, basis, topic)
    outcome = certificate.certify(gathered.evidence, tolerance, basis.risk)
    words = certificate.statement(title, outcome)
    if isinstance(outcome, Certified):
        return Supposed(outcome.threshold, f"Tested now, once: {words} The threshold would be {outcome.threshold:.2f}.")
    return Supposed(None, f"Nothing is proved for {certificate.percent(tolerance)}, so an agent decides. {words}")
