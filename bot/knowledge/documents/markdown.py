"""Markdown with front matter: lines of `name: value` between two lines of dashes, or TOML between two of pluses."""

import itertools
import re
from typing import Any, cast

from bot.knowledge.documents.document import Text, Unreadable, decoded, one_line

LONGEST_FRONT_MATTER = 20_000
"""Characters; longer ones are data, not properties."""

YAML, TOML = "---", "+++"
ENDS = {YAML: ("---", "..."), TOML: ("+++",)}
"""The line above front matter, and the lines that end it."""
_PROPERTY = re.compile(r"(title|topic|audience|language|url|replaces|valid[ _-](from|until))\s*[:=]", re.IGNORECASE)


def read(raw: bytes) -> Text:
    """Read a file.

    Raises:
        Unreadable: when it is no UTF-8, or its front matter cannot be read.
    """
    try:
        about, body = _front_matter(decoded(raw))
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"the front matter cannot be read: {one_line(error)}") from error
    return Text(body, about=about)


def _front_matter(text: str) -> tuple[dict[str, object], str]:
    lines = text.lstrip().replace("\r\n", "\n").split("\n")
    mark = lines[0].strip()
    if mark not in ENDS:
        return {}, text
    end = next((number for number, line in enumerate(lines[1:], start=1) if line.strip() in ENDS[mark]), None)
    if end is None:
        if any(map(_PROPERTY.match, itertools.takewhile(str.strip, lines[1:]))):
            raise ValueError(f"it never ends; write a line of {mark} below it")
        return {}, text
    written = "\n".join(lines[1:end])
    if len(written) > LONGEST_FRONT_MATTER:
        raise ValueError(f"it is longer than {LONGEST_FRONT_MATTER:,} characters")
    about = _properties(mark, written)
    if not isinstance(about, dict):
        raise ValueError("it must be lines of `name: value`")
    return cast("dict[str, object]", about), "\n".join(lines[end + 1 :])


def _properties(mark: str, written: str) -> Any:
    if mark == TOML:
        import tomllib  # noqa: PLC0415

        return tomllib.loads(written)
    import yaml  # noqa: PLC0415 - only a sync needs it, and a start does not wait for it

    try:
        return yaml.safe_load(written) or {}
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error
