"""How a reply twists what its sources say, told by its form: a rule for each way, none needs a model. Pure.

A false statement made of an article's own words shares most of them with the sentence that it twists. So each statement
of a reply is laid beside those of its sources that speak most of the same, and held against them: do they say it of
this country, with this yes or no, of all or of some, only so, in this order, for sure, by this person?
"""

from collections.abc import Iterator, Sequence
from functools import cached_property

from handoff import words
from handoff.conditions import Turned
from handoff.facts import Fact
from handoff.lexicon import conditions, twists
from handoff.lexicon.grants import CONTACT
from handoff.lexicon.patterns import Pattern
from handoff.lexicon.places import EU, holds, places
from handoff.statements import Part, Statement, of_reply, of_source
from handoff.things import DEEDS, parts_of, spoken_of_beside, things

OPPOSITE = "A cited article says the opposite"
SPEAKS_OF_IT, HALF, A_LITTLE = 0.75, 0.5, 0.34
"""Shares of what a statement of the reply speaks of that one of a source must hold."""
NEARLY_AS_WELL = 0.1
MUCH_LESS = 0.6
"""Of the best share: who has only that speaks of something else."""
_PARTS = Pattern(r",\s|\s(?:and|und|et|y|e|en)\s")
_NO_NAMES = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday You Your".split())


class Twisted:
    """Holds statements of a reply against those of its sources.

    Args:
        sources: of each, what it is about (titles, headings, a line each), and its text.
        same_language: whether the reply is in a language of the sources; in another one, only places can be compared.
        beside: all that the reply and the customer's words speak of.
    """

    def __init__(
        self,
        sources: Sequence[tuple[str, str]],
        *,
        same_language: bool = True,
        beside: frozenset[str] = frozenset(),
    ) -> None:
        self._sources, self._same_language, self._beside = sources, same_language, beside

    @cached_property
    def _told(self) -> list[Statement]:
        """What the sources state; a reply that only quotes needs none of it."""
        return [each for about, text in self._sources for each in of_source(about, text)]

    def reasons(self, sentence: str) -> Iterator[str]:
        """Why no source says what a sentence of a reply says, in plain words; none when nothing is twisted."""
        for ours in of_reply(sentence):
            if place := self._elsewhere(ours):
                yield f"Cited articles do not say this of “{place}”"
            if self._same_language:
                yield from self._in_words(ours)
                yield from self._turned.reasons(ours)

    @cached_property
    def _turned(self) -> Turned:
        return Turned(self._told, self._nearest, self._beside)

    def _in_words(self, ours: Statement) -> Iterator[str]:
        for way, why in (
            (self._opposite_answer, OPPOSITE),
            (self._of_all, "No cited article says “{}” of this"),
            (self._left_out, "No cited article says “{}” of this"),
            (self._for_sure, "No cited article is as sure of this as “{}”"),
            (self._compared, "No cited article compares these (“{}”)"),
            (self._other_way_round, "Cited articles have the opposite of “{}” here"),
            (self._other_actor, "A cited article says this of somebody else than “{}”"),
            (self._other_measure, "A cited article says this not per “{}”"),
            (self._deed_left_out, "A cited article allows only something else here"),
            (self._other_count, "Cited articles have another number than “{}”"),
            (self._other_rate, "A cited article says this not per “{}”"),
            (self._other_name, "Cited articles do not say this of “{}”"),
            (self._other_first, "A cited article has something else before “{}”"),
            (self._swapped, "A cited article says this of something else than “{}”"),
            (self._other_amount, "Cited articles say “{}” of something else"),
        ):
            if found := way(ours):
                yield why.format(found)

    # What speaks of the same

    def _nearest(self, about: frozenset[str], least: float, told: Sequence[Statement] | None = None) -> list[Statement]:
        """The statements that hold most of what is spoken of, at least this share, at least half of it themselves."""
        if not about:
            return []
        shares = [
            (len(about & each.spoken_of) / len(about), each)
            for each in (self._told if told is None else told)
            if len(about & each.own) * 2 >= len(about)
        ]
        best = max((share for share, _ in shares), default=0.0)
        return [each for share, each in shares if share >= max(least, best - NEARLY_AS_WELL)]

    # The ways

    def _elsewhere(self, ours: Statement) -> str:
        """A place that the reply says something of which the sources say of other places."""
        asked = [place for place in ours.places if place != EU]
        if not asked or ours.main.denies:
            return ""
        placed = [each for each in self._told if each.places or each.places_around]
        if not self._same_language:
            return next((each for each in asked if not any(_told_of(told, each) for told in placed)), "")
        about = ours.own - things(" ".join(word for word in ours.text.split() if places(word)))
        best = max((_share(about, each) for each in placed if each.places), default=0.0)
        for place in asked:
            here = max((_share(about, each) for each in placed if _told_of(each, place)), default=-1.0)
            if here < 0 or (best >= HALF and here < MUCH_LESS * best):
                return place
        return ""

    def _opposite_answer(self, ours: Statement) -> bool:
        if twists.WHOEVER.match(ours.plain):
            return False
        for theirs, mine in self._pairs_of_parts(ours):
            if any(_leaves_open(each, mine) for each in theirs):
                continue
            if theirs and all(each.denies != mine.denies for each in theirs):
                return True
        return False

    def _pairs_of_parts(self, ours: Statement) -> Iterator[tuple[list[Part], Part]]:
        if len(ours.main.things) > 1:
            near = self._nearest(ours.main.things, SPEAKS_OF_IT)
            about = ours.main.things
            whole = [each for each in self._told if 1 < len(each.main.things) >= MUCH_LESS * len(about)]
            within = [each for each in whole if each.main.things <= about]
            closest = max((len(about & each.main.things) for each in near), default=0)
            near = [each for each in near if len(about & each.main.things) == closest]
            yield [each.main for each in near or within if _mostly(about, each)], ours.main
        for mine in ours.depends:
            near = self._nearest(ours.main.things, HALF)
            same = [part for each in near for part in each.depends if mine.things and mine.things <= part.things]
            yield same, mine

    def _of_all(self, ours: Statement) -> str:
        plain = twists.NO_UNIVERSAL.sub(" ", ours.main.plain)
        found = twists.UNIVERSAL.match(plain) or twists.FULL.search(plain) or twists.EACH_TIME.search(ours.plain)
        if not found or ours.main.denies or CONTACT.search(ours.plain):
            return ""
        near = self._nearest(ours.own, A_LITTLE)
        if full := twists.FULL.search(ours.plain):
            return "" if any(twists.FULL_TOO.search(each.plain) for each in near) else full[0]
        universal = (twists.UNIVERSAL, twists.UNIVERSAL_TOO, conditions.EVERY_PERSON)
        return "" if any(way.search(each.plain) for each in near for way in universal) else found[0]

    def _left_out(self, ours: Statement) -> str:
        found = twists.ONLY.search(ours.main.plain)
        if not found:
            return ""
        about = ours.own
        near = [place for place, each in enumerate(self._told) if len(about & each.own) >= A_LITTLE * len(about)]
        beside = [self._told[place].plain for each in near for place in (each, each + 1) if place < len(self._told)]
        return "" if any(twists.ONLY_TOO.search(each.replace("no longer", "")) for each in beside) else found[0]

    def _for_sure(self, ours: Statement) -> str:
        found = twists.CERTAIN.search(ours.plain)
        if not found or ours.main.denies:
            return ""
        near = self._nearest(ours.own, A_LITTLE)
        return "" if any(twists.CERTAIN.search(each.plain) for each in near) else found[0]

    def _compared(self, ours: Statement) -> str:
        found = twists.COMPARING.search(ours.main.plain)
        if not found:
            return ""
        near = [each for each in self._told if ours.own & each.spoken_of]
        return "" if any(twists.COMPARED.search(each.plain) for each in near) else found[0]

    def _other_way_round(self, ours: Statement) -> str:
        near = self._nearest(ours.own, HALF)
        if not near:
            return ""
        for one, other in twists.OPPOSITES:
            for ours_says, they_say in ((one, other), (other, one)):
                found = ours_says.search(ours.plain)
                if not found or they_say.search(ours.plain):
                    continue
                if any(they_say.search(each.plain) for each in near) and not any(
                    ours_says.search(each.plain) for each in near
                ):
                    return found[0]
        return ""

    def _other_actor(self, ours: Statement) -> str:
        mine, word = _actor(ours.main.plain)
        if not mine:
            return ""
        about = ours.main.things - set(words.informative(word))
        does = _does(ours.main.plain)
        near = [each for each in self._nearest(about, SPEAKS_OF_IT) if _actor(each.main.plain)[0]]
        near = [each for each in near if does and _does(each.main.plain) == does]
        if len(about) < 2 or not near or any(_actor(each.main.plain)[0] == mine for each in near):  # noqa: PLR2004
            return ""
        return word

    def _other_measure(self, ours: Statement) -> str:
        mine = _measures(ours.plain)
        theirs = frozenset[str]().union(*(_measures(each.plain) for each in self._nearest(ours.own, HALF)))
        return next(iter(mine - theirs), "") if mine and theirs else ""

    def _deed_left_out(self, ours: Statement) -> bool:
        deeds, rest = ours.main.things & DEEDS, ours.own - DEEDS
        if not deeds or not rest or ours.main.denies:
            return False
        near = [each for each in self._nearest(rest, SPEAKS_OF_IT) if each.main.things & DEEDS]
        return bool(near) and all(
            twists.ONLY.search(each.plain) and deeds.isdisjoint(each.own) and not each.main.denies for each in near
        )

    def _other_count(self, ours: Statement) -> str:
        """A number of things of which the sources name another number."""
        counted = [each for told in self._told for each in _counts(told.plain)]
        for value, what, shown in _counts(ours.plain):
            same = [other for other, of, _ in counted if len(what & of) > 1]
            if value > 1 and len(what) > 1 and same and value not in same:
                return shown
        return ""

    def _other_rate(self, ours: Statement) -> str:
        mine = _rates(ours.plain)
        held = [each for each in self._told if any(_has(each, fact) for fact in ours.facts if fact.kind == "amount")]
        near = [each for each in held if _share(ours.own, each) >= HALF]
        theirs = frozenset[str]().union(*(_rates(each.plain) for each in near))
        return next(iter(mine)) if mine and theirs and mine.isdisjoint(theirs) else ""

    def _other_name(self, ours: Statement) -> str:
        """A name, such as of a status, where the sources say just this of another one."""
        mine = _names(ours.text)
        about = ours.own - things(" ".join(mine))
        if not mine or len(about) < 2:  # noqa: PLR2004
            return ""
        near = self._nearest(about, SPEAKS_OF_IT)
        theirs = frozenset[str]().union(*(_names(each.text) for each in near))
        known = frozenset[str]().union(*(_names(each.text) for each in self._told))
        alike = [each for each in self._told if len(about & each.own) * 2 >= len(about)]
        named = any(name in each.text for name in mine for each in alike)
        return next(iter(mine)) if theirs and mine <= known and not named else ""

    def _other_first(self, ours: Statement) -> str:
        found = twists.FIRST.search(ours.plain)
        mine = things(found[1]) if found else frozenset[str]()
        if not found or not mine:
            return ""
        firsts = [things(match[1]) for each in self._told if (match := twists.FIRST.search(each.plain))]
        deeds = [each for each in firsts if each and each <= DEEDS]
        return found[1] if mine <= DEEDS and deeds and mine not in deeds else ""

    def _swapped(self, ours: Statement) -> str:
        """What the reply names in the place of its neighbour: one step for another, one kind for another."""
        about = ours.own
        for theirs in self._told:
            rest = about - theirs.head
            beside = [each for each in self._told if each.label == theirs.label and each.head != theirs.head]
            beside = [each for each in beside if each.listed and theirs.listed and not each.head <= about]
            if theirs.head and theirs.head == ours.head and _said_by_others(rest, [theirs], beside):
                return " ".join(sorted(theirs.head))
        for label in (
            set[frozenset[str]]()
            if ours.places
            else {each.label for each in self._told if len(each.label) > 1 and each.label <= about}
        ):
            mine = [each for each in self._told if each.label == label]
            others = [each for each in self._told if each.label & label and not each.label <= about]
            if _said_by_others(about - label, mine, others):
                return " ".join(sorted(label))
        return ""

    def _other_amount(self, ours: Statement) -> str:
        """An amount that is said where something else is spoken of, while just this has another amount of its kind."""
        amounts = [fact for fact in ours.facts if fact.kind == "amount"]
        parts = parts_of(ours.plain, _PARTS) if amounts else []
        for fact in amounts:
            kinds = {kind for kind, _ in fact.readings}
            about = spoken_of_beside(fact.shown.casefold(), parts) or (ours.own if len(amounts) == 1 else frozenset())
            held = [_here(about, ours, each) for each in self._told if _has(each, fact)]
            others = [
                _here(about, ours, each) for each in self._told if _has_kind(each, kinds) and not _has(each, fact)
            ]
            if len(about) > 1 and held and _speaks_more_of_it(others, held, HALF * len(about)):
                return fact.shown
        return ""


def _said_by_others(rest: frozenset[str], mine: Sequence[Statement], others: Sequence[Statement]) -> bool:
    """Whether what is said of a thing is said of its neighbours, whom the reply does not name, and hardly of it."""
    if not rest:
        return False
    here = max((len(rest & each.own) / len(rest) for each in mine), default=0.0)
    there = max((len(rest & each.own) / len(rest) for each in others), default=0.0)
    return there >= SPEAKS_OF_IT and here < A_LITTLE


def _leaves_open(theirs: Part, mine: Part) -> bool:
    """Whether a yes here and a no there may say the same: by a "without", an "only", a word that denies by itself."""
    if twists.DENIES_BY_ITSELF.search(f"{theirs.plain} {mine.plain}"):
        return True
    return any(bool(way.search(theirs.plain)) != bool(way.search(mine.plain)) for way in (twists.WITHOUT, twists.ONLY))


def _speaks_more_of_it(others: Sequence[frozenset[str]], held: Sequence[frozenset[str]], least: float) -> bool:
    """Whether one of the others speaks of all that those do who hold an amount, and of much more."""
    best = max(others, key=len, default=frozenset[str]())
    if not best or len(best) < least or any(each - best for each in held):
        return False
    return max(map(len, held)) <= MUCH_LESS * len(best)


def _share(about: frozenset[str], told: Statement) -> float:
    return len(about & told.spoken_of) / len(about) if about else 0.0


def _here(about: frozenset[str], ours: Statement, told: Statement) -> frozenset[str]:
    """What of it a statement speaks of; nothing where it is about other places."""
    elsewhere = ours.places and told.places and not any(holds(told.places, place) for place in ours.places)
    return frozenset() if elsewhere else about & told.spoken_of


def _told_of(told: Statement, place: str) -> bool:
    return (holds(told.places, place) or holds(told.places_around, place)) and not told.main.denies


def _mostly(about: frozenset[str], told: Statement) -> bool:
    return len(about & told.main.things) * 2 >= len(about)


def _has(told: Statement, fact: Fact) -> bool:
    bare = {("number", value) for _, value in fact.readings}
    return any(
        not fact.readings.isdisjoint(each.readings) or (each.kind == "number" and not bare.isdisjoint(each.readings))
        for each in told.facts
    )


def _has_kind(told: Statement, kinds: set[str]) -> bool:
    return any(kind in kinds for each in told.facts for kind, _ in each.readings)


def _actor(plain: str) -> tuple[str, str]:
    """Who does what a clause tells, and by which word; empty when it does not say."""
    found = twists.VERB_BEFORE.match(plain)
    actor = twists.ACTORS.get(found[1], "") if found else ""
    return (actor, found[1]) if found and actor else ("", "")


def _does(plain: str) -> frozenset[str]:
    """The first thing that is spoken of behind who does it: mostly what they do."""
    behind = plain[found.end(1) :] if (found := twists.VERB_BEFORE.match(plain)) else ""
    return next((spoken for word in behind.split() if (spoken := things(word))), frozenset())


def _counts(plain: str) -> list[tuple[int, frozenset[str], str]]:
    """The numbers of things that a text names, the things, and how it was written."""
    found = [(twists.NUMBERS.get(each[1]), each) for each in twists.COUNT.finditer(plain)]
    told = [
        (value or int(each[1]), each[2].split()[:2], each[0]) for value, each in found if value or each[1].isdigit()
    ]
    return [(value, things(" ".join(of)), shown) for value, of, shown in told if things(of[0])]


def _rates(plain: str) -> frozenset[str]:
    return frozenset(
        next(filter(None, each.groups())).replace("dai", "day") for each in twists.PER_TIME.finditer(plain)
    )


def _names(text: str) -> frozenset[str]:
    return frozenset(match[1] for match in twists.NAME.finditer(text)) - _NO_NAMES


def _measures(plain: str) -> frozenset[str]:
    return frozenset(
        stem
        for match in twists.ONCE_PER.finditer(plain)
        for stem in words.stems(" ".join(filter(None, match.groups())))
    )
