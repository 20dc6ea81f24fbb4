"""Personal data and secrets in a text: where they stand, and of which kind. Pure.

It finds what has a form: e-mail addresses, payment cards, bank accounts, phone numbers, national ids, and tokens and
passwords that are said as such. It knows no names and no street addresses. Order numbers, prices and dates stay.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from handoff import phone_numbers, said_secrets
from handoff.lexicon.patterns import Pattern
from handoff.said_secrets import Span


class Kind(StrEnum):
    """What a piece of a text gives away."""

    EMAIL = "email"
    CARD = "card"
    IBAN = "iban"
    PHONE = "phone"
    ID = "id"
    SECRET = "secret"  # noqa: S105 - the name of a kind
    """A token, a key, a password or a PIN."""


KEPT_TO_ONESELF = frozenset({Kind.CARD, Kind.ID, Kind.SECRET})
"""What nobody needs to read again, not even whoever wrote it: it is never put back into a reply."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A piece of a text that gives something away."""

    kind: Kind
    start: int
    end: int
    text: str

    @property
    def bare(self) -> str:
        """The same for the same thing however it is spaced and written."""
        if self.kind in (Kind.EMAIL, Kind.SECRET):
            return self.text.casefold() if self.kind == Kind.EMAIL else self.text
        return re.sub(r"[\W_]", "", self.text).casefold()


def find(text: str) -> list[Finding]:
    """What a text gives away, in its order, no two overlapping.

    Args:
        text: what somebody wrote. Marks that nobody sees do not hide anything, nor do digits of full width.
    """
    plain, places = _as_seen(text)
    taken: list[tuple[Kind, int, int]] = []
    for kind, spans in _DETECTORS:
        for start, end in spans(plain):
            if not any(start < other_end and other_start < end for _, other_start, other_end in taken):
                taken.append((kind, start, end))
    found = [(kind, places[start], places[end - 1] + 1) for kind, start, end in sorted(taken, key=lambda each: each[1])]
    return [Finding(kind, start, end, text[start:end]) for kind, start, end in found]


def redact(text: str) -> str:
    """The text with `[email]`, `[card]`, `[iban]`, `[phone]`, `[id]` or `[secret]` in place of what it gives away."""
    parts: list[str] = []
    end = 0
    for each in find(text):
        parts += [text[end : each.start], f"[{each.kind}]"]
        end = each.end
    return "".join([*parts, text[end:]])


def is_card(digits: str) -> bool:
    """Whether 12 to 19 digits end with Luhn's check digit (ISO/IEC 7812-1)."""
    if len(digits) not in CARD_LENGTHS or not digits.isdigit() or len(set(digits)) == 1:
        return False
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0  # noqa: PLR2004 - the digits' sum


def is_iban(account: str) -> bool:
    """Whether an account number has its country's length and the check digits of an IBAN (ISO 13616, mod 97)."""
    bare = re.sub(r"[\s-]", "", account).upper()
    if len(bare) != IBAN_LENGTHS.get(bare[:2]) or not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]+", bare):
        return False
    moved = bare[4:] + bare[:4]
    return int("".join(str(int(character, 36)) for character in moved)) % 97 == 1


CARD_LENGTHS = range(12, 20)
IBAN_LENGTHS = {
    country: int(length)
    for length, countries in {
        "15": "NO",
        "16": "BE",
        "18": "DK FI FO GL NL",
        "19": "MK SI",
        "20": "AT BA EE KZ LT LU XK",
        "21": "CH HR LI LV",
        "22": "BG BH CR DE GB GE IE ME RS VA",
        "23": "AE GI IL IQ TL",
        "24": "AD CZ ES MD PK RO SA SE SK TN VG",
        "25": "LY PT ST",
        "26": "IS TR",
        "27": "FR GR IT MC MR SM",
        "28": "AL AZ BY CY DO GT HU LB PL SV",
        "29": "BR EG PS QA UA",
        "30": "JO KW MU",
        "31": "MT SC",
        "32": "LC",
    }.items()
    for country in countries.split()
}
"""Of the SWIFT registry of IBANs."""


def _as_seen(text: str) -> tuple[str, list[int] | range]:
    """The text as a reader sees it, and for each of its characters the place in the original."""
    if text.isascii():
        return text, range(len(text))
    plain: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if unicodedata.category(character) == "Cf":
            continue
        folded = character if character.isascii() else unicodedata.normalize("NFKC", character)
        plain.append(folded if len(folded) == 1 else character)
        places.append(place)
    return "".join(plain), places


_LETTER = "A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff"
_EMAIL = Pattern(
    rf"(?<![{_LETTER}\d.+%_-])[{_LETTER}\d_][{_LETTER}\d.+%'_-]{{0,63}}@(?:[{_LETTER}\d-]{{1,63}}\.){{1,6}}[{_LETTER}]{{2,24}}"
)
_OPEN, _SHUT = r"[(\[{<]", r"[)\]}>]"
_SIGN = r"at|ät|@|arroba|chiocciola|arobase|klammeraffe|apenstaartje|ma[lł]pa|собака"
_STOP = r"dot|punkt|point|punto|ponto|punt|kropka|точка"
_SIGN_MARKED = rf"\s?{_OPEN}\s?(?:{_SIGN})\s?{_SHUT}\s?"
"""An at sign that somebody wrote out in brackets: nobody does that by chance."""
_STOP_MARKED = rf"\s?{_OPEN}\s?(?:{_STOP}|\.)\s?{_SHUT}\s?"
_SAID = (
    (r"[\s*_-](?:at|ät)[\s*_-]", r"[\s*_-](?:dot|punkt)[\s*_-]"),
    (r"\sarobase\s", r"\spoint\s"),
    (r"\s(?:arroba|chiocciola)\s", r"\s(?:punto|ponto)\s"),
    (r"\sklammeraffe\s", r"\spunkt\s"),
    (r"\sapenstaartje\s", r"\spunt\s"),
    (r"\sma[lł]pa\s", r"\skropka\s"),
    (r"\sсобака\s", r"\sточка\s"),
    (r"\s?@\s?", rf"\s(?:{_STOP})\s"),
)
"""How both are said in words. Both must be there, and of one language: "I am at this point now" is no address."""
_ANY_STOP = rf"\.|{_STOP_MARKED}|[\s*_-](?:{_STOP})[\s*_-]"
_NO_HOST = r"(?!(?:the|this|that|an?|my|your|our|his|her|its|home|work|de[rmn]|die|das|eine?[mnr]?)\b)"
_IN_WORDS = "|".join(
    rf"(?:{sign}){_NO_HOST}\w[\w-]{{1,59}}?(?:(?:{stop}|{_STOP_MARKED})[\w-]{{2,40}}?){{1,3}}" for sign, stop in _SAID
)
_SPELLS = Pattern(rf"{_OPEN}\s?(?:{_SIGN}|{_STOP}|\.)\s?{_SHUT}|[\s*_-](?:{_STOP})[\s*_-]", re.IGNORECASE)
_SPELLED = Pattern(
    rf"(?<![\w.])[\w+%][\w+%-]{{0,39}}?(?:(?:{_ANY_STOP})[\w+%-]{{1,40}}?){{0,3}}"
    rf"(?:{_SIGN_MARKED}\w[\w-]{{1,59}}?(?:(?:{_ANY_STOP})[\w-]{{2,40}}?){{1,3}}|{_IN_WORDS})(?![\w-])",
    re.IGNORECASE,
)
_SPACED = Pattern(
    rf"(?<![\w.])[\w+%-]{{1,40}}(?:\.[\w+%-]{{1,40}}){{0,3}}(?: ?@ | @)"
    rf"[{_LETTER}\d-]{{2,60}}(?:\.[{_LETTER}\d-]{{1,60}}){{0,3}}\.[{_LETTER}]{{2,24}}(?![\w-])"
)
_MAIL_WORD = Pattern(
    r"mail|correo|courriel|add?ress|poczt|почт|\b(?:writ|send)|schreib|schick|écri[rv]|escrib|scriv", re.IGNORECASE
)
MAIL_BESIDE = 30
"""Characters before an address in which its word is looked for."""
_MARK_INSIDE = Pattern(r"\w[._+\d]")


def _emails(text: str) -> Iterator[Span]:
    if "@" in text:
        yield from (found.span() for found in _EMAIL.finditer(text))
        yield from (found.span() for found in _SPACED.finditer(text) if _is_meant(text, found))
    if _SPELLS.search(text):
        yield from (found.span() for found in _SPELLED.finditer(text))


def _is_meant(text: str, found: re.Match[str]) -> bool:
    """Whether "somebody @ shop.example" is an address: "I bought it @ shop.example" is none."""
    name, before = found[0].partition("@")[0].strip(), text[max(0, found.start() - MAIL_BESIDE) : found.start()]
    return _MARK_INSIDE.search(name) is not None or _MAIL_WORD.search(before) is not None


_DIGIT_RUN = Pattern(r"(?<![\w])\d(?:[ .\u00a0-]?\d){11,40}(?!\w)")
_CARD_SAID = Pattern(
    r"(?:card|karte\w*|carte|tarjeta|carta|cartão|kaart\w*|karta|kort\w*|visa|master ?card|amex|maestro|cc)\b"
    r"[^\d\n]{0,24}$",
    re.IGNORECASE,
)
_ISSUED = Pattern(
    r"4\d{15}(?:\d{3})?|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}"
    r"|3(?:0[0-5]|[689]\d)\d{11}|6\d{15,18}|35(?:2[89]|[3-8]\d)\d{12}|5[0678]\d{14,17}"
)
"""The lengths and first digits of the great card schemes (ISO/IEC 7812, issuer identification numbers)."""
LEAST_OF_A_MISTYPED_CARD = 15


def _cards(text: str) -> Iterator[Span]:
    for run in _DIGIT_RUN.finditer(text):
        said = _CARD_SAID.search(text[max(0, run.start() - 40) : run.start()]) is not None
        places = [place for place in range(*run.span()) if text[place].isdigit()]
        if span := _card_among(text, places, said=said):
            yield span


def _card_among(text: str, places: list[int], *, said: bool) -> Span | None:
    """The first card among the digits at these places, whole groups of them."""
    starts = [number for number, place in enumerate(places) if number == 0 or places[number - 1] < place - 1]
    ends = {number for number, place in enumerate(places) if place + 1 not in places}
    for first in starts:
        for length in reversed(CARD_LENGTHS):
            last = first + length - 1
            digits = "".join(text[place] for place in places[first : last + 1])
            if last in ends and is_card(digits) and (said or _ISSUED.fullmatch(digits)):
                return places[first], places[last] + 1
    if said and LEAST_OF_A_MISTYPED_CARD <= len(places) <= CARD_LENGTHS.stop - 1:
        return places[0], places[-1] + 1
    return None


_IBAN_HEAD = Pattern(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?=[ -]?[A-Za-z0-9]{2})")
_IBAN_SAID = Pattern(r"\bIBAN\b[^\d\n]{0,24}$", re.IGNORECASE)


def _ibans(text: str) -> Iterator[Span]:
    for head in _IBAN_HEAD.finditer(text):
        length = IBAN_LENGTHS.get(head[0][:2].upper())
        body = re.compile(rf"(?:[ -]?[A-Za-z0-9]){{{length - 4}}}(?![A-Za-z0-9])") if length else None
        rest = body.match(text, head.end()) if body else None
        if rest is None:
            continue
        whole = text[head.start() : rest.end()]
        said = _IBAN_SAID.search(text[max(0, head.start() - 40) : head.start()])
        if is_iban(whole) or (said and sum(character.isdigit() for character in whole) > len(whole) // 2):
            yield head.start(), rest.end()


_ID_SAID = Pattern(
    r"\b(?:passport|reisepass\w*|personalausweis\w*|ausweis\w*|passeport|pasaporte|passaporto|paspoort|ssn|"
    r"social security|sozialversicherung\w*|svnr|dni|nie|nif|bsn|pesel|nino|national insurance)\b"
    r"(?:[ .:#]*(?:no|number|nummer|nr|num[ée]ro|número|numero)\b)?[ .:#]*(?:(?:is|ist|est|es|è|é|lautet)\b)?[ :]*"
    r"(?-i:(?=[A-Z0-9 -]*\d)([A-Z0-9][A-Z0-9 -]{5,16}[A-Z0-9])(?!\w))",
    re.IGNORECASE,
)
_ID_ROOTS = (
    "pass",
    "paspo",
    "ausweis",
    "ssn",
    "social",
    "sozial",
    "svnr",
    "dni",
    "nie",
    "nif",
    "bsn",
    "pesel",
    "nino",
    "national",
)
_ID_SHAPED = Pattern(r"(?<![\w-])(?:\d{3}-\d{2}-\d{4}|[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z])(?![\w-])")
"""A number of the United States' social security, and an Italian codice fiscale."""


def _ids(text: str) -> Iterator[Span]:
    lower = text.lower()
    if any(root in lower for root in _ID_ROOTS):
        yield from (found.span(1) for found in _ID_SAID.finditer(text))
    yield from (found.span() for found in _ID_SHAPED.finditer(text))


_DETECTORS = (
    (Kind.SECRET, said_secrets.tokens),
    (Kind.EMAIL, _emails),
    (Kind.IBAN, _ibans),
    (Kind.CARD, _cards),
    (Kind.SECRET, said_secrets.said),
    (Kind.ID, _ids),
    (Kind.PHONE, phone_numbers.spans),
    (Kind.SECRET, said_secrets.long_keys),
)
"""In this order: what is surer by its form comes first."""
