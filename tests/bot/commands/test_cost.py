"""`baton cost`, and what `baton conversation show` tells of costs."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.audit import story
from bot.commands import cost
from bot.costs.account import Books
from bot.settings import Settings
from storage import conversations, costs, stories, workspaces
from storage.database import Database
from storage.ids import new_id
from storage.kinds import CallPurpose, CostBy
from storage.problem import WrongUse
from storage.spending import ModelCall

pytestmark = pytest.mark.usefixtures("one_day")

TEAM = "T1"


def spent(day: str, dollars: float, **given: Any) -> ModelCall:
    known: dict[str, Any] = {"purpose": CallPurpose.DRAFT, "model": "small", "tokens_in": 1200, "outcome": "ok"}
    known |= given
    return ModelCall(workspace_id=TEAM, id=new_id(), day=day, dollars=dollars, **known)


@pytest.fixture
async def settings(database: Database, database_url: str, tmp_path: Path) -> Settings:
    today = Books(database, TEAM, "UTC").day()
    async with database.transaction() as session:
        await workspaces.remember(session, TEAM, name="Northpeak", bot_user_id="U0BATON00")
        await session.flush()
        conversation = conversations.begin(session, TEAM, channel_id="C1", thread_ts="1.0", customer_id="U1")
        await session.flush()
        await costs.add(
            session,
            [
                spent("2020-11-02", 0.5, topic="returns"),
                spent("2020-11-03", 0.0021, model="large", conversation_id=conversation.id),
                spent("2020-11-03", 0.25, purpose=CallPurpose.CROSS_CHECK, outcome="timeout", topic="returns"),
                spent(today, 0.75, conversation_id=conversation.id),
            ],
        )
    told = {"database_url": database_url, "daily_budget": 2.0}
    return Settings(_env_file=None, **told)  # pyright: ignore[reportCallIssue, reportArgumentType]


async def shown(settings: Settings, capsys: pytest.CaptureFixture[str], **given: Any) -> str:
    known: dict[str, Any] = {"first": date(2020, 11, 1), "last": date(2020, 11, 5), "by": CostBy.DAY, "as_json": False}
    known |= given
    await cost.show(settings, team=None, **known)
    return capsys.readouterr().out


async def test_costs_stand_in_a_table_with_their_sum_and_today(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = (await shown(settings, capsys)).splitlines()
    assert [line.split()[0] for line in lines] == ["day", "2020-11-02", "2020-11-03", "together", "Today:"]
    assert lines[3].split() == ["together", "3", "1", "3,600", "0", "0", "$0.75"]
    assert lines[4] == "Today: $0.75 of the budget of $2.00."
    by_topic = await shown(settings, capsys, by=CostBy.TOPIC)
    assert "returns" in by_topic
    assert "(no topic)" in by_topic
    assert "$0.0021" in await shown(settings, capsys, by=CostBy.MODEL)


async def test_json_is_for_programs(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(await shown(settings, capsys, by=CostBy.PURPOSE, as_json=True))
    assert (told["from"], told["to"], told["dollars"]) == ("2020-11-01", "2020-11-05", 0.7521)
    assert [(each["name"], each["calls"], each["failed"]) for each in told["costs"]] == [
        ("draft", 2, 0),
        ("cross_check", 1, 1),
    ]
    assert told["today"] == {"dollars": 0.75, "budget": 2.0}


async def test_days_without_calls_and_days_in_the_wrong_order_are_told_in_words(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    quiet = await shown(settings, capsys, first=date(2020, 10, 1), last=date(2020, 10, 2))
    assert "No model was asked" in quiet
    with pytest.raises(WrongUse, match="is before"):
        await shown(settings, capsys, first=date(2020, 11, 9), last=date(2020, 11, 2))


async def test_a_conversation_tells_what_it_cost(settings: Settings, database: Database) -> None:
    async with database.reading() as session:
        conversation = await conversations.by_thread(session, TEAM, "C1", "1.0")
        assert conversation
        told = await stories.read(session, conversation)
    words = "models cost $0.75: draft small (1 call) $0.75, draft large (1 call) $0.0021"
    assert words in story.tell(told, "UTC")
    assert story.as_json(told)["costs"][0]["dollars"] == 0.75
