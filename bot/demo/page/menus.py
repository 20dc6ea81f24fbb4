"""The elements in which people choose: menus, radio buttons, checkboxes."""

import json
from typing import Any

from markupsafe import Markup

from bot.demo.page import mrkdwn
from bot.demo.page.mrkdwn import Names

Json = dict[str, Any]

KINDS = ("static_select", "external_select", "users_select", "conversations_select", "channels_select")
SELECTS = frozenset((*KINDS, *(f"multi_{kind}" for kind in KINDS)))
INITIAL = {
    "users_select": "initial_user",
    "conversations_select": "initial_conversation",
    "channels_select": "initial_channel",
}


def select(shown: Json, attributes: Markup, names: Names) -> Markup:
    """A menu of which one, or for `multi_…` several, can be chosen."""
    kind = str(shown["type"])
    hint = str((shown.get("placeholder") or {}).get("text", "")) or "Choose…"
    if kind.endswith("external_select"):
        return _external(shown, attributes, hint)
    if kind.startswith("multi_"):
        rows = [_choice(option, "checkbox", "", _chosen(shown), names) for option in _options(shown, names)]
        return Markup(
            '<details class="multi"><summary data-hint="{}">{}</summary>'
            '<fieldset class="choices" {}>{}</fieldset></details>'
        ).format(hint, hint, attributes, Markup("").join(rows))
    groups = shown.get("option_groups") or [{"options": _options(shown, names)}]
    shown_groups = Markup("").join(_group(group, _chosen(shown)) for group in groups)
    return Markup('<select {}><option value="">{}</option>{}</select>').format(attributes, hint, shown_groups)


def choices(shown: Json, attributes: Markup, names: Names) -> Markup:
    """Radio buttons or checkboxes, one a row."""
    kind = "checkbox" if shown.get("type") == "checkboxes" else "radio"
    group = f"choice-{shown.get('action_id', '')}"
    rows = [_choice(option, kind, group, _chosen(shown), names) for option in shown.get("options", [])]
    return Markup('<fieldset class="choices" {}>{}</fieldset>').format(attributes, Markup("").join(rows))


def _options(shown: Json, names: Names) -> list[Json]:
    """The options; people and channels are those of the workspace."""
    if shown.get("option_groups"):
        return [option for group in shown["option_groups"] for option in group.get("options", [])]
    kind = str(shown["type"]).removeprefix("multi_")
    if kind == "static_select":
        return shown.get("options", [])
    known = names.people if kind == "users_select" else names.places
    return [{"text": {"type": "plain_text", "text": name}, "value": identifier} for identifier, name in known]


def _chosen(shown: Json) -> set[str]:
    """The values that are chosen from the start."""
    options = shown.get("initial_options") or ([shown["initial_option"]] if shown.get("initial_option") else [])
    kind = str(shown.get("type", "")).removeprefix("multi_")
    one = INITIAL.get(kind, "")
    ids = shown.get(f"{one}s") or ([shown[one]] if shown.get(one) else [])
    return {str(option.get("value")) for option in options} | {str(each) for each in ids}


def _group(group: Json, chosen: set[str]) -> Markup:
    rows = Markup("").join(
        Markup('<option data-option="{}"{}>{}</option>').format(
            json.dumps(option),
            Markup(" selected") if option.get("value") in chosen else "",
            mrkdwn.plain(str((option.get("text") or {}).get("text", ""))),
        )
        for option in group.get("options", [])
    )
    label = (group.get("label") or {}).get("text")
    return Markup('<optgroup label="{}">{}</optgroup>').format(label, rows) if label else rows


def _choice(option: Json, kind: str, group: str, chosen: set[str], names: Names) -> Markup:
    more = option.get("description")
    return Markup('<label><input type="{}"{} data-option="{}"{}><span>{}{}</span></label>').format(
        kind,
        Markup(' name="{}"').format(group) if kind == "radio" else "",
        json.dumps(option),
        Markup(" checked") if option.get("value") in chosen else "",
        _words(option.get("text"), names),
        Markup("<small>{}</small>").format(_words(more, names)) if more else "",
    )


def _words(text: Json | None, names: Names) -> Markup:
    words = str((text or {}).get("text", ""))
    return mrkdwn.html(words, names) if (text or {}).get("type") == "mrkdwn" else mrkdwn.plain(words)


def _external(shown: Json, attributes: Markup, hint: str) -> Markup:
    """A menu whose options the app gives while a person types; the script asks for them."""
    least = shown.get("min_query_length")
    first = shown.get("initial_option") or next(iter(shown.get("initial_options") or []), None)
    known = Markup('<option value="{}" data-option="{}"></option>').format(_label(first), json.dumps(first))
    return Markup(
        '<span class="external"><input type="text" role="combobox" aria-expanded="false" autocomplete="off" '
        'data-external data-least="{}" placeholder="{}" value="{}" {}><datalist>{}</datalist></span>'
    ).format(3 if least is None else least, hint, _label(first) if first else "", attributes, known if first else "")


def _label(option: Json | None) -> str:
    return str(((option or {}).get("text") or {}).get("text", ""))
