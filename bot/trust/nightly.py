"""Each night: fit the confidence and the mood model on the reviews, and adopt what is better and costs no promise.

Adopting a confidence model begins the evidence of every topic anew, so it must not happen each night: a model is
fitted again only after the reviews have doubled since the last one, and a candidate that would cost a certificate
waits, with its own evidence gathering, until it costs none or a manager adopts it.
"""

import asyncio
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.runtime import Runtime
from bot.trust import basis as bases
from bot.trust import fits, fitting, looking, telling, versions
from bot.trust.fitting import Fitted, Label, Task
from bot.views import fit as fit_view
from bot.views import trust as trust_view
from handoff import cross_checks, mood, recognition
from handoff.draft import Author, Turn
from handoff.mood_model import PRIOR as MOOD_BY_HAND
from handoff.stages import BATON
from storage import conversations, job_runs, labels, workspaces
from storage import fits as stored
from storage.evidence import ConfidenceFit, MoodFit
from storage.kinds import FitState, Stage
from storage.labels import DraftLabel, MoodLabel
from storage.row import now

log = structlog.get_logger(__name__)

JOB = "nightly_fit"
TIMES_MORE = 2.0
"""Reviews since the last confidence fit before the next one, in those that it had."""
MOODS_MORE = 1.25
LEAST_REVIEWS, LEAST_MOODS = 100, 200
CANDIDATE_LASTS = timedelta(days=28)
"""A candidate that waits longer makes room for one that knows more."""


async def learn(runtime: Runtime, due: datetime) -> bool:
    """Do the work of the night that is due, once among all processes; tells whether this one did it."""
    async with runtime.database.reading() as session:
        if await job_runs.is_claimed(session, runtime.workspace_id, JOB, due):
            return False
    fitted = await _fit_confidence(runtime)
    moods = await _fit_mood(runtime)
    async with runtime.database.transaction() as session:
        if not await job_runs.claim(session, runtime.workspace_id, JOB, due):
            return False
        if moods:
            await _serve_moods(session, runtime, *moods)
        if fitted:
            await _offer(session, runtime, *fitted)
        await _adopt_if_nothing_is_lost(session, runtime, fresh=fitted is not None)
    runtime.forget()
    runtime.posted()
    return True


async def _fit_confidence(runtime: Runtime) -> tuple[Fitted, list[DraftLabel]] | None:
    async with runtime.database.reading() as session:
        candidate = await stored.newest(session, ConfidenceFit, runtime.workspace_id, FitState.CANDIDATE)
        if candidate and now() - candidate.created_at < CANDIDATE_LASTS:
            return None
        serving = await stored.serving(session, ConfidenceFit, runtime.workspace_id)
        found = await labels.drafts(session, runtime.workspace_id)
        proved = [topic for topic in await workspaces.topics(session, runtime.workspace_id) if topic.certificate_id]
    if len(found) < max(LEAST_REVIEWS, TIMES_MORE * (serving.reviews if serving else 0)):
        return None
    # What a recogniser would have said of earlier drafts is not known, so a model with one begins without evidence.
    present = (await runtime.weighing()).confidence.as_json()
    task = Task(kind="confidence", labels=[_label(each) for each in found], present=present, questions=not proved)
    fitted = await fitting.run(task)
    log.info("confidence_fitted", reviews=len(found), better=fitted.better, why=fitted.words)
    return (fitted, found) if fitted.better else None


def _label(draft: DraftLabel) -> Label:
    return Label(
        signals=cross_checks.for_learning(draft.signals),
        so=draft.right,
        group=draft.conversation_id,
        question=draft.question,
        articles=list(draft.articles),
    )


async def _offer(session: AsyncSession, runtime: Runtime, fitted: Fitted, found: list[DraftLabel]) -> None:
    recogniser = fitted.recogniser
    if recogniser:
        await workspaces.hold(session, runtime.workspace_id)  # nobody is erased meanwhile
        left = await labels.drafts(session, runtime.workspace_id)
        if gone := list((_known(found) - _known(left)).elements()):
            recogniser = await asyncio.to_thread(recognition.without, recogniser, gone)
    await stored.offer(
        session,
        ConfidenceFit(
            workspace_id=runtime.workspace_id,
            version=fitted.version,
            weights=fitted.weights or {},
            reviews=len(found),
            trained_until=max(each.drafted_at for each in found),
            metrics=fitted.metrics,
        ),
        recogniser,
    )
    await session.flush()


def _known(found: Iterable[DraftLabel]) -> Counter[str]:
    """The questions that a recogniser learns, each as often as it was asked."""
    return Counter(each.question for each in found if each.right and each.question)


async def _adopt_if_nothing_is_lost(session: AsyncSession, runtime: Runtime, *, fresh: bool) -> None:
    """Look at the evidence of the candidate, and put it into use where every certified topic keeps its promise."""
    candidate = await stored.newest(session, ConfidenceFit, runtime.workspace_id, FitState.CANDIDATE)
    if candidate is None:
        return
    ahead = (await bases.of_runtime(runtime)).under(candidate)
    for topic in await workspaces.topics(session, runtime.workspace_id):
        if topic.stage == Stage.AUTOPILOT and topic.certificate_id:
            await looking.look(session, ahead, topic.name, topic.tolerance)
    effect = await versions.foresee(session, runtime.workspace_id, ahead.versions)
    if not effect.back:
        place = {"drafter": ahead.drafter_version, "channel_id": runtime.channels.managers}
        await fits.put_into_use(session, candidate, BATON, **place)
    elif fresh:
        post = trust_view.fit_waits(candidate.version, fit_view.metrics(candidate.metrics), effect.in_words())
        telling.managers(session, runtime.workspace_id, runtime.channels.managers, post)


async def _fit_mood(runtime: Runtime) -> tuple[Fitted, int] | None:
    async with runtime.database.reading() as session:
        serving = await stored.serving(session, MoodFit, runtime.workspace_id)
        count = await labels.count_moods(session, runtime.workspace_id)
        if count < max(LEAST_MOODS, MOODS_MORE * (serving.labels if serving else 0)):
            return None
        marked = [
            await _signs(session, runtime.workspace_id, each)
            for each in await labels.moods(session, runtime.workspace_id)
        ]
    found = [each for each in marked if each]
    present = (await runtime.weighing()).mood.to_json() if serving else MOOD_BY_HAND.to_json()
    fitted = await fitting.run(Task(kind="mood", labels=found, present=present))
    log.info("mood_fitted", labels=len(found), better=fitted.better, why=fitted.words)
    return (fitted, len(found)) if fitted.better else None


async def _signs(session: AsyncSession, workspace_id: str, label: MoodLabel) -> Label | None:
    """The signs of a labelled mood; nothing where the conversation was erased."""
    said = await labels.said_until(session, workspace_id, label, limit=conversations.RECENT)
    turns = [Turn(Author(each.author), each.text, each.created_at) for each in said]
    signals = mood.signals(turns)
    return Label(signals=signals, so=label.frustrated, group=label.conversation_id) if signals else None


async def _serve_moods(session: AsyncSession, runtime: Runtime, fitted: Fitted, count: int) -> None:
    """A better reading of moods serves at once: no promise rests on it, and each wish for a person is a rule."""
    fit = MoodFit(
        workspace_id=runtime.workspace_id,
        version=fitted.version,
        weights=fitted.weights or {},
        labels=count,
        metrics=fitted.metrics,
    )
    await stored.adopt(session, await stored.offer(session, fit))
