"""The evidence of the version on trial: looked at as that of the present one is, so that a takeover needs no pause."""

from dataclasses import replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.runtime import Runtime
from bot.trust import looking, telling
from bot.trust.basis import Basis
from bot.views import trial as trial_view
from handoff import certificate
from storage.tables import Topic


async def look(session: AsyncSession, runtime: Runtime, basis: Basis, topic: Topic) -> None:
    """Look at the evidence of the version on trial if that is due; a certificate changes nothing for the present one.

    Args:
        session: of the transaction that stores a verdict on one of its drafts.
        runtime: for the version on trial and the managers' channel.
        basis: of the present version.
        topic: of the draft.
    """
    challenger = runtime.challenger
    if challenger is None:
        return
    own = replace(basis, drafter_version=challenger.version)
    _, earned = await looking.look(session, own, topic.name, topic.tolerance)
    if earned is None:
        return
    statement = certificate.statement(topic.title or topic.name, looking.as_certified(earned))
    post = trial_view.proved(statement, answers=bool(challenger.share))
    telling.managers(session, topic.workspace_id, runtime.channels.managers, post)
