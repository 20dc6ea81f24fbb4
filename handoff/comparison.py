"""AI against human: shares of satisfied customers, what they differ by, and what may be said of it. Pure.

All intervals are at 95 %. Shares and differences run from 0 to 1 (or -1 to 1); a "point" is one percent.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from handoff import confidence_sequence, ordinal, response
from handoff.compared import FEWEST_RATINGS, MOST_NOT_COMPARABLE, Arm, Comparison, NotCompared, Since, Topic, Verdict
from handoff.comparison_words import headline, notes
from handoff.intervals import Tally, newcombe, visible
from handoff.strata import Grouped, Stratum, grouped, shared, standardised_difference, total_weight, within_strata

GIVEN = (Verdict.NO_DIFFERENCE_SHOWN, Verdict.AI_HIGHER, Verdict.AI_LOWER)
"""Verdicts on the difference itself; with the others there are counts only."""


def compare(topics: Iterable[Topic], *, resolved: int, since_certificates: Sequence[Topic] = ()) -> Comparison:
    """Compare AI alone with people alone, and say in words no more than the ratings allow.

    Better or worse is said only when the confidence sequence of the difference within topics, over the declared window,
    excludes zero. Whether AI or a person resolved a conversation is never drawn by lot, so it stays observational; the
    policy comparison is the one that a lot can make causal.

    Args:
        topics: what is reported on, such as a week.
        resolved: how many conversations were resolved in it by any arm, with or without a rating.
        since_certificates: the declared window, each topic since its present certificate; without any, it is `topics`.
    """
    week = tuple(topics)
    window = tuple(since_certificates) or week
    groups, support = grouped(week), grouped(window)
    ai, human = _total(week)
    since = _since(window) if _enough_ratings(*(arm.tally for arm in _total(window))) else None
    found = Comparison(
        ai=ai.tally,
        human=human.tally,
        shared_ai=sum((one.tally for one, _ in groups.arms), Tally()),
        shared_human=sum((two.tally for _, two in groups.arms), Tally()),
        raw=None,
        adjusted=None,
        smallest_visible=None,
        verdict=_verdict(window, since, support, resolved),
        response=response.difference_in_response(ai, human),
        since=since,
        merged=groups.merged,
        not_compared=tuple(NotCompared(topic.title, topic.why_apart) for topic in support.apart),
        not_comparable=support.share_apart,
    )
    found = _with_differences(found, groups)
    if since and found.verdict in GIVEN:
        found = replace(found, tipping=response.tipping_points(*_total(window), since.difference))
    words = headline(found, *_total(window), first_days=[topic.since for topic in since_certificates if topic.since])
    return replace(found, headline=words, notes=notes(found, ai, human))


def _with_differences(found: Comparison, groups: Grouped) -> Comparison:
    """Add the window's own differences, where there are ratings enough: those of a handful would be read as more."""
    if not _enough_ratings(found.ai, found.human):
        return found
    if found.verdict is not Verdict.NOT_COMPARABLE:
        found = replace(found, raw=newcombe(found.ai, found.human))
    if not _enough_ratings(found.shared_ai, found.shared_human):
        return found
    strata = [Stratum.of(one.tally, two.tally) for one, two in groups.arms]
    mix = [one.conversations + two.conversations for one, two in groups.arms]
    return replace(
        found,
        adjusted=within_strata(strata),
        standardised=standardised_difference(strata, mix),
        ranks=ordinal.probability_of_better([(one.scores, two.scores) for one, two in groups.arms]),
        smallest_visible=visible(found.shared_ai + found.shared_human, total_weight(strata)),
    )


def _since(window: Sequence[Topic]) -> Since | None:
    """What the verdict rests on; None with fewer than 8 ratings of an arm in topics that both were rated in."""
    both = [topic for topic in window if topic.ai.tally.ratings and topic.human.tally.ratings]
    ai, human = (arm.tally for arm in _total(both))
    if not _enough_ratings(ai, human):
        return None
    strata = shared((topic.ai.tally, topic.human.tally) for topic in both)
    days = {topic.since for topic in both if topic.since}
    of_ratings = sum(arm.tally.ratings for arm in _total(window))
    return Since(
        ai=ai,
        human=human,
        difference=confidence_sequence.over_all_looks(strata),
        smallest_visible=visible(ai + human, total_weight(strata), confidence_sequence.width(strata)),
        first_day=min(days, default=None),
        one_day=len(days) == 1 and all(topic.since for topic in both),
        of_ratings=of_ratings,
        without_topic=sum(arm.tally.ratings for topic in both if not topic.named for arm in (topic.ai, topic.human)),
    )


def _verdict(window: Sequence[Topic], since: Since | None, support: Grouped, resolved: int) -> Verdict:
    if not resolved:
        return Verdict.NOTHING_RESOLVED
    if not _enough_ratings(*(arm.tally for arm in _total(window))):
        return Verdict.TOO_FEW_RATINGS
    if since is None or support.share_apart > MOST_NOT_COMPARABLE:
        return Verdict.NOT_COMPARABLE
    if not since.difference.excludes_zero:
        return Verdict.NO_DIFFERENCE_SHOWN
    return Verdict.AI_HIGHER if since.difference.estimate > 0 else Verdict.AI_LOWER


def _enough_ratings(ai: Tally, human: Tally) -> bool:
    return min(ai.ratings, human.ratings) >= FEWEST_RATINGS


def _total(topics: Iterable[Topic]) -> tuple[Arm, Arm]:
    ai = human = Arm()
    for topic in topics:
        ai, human = ai + topic.ai, human + topic.human
    return ai, human
