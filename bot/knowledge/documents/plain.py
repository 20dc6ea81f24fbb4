"""Plain text: its paragraphs are Markdown already; a short first line above an empty one is its title."""

import re

from bot.knowledge.documents.document import Text, decoded

LONGEST_FIRST_LINE = 100


def read(raw: bytes) -> Text:
    """Read a file.

    Raises:
        Unreadable: when it is no UTF-8.
    """
    text = decoded(raw).replace("\r\n", "\n").strip()
    first, _, rest = text.partition("\n")
    if rest.startswith("\n") and len(first) <= LONGEST_FIRST_LINE:
        return Text(_no_code(rest), title=first.strip("# "))
    return Text(_no_code(text))


def _no_code(text: str) -> str:
    """Indented lines of a text file are no code."""
    return re.sub(r"(?m)^[ \t]{4,}", "   ", text)
