"""Gathers where the topics stand, for App Home, its forms and the terminal."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.trust import looking
from bot.trust.basis import Basis
from bot.trust.plotted import Plotted
from bot.trust.watching import read_state, way_to_alarm
from bot.views.topic_words import Standing, Watched
from handoff import looks, sampling
from handoff.certificate import Missing
from handoff.risk_coverage import Weighed, curve
from handoff.sampling import Estimate
from storage import audits, certificates, overviews, topics, workspaces
from storage.evidence import Monitor
from storage.kinds import Stage
from storage.overviews import TopicShare
from storage.row import now
from storage.tables import Topic

SHARE_DAYS = 28


@dataclass(frozen=True, slots=True)
class Around:
    """What is counted for all topics at once."""

    shares: Mapping[str, TopicShare]
    monitors: Mapping[str, Monitor]
    waiting: Mapping[str, int]


async def around(session: AsyncSession, basis: Basis) -> Around:
    """Count what standings share."""
    return Around(
        shares=await overviews.by_topic(session, basis.workspace_id, now() - timedelta(days=SHARE_DAYS)),
        monitors=await certificates.monitors(session, basis.workspace_id),
        waiting=await audits.waiting_by_topic(session, basis.workspace_id),
    )


async def every(session: AsyncSession, basis: Basis) -> list[Standing]:
    """Where all topics stand, by name."""
    counted = await around(session, basis)
    return [
        await of_topic(session, basis, topic, counted) for topic in await workspaces.topics(session, basis.workspace_id)
    ]


async def named(session: AsyncSession, basis: Basis, name: str) -> Standing | None:
    """Where the topic with this name stands."""
    topic = await topics.by_name(session, basis.workspace_id, name)
    return await of_topic(session, basis, topic, await around(session, basis)) if topic else None


async def of_topic(session: AsyncSession, basis: Basis, topic: Topic, counted: Around) -> Standing:
    """Where a topic stands."""
    share = counted.shares.get(topic.name, TopicShare(0, 0))
    standing = Standing(
        name=topic.name,
        title=topic.title,
        stage=topic.stage,
        tolerance=topic.tolerance,
        threshold=topic.threshold,
        revision=topic.revision,
        certificate_id=topic.certificate_id,
        unproved_by=topic.unproved_by,
        alarmed_at=topic.alarmed_at,
        answered=share.answered,
        decided=share.decided,
        error=await _error(session, basis, topic),
        watched=_watched(topic, counted.monitors.get(topic.name)),
        waiting=counted.waiting.get(topic.name, 0),
    )
    return await _with_evidence(session, basis, standing)


async def _with_evidence(session: AsyncSession, basis: Basis, standing: Standing) -> Standing:
    gathered = await looking.gather(session, basis, standing.name)
    proof = await certificates.standing(
        session,
        basis.workspace_id,
        standing.name,
        drafter=basis.versions.drafter,
        confidence=basis.versions.confidence,
        tolerance=standing.tolerance,
    )
    if proof:
        certified = looking.as_certified(proof)
        return replace(standing, proof=certified, proved_at=proof.issued_at, evidence=len(gathered.evidence))
    # A look that is due is made by the next review and not by who reads this page: to show is not to test.
    count = len(gathered.evidence)
    due = looks.due(count, gathered.last_look, standing.tolerance, basis.risk)
    ahead = looks.look(gathered.evidence, due.number if due else gathered.last_look, standing.tolerance, basis.risk)
    missing = ahead.outcome if isinstance(ahead.outcome, Missing) else None
    return replace(standing, missing=missing, until_next=ahead.until_next, evidence=count)


async def _error(session: AsyncSession, basis: Basis, topic: Topic) -> Estimate | None:
    """How many of the replies that go out alone, or would, are wrong: those at or above the threshold."""
    drawn = await audits.drawings(session, basis.workspace_id, topic.name, drafter=basis.versions.drafter)
    above = [each for each in drawn if each.probability > 0 and basis.confidence(each) >= topic.threshold]
    return sampling.estimate([sampling.Weighted(each.wrong, each.probability) for each in above])


def _watched(topic: Topic, monitor: Monitor | None) -> Watched | None:
    if monitor is None or topic.stage != Stage.AUTOPILOT:
        return None
    return Watched(monitor.since, monitor.seen, monitor.wrong, way_to_alarm(read_state(monitor)))


async def plotted(session: AsyncSession, basis: Basis, standing: Standing) -> Plotted:
    """What the plot of a topic shows."""
    drawn = await audits.drawings(session, basis.workspace_id, standing.name, drafter=basis.versions.drafter)
    weighed = [Weighed(basis.confidence(each), each.wrong, 1 / each.probability) for each in drawn if each.probability]
    threshold = standing.threshold if standing.stage == Stage.AUTOPILOT else None
    if standing.proof:
        threshold = standing.proof.threshold
    return Plotted(
        title=standing.shown_title,
        tolerance=standing.tolerance,
        threshold=threshold,
        certified=standing.proof is not None,
        points=tuple(curve(weighed)),
    )
