"""Counts of the database as numbers of a report, topic by topic."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from handoff.report import TopicArm, TopicNumbers
from storage.kinds import ResolvedBy
from storage.resolutions import Counts, Ended

NO_TOPIC = "no topic"


def satisfaction(counts: Counts) -> dict[str, Any]:
    """The fields of a `Satisfaction`."""
    return {
        "asked": counts.asked,
        "answered": counts.answered,
        "ratings": counts.ratings,
        "satisfied": counts.satisfied,
        "scores": counts.scores,
    }


def by_topic(ended: Sequence[Ended], titles: Mapping[str, str]) -> tuple[TopicNumbers, ...]:
    """The counts topic by topic, those with most ratings first; a topic that was deleted keeps its name."""
    sums: defaultdict[str, defaultdict[str, Counts]] = defaultdict(lambda: defaultdict(Counts))
    for each in ended:
        sums[each.topic][each.arm] += each.counts
    topics = [
        TopicNumbers(
            topic=name,
            title=titles.get(name) or name or NO_TOPIC,
            arms=tuple(
                TopicArm(arm=ResolvedBy(arm), resolved=counts.resolved, **satisfaction(counts))
                for arm, counts in sorted(arms.items())
            ),
            simulated=sum(counts.simulated for counts in arms.values()),
        )
        for name, arms in sums.items()
    ]
    return tuple(sorted(topics, key=lambda topic: (-topic.ratings, topic.title)))
