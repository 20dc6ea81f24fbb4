"""Whether two conversations of one customer are about the same matter. Pure.

Where a team's known questions have been learned, two messages are of one matter when they are recognised as asking for
the same answer. Everything else is held against each other by a rule that a manager can check by reading. The page on
the comparison says how often either is right, measured on questions that no number here was chosen on.
"""

from typing import TYPE_CHECKING

from handoff import words

if TYPE_CHECKING:
    from handoff.recognition import Recogniser

SHARED = 0.5
"""The least share of the informative words of the shorter text that stand in the other."""
FEWEST_SHARED = 2
"""So many words of both, at least, where known questions have been learned: what one word says they know better."""
FEWEST_ANSWERS = 10
"""Of fewer, each question would look like one of them."""
RECOGNISED = 0.3
"""The share of the likeliest answer, 0..1, from which a message counts as a known question."""
SAME_ANSWER = 0.2
"""The probability that two known questions have one answer from which they are one matter."""
READ_AT_MOST = 8_000
"""Characters of each text that are looked at."""


def same_matter(
    earlier: str, new: str, *, earlier_topic: str, new_topic: str, known: "Recogniser | None" = None
) -> bool:
    """Whether a customer comes back with what they had asked before.

    Args:
        earlier: what they wrote in the earlier conversation.
        new: what they ask now.
        earlier_topic: its topic; empty when it had none.
        new_topic: the same of what they ask now.
        known: recognises the team's known questions, where it has learned them.

    Returns:
        True on the same topic, or with one of the two unknown, when a reference such as an order number stands in both;
        when both are known questions, and probably of one answer; or else when half of the informative words of the
        shorter text stand in the other.
    """
    if earlier_topic and new_topic and earlier_topic != new_topic:
        return False
    earlier, new = earlier[:READ_AT_MOST], new[:READ_AT_MOST]
    before, now = set(words.informative(earlier)), set(words.informative(new))
    both = before & now
    if any(words.is_reference(each) for each in both):
        return True
    if known is not None and len(known.answers) < FEWEST_ANSWERS:
        known = None
    if known is not None and (alike := _one_answer(known, earlier, new)) is not None:
        return alike
    fewest = 1 if known is None else FEWEST_SHARED
    return len(both) >= max(fewest, SHARED * min(len(before), len(now)))


def _one_answer(known: "Recogniser", earlier: str, new: str) -> bool | None:
    """Whether two known questions have one answer; None where one of them is not known."""
    one, two = known.shares(earlier), known.shares(new)
    if one is None or two is None or min(float(one.max()), float(two.max())) < RECOGNISED:
        return None
    return float(one @ two) >= SAME_ANSWER
