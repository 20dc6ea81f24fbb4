"""The fitted models in use: how confidence and moods are weighed; the weights set by hand until reviews fit others."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from handoff import confidence, mood_model
from handoff.confidence import ConfidenceModel
from handoff.mood_model import MoodModel
from handoff.recognition import SIGNALS, Recogniser
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
    recogniser: Recogniser | None = None
    """Of known questions, where the confidence model was fitted with one."""
    cleaned: int = 0
    """How often words of erased customers had been taken out of the recogniser when it was read."""

    @property
    def recognises(self) -> bool:
        """Whether the confidence model weighs what a recogniser says: only its own drafts are evidence about it."""
        return not SIGNALS.isdisjoint(self.confidence.weights)


async def in_use(session: AsyncSession, workspace_id: str, known: Weighing | None = None) -> Weighing:
    """The models that serve in this workspace. One that cannot be read is left out, and the weights by hand serve.

    `known` is what was in use a moment ago: a recogniser is large, and read anew only when it is another one.
    """
    weighed = Weighing()
    fit = await fits.serving(session, ConfidenceFit, workspace_id)
    moods = await fits.serving(session, MoodFit, workspace_id)
    if fit and known and await _is_still(session, workspace_id, known, fit):
        weighed = replace(known, mood=mood_model.PRIOR)
    elif fit:
        weighed = await _with_recogniser(session, workspace_id, with_fit(weighed, fit))
    if moods:
        try:
            weighed = replace(weighed, mood=MoodModel.from_json(moods.weights))
        except ValueError as error:
            log.error("mood_model_unreadable", version=moods.version, error=str(error))
    return weighed


async def _is_still(session: AsyncSession, workspace_id: str, known: Weighing, fit: ConfidenceFit) -> bool:
    """Whether what was in use is what serves now, and nobody's words were taken out of its recogniser since."""
    if known.confidence.version != fit.version:
        return False
    return not known.recognises or await fits.cleaned(session, workspace_id, fit.version) == known.cleaned


async def _with_recogniser(session: AsyncSession, workspace_id: str, weighed: Weighing) -> Weighing:
    """The same with the recogniser of its confidence model; the weights by hand when it cannot be read."""
    if not weighed.recognises:
        return weighed
    stored = await fits.recogniser(session, workspace_id, weighed.confidence.version)
    learnt, cleaned = (stored.recogniser, stored.cleaned) if stored else (b"", 0)
    try:
        return replace(weighed, recogniser=await asyncio.to_thread(Recogniser.from_bytes, learnt), cleaned=cleaned)
    except ValueError as error:
        log.error("recogniser_unreadable", version=weighed.confidence.version, error=str(error))
        return Weighing(mood=weighed.mood)


def with_fit(weighing: Weighing, fit: ConfidenceFit) -> Weighing:
    """The same with this confidence model; unchanged when it cannot be read."""
    try:
        model = ConfidenceModel.from_json(fit.weights)
        return replace(weighing, confidence=model, trained_until=fit.trained_until, recogniser=None)
    except ValueError as error:
        log.error("confidence_model_unreadable", version=fit.version, error=str(error))
        return weighing
