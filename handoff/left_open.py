"""Which questions of a message a reply leaves open, so that none is lost: by what its drafter says, and by the words.

What a model writes is never shown for it: each is told in the customer's own words. Pure.
"""

import re
from collections.abc import Sequence

from handoff import follow_ups, questions, support, words
from handoff.facts import facts
from handoff.grants import NEGATION
from handoff.lexicon.patterns import Pattern

MEANT = 0.5
"""The share of a named question's words that a question of the customer must hold to be the one that is meant."""
MOST_NAMED = 4
_ASKS_WHEN = Pattern(
    r"\b(?:when|how (?:long|soon|fast|quickly)|wann|wie (?:lange|schnell)|quand|combien de (?:temps|jours)|cu[aá]ndo|"
    r"cu[aá]nto (?:tiempo|tarda)|quando|quanto tempo|wanneer|hoe (?:lang|snel))\b",
    re.IGNORECASE,
)
_ASKS_PRICE = Pattern(
    r"\b(?:how much|cost|costs|price|wie ?viel|kostet|kosten|combien|co[uû]te|cu[aá]nto cuesta|quanto costa|"
    r"quanto custa|"
    r"hoeveel|kost)\b",
    re.IGNORECASE,
)
_NAMES_TIME = Pattern(
    r"\b(?:(?:next|same) (?:\w+ )?day|tomorrow|today|at once|immediately|right away|am (?:selben|nächsten) \w+|sofort|"
    r"le (?:même|lendemain) \w+|immédiatement|al día siguiente|enseguida|subito|imediatamente|meteen)\b",
    re.IGNORECASE,
)
_DURATION = Pattern(r"(?:range )?(?:hour|workday|month)\b")


def left_open(asked: str, reply: str, named: Sequence[str] = ()) -> tuple[str, ...]:
    """The questions that a reply leaves open, in the customer's words and order.

    A question counts as lost, though nobody named it, when the reply makes fewer statements than there are questions,
    holds none of the words that only this one has, and no time or price that only this one asks for.

    Args:
        asked: the customer's message.
        reply: what answers it.
        named: what its drafter says that it left open, in its own words.
    """
    parts = questions.split(asked).asked
    said = set(words.informative(reply))
    found = {_meant(each, parts) for each in named[:MOST_NAMED] if not _told(each, reply)}
    if len(parts) > 1 and len(support.claims(reply)) < len(parts):
        found |= set(_lost(parts, reply, said))
    return tuple(each for each in parts if each in found)


def _told(named: str, reply: str) -> bool:
    """Whether the reply tells it all the same, or nothing was named: that it does not know is no answer."""
    affirmed = " ".join(each for each in support.claims(reply) if not NEGATION.search(words.fold(each)))
    return set(words.informative(named)) <= set(words.informative(affirmed))


def _meant(named: str, parts: Sequence[str]) -> str:
    """The customer's question that is meant; none when nothing of it was asked."""
    terms = set(words.informative(named))
    best = max(parts, key=lambda each: len(terms & set(words.informative(each))))
    return best if len(terms & set(words.informative(best))) >= MEANT * len(terms) else ""


def _lost(parts: Sequence[str], reply: str, said: set[str]) -> list[str]:
    terms = [set(words.informative(each)) for each in parts]
    answered = [each for each in _KINDS if each[1](reply) and sum(bool(each[0].search(part)) for part in parts) == 1]
    lost: list[str] = []
    for number, part in enumerate(parts):
        own = terms[number].difference(*(each for other, each in enumerate(terms) if other != number))
        if own and own.isdisjoint(said) and not any(asks.search(part) for asks, _ in answered):
            lost.append(part)
    return lost


def _names_time(reply: str) -> bool:
    return bool(_NAMES_TIME.search(reply)) or any(
        fact.kind in ("date", "time") or any(_DURATION.match(kind) for kind, _ in fact.readings)
        for fact in facts(reply)
    )


_KINDS = ((_ASKS_WHEN, _names_time), (_ASKS_PRICE, follow_ups.names_price))
