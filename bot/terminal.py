"""The terminal of whoever runs `baton`: how wide it is, and what may be printed on it.

Words of customers and of articles neither move its cursor nor turn its letters.
"""

import shutil
import sys
import textwrap

import typer

from handoff.visible import visible

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


def say(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print what may hold words of others, without the characters that a terminal obeys."""
    typer.echo(visible(text), err=err, nl=nl)
