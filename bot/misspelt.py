"""Variables that look like settings and are none: whoever misspells one would otherwise wonder why nothing changes."""

import difflib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.settings import PREFIX, Settings, variable

OF_TESTS = f"{PREFIX}TEST_"
_LINE = re.compile(r"^[ \t]*(?:export[ \t]+)?(\w+)[ \t]*=[ \t]*[^\s#]", re.MULTILINE)
"""Of `.env`: a name that is given a value."""


@dataclass(frozen=True, slots=True)
class Misspelt:
    """A variable that no setting has, and the one that was probably meant; empty where none comes near."""

    name: str
    meant: str

    @property
    def advice(self) -> str:
        """What to do."""
        return f"Did you mean {self.meant}?" if self.meant else "docs/settings.md lists those that there are."


def find() -> list[Misspelt]:
    """All such variables of the environment and of `.env`, by name."""
    known = [variable(name) for name in Settings.model_fields]
    return [
        Misspelt(name, next(iter(difflib.get_close_matches(name, known, n=1, cutoff=0.8)), ""))
        for name in sorted({name.upper() for name in _given()} - set(known))
    ]


def _given() -> Iterator[str]:
    file = Path(".env")
    in_file = _LINE.findall(file.read_text(encoding="utf-8", errors="replace")) if file.is_file() else []
    for name in (*in_file, *(name for name, value in os.environ.items() if value)):
        if name.upper().startswith(PREFIX) and not name.upper().startswith(OF_TESTS):
            yield name
