"""How far a reply rests on its evidence, told by its words alone: no model, no network. Pure.

Each sentence's words are looked up in what the reply cites. Three things count differently than in a plain share of
words: words that tell nothing of the subject count half (a copied sentence keeps them, an invented one needs its own);
words by which a speaker tells of themselves ("I love it") count double, for no article says them; and a word that only
the customer used is half a source, since a reply may name what was asked without knowing anything of it.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from handoff import words

SMALL_WORD, OWN_WORD, SAID_BY_CUSTOMER = 0.5, 2.0, 0.5
"""What a word counts that tells nothing of the subject, one of the speaker's own, and one that only was asked."""
LEAST_TERMS_OF_A_CLAIM = 2
"""A sentence with fewer informative words, and none about its speaker, claims nothing: a greeting, a way on."""

OWN_WORDS = {
    "en": frozenset("i me my mine myself im ive".split()),
    "de": frozenset("ich mich mir mein meine meinen meinem meiner meines".split()),
    "fr": frozenset("je j moi mon ma mes".split()),
    "es": frozenset("yo mi mis mio mia".split()),
    "it": frozenset("io mio mia miei mie".split()),
    "pt": frozenset("eu meu minha meus minhas".split()),
    "nl": frozenset("ik mij mijn".split()),
    "sv": frozenset("jag mig min mitt mina".split()),
    "da": frozenset("jeg mig min mit mine".split()),
    "no": frozenset("jeg meg min mitt mine".split()),
    "pl": frozenset("ja mnie moj moja moje".split()),
    "cs": frozenset("ja mne muj moje".split()),
}
"""By which a speaker tells of themselves, folded; of a language that is not here, none."""
COURTESIES = frozenset(
    words.informative(
        "sorry apologies apologise apologize inconvenience trouble hear glad happy pleased pleasure hope helps help "
        "helpful thank thanks reaching reach touch welcome hi hello dear regards team question questions assist great "
        "tut leid entschuldigung entschuldigen unannehmlichkeiten gern gerne freut freue hoffe hilft helfen weiter "
        "frage fragen anfrage liebe grusse willkommen désolé désolée plaisir espère aide aider bienvenue cordialement "
        "siento lamento disculpe disculpas gusto espero ayude ayudar saludos spiace scusi scuse piacere spero aiutare "
        "aiuto saluti lamento desculpe prazer ajudar ajude spijt excuses hoop helpen helpt groeten"
    )
)
"""What one says to be polite: a sentence whose informative words are all of these claims nothing."""

REMEMBERED = 1_024
"""Texts whose words are kept: the same passages answer many questions."""

_SENTENCE_END = re.compile(r"(?<=[.!?:;。！？])\s+|\n+")
_LINK = re.compile(r"https?://\S+|www\.\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,255}")
_MARK = re.compile(r"[*_`#>|]+")


def support(reply: str, evidence: Iterable[str], said: str = "", language: str = "en") -> float | None:
    """How far each sentence of a reply rests on its evidence, 0..1; None for a reply that claims nothing.

    The mean over the sentences and the least of them count alike, so that one invented sentence among good ones
    shows. A sentence that only leads to the next one (it ends with a colon), or is mere courtesy, is left out.

    Args:
        reply: what is to be said.
        evidence: the texts that it cites, in the language of the reply: words of two languages cannot be compared.
        said: what the customer wrote.
        language: of the reply, ISO 639-1.
    """
    known = frozenset[str]().union(*map(_terms, evidence))
    asked = set(words.informative(said)) - known
    own = OWN_WORDS.get(language or "en", frozenset[str]())
    shares = [_share(sentence, known, asked, own) for sentence in claims(reply, own)]
    return (sum(shares) / len(shares) + min(shares)) / 2 if shares else None


@lru_cache(maxsize=REMEMBERED)
def _terms(text: str) -> frozenset[str]:
    return frozenset(term for term, _ in words.with_small(text))


def claims(reply: str, own: frozenset[str] = frozenset()) -> list[str]:
    """The sentences of a reply that claim something; `own` are the words by which its speaker tells of themselves."""
    return [each for each in _SENTENCE_END.split(_LINK.sub(" ", reply)) if _claims(each, own)]


def _claims(sentence: str, own: frozenset[str]) -> bool:
    if sentence.rstrip().endswith(":"):
        return False
    terms = words.informative(sentence)
    if not terms or COURTESIES.issuperset(terms):
        return False
    return len(terms) >= LEAST_TERMS_OF_A_CLAIM or any(term in own for term, _ in words.with_small(sentence))


def _share(sentence: str, known: frozenset[str], asked: set[str], own: frozenset[str]) -> float:
    counted = held = 0.0
    for term, informs in words.with_small(_MARK.sub(" ", sentence)):
        weight = 1.0 if informs else OWN_WORD if term in own else SMALL_WORD
        counted += weight
        held += weight * (1.0 if term in known else SAID_BY_CUSTOMER if term in asked else 0.0)
    return held / counted if counted else 1.0
