"""How sure Baton may be that a draft is right: signals, weighed by a logistic model, with its reasons. Pure.

Until a team's own reviews fit the weights, a prior holds (`prior-1`). It was set by hand so that the drafter's own
word and the words of the question carry most, and each sign of an unsupported reply can tip the scale alone.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from handoff import words
from handoff.draft import Author, Draft, FoundPassage, Turn

VERSION = "prior-1"

BIAS = -1.0
"""Log-odds of a draft whose signals all lie at their neutral values."""

HALF_STRENGTH = 1.1
"""The search score that counts as half of the strongest."""
MOST_FACTS = 3
MOST_TURNS = 4
LEAST_TERMS_OF_A_CLAIM = 2
"""A sentence with fewer informative words claims nothing: a greeting, a way on."""
WORTH_SAYING = 0.15
"""Log-odds from which a contribution is a reason."""
MOST_REASONS = 4


@dataclass(frozen=True, slots=True)
class Confidence:
    """The probability, 0..1, that a draft is right, and what it comes from."""

    value: float
    signals: dict[str, float]
    contributions: tuple[tuple[str, float], ...]
    """Each signal's signed log-odds, the weightiest first; with BIAS they add up to the log-odds of `value`."""
    reasons: tuple[str, ...]
    """The weightiest of them in plain words."""
    version: str = VERSION


@dataclass(frozen=True, slots=True)
class _Weight:
    """What a signal counts: log-odds for each unit above its neutral value, and the words for both directions."""

    per_unit: float
    neutral: float
    speaks_for: str
    speaks_against: str


PRIOR: dict[str, _Weight] = {
    "own_confidence": _Weight(
        6.0, 0.6, "The drafter is sure of its reply ({percent}).", "The drafter is not sure of its reply ({percent})."
    ),
    "answerable": _Weight(3.5, 1.0, "", "The drafter found no answer in the articles."),
    "coverage": _Weight(
        1.5,
        0.75,
        "The sources hold what the question names ({percent} of its telling words).",
        "The sources hold little of what the question names ({percent} of its telling words).",
    ),
    "unknown_words": _Weight(
        -1.5,
        0.15,
        "All words of the question are known to the articles found.",
        "{percent} of the question's words occur in no article found.",
    ),
    "strength": _Weight(1.0, 0.5, "The search found a strong match.", "The search found only a weak match."),
    "margin": _Weight(0.6, 0.15, "One article stands out.", "Several articles fit about equally well."),
    "support": _Weight(
        2.5,
        0.8,
        "The sources support every sentence of the reply.",
        "Sentences of the reply are not supported by its sources ({percent} supported).",
    ),
    "unsupported_facts": _Weight(
        -1.6, 0.0, "", "The reply names {number} number(s), link(s) or address(es) that its sources do not contain."
    ),
    "uncited": _Weight(-2.5, 0.0, "", "The reply names no source."),
    "language_known": _Weight(1.0, 1.0, "", "The language of the question is not that of the articles, or unknown."),
    "later_turns": _Weight(-0.1, 0.0, "", "The conversation has gone on for {number} more message(s)."),
}
"""The prior weights. A neutral value is what an ordinary, usable draft shows."""


def assess(draft: Draft, passages: Sequence[FoundPassage], turns: Sequence[Turn]) -> Confidence:
    """Weigh everything known about a draft into one probability.

    Args:
        draft: what the drafter proposes.
        passages: all passages the drafter was given, best first.
        turns: the conversation, the message to answer last.

    Returns:
        The confidence, by the logistic model sum(weight * (signal - neutral)) + BIAS over the signals of `signals`.
    """
    found = signals(draft, passages, turns)
    contributions = [(name, PRIOR[name].per_unit * (value - PRIOR[name].neutral)) for name, value in found.items()]
    contributions.sort(key=lambda each: -abs(each[1]))
    log_odds = BIAS + sum(part for _, part in contributions)
    return Confidence(
        value=1 / (1 + math.exp(-log_odds)),
        signals=found,
        contributions=tuple(contributions),
        reasons=_reasons(contributions, found),
    )


def signals(draft: Draft, passages: Sequence[FoundPassage], turns: Sequence[Turn]) -> dict[str, float]:
    """The signals of a draft by name, the shares 0..1. Without text there is nothing to support or to cite."""
    cited = [passage for passage in passages if passage.passage_id in draft.citations]
    asked = _asked(turns)
    terms = {passage.passage_id: _terms(passage) for passage in passages}
    known = set[str]().union(*terms.values())
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
    if draft.text:
        said = " ".join(turn.text for turn in turns if turn.author == Author.CUSTOMER)
        found["uncited"] = float(not cited)
        found["unsupported_facts"] = float(min(MOST_FACTS, len(unsupported_facts(draft.text, cited, said))))
        if not _translated(draft, cited):
            found["support"] = support(draft.text, set(asked).union(*(terms[each.passage_id] for each in cited)))
    return found


def support(reply: str, known: set[str]) -> float:
    """How far the words of each sentence occur in what it rests on (`known`), 0..1.

    The mean over the sentences and the least of them count alike, so that one invented sentence among good ones
    shows. A sentence that only leads to the next one, or claims nothing, is left out.
    """
    shares: list[float] = []
    for sentence in _SENTENCES.split(reply):
        terms = [] if sentence.rstrip().endswith(":") else words.informative(sentence)
        if len(terms) >= LEAST_TERMS_OF_A_CLAIM:
            shares.append(sum(term in known for term in terms) / len(terms))
    return (sum(shares) / len(shares) + min(shares)) / 2 if shares else 1.0


def unsupported_facts(reply: str, cited: Sequence[FoundPassage], said: str = "") -> list[str]:
    """The numbers, links and e-mail addresses of a reply that neither its sources nor the customer (`said`) named."""
    basis = "\n".join([said, *(f"{each.title}\n{each.heading_path}\n{each.url}\n{each.text}" for each in cited)])
    there = _facts(basis)
    return [fact for fact in _facts(reply) if fact not in there]


_SENTENCES = re.compile(r"(?<=[.!?:。！？])\s+|\n+")
_LINK = re.compile(r"https?://[^\s<>()\"'|]+|www\.[^\s<>()\"'|]+|[\w.+-]+@[\w-]+\.[\w.-]+\w")
_LIST_NUMBER = re.compile(r"^\s*\d{1,2}[.)]\s", re.MULTILINE)
_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")
_GROUPED = re.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")


def _facts(text: str) -> dict[str, None]:
    facts = dict.fromkeys(link.rstrip(".,;:!?").casefold().removesuffix("/") for link in _LINK.findall(text))
    bare = _LIST_NUMBER.sub(" ", _LINK.sub(" ", text))
    for number in _NUMBER.findall(bare):
        facts.setdefault(_plain_number(number))
    return facts


def _plain_number(number: str) -> str:
    """Write a number the same whether as 1,000 or 1.000, 2.50 or 2,5."""
    plain = _GROUPED.sub("", number).replace(",", ".")
    if plain.count(".") == 1 and plain.replace(".", "").isdigit():
        plain = plain.rstrip("0").rstrip(".")
    return plain.lstrip("0") or "0"


def _asked(turns: Sequence[Turn]) -> list[str]:
    said = [turn.text for turn in turns if turn.author == Author.CUSTOMER]
    return list(dict.fromkeys(words.informative(said[-1][:MOST_CHARACTERS]))) if said else []


MOST_CHARACTERS = 4_000
"""Of a very long message, what is looked at."""


def _terms(passage: FoundPassage) -> set[str]:
    return set(words.informative(f"{passage.title} {passage.heading_path} {passage.text}"))


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


def _reasons(contributions: Sequence[tuple[str, float]], found: dict[str, float]) -> tuple[str, ...]:
    said: list[str] = []
    for name, part in contributions:
        words_of = PRIOR[name].speaks_for if part > 0 else PRIOR[name].speaks_against
        if abs(part) >= WORTH_SAYING and words_of:
            said.append(words_of.format(percent=f"{found[name]:.0%}", number=round(found[name])))
    return tuple(said[:MOST_REASONS])
