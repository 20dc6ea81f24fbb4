"""What is known about a draft, as numbers: the signals that a confidence model weighs. Pure."""

import re
from collections.abc import Sequence
from functools import lru_cache

from handoff import follow_ups, support, words
from handoff.draft import Author, Draft, FoundPassage, Turn
from handoff.facts import Known, facts
from handoff.links import KnownLinks, emails, links

HALF_STRENGTH = 1.1
"""The search score that counts as half of the strongest."""
MOST_FACTS = 3
MOST_TURNS = 4
NOUNS_ARE_CAPITAL = frozenset({"de"})
"""Languages in which a capital letter makes no name."""
DAYS_AND_MONTHS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september "
    "october november december montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz mai "
    "juni juli oktober dezember lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril juin "
    "juillet août septembre octobre novembre décembre lunes martes miércoles jueves viernes sábado domingo enero "
    "febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
)
"""Words of dates. Not among them: the English may, which is mostly a verb."""


def signals(draft: Draft, passages: Sequence[FoundPassage], turns: Sequence[Turn]) -> dict[str, float]:
    """The signals of a draft by name, the shares 0..1. Without text there is nothing to support or to cite."""
    cited = [passage for passage in passages if passage.passage_id in draft.citations]
    terms = {passage.passage_id: _terms(passage) for passage in passages}
    known = set[str]().union(*terms.values())
    asked = [term for term in _asked(turns) if term in known or not words.is_reference(term)]
    found = {
        "own_confidence": _share(draft.own_confidence),
        "answerable": float(draft.answerable),
        "coverage": max((passage.coverage for passage in cited or passages), default=0.0),
        "unknown_words": sum(term not in known for term in asked) / len(asked) if asked else 1.0,
        "strength": _strength(cited or passages),
        "margin": _margin(passages),
        "language_known": float(_language_known(draft, cited or passages)),
        "later_turns": float(min(MOST_TURNS, sum(turn.author == Author.CUSTOMER for turn in turns[:-1]))),
    }
    if draft.token_confidence is not None:
        found["token_confidence"] = _share(draft.token_confidence)
    if draft.text:
        said = " ".join(turn.text for turn in turns if turn.author == Author.CUSTOMER)
        found["uncited"] = float(not cited)
        found["unsupported_facts"] = float(min(MOST_FACTS, len(unsupported_facts(draft.text, cited, said))))
        if draft.language not in NOUNS_ARE_CAPITAL:
            found["unsupported_names"] = float(min(MOST_FACTS, len(unsupported_names(draft.text, cited, said))))
        supported = None if _translated(draft, cited) else supported_by(draft, cited, said)
        if supported is not None:
            found["support"] = supported
    return found


def supported_by(draft: Draft, cited: Sequence[FoundPassage], said: str) -> float | None:
    """How far the sentences of a draft rest on what it cites, 0..1; None when it claims nothing."""
    evidence = [f"{each.title}\n{each.heading_path}\n{each.text}" for each in cited]
    return support.support(draft.text, evidence, said, draft.language)


def unsupported_facts(reply: str, cited: Sequence[FoundPassage], said: str = "") -> list[str]:
    """The numbers, dates, links and e-mail addresses of a reply that neither its sources nor the customer named."""
    basis = _basis(cited, said)
    known, known_links = Known(basis), KnownLinks(basis)
    found = [link.target for link in links(reply) if not known_links.hold(link)]
    found += [email for email in emails(reply) if not known_links.hold_email(email)]
    found += [fact.shown for fact in facts(reply) if not known.hold(fact)]
    return list(dict.fromkeys(found))


def unsupported_names(reply: str, cited: Sequence[FoundPassage], said: str = "") -> list[str]:
    """The words with a capital letter inside a sentence that neither its sources nor the customer (`said`) used."""
    there = frozenset[str]().union(*map(_all_words, _basis(cited, said)))
    inside = dict.fromkeys(_NAME.findall(_LINK.sub(" ", reply)))
    return [name for name in inside if name.casefold() not in there and name.casefold() not in DAYS_AND_MONTHS]


def _basis(cited: Sequence[FoundPassage], said: str) -> list[str]:
    """Each text by itself, for what was read of a passage once is known when it is cited again."""
    return [said, *(f"{each.title}\n{each.heading_path}\n{each.url}\n{each.text}" for each in cited)]


_LINK = re.compile(r"https?://[^\s<>()\"'|]+|www\.[^\s<>()\"'|]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.[\w.-]+\w")
_WORD = re.compile(r"[^\W\d_]+")
_NAME = re.compile(r"(?<=[^\W\d_][ ,;])(?<![.!?:] )[^\S\n]?([A-ZÀ-Þ][^\W\d_]{2,})")


def _asked(turns: Sequence[Turn]) -> list[str]:
    said = [turn.text for turn in turns if turn.author == Author.CUSTOMER]
    if follow_ups.asks_price(turns):
        said.pop()  # "How much is that?" is about what was asked before
    return list(dict.fromkeys(words.informative(said[-1][:MOST_CHARACTERS]))) if said else []


MOST_CHARACTERS = 4_000
"""Of a very long message, what is looked at."""


def _terms(passage: FoundPassage) -> frozenset[str]:
    return _terms_of(f"{passage.title} {passage.heading_path} {passage.text}")


@lru_cache(maxsize=2_048)
def _terms_of(text: str) -> frozenset[str]:
    return frozenset(words.informative(text))


@lru_cache(maxsize=2_048)
def _all_words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text))


def _share(value: float) -> float:
    return min(1.0, max(0.0, value))


def _strength(passages: Sequence[FoundPassage]) -> float:
    best = max((passage.score for passage in passages), default=0.0)
    return best / (best + HALF_STRENGTH) if best > 0 else 0.0


def _margin(passages: Sequence[FoundPassage]) -> float:
    """By which share of its score the best passage leads the best one of another article."""
    if not passages or passages[0].score <= 0:
        return 0.0
    best = passages[0]
    rival = max((each.score for each in passages if each.article_id != best.article_id), default=0.0)
    return _share((best.score - rival) / best.score)


def _language_known(draft: Draft, passages: Sequence[FoundPassage]) -> bool:
    return bool(draft.language) or any(not passage.language for passage in passages)


def _translated(draft: Draft, cited: Sequence[FoundPassage]) -> bool:
    """Whether the reply is in another language than its sources: their words cannot be compared then."""
    return bool(draft.language) and all(each.language and each.language != draft.language for each in cited)
