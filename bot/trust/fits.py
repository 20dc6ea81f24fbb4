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
    effect = await foreseen(session, waiting, (await bases.of_runtime(runtime)).drafter_version)
    return Trust(agreed.words, waiting.version, f"{fit_view.metrics(waiting.metrics)} {effect}")


async def adoption_form(runtime: Runtime, version: str) -> View | None:
    """What adopting a model would do, and the question; None when it is not offered."""
    drafter = (await bases.of_runtime(runtime)).drafter_version
    async with runtime.database.reading() as session:
        fit = await session.get(ConfidenceFit, (runtime.workspace_id, version))
        if fit is None or fit.state != FitState.CANDIDATE:
            return None
        return fit_view.adopt_form(version, fit_view.metrics(fit.metrics), await foreseen(session, fit, drafter))


async def adopt_by_hand(runtime: Runtime, version: str, by: str) -> str:
    """A manager puts a model into use; returns why not, or nothing."""
    drafter = (await bases.of_runtime(runtime)).drafter_version
    async with runtime.database.transaction() as session:
        fit = await offered(session, runtime.workspace_id, version)
        if fit is None:
            return GONE
        await put_into_use(session, fit, by, drafter=drafter, channel_id=runtime.channels.managers)
    runtime.forget()
    return ""


async def offered(session: AsyncSession, workspace_id: str, version: str) -> ConfidenceFit | None:
    """The model with this version while it is a candidate, locked; the newest candidate when none is named."""
    if not version:
        return await fits.newest(session, ConfidenceFit, workspace_id, FitState.CANDIDATE)
    fit = await session.get(ConfidenceFit, (workspace_id, version), with_for_update=True)
    return fit if fit and fit.state == FitState.CANDIDATE else None


async def put_into_use(
    session: AsyncSession, fit: ConfidenceFit, by: str, *, drafter: str, channel_id: str = ""
) -> versions.Effect:
    """Serve this model from now on; certified topics follow, and the managers are told in `channel_id`, if any."""
    await fits.adopt(session, fit)
    await session.flush()
    effect = await versions.follow(session, fit.workspace_id, Versions(drafter, fit.version), by=by)
    if channel_id:
        posts = [trust_view.fit_adopted(fit.version, fit_view.metrics(fit.metrics), by)]
        if not effect.nothing:
            posts.append(trust_view.versions_changed(effect.back, effect.kept, effect.ready))
        for post in posts:
            telling.managers(session, fit.workspace_id, channel_id, post)
    return effect


async def foreseen(session: AsyncSession, fit: ConfidenceFit, drafter: str) -> str:
    """What adopting this model would do to the topics, in words."""
    return await versions.preview(session, fit.workspace_id, Versions(drafter, fit.version))
