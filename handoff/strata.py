"""Differences within topics: Mantel-Haenszel, and standardised to a mix of topics. Pure.

All intervals are at 95 %.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from handoff.compared import Arm, Topic
from handoff.intervals import Interval, Tally, difference, score_interval

FEWEST_IN_STRATUM = 3
"""Ratings that each arm needs for a topic to stand alone."""
DRAWN_TOWARDS = 2.0
"""As many ratings of the arm's share over all strata are added to a stratum's, to see how much its own may spread."""
ALIKE = 0.10
"""Topics are counted as one when the share that the AI resolved differs by no more than this."""


@dataclass(frozen=True, slots=True)
class Stratum:
    """The ratings of one topic by arm; cells may be fractions, for ratings added evenly."""

    first_yes: float
    first_n: float
    second_yes: float
    second_n: float

    @classmethod
    def of(cls, first: Tally, second: Tally) -> "Stratum":
        """The stratum of two tallies, both with ratings."""
        return cls(first.satisfied, first.ratings, second.satisfied, second.ratings)

    @property
    def weight(self) -> float:
        """The Mantel-Haenszel weight of the stratum."""
        return self.first_n * self.second_n / (self.first_n + self.second_n)

    @property
    def difference(self) -> float:
        """Share of the first arm minus share of the second."""
        return self.first_yes / self.first_n - self.second_yes / self.second_n

    def variance(self, first: float, second: float) -> float:
        """Of the difference, for any number of ratings.

        Of one rating, or of a few that are alike, the spread cannot be seen. So each share is drawn towards what the
        arm has over all strata, which errs on the wide side where strata differ.

        Args:
            first: the share, 0..1, that the first arm has over all strata.
            second: that of the second arm.
        """
        return _variance(self.first_yes, self.first_n, first) + _variance(self.second_yes, self.second_n, second)

    def with_added(self, ratings: float) -> "Stratum":
        """The stratum with this many ratings more in each of its four cells."""
        return Stratum(
            self.first_yes + ratings, self.first_n + 2 * ratings, self.second_yes + ratings, self.second_n + 2 * ratings
        )


def _variance(yes: float, n: float, towards: float) -> float:
    """Of a share of `n` ratings, without bias where the truth is `towards`."""
    drawn = (yes + DRAWN_TOWARDS * towards) / (n + DRAWN_TOWARDS)
    return drawn * (1 - drawn) / n / (1 - n / (n + DRAWN_TOWARDS) ** 2)


def mantel_haenszel_difference(strata: Sequence[Stratum]) -> float:
    """The common difference of two shares over strata, weighted by n1*n2/(n1+n2).

    Source: N. Mantel and W. Haenszel (1959); S. Greenland and J. M. Robins, Biometrics 41 (1985).
    """
    return sum(each.weight * each.difference for each in strata) / total_weight(strata)


def total_weight(strata: Sequence[Stratum]) -> float:
    """The Mantel-Haenszel weights of all strata together."""
    return sum(each.weight for each in strata)


def sato_standard_error(strata: Sequence[Stratum]) -> float:
    """The standard error of the Mantel-Haenszel difference; holds for few large and for many small strata.

    Source: T. Sato, "On the variance estimator of the Mantel-Haenszel risk difference", Biometrics 45 (1989).
    """
    common = mantel_haenszel_difference(strata)
    variance = 0.0
    for each in strata:
        yes1, n1, yes2, n2 = each.first_yes, each.first_n, each.second_yes, each.second_n
        n = n1 + n2
        p = (n1**2 * yes2 - n2**2 * yes1 + n1 * n2 * (n2 - n1) / 2) / n**2
        q = (yes1 * (n2 - yes2) + yes2 * (n1 - yes1)) / (2 * n)
        variance += common * p + q
    return sqrt(max(variance, 0.0)) / total_weight(strata)


def steadied(strata: Sequence[Stratum]) -> list[Stratum]:
    """The strata with one satisfied and one unsatisfied rating more in each arm, spread evenly over them.

    With few ratings, or all of them alike, standard errors are too small; with these they are not. With one stratum
    it is the rule of A. Agresti and B. Caffo, "Simple and effective confidence intervals for proportions and
    differences", The American Statistician 54 (2000).
    """
    return [each.with_added(1 / len(strata)) for each in strata]


def adjusted_difference(topics: Mapping[str, tuple[Tally, Tally]]) -> Interval | None:
    """The difference within topics, first arm minus second, with its 95 % interval; None without a shared topic.

    Args:
        topics: the two arms' tallies by topic; topics with one arm only are left out.
    """
    return within_strata(shared(topics.values()))


def shared(pairs: Iterable[tuple[Tally, Tally]]) -> list[Stratum]:
    """The strata in which both arms have ratings."""
    return [Stratum.of(one, two) for one, two in pairs if one.ratings and two.ratings]


def within_strata(strata: Sequence[Stratum]) -> Interval | None:
    """Mantel and Haenszel's difference, with Newcombe's interval on as many ratings as Sato's error says; None without.

    With one stratum it is Newcombe's interval itself.
    """
    if not strata:
        return None
    firm = steadied(strata)
    weights, firm_weights = [each.weight for each in strata], [each.weight for each in firm]
    return _newcombe(_Arms(strata, weights), _Arms(firm, firm_weights), sato_standard_error(firm) ** 2)


def standardised_difference(strata: Sequence[Stratum], mix: Sequence[float]) -> Interval | None:
    """The difference if both arms had met the same mix of topics, first arm minus second; None without strata.

    Args:
        strata: each with ratings in both arms.
        mix: a weight for each stratum, such as its number of conversations; any scale, above 0 in sum.
    """
    whole = sum(mix)
    if not strata or whole <= 0:
        return None
    firm = steadied(strata)
    shares = _Arms(firm, mix).shares
    variance = sum((weight / whole) ** 2 * each.variance(*shares) for weight, each in zip(mix, strata, strict=True))
    return _newcombe(_Arms(strata, mix), _Arms(firm, mix), variance)


@dataclass(frozen=True, slots=True)
class _Arms:
    """The shares of both arms over strata, with a weight for each stratum."""

    strata: Sequence[Stratum]
    weights: Sequence[float]

    @property
    def shares(self) -> tuple[float, float]:
        """The weighted mean of the shares of either arm."""
        whole = sum(self.weights)
        pairs = list(zip(self.weights, self.strata, strict=True))
        first = sum(weight * each.first_yes / each.first_n for weight, each in pairs) / whole
        second = sum(weight * each.second_yes / each.second_n for weight, each in pairs) / whole
        return first, second

    @property
    def counts(self) -> tuple[float, float]:
        """Of how many ratings an unweighted mean of either arm would be as sure (L. Kish, "Survey Sampling", 1965)."""
        whole = sum(self.weights) ** 2
        pairs = list(zip(self.weights, self.strata, strict=True))
        first = whole / sum(weight**2 / each.first_n for weight, each in pairs)
        second = whole / sum(weight**2 / each.second_n for weight, each in pairs)
        return first, second


def _newcombe(seen: _Arms, firm: _Arms, variance: float) -> Interval:
    """Newcombe's interval of the weighted shares.

    A mean over strata is surer than its share and count tell, as strata differ from each other. So the counts are
    raised until a plain error of the steadied shares is the one that was found within strata.

    Args:
        seen: the strata as they are.
        firm: the steadied strata.
        variance: of the difference of the steadied shares, within strata.
    """
    (one, two), (count1, count2) = firm.shares, firm.counts
    plain = one * (1 - one) / count1 + two * (1 - two) / count2
    raised = plain / variance if variance > 0 else 1.0
    (one, two), (count1, count2) = seen.shares, seen.counts
    return difference(_score(one, count1 * raised), _score(two, count2 * raised))


def _score(share: float, count: float) -> Interval:
    # Sums of shares that are all 1 may come out a hair above.
    return score_interval(min(1.0, max(0.0, share)), count)


@dataclass(frozen=True, slots=True)
class Grouped:
    """Topics put into strata that can be compared, and those that cannot."""

    groups: tuple[tuple[Topic, ...], ...]
    """Each a stratum; both arms have ratings in it."""
    apart: tuple[Topic, ...]
    """Topics that one arm alone resolved, or that have no ratings of one arm and no topic alike; the largest first."""

    @property
    def arms(self) -> list[tuple[Arm, Arm]]:
        """AI and people of each stratum."""
        return [_together(group) for group in self.groups]

    @property
    def merged(self) -> tuple[tuple[str, ...], ...]:
        """The titles of topics that are counted as one."""
        return tuple(tuple(topic.title for topic in group) for group in self.groups if len(group) > 1)

    @property
    def share_apart(self) -> float:
        """Which share, 0..1, of the conversations is in topics that cannot be compared."""
        apart = sum(topic.conversations for topic in self.apart)
        whole = apart + sum(topic.conversations for group in self.groups for topic in group)
        return apart / whole if whole else 0.0


def grouped(topics: Iterable[Topic]) -> Grouped:
    """Put topics with fewer than 3 ratings in an arm together with topics of which the AI got about the same share.

    What makes raw shares unfair is that AI and people meet different topics. Topics that were split between them alike
    can be counted as one without that (P. R. Rosenbaum and D. B. Rubin, "The central role of the propensity score in
    observational studies for causal effects", Biometrika 70, 1983). A topic that only one of them resolved, and one
    without ratings of an arm and with no topic alike, is set apart.
    """
    present = [topic for topic in topics if topic.conversations]
    both = [topic for topic in present if topic.ai.conversations and topic.human.conversations]
    apart = [topic for topic in present if not (topic.ai.conversations and topic.human.conversations)]
    enough: list[list[Topic]] = [[topic] for topic in both if _enough([topic])]
    small: list[list[Topic]] = []
    for group in _neighbours(sorted((topic for topic in both if not _enough([topic])), key=_by_ai_share)):
        (enough if _enough(group) else small).append(group)
    for group in small:
        nearest = min(enough, key=lambda other: _distance(other, group), default=None)
        if nearest is not None and _distance(nearest, group) <= ALIKE:
            nearest.extend(group)
        elif min(_ratings(group)):
            enough.append(group)
        else:
            apart += group
    apart.sort(key=lambda topic: (-topic.conversations, topic.title))
    return Grouped(tuple(tuple(group) for group in enough), tuple(apart))


def _neighbours(ordered: Sequence[Topic]) -> list[list[Topic]]:
    """Small topics in groups, each closed as soon as it has ratings enough, none wider than topics may differ."""
    groups: list[list[Topic]] = []
    for topic in ordered:
        last = groups[-1] if groups else None
        if last is not None and not _enough(last) and topic.ai_share - last[0].ai_share <= ALIKE:
            last.append(topic)
        else:
            groups.append([topic])
    return groups


def _by_ai_share(topic: Topic) -> tuple[float, str]:
    return topic.ai_share, topic.title


def _enough(group: Sequence[Topic]) -> bool:
    return min(_ratings(group)) >= FEWEST_IN_STRATUM


def _distance(one: Sequence[Topic], other: Sequence[Topic]) -> float:
    return abs(_ai_share(one) - _ai_share(other))


def _ai_share(group: Sequence[Topic]) -> float:
    ai, whole = sum(topic.ai.conversations for topic in group), sum(topic.conversations for topic in group)
    return ai / whole


def _ratings(group: Sequence[Topic]) -> tuple[int, int]:
    return sum(topic.ai.tally.ratings for topic in group), sum(topic.human.tally.ratings for topic in group)


def _together(group: Sequence[Topic]) -> tuple[Arm, Arm]:
    return sum((topic.ai for topic in group), Arm()), sum((topic.human for topic in group), Arm())
