"""What a rehearsal has finished, kept in a file, so that one that was stopped goes on where it was."""

import hashlib
import json
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import bot
import handoff
import storage
from storage.problem import Problem

MOST_KEPT = 20_000
"""Results; the oldest are forgotten first."""
WHAT_DECIDES = (
    (handoff, ""),
    (storage, ""),
    (bot, "thinking"),
    (bot, "conversation/recording.py"),
    (bot, "audit/remembering.py"),
    (bot, "drafting"),
    (bot, "knowledge"),
    (bot, "models"),
    (bot, "rehearsal"),
    (bot, "views"),
)
"""Where code stands whose change may change a result."""


class StateProblem(Problem):
    """The file of finished results cannot be used; the message says what to do."""


def usual_path() -> Path:
    """The file in the user's cache folder."""
    folder = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(folder) / "baton" / "rehearsed.jsonl"


def key_of(*parts: object) -> str:
    """Names an input by its content: the SHA-256, in hexadecimal digits, of its JSON."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


@cache
def code_version() -> str:
    """Names the code that decides by its content."""
    told = hashlib.sha256()
    for package, within in WHAT_DECIDES:
        root = Path(package.__path__[0]) / within
        files = [root] if root.is_file() else sorted(path for path in root.rglob("*") if path.suffix in (".py", ".md"))
        for path in files:
            told.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return told.hexdigest()


class Finished:
    """Results by the key of their input. Without a path nothing is kept.

    Args:
        path: JSON Lines, made when it is missing and readable by its owner alone.
        fresh: forget what it holds.

    Raises:
        StateProblem: when it cannot be read or written.
    """

    def __init__(self, path: Path | None, *, fresh: bool = False) -> None:
        self._path = path
        self._known: dict[str, dict[str, Any]] = {}
        if path is None:
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.exists() and not fresh:
                self._known = _read(path)
            elif path.exists():
                path.unlink()
            path.touch(mode=0o600)
            self._shorten(path)
        except OSError as error:
            raise StateProblem(
                f"The finished results cannot be kept in {path}: {error.strerror}. Name another file with --state."
            ) from error

    def get(self, key: str) -> Mapping[str, Any] | None:
        """The result of an input, when it is known."""
        return self._known.get(key)

    def put(self, key: str, result: Mapping[str, Any]) -> None:
        """Keep a result; a process that is killed loses at most the one it is writing."""
        self._known[key] = dict(result)
        if self._path:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(_line(key, result))

    def _shorten(self, path: Path) -> None:
        if len(self._known) > MOST_KEPT:
            self._known = dict(list(self._known.items())[-MOST_KEPT // 2 :])
            path.write_text("".join(_line(key, result) for key, result in self._known.items()), encoding="utf-8")


def _line(key: str, result: Mapping[str, Any]) -> str:
    # A line break first: the last line of a killed process may lack its own.
    return f"\n{json.dumps({'key': key, 'result': result}, ensure_ascii=False)}\n"


def _read(path: Path) -> dict[str, dict[str, Any]]:
    known: dict[str, dict[str, Any]] = {}
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            row = json.loads(line)
            known[str(row["key"])] = dict(row["result"])
        except (ValueError, TypeError, KeyError):
            continue  # an empty line, or one that was cut off
    return known
