"""Holds each claim of a reply against what it cites, before the reply may go out alone. A rule, never a weight. Pure.

What no cited article holds is caught: a statement, a link or address, an amount, date, time or code, a promise. The
customer's own words hold what a reply merely repeats, but no link, and nothing that a reply promises. What an agent
said in the conversation holds as an article does. A sum of listed amounts is not held: nobody wrote it down. A reply
that is longer than one message, or than anybody checks, is caught as well.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from html import escape

from handoff import language, sentences, support, words
from handoff.dictation import dictated
from handoff.draft import Author, Draft, FoundPassage, Turn
from handoff.facts import Known, facts
from handoff.grants import NEGATION, Granted
from handoff.lexicon import promises
from handoff.lexicon.patterns import Pattern
from handoff.links import KnownLinks, emails, hidden, links
from handoff.things import things
from handoff.twists import OPPOSITE, Twisted
from handoff.words import fold

VERSION = "guard-5"
"""Changes when other replies are caught than before."""
SIGNAL = "caught"
"""Under which a decision remembers how many claims were caught. It decides as a rule, whatever a model makes of it."""
LEAST_TERMS, LEAST_HELD = 3, 0.34
"""A sentence of so many informative words of which fewer than this share are in its sources has no source."""
SAME_STATEMENT = 0.7
"""The share of a sentence's informative words that a source's sentence must hold to speak of the same."""
SAME_WORDS = 0.5
"""The share of informative words that two languages do not have in common by accident."""
MOST_SENTENCES = 80
"""Of a reply that are held against its sources; one with more is no answer to a question, and time is not endless."""
MOST_CHARACTERS = 8_000
"""Of a reply, as its channel marks it up, that go into one message with all that stands around it."""
MOST_SHOWN = 90
REMEMBERED = 1_024
"""Sources that are read once: the same passages answer many questions."""
_TOLD_BACK = Pattern(
    r"\b(?:you (?:have |had |were |already )?(?:paid|ordered|bought|wrote|said|mentioned|spent|charged|received|asked)|"
    r"your (?:order|purchase|payment|basket|cart|bill|total)|(?:bezahlt|bestellt|gekauft|geschrieben|erwahnt)\b|"
    r"ihre (?:bestellung|zahlung|rechnung)|(?:paye|commande|achete|ecrit|mentionne)\b|"
    r"votre (?:commande|paiement|achat)|"
    r"(?:pagaste|pago|compro|ha pagado|ha comprado)\b|su (?:pedido|compra|pago)|(?:pagato|ordinato|comprato)\b|"
    r"(?:pagou|comprou|encomendou)\b|(?:betaald|besteld|gekocht)\b)"
)
"""A sentence about what the customer did: it repeats their amount and grants nothing."""
_OTHER_SCHEME = Pattern(r"\b(?:javascript|vbscript|data|file|slack|intent):(?=[^\s:])[^\s<>|]{1,200}", re.IGNORECASE)


class Claim(StrEnum):
    """What kind of claim was caught."""

    LINK = "link"
    EMAIL = "email"
    FACT = "fact"
    PROMISE = "promise"
    STATEMENT = "statement"
    GRANT = "grant"
    """Something is said to be free, covered, allowed or over that no source says so of the same."""
    CONTRADICTION = "contradiction"
    TWIST = "twist"
    """A source speaks of the same, and says it of others, of some, in another order or not so surely."""
    TOO_LONG = "too_long"
    """No claim, but more of them than are checked, or than one message holds: a customer reads no answer cut short."""
    ASKS_TOO_MUCH = "asks_too_much"
    """No claim, but a question for what nobody should write into a chat."""
    DICTATION = "dictation"
    """No claim of the reply, but that the customer tells it what to claim."""


@dataclass(frozen=True, slots=True)
class Caught:
    """A claim that no source holds."""

    claim: Claim
    what: str
    """The claim as it was written."""
    reason: str
    """In plain words, for an agent."""


def caught(draft: Draft, passages: Sequence[FoundPassage], turns: Sequence[Turn]) -> tuple[Caught, ...]:
    """What a draft claims without a source, each once, the weightiest first.

    Args:
        draft: what would be sent: its text, or its question back, which may rest on any passage found.
        passages: all passages that the drafter was given.
        turns: the conversation.
    """
    reply, too_long = _bounded(draft.text or draft.clarifying_question)
    cited = [each for each in passages if each.passage_id in draft.citations or not draft.text]
    sources = [f"{each.title}\n{each.heading_path}\n{each.url}\n{each.text}" for each in cited]
    sources += [turn.text for turn in turns if turn.author == Author.AGENT]
    said = "\n".join(turn.text for turn in turns if turn.author == Author.CUSTOMER)
    found = list(_dictation(said))
    said = "" if found else said  # who dictates vouches for nothing
    found += too_long
    found += _addresses(reply, sources, said)
    found += _secrets_asked(reply, sources)
    known, known_to_customer = Known(sources), Known([said])
    read = [_read(source) for source in sources]
    for sentence in _sentences(reply):
        if _quoted(sentence, read):
            continue
        promised = list(_promises(sentence, sources))
        binds = bool(promised) or promises.WILL.search(_plain(sentence)) is not None
        found += promised
        found += _facts(sentence, known, known if binds else known_to_customer)
    same_language = not cited or _same_language(draft, cited)
    if draft.text:
        about = [(f"{each.title}\n{each.heading_path}", each.text) for each in cited]
        about += [("", turn.text) for turn in turns if turn.author == Author.AGENT]
        claimed = list(_grants(reply, Granted(about, same_language=same_language), said, same_language=same_language))
        if same_language:
            claimed += _statements(reply, sources, said, draft.language)
        asserted = [each for each in _sentences(reply) if not _quoted(each, read)]
        twisted = Twisted(about, same_language=same_language, beside=things(f"{reply} {said}"))
        claimed += _twists(asserted, twisted, {each.what for each in claimed})
        found += [each for each in claimed if not _quoted(each.what, read)]
    return tuple({(each.claim, each.what.casefold()): each for each in found}.values())


def _bounded(reply: str) -> tuple[str, list[Caught]]:
    """As much of a reply as is checked, and why it is not sent alone when that is not all of it."""
    marked = len(escape(reply, quote=False))
    if marked > MOST_CHARACTERS:
        reason = f"The reply is longer than one message ({len(reply):,} characters). Shorten it, or send it in parts."
        return _sentences_of(reply[:MOST_CHARACTERS]), [Caught(Claim.TOO_LONG, _short(reply), reason)]
    count = len(_sentences(reply))
    if count > MOST_SENTENCES:
        reason = f"The reply has {count} sentences, more than are checked. Read it whole before you send it."
        return _sentences_of(reply), [Caught(Claim.TOO_LONG, _short(reply), reason)]
    return reply, []


def _sentences_of(reply: str) -> str:
    return "\n".join(_sentences(reply)[:MOST_SENTENCES])


def _dictation(said: str) -> Iterator[Caught]:
    if words_of_it := dictated(said):
        yield Caught(Claim.DICTATION, words_of_it, f"The customer tells Baton what to say: “{_short(words_of_it)}”.")


def _secrets_asked(reply: str, sources: Sequence[str]) -> Iterator[Caught]:
    for sentence in _sentences(reply):
        asked = promises.ASKS_FOR_A_SECRET.search(_plain(sentence))
        told = asked and any(promises.ASKS_FOR_A_SECRET.search(_read(source).plain) for source in sources)
        if asked and not told and not NEGATION.search(_plain(sentence)):
            yield Caught(Claim.ASKS_TOO_MUCH, sentence, f"The reply asks for a secret: “{_short(sentence)}”.")


def _addresses(reply: str, sources: Sequence[str], said: str) -> Iterator[Caught]:
    known, with_said = KnownLinks(sources), KnownLinks([*sources, said])
    for link in links(reply):
        if hidden(link):
            reason = f"A link in the reply shows “{_short(link.shown)}” and leads to {_short(link.host)}."
            yield Caught(Claim.LINK, link.target, reason)
        elif not known.hold(link):
            alike = known.resembled(link.host)
            other = f"it looks like {alike}, and is another site" if alike else "no cited article names it"
            yield Caught(Claim.LINK, link.target, f"The reply links to {_short(link.target)}: {other}.")
    for scheme in _OTHER_SCHEME.finditer(reply):
        yield Caught(Claim.LINK, scheme[0], f"The reply has an address that is none of the web: {_short(scheme[0])}.")
    for email in emails(reply):
        if not with_said.hold_email(email):
            alike = known.resembled(email.partition("@")[2])
            other = f"it looks like one of {alike}, and is not" if alike else "no cited article names it"
            yield Caught(Claim.EMAIL, email, f"The reply names the address {_short(email)}: {other}.")


def _facts(sentence: str, known: Known, known_to_customer: Known) -> Iterator[Caught]:
    """The facts that no source holds; the customer's words hold an amount only where it is told back to them."""
    told_back = _TOLD_BACK.search(_plain(sentence)) is not None
    for fact in facts(sentence):
        held_by_customer = (fact.kind != "amount" or told_back) and known_to_customer.hold(fact)
        if not known.hold(fact) and not held_by_customer:
            what = "the number" if fact.kind in ("number", "long_number") else f"the {fact.kind}"
            yield Caught(Claim.FACT, fact.shown, f"No cited article has {what} “{_short(fact.shown)}”.")


def _promises(sentence: str, sources: Sequence[str]) -> Iterator[Caught]:
    plain = _plain(sentence)
    shown = f"“{_short(sentence)}”"
    if sentence.rstrip().endswith("?"):
        return
    held = [_read(source).plain for source in sources]
    if promises.SELF.search(plain):
        yield Caught(Claim.PROMISE, sentence, f"The reply says that something is done, which no reply can do: {shown}.")
    elif promises.VOW.search(plain) and not any(promises.VOW.search(source) for source in held):
        yield Caught(Claim.PROMISE, sentence, f"The reply gives an assurance that no cited article gives: {shown}.")
    elif promises.FOLLOW_UP.search(plain) and not any(promises.FOLLOW_UP.search(source) for source in held):
        yield Caught(Claim.PROMISE, sentence, f"The reply says that somebody will write or call: {shown}.")
    elif promises.WILL.search(plain):
        for kind in promises.KINDS:
            if re.search(kind.means, plain) and not any(re.search(kind.means, source) for source in held):
                yield Caught(
                    Claim.PROMISE, sentence, f"The reply promises {kind.name}, which no cited article does: {shown}."
                )
                return


def _same_language(draft: Draft, cited: Sequence[FoundPassage]) -> bool:
    """Whether a reply can be compared word by word: by what its model and its words say, and by the words it shares."""
    if any(each.language in ("", draft.language) for each in cited):
        return True
    spoken = {draft.language, language.detect(draft.text)} - {""}
    if not spoken or any(each.language in ("", *spoken) for each in cited):
        return True
    terms = _terms(draft.text)
    known = {term for each in cited for term in words.informative(f"{each.title} {each.text}")}
    return len(terms & known) >= SAME_WORDS * len(terms)


def _grants(reply: str, granted: Granted, said: str, *, same_language: bool) -> Iterator[Caught]:
    for each in granted.ungranted(reply, said):
        reason = f"No cited article says “{each.kind}” of this: “{_short(each.clause)}”."
        yield Caught(Claim.GRANT, each.clause, reason)
    for sentence in _sentences(reply) if same_language else ():
        if sentence.endswith("?") or _TOLD_BACK.search(_plain(sentence)):
            continue
        for number in granted.misplaced(sentence):
            reason = f"Cited articles say “{number}” of something else: “{_short(sentence)}”."
            yield Caught(Claim.FACT, sentence, reason)
        if granted.opposite(sentence):
            reason = f"A cited article says the opposite of “{_short(sentence)}”."
            yield Caught(Claim.CONTRADICTION, sentence, reason)


def _twists(asserted: Sequence[str], twisted: Twisted, caught_already: set[str]) -> Iterator[Caught]:
    for sentence in asserted:
        if sentence.endswith(("?", ":")) or sentence in caught_already or _TOLD_BACK.search(_plain(sentence)):
            continue
        if why := next(twisted.reasons(sentence), ""):
            claim = Claim.CONTRADICTION if why == OPPOSITE else Claim.TWIST
            yield Caught(claim, sentence, f"{why}: “{_short(sentence)}”.")


def _statements(reply: str, sources: Sequence[str], said: str, language: str) -> Iterator[Caught]:
    known = frozenset[str]().union(*(_read(source).terms for source in sources))
    asked = set(words.informative(said))
    for sentence in support.claims(reply, support.OWN_WORDS.get(language or "en", frozenset())):
        terms = _terms(sentence)
        if sentence.rstrip().endswith("?"):
            continue
        own = terms - support.COURTESIES
        out_of_the_blue = len(own) > 1 and own.isdisjoint(known) and own.isdisjoint(asked)
        of_customer = support.SAID_BY_CUSTOMER if _tells_back(sentence) else 0.0
        held = sum(1.0 if term in known else of_customer if term in asked else 0.0 for term in terms)
        if (len(terms) >= LEAST_TERMS and held / len(terms) < LEAST_HELD) or out_of_the_blue:
            yield Caught(Claim.STATEMENT, sentence, f"No cited article says this: “{_short(sentence)}”.")


@dataclass(frozen=True, slots=True)
class _Source:
    """What a source says, as claims are held against it."""

    plain: str
    terms: frozenset[str]
    sentences: frozenset[str]
    """Its sentences in their words alone."""


@lru_cache(maxsize=REMEMBERED)
def _read(source: str) -> _Source:
    return _Source(
        plain=_plain(source),
        terms=_terms(source),
        sentences=frozenset(_worded(each) for each in _every_sentence(source)),
    )


def _quoted(sentence: str, sources: Sequence[_Source]) -> bool:
    """Whether a source says it word for word."""
    worded = _worded(sentence)
    return any(worded in source.sentences for source in sources)


def _tells_back(sentence: str) -> bool:
    """Whether a sentence speaks of what the customer did or feels, which no article says."""
    return _TOLD_BACK.search(_plain(sentence)) is not None or not support.COURTESIES.isdisjoint(_terms(sentence))


def _terms(sentence: str) -> frozenset[str]:
    return frozenset(words.informative(sentence))


_LIST_NUMBER = Pattern(r"^[^\S\n]*\d{1,2}[.)]\s+", re.MULTILINE)


def _sentences(text: str) -> list[str]:
    return sentences.of(_LIST_NUMBER.sub("", text))


def _every_sentence(source: str) -> list[str]:
    """The sentences of a source and what stands between colons, over the ends of lines too."""
    unwrapped = sentences.unwrapped(source)
    return [*_sentences(source), *_sentences(unwrapped), *support.claims(source), *support.claims(unwrapped)]


def _worded(sentence: str) -> str:
    """A sentence's words alone, so that a quote is known whatever marks it stands in."""
    return " ".join(re.findall(r"\w+", fold(sentence)))


def _plain(sentence: str) -> str:
    return " ".join(fold(sentence.replace("’", "'")).split())


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= MOST_SHOWN else f"{plain[: MOST_SHOWN - 1]}…"
