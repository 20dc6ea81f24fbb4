"""Slack's limits on blocks, checked as Slack checks them: every fault is named with its place."""

from collections.abc import Iterator
from typing import Any

from bot.demo.workspace.errors import SlackError

Json = dict[str, Any]

KNOWN = {
    "section", "divider", "image", "actions", "context", "input", "header", "rich_text", "file", "video",
    "markdown", "table", "context_actions", "alert", "card", "carousel", "plan", "task_card", "data_table",
}  # fmt: skip
IN_MESSAGES, IN_VIEWS = 50, 100
SECTION_TEXT, FIELD_TEXT, HEADER_TEXT, BUTTON_TEXT, OPTION_TEXT = 3000, 2000, 150, 75, 75
FIELDS, CONTEXT_ELEMENTS, ACTION_ELEMENTS, OPTIONS = 10, 10, 25, 100
VALUE, OPTION_VALUE, ID, MARKDOWN, ALT_TEXT, URL = 2000, 150, 255, 12_000, 2000, 3000


def check(blocks: Any, *, most: int) -> None:
    """Check a message's or a view's blocks.

    Raises:
        SlackError: `invalid_blocks` or `invalid_blocks_format`, with what is wrong where.
    """
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    found = list(_faults(blocks, most))
    if found:
        raise SlackError(
            "invalid_blocks", errors=found, response_metadata={"messages": [f"[ERROR] {e}" for e in found]}
        )


def _faults(blocks: list[Any], most: int) -> Iterator[str]:
    if len(blocks) > most:
        yield f"no more than {most} items allowed [json-pointer:/blocks]"
    seen: set[str] = set()
    markdown = 0
    for index, block in enumerate(blocks):
        place = f"/blocks/{index}"
        kind = block.get("type") if isinstance(block, dict) else None
        if kind not in KNOWN:
            yield f"unsupported type: {kind} [json-pointer:{place}/type]"
            continue
        block_id = block.get("block_id")
        if block_id:
            yield from _longer(block_id, ID, f"{place}/block_id")
            if block_id in seen:
                yield f"block_id {block_id} already exists [json-pointer:{place}/block_id]"
            seen.add(block_id)
        if kind == "markdown":
            markdown += len(block.get("text", ""))
        yield from _of_block(block, kind, place)
    if markdown > MARKDOWN:
        yield f"must be no more than {MARKDOWN} characters in all markdown blocks"


def _of_block(block: Json, kind: str, place: str) -> Iterator[str]:
    match kind:
        case "section":
            if not block.get("text") and not block.get("fields"):
                yield f"missing required field: text or fields [json-pointer:{place}]"
            yield from _text(block.get("text"), SECTION_TEXT, f"{place}/text", required=False)
            fields = block.get("fields") or []
            yield from _many(fields, FIELDS, f"{place}/fields")
            for number, field in enumerate(fields):
                yield from _text(field, FIELD_TEXT, f"{place}/fields/{number}")
            if block.get("accessory"):
                yield from _element(block["accessory"], f"{place}/accessory")
        case "header":
            yield from _text(block.get("text"), HEADER_TEXT, f"{place}/text")
        case "context":
            elements = block.get("elements") or []
            yield from _some(elements, CONTEXT_ELEMENTS, f"{place}/elements")
        case "actions" | "context_actions":
            elements = block.get("elements") or []
            yield from _some(elements, ACTION_ELEMENTS if kind == "actions" else 5, f"{place}/elements")
            ids = [element.get("action_id") for element in elements if element.get("action_id")]
            if len(ids) != len(set(ids)):
                yield f"action_id must be unique within the block [json-pointer:{place}/elements]"
            for number, element in enumerate(elements):
                yield from _element(element, f"{place}/elements/{number}")
        case "input":
            yield from _text(block.get("label"), FIELD_TEXT, f"{place}/label")
            yield from _element(block.get("element") or {}, f"{place}/element")
        case "image":
            if not block.get("image_url") and not block.get("slack_file"):
                yield f"missing required field: image_url [json-pointer:{place}]"
            if not block.get("alt_text"):
                yield f"missing required field: alt_text [json-pointer:{place}]"
            yield from _longer(block.get("alt_text") or "", ALT_TEXT, f"{place}/alt_text")
        case _:
            return


def _element(element: Json, place: str) -> Iterator[str]:
    if not element.get("type"):
        yield f"missing required field: type [json-pointer:{place}]"
        return
    yield from _longer(element.get("action_id") or "", ID, f"{place}/action_id")
    if element["type"] == "button":
        yield from _text(element.get("text"), BUTTON_TEXT, f"{place}/text")
        yield from _longer(element.get("value") or "", VALUE, f"{place}/value")
        yield from _longer(element.get("url") or "", URL, f"{place}/url")
    options = element.get("options") or []
    yield from _many(options, OPTIONS, f"{place}/options")
    for number, option in enumerate(options):
        yield from _text(option.get("text"), OPTION_TEXT, f"{place}/options/{number}/text")
        yield from _longer(option.get("value") or "", OPTION_VALUE, f"{place}/options/{number}/value")


def _text(text: Any, most: int, place: str, *, required: bool = True) -> Iterator[str]:
    if text is None and not required:
        return
    words = text.get("text") if isinstance(text, dict) else None
    if not words:
        yield f"must be more than 0 characters [json-pointer:{place}/text]"
        return
    yield from _longer(words, most, f"{place}/text")


def _longer(text: str, most: int, place: str) -> Iterator[str]:
    if len(text) > most:
        yield f"must be less than {most + 1} characters [json-pointer:{place}]"


def _many(items: list[Any], most: int, place: str) -> Iterator[str]:
    if len(items) > most:
        yield f"no more than {most} items allowed [json-pointer:{place}]"


def _some(items: list[Any], most: int, place: str) -> Iterator[str]:
    if not items:
        yield f"must contain at least 1 item [json-pointer:{place}]"
    yield from _many(items, most, place)
