"""False statements made of an article's own words, and faithful ones in other words, as the YAML beside this has them.

All were written before any rule was changed for them, and the later ones after that, before they were first run.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.demo.shop import ARTICLES
from bot.knowledge import passages
from bot.knowledge.documents import markdown
from handoff import guard, language
from handoff.draft import Author, Draft, FoundPassage, Mood, Turn

FILE = Path(__file__).with_name("statements.yaml")
SHOP, BANK = "shop:", "bank:"


class Part(StrEnum):
    """What a statement was for."""

    MENDED_ON = "mended on"
    JUDGED_ONCE = "judged once, then mended on"
    """It was held back until rules had been mended on the first ones, and told how far those carry."""
    JUDGED_SECOND = "judged second, then mended on"
    JUDGED_THIRD = "judged third, then mended on"
    LAST = "written last, never mended on"


@dataclass(frozen=True, slots=True)
class Statement:
    """A reply, what it says it rests on, and whether it does."""

    source: str
    asked: str
    reply: str
    false_by: str
    """In which way it is false; empty for a faithful one."""
    part: Part

    @property
    def faithful(self) -> bool:
        """Whether its source says so."""
        return not self.false_by


@cache
def statements() -> tuple[Statement, ...]:
    """All of them, in the order of the file."""
    return tuple(each for group in yaml.safe_load(FILE.read_text(encoding="utf-8")) for each in _of_group(group))


def _of_group(group: Mapping[str, Any]) -> Iterable[Statement]:
    source, asked = str(group["source"]), str(group["asked"])
    told = ([(reply, way) for way, reply in group["invented"]], [(reply, "") for reply in group["faithful"]])
    for replies in told:
        for number, (reply, way) in enumerate(replies):
            part = _part_of(group, number)
            yield Statement(source, asked, str(reply), str(way), part)


def _part_of(group: Mapping[str, Any], number: int) -> Part:
    if group.get("last"):
        return Part.LAST
    if group.get("newest"):
        return Part.JUDGED_THIRD
    if group.get("later"):
        return Part.JUDGED_SECOND
    return Part.JUDGED_ONCE if number % 2 else Part.MENDED_ON


Bank = Mapping[str, tuple[str, str]]
"""Title and text of the bank's documents, by id; those of the shop are read here."""


def case(statement: Statement, bank: Bank) -> tuple[Draft, list[FoundPassage], list[Turn]]:
    """A reply as the guard takes it: of a model that cites every passage and is certain."""
    found = _passages(statement.source, bank)
    spoken = language.detect(statement.reply) or found[0].language
    cited = tuple(each.passage_id for each in found)
    draft = Draft(statement.reply, cited, "", answerable=True, own_confidence=1.0, mood=Mood(), language=spoken)
    return draft, found, [Turn(Author.CUSTOMER, statement.asked)]


def caught(statement: Statement, bank: Bank) -> list[str]:
    """Why the guard holds a reply back; empty when it lets it go."""
    return [each.reason for each in guard.caught(*case(statement, bank))]


def _passages(source: str, bank: Bank) -> list[FoundPassage]:
    title, url, tongue, body = _article(source, bank)
    return [
        FoundPassage(f"p{n}", source, title, url, cut.heading_path, cut.text, "", tongue, 1.0, 1.0)
        for n, cut in enumerate(passages.cut(body, title))
    ]


def _article(source: str, bank: Bank) -> tuple[str, str, str, str]:
    if source.startswith(BANK):
        title, body = bank[source.removeprefix(BANK)]
        return title, "", "en", body
    read = markdown.read((ARTICLES / source.removeprefix(SHOP)).read_bytes())
    return str(read.about["title"]), str(read.about["url"]), str(read.about["language"]), read.body
