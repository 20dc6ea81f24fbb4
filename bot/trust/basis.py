"""What promises rest on now: the versions in use, how confidence is weighed, and the accepted risk."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import drafting
from bot.runtime import Runtime
from bot.settings import Settings
from bot.versions import version_of
from handoff import confidence
from handoff.certificate import Evidence
from handoff.stages import Versions
from storage.audits import Audited, Drawing
from storage.database import Database


@dataclass(frozen=True)
class Basis:
    """One workspace, as promises about its topics see it."""

    database: Database
    workspace_id: str
    versions: Versions
    """In use: certificates must be bound to these."""
    weigh: Callable[[Mapping[str, float]], float]
    """The confidence, 0..1, that the model in use gives to a draft's signals."""
    trained_until: datetime | None
    """Drafts made later are evidence for the model; None for a prior, which nothing taught."""
    risk: float
    """The accepted chance, 0..1, that a certificate promises too much."""

    def confidence(self, reviewed: Audited | Drawing) -> float:
        """How sure the model in use is of a reviewed draft, whichever model weighed it then."""
        if reviewed.confidence_version == self.versions.confidence:
            return reviewed.confidence
        return self.weigh(reviewed.signals)

    def evidence(self, audited: Sequence[Audited]) -> list[Evidence]:
        """Reviews as a certificate takes them."""
        return [Evidence(self.confidence(each), each.wrong) for each in audited]


async def of_runtime(runtime: Runtime) -> Basis:
    """What promises rest on in a running bot."""
    return Basis(
        database=runtime.database,
        workspace_id=runtime.workspace_id,
        versions=Versions((await runtime.ground()).drafter_version, confidence.VERSION),
        weigh=_by_prior,
        trained_until=None,
        risk=runtime.certificate_risk,
    )


async def of_settings(settings: Settings, database: Database, workspace_id: str) -> Basis:
    """What promises rest on by these settings, for a command."""
    return Basis(
        database=database,
        workspace_id=workspace_id,
        versions=Versions(await drafter_version(settings), confidence.VERSION),
        weigh=_by_prior,
        trained_until=None,
        risk=settings.certificate_risk,
    )


async def drafter_version(settings: Settings) -> str:
    """The version of the drafter that these settings name."""
    drafter = drafting.build(settings)
    try:
        return version_of(drafter)
    finally:
        await drafter.close()


def _by_prior(signals: Mapping[str, float]) -> float:
    parts = (
        confidence.PRIOR[name].per_unit * (value - confidence.PRIOR[name].neutral) for name, value in signals.items()
    )
    return 1 / (1 + math.exp(-(confidence.BIAS + sum(parts))))
