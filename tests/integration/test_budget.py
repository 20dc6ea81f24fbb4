"""The budget of a day: managers are warned, then agents approve, until a manager raises it or the day is over."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlmodel import select

from bot.costs.account import Books
from bot.costs.budget import Budget
from bot.listeners import budget_buttons
from bot.listeners.press import Press, for_managers
from bot.views.ids import ActionId, BudgetRef
from handoff.draft import Usage
from storage import budgets
from storage.database import Database
from storage.kinds import HandoffReason
from storage.tables import Decision, Handoff
from tests.integration.dialogue import asks, by_bot, card_for, words
from tests.integration.test_costs import Paid
from tests.stage import ADA, ANSWERED, BEN, CARL, MANAGERS, MIA, Stage, on_stage

pytestmark = pytest.mark.usefixtures("one_day")


@pytest.fixture
async def shop(database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """A budget of a dollar, and drafts that cost what a test says."""
    async with on_stage(database_url, tmp_path, daily_budget=1.0) as opened:
        yield opened


def each_costs(shop: Stage, dollars: float) -> None:
    shop.bot.runtime.drafter = Paid(usage=Usage(100, 10, dollars))


async def news(shop: Stage, part: str) -> list[str]:
    mia = await shop.person(MIA)
    return [words(each) for each in await mia.history(MANAGERS) if part in words(each)]


async def test_managers_are_warned_once_at_four_fifths_and_replies_go_on(shop: Stage) -> None:
    each_costs(shop, 0.4)
    mia, carl, ada = await shop.person(MIA), await shop.person(CARL), await shop.person(ADA)
    _, reply = await asks(ada, ANSWERED)
    assert "30 days" in words(reply)
    assert await news(shop, "budget") == []
    each_costs(shop, 0.41)
    await asks(carl, ANSWERED)
    warning = await mia.reads(MANAGERS, until=by_bot("$0.81 of today"))
    assert "$1.00" in words(warning)
    each_costs(shop, 0.01)
    _, reply = await asks(ada, ANSWERED)
    assert "30 days" in words(reply)
    assert len(await news(shop, "of today")) == 1


async def test_a_spent_budget_lets_agents_approve_until_a_manager_raises_it(shop: Stage) -> None:
    each_costs(shop, 1.2)
    mia, ben, ada, carl = [await shop.person(each) for each in (MIA, BEN, ADA, CARL)]
    await asks(ada, ANSWERED)  # it was under way when the budget ended: its answer went out
    told = await mia.reads(MANAGERS, until=by_bot("is spent: $1.20 of $1.00"))
    each_costs(shop, 0.01)
    asked, reply = await asks(carl, ANSWERED)
    assert "30 days" not in words(reply)  # a person is coming
    card = await card_for(ben, ANSWERED)
    assert "budget for models, $1.00, is spent" in words(card)
    assert "30 days" in words(card)  # the draft was made all the same
    async with shop.database.reading() as session:
        decision = (await session.exec(select(Decision).order_by(Decision.id.desc()))).first()  # pyright: ignore[reportAttributeAccessIssue]
        handoff = (await session.exec(select(Handoff))).one()
    assert decision
    assert (decision.action, decision.stage, handoff.reason) == ("propose", "autopilot", HandoffReason.POLICY)

    await mia.presses(told, ActionId.RAISE_BUDGET, channel=MANAGERS)
    await mia.reads(MANAGERS, until=by_bot("raised today's budget for models to $1.50"))
    _, reply = await asks(ada, ANSWERED)
    assert "30 days" in words(reply)
    await mia.presses(told, ActionId.RAISE_BUDGET, channel=MANAGERS)  # once more: it was raised already
    async with shop.database.reading() as session:
        assert (await shop.bot.runtime.budget.standing(session)).limit == 1.5
    assert asked


async def test_home_shows_managers_what_models_cost_today(shop: Stage) -> None:
    each_costs(shop, 0.25)
    await asks(await shop.person(ADA), ANSWERED)
    home = str((await (await shop.person(MIA)).opens_home())["blocks"])
    assert "Models today: *$0.25* of $1.00" in home
    assert "Models today" not in str((await (await shop.person(BEN)).opens_home())["blocks"])


async def test_only_managers_raise_it(shop: Stage) -> None:
    runtime = shop.bot.runtime
    ref = BudgetRef(day=runtime.books.day()).pack()
    press = Press(BEN, runtime.workspace_id, MANAGERS, "1.0", None, ActionId.RAISE_BUDGET, ref, "")
    word = await for_managers(budget_buttons.raise_budget)(runtime, press)
    assert word
    assert "Only the managers" in word.text
    async with shop.database.reading() as session:
        assert (await runtime.budget.standing(session)).limit == 1.0


async def test_of_many_processes_one_tells_and_yesterdays_button_adds_nothing(database: Database) -> None:
    books = Books(database, "T1", "Europe/Berlin")

    async def tries() -> bool:
        async with database.transaction() as session:
            return await budgets.claim(session, "T1", books.day(), "stopped_at", 5.0)

    assert sorted(await asyncio.gather(*(tries() for _ in range(5)))) == [False] * 4 + [True]
    async with database.transaction() as session:
        assert not await budgets.claim(session, "T1", books.day(), "warned_at", 5.0)  # the worse news is out
        assert await budgets.claim(session, "T1", books.day(), "warned_at", 7.5)  # of a raised budget anew
        late = await Budget(books, 5.0).raise_today(session, "C1", BudgetRef(day="2020-01-01"), "U1")
    assert late
    assert "another day" in late.text
