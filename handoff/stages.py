"""The stages of a topic: promotion, demotion, tolerance, alarm, and what a new version does to them.

Each function changes rows inside the caller's transaction, writes who did what into the record of changes, and
returns what happened; telling people is the caller's part, in the same transaction. The topic is locked, and a
manager names the revision that they had in sight: who comes second learns what the first one changed.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from storage import certificates, topics
from storage.evidence import Certificate, TopicChange
from storage.kinds import Stage, TopicEvent
from storage.row import now
from storage.tables import Topic

BATON = "baton"
"""Who makes the changes that nobody asked for."""
LEAST_TOLERANCE, MOST_TOLERANCE = 0.005, 0.5
"""None at all can never be proved, and above a half most replies could be wrong."""
LONGEST_NAME = 60


class Outcome(StrEnum):
    """What came of a change that was asked for."""

    DONE = "done"
    SAME = "same"
    """It was so already."""
    STALE = "stale"
    """Somebody changed the topic after it was looked at; nothing was changed."""
    UNPROVED = "unproved"
    """There is no certificate for the version in use and the tolerance."""
    ALARMED = "alarmed"
    """An alarm demoted it; only a new certificate brings it back."""
    OUT_OF_RANGE = "out_of_range"
    """The tolerance or threshold is none."""
    TAKEN = "taken"
    """Another topic has that name, or it is none."""
    IN_USE = "in_use"
    """Articles still name it."""
    GONE = "gone"
    """There is no such topic."""


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions of drafter and confidence model that are in use: certificates hold for these alone."""

    drafter: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for a change of which topic, and what they had in sight."""

    workspace_id: str
    topic: str
    by: str
    """A user id, `baton`, or the name at the terminal."""
    revision: int | None = None
    """Of the topic as they saw it; None where nothing was shown before."""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """What came of it, with the topic as it stands now."""

    outcome: Outcome
    topic: Topic | None = None
    change: TopicChange | None = None
    """What was written down; of a stale wish, what the other one did."""

    @property
    def done(self) -> bool:
        """Whether the topic was changed."""
        return self.outcome == Outcome.DONE


async def promote(session: AsyncSession, asked: Asked, versions: Versions) -> Changed:
    """Let a topic act alone on the strength of its certificate, whose threshold is deployed."""
    topic = await _topic(session, asked)
    if isinstance(topic, Changed):
        return topic
    certificate = await _standing(session, topic, versions, topic.tolerance)
    if certificate is None:
        return Changed(Outcome.UNPROVED, topic)
    if topic.stage == Stage.AUTOPILOT and topic.certificate_id == certificate.id:
        return Changed(Outcome.SAME, topic)
    before = seen(topic)
    await _deploy(session, topic, certificate)
    return _write(session, topic, asked, TopicEvent.PROMOTED, before)


async def start_unproved(session: AsyncSession, asked: Asked, *, threshold: float) -> Changed:
    """Let a topic act alone on a starting policy that nothing proves; after an alarm that is refused.

    Args:
        session: of the caller's transaction.
        asked: who chooses this knowingly.
        threshold: the least confidence, 0..1, with which it answers alone.
    """
    topic = await _topic(session, asked)
    if isinstance(topic, Changed):
        return topic
    if topic.alarmed_at is not None:
        return Changed(Outcome.ALARMED, topic)
    if not 0 <= threshold <= 1:
        return Changed(Outcome.OUT_OF_RANGE, topic)
    if topic.stage == Stage.AUTOPILOT and not topic.certificate_id:
        return Changed(Outcome.SAME, topic)
    before = seen(topic)
    _unbind(topic)
    topic.stage, topic.threshold, topic.unproved_by = Stage.AUTOPILOT, threshold, asked.by
    await certificates.begin_monitor(session, topic.workspace_id, topic.name, tolerance=topic.tolerance)
    return _write(session, topic, asked, TopicEvent.STARTED_UNPROVED, before)


async def hold(session: AsyncSession, asked: Asked, stage: Stage) -> Changed:
    """Bring a topic to copilot or shadow. Its certificate stays good for a later promotion.

    Raises:
        ValueError: for autopilot, to which only `promote` and `start_unproved` lead.
    """
    if stage == Stage.AUTOPILOT:
        raise ValueError("A topic goes to autopilot by a promotion.")
    topic = await _topic(session, asked)
    if isinstance(topic, Changed):
        return topic
    if topic.stage == stage:
        return Changed(Outcome.SAME, topic)
    before = seen(topic)
    upwards = topic.stage == Stage.SHADOW
    await _stop_acting_alone(session, topic, stage)
    return _write(session, topic, asked, TopicEvent.PROMOTED if upwards else TopicEvent.DEMOTED, before)


async def set_tolerance(session: AsyncSession, asked: Asked, tolerance: float, versions: Versions) -> Changed:
    """Set the accepted share of wrong replies.

    A certificate of a looser promise than the new tolerance is withdrawn, and the topic returns to copilot unless
    another certificate proves the new one; look at the evidence for the new tolerance before. A certificate of a
    stricter promise holds on, with its threshold, until a new one is issued.

    Args:
        session: of the caller's transaction.
        asked: who sets it.
        tolerance: a share from LEAST_TOLERANCE to MOST_TOLERANCE.
        versions: those in use.
    """
    topic = await _topic(session, asked)
    if isinstance(topic, Changed):
        return topic
    if not LEAST_TOLERANCE <= tolerance <= MOST_TOLERANCE:
        return Changed(Outcome.OUT_OF_RANGE, topic)
    if abs(topic.tolerance - tolerance) < 1e-12:  # noqa: PLR2004 - as good as equal
        return Changed(Outcome.SAME, topic)
    before = seen(topic)
    topic.tolerance = tolerance
    await certificates.withdraw(
        session,
        topic.workspace_id,
        topic.name,
        because=f"the tolerance was set to {tolerance:g}",
        looser_than=tolerance,
    )
    if topic.stage == Stage.AUTOPILOT:
        await _after_new_tolerance(session, topic, versions)
    return _write(session, topic, asked, TopicEvent.TOLERANCE_SET, before)


async def _after_new_tolerance(session: AsyncSession, topic: Topic, versions: Versions) -> None:
    held = await certificates.by_id(session, topic.workspace_id, topic.certificate_id)
    if held is not None and held.tolerance > topic.tolerance:
        proof = await _standing(session, topic, versions, topic.tolerance)
        if proof is None:
            await _stop_acting_alone(session, topic, Stage.COPILOT)
        else:
            await _deploy(session, topic, proof)
        return
    await certificates.begin_monitor(session, topic.workspace_id, topic.name, tolerance=topic.tolerance)


async def alarm(session: AsyncSession, workspace_id: str, name: str, *, why: str) -> Changed:
    """The promise is broken: to copilot at once, every certificate withdrawn; only a new one brings it back."""
    asked = Asked(workspace_id, name, BATON, why=why)
    topic = await _topic(session, asked)
    if isinstance(topic, Changed):
        return topic
    before = seen(topic)
    await certificates.withdraw(session, workspace_id, name, because=why)
    _unbind(topic)
    if topic.stage == Stage.AUTOPILOT:
        topic.stage = Stage.COPILOT
    topic.alarmed_at = now()
    watched = await certificates.monitor(session, workspace_id, name)
    if watched:
        watched.alarmed_at, watched.alarm = topic.alarmed_at, why
        session.add(watched)
    return _write(session, topic, asked, TopicEvent.ALARMED, before)


async def take_certificate(session: AsyncSession, certificate: Certificate) -> Changed:
    """A certificate was issued: a topic that acts alone goes on by it, any other may now be promoted."""
    asked = Asked(certificate.workspace_id, certificate.topic, BATON, why="the reviews prove it")
    topic = await _topic(session, asked)
    if isinstance(topic, Changed):
        return topic
    before = seen(topic)
    if topic.stage == Stage.AUTOPILOT:
        await _deploy(session, topic, certificate)
    return _write(session, topic, asked, TopicEvent.CERTIFICATE_ISSUED, before, threshold=certificate.threshold)


async def follow_version(
    session: AsyncSession, workspace_id: str, name: str, versions: Versions, *, by: str = BATON
) -> Changed:
    """Another version serves now: a proved topic goes on by that version's certificate, or returns to copilot.

    The certificate of the old version is not withdrawn: it holds again when that version comes back.
    """
    asked = Asked(workspace_id, name, by, why="another version of Baton serves now")
    topic = await _topic(session, asked)
    if isinstance(topic, Changed):
        return topic
    if not is_left_behind(topic, versions):
        return Changed(Outcome.SAME, topic)
    before = seen(topic)
    proof = await _standing(session, topic, versions, topic.tolerance)
    if proof is None:
        await _stop_acting_alone(session, topic, Stage.COPILOT)
    else:
        await _deploy(session, topic, proof)
    return _write(
        session,
        topic,
        asked,
        TopicEvent.VERSION_CHANGED,
        before,
        drafter=versions.drafter,
        confidence=versions.confidence,
    )


def is_left_behind(topic: Topic, versions: Versions) -> bool:
    """Whether the topic acts alone by a certificate that other versions earned."""
    bound_to = Versions(topic.certified_drafter, topic.certified_confidence)
    return topic.stage == Stage.AUTOPILOT and bool(topic.certificate_id) and bound_to != versions


async def rename(session: AsyncSession, asked: Asked, name: str, *, title: str = "") -> Changed:
    """Give a topic another name: it stays the same topic, so its evidence and its certificate go with it."""
    topic = await _topic(session, asked)
    if isinstance(topic, Changed):
        return topic
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        return Changed(Outcome.TAKEN, topic)
    if name == topic.name and (not title or title == topic.title):
        return Changed(Outcome.SAME, topic)
    if name != topic.name and await topics.by_name(session, asked.workspace_id, name):
        return Changed(Outcome.TAKEN, topic)
    before = {"name": topic.name, "title": topic.title}
    named = topic if name == topic.name else await topics.rename(session, topic, name)
    named.title = title or named.title
    changed = _write(session, named, asked, TopicEvent.RENAMED, before, name=name, title=named.title)
    if name != asked.topic:
        _leave_word(session, asked, TopicEvent.RENAMED, {}, {"name": name})
    return changed


async def merge(session: AsyncSession, asked: Asked, into: str) -> Changed:
    """Put a topic into another one, which returns to copilot: nothing tells yet how the two do together."""
    topic = await _topic(session, asked)
    if isinstance(topic, Changed):
        return topic
    target = await topics.by_name(session, asked.workspace_id, into, lock=True)
    if target is None or target.name == topic.name:
        return Changed(Outcome.GONE, topic)
    before, merged = seen(target), {"merged": topic.name}
    for name in (topic.name, target.name):
        await certificates.withdraw(session, asked.workspace_id, name, because=f"{topic.name} became a part of {into}")
    gone = seen(topic)
    await topics.remove(session, topic, into=target.name)
    _leave_word(session, asked, TopicEvent.MERGED, gone, {"into": into})
    target.tolerance = min(target.tolerance, topic.tolerance)
    target.frustration_limit = min(target.frustration_limit, topic.frustration_limit)
    if target.stage == Stage.AUTOPILOT:
        await _stop_acting_alone(session, target, Stage.COPILOT)
    return _write(session, target, asked, TopicEvent.MERGED, before, **merged)


async def delete(session: AsyncSession, asked: Asked) -> Changed:
    """Take a topic away that no article names any more; should it come back, it comes back in copilot."""
    topic = await _topic(session, asked)
    if isinstance(topic, Changed):
        return topic
    if await topics.articles_of(session, asked.workspace_id, topic.name):
        return Changed(Outcome.IN_USE, topic)
    before = seen(topic)
    await certificates.withdraw(session, asked.workspace_id, topic.name, because="the topic was deleted")
    await topics.remove(session, topic, into=None)
    return Changed(Outcome.DONE, topic, _leave_word(session, asked, TopicEvent.DELETED, before, {}))


def seen(topic: Topic) -> dict[str, Any]:
    """What the record of changes keeps of a topic."""
    return {
        "stage": topic.stage,
        "tolerance": topic.tolerance,
        "threshold": round(topic.threshold, 6),
        "certificate_id": topic.certificate_id,
        "unproved": topic.stage == Stage.AUTOPILOT and not topic.certificate_id,
    }


async def _topic(session: AsyncSession, asked: Asked) -> Topic | Changed:
    topic = await topics.by_name(session, asked.workspace_id, asked.topic, lock=True)
    if topic is None:
        return Changed(Outcome.GONE)
    if asked.revision is not None and asked.revision != topic.revision:
        last = await topics.changes(session, asked.workspace_id, topic.name, limit=1)
        return Changed(Outcome.STALE, topic, last[0] if last else None)
    return topic


async def _standing(session: AsyncSession, topic: Topic, versions: Versions, tolerance: float) -> Certificate | None:
    return await certificates.standing(
        session,
        topic.workspace_id,
        topic.name,
        drafter=versions.drafter,
        confidence=versions.confidence,
        tolerance=tolerance,
    )


async def _deploy(session: AsyncSession, topic: Topic, certificate: Certificate) -> None:
    topic.stage, topic.threshold = Stage.AUTOPILOT, certificate.threshold
    topic.certificate_id, topic.unproved_by, topic.alarmed_at = certificate.id, "", None
    topic.certified_drafter, topic.certified_confidence = certificate.drafter_version, certificate.confidence_version
    await certificates.begin_monitor(session, topic.workspace_id, topic.name, tolerance=topic.tolerance)


async def _stop_acting_alone(session: AsyncSession, topic: Topic, stage: Stage) -> None:
    _unbind(topic)
    topic.stage = stage
    await certificates.end_monitor(session, topic.workspace_id, topic.name)


def _unbind(topic: Topic) -> None:
    topic.certificate_id = topic.certified_drafter = topic.certified_confidence = topic.unproved_by = ""


def _leave_word(
    session: AsyncSession, asked: Asked, event: TopicEvent, before: dict[str, Any], after: dict[str, Any]
) -> TopicChange:
    """A line under a name that no topic has from now on: whoever takes it again does not begin on autopilot."""
    place = (session, asked.workspace_id, asked.topic)
    return topics.note(*place, event=event, before=before, after=after, by=asked.by, why=asked.why)


def _write(
    session: AsyncSession, topic: Topic, asked: Asked, event: TopicEvent, before: dict[str, Any], **more: Any
) -> Changed:
    topics.touch(topic, asked.by)
    session.add(topic)
    after = seen(topic) | more
    place = (session, topic.workspace_id, topic.name)
    change = topics.note(*place, event=event, before=before, after=after, by=asked.by, why=asked.why)
    return Changed(Outcome.DONE, topic, change)
