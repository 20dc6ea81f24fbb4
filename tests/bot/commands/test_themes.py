"""`baton themes` lists what was asked in vain."""

import json
from datetime import date

import pytest

from bot.commands import themes as command
from bot.settings import Settings
from bot.themes import grouping
from bot.themes.grouping import Grouped, Task
from storage.database import Database
from storage.problem import WrongUse
from tests import weeks
from tests.bot.themes.test_finding import GIFT_CARDS, LONELY, NEXT, WEEK, ask_all
from tests.weeks import WORKSPACE

FIRST, LAST = date(2026, 11, 23), date(2026, 11, 29)


@pytest.fixture
async def settings(database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    async def here(task: Task) -> Grouped:
        return grouping.grouped(task)

    monkeypatch.setattr(grouping, "run", here)
    await weeks.add_workspace(database)
    return Settings(_env_file=None, database_url=database_url, time_zone="Europe/Berlin")  # pyright: ignore[reportCallIssue]


async def shown(settings: Settings, capsys: pytest.CaptureFixture[str], *, as_json: bool = False) -> str:
    await command.show(settings, FIRST, LAST, team=WORKSPACE, as_json=as_json)
    return capsys.readouterr().out


async def test_it_says_when_there_is_nothing_and_when_nothing_is_alike(
    settings: Settings, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    # Of other days than the next look: what was found of a week that is over stays as it is.
    await command.show(settings, date(2026, 11, 9), date(2026, 11, 15), team=WORKSPACE, as_json=False)
    assert "Nothing was asked in vain from 2026-11-09 to 2026-11-15." in capsys.readouterr().out
    await ask_all(database, NEXT, LONELY)
    assert "1 conversation from 2026-11-23 to 2026-11-29" in await shown(settings, capsys)


async def test_it_lists_themes_with_how_they_changed_and_examples(
    settings: Settings, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    await ask_all(database, WEEK, *GIFT_CARDS[:1])
    await ask_all(database, NEXT, *GIFT_CARDS[1:], LONELY)
    told = await shown(settings, capsys)
    assert "4 conversations from" in told
    assert ": 3 (+2)" in told
    assert "first asked on 2026-11-19" in told
    assert f"    - {GIFT_CARDS[1]}" in told
    found = json.loads(await shown(settings, capsys, as_json=True))
    assert (found["conversations"], found["looked_at"], found["from"], found["to"]) == (
        4,
        4,
        "2026-11-23",
        "2026-11-29",
    )
    (theme,) = found["themes"]
    assert (theme["questions"], theme["last_week"], theme["state"], theme["language"]) == (3, 1, "open", "en")
    assert theme["key"] in told


async def test_days_in_the_wrong_order_are_refused(settings: Settings) -> None:
    with pytest.raises(WrongUse, match="is before"):
        await command.show(settings, LAST, FIRST, team=WORKSPACE, as_json=False)
