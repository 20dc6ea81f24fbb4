"""False replies that turn a condition, a role, a limit or a degree of their source, and faithful ones, by the YAML."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from bot.knowledge import passages
from handoff import guard
from handoff.draft import Author, Draft, FoundPassage, Mood, Turn

FILE = Path(__file__).with_name("conditions.yaml")
MENDED, HELD = "mended", "held"
"""The set that rules were mended on, and the one that was run once, after that."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply to a question, and whether its source says so."""

    part: str
    title: str
    source: str
    asked: str
    text: str
    turned: str
    """What it turns of its source; empty for a faithful one."""

    @property
    def caught(self) -> list[str]:
        """Why the guard holds it back; empty when it lets it go."""
        return [each.reason for each in guard.caught(*case(self.title, self.source, self.text, self.asked))]


@cache
def replies() -> tuple[Reply, ...]:
    """All of them, in the order of the file."""
    return tuple(_read())


def _read() -> Iterator[Reply]:
    for told in yaml.safe_load(FILE.read_text(encoding="utf-8")):
        place = (told["set"], told["title"], told["text"], told["asked"])
        yield from (Reply(*place, text, way) for way, text in told["twisted"])
        yield from (Reply(*place, text, "") for text in told["faithful"])


def case(title: str, source: str, reply: str, asked: str = "") -> tuple[Draft, list[FoundPassage], list[Turn]]:
    """A reply as the guard takes it: of a model that cites every passage and is certain."""
    cuts = passages.cut(source, title)
    found = [
        FoundPassage(f"p{n}", "a1", title, "", cut.heading_path, cut.text, "", "en", 1.0, 1.0)
        for n, cut in enumerate(cuts)
    ]
    cited = tuple(each.passage_id for each in found)
    draft = Draft(reply, cited, "", answerable=True, own_confidence=1.0, mood=Mood(), language="en")
    return draft, found, [Turn(Author.CUSTOMER, asked)]
