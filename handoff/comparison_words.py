"""What a comparison says: the verdict in one sentence, and what a careful reader must know beside it. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from handoff.compared import FEWEST_RATINGS, MOST_NOT_COMPARABLE, Apart, Arm, Comparison, Since, TippingPoint, Verdict
from handoff.intervals import Interval
from handoff.response import answered
from handoff.rounding import apart, between, percent, points, size

LEAST_TOLD = 0.005
"""A difference below half a point is not worth a sentence."""
TITLES_TOLD = 3
"""Topics named in a sentence; the others are counted."""
LONGEST_TITLE = 40
GROUPS_TOLD = 2
"""Groups of small topics that are named; more of them are counted."""
MOST_RATINGS = 0.8
"""With a smaller share of the ratings in topics that both were rated in, it is said on how few a verdict rests."""
EVEN = 0.5
"""The probability by rank that favours neither arm."""
OTHERS = {Apart.AI_ONLY: "only AI", Apart.HUMAN_ONLY: "only people", Apart.TOO_FEW_RATINGS: "too few ratings"}
WHOSE = {"ai": "AI", "human": "people"}


def headline(found: Comparison, ai: Arm, human: Arm, *, first_days: Sequence[date] = ()) -> str:
    """The verdict in one sentence of at most 150 characters.

    Args:
        found: the comparison.
        ai: what AI alone did in the declared window.
        human: what people alone did in it.
        first_days: from which its topics are counted; none when it is the time that is reported on.
    """
    since = found.since
    if found.verdict is Verdict.NOTHING_RESOLVED:
        return "Nothing was resolved in this time, so there is nothing to compare."
    if found.verdict is Verdict.TOO_FEW_RATINGS:
        counts = f"{ai.tally.ratings:,} of AI alone and {human.tally.ratings:,} of people"
        when = _since(min(first_days), " ", one_day=len(set(first_days)) == 1) if first_days else ""
        return f"Too few ratings{when} for a verdict: {counts}; each needs {FEWEST_RATINGS}."
    if found.verdict is Verdict.NOT_COMPARABLE or since is None:
        if found.not_comparable <= MOST_NOT_COMPARABLE:
            return f"Too few ratings of AI and people in the same topics to compare them: each needs {FEWEST_RATINGS}."
        part = percent(found.not_comparable)
        return f"AI and people are not comparable: {part} of conversations are in topics without ratings of both."
    if found.verdict is Verdict.NO_DIFFERENCE_SHOWN:
        ratings = f"{since.ratings:,} ratings{_when(since, ' ')}"
        return f"No difference between AI and people that {ratings} could show."
    word = "more" if found.verdict is Verdict.AI_HIGHER else "less"
    customers = f"customers who rated{_when(since, ' ')}"
    difference = f"{points(since.difference.estimate)} points ({_bounds(since.difference)})"
    return f"{customers[0].upper()}{customers[1:]} were {word} satisfied with AI than with people: {difference}."


def notes(found: Comparison, ai: Arm, human: Arm) -> tuple[str, ...]:
    """What a careful reader must know, a sentence or two each, the weightiest first.

    Args:
        found: the comparison.
        ai: what AI alone did in the time that is reported on.
        human: what people alone did in it.
    """
    return tuple(_notes(found, ai, human))


def _notes(found: Comparison, ai: Arm, human: Arm) -> Iterator[str]:
    if found.verdict is Verdict.NOTHING_RESOLVED:
        return
    if found.verdict is not Verdict.TOO_FEW_RATINGS and found.not_compared:
        yield f"Not comparable, {percent(found.not_comparable)} of conversations: {_apart(found)}."
    since = found.since
    if since and found.verdict is Verdict.NOT_COMPARABLE:
        yield (
            f"In the topics that both were rated in, AI minus people is {points(since.difference.estimate)} points "
            f"({_bounds(since.difference)}){_when(since, ', ')}. That says nothing of the others."
        )
    if found.raw and found.adjusted:
        yield from _disagreements(found, found.raw, found.adjusted)
    if since and found.verdict is not Verdict.NOT_COMPARABLE and since.ratings < MOST_RATINGS * since.of_ratings:
        yield (
            f"It rests on {since.ratings:,} of {since.of_ratings:,} ratings{_when(since, ' ')}: the others are in "
            "topics that only one of the two was rated in."
        )
    if since and since.without_topic > MOST_NOT_COMPARABLE * since.ratings:
        yield (
            f"{percent(since.without_topic / since.ratings)} of the ratings compared are of conversations without a "
            "topic: those are held against each other whatever they are about."
        )
    if since and found.verdict is Verdict.NO_DIFFERENCE_SHOWN:
        yield (
            f"AI minus people within topics: {_bounds(since.difference)} points{_when(since, ', ')}. "
            f"A true difference under {size(since.smallest_visible)} points would probably have stayed unseen."
        )
    if found.adjusted and found.adjusted.excludes_zero and found.verdict is Verdict.NO_DIFFERENCE_SHOWN:
        yield (
            f"This time alone gives {points(found.adjusted.estimate)} ({_bounds(found.adjusted)}). Looked at again and "
            "again, such an interval excludes zero by chance sooner or later, so no verdict rests on it."
        )
    if found.response and found.response.excludes_zero:
        after_ai, after_people = apart(_share(ai), _share(human))
        yield (
            f"Not equally many answered the survey: {after_ai} after AI, {after_people} after people. "
            "Ratings speak for those who gave them."
        )
    if found.tipping:
        yield from _tipping(found.tipping, shown=found.verdict is not Verdict.NO_DIFFERENCE_SHOWN)
    if found.adjusted:
        yield from _merged(found.merged)


def _merged(groups: Sequence[Sequence[str]]) -> Iterator[str]:
    if len(groups) > GROUPS_TOLD:
        topics = sum(len(group) for group in groups)
        yield (
            f"{topics:,} topics have few ratings: those of which AI had about the same share are counted as one, "
            f"{len(groups):,} in all."
        )
        return
    if groups:
        named = "; and as another: ".join(_named(group) for group in groups)
        yield f"Few ratings, and AI had about the same share of each, so counted as one topic: {named}."


def _disagreements(found: Comparison, raw: Interval, adjusted: Interval) -> Iterator[str]:
    if _opposed(raw.estimate, adjusted.estimate):
        yield (
            f"Raw, AI minus people is {points(raw.estimate)} points; within the same topics it is "
            f"{points(adjusted.estimate)}. They disagree because AI and people got different topics; the second is the "
            "fairer one."
        )
    standardised = found.standardised
    if standardised and _opposed(standardised.estimate, adjusted.estimate):
        yield (
            "AI and people do not differ alike in every topic: with each topic weighted by its conversations, AI minus "
            f"people is {points(standardised.estimate)} points ({_bounds(standardised)})."
        )
    ranks = found.ranks
    if ranks and (ranks.low > EVEN or ranks.high < EVEN) and _opposed(ranks.estimate - EVEN, adjusted.estimate):
        yield (
            "The five marks point the other way than the share of 4 and 5: a mark of AI is above one of people with a "
            f"probability of {percent(ranks.estimate)} ({between(ranks, to=' to ')} %), "
            "ties halved."
        )


def _opposed(one: float, other: float) -> bool:
    return one * other < 0 and min(abs(one), abs(other)) >= LEAST_TOLD


def _tipping(tipping: Sequence[TippingPoint], *, shown: bool) -> Iterator[str]:
    """How different the silent would have to be, of the arm where it takes least."""
    turning = [(abs(point.needed - point.raters), point, point.needed) for point in tipping if point.needed is not None]
    if turning:
        _, point, needed = min(turning, key=lambda each: each[0])
        wanted, seen = apart(needed, point.raters)
        yield (
            f"If of the {point.silent:,} who did not rate {WHOSE[point.arm]} {wanted} were satisfied, "
            f"instead of {seen} as of those who did, "
            f"{'this difference would vanish' if shown else 'a difference would show'}."
        )
    elif shown and tipping:
        yield "Whatever the silent customers of one side alone think, this difference would not vanish."


def _apart(found: Comparison) -> str:
    named = [f"{_title(each.title)} ({OTHERS[each.why]})" for each in islice(found.not_compared, TITLES_TOLD)]
    more = len(found.not_compared) - len(named)
    return ", ".join(named) + (f" and {more:,} more" if more else "")


def _named(titles: Sequence[str]) -> str:
    named = ", ".join(_title(title) for title in titles[:TITLES_TOLD])
    more = len(titles) - TITLES_TOLD
    return f"{named} and {more:,} more" if more > 0 else named


def _title(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"


def _when(since: Since, before: str) -> str:
    """Since when, with what stands before it; nothing when the window is the time reported on."""
    return _since(since.first_day, before, one_day=since.one_day) if since.first_day else ""


def _since(day: date, before: str, *, one_day: bool) -> str:
    written = f"{day.day} {day:%b %Y}"
    return f"{before}since {written}" if one_day else f"{before}since the certificates (from {written})"


def _bounds(interval: Interval) -> str:
    return f"{points(interval.low)} to {points(interval.high)}"


def _share(arm: Arm) -> float:
    return answered(arm).share or 0.0
