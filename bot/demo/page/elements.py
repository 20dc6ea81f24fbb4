"""The elements of blocks as HTML: buttons, menus, fields. Each carries what the script needs to press it."""

import json
from typing import Any

from markupsafe import Markup

from bot.demo.page import mrkdwn
from bot.demo.page.mrkdwn import Names

Json = dict[str, Any]

MENUS = (
    "static_select",
    "multi_static_select",
    "external_select",
    "users_select",
    "conversations_select",
    "channels_select",
)
FIELDS = {
    "number_input": "number",
    "email_text_input": "email",
    "url_text_input": "url",
    "datepicker": "date",
    "timepicker": "time",
    "datetimepicker": "datetime-local",
}


def text_of(text: Json | None, names: Names) -> Markup:
    """A text object: plain or mrkdwn."""
    if not text:
        return Markup("")
    words = str(text.get("text", ""))
    return mrkdwn.html(words, names) if text.get("type") == "mrkdwn" else mrkdwn.plain(words)


def element(shown: Json, block_id: str, names: Names) -> Markup:
    """One element."""
    kind = shown.get("type", "")
    if kind == "button":
        return _button(shown, block_id, names)
    if kind in ("image",):
        return image(shown.get("image_url", ""), shown.get("alt_text", ""), small=True)
    if kind == "overflow":
        return _overflow(shown, block_id, names)
    if kind in ("radio_buttons", "checkboxes"):
        return _choices(shown, block_id, names)
    if kind in MENUS:
        return _menu(shown, block_id)
    if kind in ("plain_text_input", "rich_text_input") or kind in FIELDS:
        return _field(shown, block_id)
    if kind == "feedback_buttons":
        both = [shown.get("positive_button") or {}, shown.get("negative_button") or {}]
        return Markup("").join(
            _button({**each, "type": "button", "action_id": shown.get("action_id", "")}, block_id, names)
            for each in both
        )
    if kind in ("mrkdwn", "plain_text"):
        return Markup("<span>{}</span>").format(text_of(shown, names))
    return Markup('<span class="unknown">({})</span>').format(kind)


def image(address: str, alt: str, *, small: bool = False) -> Markup:
    """A picture from http(s) or from this server."""
    source = address if address.startswith("/") else mrkdwn.safe_address(address)
    form = (
        '<img class="small" src="{}" alt="{}">' if small else '<img class="picture" src="{}" alt="{}" loading="lazy">'
    )
    return Markup(form).format(source, alt)


def _keys(shown: Json, block_id: str) -> Markup:
    return Markup('data-block-id="{}" data-action-id="{}" data-type="{}"').format(
        block_id, shown.get("action_id", ""), shown.get("type", "")
    )


def _confirm(shown: Json) -> Markup:
    confirm = shown.get("confirm")
    if not confirm:
        return Markup("")
    words = {name: (confirm.get(name) or {}).get("text", "") for name in ("title", "text", "confirm", "deny")}
    return Markup(' data-confirm="{}"').format(json.dumps(words))


def _button(shown: Json, block_id: str, names: Names) -> Markup:
    style = shown.get("style") or "default"
    value = Markup(' data-value="{}"').format(shown["value"]) if "value" in shown else Markup("")
    address = mrkdwn.safe_address(shown.get("url") or "")
    link = Markup(' data-url="{}"').format(address) if address else Markup("")
    label = Markup(' aria-label="{}"').format(shown["accessibility_label"]) if shown.get("accessibility_label") else ""
    return Markup('<button type="button" class="act {}" {}{}{}{}{}>{}</button>').format(
        style, _keys(shown, block_id), value, link, _confirm(shown), label, text_of(shown.get("text"), names)
    )


def _overflow(shown: Json, block_id: str, names: Names) -> Markup:
    items = Markup("").join(
        Markup('<button type="button" role="menuitem" data-option="{}">{}</button>').format(
            json.dumps(option), text_of(option.get("text"), names)
        )
        for option in shown.get("options", [])
    )
    return Markup(
        '<details class="overflow" {}{}><summary aria-label="More">⋯</summary><div role="menu">{}</div></details>'
    ).format(_keys(shown, block_id), _confirm(shown), items)


def _choices(shown: Json, block_id: str, names: Names) -> Markup:
    many = shown.get("type") == "checkboxes"
    initial = shown.get("initial_options") or ([shown["initial_option"]] if shown.get("initial_option") else [])
    chosen = {option.get("value") for option in initial}
    rows = Markup("").join(
        Markup('<label><input type="{}" name="{}" data-option="{}"{}> <span>{}{}</span></label>').format(
            "checkbox" if many else "radio",
            f"{block_id}-{shown.get('action_id', '')}",
            json.dumps(option),
            Markup(" checked") if option.get("value") in chosen else "",
            text_of(option.get("text"), names),
            Markup("<small>{}</small>").format(text_of(option["description"], names))
            if option.get("description")
            else "",
        )
        for option in shown.get("options", [])
    )
    return Markup('<fieldset class="choices" {}{}>{}</fieldset>').format(_keys(shown, block_id), _confirm(shown), rows)


def _menu(shown: Json, block_id: str) -> Markup:
    initial = (shown.get("initial_option") or {}).get("value")
    groups = shown.get("option_groups") or [{"options": shown.get("options", [])}]
    options = [option for group in groups for option in group.get("options", [])]
    many = Markup(" multiple") if shown.get("type", "").startswith("multi_") else ""
    hint = (shown.get("placeholder") or {}).get("text", "Choose…")
    rows = Markup("").join(
        Markup('<option data-option="{}"{}>{}</option>').format(
            json.dumps(option),
            Markup(" selected") if option.get("value") == initial else "",
            (option.get("text") or {}).get("text", ""),
        )
        for option in options
    )
    first = "" if many else Markup('<option value="">{}</option>').format(hint)
    return Markup('<select aria-label="{}" {}{}{}>{}{}</select>').format(
        hint, _keys(shown, block_id), _confirm(shown), many, first, rows
    )


def _field(shown: Json, block_id: str) -> Markup:
    hint = (shown.get("placeholder") or {}).get("text", "")
    initial = shown.get("initial_value") or shown.get("initial_date") or shown.get("initial_time") or ""
    most = Markup(' maxlength="{}"').format(shown["max_length"]) if shown.get("max_length") else ""
    keys = _keys(shown, block_id)
    if shown.get("multiline") or shown.get("type") == "rich_text_input":
        return Markup('<textarea rows="4" placeholder="{}" {}{}>{}</textarea>').format(hint, keys, most, initial)
    kind = FIELDS.get(shown.get("type", ""), "text")
    return Markup('<input type="{}" placeholder="{}" value="{}" {}{}>').format(kind, hint, initial, keys, most)
