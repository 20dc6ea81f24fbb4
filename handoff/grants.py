"""Whether what a reply grants, or ends, is said by a source of the same thing. Pure.

That an article has the word "free" and the word "express" does not make express free. So a clause that grants something
(free, covered, allowed, always, no longer, not needed) must rest on one sentence of a source that grants it too, with
the same yes or no, and of the same things; a number must stand in a source near something that the reply says it of.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from handoff import sentences, words
from handoff.facts import Fact, Known, facts
from handoff.lexicon import grants
from handoff.lexicon.grants import GrantKind
from handoff.lexicon.patterns import Pattern
from handoff.things import parts_of, spoken_of_beside, things

LEAST_OF_THE_SAME = 0.6
"""The share of a clause's words that the sentence must hold which grants the same."""
MOVED = 2.0
"""What a word counts against it that the sources only say elsewhere: they speak of it, and do not grant it this."""
LEAST_AFFIRMED = 0.5
"""The same share for a customer's sentence that a reply says yes to."""
MOST_TERMS_OF_A_YES = 1
ANSWER = Pattern(r"^\W*(?:yes|no|ja|nein|oui|non|si|no|sim|nao|nee)\s*[,.!:;–—-]+\s*")
"""What answers the customer, and denies nothing of its sentence."""
NEGATION = Pattern(
    r"\b(?:not|no|never|cannot|can't|\w+n't|without|neither|nor|unable|impossible|nicht|kein\w*|nie|niemals|ohne|"
    r"weder|unmoglich|ne|n'\w+|pas|aucun\w*|jamais|sans|nunca|jamas|tampoco|ningun\w*|sin|non|mai|nessun\w*|senza|nao|"
    r"nenhum\w*|sem|niet|geen|nooit|zonder)\b"
)
_CLAUSE_ENDS = r"(?<!\d),(?!\d)|,\s|\s[–—-]\s|[();:]|\s(?:but|because|since|aber|denn|weil|mais|pero|porque)\s"
_CLAUSE_END = Pattern(_CLAUSE_ENDS)
_WHETHER = Pattern(r"\b(?:whether|ob)\b.*")
"""What is only asked, and granted by nobody."""
_PART_END = Pattern(_CLAUSE_ENDS + r"|\s(?:and|und|et|y|e|en)\s")
_THEIR_OWN = Pattern(
    r"\b(?:your|ihre?[nmrs]?|deine?[nmrs]?|eure?[nmrs]?|votre|vos|tu|tus|su|sus|(?:il |la |i |le )?su(?:o|a|oi|oe)|"
    r"(?:o |a )?se?u|sua|uw|je|jouw) [^\W\d_]+"
)
"""The customer's own thing: an article speaks of items, and a reply of "your boots"."""
_QUOTED = Pattern(r"[“„\"«\[]([^“”„\"«»\[\]]{1,200})[”“\"»\]]")
_OPPOSITE = Pattern(r"\b(?:un|non-?)(?=\w{4})(?!less|til|ter|ser|ion|i[qt]|der|\w+lich)(\w+) (\w+)")
"""A word that says the opposite of its rest, and what it is said of; not "unless" and its like."""


@dataclass(frozen=True, slots=True)
class Ungranted:
    """A clause that grants what no source grants of the same."""

    kind: str
    clause: str


@dataclass(frozen=True, slots=True)
class _Told:
    """One sentence of a source, with what its article and its heading are about."""

    terms: frozenset[str]
    around: frozenset[str]
    """Of the title and the headings."""
    grants: frozenset[tuple[str, bool]]
    """Kinds, each with whether it is denied."""
    has_amount: bool
    known: Known
    plain: str
    pairs: frozenset[tuple[str, str]]
    """Of stems that follow each other."""
    opposites: dict[tuple[str, str], tuple[str, str]]
    denies: bool


class Granted:
    """What sources grant, and of what.

    Args:
        sources: of each, what it is about (titles, headings), and its text.
        same_language: whether replies are in a language of the sources; in another one, only "free" can be compared.
    """

    def __init__(self, sources: Sequence[tuple[str, str]], *, same_language: bool = True) -> None:
        self._same_language = same_language
        self._titles = frozenset(_plain(line) for about, _ in sources for line in about.splitlines() if line)
        self._sources = sources
        self._told = [told for about, text in sources for told in _read(about, text)]

    # Most replies grant nothing, and need neither of the two.

    @cached_property
    def _pairs(self) -> frozenset[tuple[str, str]]:
        return frozenset(pair for told in self._told for pair in told.pairs)

    @cached_property
    def _every(self) -> frozenset[str]:
        return frozenset[str]().union(*(_terms_of(about, text) for about, text in self._sources))

    def ungranted(self, reply: str, said: str) -> Iterator[Ungranted]:
        """The clauses of a reply that grant what no source grants of the same.

        Args:
            reply: in a language of the sources.
            said: what the customer wrote: a bare yes grants what they asked for.
        """
        before: frozenset[str] = frozenset()
        for whole in sentences.of(reply):
            if whole.endswith("?"):
                continue
            sentence = _QUOTED.sub(lambda quote: " " if _plain(quote[1]) in self._titles else quote[0], whole)
            terms = things(sentence)
            if len(terms) <= MOST_TERMS_OF_A_YES and grants.YES.search(words.fold(sentence.replace("’", "'"))):
                asked = [each for each in sentences.of(said)[-3:] if not grants.CONDITION.search(_plain(each))]
                yield from (found for each in asked for found in self._of(each, before, sentence, LEAST_AFFIRMED))
            yield from self._of(sentence, before, "", LEAST_OF_THE_SAME)
            before = terms or before

    def _of(self, sentence: str, before: frozenset[str], instead: str, least: float) -> Iterator[Ungranted]:
        around, counted = before | things(sentence), bool(facts(sentence))
        for clause in _CLAUSE_END.split(sentence):
            plain = _WHETHER.sub("", _plain(clause))
            if not plain or grants.CONDITION.search(plain):
                continue
            for kind in grants.KINDS:
                if kind.said.search(plain) and not self._holds(kind, plain, around, least, counted=counted):
                    yield Ungranted(kind.name, instead or sentence)
                    return

    def _holds(self, kind: GrantKind, plain: str, around: frozenset[str], least: float, *, counted: bool) -> bool:
        denied = _denies(plain, kind)
        if not self._same_language:
            return kind.name != "free" or denied or any(("free", False) in told.grants for told in self._told)
        if kind.name == "always" and grants.CONTACT.search(plain):
            return True
        if denied and not kind.denied_by_itself:
            return True  # what is refused is no grant; what a source says otherwise is found as a contradiction
        bare = kind.said.sub(" ", plain)
        terms = things(_THEIR_OWN.sub(" ", bare)) or things(bare) or around
        alike = [told for told in self._told if (kind.name, denied) in told.grants]
        if not terms:
            return bool(alike)
        return any(
            self._share(terms, told) >= least and (counted or not (kind.name == "free" and told.has_amount))
            for told in alike
        )

    def _share(self, terms: frozenset[str], told: _Told) -> float:
        here = told.terms | told.around
        held = terms & here
        moved = (terms - here) & self._every
        return len(held) / (len(terms) + (MOVED - 1) * len(moved))

    def misplaced(self, sentence: str) -> Iterator[str]:
        """The amounts of a sentence that the sources say otherwise.

        They say it of nothing that the sentence speaks of (five years of warranty are none of a refund), or the other
        way round (within 30 days is not after 30 days), or they have another amount for just this (express costs 12
        euros, and the 4.90 are those of the standard delivery).
        """
        terms, plain = things(sentence), _plain(sentence)
        parts = parts_of(plain, _PART_END)
        for fact in facts(plain):
            holding = [told for told in self._told if told.known.hold(fact)]
            if fact.kind != "amount" or not holding:
                continue
            elsewhere = terms and all(terms.isdisjoint(told.terms | told.around) for told in holding)
            way = _way(plain, fact)
            ways = {_way(told.plain, other) for told in holding for other in facts(told.plain) if _same(fact, other)}
            if (
                elsewhere
                or (way and ways and ways <= {-way})
                or self._has_its_own(fact, spoken_of_beside(fact.shown, parts), holding)
            ):
                yield fact.shown

    def _has_its_own(self, fact: Fact, ours: frozenset[str], holding: Sequence[_Told]) -> bool:
        """Whether a thing that stands beside an amount has another amount of this kind in the sources, and not this."""
        there = {term for told in holding for term in told.terms | told.around}
        if any(ours & (told.terms - told.around) for told in holding):
            return False  # it is said of one of these
        kinds = {kind for kind, _ in fact.readings}
        return any(
            term in told.terms and any(kind in kinds for other in facts(told.plain) for kind, _ in other.readings)
            for term in ours - there
            for told in self._told
        )

    def opposite(self, sentence: str) -> str:
        """A word of a sentence that the sources have in its opposite alone: "used" where they say "unused"; or none."""
        plain = _plain(sentence)
        if NEGATION.search(plain):
            return ""
        said = [told for told in self._told if not told.denies]
        our_opposites = _opposites(plain)
        ours = _pairs(plain) if any(told.opposites for told in said) else frozenset[tuple[str, str]]()
        for told in said:
            for pair, rest in told.opposites.items():
                if rest in ours and pair not in ours and rest not in self._pairs:
                    return rest[0]
            for pair, rest in our_opposites.items():
                if rest in told.pairs and pair not in self._pairs:
                    return pair[0]
        return ""


@lru_cache(maxsize=1_024)
def _read(about: str, text: str) -> tuple[_Told, ...]:
    told: list[_Told] = []
    unwrapped = sentences.unwrapped(text)
    for sentence, around in {**_with_headings(about, text), **_with_headings(about, unwrapped)}.items():
        kinds = frozenset(
            (kind.name, _denies(_plain(clause), kind))
            for clause in [*_CLAUSE_END.split(sentence), sentence]
            for kind in grants.KINDS
            if kind.said.search(_plain(clause)) or (kind.also and kind.also.search(_plain(clause)))
        )
        has_amount = any(fact.kind == "amount" for fact in facts(sentence))
        plain = _plain(sentence)
        told.append(
            _Told(
                terms=things(sentence),
                around=around,
                grants=kinds,
                has_amount=has_amount,
                known=Known([sentence]),
                plain=plain,
                pairs=_pairs(plain),
                opposites=_opposites(plain),
                denies=NEGATION.search(plain) is not None,
            )
        )
    return tuple(told)


def _with_headings(about: str, text: str) -> dict[str, frozenset[str]]:
    """Each sentence with what its article and the heading above it speak of."""
    whole = nearest = things(about)
    found: dict[str, frozenset[str]] = {}
    for sentence in sentences.of(text):
        nearest = whole | things(sentence) if sentence.startswith("#") else nearest
        found[sentence] = nearest
    return found


def _denies(plain: str, kind: GrantKind) -> bool:
    """Whether a clause denies what it speaks of; a "no" that belongs to the words of the grant does not count."""
    return len(NEGATION.findall(kind.said.sub(" ", plain))) % 2 == 1


@lru_cache(maxsize=1_024)
def _terms_of(about: str, text: str) -> frozenset[str]:
    """All that a source speaks of."""
    return frozenset(term for told in _read(about, text) for term in told.terms | told.around)


def _way(plain: str, fact: Fact) -> int:
    """Whether an amount is said as the most (-1) or as the least (1) that there is; 0 for neither."""
    before = plain[: max(plain.find(fact.shown), 0)][-24:]
    return -1 if grants.AT_MOST.search(before) else 1 if grants.AT_LEAST.search(before) else 0


def _same(fact: Fact, other: Fact) -> bool:
    return not fact.readings.isdisjoint(other.readings)


def _pairs(plain: str) -> frozenset[tuple[str, str]]:
    return frozenset(pairwise(words.stems(plain)))


def _opposites(plain: str) -> dict[tuple[str, str], tuple[str, str]]:
    """Words that say the opposite of their rest before what they are said of; and that rest before the same."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for match in _OPPOSITE.finditer(plain):
        *whole, thing = words.stems(match[0].replace("-", ""))
        found[whole[0], thing] = (words.stems(match[1])[0], thing)
    return found


def _plain(text: str) -> str:
    return " ".join(ANSWER.sub("", words.fold(text.replace("’", "'"))).split())
