"""How wide the terminal is, and lines broken to its width; a pipe or a file gets them whole."""

import shutil
import sys
import textwrap

MOST, LEAST = 100, 60
"""Characters of a line: longer ones are hard to read, and in shorter ones tables have no room."""


def width() -> int:
    """Of the terminal, within bounds; the most where there is none."""
    return max(LEAST, min(MOST, shutil.get_terminal_size((MOST, 24)).columns))


def broken(line: str) -> str:
    """A line at the ends of words where it is too long for the terminal, what follows indented further than itself."""
    if not sys.stdout.isatty():
        return line
    indent = " " * (len(line) - len(line.lstrip()) + 2)
    return textwrap.fill(line, width(), subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
