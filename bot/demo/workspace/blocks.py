"""Slack's limits on blocks, checked as Slack checks them: every fault is named with its place."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from bot.demo.workspace.channel import Json
from bot.demo.workspace.elements import faults_of_element, listed, longer, many, some, text
from bot.demo.workspace.errors import SlackError

IN_MESSAGES, IN_VIEWS = 50, 100
SECTION_TEXT, FIELD_TEXT, HEADER_TEXT, LABEL_TEXT, HINT_TEXT, IMAGE_TITLE = 3000, 2000, 150, 2000, 2000, 2000
FIELDS, CONTEXT_ELEMENTS, ACTION_ELEMENTS, FEEDBACK_ELEMENTS = 10, 10, 25, 5
ID, MARKDOWN, ALT_TEXT, URL = 255, 12_000, 2000, 3000
TABLE_ROWS, TABLE_CELLS = 100, 20
ALL_BLOCKS = 13_200
"""Characters of text in all blocks of a message, whatever their kinds; undocumented, found by those who met it:
https://github.com/slackapi/bolt-js/issues/2509 and https://github.com/slackapi/bolt-js/issues/2867."""
PRIVATE_METADATA, TITLE, VIEW_BYTES = 3000, 24, 250_000


def check(blocks: Any, *, most: int) -> None:
    """Check a message's or a view's blocks.

    Raises:
        SlackError: `invalid_blocks` or `invalid_blocks_format`, with what is wrong where, or `msg_blocks_too_long`.
    """
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    found = list(_faults(blocks, most))
    if found:
        raise SlackError(
            "invalid_blocks", errors=found, response_metadata={"messages": [f"[ERROR] {each}" for each in found]}
        )
    if most == IN_MESSAGES and _characters(blocks) > ALL_BLOCKS:
        raise SlackError("msg_blocks_too_long")


def _characters(shown: Any) -> int:
    """How much text there is, at any depth."""
    if isinstance(shown, dict):
        text = shown.get("text")
        return (len(text) if isinstance(text, str) else 0) + sum(map(_characters, shown.values()))
    return sum(map(_characters, shown)) if isinstance(shown, list) else 0


def check_view(view: Json, kind: str) -> None:
    """Check a modal (`kind` is `modal`) or an App Home (`home`).

    Raises:
        SlackError: `invalid_arguments` or `view_too_large`, with what is wrong where.
    """
    found = list(_faults_of_view(view, kind))
    blocks = view.get("blocks")
    if isinstance(blocks, list):
        found += [each.replace("/blocks", "/view/blocks") for each in _faults(blocks, IN_VIEWS)]
    else:
        found.append("missing required field: blocks [json-pointer:/view]")
    if found:
        raise SlackError.with_messages("invalid_arguments", *found)
    if len(json.dumps(view)) > VIEW_BYTES:
        raise SlackError("view_too_large")


def with_ids(blocks: list[Json], new_id: Callable[[], str]) -> list[Json]:
    """The blocks, where those and their elements that have no id are given one."""
    return [_with_ids(block, new_id) for block in blocks]


def _with_ids(block: Json, new_id: Callable[[], str]) -> Json:
    filled = block if block.get("block_id") else {**block, "block_id": new_id()}
    if block["type"] in ("actions", "context_actions"):
        filled = {**filled, "elements": [_with_action_id(each, new_id) for each in block["elements"]]}
    for name in ("accessory", "element"):
        if isinstance(block.get(name), dict):
            filled = {**filled, name: _with_action_id(block[name], new_id)}
    return filled


def _with_action_id(element: Json, new_id: Callable[[], str]) -> Json:
    if element["type"] == "image" or element.get("action_id"):
        return element
    return {**element, "action_id": new_id()}


def _faults_of_view(view: Json, kind: str) -> Iterator[str]:
    if view.get("type") != kind:
        yield f"must provide a view of type {kind} [json-pointer:/view/type]"
    if kind == "modal":
        yield from text(view.get("title"), TITLE, "/view/title", plain=True)
        for name in ("submit", "close"):
            yield from text(view.get(name), TITLE, f"/view/{name}", needed=False, plain=True)
        inputs = [each for each in listed(view.get("blocks")) if isinstance(each, dict) and each.get("type") == "input"]
        if inputs and not view.get("submit"):
            yield "missing required field: submit [json-pointer:/view]"
    yield from longer(view.get("private_metadata") or "", PRIVATE_METADATA, "/view/private_metadata")
    yield from longer(view.get("callback_id") or "", ID, "/view/callback_id")
    yield from longer(view.get("external_id") or "", ID, "/view/external_id")


def _faults(blocks: list[Any], most: int) -> Iterator[str]:
    if len(blocks) > most:
        yield f"no more than {most} items allowed [json-pointer:/blocks]"
    seen: set[str] = set()
    markdown = 0
    for index, block in enumerate(blocks):
        place = f"/blocks/{index}"
        kind = block.get("type") if isinstance(block, dict) else None
        if not isinstance(kind, str) or kind not in KINDS:
            yield f"unsupported type: {kind} [json-pointer:{place}/type]"
            continue
        block_id = block.get("block_id")
        if block_id:
            yield from longer(block_id, ID, f"{place}/block_id")
            if str(block_id) in seen:
                yield f"block_id {block_id} already exists [json-pointer:{place}/block_id]"
            seen.add(str(block_id))
        if kind == "markdown":
            markdown += len(str(block.get("text") or ""))
        yield from KINDS[kind](block, place)
    if markdown > MARKDOWN:
        yield f"must be no more than {MARKDOWN} characters in all markdown blocks"


def _section(block: Json, place: str) -> Iterator[str]:
    fields = block.get("fields")
    if not block.get("text") and not fields:
        yield f"missing required field: text or fields [json-pointer:{place}]"
    yield from text(block.get("text"), SECTION_TEXT, f"{place}/text", needed=False)
    if fields is not None:
        yield from some(fields, FIELDS, f"{place}/fields")
        for number, field in enumerate(listed(fields)):
            yield from text(field, FIELD_TEXT, f"{place}/fields/{number}")
    if block.get("accessory"):
        yield from faults_of_element(block["accessory"], f"{place}/accessory")


def _header(block: Json, place: str) -> Iterator[str]:
    yield from text(block.get("text"), HEADER_TEXT, f"{place}/text", plain=True)


def _context(block: Json, place: str) -> Iterator[str]:
    elements = block.get("elements") or []
    yield from some(elements, CONTEXT_ELEMENTS, f"{place}/elements")
    for number, element in enumerate(listed(elements)):
        spot = f"{place}/elements/{number}"
        kind = element.get("type") if isinstance(element, dict) else None
        if kind in ("mrkdwn", "plain_text"):
            yield from text(element, SECTION_TEXT, spot)
        elif kind == "image":
            yield from _image(element, spot)
        else:
            yield f"unsupported type: {kind} [json-pointer:{spot}/type]"


def _actions(block: Json, place: str) -> Iterator[str]:
    elements = block.get("elements") or []
    most = ACTION_ELEMENTS if block["type"] == "actions" else FEEDBACK_ELEMENTS
    yield from some(elements, most, f"{place}/elements")
    ids = [str(each["action_id"]) for each in listed(elements) if isinstance(each, dict) and each.get("action_id")]
    if len(ids) != len(set(ids)):
        yield f"action_id must be unique within the block [json-pointer:{place}/elements]"
    for number, element in enumerate(listed(elements)):
        yield from faults_of_element(element, f"{place}/elements/{number}")


def _input(block: Json, place: str) -> Iterator[str]:
    yield from text(block.get("label"), LABEL_TEXT, f"{place}/label", plain=True)
    yield from text(block.get("hint"), HINT_TEXT, f"{place}/hint", needed=False, plain=True)
    yield from faults_of_element(block.get("element"), f"{place}/element")


def _image(block: Json, place: str) -> Iterator[str]:
    if not block.get("image_url") and not block.get("slack_file"):
        yield f"missing required field: image_url [json-pointer:{place}]"
    if not block.get("alt_text"):
        yield f"missing required field: alt_text [json-pointer:{place}]"
    yield from longer(block.get("image_url") or "", URL, f"{place}/image_url")
    yield from longer(block.get("alt_text") or "", ALT_TEXT, f"{place}/alt_text")
    if block.get("title"):
        yield from text(block["title"], IMAGE_TITLE, f"{place}/title", plain=True)


def _markdown(block: Json, place: str) -> Iterator[str]:
    if not block.get("text") or not isinstance(block["text"], str):
        yield f"missing required field: text [json-pointer:{place}]"


def _rich_text(block: Json, place: str) -> Iterator[str]:
    known = {"rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"}
    if not isinstance(block.get("elements"), list):
        yield f"missing required field: elements [json-pointer:{place}]"
        return
    for number, element in enumerate(block["elements"]):
        kind = element.get("type") if isinstance(element, dict) else None
        if kind not in known:
            yield f"unsupported type: {kind} [json-pointer:{place}/elements/{number}/type]"


def _table(block: Json, place: str) -> Iterator[str]:
    rows = block.get("rows") or []
    yield from some(rows, TABLE_ROWS, f"{place}/rows")
    for number, row in enumerate(listed(rows)):
        yield from many(row, TABLE_CELLS, f"{place}/rows/{number}")


def _anything(_block: Json, _place: str) -> Iterator[str]:
    return iter(())


KINDS: dict[str, Callable[[Json, str], Iterator[str]]] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "context_actions": _actions,
    "input": _input,
    "image": _image,
    "markdown": _markdown,
    "rich_text": _rich_text,
    "table": _table,
} | dict.fromkeys(
    ("divider", "file", "video", "alert", "card", "carousel", "plan", "task_card", "data_table"), _anything
)
"""What is checked of each kind of block."""
