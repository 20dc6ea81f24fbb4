"""Markdown with front matter: lines of `name: value` between two lines of dashes."""

from typing import Any, cast

from bot.knowledge.documents.document import Text, Unreadable, decoded, one_line

LONGEST_FRONT_MATTER = 20_000
"""Characters; longer ones are data, not properties."""


def read(raw: bytes) -> Text:
    """Read a file.

    Raises:
        Unreadable: when it is no UTF-8, or its front matter is no mapping.
    """
    import yaml  # noqa: PLC0415 - only a sync needs it, and a start does not wait for it

    try:
        about, body = _front_matter(decoded(raw))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Unreadable(f"the front matter is no YAML mapping: {one_line(error)}") from error
    return Text(body, about=about)


def _front_matter(text: str) -> tuple[dict[str, object], str]:
    lines = text.split("\n")
    if lines[0].strip() != "---":
        return {}, text
    end = next((number for number, line in enumerate(lines[1:], start=1) if line.strip() in ("---", "...")), None)
    if end is None:
        return {}, text
    written = "\n".join(lines[1:end])
    if len(written) > LONGEST_FRONT_MATTER:
        raise ValueError(f"it is longer than {LONGEST_FRONT_MATTER:,} characters")
    import yaml  # noqa: PLC0415 - as above

    about: Any = yaml.safe_load(written) or {}
    if not isinstance(about, dict):
        raise ValueError("it must be lines of `name: value`")
    return cast("dict[str, object]", about), "\n".join(lines[end + 1 :])
