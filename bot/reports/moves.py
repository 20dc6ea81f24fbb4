"""Topics whose stage changed in a report's time, and those that are close to a certificate."""

from collections.abc import Iterable, Mapping

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.views.topic_words import Standing
from handoff.report_parts import TopicMove
from handoff.window import Window
from storage import topics
from storage.evidence import TopicChange
from storage.kinds import Stage, TopicEvent

CLOSE = 15
"""Clean reviews or fewer that a certificate may lack to be called close."""
ORDER = (Stage.SHADOW, Stage.COPILOT, Stage.AUTOPILOT)


async def gather(
    session: AsyncSession, workspace_id: str, stretch: Window, titles: Mapping[str, str]
) -> tuple[TopicMove, ...]:
    """The topics that were promoted or demoted; one that went up and down again stands with its last change."""
    changes = await topics.changed_within(session, workspace_id, stretch.since, stretch.until)
    last: dict[str, TopicMove] = {}
    for change in changes:  # the newest first
        if change.topic not in last and (direction := _direction(change)):
            title = titles.get(change.topic) or change.topic
            last[change.topic] = TopicMove(topic=change.topic, title=title, change=direction, why=_why(change))
    return tuple(sorted(last.values(), key=lambda move: (move.change != "promoted", move.title)))


def close(standings: Iterable[Standing]) -> tuple[TopicMove, ...]:
    """The topics that lack a few clean reviews to a certificate, or have one that nobody acted on yet."""
    found: list[TopicMove] = []
    for standing in standings:
        missing = standing.missing.clean_reviews_needed if standing.missing else None
        if standing.proof and standing.can_be_promoted:
            found.append(_close(standing, None))
        elif missing is not None and missing <= CLOSE:
            found.append(_close(standing, missing))
    return tuple(sorted(found, key=lambda move: (move.reviews_missing or 0, move.title)))


def _close(standing: Standing, missing: int | None) -> TopicMove:
    return TopicMove(topic=standing.name, title=standing.shown_title, change="close", reviews_missing=missing)


def _direction(change: TopicChange) -> str:
    before, after = (_height(seen.get("stage")) for seen in (change.before, change.after))
    if before is None or after is None or before == after:
        return ""
    return "promoted" if after > before else "demoted"


def _height(stage: object) -> int | None:
    return next((height for height, each in enumerate(ORDER) if each == stage), None)


def _why(change: TopicChange) -> str:
    if change.event == TopicEvent.ALARMED:
        return "an alarm: its replies broke their promise"
    return change.why
