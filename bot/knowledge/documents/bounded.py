"""Parses HTML, PDF and DOCX in a process of its own, within bounds of time and memory.

These formats can be written so that a parser never ends or fills the memory, and a sitemap's pages are written by
whoever. The process is ended when a document takes too long, and the next document gets a new one. It sees no secret
of the environment, and what it takes of the processor never stops the event loop.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import Self

from bot.knowledge.documents.document import Text, Unreadable, one_line, storable
from bot.knowledge.documents.formats import Format, Given

VERSION = b"2"
"""Raise it when a parser reads in another way: the next sync then parses all such files anew."""
PATIENCE_SECONDS = 60.0
"""For one document; a thousand pages of PDF take about half of it."""
MOST_MEMORY = 2_000_000_000
"""Bytes of the process."""
MOST_CHARACTERS = 5_000_000
"""Of the text that a document comes to."""

_ROOT = Path(__file__).parents[3]


class Bounded:
    """Parses one document after the other; its process begins with the first, and ends with the block.

    Args:
        patience: seconds a document may take.
    """

    def __init__(self, patience: float = PATIENCE_SECONDS) -> None:
        self._patience = patience
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def read(self, given: Given) -> Text:
        """Parse an HTML, PDF or DOCX document; blocks, so it belongs in a thread.

        Raises:
            Unreadable: when it cannot be parsed, or not within the bounds.
        """
        told = {"form": given.form, "length": len(given.raw), "url": given.url, "charset": given.charset}
        process = self._process = self._process or _start()
        assert process.stdin and process.stdout  # noqa: S101 - they are pipes
        timer = Timer(self._patience, process.kill)
        timer.start()
        try:
            process.stdin.write(json.dumps(told).encode() + b"\n")
            process.stdin.write(given.raw)
            process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError:
            line = b""
        finally:
            late = not timer.is_alive()
            timer.cancel()
        if not line.endswith(b"\n"):
            self._end()
            why = f"took longer than {self._patience:.0f} s" if late else "its parser gave up, or took too much memory"
            raise Unreadable(f"{why}; is it damaged?")
        answer = json.loads(line)
        if "why" in answer:
            raise Unreadable(answer["why"])
        return Text(**answer)

    def _end(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(BrokenPipeError):
                if pipe:
                    pipe.close()
        self._process = None


def _start() -> subprocess.Popen[bytes]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TMPDIR") if name in os.environ}
    return subprocess.Popen(  # noqa: S603 - a module of our own
        [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**kept, "PYTHONPATH": os.pathsep.join([str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])},
    )


def main() -> None:
    """Read documents from standard input, each after a line that tells of it, and answer each with a line of JSON."""
    with suppress(ValueError, OSError):  # some systems know no such limit; the time limit holds there too
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    given, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a parser prints is no answer
    while line := given.readline():
        told = json.loads(line)
        document = Given(Format(told["form"]), given.read(told["length"]), told["url"], told["charset"])
        answers.write(json.dumps(_answer(document)).encode() + b"\n")
        answers.flush()


def _answer(given: Given) -> dict[str, object]:
    reader: Callable[[Given], Text] = import_module(f"bot.knowledge.documents.{given.form}").read
    try:
        text = reader(given)
    except Unreadable as problem:
        return {"why": str(problem)}
    except RecursionError:
        return {"why": "its parts are nested too deeply"}
    except MemoryError:
        return {"why": "it takes too much memory"}
    except Exception as error:  # a parser of foreign files fails in any way
        return {"why": f"damaged, or not the format that its name says ({type(error).__name__}: {one_line(error)})"}
    if len(text.body) > MOST_CHARACTERS:
        return {"why": f"more than {MOST_CHARACTERS // 1_000_000} million characters; split it"}
    about = {name: value for name, value in text.about.items() if isinstance(value, str | list)}
    return {"body": storable(text.body), "title": storable(text.title), "about": about}


if __name__ == "__main__":
    main()
