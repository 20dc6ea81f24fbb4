"""Phone numbers in a text, told from order numbers, dates and prices by their form and the words beside them. Pure."""

import re
from collections.abc import Iterator

from handoff.lexicon.patterns import Pattern
from handoff.said_secrets import Span

_SPACED = "A-Za-z\\d_\u00c0-\u058f\u0600-\u06ff"
"""Letters of scripts that put a space before a number; Chinese, Japanese, Korean and Thai do not."""
_CANDIDATE = Pattern(
    rf"(?<![{_SPACED}€$£¥#.,/-])(?:\+|00)?\(?\d(?:[ \u00a0]?[().\-/\u2011\u2013]{{0,2}}[ \u00a0]?\d){{5,17}}"
    rf"(?![{_SPACED}€$£¥%]|[.,/:-]\d)"
)
_DATE = Pattern(
    r"\d{4}[-./ ]\d{1,2}[-./ ]\d{1,2}|\d{1,2} ?[-./] ?\d{1,2} ?[-./] ?\d{2,4}|(?:19|20)\d\d ?[-–/] ?(?:19|20)\d\d"
)
_GROUPED = Pattern(r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?|\d{1,3}(?: \d{3})+")
_PHONE_WORD = Pattern(
    r"\b(?:t[eé]l[eé](?:ph|f)[oó]\w*|phone\w*|tel\b|t[ée]l\b|mobil\w*|cell(?:phone)?\b|cellulare|celular|handy\w*|telem[oó]vel"
    r"|m[oó]vil|portable|whats ?app|signal|fax|calls?\b|ring\b|dial|text\b|sms|reach\b|ruf\w*|anruf\w*"
    r"|erreich\w*|appel\w*|joign\w*|ll[aá]m\w*|chiam\w*|lig(?:ue|ar|uem)\b|bel\b|bellen|dzwoni\w*|zadzwo\w*"
    r"|zu sprechen|телефон\w*|звон\w*"
    r"|cont[aá]ct\w*|number|nummer|num[ée]ro|número|numer|номер\w*|hotline)"
    r"|電話|携帯|手机|手機|电话|电話|휴대폰|핸드폰|전화",
    re.IGNORECASE,
)
_OTHER_WORD = Pattern(
    r"\b(?:order|bestell\w*|auftrag\w*|command\w*|pedido|ordine|encomenda|zamówieni\w*|ordre|invoice|rechnung\w*|factur\w*"
    r"|fattura|fatura|faktur\w*|factuur|nota|tracking|track|sendung\w*|paket\w*|parcel|shipment|suivi|seguimiento|colis"
    r"|customer|kunde\w*|kundennr|klant\w*|client\w*|cliente|contract|vertrag\w*|contrat\w*|ticket|case|ref\w*|serial|serien"
    r"\w*|série|articl\w*|artikel\w*|artículo|articolo|artigo|codice|sku|ean|isbn|imei|lot|batch|version|firmware|model"
    r"|steuer\w*|tax|vat|voucher|coupon|gutschein\w*|account|konto\w*|iban|member\w*|mitglied\w*|policy|police|id\b|zip"
    r"|plz|room|page|line|row|error|coordinates|index|build|dhl|ups|gls|dpd|lieferung|delivery|booking|buchung\w*)"
    r"(?:[^\W\d_]|\b)|注文|订单|訂單|주문|伝票|快递|運單",
    re.IGNORECASE,
)
_AFTER = Pattern(
    r"^[\s,)]{0,3}(?:is my|ist mein|ist meine|zu sprechen|erreichbar|is mijn|è il mio|is where|to reach|anrufen|"
    r"est mon|es mi|é o meu)",
    re.IGNORECASE,
)
_AMERICAN = Pattern(r"\(?[2-9]\d\d\)?[ .-][2-9]\d\d[ .-]\d{4}")
LENGTHS = range(6, 16)
"""Digits of a number (ITU-T E.164: at most 15)."""
LEAST_ABROAD = 8
BESIDE = 45
"""Characters before a number in which its words are looked for."""
REGIONS = ("US", "GB", "DE", "AT", "CH", "FR", "ES", "IT", "PT", "NL", "BE", "IE", "PL", "SE", "DK", "NO", "FI", "AU")
"""Where a number written as one does at home is looked up."""


def spans(text: str) -> Iterator[Span]:
    """Where phone numbers stand."""
    for found in _CANDIDATE.finditer(text):
        if _is_phone(text, found.start(), found.end()):
            yield found.span()


def _is_phone(text: str, start: int, end: int) -> bool:
    raw = text[start:end]
    digits = re.sub(r"\D", "", raw)
    if len(digits) not in LENGTHS or _DATE.fullmatch(raw.strip()):
        return False
    about = _about(text[max(0, start - BESIDE) : start], text[end : end + 20])
    if raw.startswith(("+", "00")):
        return about != "other" and len(digits) >= LEAST_ABROAD and (raw[0] == "+" or _known(raw, ("DE",)))
    if about == "phone":
        return not _GROUPED.fullmatch(raw) or len(digits) >= 9  # noqa: PLR2004 - 123 456 is an amount as well
    if about == "other":
        return False
    at_home = raw.startswith(("0", "(0")) or _AMERICAN.fullmatch(raw) is not None
    return at_home and _known(raw, REGIONS)


def _about(before: str, after: str) -> str:
    """What the words beside a number say it is: `phone`, `other`, or nothing. The nearest word counts."""
    clause = re.split(r"[.;!?\n](?:\s|$)", re.sub(r"\b(tel|nr|no|kundennr)\.", r"\1 ", before, flags=re.IGNORECASE))[-1]
    phone = max((each.start() for each in _PHONE_WORD.finditer(clause)), default=-1)
    other = max((each.start() for each in _OTHER_WORD.finditer(clause)), default=-1)
    if other >= 0 and _only_number(clause, phone):
        return "other"
    if phone > other or _AFTER.search(after):
        return "phone"
    return "other" if other >= 0 else ""


def _only_number(clause: str, place: int) -> bool:
    """Whether the nearest word of phones is a mere "number", which order numbers have as well."""
    return place < 0 or re.match(r"n[uú]m|номер|nummer", clause[place:], re.IGNORECASE) is not None


def _known(raw: str, regions: tuple[str, ...]) -> bool:
    """Whether it is a number that exists in one of the regions, by the numbering plans."""
    import phonenumbers  # noqa: PLC0415 - tens of milliseconds, and most texts hold no number

    for region in regions:
        try:
            if phonenumbers.is_valid_number(phonenumbers.parse(raw, region)):
                return True
        except phonenumbers.NumberParseException:
            continue
    return False
