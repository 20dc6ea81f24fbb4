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
_CLAUSE = re.compile(r"[.!?;,\n]+")


def topic_of(passages: Sequence[FoundPassage]) -> str:
    """The topic that the best passages speak for, each by its score; empty when there are none, or theirs is none."""
    votes: dict[str, float] = {}
    for passage in passages[:VOTERS]:
        votes[passage.topic] = votes.get(passage.topic, 0.0) + passage.score
    return max(votes, key=lambda name: votes[name], default="")


def close_enough(passages: Sequence[FoundPassage]) -> list[FoundPassage]:
    """Those that count as found: by meaning, or with enough of the question's words."""
    return [each for each in passages if each.by_meaning or each.coverage >= LEAST_COVERAGE]


def without_wishes(text: str) -> str:
    """What a customer says besides that they want a person, for that is not what they need one for."""
    return " ".join(part.strip() for part in _CLAUSE.split(text) if part.strip() and not wishes.asks_for_person(part))
