"""Whatever it is told, each view is one that Slack takes: its limits, nothing that calls anybody, no hole in the words.

Arguments are made from the types that a view asks for, as long and as nasty as they can be, so that a new view is
tested from its first day.
"""

import importlib
import inspect
import pkgutil
import re
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from pydantic import BaseModel
from slack_sdk.models.basic_objects import JsonObject
from slack_sdk.models.blocks import Block, DividerBlock

import bot.views
from bot.demo.workspace import blocks as limits
from bot.views import answers, budget, customer, post, report_entry, review, texts
from bot.views.ids import ConversationRef
from bot.views.post import MOST_TEXT, Post, View
from handoff.report import Report
from handoff.stages import LONGEST_NAME
from storage.kinds import Stage
from tests.bot.reports import samples
from tests.bot.views.checking import fits, view_fits

NASTY = "<!channel> <@U1> &amp & *bold* _it_ ~no~ `code` www.bad.example \n" * 150
WORDS = (NASTY, "w" * 12_000, "🙂 ü ﷽ 漢字 " * 1500, "&<>" * 4000)
MANY = 90
HOLE = re.compile(r"\bNone\b(?! yet| reviewed)|\{(?!date|time)[a-z_]*\}")
"""What nobody filled in."""
ROUNDS = 8
"""As many as the longest list of members has that a view tells apart."""
LINK = f"https://larkfell.slack.example/archives/C0123456789/p1700000000000100?thread_ts={'1' * 300}"
LONG_ID = "U0123456789"
IDS = ("id", "_ids", "by", "agent", "customer")
OURS = {"language": "en", "company": "Larkfell"}
NOT_SHOWN = {"block", "post"}
"""Modules that put together what others wrote and escaped."""


def views() -> Iterator[Callable[..., Any]]:
    """Every public function of a view that returns something to show."""
    for each in pkgutil.iter_modules(bot.views.__path__):
        if each.name in NOT_SHOWN:
            continue
        module = importlib.import_module(f"bot.views.{each.name}")
        for name, found in inspect.getmembers(module, inspect.isfunction):
            if found.__module__ == module.__name__ and not name.startswith("_") and _shows(found):
                yield found


def _shows(found: Callable[..., Any]) -> bool:
    made = get_type_hints(found).get("return")
    return made in (Post, View, list[Block], Block)


VIEWS = {f"{view.__module__.rpartition('.')[2]}.{view.__name__}": view for view in views()}


class Making:
    """Makes arguments; `round_` chooses among members, words and whether something is there."""

    def __init__(self, round_: int) -> None:
        self.round = round_

    def arguments(self, view: Callable[..., Any]) -> dict[str, Any]:
        """All arguments of a view."""
        hints = get_type_hints(view)
        return {name: self.one(hints[name], name) for name in inspect.signature(view).parameters}

    def one(self, hint: Any, name: str) -> Any:
        """A value of a type, as long as it may be."""
        origin, inner = get_origin(hint), get_args(hint)
        if known := self._known(hint, name):
            return known()
        if origin is Literal:
            return inner[self.round % len(inner)]
        if origin in (typing.Union, types.UnionType):
            there = [each for each in inner if each is not type(None)]
            return None if len(there) < len(inner) and self.round % 3 == 2 else self.one(there[0], name)
        if origin is tuple and inner[-1:] != (Ellipsis,):
            return tuple(self.one(each, name) for each in inner)
        if origin in (list, tuple, Sequence):
            made = [self.one(inner[0], name) for _ in range(MANY)]
            return tuple(made) if origin is tuple else made
        if origin in (dict, Mapping):
            return {f"{self.one(inner[0], name)}{number}": self.one(inner[1], name) for number in range(MANY)}
        if isinstance(hint, type) and issubclass(hint, Enum):
            members = list(hint)
            return members[self.round % len(members)]
        return self._composed(hint)

    def _known(self, hint: Any, name: str) -> Callable[[], Any] | None:
        """Makers of plain types, and of what has an order of its own."""
        makers: dict[Any, Callable[[], Any]] = {
            str: lambda: self._text(name),
            bool: lambda: self.round % 2 == 0,
            int: lambda: 3 if name == "score" else 1_234_567,
            float: lambda: 0.1234,
            datetime: lambda: datetime(2026, 9, 30, 23, 59, tzinfo=UTC),
            date: lambda: date(2026, 9, 30),
            Report: lambda: samples.NASTY,
            Post: lambda: customer.clarify(NASTY, ref=self.one(ConversationRef, name), first=True, **OURS),
        }
        if hint in (Sequence[Block], tuple[Block, ...]):
            return lambda: self._blocks(name)
        return makers.get(hint)

    def _text(self, name: str) -> str:
        if name == "language":
            return [*texts.LANGUAGES, "xx"][self.round % (len(texts.LANGUAGES) + 1)]
        if "link" in name or "url" in name:
            return LINK
        if name == "role":
            return ("customer", "agent", "manager")[self.round % 3]
        if name.endswith(IDS) or name in ("key", "version", "candidate", "theme", "day", "ref"):
            return LONG_ID
        if name in ("topic", "name"):
            return WORDS[self.round % len(WORDS)][:LONGEST_NAME]
        if name in ("first_day", "last_day"):
            return "2026-09-30"
        if name == "cost":
            return budget.today(1_234_567.0, 1_234_567.0)
        if name == "stage":
            return list(Stage)[self.round % len(Stage)]
        if name in ("audience", "audiences"):
            return ("customer", "internal", f"group:{'g' * 140}")[self.round % 3]
        if name == "schedule":
            return WORDS[self.round % len(WORDS)][:LONGEST_NAME]
        return WORDS[self.round % len(WORDS)]

    def _blocks(self, name: str) -> list[Block]:
        """What other views made, as App Home and cards are given it."""
        match name:
            case "report":
                return report_entry.on_home(self.one(report_entry.LastReport, name))
            case "reviews":
                return review.review_entry(1_234_567)
            case "answers":
                return answers.on_home(self.one(Sequence[answers.TaughtAnswer], name))
            case "lesson":
                return answers.on_card(**self.arguments(answers.on_card))
            case _:
                return [DividerBlock()]

    def _composed(self, hint: Any) -> Any:
        """A dataclass or a model, part by part."""
        assert isinstance(hint, type), hint
        if issubclass(hint, BaseModel):
            parts = {name: field.annotation for name, field in hint.model_fields.items()}
            return hint(**{part: LONG_ID if kind is str else self.one(kind, part) for part, kind in parts.items()})
        assert is_dataclass(hint), hint
        hints = get_type_hints(hint)
        parts = {each.name: hints[each.name] for each in fields(hint) if each.init}
        return hint(**{name: self.one(part, name) for name, part in parts.items()})


def marked_up(shown: object) -> Iterator[str]:
    """Every text that Slack reads for mentions and links."""
    if isinstance(shown, Mapping):
        found = typing.cast("Mapping[str, object]", shown)
        if found.get("type") == "mrkdwn":
            yield str(found["text"])
        for value in found.values():
            yield from marked_up(value)
    elif isinstance(shown, list | tuple):
        for each in typing.cast("Sequence[object]", shown):
            yield from marked_up(each)


def check_post(post: Post) -> None:
    """One message."""
    fits(post)
    assert len(post.text) <= MOST_TEXT
    for text in (post.text, *marked_up(post.blocks)):
        assert "<!channel" not in text
        assert not HOLE.search(text)


@pytest.mark.parametrize("name", VIEWS)
def test_slack_takes_it_whatever_is_in_it(name: str) -> None:
    for round_ in range(ROUNDS):
        made = VIEWS[name](**Making(round_).arguments(VIEWS[name]))
        if isinstance(made, Post):
            check_post(made)
        elif isinstance(made, dict):
            view_fits(typing.cast("dict[str, Any]", made))
            assert not any("<!channel" in text or HOLE.search(text) for text in marked_up(made))
        else:
            shown = [each.to_dict() for each in (made if isinstance(made, list) else [made])]
            limits.check(shown, most=limits.IN_VIEWS)
            assert not any("<!channel" in text for text in marked_up(shown))


@pytest.mark.parametrize("name", VIEWS)
def test_it_is_word_for_word_what_the_sdk_makes_of_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = post.as_json

    def compared(shown: JsonObject) -> dict[str, Any]:
        made = ours(shown)
        assert made == shown.to_dict()
        return made

    monkeypatch.setattr(post, "as_json", compared)
    VIEWS[name](**Making(0).arguments(VIEWS[name]))


def test_every_view_is_found() -> None:
    assert len(VIEWS) > 100
