"""Agents search the articles from Slack, and see which ones are for them alone."""

from pathlib import Path

import pytest

from bot.knowledge import sync
from tests.integration.dialogue import words
from tests.stage import ADA, BEN, DESK, EVE, MIA, SEED, SHARED, SUPPORT, Stage

INTERNAL = """---
title: Goodwill on damaged tents
audience: internal
---
# Goodwill on damaged tents

For a damaged tent agents may grant 20 euros of goodwill without asking. <!channel>
"""


@pytest.fixture
async def with_internal(stage: Stage, tmp_path: Path) -> Stage:
    folder = tmp_path / "internal"
    folder.mkdir()
    (folder / "goodwill.md").write_text(INTERNAL, encoding="utf-8")
    await sync.sync(stage.database, SEED.team_id, folder)
    return stage


async def answered(stage: Stage, user: str, text: str, channel: str = DESK) -> str:
    person = await stage.person(user)
    return words((await person.commands(channel, text))["response"])


async def test_an_agent_finds_articles_and_those_for_agents_are_marked(with_internal: Stage) -> None:
    told = await answered(with_internal, BEN, "/baton search goodwill for a damaged tent")
    assert "Goodwill on damaged tents" in told
    assert "For agents only" in told
    assert "<!channel>" not in told
    told = await answered(with_internal, MIA, "/baton SEARCH unused items return")
    assert "Returning an item" in told
    assert "https://help.example.com/returns" in told
    assert "For agents only" not in told


@pytest.mark.parametrize(("user", "channel"), [(ADA, SUPPORT), (EVE, SHARED)])
async def test_nobody_else_searches(with_internal: Stage, user: str, channel: str) -> None:
    told = await answered(with_internal, user, "/baton search goodwill", channel)
    assert "Only the support team searches here" in told
    assert "20 euros" not in told


async def test_it_says_how_to_use_it_and_when_nothing_is_there(stage: Stage) -> None:
    assert "such as `/baton search return a tent`" in await answered(stage, BEN, "/baton search")
    assert "No article says anything" in await answered(stage, BEN, "/baton search <!here> zeppelin hangar")
    assert "/baton search WORDS" in await answered(stage, BEN, "/baton help")
