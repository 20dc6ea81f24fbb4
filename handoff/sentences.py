"""The sentences of a reply and of its sources, each of which must hold for itself. Pure."""

import re

_END = re.compile(r"(?<=[.!?;。！？])(?<!\b[ap]\.m\.)\s+|\n+")
"""A semicolon ends what a sentence says, and "9 a.m." does not."""

_LINE_END = re.compile(r"(?<=\S)\n(?=[^\W\d_])")


def of(text: str) -> list[str]:
    """The sentences of a text, in its order, without what stands around them."""
    return [each.strip() for each in _END.split(text) if each.strip()]


def unwrapped(text: str) -> str:
    """The text, whose sentences no longer break where a line ends."""
    return _LINE_END.sub(" ", text)
