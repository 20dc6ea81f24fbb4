"""What tests of commands need: an environment without Baton's variables, and loggers that come back as they were."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from bot import logs, settings


@pytest.fixture
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable of this machine, and a folder without `.env`."""
    for name in [name for name in os.environ if name.startswith(settings.PREFIX)]:
        monkeypatch.delenv(name)
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
