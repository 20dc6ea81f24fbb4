"""Conversations offered to the AI held against those that went straight to people, whoever resolved them. Pure.

Each conversation counts on the side it was sent to (intention to treat), so the side includes what the AI handed off.
Where a lot decided, the difference is the policy's effect; otherwise it is adjusted for topics, and observational.
"""

from dataclasses import dataclass

from handoff.compared import FEWEST_RATINGS, Basis
from handoff.intervals import Interval, Tally, newcombe, points
from handoff.report_parts import Policy, PolicySide
from handoff.strata import adjusted_difference


@dataclass(frozen=True, slots=True)
class PolicyComparison:
    """Differences are those offered to the AI minus those sent straight to people; None where nothing is known."""

    basis: Basis
    offered: PolicySide
    straight: PolicySide
    satisfied: Interval | None
    """Among raters: by lot all of them, otherwise within topics."""
    resolved: Interval | None
    """The share of conversations that were resolved."""
    response: Interval | None
    """The share of those asked who rated."""
    sentence: str


def compare_policy(policy: Policy) -> PolicyComparison:
    """Compare the two sides; the sentence gives the difference and its interval, and no verdict."""
    offered = _whole([topic.offered for topic in policy.topics])
    straight = _whole([topic.straight for topic in policy.topics])
    basis = Basis.BY_LOT if policy.randomised else Basis.OBSERVATIONAL
    satisfied = None
    if min(offered.tally.ratings, straight.tally.ratings) >= FEWEST_RATINGS:
        # A lot balances the topics by itself; dividing by them would only cost ratings.
        within = {topic.topic: (topic.offered.tally, topic.straight.tally) for topic in policy.topics}
        satisfied = newcombe(offered.tally, straight.tally) if policy.randomised else adjusted_difference(within)
    return PolicyComparison(
        basis=basis,
        offered=offered,
        straight=straight,
        satisfied=satisfied,
        resolved=newcombe(_resolved(offered), _resolved(straight)),
        response=newcombe(_answered(offered), _answered(straight)),
        sentence=_sentence(policy, offered, straight, satisfied),
    )


def _sentence(policy: Policy, offered: PolicySide, straight: PolicySide, satisfied: Interval | None) -> str:
    basis = Basis.BY_LOT if policy.randomised else Basis.OBSERVATIONAL
    sides = "offered to AI minus sent straight to people"
    if not offered.conversations or not straight.conversations:
        return "All conversations went the same way, so offering them to AI cannot be compared with not doing so."
    if satisfied is None:
        if min(offered.tally.ratings, straight.tally.ratings) >= FEWEST_RATINGS:
            return f"Policy ({basis}): the two sides have no rated topic in common."
        counts = f"{offered.tally.ratings:,} where AI was offered, {straight.tally.ratings:,} where not"
        return f"Policy ({basis}): too few ratings to compare, {counts}; each needs {FEWEST_RATINGS}."
    interval = f"{points(satisfied.low)} to {points(satisfied.high)}"
    return f"Policy ({basis}), {sides}: {points(satisfied.estimate)} points satisfied (95 % interval {interval})."


def _whole(sides: list[PolicySide]) -> PolicySide:
    return PolicySide(
        conversations=sum(side.conversations for side in sides),
        resolved=sum(side.resolved for side in sides),
        asked=sum(side.asked for side in sides),
        answered=sum(side.answered for side in sides),
        tally=sum((side.tally for side in sides), Tally()),
    )


def _resolved(side: PolicySide) -> Tally:
    return Tally(min(side.resolved, side.conversations), side.conversations)


def _answered(side: PolicySide) -> Tally:
    return Tally(min(side.answered, side.asked), side.asked)
