"""The differences of a report, AI minus people, row by row: what the chart draws, its words say and tables list."""

from dataclasses import dataclass
from enum import StrEnum

from bot.views import report_words
from handoff.compared import FEWEST_RATINGS, Since
from handoff.intervals import Interval, Tally, newcombe, smallest_visible_difference
from handoff.report import Report, Satisfaction, TopicNumbers
from storage.kinds import ResolvedBy

TOPICS_SHOWN = 8


class Kind(StrEnum):
    """What a row tells."""

    RAW = "raw"
    ADJUSTED = "adjusted"
    SINCE = "since"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Difference:
    """One row: AI minus people, and what it rests on."""

    kind: Kind
    name: str
    interval: Interval | None
    ai: Tally
    human: Tally
    answered: float | None = None
    """The share, 0..1, of those asked in both arms who rated."""
    smallest_visible: float | None = None
    why_not: str = ""
    """Why there is no interval."""
    plain_name: str = ""
    """Another one, for fonts that lack the letters of the first."""


def differences(report: Report) -> list[Difference]:
    """Raw, adjusted, and adjusted since the certificates, where they are known; then the topics with most ratings."""
    return [*_summaries(report), *_topics(report)]


def _summaries(report: Report) -> list[Difference]:
    found = report.comparison
    ai, human = report.of(ResolvedBy.AI), report.of(ResolvedBy.HUMAN)
    answered = _answered(ai, human)
    rows: list[Difference] = []
    if found.raw:
        visible = smallest_visible_difference(found.ai, found.human)
        rows.append(Difference(Kind.RAW, "raw, this\u00a0time", found.raw, found.ai, found.human, answered, visible))
    if found.adjusted:
        resting = (found.shared_ai, found.shared_human, answered, found.smallest_visible)
        rows.append(Difference(Kind.ADJUSTED, "adjusted, this\u00a0time", found.adjusted, *resting))
    if since := found.since:
        resting = (since.ai, since.human, _answered_since(report), since.smallest_visible)
        rows.append(Difference(Kind.SINCE, _since_when(since), since.difference, *resting))
    return rows


def _since_when(since: Since) -> str:
    """What the verdict rests on; without a certificate it is the same time, told so that it may be looked at always."""
    if since.first_day is None:
        return "adjusted, valid at every look"
    day = f"{since.first_day.day}\u00a0{since.first_day:%b\u00a0%Y}"
    return f"adjusted, since {day}" if since.one_day else f"adjusted, since certificates ({day})"


def _answered_since(report: Report) -> float | None:
    topics = report.since_certificates or report.topics
    return _answered(*(topic.of(arm) for topic in topics for arm in report_words.COMPARED))


def _topics(report: Report) -> list[Difference]:
    topics = report_words.compared_topics(report)
    rows = [_topic(topic) for topic in topics] if any(_both(topic) for topic in topics) else []
    return sorted(rows, key=lambda row: row.interval is None)[:TOPICS_SHOWN]


def _both(topic: TopicNumbers) -> bool:
    return all(topic.of(arm).ratings for arm in report_words.COMPARED)


def _topic(topic: TopicNumbers) -> Difference:
    ai, human = (topic.of(arm) for arm in report_words.COMPARED)
    why_not = _why_not(ai.tally, human.tally)
    return Difference(
        Kind.TOPIC,
        topic.title,
        None if why_not else newcombe(ai.tally, human.tally),
        ai.tally,
        human.tally,
        _answered(ai, human),
        None if why_not else smallest_visible_difference(ai.tally, human.tally),
        why_not,
        plain_name=topic.topic,
    )


def _why_not(ai: Tally, human: Tally) -> str:
    """Below a handful of ratings a difference would be read as one, so it is not given."""
    if not human.ratings:
        return "AI only"
    if not ai.ratings:
        return "people only"
    return "too few" if min(ai.ratings, human.ratings) < FEWEST_RATINGS else ""


def _answered(*sides: Satisfaction) -> float | None:
    asked = sum(side.asked for side in sides)
    return sum(side.answered for side in sides) / asked if asked else None
