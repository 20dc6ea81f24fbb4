"""What a change of version does to the topics: said beforehand, and done at the start of the bot."""

from dataclasses import dataclass, field

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.runtime import Runtime
from bot.trust import basis as bases
from bot.trust import telling
from bot.views import trust as trust_view
from handoff import stages
from handoff.stages import BATON, Versions
from storage import certificates, workspaces
from storage.kinds import Stage


@dataclass
class Effect:
    """What a version does to the topics that run by a certificate, by their titles."""

    back: list[str] = field(default_factory=list[str])
    """Return to copilot."""
    kept: list[str] = field(default_factory=list[str])
    """Go on by the certificate that this version has."""
    ready: list[str] = field(default_factory=list[str])
    """Are in copilot or shadow, and this version could be promoted in them."""

    @property
    def nothing(self) -> bool:
        """Whether no topic is affected."""
        return not (self.back or self.kept)

    def in_words(self) -> str:
        """As sentences, for whoever is about to make the change."""
        if self.nothing:
            return "No topic runs by a certificate that this change would end."
        parts: list[str] = []
        if self.back:
            parts.append(f"This change will return {_topics(self.back)} to copilot: {', '.join(self.back)}.")
        if self.kept:
            parts.append(f"By a certificate of their own go on: {', '.join(self.kept)}.")
        return " ".join(parts)


def _topics(titles: list[str]) -> str:
    return f"{len(titles)} topic{'' if len(titles) == 1 else 's'}"


async def foresee(session: AsyncSession, workspace_id: str, versions: Versions) -> Effect:
    """What would happen to the topics if these versions served."""
    effect = Effect()
    for topic in await workspaces.topics(session, workspace_id):
        proof = await certificates.standing(
            session,
            workspace_id,
            topic.name,
            drafter=versions.drafter,
            confidence=versions.confidence,
            tolerance=topic.tolerance,
        )
        title = topic.title or topic.name
        if stages.is_left_behind(topic, versions):
            (effect.kept if proof else effect.back).append(title)
        elif proof and topic.stage != Stage.AUTOPILOT:
            effect.ready.append(title)
    return effect


async def preview(session: AsyncSession, workspace_id: str, versions: Versions) -> str:
    """In words: "This change will return 3 topics to copilot: …"."""
    return (await foresee(session, workspace_id, versions)).in_words()


async def follow(session: AsyncSession, workspace_id: str, versions: Versions, *, by: str = BATON) -> Effect:
    """Bring the topics in line with the versions that serve now; each change is written down as made by `by`.

    Returns:
        What was changed; nothing when another process was first.
    """
    effect = Effect(ready=(await foresee(session, workspace_id, versions)).ready)
    for topic in await workspaces.topics(session, workspace_id):
        if stages.is_left_behind(topic, versions):
            changed = await stages.follow_version(session, workspace_id, topic.name, versions, by=by)
            if changed.done and changed.topic:
                stays = changed.topic.stage == Stage.AUTOPILOT
                (effect.kept if stays else effect.back).append(topic.title or topic.name)
    return effect


async def on_start(runtime: Runtime) -> None:
    """At the start of the bot: topics whose certificate another version earned do not act by it any longer.

    Any number of processes may start at once: the first one changes the topics, the others find nothing to do.
    """
    basis = await bases.of_runtime(runtime)
    async with runtime.database.transaction() as session:
        effect = await follow(session, runtime.workspace_id, basis.versions)
        if effect.nothing:
            return
        post = trust_view.versions_changed(effect.back, effect.kept, effect.ready)
        telling.managers(session, runtime.workspace_id, runtime.channels.managers, post)
    runtime.posted()
