"""The managers' forms: each is gathered here, and what is submitted is carried out in one transaction."""

from dataclasses import dataclass

from bot.runtime import Runtime
from bot.trust import basis as bases
from bot.trust import governing, standings
from bot.trust.watching import line_of
from bot.views import topic as topic_view
from bot.views import topic_words
from bot.views.ids import TopicRef
from bot.views.post import View
from bot.views.topic_words import Standing
from handoff.stages import Asked, Changed, Outcome
from storage import topics
from storage.kinds import Stage
from storage.row import now


@dataclass(frozen=True, slots=True)
class Wish:
    """What a manager wants of a topic, as it was when they looked."""

    ref: TopicRef
    by: str
    why: str = ""

    def asked(self, workspace_id: str) -> Asked:
        """The wish as the rules take it."""
        return Asked(workspace_id, self.ref.topic, self.by, self.ref.revision, self.why.strip())


async def topic(runtime: Runtime, name: str) -> View | None:
    """The form of a topic; None when it is gone."""
    standing = await _standing(runtime, name)
    return topic_view.form(standing, risk=runtime.certificate_risk) if standing else None


async def promotion(runtime: Runtime, name: str) -> View | None:
    """The second step of a promotion; where nothing proves the topic, what is missing."""
    standing = await _standing(runtime, name)
    if standing is None:
        return None
    if standing.proof is None:
        return topic_view.gone(f"{topic_words.evidence(standing)} {topic_words.missing(standing)}")
    return topic_view.promote_form(standing)


async def unproved_start(runtime: Runtime, name: str) -> View | None:
    """The second step of a start without a certificate."""
    standing = await _standing(runtime, name)
    return topic_view.unproved_form(standing, threshold=runtime.starting_policy.threshold) if standing else None


async def history(runtime: Runtime, name: str) -> View | None:
    """Who changed what about a topic."""
    standing = await _standing(runtime, name)
    if standing is None:
        return None
    async with runtime.database.reading() as session:
        changes = await topics.changes(session, runtime.workspace_id, name)
    return topic_view.history(standing, [line_of(change) for change in changes])


async def promote(runtime: Runtime, wish: Wish) -> str:
    """Promote a topic; returns why not, or nothing."""
    basis = await bases.of_runtime(runtime)
    async with runtime.database.transaction() as session:
        asked = wish.asked(runtime.workspace_id)
        changed = await governing.promote(session, basis, asked, runtime.channels.managers)
    return await _refusal(runtime, changed)


async def start_unproved(runtime: Runtime, wish: Wish, threshold: float) -> str:
    """Start a topic without a certificate; returns why not, or nothing."""
    basis = await bases.of_runtime(runtime)
    async with runtime.database.transaction() as session:
        asked = wish.asked(runtime.workspace_id)
        changed = await governing.start_unproved(session, basis, asked, threshold, runtime.channels.managers)
    return await _refusal(runtime, changed)


async def hold(runtime: Runtime, wish: Wish, stage: Stage) -> str:
    """Bring a topic to copilot or shadow; returns why not, or nothing."""
    async with runtime.database.transaction() as session:
        changed = await governing.hold(session, wish.asked(runtime.workspace_id), stage, runtime.channels.managers)
    return await _refusal(runtime, changed)


async def set_tolerance(runtime: Runtime, wish: Wish, tolerance: float) -> str:
    """Set a tolerance; returns why not, or nothing."""
    basis = await bases.of_runtime(runtime)
    async with runtime.database.transaction() as session:
        asked = wish.asked(runtime.workspace_id)
        changed = await governing.set_tolerance(session, basis, asked, tolerance, runtime.channels.managers)
    return await _refusal(runtime, changed)


async def _standing(runtime: Runtime, name: str) -> Standing | None:
    basis = await bases.of_runtime(runtime)
    async with runtime.database.reading() as session:
        return await standings.named(session, basis, name)


async def _refusal(runtime: Runtime, changed: Changed) -> str:
    """Why a wish was refused, or nothing; after its transaction, for Slack may have to be asked for a name."""
    words = ""
    if changed.outcome == Outcome.UNPROVED and changed.topic:
        standing = await _standing(runtime, changed.topic.name)
        words = topic_words.evidence(standing) if standing else ""
    who = "Baton"
    if changed.outcome == Outcome.STALE and changed.change and changed.change.by != "baton":
        who = (await runtime.people.profile(changed.change.by)).name
    return topic_words.refusal(changed, who=who, now=now(), evidence_words=words)
