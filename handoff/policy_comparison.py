"""Conversations offered to the AI held against those that went straight to people, whoever resolved them. Pure.

Each conversation counts on the side it was sent to (intention to treat), so the side includes what the AI handed off.
Where a lot decided, the difference is the policy's effect; otherwise it is adjusted for topics, and observational.

A small team has few conversations drawn by lot in a week, so they are also held against each other over all the time
since the first lot, with bounds that hold at every look. Months are its strata: the share that is drawn may have been
changed, and satisfaction too, and then the two sides would differ by their months.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handoff import confidence_sequence
from handoff.compared import FEWEST_RATINGS, Basis
from handoff.intervals import Interval, Tally, newcombe, visible
from handoff.report_parts import LotMonth, Policy, PolicySide
from handoff.rounding import points, size
from handoff.strata import adjusted_difference, shared, total_weight


@dataclass(frozen=True, slots=True)
class PolicyComparison:
    """Differences are those offered to the AI minus those sent straight to people; None where nothing is known."""

    basis: Basis
    offered: PolicySide
    straight: PolicySide
    satisfied: Interval | None
    """Among raters: by lot all of them, otherwise within topics."""
    ratings: int
    """Of both sides, those that it rests on: without a lot, of topics in which both were rated."""
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
    satisfied, (one, two) = None, _rated(policy)
    if min(one.ratings, two.ratings) >= FEWEST_RATINGS:
        # A lot balances the topics by itself; dividing by them would only cost ratings.
        within = {topic.topic: (topic.offered.tally, topic.straight.tally) for topic in policy.topics}
        satisfied = newcombe(one, two) if policy.randomised else adjusted_difference(within)
    return PolicyComparison(
        basis=basis,
        offered=offered,
        straight=straight,
        satisfied=satisfied,
        ratings=one.ratings + two.ratings,
        resolved=newcombe(_resolved(offered), _resolved(straight)),
        response=newcombe(_answered(offered), _answered(straight)),
        sentence=_sentence(basis, offered, straight, (one, two), satisfied),
    )


def _rated(policy: Policy) -> tuple[Tally, Tally]:
    """The ratings that are held against each other."""
    pairs = [(topic.offered.tally, topic.straight.tally) for topic in policy.topics]
    counted = [pair for pair in pairs if policy.randomised or all(side.ratings for side in pair)]
    return sum((pair[0] for pair in counted), Tally()), sum((pair[1] for pair in counted), Tally())


@dataclass(frozen=True, slots=True)
class SoFar:
    """What the lot has shown since it was first drawn, offered to the AI minus sent straight to people."""

    first_day: date
    offered: PolicySide
    straight: PolicySide
    difference: Interval | None
    """Of satisfied shares, within months, with bounds that hold at every look; None with too few ratings."""
    ratings: int
    """Of both sides, those that the difference rests on: of months in which both were rated."""
    smallest_visible: float | None
    """The difference that so many ratings show at one look with probability 0.8."""
    response: Interval | None
    """The share of those asked who rated."""
    sentence: str


def so_far(months: Sequence[LotMonth]) -> SoFar | None:
    """Compare the two sides of the lot over all its time, and say no more than the ratings allow; None without any.

    Args:
        months: the oldest first.
    """
    if not months:
        return None
    offered, straight = _whole([each.offered for each in months]), _whole([each.straight for each in months])
    both = [(each.offered.tally, each.straight.tally) for each in months]
    strata = shared(both)
    one, two = (sum((pair[side] for pair in both if pair[0].ratings and pair[1].ratings), Tally()) for side in (0, 1))
    difference = seen = None
    if min(one.ratings, two.ratings) >= FEWEST_RATINGS:
        difference = confidence_sequence.over_all_looks(strata)
        seen = visible(one + two, total_weight(strata), confidence_sequence.width(strata))
    return SoFar(
        first_day=months[0].first_day,
        offered=offered,
        straight=straight,
        difference=difference,
        ratings=one.ratings + two.ratings,
        smallest_visible=seen,
        response=newcombe(_answered(offered), _answered(straight)),
        sentence=_so_far_in_words(months[0].first_day, one, two, difference, seen),
    )


def _so_far_in_words(day: date, one: Tally, two: Tally, found: Interval | None, seen: float | None) -> str:
    since = f"By lot since {day.day} {day:%b %Y}"
    counts = f"{one.ratings:,} ratings where AI was offered and {two.ratings:,} where not"
    if found is None or seen is None:
        return f"{since}: too few to compare, {counts}; each needs {FEWEST_RATINGS}."
    bounds = f"{points(found.low)} to {points(found.high)}, bounds that hold however often you look"
    if not found.excludes_zero:
        return (
            f"{since}: no difference that {counts} could show ({bounds}); a true one under {size(seen)} points "
            "would probably have stayed unseen."
        )
    word = "more" if found.estimate > 0 else "less"
    return (
        f"{since}, customers who rated were {word} satisfied where AI was offered: {points(found.estimate)} points "
        f"({bounds}; {counts})."
    )


def _sentence(
    basis: Basis, offered: PolicySide, straight: PolicySide, rated: tuple[Tally, Tally], satisfied: Interval | None
) -> str:
    if not offered.conversations or not straight.conversations:
        return "All conversations went the same way, so offering them to AI cannot be compared with not doing so."
    one, two = rated
    counts = f"{one.ratings:,} where AI was offered, {two.ratings:,} where not"
    if satisfied is None:
        if min(offered.tally.ratings, straight.tally.ratings) < FEWEST_RATINGS:
            counts = f"{offered.tally.ratings:,} where AI was offered, {straight.tally.ratings:,} where not"
            return f"Policy ({basis}): too few ratings to compare, {counts}; each needs {FEWEST_RATINGS}."
        if not one.ratings:
            return f"Policy ({basis}): the two sides have no rated topic in common."
        return f"Policy ({basis}): too few ratings in topics of both sides, {counts}; each needs {FEWEST_RATINGS}."
    interval = f"{points(satisfied.low)} to {points(satisfied.high)}"
    return (
        f"Policy ({basis}), offered to AI minus sent straight to people: {points(satisfied.estimate)} points satisfied "
        f"(95 % interval {interval}; ratings: {counts})."
    )


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
