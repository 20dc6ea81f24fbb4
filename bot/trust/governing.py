"""What managers do to topics, from Slack or the terminal: each change in one transaction, told to all managers."""

import re

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.trust import looking, standings, telling
from bot.trust.basis import Basis
from bot.trust.watching import line_of, news
from bot.views import trust as trust_view
from handoff import stages
from handoff.stages import LEAST_TOLERANCE, MOST_TOLERANCE, Asked, Changed
from storage import topics
from storage.kinds import Stage

_NUMBER = re.compile(r"\s*(\d{1,3}(?:[.,]\d{1,6})?)\s*%?\s*")


def read_percent(typed: str) -> float | None:
    """A share of 0..1 from what a manager typed as a percentage (`5`, `2.5 %`, `0,5`); None when it is none."""
    found = _NUMBER.fullmatch(typed)
    return round(float(found[1].replace(",", ".")) / 100, 9) if found else None


def read_share(typed: str) -> float | None:
    """A share of 0..1 as typed (`0.6`, `0,75`); None when it is none."""
    found = _NUMBER.fullmatch(typed)
    share = float(found[1].replace(",", ".")) if found else -1.0
    return share if 0 <= share <= 1 and "%" not in typed else None


async def promote(session: AsyncSession, basis: Basis, asked: Asked, channel_id: str = "") -> Changed:
    """Promote a topic by its certificate. `channel_id` is where the managers are told; nowhere when empty."""
    return _told(session, await stages.promote(session, asked, basis.versions), channel_id)


async def start_unproved(
    session: AsyncSession, basis: Basis, asked: Asked, threshold: float, channel_id: str = ""
) -> Changed:
    """Start a topic on a policy that nothing proves, where there is no certificate to promote it by."""
    topic = await topics.by_name(session, basis.workspace_id, asked.topic, lock=True)
    if topic and topic.stage != Stage.AUTOPILOT:
        standing = await standings.named(session, basis, asked.topic)
        if standing and standing.proof:
            return await promote(session, basis, asked, channel_id)
    return _told(session, await stages.start_unproved(session, asked, threshold=threshold), channel_id)


async def hold(session: AsyncSession, asked: Asked, stage: Stage, channel_id: str = "") -> Changed:
    """Bring a topic to copilot or shadow."""
    return _told(session, await stages.hold(session, asked, stage), channel_id)


async def set_tolerance(
    session: AsyncSession, basis: Basis, asked: Asked, tolerance: float, channel_id: str = ""
) -> Changed:
    """Set a tolerance, after a look at the evidence for it if one is due: it may prove the new one at once."""
    topic = await topics.by_name(session, basis.workspace_id, asked.topic, lock=True)
    current = topic is not None and asked.revision in (None, topic.revision)
    certificate = None
    if topic and current and LEAST_TOLERANCE <= tolerance <= MOST_TOLERANCE and tolerance != topic.tolerance:
        _, certificate = await looking.look(session, basis, topic.name, tolerance)
    changed = _told(session, await stages.set_tolerance(session, asked, tolerance, basis.versions), channel_id)
    if changed.done and changed.topic and certificate and changed.topic.certificate_id != certificate.id and channel_id:
        taken = await stages.take_certificate(session, certificate)
        telling.managers(session, basis.workspace_id, channel_id, news(taken.topic or changed.topic, certificate))
    return changed


def _told(session: AsyncSession, changed: Changed, channel_id: str) -> Changed:
    if changed.done and changed.topic and changed.change and channel_id:
        title = changed.topic.title or changed.topic.name
        post = trust_view.changed(title, changed.topic.name, line_of(changed.change))
        telling.managers(session, changed.topic.workspace_id, channel_id, post)
    return changed
