"""How a reply turns what its source lays down: for whom it holds, on which condition, how far, how surely. Pure.

Each rule is told by its form and compares a statement of the reply with those of its sources that speak of the same.
"""

from collections.abc import Callable, Iterator, Sequence

from handoff import words
from handoff.lexicon import conditions, twists
from handoff.statements import Statement
from handoff.things import things

SAME = 0.75
"""Of what one statement speaks of, the share that another must hold to restate it."""
Nearest = Callable[[frozenset[str], float], list[Statement]]


class Turned:
    """Holds a statement of a reply against what its sources lay down.

    Args:
        told: what the sources state.
        nearest: those that hold most of what is spoken of, at least a share of it.
        beside: what the rest of the reply and the customer's own words speak of: a condition that stands there is kept.
    """

    def __init__(self, told: Sequence[Statement], nearest: Nearest, beside: frozenset[str]) -> None:
        self._told, self._nearest, self._beside = told, nearest, beside

    def reasons(self, ours: Statement) -> Iterator[str]:
        """Why no source says it like this, in plain words; none when nothing is turned."""
        for way, why in (
            (self._for_all, "Cited articles do not say this of “{}”"),
            (self._surer, "A cited article says this less surely (“{}”)"),
            (self._dropped, "A cited article says this only so: “{}”"),
            (self._limit, "Cited articles have the other limit here than “{}”"),
            (self._times, "Cited articles have another number than “{}”"),
            (self._prefixed, "A cited article says the opposite of “{}”"),
            (self._somebody_else, "A cited article says this of “{}”"),
        ):
            if found := way(ours):
                yield why.format(found)

    def _for_all(self, ours: Statement) -> str:
        plain = twists.NO_UNIVERSAL.sub(" ", ours.plain)
        found = conditions.EVERYONE.search(plain)
        if not found or ours.main.denies:
            return ""
        about = ours.own - things(found[0])
        near = _closest(self._nearest(about, SAME), about) if len(about) > 1 else []
        if not near or any(_of_all(each) for each in near):
            return ""
        restricted = all(conditions.RESTRICTED.search(each.plain) for each in near)
        return found[0] if restricted or conditions.EVERY_PERSON.search(found[0]) else ""

    def _surer(self, ours: Statement) -> str:
        if conditions.SOFT.search(ours.plain) or ours.main.denies:
            return ""
        near = self._nearest(ours.own, SAME) if len(ours.own) > 1 else []
        hedges = [conditions.HEDGED.search(each.plain) for each in near]
        if not near or not all(hedges):
            return ""
        found = conditions.SURE.search(ours.main.plain)
        if found and not any(conditions.SURE.search(each.plain) for each in near):
            return found[0]
        said = set(words.stems(ours.main.plain))
        verbs = [conditions.MAY.search(each.plain) for each in near]
        if all(verb and words.stems(verb[1])[0] in said and f"to {verb[1]}" not in ours.plain for verb in verbs):
            return next(hedge[0] for hedge in hedges if hedge)
        return ""

    def _dropped(self, ours: Statement) -> str:
        about = ours.main.things
        if len(about) < 2 or ours.depends or conditions.CONDITIONAL.search(ours.plain):  # noqa: PLR2004
            return ""
        near = [each for each in self._nearest(about, SAME) if _restated(each, about)]
        left_out = [self._condition_of(each) for each in near if each.main.denies == ours.main.denies]
        return left_out[0] if left_out and all(left_out) else ""

    def _condition_of(self, theirs: Statement) -> str:
        """The first condition of a statement that nothing beside it names."""
        for part in theirs.depends:
            of_it = part.things - conditions.OF_A_CONDITION
            if conditions.CONDITION.match(part.plain) and of_it and of_it.isdisjoint(self._beside):
                return part.plain
        return ""

    def _limit(self, ours: Statement) -> str:
        for low, count, unit, shown in _limits_of(ours.plain):
            ways = {
                way
                for each in self._told
                for way, other, of, _ in _limits_of(each.plain)
                if (other, of) == (count, unit) and (ours.own & each.spoken_of)
            }
            if ways and low not in ways:
                return shown
        return ""

    def _times(self, ours: Statement) -> str:
        mine = _times_of(ours.plain)
        about = ours.own - things("once twice thrice times")
        near = self._nearest(about, SAME) if mine and len(about) > 1 else []
        theirs = {each for told in near for each in _times_of(told.plain)}
        if mine and theirs and theirs.isdisjoint(mine):
            return next(iter(mine.values()))
        return ""

    def _prefixed(self, ours: Statement) -> str:
        known = {stem for each in self._told for stem in words.stems(each.plain)}
        for found in conditions.PREFIXED.finditer(ours.plain):
            if found[0] in conditions.NO_PREFIX or words.stems(found[0])[0] in known:
                continue
            stem = words.stems(found[1])[0]
            about = frozenset({*(ours.own - things(found[0])), *things(found[1])})
            near = [each for each in self._nearest(about, SAME) if stem in words.stems(each.plain)]
            if near and not ours.main.denies and not any(each.main.denies for each in near):
                return found[0]
        return ""

    def _somebody_else(self, ours: Statement) -> str:
        found = conditions.OF_YOU.match(ours.main.plain)
        if not found or conditions.PASSIVE.search(ours.main.plain):
            return ""
        verb = words.stems(found[1])[0]
        near = self._nearest(ours.main.things, SAME)
        subjects = [conditions.SUBJECT.match(each.main.plain) for each in near]
        others = [
            each[1]
            for each in subjects
            if each and words.stems(each[2])[0] == verb and each[1] not in conditions.CUSTOMERS
        ]
        return f"the {others[0]}" if others and len(others) == len(near) else ""


def _of_all(theirs: Statement) -> bool:
    return any(way.search(theirs.plain) for way in (conditions.EVERYONE, conditions.ALL_TOO, twists.UNIVERSAL))


def _closest(near: Sequence[Statement], about: frozenset[str]) -> list[Statement]:
    """Those that speak of most of it in their own words, not in the headings above them."""
    most = max((len(about & each.own) for each in near), default=0)
    return [each for each in near if len(about & each.own) == most]


def _restated(theirs: Statement, about: frozenset[str]) -> bool:
    return len(about & theirs.main.things) >= SAME * len(theirs.main.things)


def _limits_of(plain: str) -> Iterator[tuple[bool, int, str, str]]:
    """The limits of a text: whether it is the least, how many, of what, and how it was written."""
    for found in conditions.LIMIT.finditer(plain):
        if (count := _number(found["count"])) is not None:
            yield found["low"] is not None, count, words.stems(found["unit"])[0], found[0]


def _times_of(plain: str) -> dict[int, str]:
    """How often, and how it was written."""
    found = {
        conditions.TIMES_OF[each[1]] if each[1] else _number(each[2]): each[0]
        for each in conditions.TIMES.finditer(conditions.NOT_TIMES.sub(" ", plain))
    }
    return {count: shown for count, shown in found.items() if count is not None}


def _number(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    return twists.NUMBERS.get(word) or conditions.MORE_NUMBERS.get(word)
