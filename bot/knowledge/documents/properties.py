"""What holds for an article: its own words first, then the team's rules, then what the source was given."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import cast
from zoneinfo import ZoneInfo

from bot.knowledge.documents.document import Document, Text, Unreadable, first_heading, storable
from bot.team import ArticleRule
from handoff.audience import CUSTOMER, INTERNAL

HOW_TO_WRITE_AUDIENCE = (
    "write customer, internal, channel:C…, group:NAME or organisation:T…, several of the last three with commas"
)
HOW_TO_WRITE_A_TIME = "write a day such as 2026-12-31, or a time such as 2026-12-31T18:00"
MOST_REPLACED = 100
HIDING = ("audience", "valid_from", "valid_until", "replaces")
"""Properties that keep an article from somebody."""
NEARLY = 0.85
"""The likeness (`difflib`, 0..1) from which a name is taken for a typing error: `audiance`, `valid_untill`."""
_TAG = re.compile(r"channel:[CG][A-Z0-9]{2,}|group:[\w.-]+|organisation:[TE][A-Z0-9]{2,}")


@dataclass(frozen=True, slots=True)
class Reading:
    """How the articles of a source are read."""

    source: str = ""
    """The name of the source, for rules that ask for it."""
    audience: str = ""
    """For articles of which neither they themselves nor a rule says it; empty means customers."""
    topic: str = ""
    rules: Sequence[ArticleRule] = ()
    """The team's; the first that fits an article and names a property decides it."""
    time_zone: str = "UTC"
    """In which days and times without a zone are meant."""
    groups: frozenset[str] | None = None
    """The groups of customers that the team named; None when that is not known."""
    version: str = ""
    """Of what is made of a document afterwards; with another one, the same bytes are read again."""

    @property
    def mark(self) -> bytes:
        """A digest of it all: read in another way, the same bytes are another article."""
        groups = sorted(self.groups) if self.groups is not None else None
        told = (self.source, self.audience, self.topic, list(self.rules), self.time_zone, groups, self.version)
        return hashlib.sha256(repr(told).encode(errors="surrogatepass")).digest()


def document_of(key: str, text: Text, reading: Reading, *, url: str = "") -> Document:
    """The document of a file's text and properties.

    Args:
        key: within the source.
        text: what the reader of its format made of it.
        reading: what holds where the document says nothing.
        url: where it was fetched; the document's own word goes first.

    Raises:
        Unreadable: when it is empty, or a property cannot be used; with what to write.
    """
    body = storable(text.body).replace("\r\n", "\n").replace("\r", "\n")
    if not body.strip():
        raise Unreadable("empty")
    about = _plainly_named(text.about)
    title = _line(about, "title") or text.title.strip() or first_heading(body) or _named(key)
    title = storable(title)
    begins, ends = _moment(about, "valid_from", reading), _moment(about, "valid_until", reading)
    if begins and ends and ends <= begins:
        raise Unreadable("valid_until is not after valid_from")
    ruled = [rule for rule in reading.rules if _fits(rule, key, title, reading.source)]
    audience = _own_audience(about) or next((rule.audience for rule in ruled if rule.audience), reading.audience)
    return Document(
        key=key,
        title=title,
        body=body,
        url=_address(about) or url,
        topic=_line(about, "topic") or next((rule.topic for rule in ruled if rule.topic), reading.topic),
        language=re.split(r"[-_]", _line(about, "language").lower())[0],
        audience=parse_audience(audience, reading.groups),
        valid_from=begins,
        valid_until=ends,
        replaces=_several(about, "replaces"),
    )


def parse_audience(written: str, groups: frozenset[str] | None = None) -> str:
    """The tags of an audience as they are stored, from how people write them; customers where nothing is written.

    Raises:
        Unreadable: for a tag that is none, with what to write.
    """
    tags = sorted({each.lower() if each.lower() in (CUSTOMER, INTERNAL) else each for each in _split(written)})
    if not tags:
        return CUSTOMER
    for tag in tags:
        if tag not in (CUSTOMER, INTERNAL) and not _TAG.fullmatch(tag):
            raise Unreadable(f"the audience {tag!r} is none: {HOW_TO_WRITE_AUDIENCE}")
        if groups is not None and tag.startswith("group:") and tag.removeprefix("group:") not in groups:
            raise Unreadable(f"the audience {tag!r} names no group of customer_groups in the team's file")
    if INTERNAL in tags and len(tags) > 1:
        raise Unreadable(f"the audience internal stands alone, not beside {', '.join(tags[:-1])}")
    return " ".join(tags)


def _fits(rule: ArticleRule, key: str, title: str, source: str) -> bool:
    asked = ((rule.title, title), (rule.path, key), (rule.source, source))
    return all(not pattern or fnmatchcase(found.casefold(), pattern.casefold()) for pattern, found in asked)


def _plainly_named(about: Mapping[str, object]) -> dict[str, object]:
    """The properties by the names that we know: `Valid until` and `valid-until` are `valid_until`.

    Raises:
        Unreadable: for a name that is nearly one of those that keep an article from somebody: as a typing error it
            would be shown to more people than meant.
    """
    named: dict[str, object] = {}
    for name, value in about.items():
        plain = re.sub(r"[\s-]+", "_", str(name).strip().lower())
        if plain == name or plain not in about:
            named[plain] = value
    for name in named.keys() - set(HIDING):
        if meant := get_close_matches(name, HIDING, n=1, cutoff=NEARLY):
            raise Unreadable(f"{name!r} is no property; is {meant[0]} meant?")
    return named


def _named(key: str) -> str:
    return PurePosixPath(key).stem.replace("-", " ").replace("_", " ") or key


def _line(about: Mapping[str, object], name: str) -> str:
    """A property that is one line of text.

    Raises:
        Unreadable: when it is a list or a mapping. Such are never printed: a few aliases can make one endless.
    """
    value = about.get(name)
    if value is None:
        return ""
    if isinstance(value, list | dict | set | tuple):
        raise Unreadable(f"{name} must be one line of text")
    return " ".join(storable(str(value)).split())


def _several(about: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = about.get(name)
    if not isinstance(value, list):
        line = _line(about, name)
        return tuple(part.strip() for part in line.split(",") if part.strip())
    listed = cast("list[object]", value)
    if len(listed) > MOST_REPLACED or any(isinstance(each, list | dict) for each in listed):
        raise Unreadable(f"{name} must be a list of at most {MOST_REPLACED} lines of text")
    return tuple(part for part in (_line({name: each}, name) for each in listed) if part)


def _own_audience(about: Mapping[str, object]) -> str:
    return ",".join(_several(about, "audience"))


def _split(written: str) -> list[str]:
    return [part for part in re.split(r"[\s,]+", written) if part]


def _address(about: Mapping[str, object]) -> str:
    url = _line(about, "url")
    if url and not re.fullmatch(r"https?://\S+", url):
        raise Unreadable(f"the url {url[:80]!r} must begin with https://")
    return url


def _moment(about: Mapping[str, object], name: str, reading: Reading) -> datetime | None:
    """A moment in UTC. A day begins at its midnight in the team's zone; `valid_until` a day holds to its end."""
    value = about.get(name)
    if value is None or value == "":
        return None
    if not isinstance(value, date):
        try:
            told = _line(about, name)
            value = date.fromisoformat(told) if re.fullmatch(r"\d{4}-\d\d-\d\d", told) else datetime.fromisoformat(told)
        except ValueError as error:
            raise Unreadable(f"{name} cannot be read as a time: {HOW_TO_WRITE_A_TIME}") from error
    zone = ZoneInfo(reading.time_zone)
    try:
        if not isinstance(value, datetime):
            value = datetime.combine(value + timedelta(days=name == "valid_until"), time(), zone)
        return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError as error:
        raise Unreadable(f"{name} is beyond all times: {HOW_TO_WRITE_A_TIME}") from error
