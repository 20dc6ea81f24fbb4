"""What tests of commands need: an environment without Baton's variables, and loggers that come back as they were."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from bot import logs
from bot.settings import Settings, variable
from tests.bot.terminal import Terminal


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal without any setting."""
    return Terminal(capsys, monkeypatch)


@pytest.fixture
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable of this machine, and a folder without `.env`."""
    for name in Settings.model_fields:
        monkeypatch.delenv(variable(name), raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def restored_logging() -> Iterator[None]:
    """The loggers of this process as they were."""
    root, levels = logging.getLogger(), {name: logging.getLogger(name).level for name in logs.CHATTY}
    level, handlers = root.level, root.handlers[:]
    yield
    structlog.reset_defaults()
    root.setLevel(level)
    root.handlers[:] = handlers
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)
