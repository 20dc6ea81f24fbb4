"""After each review: the monitor of the topic's promise moves on, and the evidence is looked at when that is due."""

import math
from datetime import timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.runtime import Runtime
from bot.trust import basis as bases
from bot.trust import looking, telling, trials
from bot.trust.basis import Basis
from bot.views import topic_words
from bot.views import trust as trust_view
from bot.views.post import Post
from bot.views.topic import Line
from bot.views.topic_words import Standing
from bot.views.trust import Lately, WrongReply
from handoff import monitor, stages
from handoff.monitor import MonitorState
from storage import audits, certificates, topics, workspaces
from storage.evidence import Certificate, Monitor, Review, TopicChange
from storage.kinds import Stage
from storage.row import now
from storage.tables import Topic

LATELY = timedelta(days=14)
"""How far back an alarm tells what changed."""


async def after_review(session: AsyncSession, runtime: Runtime, review: Review) -> bool:
    """Draw the consequences of a verdict, in the transaction that stores it.

    Args:
        session: of that transaction; the verdict is on `review` and need not be flushed.
        runtime: for the versions in use and the managers' channel.
        review: with its verdict.

    Returns:
        Whether the verdict sent its topic back to copilot.
    """
    if not review.audit or review.verdict is None:
        return False
    await session.flush()
    basis = await bases.of_runtime(runtime)
    topic = await topics.by_name(session, runtime.workspace_id, review.topic, lock=True)
    if topic is None:
        return False
    if review.answered and topic.stage == Stage.AUTOPILOT and await _broken(session, runtime, topic, review):
        return True
    if review.drafter_version == basis.versions.drafter:
        await _look(session, runtime, basis, topic)
    elif runtime.challenger and review.drafter_version == runtime.challenger.version:
        await trials.look(session, runtime, basis, topic)
    return False


async def _broken(session: AsyncSession, runtime: Runtime, topic: Topic, review: Review) -> bool:
    """Move the topic's monitor on; whether it raised the alarm."""
    watched = await _monitor_of(session, topic)
    if watched is None or review.drafted_at < watched.since:
        return False
    state = await _moved_on(session, watched, review)
    watched.state, watched.seen, watched.wrong = state.as_json(), state.seen, state.wrong
    session.add(watched)
    alarm = monitor.alarm(state)
    if alarm is None:
        return False
    await _sound(session, runtime, topic, watched, alarm.words)
    return True


async def _monitor_of(session: AsyncSession, topic: Topic) -> Monitor | None:
    """The topic's monitor. One that began on autopilot was never promoted: it is watched since its last change."""
    found = await certificates.monitor(session, topic.workspace_id, topic.name, lock=True)
    if found is None and 0 < topic.tolerance < 1:
        found = await certificates.begin_monitor(session, topic.workspace_id, topic.name, tolerance=topic.tolerance)
        found.since = topic.updated_at
    if found is not None:
        found.since = min(found.since, now())  # a clock that was set back hides no reply from it
    return found


async def _moved_on(session: AsyncSession, watched: Monitor, review: Review) -> MonitorState:
    """One verdict more; all of them again where a verdict was changed, read twice, or the state cannot be read."""
    state = read_state(watched)
    count = await audits.count_watched(session, watched.workspace_id, watched.topic, since=watched.since)
    if state is not None and count == state.seen + 1 and review.reading == 1:
        return monitor.step(state, review.verdict != "right")
    verdicts = await audits.watched(session, watched.workspace_id, watched.topic, since=watched.since)
    return monitor.replay(watched.tolerance, (each.wrong for each in verdicts))


def read_state(watched: Monitor) -> MonitorState | None:
    """The stored state of a monitor; a fresh one's is empty."""
    return MonitorState.from_json(watched.state) if watched.state else monitor.begin(watched.tolerance)


def way_to_alarm(state: MonitorState | None) -> float:
    """How far the evidence is on its way to an alarm, 0..1, in log space; the farther of the two tests."""
    if state is None:
        return 0.0
    parts = (
        state.log_e / -math.log(monitor.ALPHA),
        state.log_r / math.log(monitor.MEAN_REVIEWS_UNTIL_FALSE_ALARM),
    )
    return min(1.0, max(0.0, *parts))


async def _sound(session: AsyncSession, runtime: Runtime, topic: Topic, watched: Monitor, why: str) -> None:
    """The topic returns to copilot in this transaction, and the managers read why."""
    verdicts = await audits.watched(session, topic.workspace_id, topic.name, since=watched.since)
    wrong = [each for each in reversed(verdicts) if each.wrong]
    places = await audits.places(session, topic.workspace_id, [each.conversation_id for each in wrong])
    replies = [
        WrongReply(
            each.verdict,
            each.fault,
            runtime.thread_link(*places[each.conversation_id]) if each.conversation_id in places else "",
        )
        for each in wrong
    ]
    lately = await _changed_lately(session, runtime, topic)
    changed = await stages.alarm(session, topic.workspace_id, topic.name, why=why)
    shown = changed.topic or topic
    standing = Standing(
        shown.name,
        shown.title,
        shown.stage,
        shown.tolerance,
        shown.threshold,
        shown.revision,
        alarmed_at=shown.alarmed_at,
    )
    post = trust_view.alarm(standing, why=why, replies=replies, changes=lately)
    telling.managers(session, topic.workspace_id, runtime.channels.managers, post)


async def _changed_lately(session: AsyncSession, runtime: Runtime, topic: Topic) -> list[Lately]:
    """Changes of topics, of the version and of the topic's articles in the last days, the newest first."""
    since = now() - LATELY
    titles = {each.name: each.title or each.name for each in await workspaces.topics(session, topic.workspace_id)}
    found = [
        trust_view.of_change(titles.get(change.topic, change.topic), line_of(change))
        for change in await topics.changed_since(session, topic.workspace_id, since)
    ]
    version = (await runtime.ground()).drafter_version
    first = await audits.first_drafted(session, topic.workspace_id, version)
    if first and first >= since:
        found.append(Lately(f"The version that serves ({version}) drafted for the first time", first))
    found += trust_view.of_articles(await topics.articles_changed_since(session, topic.workspace_id, topic.name, since))
    return sorted(found, key=lambda each: each.at, reverse=True)


def line_of(change: TopicChange) -> Line:
    """A row of the record as the views show it."""
    return Line(topic_words.change(change.event, change.before, change.after), change.by, change.at, change.why)


async def _look(session: AsyncSession, runtime: Runtime, basis: Basis, topic: Topic) -> None:
    _, certificate = await looking.look(session, basis, topic.name, topic.tolerance)
    if certificate is None:
        return
    changed = await stages.take_certificate(session, certificate)
    if changed.topic:
        post = news(changed.topic, certificate)
        telling.managers(session, topic.workspace_id, runtime.channels.managers, post)


def news(topic: Topic, certificate: Certificate) -> Post:
    """What the managers read about a certificate that was just issued."""
    standing = Standing(
        topic.name,
        topic.title,
        topic.stage,
        topic.tolerance,
        topic.threshold,
        topic.revision,
        certificate_id=topic.certificate_id,
        alarmed_at=topic.alarmed_at,
        proof=looking.as_certified(certificate),
        proved_at=certificate.issued_at,
    )
    on_autopilot = topic.stage == Stage.AUTOPILOT and topic.certificate_id == certificate.id
    return trust_view.proved(standing) if on_autopilot else trust_view.can_be_promoted(standing)
