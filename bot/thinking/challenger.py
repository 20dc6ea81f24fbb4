"""The version on trial: another drafter, model or prompt beside the present one, before it may take over.

With a share of 0 it drafts in silence on every conversation; nobody reads its drafts but the reviewers. With a share
it answers that part of the conversations, chosen by a keyed hash of their thread, so that a conversation stays with
one version and an auditor can choose again. Where it has no certificate of its own, an agent approves its drafts.
"""

import asyncio
import hashlib
import hmac
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from typing import Any

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import drafting
from bot.checking import building
from bot.drafting.port import Drafter
from bot.settings import Settings, SettingsProblem
from bot.thinking.considering import Ground
from bot.thinking.versions import version_of
from handoff.gate import Policy
from storage import versions
from storage.evidence import Certificate
from storage.kinds import Stage
from storage.tables import Topic

log = structlog.get_logger(__name__)

MOST_AT_ONCE = 2
"""Silent drafts in the making; the present version's drafts must not wait for them."""
MOST_WAITING = 64
"""Silent drafts that wait for their turn; beyond, one is left out rather than memory filled."""
PATIENCE_SECONDS = 20.0
"""How long a closing bot waits for silent drafts."""


@dataclass(frozen=True, slots=True)
class Place:
    """The Slack thread of a conversation."""

    channel_id: str
    thread_ts: str


@dataclass
class Challenger:
    """A drafter on trial."""

    drafter: Drafter
    share: float
    """0 for silence, else the share, 0..0.5, of the conversations that it answers."""
    key: str
    """Of the hash that chooses them."""
    checks: str = ""
    """The version of the graders of its drafts, which are those of the present one."""
    _at_work: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])
    _free: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MOST_AT_ONCE))

    @property
    def version(self) -> str:
        """The key of its drafter, model, prompt and search."""
        return version_of(self.drafter, self.checks)

    def answers(self, place: Place) -> bool:
        """Whether this conversation is one of its own; the same each time it is asked."""
        named = f"challenger|{self.version}|{place.channel_id}|{place.thread_ts}"
        digest = hmac.new(self.key.encode(), named.encode(), hashlib.sha256).digest()
        return int.from_bytes(digest[:8], "big") / 2**64 < self.share

    async def in_place(self, ground: Ground) -> Ground:
        """The ground of a conversation that it answers: its drafter, and autopilot only by its own certificates."""
        async with ground.database.reading() as session:
            earned = await versions.standing_certificates(session, ground.workspace_id, self.version)
        start = ground.starting_policy
        if start.stage == Stage.AUTOPILOT:
            start = replace(start, stage=Stage.COPILOT)
        topics = {name: _as_earned(topic, earned.get(name)) for name, topic in ground.topics.items()}
        return replace(ground, drafter=self.drafter, topics=topics, starting_policy=start)

    async def policy(self, session: AsyncSession, workspace_id: str, present: Policy) -> Policy:
        """What the gate holds its drafts against, where `present` holds for the present version."""
        if present.stage != Stage.AUTOPILOT:
            return present
        earned = await versions.standing_certificates(session, workspace_id, self.version)
        own = earned.get(present.topic)
        if own is None or own.tolerance > present.tolerance:
            return replace(present, stage=Stage.COPILOT)
        return replace(
            present,
            threshold=own.threshold,
            certificate_id=own.id,
            certified_drafter=own.drafter_version,
            certified_confidence=own.confidence_version,
        )

    def in_silence(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Begin a piece of work that nobody waits for; what goes wrong in it is logged."""
        if len(self._at_work) >= MOST_AT_ONCE + MOST_WAITING:
            log.warning("silent_draft_left_out", waiting=len(self._at_work))
            return
        task = asyncio.create_task(self._surviving(work))
        self._at_work.add(task)
        task.add_done_callback(self._at_work.discard)

    async def settled(self) -> None:
        """Wait until no silent work is left."""
        while self._at_work:
            await asyncio.wait(self._at_work)

    async def close(self) -> None:
        """Wait a while for silent work, give up the rest, and let go of connections."""
        if self._at_work:
            _, late = await asyncio.wait(self._at_work, timeout=PATIENCE_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self.drafter.close()

    async def _surviving(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        try:
            async with self._free:
                await work()
        except Exception:
            log.exception("silent_draft_failed", version=self.version)


def build(settings: Settings, key: str, present: Drafter) -> Challenger | None:
    """The version on trial that the settings name.

    Args:
        settings: the whole of them; what they do not say of the challenger is as for the present version.
        key: of the hash that chooses its conversations.
        present: the drafter in use.

    Returns:
        None when the settings name none, or one that cannot run; the log says why.
    """
    rival = _rival(settings, present)
    if isinstance(rival, str):
        if rival:
            log.error("no_challenger", why=rival)
        return None
    return Challenger(rival, settings.challenger_share, key, building.version(settings))


def why_none(settings: Settings, present: Drafter) -> str:
    """Why the version on trial that the settings name cannot run, as a sentence; empty when none is named."""
    rival = _rival(settings, present)
    return rival if isinstance(rival, str) else ""


def _rival(settings: Settings, present: Drafter) -> Drafter | str:
    """The drafter on trial, or why there is none: a mistake here must not keep the present version from customers."""
    if settings.challenger_drafter == "none":
        return ""
    if settings.challenger_drafter == "openai" and settings.openai_api_key is None:
        return "The version on trial needs BATON_OPENAI_API_KEY, which is not set."
    try:
        # Without a model that stands in: on trial is this one alone, and the present version serves when it fails.
        rival = drafting.build(as_settings(settings).model_copy(update={"fallback_model": ""}))
    except SettingsProblem as problem:
        return str(problem)
    if version_of(rival) == version_of(present):
        return "The BATON_CHALLENGER_ settings name the present version: nothing to compare."
    return rival


def as_settings(settings: Settings) -> Settings:
    """The settings as they would be after the challenger has taken over."""
    return settings.model_copy(
        update={
            "drafter": settings.challenger_drafter,
            "openai_model": settings.challenger_model or settings.openai_model,
            "prompt_file": settings.challenger_prompt_file or settings.prompt_file,
        }
    )


def _as_earned(topic: Topic, own: Certificate | None) -> Topic:
    if topic.stage != Stage.AUTOPILOT:
        return topic
    if own is None or own.tolerance > topic.tolerance:
        return topic.model_copy(update={"stage": Stage.COPILOT})
    return topic.model_copy(
        update={
            "threshold": own.threshold,
            "certificate_id": own.id,
            "certified_drafter": own.drafter_version,
            "certified_confidence": own.confidence_version,
        }
    )
