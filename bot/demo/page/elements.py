"""The elements of blocks as HTML: buttons, fields, pictures. Each carries what the script needs to press it."""

import json
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from bot.demo.page import menus, mrkdwn
from bot.demo.page.mrkdwn import Names

Json = dict[str, Any]

FIELDS = {
    "plain_text_input": "text",
    "number_input": "number",
    "email_text_input": "email",
    "url_text_input": "url",
    "datepicker": "date",
    "timepicker": "time",
    "datetimepicker": "datetime-local",
    "file_input": "file",
}
LIMITS = (
    ("min_length", "minlength"),
    ("max_length", "maxlength"),
    ("min_value", "min"),
    ("max_value", "max"),
    ("initial_date_time", "data-epoch"),
)
STYLES = ("primary", "danger")


@dataclass(frozen=True)
class Label:
    """What an input asks for, and whether it must be filled."""

    text: str
    required: bool


def text_of(text: Json | None, names: Names) -> Markup:
    """A text object: plain or mrkdwn."""
    if not text:
        return Markup("")
    words = str(text.get("text", ""))
    return mrkdwn.html(words, names) if text.get("type") == "mrkdwn" else mrkdwn.plain(words)


def element(shown: Json, block_id: str, names: Names, *, label: Label | None = None, large: bool = False) -> Markup:
    """One element.

    Args:
        shown: Slack's JSON of the element.
        block_id: the block it stands in.
        names: how people and channels are called.
        label: what an input block asks for with it.
        large: whether a picture is an accessory rather than part of a line.
    """
    match shown.get("type", ""):
        case "button" | "workflow_button" | "icon_button":
            return _button(shown, block_id, names)
        case "feedback_buttons":
            return _feedback(shown, block_id, names)
        case "image":
            return image(shown, size="accessory" if large else "small")
        case "overflow":
            return _overflow(shown, block_id, names)
        case "radio_buttons" | "checkboxes":
            return menus.choices(shown, _attributes(shown, block_id, label), names)
        case kind if kind in menus.SELECTS:
            return menus.select(shown, _attributes(shown, block_id, label), names)
        case "rich_text_input":
            return _field(shown, _attributes(shown, block_id, label))
        case kind if kind in FIELDS:
            return _field(shown, _attributes(shown, block_id, label))
        case "mrkdwn" | "plain_text":
            return Markup("<span>{}</span>").format(text_of(shown, names))
        case kind:
            return Markup('<span class="unknown">({})</span>').format(kind)


def image(shown: Json, *, size: str = "picture") -> Markup:
    """A picture from http(s) or from this server; one that Slack keeps is found by its file's id."""
    kept = shown.get("slack_file") or {}
    address = mrkdwn.safe_address(str(shown.get("image_url") or kept.get("url") or ""))
    if not address and kept.get("id"):
        address = f"/files/{kept['id']}/picture"
    return picture(address, str(shown.get("alt_text", "")), size=size)


def picture(address: str, alt: str, *, size: str = "picture") -> Markup:
    """A picture by an address that is known to be safe."""
    return Markup('<img class="{}" src="{}" alt="{}">').format(size, address, alt)


def _attributes(shown: Json, block_id: str, label: Label | None) -> Markup:
    """Everything that tells the script what this element is."""
    hint = str((shown.get("placeholder") or {}).get("text", ""))
    name = label.text if label else str(shown.get("accessibility_label") or hint or "Choose")
    return Markup('data-block-id="{}" data-action-id="{}" data-type="{}" aria-label="{}"{}{}{}').format(
        block_id,
        shown.get("action_id", ""),
        shown.get("type", ""),
        name,
        Markup(" data-required") if label and label.required else "",
        Markup(" data-autofocus") if shown.get("focus_on_load") else "",
        _confirm(shown),
    )


def _keys(shown: Json, block_id: str) -> Markup:
    return Markup('data-block-id="{}" data-action-id="{}" data-type="{}"').format(
        block_id, shown.get("action_id", ""), shown.get("type", "")
    )


def _confirm(shown: Json) -> Markup:
    """What is asked before the press counts, as the words of its dialog."""
    asked = shown.get("confirm")
    if not asked:
        return Markup("")
    words = {key: (asked.get(key) or {}).get("text", "") for key in ("title", "text", "confirm", "deny")}
    return Markup(' data-confirm="{}"').format(json.dumps({**words, "style": asked.get("style", "")}))


def _button(shown: Json, block_id: str, names: Names) -> Markup:
    style = shown["style"] if shown.get("style") in STYLES else "default"
    value = Markup(' data-value="{}"').format(shown["value"]) if "value" in shown else Markup("")
    address = mrkdwn.safe_address(str(shown.get("url") or ""))
    url = Markup(' data-url="{}"').format(address) if address else Markup("")
    label = Markup(' aria-label="{}"').format(shown["accessibility_label"]) if shown.get("accessibility_label") else ""
    return Markup('<button type="button" class="act {}" {}{}{}{}{}>{}{}</button>').format(
        style,
        _keys(shown, block_id),
        value,
        url,
        _confirm(shown),
        label,
        text_of(shown.get("text"), names),
        Markup(' <span aria-hidden="true">↗</span>') if address else "",
    )


def _feedback(shown: Json, block_id: str, names: Names) -> Markup:
    both = (("👍", shown.get("positive_button") or {}), ("👎", shown.get("negative_button") or {}))
    same = {"type": "feedback_buttons", "action_id": shown.get("action_id", "")}
    return Markup("").join(
        _button(
            {**each, **same, "text": {**(each.get("text") or {}), "text": f"{mark} {_words(each)}"}}, block_id, names
        )
        for mark, each in both
    )


def _words(button: Json) -> str:
    return str((button.get("text") or {}).get("text", ""))


def _overflow(shown: Json, block_id: str, names: Names) -> Markup:
    items = Markup("").join(
        Markup('<button type="button" role="menuitem" data-option="{}"{}>{}</button>').format(
            json.dumps(option),
            Markup(' data-url="{}"').format(mrkdwn.safe_address(option["url"])) if option.get("url") else "",
            text_of(option.get("text"), names),
        )
        for option in shown.get("options", [])
    )
    return Markup(
        '<details class="overflow" {}{}><summary aria-label="More actions">⋯</summary>'
        '<div role="menu">{}</div></details>'
    ).format(_keys(shown, block_id), _confirm(shown), items)


def _field(shown: Json, attributes: Markup) -> Markup:
    hint = (shown.get("placeholder") or {}).get("text", "")
    limits = Markup("").join(
        Markup(' {}="{}"').format(name, shown[key]) for key, name in LIMITS if shown.get(key) not in (None, "")
    )
    if shown.get("multiline") or shown.get("type") == "rich_text_input":
        first = shown.get("initial_value") or ""
        words = _rich_words(first) if isinstance(first, dict) else str(first)
        return Markup('<textarea rows="4" placeholder="{}" {}{}>{}</textarea>').format(hint, attributes, limits, words)
    if shown.get("type") == "number_input":
        limits += Markup(' step="{}"').format("any" if shown.get("is_decimal_allowed") else "1")
    if shown.get("type") == "file_input":
        return Markup('<input type="file" multiple {}>').format(attributes)
    first = shown.get("initial_value") or shown.get("initial_date") or shown.get("initial_time") or ""
    kind = FIELDS[str(shown["type"])]
    return Markup('<input type="{}" placeholder="{}" value="{}" {}{}>').format(kind, hint, first, attributes, limits)


def _rich_words(rich: Json) -> str:
    """The words of a rich text, for a field that holds plain ones."""
    return "\n".join(
        "".join(str(piece.get("text", "")) for piece in part.get("elements", [])) for part in rich.get("elements", [])
    )
