"""What people filled in: the values of a view's elements, and what Slack's own app refuses to send."""

from collections.abc import Iterator
from typing import Any

from bot.demo.workspace.channel import Json

VALUE_KEYS = {
    "plain_text_input": "value",
    "number_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "rich_text_input": "rich_text_value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "checkboxes": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "file_input": "files",
}
"""The key under which `state.values` holds what each kind of element says."""
INITIAL_KEYS = {
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_conversation": "initial_conversation",
    "selected_conversations": "initial_conversations",
    "selected_channel": "initial_channel",
    "selected_channels": "initial_channels",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
    "value": "initial_value",
    "rich_text_value": "initial_value",
}
NEEDED = "Please complete this required field."


def elements(block: Json) -> Iterator[Json]:
    """The elements of a block."""
    yield from (each for each in block.get("elements") or () if isinstance(each, dict))
    for name in ("accessory", "element"):
        if isinstance(block.get(name), dict):
            yield block[name]


def find(blocks: list[Json], block_id: str, action_id: str) -> Json | None:
    """The element with these ids."""
    for block in blocks:
        if block.get("block_id") == block_id:
            return next((each for each in elements(block) if each.get("action_id") == action_id), None)
    return None


def initial_values(blocks: list[Json]) -> Json:
    """What a view says before anybody touched it, by block id and action id."""
    found: Json = {}
    for block in blocks:
        for element in elements(block):
            key = VALUE_KEYS.get(element.get("type", ""))
            if key:
                empty: Any = [] if key.endswith("s") else None
                value = element.get(INITIAL_KEYS.get(key, ""), empty)
                values = found.setdefault(block["block_id"], {})
                values[element["action_id"]] = {"type": element["type"], key: value}
    return found


def chosen(element: Json | None, action: Json) -> Json:
    """What a press says: what the person chose, with what the element itself knows."""
    if element is None:
        return {"type": "button", **action}
    known = {key: element[key] for key in ("type", "text", "value", "style", "placeholder", "url") if key in element}
    return {**known, **action, "type": element["type"]}


def filled(blocks: list[Json], before: Json, given: Json) -> Json:
    """The values of a form: those before, with what the person gave."""
    values = {block_id: dict(by_action) for block_id, by_action in before.items()}
    for block_id, by_action in given.items():
        for action_id, value in by_action.items():
            element = find(blocks, block_id, action_id) or {}
            kind = {"type": element["type"]} if "type" in element else {}
            values.setdefault(block_id, {})[action_id] = {**value, **kind}
    return values


def missing(blocks: list[Json], values: Json) -> Json:
    """What Slack's own app says beside each field before it lets a form go; empty when the form is complete."""
    errors: Json = {}
    for block in blocks:
        element = block.get("element")
        if block.get("type") != "input" or not isinstance(element, dict):
            continue
        said = values.get(block["block_id"], {}).get(element["action_id"], {}).get(VALUE_KEYS.get(element["type"], ""))
        if not said and not block.get("optional"):
            errors[block["block_id"]] = NEEDED
        elif isinstance(said, str) and said and element["type"] == "plain_text_input":
            if len(said) < element.get("min_length", 0):
                errors[block["block_id"]] = f"Please enter at least {element['min_length']} characters."
            elif len(said) > element.get("max_length", 3000):
                errors[block["block_id"]] = f"Please enter at most {element.get('max_length', 3000)} characters."
    return errors
