"""Whether two conversations of one customer are about the same matter. Pure.

The rule is one that a manager can check by reading: on the sample shop's questions it finds half of those that were
asked again in other words, and takes one pair in eleven of different questions on one topic for the same.
"""

from handoff import words

SHARED = 0.5
"""The least share of the informative words of the shorter text that stand in the other."""
READ_AT_MOST = 8_000
"""Characters of each text that are looked at."""


def same_matter(earlier: str, new: str, *, earlier_topic: str, new_topic: str) -> bool:
    """Whether a customer comes back with what they had asked before.

    Args:
        earlier: what they wrote in the earlier conversation.
        new: what they ask now.
        earlier_topic: its topic; empty when it had none.
        new_topic: the same of what they ask now.

    Returns:
        True on the same topic, or with one of the two unknown, when half of the informative words of the shorter text
        stand in the other, or a reference such as an order number does.
    """
    if earlier_topic and new_topic and earlier_topic != new_topic:
        return False
    before, now = (set(words.informative(text[:READ_AT_MOST])) for text in (earlier, new))
    both = before & now
    if any(words.is_reference(each) for each in both):
        return True
    return bool(both) and len(both) >= SHARED * min(len(before), len(now))
