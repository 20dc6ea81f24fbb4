"""The facts of a text that can be held against another: amounts with units, dates, times, codes. Pure.

A number is nothing without its unit: 12 euros are not 12 days, but 14 days are two weeks, and 1.000,00 is 1,000.00.
Each fact has one or more readings (`12/3` is a day in March or in December); two facts that share one are the same.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from handoff.lexicon import units
from handoff.lexicon.patterns import Pattern
from handoff.words import fold

Reading = tuple[str, float]
"""What is measured, and how much in the least unit: ("hour", 336.0), ("eur", 12.5), ("date", 312.0)."""

MOST_CHARACTERS = 20_000
REMEMBERED = 2_048
"""Texts whose facts are kept: the same passages answer many questions."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a reply must not invent."""

    kind: str
    """amount, date, time, number, long_number or code."""
    shown: str
    """As it was written."""
    readings: frozenset[Reading]


@dataclass(frozen=True, slots=True)
class _Number:
    start: int
    end: int
    value: float
    unit: Reading | None
    in_words: bool = False
    maybe_bare: bool = False
    """Whether its unit may belong to the next number alone: `order 4711 and 5 days`."""


@lru_cache(maxsize=REMEMBERED)
def facts(text: str) -> tuple[Fact, ...]:
    """The facts of a text in its order: links and addresses are not among them (`handoff.links`)."""
    text = _without(_NO_FACT, text[:MOST_CHARACTERS])
    found: list[tuple[int, Fact]] = []
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            readings = frozenset(read(match))
            if readings:
                found.append((match.start(), Fact(_KIND[pattern], match[0].strip().rstrip("."), readings)))
                text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    numbers = _numbers(text)
    found += [(number.start, _amount(text, number)) for number in numbers]
    found += [(first.start, fact) for first, second in pairwise(numbers) if (fact := _between(text, first, second))]
    found += _days(text)
    return tuple(fact for _, fact in sorted(found, key=lambda each: each[0]))


class Known:
    """What a body of texts states, to hold facts against."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        stated = [_stated(text) for text in texts]
        self._readings = frozenset[Reading]().union(*(each.readings for each in stated))
        self._yearless = frozenset[float]().union(*(each.yearless for each in stated))
        self._digits = frozenset[str]().union(*(each.digits for each in stated))

    def hold(self, fact: Fact) -> bool:
        """Whether the texts state a fact, in whichever form."""
        if fact.kind == "long_number":
            digits = re.sub(r"\D", "", fact.shown).lstrip("0")
            return any(each.lstrip("0").endswith(digits[-9:]) or digits.endswith(each[-9:]) for each in self._digits)
        if fact.kind == "code":
            return fold(fact.shown) in fold(" ".join(self._texts))
        every_year = {value % 10_000 for dimension, value in fact.readings if dimension == "dated"}
        return not self._readings.isdisjoint(fact.readings) or not self._yearless.isdisjoint(every_year)


@dataclass(frozen=True, slots=True)
class _Stated:
    """What one text states."""

    readings: frozenset[Reading]
    yearless: frozenset[float]
    """Its days without a year."""
    digits: frozenset[str]
    """Of its long numbers."""


@lru_cache(maxsize=REMEMBERED)
def _stated(text: str) -> _Stated:
    here = facts(text)
    found = {reading for fact in here for reading in fact.readings}
    readings = set(found)
    readings |= {("date", value % 10_000) for dimension, value in found if dimension == "dated"}
    readings |= {("number", float(digits)) for digits in re.findall(r"\d{1,15}", text)}
    readings |= {("number", value) for _, value in found}
    bare = [value for fact in here if fact.kind == "number" for _, value in fact.readings]
    # "from May to July 15" may be a day, or fifteen of something
    days = {value for kind, value in found if kind == "date"}
    bare += [value % 100 for value in days]
    readings |= {("month_name", float(value // 100)) for value in days}
    # a table names its unit once, in its head: a bare number has each unit that its text names
    ranges = [(float(name.split()[2]), end) for name, end in found if name.startswith(_range_of("number"))]
    for dimension, factor in _named_units(text):
        readings |= {(dimension, _rounded(value * factor)) for value in bare}
        readings |= {_range(dimension, low * factor, high * factor) for low, high in ranges}
    return _Stated(
        readings=frozenset(readings),
        yearless=frozenset(value for dimension, value in found if dimension == "date"),
        digits=frozenset(re.sub(r"\D", "", fact.shown) for fact in here if fact.kind == "long_number"),
    )


_NO_FACT = Pattern(
    r"https?://\S+|www\.\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.[\w.-]+\w|^[^\S\n]*\d{1,2}[.)](?=\s)|"
    r"\bon (?:any )?one day\b|\b(?:step|option|schritt|étape|paso|passo|stap)\s+\d{1,2}\b",
    re.MULTILINE | re.IGNORECASE,
)


def _without(pattern: Pattern, text: str) -> str:
    return pattern.sub(lambda match: " " * len(match[0]), text)


_CODE = Pattern(r"(?<![\w-])(?=[A-Z-]*\d)(?=[\d-]*[A-Z])[A-Z\d][A-Z\d-]{3,30}(?![\w-])")
_LONG = Pattern(r"(?<![\w.,])\+?\(?\d(?:[ ()/\-\u00a0]{0,2}\d){6,18}(?![\w])")
_ISO = Pattern(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_NUMERIC = Pattern(r"\b(\d{1,2})([./])(\d{1,2})(?:\2(\d{4}|\d{2})\b|(?<=\d)\.(?!\d))")
_VARIANTS = str.maketrans({"a": "[aä]", "e": "[eé]", "u": "[uû]", "c": "[cç]"})
_MONTH_WORDS = "|".join(sorted(units.MONTHS, key=len, reverse=True)).translate(_VARIANTS)
_DAY_FIRST = Pattern(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?\s+(?:of\s+|de\s+)?({_MONTH_WORDS})\b\.?(?:\s*,?\s*(?:de\s+|del\s+)?(\d{{4}}))?",
    re.IGNORECASE,
)
_MONTH_FIRST = Pattern(
    rf"\b({_MONTH_WORDS})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?![.:]\d)(?:\s*,?\s*(\d{{4}}))?", re.IGNORECASE
)
_CLOCK = Pattern(r"\b(\d{1,2})[:h](\d{2})(?:\s*(a\.?m\b|p\.?m\b)\.?)?(?:\s*(?:uhr|h)\b)?", re.IGNORECASE)
_HOUR = Pattern(r"\b(\d{1,2})(?:[.](\d{2}))?\s*(?:(a\.?m\b|p\.?m\b)\.?|uhr\b|o'clock\b)", re.IGNORECASE)


def _date(day: str, month: int, year: str | None) -> Iterator[Reading]:
    if 1 <= int(day) <= 31 and 1 <= month <= 12:  # noqa: PLR2004
        whole = month * 100 + int(day)
        yield ("dated", float(int(year) % 100 * 10_000 + whole)) if year else ("date", float(whole))


def _iso(match: re.Match[str]) -> Iterator[Reading]:
    return _date(match[3], int(match[2]), match[1])


def _numeric(match: re.Match[str]) -> Iterator[Reading]:
    """A date in figures; `€7.50.` is a price that ends a sentence, and `12.10.` alone may be either."""
    if not match[4] and _BEFORE.search(match.string[max(0, match.start() - 5) : match.start()]):
        return
    read = list(_date(match[1], int(match[3]), match[4]))
    if match[2] == "/":
        read += _date(match[3], int(match[1]), match[4])
    elif read and not match[4]:
        read.append(("number", float(f"{match[1]}.{match[3]}")))
    yield from read


def _day_first(match: re.Match[str]) -> Iterator[Reading]:
    return _date(match[1], units.MONTHS[fold(match[2])], match[3])


def _month_first(match: re.Match[str]) -> Iterator[Reading]:
    return _date(match[2], units.MONTHS[fold(match[1])], match[3])


def _clock(match: re.Match[str]) -> Iterator[Reading]:
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").replace(".", "").casefold()
    if hour <= 24 and minute < 60:  # noqa: PLR2004
        if half:
            hour = hour % 12 + (12 if half == "pm" else 0)
        yield ("time", float(hour * 60 + minute))


def _itself(match: re.Match[str]) -> Iterator[Reading]:
    yield (fold(match[0]), 0.0)


_READERS = (
    (_ISO, _iso),
    (_CODE, _itself),
    (_DAY_FIRST, _day_first),
    (_MONTH_FIRST, _month_first),
    (_NUMERIC, _numeric),
    (_CLOCK, _clock),
    (_HOUR, _clock),
    (_LONG, _itself),
)
_KIND = {
    _ISO: "date",
    _CODE: "code",
    _DAY_FIRST: "date",
    _MONTH_FIRST: "date",
    _NUMERIC: "date",
    _CLOCK: "time",
    _HOUR: "time",
    _LONG: "long_number",
}

_SIGNS = r"[€$£¥₹%]"
_NUMBER = Pattern(r"(?<![\w.,])\d{1,3}(?:[.,'’\u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?")
_BEFORE = Pattern(rf"({_SIGNS}|\b(?:eur|usd|gbp|chf|inr|us\$))[\s\u00a0]?$", re.IGNORECASE)
_AFTER = Pattern(
    rf"[\s\u00a0\-‑]{{0,2}}(?:({_SIGNS})|([^\W\d_]+)(?:[\s\u00a0\-]([^\W\d_]+))?(?:[\s\u00a0\-]([^\W\d_]+))?)"
)
_PERCENT = Pattern(r"\b(?:per cent|pour cent|por ciento|per cento|por cento|vom hundert)\b", re.IGNORECASE)
_RANGE = Pattern(r"\s*(?:-|–|—|to|bis|à|a|tot|bis zu|al)\s*", re.IGNORECASE)
_EITHER = Pattern(r"\s*(?:and|und|et|y|e|en|or|oder|ou|o)\s*", re.IGNORECASE)
_WORD = Pattern(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def _numbers(text: str) -> list[_Number]:
    """The numbers of a text with their units, those in words too; the first of a range has the unit of the second."""
    text = _PERCENT.sub(lambda match: "%".ljust(len(match[0])), text)
    found = [_number(text, match) for match in _NUMBER.finditer(text)]
    for place in range(len(found) - 2, -1, -1):
        first, second = found[place], found[place + 1]
        between = text[first.end : second.start]
        if first.unit is None and second.unit and (_RANGE.fullmatch(between) or _EITHER.fullmatch(between)):
            maybe = _EITHER.fullmatch(between) is not None
            found[place] = _Number(first.start, first.end, first.value, second.unit, maybe_bare=maybe)
    return found + list(_in_words(text))


def _number(text: str, match: re.Match[str]) -> _Number:
    before = _BEFORE.search(text[max(0, match.start() - 5) : match.start()])
    start = match.start() - len(before[0]) if before else match.start()
    unit, end = (units.UNITS.get(fold(before[1])), match.end()) if before else _unit_after(text, match.end())
    return _Number(start, end, _value(match[0]), unit)


def _unit_after(text: str, place: int) -> tuple[Reading | None, int]:
    """The unit that follows a number, at most one word between ("14 calendar days"), and where it ends."""
    after = _AFTER.match(text, place)
    if after is None:
        return None, place
    if after[1]:
        return units.UNITS.get(after[1]), after.end(1)
    named = [fold(each) for each in (after[2], after[3], after[4]) if each]
    for number, word in enumerate(named[:2]):
        if word in units.WORKING_DAYS:
            return (units.WORKDAY, 1.0), after.end(2 + number)
        if word not in units.UNITS or (number and len(word) == 1):
            continue
        beside = {*named[:number], *named[number + 1 : number + 2]}
        unit = units.UNITS[word]
        if unit == (units.HOUR, 24.0) and beside & units.WORKING:
            last = 2 + number + (1 if named[number + 1 : number + 2] and named[number + 1] in units.WORKING else 0)
            return (units.WORKDAY, 1.0), after.end(last)
        return unit, after.end(2 + number)
    return None, place


def _in_words(text: str) -> Iterator[_Number]:
    """Numbers in words before a unit: `two weeks`, `within a day`, `half an hour`."""
    before = ""
    for match in _WORD.finditer(text):
        word = fold(match[0])
        value = units.NUMBERS.get(word)
        if value is None and word in units.ONE and (before in units.LIMITS or before in units.NUMBERS):
            value = units.NUMBERS.get(before, 1.0)
        before = word
        if value is None:
            if word.startswith("fortnight"):
                yield _Number(match.start(), match.end(), 1.0, units.UNITS["fortnight"], in_words=True)
            continue
        unit, end = _unit_after(text, match.end())
        measured = fold(text[match.end() : end].strip(" -"))
        if unit and unit[0] != "percent" and len(measured) > 1 and measured not in units.ONE:
            yield _Number(match.start(), end, value, unit, in_words=True)


def _value(number: str) -> float:
    """Read a number whether it was written as 1,000.00, 1.000,00, 1'000 or 2,5."""
    plain = re.sub(r"['’\u00a0\u202f]", "", number)
    plain = re.sub(r"(?<=\d)[.,](?=\d{3}(?!\d))", "", plain).replace(",", ".")
    return float(plain) if plain.count(".") <= 1 else 0.0


def _rounded(value: float) -> float:
    return round(value, 4)


def _amount(text: str, number: _Number) -> Fact:
    shown = text[number.start : number.end].strip(" -")
    if number.unit is None:
        return Fact("number", shown, frozenset({("number", number.value)}))
    dimension, factor = number.unit
    readings = {(dimension, _rounded(number.value * factor))}
    if dimension == "percent":
        shown = f"{shown.split()[0].rstrip('%')} %"
    if number.maybe_bare:
        readings.add(("number", number.value))
    if dimension == "cent":
        readings |= {(money, _rounded(number.value / 100)) for money in ("eur", "usd", "gbp")}
    if dimension == "hour" and factor == 24.0 and number.value == 1 and number.in_words:  # noqa: PLR2004
        readings.add((units.WORKDAY, 1.0))
    return Fact("amount", shown, frozenset(readings))


def _range_of(dimension: str) -> str:
    return f"range {dimension} "


def _range(dimension: str, low: float, high: float) -> Reading:
    return f"{_range_of(dimension)}{_rounded(low):g}", _rounded(high)


def _between(text: str, first: _Number, second: _Number) -> Fact | None:
    """A range is more than its two ends: `1 to 2 days` is not said by who says 1 day here and 2 days there."""
    between = text[first.end : second.start]
    dimension, factor = second.unit or ("number", 1.0)
    same_unit = first.unit in (None, second.unit) and first.value < second.value
    if not same_unit or not (_RANGE.fullmatch(between) or _EITHER.fullmatch(between)):
        return None
    reading = _range(dimension, first.value * factor, second.value * factor)
    either = {("number", first.value)} if _EITHER.fullmatch(between) else set[Reading]()
    return Fact("amount", text[first.start : second.end].strip(), frozenset({reading, *either}))


def _days(text: str) -> Iterator[tuple[int, Fact]]:
    """Months, days of the week, and days counted from now, by their names in any language."""
    for match in _WORD.finditer(text):
        word = fold(match[0]).replace("’", "'")
        if word in units.WEEKDAYS:
            yield match.start(), Fact("date", match[0], frozenset({("weekday", float(units.WEEKDAYS[word]))}))
        elif word in units.MONTHS and word not in units.ALONE_NO_MONTH:
            yield match.start(), Fact("date", match[0], frozenset({("month_name", float(units.MONTHS[word]))}))
        elif word in units.SOON:
            yield match.start(), Fact("date", match[0], frozenset({(units.SOON[word], 0.0)}))


def _named_units(text: str) -> set[Reading]:
    words = {fold(word) for word in _WORD.findall(text)} | set(re.findall(_SIGNS, text))
    found = {units.UNITS[word] for word in words if word in units.UNITS and (len(word) > 2 or word in "€$£¥₹%")}  # noqa: PLR2004
    if words & units.WORKING_DAYS or words & units.WORKING:
        found.add((units.WORKDAY, 1.0))
    return found
