"""Slack's limits on the elements inside blocks, and on texts."""

from collections.abc import Iterator
from typing import Any

from bot.demo.workspace.channel import Json
from bot.demo.workspace.inputs import VALUE_KEYS

KNOWN = {"button", "overflow", "image", "workflow_button", "feedback_buttons", "icon_button", *VALUE_KEYS}
WITH_OPTIONS = {"static_select", "multi_static_select", "checkboxes", "radio_buttons", "overflow"}
ID, BUTTON_TEXT, OPTION_TEXT, VALUE, OPTION_VALUE, URL = 255, 75, 75, 2000, 150, 3000
OPTIONS, BOXES, OVERFLOW, GROUPS, PLACEHOLDER, INPUT_TEXT = 100, 10, 5, 100, 150, 3000
CONFIRM = {"title": 100, "text": 300, "confirm": 30, "deny": 30}
STYLES = ("primary", "danger")


def faults_of_element(element: Any, place: str) -> Iterator[str]:
    """What is wrong with an element, and where."""
    kind = element.get("type") if isinstance(element, dict) else None
    if not isinstance(element, dict) or not kind:
        yield f"missing required field: type [json-pointer:{place}]"
        return
    if not isinstance(kind, str) or kind not in KNOWN:
        yield f"unsupported type: {kind} [json-pointer:{place}/type]"
        return
    yield from longer(element.get("action_id") or "", ID, f"{place}/action_id")
    yield from text(element.get("placeholder"), PLACEHOLDER, f"{place}/placeholder", needed=False, plain=True)
    if kind == "button":
        yield from _button(element, place)
    if kind == "plain_text_input" and element.get("max_length", 1) not in range(1, INPUT_TEXT + 1):
        yield f"must be less than {INPUT_TEXT + 1} [json-pointer:{place}/max_length]"
    if kind in WITH_OPTIONS:
        yield from _options(element, kind, place)
    if element.get("confirm") is not None:
        confirm = _mapping(element["confirm"])
        for name, most in CONFIRM.items():
            yield from text(confirm.get(name), most, f"{place}/confirm/{name}", needed=name == "title")


def _button(button: Json, place: str) -> Iterator[str]:
    yield from text(button.get("text"), BUTTON_TEXT, f"{place}/text", plain=True)
    yield from longer(button.get("value") or "", VALUE, f"{place}/value")
    yield from longer(button.get("url") or "", URL, f"{place}/url")
    if button.get("style") and button["style"] not in STYLES:
        yield f"must be a valid enum value [json-pointer:{place}/style]"


def _options(element: Json, kind: str, place: str) -> Iterator[str]:
    groups = element.get("option_groups")
    if groups is not None and "select" in kind:
        yield from some(groups, GROUPS, f"{place}/option_groups")
        for number, group in enumerate(_mapping(each) for each in listed(groups)):
            spot = f"{place}/option_groups/{number}"
            yield from text(group.get("label"), OPTION_TEXT, f"{spot}/label", plain=True)
            yield from _each_option(group.get("options"), OPTIONS, f"{spot}/options")
        return
    most = {"overflow": OVERFLOW, "checkboxes": BOXES, "radio_buttons": BOXES}.get(kind, OPTIONS)
    yield from _each_option(element.get("options"), most, f"{place}/options")


def _each_option(options: Any, most: int, place: str) -> Iterator[str]:
    options = options or []
    yield from some(options, most, place)
    for number, option in enumerate(_mapping(each) for each in listed(options)):
        yield from text(option.get("text"), OPTION_TEXT, f"{place}/{number}/text")
        yield from text(option.get("description"), OPTION_TEXT, f"{place}/{number}/description", needed=False)
        yield from longer(option.get("value") or "", OPTION_VALUE, f"{place}/{number}/value")


def _mapping(found: Any) -> Json:
    return found if isinstance(found, dict) else {}


def listed(found: Any) -> list[Any]:
    """The items of what should be a list; none when it is not."""
    return found if isinstance(found, list) else []


def text(found: Any, most: int, place: str, *, needed: bool = True, plain: bool = False) -> Iterator[str]:
    """What is wrong with a text object; `plain` allows no mrkdwn."""
    if found is None and not needed:
        return
    shown = _mapping(found)
    words = shown.get("text")
    if not isinstance(words, str) or not words:
        yield f"must be more than 0 characters [json-pointer:{place}/text]"
        return
    if shown.get("type") not in (("plain_text",) if plain else ("plain_text", "mrkdwn")):
        yield f"must be a valid text object [json-pointer:{place}/type]"
    yield from longer(words, most, f"{place}/text")


def longer(words: Any, most: int, place: str) -> Iterator[str]:
    """Whether a text is too long."""
    if not isinstance(words, str):
        yield f"must be a string [json-pointer:{place}]"
    elif len(words) > most:
        yield f"must be less than {most + 1} characters [json-pointer:{place}]"


def many(items: Any, most: int, place: str) -> Iterator[str]:
    """Whether there are too many items."""
    if not isinstance(items, list):
        yield f"must be an array [json-pointer:{place}]"
    elif len(items) > most:
        yield f"no more than {most} items allowed [json-pointer:{place}]"


def some(items: Any, most: int, place: str) -> Iterator[str]:
    """Whether there are no items, or too many."""
    if isinstance(items, list) and not items:
        yield f"no fewer than 1 items allowed [json-pointer:{place}]"
    yield from many(items, most, place)
