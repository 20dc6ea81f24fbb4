"""What models cost: calls with their running totals, on both databases."""

import asyncio
from typing import Any

from sqlmodel import select

from storage import costs
from storage.database import Database
from storage.ids import new_id
from storage.kinds import CallPurpose, CostBy
from storage.spending import DailyCost, ModelCall

TEAM = "T1"
MONDAY, TUESDAY = "2026-11-23", "2026-11-24"


def made(**given: Any) -> ModelCall:
    known: dict[str, Any] = {
        "workspace_id": TEAM,
        "id": new_id(),
        "day": MONDAY,
        "conversation_id": "c1",
        "topic": "returns",
        "purpose": CallPurpose.DRAFT,
        "model": "small",
        "tokens_in": 1000,
        "tokens_cached": 400,
        "tokens_out": 50,
        "dollars": 0.01,
        "outcome": "ok",
    }
    return ModelCall(**{**known, **given})


async def add(database: Database, *calls: ModelCall) -> None:
    async with database.transaction() as session:
        await costs.add(session, calls)


async def told(database: Database, by: CostBy, first: str = MONDAY, last: str = TUESDAY) -> list[tuple[str, int, int]]:
    """Name, calls and hundredths of a cent of each total."""
    async with database.reading() as session:
        found = await costs.totals(session, TEAM, first, last, by)
    return [(each.name, each.calls, round(each.dollars * 10_000)) for each in found]


async def test_each_call_adds_to_the_one_row_of_its_day(database: Database) -> None:
    await add(database, made(), made(outcome="timeout", tokens_in=0, tokens_cached=0, tokens_out=0, dollars=0.0))
    await add(database, made(conversation_id="c2"))
    async with database.reading() as session:
        row = (await session.exec(select(DailyCost))).one()
    assert (row.calls, row.failed, row.tokens_in, row.tokens_cached, row.tokens_out) == (3, 1, 2000, 800, 100)
    assert round(row.dollars, 6) == 0.02


async def test_writers_at_once_lose_no_call(database: Database) -> None:
    both = ("a", "b")

    async def turn(number: int) -> None:
        topics = both if number % 2 else tuple(reversed(both))  # two that lock in turn would wait for each other
        await add(database, *(made(topic=topic) for topic in topics))

    await asyncio.gather(*(turn(number) for number in range(20)))
    assert await told(database, CostBy.TOPIC) == [("a", 20, 2000), ("b", 20, 2000)]


async def test_costs_are_told_by_day_topic_conversation_model_and_purpose(database: Database) -> None:
    await add(database, made(), made(purpose=CallPurpose.CROSS_CHECK, model="large", dollars=0.05))
    await add(database, made(day=TUESDAY, topic="", conversation_id="c2", dollars=0.002))
    assert await told(database, CostBy.DAY) == [(MONDAY, 2, 600), (TUESDAY, 1, 20)]
    assert await told(database, CostBy.TOPIC) == [("returns", 2, 600), ("", 1, 20)]
    assert await told(database, CostBy.CONVERSATION) == [("c1", 2, 600), ("c2", 1, 20)]
    assert await told(database, CostBy.MODEL) == [("large", 1, 500), ("small", 2, 120)]
    assert await told(database, CostBy.PURPOSE) == [("cross_check", 1, 500), ("draft", 2, 120)]
    assert await told(database, CostBy.DAY, TUESDAY, TUESDAY) == [(TUESDAY, 1, 20)]


async def test_what_a_day_and_a_conversation_spent_is_known_by_purpose(database: Database) -> None:
    await add(database, made(), made(purpose=CallPurpose.CROSS_CHECK, dollars=0.05, outcome="timeout"))
    await add(database, made(workspace_id="T2", dollars=9.0))
    async with database.reading() as session:
        assert round(await costs.spent_on(session, TEAM, MONDAY), 6) == 0.06
        assert await costs.spent_on(session, TEAM, MONDAY, CallPurpose.CROSS_CHECK) == 0.05
        assert await costs.spent_on(session, TEAM, TUESDAY) == 0.0
        assert await costs.spent_in(session, TEAM, "c1", CallPurpose.CROSS_CHECK) == 0.05
        assert await costs.spent_in(session, TEAM, "c9") == 0.0
        found = await costs.of_conversation(session, TEAM, "c1")
    assert [(each.name, each.calls, each.failed) for each in found] == [
        ("cross_check small", 1, 1),
        ("draft small", 1, 0),
    ]
