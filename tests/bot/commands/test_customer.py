"""`baton customer` as an operator meets it."""

import asyncio
import json
import os
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

import bot
from handoff import window
from storage.database import Database
from storage.kinds import ResolvedBy
from storage.tables import Conversation
from tests import weeks
from tests.bot.terminal import Terminal
from tests.weeks import Cell

pytestmark = pytest.mark.usefixtures("clean_environment", "restored_logging")
WEEK = window.days(date(2026, 11, 2), date(2026, 11, 8), "UTC")


@pytest.fixture
async def terminal(
    database: Database, database_url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    """A terminal on a week of the customer U1."""
    await weeks.add_workspace(database, ["returns"])
    await weeks.add(database, WEEK, [Cell(ResolvedBy.AI, "returns", 5, asked=5, rated=2, satisfied=1)])
    terminal = Terminal(capsys, monkeypatch)
    terminal.set(database_url=database_url)
    return terminal


async def left(database: Database) -> int:
    async with database.reading() as session:
        return len((await session.exec(select(Conversation.id))).all())


async def test_a_customer_is_shown_and_erased(terminal: Terminal, database: Database) -> None:
    _, out, _ = await terminal.run("customer", "show", "U1")
    assert out == "Stored of U1: 5 conversations, 0 messages, 2 ratings.\n"
    _, out, _ = await terminal.run("customer", "erase", "U1", "--yes")
    assert out.startswith("Erased of U1: 5 conversations, 0 messages, 2 ratings.\n")
    assert "What was counted of them stays counted" in out
    assert await left(database) == 0
    _, out, _ = await terminal.run("customer", "erase", "U1", "--yes", "--json")
    assert json.loads(out)["erased"] is False


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_process_that_does_nothing_else_erases_as_well(terminal: Terminal, database: Database) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "customer", "erase", "U1", "--yes"),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(bot.__file__).parents[1])},
    )
    out, _ = await process.communicate()
    assert process.returncode == 0
    assert out.startswith(b"Erased of U1: 5 conversations")
    assert await left(database) == 0


async def test_who_does_not_say_yes_erases_nothing(
    terminal: Terminal, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("typer.confirm", lambda *_, **__: False)
    code, _, err = await terminal.run("customer", "erase", "U1")
    assert code == 1
    assert "Nothing was erased." in err
    assert await left(database) == 5


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("word", ["ada", "@ada", "C0SUPPORT", "u1", ""])
async def test_what_is_no_member_id_is_said(terminal: Terminal, word: str) -> None:
    code, _, err = await terminal.run("customer", "erase", word, "--yes")
    assert code == 2
    assert "is no member id" in err
