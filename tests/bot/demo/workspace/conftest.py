"""A workspace for every test here."""

from collections.abc import AsyncIterator

import pytest

from tests.bot.demo.workspace.place import Place, place


@pytest.fixture
async def home() -> AsyncIterator[Place]:
    """The workspace as seeded, with an app that may do everything."""
    async with place() as opened:
        yield opened
