"""What a text speaks of, in one word for the same deed, so that reply and article can be held beside each other."""

import re
from collections.abc import Sequence
from functools import lru_cache

from handoff import support, words
from handoff.lexicon import promises
from handoff.lexicon.patterns import Pattern

_DEEDS = (
    (
        "a return",
        Pattern(r"return|retour|ruck(?:gab|send|geb|weg|versand|nahm)|zuruck|devol|restitu|rend|reso|terugst"),
    ),
    *((kind.name, Pattern(kind.means)) for kind in promises.KINDS if "free" not in kind.name),
)
"""One name for a deed in all its words: a shipment is a delivery."""
_GIVEN_BACK = Pattern(r"\b(?:giv|send|sent|bring|hand)\w*\b(?= (?:\w+ ){0,3}?back\b)")
"""A return in two words: "give it back"."""
_SAME = {
    word: name
    for name, said in {
        "gift": "gift gifts present presents",
        "parcel": "parcel parcels package packages packet packets",
        "photo": "photo photos picture pictures image images photograph",
        "exchange": "swap swaps swapped swapping tausch tauschen",
        "delivery": "postage porto",
        "shop": "shop shops store stores",
    }.items()
    for word in said.split()
}
"""Words for the same thing that support and its customers use by turns."""
DEEDS = frozenset(name for name, _ in _DEEDS)
_UNITS = frozenset(
    words.informative(
        "euro euros eur dollar dollars usd pound pounds gbp chf franc francs percent day days week weeks month months "
        "year years hour hours minute minutes working business item items thing things customer customers one two "
        "three "
        "four five six seven eight nine ten twelve within take takes taken cost costs arrive arrives amount time times "
        "tag tage tagen woche wochen monat monate monaten jahr jahre jahren stunden artikel werktage innerhalb dauert "
        "kostet jours semaines mois ans prix dias semanas meses anos plazo giorni settimane mesi anni entro dagen weken"
    )
)
"""What numbers are of, and what everything is."""


def things(text: str) -> frozenset[str]:
    """What a text speaks of: its informative words without numbers and courtesies, one word for the same deed."""
    plain = _GIVEN_BACK.sub("return", words.fold(text))
    return frozenset(thing for word in re.findall(r"[^\W_]+", plain) for thing in _things_of(word))


@lru_cache(maxsize=16_384)
def _things_of(word: str) -> tuple[str, ...]:
    word = _SAME.get(word, word)
    deed = next((name for name, means in _DEEDS if means.match(word)), "")
    terms = [deed] if deed else words.informative(word)
    return tuple(term for term in terms if not (term.isdigit() or term in support.COURTESIES or term in _UNITS))


def parts_of(plain: str, ends: Pattern) -> list[tuple[str, frozenset[str]]]:
    """The parts of a sentence, and what each speaks of."""
    return [(part, things(part)) for part in ends.split(plain)]


def spoken_of_beside(words: str, parts: Sequence[tuple[str, frozenset[str]]]) -> frozenset[str]:
    """What the first part speaks of in which these words stand; nothing where none holds them."""
    return next((spoken_of for part, spoken_of in parts if words in part), frozenset())
