"""Gathers what is known of the present version and of the one on trial, and compares the two."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import drafting
from bot.drafting.port import Drafter
from bot.knowledge import search
from bot.settings import Settings
from bot.thinking import challenger
from bot.trust import basis as bases
from bot.trust import standings
from bot.trust import versions as effects
from bot.trust.basis import Basis
from bot.views import topic_words
from bot.views.topic_words import Standing
from handoff.intervals import Tally
from handoff.rivalry import RATINGS, REVIEWS, Contest, contest
from handoff.stages import Versions
from storage import versions
from storage.database import Database
from storage.versions import Decided, Drafted, Judged


@dataclass(frozen=True, slots=True)
class Version:
    """A drafter with everything that its drafts come from besides the articles."""

    key: str
    drafter: str
    model: str
    prompt: str
    search: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Side:
    """A version and what came of it."""

    version: Version
    drafted: Drafted
    decided: Decided
    """Since both versions run."""
    reviewed: Tally
    """Drafts of the uniform sample since both run; the tally counts the wrong ones."""
    waiting: int
    rated: Tally
    """Conversations that it resolved alone since both run; the tally counts the satisfied customers."""
    topics: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """The present version and, where there is one, the version on trial."""

    present: Side
    trial: Side | None = None
    share: float = 0.0
    """Of the conversations, 0..1, that the version on trial answers; 0 for none."""
    since: datetime | None = None
    """Since when both run; None as long as the one on trial has not drafted."""
    contests: tuple[Contest, ...] = ()
    takeover: str = ""
    """What would happen if the version on trial served from now on."""
    no_trial: str = ""
    """Why there is none, where the settings name one."""

    def as_dict(self) -> dict[str, Any]:
        """For programs."""
        return {
            "present": _side_as_dict(self.present),
            "trial": _side_as_dict(self.trial) if self.trial else None,
            "share": self.share,
            "since": self.since.isoformat() if self.since else None,
            "contests": [asdict(each) for each in self.contests],
            "takeover": self.takeover,
            "no_trial": self.no_trial,
        }


def _side_as_dict(side: Side) -> dict[str, Any]:
    told = asdict(replace(side, topics=()))
    told["drafted"]["first_at"] = side.drafted.first_at.isoformat() if side.drafted.first_at else None
    told["topics"] = [
        {
            "topic": each.name,
            "stage": each.stage,
            "tolerance": each.tolerance,
            "evidence": each.evidence,
            "certified": each.proof is not None,
            "clean_reviews_needed": each.missing.clean_reviews_needed if each.missing else None,
            "words": topic_words.evidence(each),
        }
        for each in side.topics
    ]
    return told


@dataclass(frozen=True)
class _Asked:
    """What is asked of the database about one version."""

    session: AsyncSession
    basis: Basis
    drafter: Drafter
    since: datetime

    @property
    def key(self) -> str:
        return self.basis.versions.drafter


async def compare(settings: Settings, database: Database, workspace_id: str) -> Compared:
    """Gather and compare the versions that the settings name; writes nothing, and spends no look at the evidence."""
    basis = await bases.of_settings(settings, database, workspace_id)
    present = drafting.build(settings)
    rival = challenger.build(settings, "", present)
    try:
        async with database.reading() as session:
            if rival is None:
                side, _ = await _side(_Asked(session, basis, present, _beginning()))
                return Compared(side, no_trial=challenger.why_none(settings, present))
            return await _both(session, basis, present, rival)
    finally:
        await present.close()
        if rival:
            await rival.close()


async def _both(session: AsyncSession, basis: Basis, present: Drafter, rival: challenger.Challenger) -> Compared:
    versions_then = Versions(rival.version, basis.versions.confidence)
    drafts = await versions.drafted(session, basis.workspace_id, [basis.versions.drafter, rival.version])
    firsts = [each.first_at for each in drafts.values() if each.first_at]
    # A version on trial may have served before: what it did before there was the present one is held against nothing.
    begun = max(firsts) if rival.version in drafts else None
    asked = _Asked(session, basis, present, begun or _beginning())
    one, judged_one = await _side(asked)
    two, judged_two = await _side(
        replace(asked, basis=replace(basis, drafter_version=rival.version), drafter=rival.drafter)
    )
    contests = tuple(
        contest(_by_topic(trial, serving), measure)
        for trial, serving, measure in zip(judged_two, judged_one, (REVIEWS, RATINGS), strict=True)
    )
    takeover = await effects.preview(session, basis.workspace_id, versions_then)
    return Compared(one, two, rival.share, begun, contests, takeover)


async def _side(asked: _Asked) -> tuple[Side, tuple[list[Judged], list[Judged]]]:
    session, workspace_id, key = asked.session, asked.basis.workspace_id, asked.key
    reviewed = await versions.reviewed(session, workspace_id, key, since=asked.since)
    rated = await versions.rated(session, workspace_id, key, since=asked.since)
    side = Side(
        version=_version(asked),
        drafted=(await versions.drafted(session, workspace_id, [key])).get(key, Drafted()),
        decided=(await versions.decided(session, workspace_id, [key], since=asked.since)).get(key, Decided()),
        reviewed=_tally(reviewed),
        waiting=await versions.waiting(session, workspace_id, key),
        rated=_tally(rated),
        topics=tuple(await standings.every(session, asked.basis)),
    )
    return side, (reviewed, rated)


def _version(asked: _Asked) -> Version:
    drafter = asked.drafter
    return Version(
        asked.key,
        drafter.name,
        drafter.model,
        drafter.prompt_version,
        search.VERSION,
        asked.basis.versions.confidence,
    )


def _tally(judged: Sequence[Judged]) -> Tally:
    return sum((Tally(each.yes, each.count) for each in judged), Tally())


def _by_topic(trial: Sequence[Judged], present: Sequence[Judged]) -> dict[str, tuple[Tally, Tally]]:
    one = {each.topic: Tally(each.yes, each.count) for each in trial}
    two = {each.topic: Tally(each.yes, each.count) for each in present}
    return {topic: (one.get(topic, Tally()), two.get(topic, Tally())) for topic in sorted({*one, *two})}


def _beginning() -> datetime:
    return datetime.fromisoformat("1970-01-01T00:00+00:00")
