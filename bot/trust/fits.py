"""Fitted confidence models: offered each night, adopted by themselves only where no topic loses its certificate."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.runtime import Runtime
from bot.trust import basis as bases
from bot.trust import telling, versions
from bot.views import fit as fit_view
from bot.views import trust as trust_view
from bot.views.home import Trust
from bot.views.post import View
from handoff.agreement import agreement
from handoff.stages import Versions
from storage import audits, fits
from storage.evidence import ConfidenceFit
from storage.kinds import FitState

GONE = "This confidence model is not offered any more; a newer one took its place."


async def trust_of(session: AsyncSession, runtime: Runtime) -> Trust:
    """What App Home tells managers besides the topics: how far readers agree, and which model waits for them."""
    waiting = await fits.newest(session, ConfidenceFit, runtime.workspace_id, FitState.CANDIDATE)
    agreed = agreement(await audits.read_twice(session, runtime.workspace_id))
    if waiting is None:
        return Trust(agreed.words)
    foreseen = await _foreseen(session, runtime, waiting)
    return Trust(agreed.words, waiting.version, f"{fit_view.metrics(waiting.metrics)} {foreseen}")


async def adoption_form(runtime: Runtime, version: str) -> View | None:
    """What adopting a model would do, and the question; None when it is not offered."""
    async with runtime.database.reading() as session:
        fit = await session.get(ConfidenceFit, (runtime.workspace_id, version))
        if fit is None or fit.state != FitState.CANDIDATE:
            return None
        return fit_view.adopt_form(version, fit_view.metrics(fit.metrics), await _foreseen(session, runtime, fit))


async def adopt_by_hand(runtime: Runtime, version: str, by: str) -> str:
    """A manager puts a model into use; returns why not, or nothing."""
    async with runtime.database.transaction() as session:
        fit = await session.get(ConfidenceFit, (runtime.workspace_id, version), with_for_update=True)
        if fit is None or fit.state != FitState.CANDIDATE:
            return GONE
        await put_into_use(session, runtime, fit, by)
    runtime.forget()
    return ""


async def put_into_use(session: AsyncSession, runtime: Runtime, fit: ConfidenceFit, by: str) -> None:
    """Serve this model from now on; certified topics follow, and the managers are told."""
    await fits.adopt(session, fit)
    await session.flush()
    effect = await versions.follow(session, runtime.workspace_id, await _versions(runtime, fit))
    posts = [trust_view.fit_adopted(fit.version, fit_view.metrics(fit.metrics), by)]
    if not effect.nothing:
        posts.append(trust_view.versions_changed(effect.back, effect.kept, effect.ready))
    for post in posts:
        telling.managers(session, runtime.workspace_id, runtime.channels.managers, post)


async def _foreseen(session: AsyncSession, runtime: Runtime, fit: ConfidenceFit) -> str:
    return await versions.preview(session, runtime.workspace_id, await _versions(runtime, fit))


async def _versions(runtime: Runtime, fit: ConfidenceFit) -> Versions:
    return Versions((await bases.of_runtime(runtime)).versions.drafter, fit.version)
