"""How many lines a message takes on a wide screen, so that what is optional fills only the room that is left."""

import html
import re
import textwrap
from collections.abc import Sequence

from slack_sdk.models.blocks import Block

HEADER_WIDTH, TEXT_WIDTH, SMALL_WIDTH, FIELD_WIDTH = 105, 125, 150, 66
"""Characters of a line, where a message is about 900 pixels wide."""
_LINK = re.compile(r"<[^<>|]*\|([^<>]*)>")


def lines(blocks: Sequence[Block]) -> int:
    """How many lines the blocks take; fields stand in two columns, and a row of buttons is a line."""
    return sum(_block({**block.to_dict()}) for block in blocks)


def _block(block: dict[str, object]) -> int:
    match block:
        case {"type": "header", "text": {"text": str(text)}}:
            return _lines(text, HEADER_WIDTH)
        case {"type": "context", "elements": list(elements)}:
            return sum(_lines(str(element["text"]), SMALL_WIDTH) for element in elements)
        case {"fields": list(fields)}:
            heights = [_lines(str(field["text"]), FIELD_WIDTH) for field in fields]
            return sum(max(heights[index : index + 2]) for index in range(0, len(heights), 2))
        case {"text": {"text": str(text)}}:
            return _lines(text, TEXT_WIDTH)
        case _:
            return 1


def _lines(text: str, width: int) -> int:
    shown = html.unescape(_LINK.sub(r"\1", text)).replace("*", "")
    return sum(max(1, len(textwrap.wrap(line, width))) for line in shown.split("\n"))
