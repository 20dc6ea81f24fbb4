"""What the tests of storage share."""

import pytest

from storage import disk


@pytest.fixture
def flushes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows by one with each flush of SQLite's log to the disk."""
    seen: list[int] = []
    monkeypatch.setattr(disk, "reach_disk", seen.append)
    return seen
