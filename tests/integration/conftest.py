"""A stage for every dialogue, on either database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.stage import Stage, on_stage


@pytest.fixture
async def stage(database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """Workspace, bot and knowledge, ready for people."""
    async with on_stage(database_url, tmp_path) as opened:
        yield opened
