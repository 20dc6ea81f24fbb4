"""The fitted models in use: how confidence and moods are weighed; the weights set by hand until reviews fit others."""

from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from handoff import confidence, mood_model
from handoff.confidence import ConfidenceModel
from handoff.mood_model import MoodModel
from storage import fits
from storage.evidence import ConfidenceFit, MoodFit

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Weighing:
    """How drafts and moods are weighed now."""

    confidence: ConfidenceModel = confidence.PRIOR
    trained_until: datetime | None = None
    """Drafts made later are evidence about the confidence model; None for weights set by hand."""
    mood: MoodModel = mood_model.PRIOR


async def in_use(session: AsyncSession, workspace_id: str) -> Weighing:
    """The models that serve in this workspace. One that cannot be read is left out, and the weights by hand serve."""
    weighed = Weighing()
    fit = await fits.serving(session, ConfidenceFit, workspace_id)
    moods = await fits.serving(session, MoodFit, workspace_id)
    if fit:
        weighed = with_fit(weighed, fit)
    if moods:
        try:
            weighed = Weighing(weighed.confidence, weighed.trained_until, MoodModel.from_json(moods.weights))
        except ValueError as error:
            log.error("mood_model_unreadable", version=moods.version, error=str(error))
    return weighed


def with_fit(weighing: Weighing, fit: ConfidenceFit) -> Weighing:
    """The same with this confidence model; unchanged when it cannot be read."""
    try:
        return Weighing(ConfidenceModel.from_json(fit.weights), fit.trained_until, weighing.mood)
    except ValueError as error:
        log.error("confidence_model_unreadable", version=fit.version, error=str(error))
        return weighing
