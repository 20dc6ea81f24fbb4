"""Takes personal data out of a text, so that a real conversation may become a scenario. Pure.

It hides what `handoff.personal_data` finds, and beside it, for other people will read the result, what that leaves to
those who are in the conversation: streets, places in the network, references, other long numbers, Slack's ids, and the
names that it is told. A name that nobody told it stays, so a person must read the result before it is shared.
"""

import re
from collections.abc import Callable, Iterable

from handoff import personal_data
from handoff.lexicon.patterns import Pattern
from handoff.personal_data import Kind, is_card, is_iban
from handoff.visible import visible

_SLACK_REFERENCE = Pattern(r"<(?:@[UW][A-Z0-9]+|#[CGD][A-Z0-9]+|!subteam\^S[A-Z0-9]+)(?:\|[^>]*)?>")
_SLACK_LINK = Pattern(r"<(?:mailto|tel):[^|>]*\|([^>]*)>|<(?:mailto|tel):([^>]*)>")
_SLACK_ID = Pattern(r"\b[UWTCDGSB]0[A-Z0-9]{6,12}\b")
_URL = Pattern(r"(https?://)(?:[^\s/@<>|]+@)?([^\s/?#<>|]+)([^\s?#<>|]*)(?:[?#][^\s<>|]*)?")
_IBAN = Pattern(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,4})?\b", re.IGNORECASE)
_SPACES = Pattern("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_HYPHENS = Pattern("[\u2010-\u2012\uff0d]")
_DASHED_PHONE = Pattern(r"(?<!\w)(?:\+|0)\d[\d ()/.-]*(?: ?[/\u2013-\u2015\u2212] ?\d[\d ()/.-]*)+")
_DASH = Pattern(" ?[/\u2013-\u2015\u2212] ?")
_REFERENCE = Pattern(r"\b[A-Z]{1,5}[-#]?\d{4,12}\b")
_DIGITS = Pattern(r"(?<![\w.,€$£#])(?:\+|00)?\(?\d(?:(?:/|[ ().\u00a0-]{0,3})\d){6,21}(?![\w€$£]|[.,]\d)")
_STREET = Pattern(
    r"\b[A-ZÄÖÜ][\wäöüß.-]{0,40}(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ring|damm|ufer)\s+\d+\s?[a-z]?\b"
    r"|\b\d{1,5}[a-z]?\s+(?:[A-Z][\w'-]+\s+){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Way|Court|Close)\b"
)
_IP = Pattern(r"\b(?:\d{1,3}\.){3}\d{1,3}\b")
_DATE = Pattern(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
_CAPITALISED = r"[A-ZÀ-Ý][a-zß-ÿ'’-][\w'’-]*"
_INTRODUCED = Pattern(
    r"(\b(?i:my name is|this is|I am called|mein Name ist|ich heiße|ich heisse|je m'appelle|me llamo|mi chiamo|"
    rf"ik heet|mijn naam is|meu nome é)\s+)({_CAPITALISED}(?:\s+{_CAPITALISED}){{0,2}})"
)
_SIGNED = Pattern(
    r"(\b(?i:regards|best wishes|cheers|sincerely|yours|Grüße|Gruß|Grüssen|Grüßen|cordialement|saludos|saluti)"
    rf"\s*[,!]?\s*\n+\s*)({_CAPITALISED}(?:[ ]{_CAPITALISED}){{0,2}})"
)

SHORTEST_NAME = 3
PHONE_LENGTHS = range(7, 16)


def mask(text: str, names: Iterable[str] = ()) -> str:
    """Take personal data out of a text.

    Args:
        text: what somebody wrote, with Slack's markup or without.
        names: of people who are known to take part; each of their words of three letters or more is hidden.

    Returns:
        The text with `[card]`, `[iban]`, `[phone]`, `[email]`, `[token]`, `[address]`, `[person]`, `[name]` and
        `[number]` in place of them. Order numbers keep their form, with zeros for their digits.
    """
    text = _written_plainly(text)
    text = _SLACK_LINK.sub(lambda found: found[1] or found[2], text)
    text = _SLACK_REFERENCE.sub(_reference, text)
    text = _without_what_has_a_form(text)
    for pattern, hidden in _HIDDEN:
        text = pattern.sub(hidden, text)
    return _without_names(text, names)


def _without_what_has_a_form(text: str) -> str:
    """The text with a word in place of each piece that is known by its form."""
    parts: list[str] = []
    end = 0
    for found in personal_data.find(text):
        parts += [text[end : found.start], "[token]" if found.kind == Kind.SECRET else f"[{found.kind}]"]
        end = found.end
    return "".join([*parts, text[end:]])


def _written_plainly(text: str) -> str:
    """The text as the patterns know it: nothing unseen splits a number, and what stands between digits is plain."""
    text = _HYPHENS.sub("-", _SPACES.sub(" ", visible(text)))
    return _DASHED_PHONE.sub(_joined, text)


def _joined(found: re.Match[str]) -> str:
    """A phone number whose parts stand apart, as one that the pattern for numbers finds."""
    long = sum(character.isdigit() for character in found[0]) in PHONE_LENGTHS
    return _DASH.sub("-", found[0]) if long and not _DATE.match(found[0]) else found[0]


def _reference(found: re.Match[str]) -> str:
    return "[person]" if found[0].startswith("<@") else "[place]"


def _account(found: re.Match[str]) -> str:
    digits = sum(character.isdigit() for character in found[0])
    return "[iban]" if is_iban(found[0]) else "[number]" if digits > 8 else found[0]  # noqa: PLR2004 - few are words


def _number(found: re.Match[str]) -> str:
    """A run of digits: a card, a phone, a date, or some other number that is better not known."""
    if _DATE.fullmatch(found[0].strip()):
        return found[0]
    digits = re.sub(r"\D", "", found[0])
    if is_card(digits):
        return "[card]"
    apart = re.search(r"[ ()/.\u00a0-]", found[0]) is not None
    if len(digits) in PHONE_LENGTHS and (found[0].startswith(("+", "0", "(")) or apart):
        return "[phone]"
    return "[number]"


def _zeros(found: re.Match[str]) -> str:
    return re.sub(r"\d", "0", found[0])


def _shorn(found: re.Match[str]) -> str:
    """An address without whoever signs in there, and without what follows the path."""
    return f"{found[1]}{found[2]}{found[3]}"


_HIDDEN: tuple[tuple[Pattern, str | Callable[[re.Match[str]], str]], ...] = (
    (_URL, _shorn),
    (_IBAN, _account),
    (_IP, "[address]"),
    (_STREET, "[address]"),
    (_DIGITS, _number),
    (_SLACK_ID, "[id]"),
    (_REFERENCE, _zeros),
    (_INTRODUCED, r"\1[name]"),
    (_SIGNED, r"\1[name]"),
)
"""In this order, after what has a form: what is longer and surer first."""


def _without_names(text: str, names: Iterable[str]) -> str:
    whole = [name.strip() for name in names if len(name.strip()) >= SHORTEST_NAME]
    parts = [part for name in whole for part in re.split(r"[\s.,_-]+", name) if len(part) >= SHORTEST_NAME]
    for name in sorted({*whole, *parts}, key=lambda each: (-len(each), each)):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?:'s|’s|s)?(?!\w)", "[name]", text, flags=re.IGNORECASE)
    return re.sub(r"\[name\](?:\s+\[name\])+", "[name]", text)
