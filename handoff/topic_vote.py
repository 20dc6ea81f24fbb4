"""Which topic a question is about, by the articles that are found for it. Pure.

The drafter that quotes names its topics by this vote. So does whoever looks afterwards what a conversation was
about that went to people without a draft: one rule for both, of customers' words and nothing that was answered.
"""

import re
from collections.abc import Sequence

from handoff.draft import FoundPassage
from handoff.gate import LEAST_COVERAGE
from handoff.lexicon import wishes

VOTERS = 4
"""How many of the best passages have a vote."""
FEWEST_DRAFTS, LEAST_ALIKE = 20, 0.9
_CLAUSE = re.compile(r"[.!?;,\n]+")


def topic_of(passages: Sequence[FoundPassage]) -> str:
    """The topic that the best passages speak for, each by its score; empty when there are none, or theirs is none."""
    return vote([(passage.topic, passage.score) for passage in passages])


def vote(found: Sequence[tuple[str, float]]) -> str:
    """The same of the topics and scores of what was found, the best first."""
    votes: dict[str, float] = {}
    for topic, score in found[:VOTERS]:
        votes[topic] = votes.get(topic, 0.0) + score
    return max(votes, key=lambda name: votes[name], default="")


def agrees(drafted: Sequence[tuple[str, Sequence[tuple[str, float]]]]) -> bool:
    """Whether the vote names topics as drafts do, so that those it names can be compared with theirs.

    A drafter that quotes takes them from the vote. A model names them itself, and where it does so better, the topics
    of what it did not draft would be worse: what such a topic takes for its own would be unlike on the two sides.

    Args:
        drafted: of late drafts, the topic it was given, and the topics and scores of what was found, the best first.

    Returns:
        True in nine of ten drafts, and while there are too few to tell.
    """
    alike = [topic == vote(found) for topic, found in drafted if found]
    return len(alike) < FEWEST_DRAFTS or sum(alike) >= LEAST_ALIKE * len(alike)


def close_enough(passages: Sequence[FoundPassage]) -> list[FoundPassage]:
    """Those that count as found: by meaning, or with enough of the question's words."""
    return [each for each in passages if each.by_meaning or each.coverage >= LEAST_COVERAGE]


def without_wishes(text: str) -> str:
    """What a customer says besides that they want a person, for that is not what they need one for."""
    return " ".join(part.strip() for part in _CLAUSE.split(text) if part.strip() and not wishes.asks_for_person(part))
