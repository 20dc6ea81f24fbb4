"""What promises rest on now: the versions in use, how confidence is weighed, and the accepted risk."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot import drafting
from bot.checking import building
from bot.runtime import Runtime
from bot.settings import Settings
from bot.thinking import weighing
from bot.thinking.versions import version_of
from bot.thinking.weighing import Weighing, with_fit
from handoff.certificate import Evidence
from handoff.stages import Versions
from storage.audits import Audited, Drawing
from storage.database import Database
from storage.evidence import ConfidenceFit


@dataclass(frozen=True)
class Basis:
    """One workspace, as promises about its topics see it."""

    database: Database
    workspace_id: str
    drafter_version: str
    """In use: certificates must be bound to it, and to the confidence model."""
    weighing: Weighing
    risk: float
    """The accepted chance, 0..1, that a certificate promises too much."""

    @property
    def versions(self) -> Versions:
        """The versions that certificates must be bound to."""
        return Versions(self.drafter_version, self.weighing.confidence.version)

    @property
    def trained_until(self) -> datetime | None:
        """Drafts made later are evidence for the confidence model; None for a prior, which nothing taught."""
        return self.weighing.trained_until

    def under(self, fit: ConfidenceFit) -> "Basis":
        """The same, were this confidence model in use."""
        return replace(self, weighing=with_fit(self.weighing, fit))

    def confidence(self, reviewed: Audited | Drawing) -> float:
        """How sure the model in use is of a reviewed draft, whichever model weighed it then."""
        if reviewed.confidence_version == self.versions.confidence:
            return reviewed.confidence
        return self.weighing.confidence.score(reviewed.signals).value

    def evidence(self, audited: Sequence[Audited]) -> list[Evidence]:
        """Reviews as a certificate takes them.

        What a recogniser says of a question is stored by the model that uses it alone, so drafts that another model
        weighed are no evidence about such a model.
        """
        model = self.weighing.confidence.version
        usable = [each for each in audited if not self.weighing.recognises or each.confidence_version == model]
        return [Evidence(self.confidence(each), each.wrong) for each in usable]


async def of_runtime(runtime: Runtime) -> Basis:
    """What promises rest on in a running bot."""
    ground = await runtime.ground()
    place = (runtime.database, runtime.workspace_id)
    return Basis(*place, ground.drafter_version, ground.weighing, runtime.certificate_risk)


async def of_settings(settings: Settings, database: Database, workspace_id: str) -> Basis:
    """What promises rest on by these settings, for a command."""
    async with database.reading() as session:
        models = await weighing.in_use(session, workspace_id)
    return Basis(database, workspace_id, await drafter_version(settings), models, settings.certificate_risk)


async def drafter_version(settings: Settings) -> str:
    """The version of the drafter that these settings name."""
    drafter = drafting.build(settings)
    try:
        return version_of(drafter, building.version(settings))
    finally:
        await drafter.close()
