"""A terminal in which tests run `baton`."""

import asyncio
import gc
import sys

import pytest

from bot import cli


class Terminal:
    """Runs `baton` as a shell would, in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys, self._monkeypatch = capsys, monkeypatch

    def set(self, **variables: str) -> None:
        """Set environment variables, named without their prefix."""
        for name, value in variables.items():
            self._monkeypatch.setenv(f"BATON_{name.upper()}", value)

    async def run(self, *words: str) -> tuple[int, str, str]:
        """Run a command; returns its exit code, its output and its errors."""
        self._monkeypatch.setattr(sys, "argv", ["baton", *words])
        code = await asyncio.to_thread(self._code)
        printed = self._capsys.readouterr()
        return code, printed.out, printed.err

    def _code(self) -> int:
        try:
            cli.main()
        except SystemExit as ended:
            return int(ended.code or 0)
        finally:
            gc.enable()  # a command that turns it off takes that along when its process ends
        return 0
