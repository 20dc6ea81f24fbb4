"""From stored event to posted reply, divided by the bare parts of the same work, measured in the same run."""

import asyncio
import json
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import col, select

from bot import app
from bot.app import Running
from bot.demo.workspace import Person
from bot.knowledge import asking
from bot.knowledge.sync import Manner, sync
from bot.settings import Settings
from storage.database import Database
from storage.engines import SQLITE_PRAGMAS
from storage.ids import new_id
from storage.kinds import Action
from storage.queues import Outbox
from storage.tables import Decision, Message, Workspace
from tests.benchmarks import data, world
from tests.benchmarks.rows import Row, data_missing, median, ms

NAME = "turn"
TURNS, QUICK = 1000, 300
WARM = 20
TIMES = 3.0


async def run(progress: Callable[[str], None], quick: bool) -> list[Row]:
    """Answer questions one after the other on SQLite; the workspace runs in a process of its own."""
    knowledge, questions = data.bank_knowledge(), data.bank_questions(QUICK if quick else TURNS)
    if knowledge is None or not questions:
        return [data_missing(NAME, "bank knowledge base and questions")]
    with world.folder() as folder:
        url = f"sqlite:///{folder / 'turn.db'}"
        async with world.process(["-m", "tests.benchmarks.serving"], world.plain_environment()) as server:
            address = world.told(server)
            settings = world.settings(address, url)
            await _read_knowledge(url, knowledge)
            async with app.running(settings) as bot:
                progress("turns")
                ours = await _turns(bot, address, questions)
                progress("bare parts")
                answered = list((await _answered(bot)).values())
                parts = {
                    "one FTS5 query": _bare_queries(folder / "turn.db", answered or questions),
                    "one transaction": await asyncio.to_thread(_bare_transactions, folder / "turn.db"),
                    "one chat.postMessage": await _bare_posts(settings, await _payloads(bot)),
                }
    return _rows(ours, parts)


async def _read_knowledge(url: str, knowledge: Path) -> None:
    database = await Database.open(url)
    await database.upgrade()
    async with database.transaction() as session:
        session.add(Workspace(id=world.seed().team_id))
    await sync(database, world.seed().team_id, knowledge, manner=Manner(data.bank_reading()))
    await database.close()


async def _turns(bot: Running, url: str, questions: list[str]) -> list[float]:
    """Seconds from stored event to posted reply, for each question that gets an answer: one post, as the bare parts."""
    taken: dict[str, float] = {}
    stored, posted = _when_stored(bot), _when_posted(bot)
    async with Person(url, world.CUSTOMERS[0]) as customer:
        for text in questions:
            question = await customer.says(world.SUPPORT, text)
            started, done = await stored.get(), await posted.get()
            taken[question["ts"]] = done - started
            await _quiet(bot)
    answered = await _answered(bot)
    return [seconds for ts, seconds in list(taken.items())[WARM:] if ts in answered]


def _when_stored(bot: Running) -> asyncio.Queue[float]:
    """The moments at which an event was safe in the inbox."""
    moments: asyncio.Queue[float] = asyncio.Queue()

    def noted() -> None:
        moments.put_nowait(time.perf_counter())
        bot.worker.wake()

    bot.intake._stored = noted  # pyright: ignore[reportPrivateUsage]
    return moments


def _when_posted(bot: Running) -> asyncio.Queue[float]:
    """The moments at which Slack had answered a reply to the customer."""
    moments: asyncio.Queue[float] = asyncio.Queue()
    client = bot.posting_client
    post = client.chat_postMessage

    async def noted(**arguments: Any) -> Any:
        answer = await post(**arguments)
        if arguments["channel"] == world.SUPPORT:
            moments.put_nowait(time.perf_counter())
        return answer

    client.chat_postMessage = noted  # pyright: ignore[reportAttributeAccessIssue]
    return moments


async def _quiet(bot: Running) -> None:
    """Wait until nothing is left in the outbox, so that one turn's cards do not slow the next one."""
    while True:
        async with bot.runtime.database.reading() as session:
            wanted = select(Outbox.id).where(col(Outbox.state).in_(["pending", "sending"])).limit(1)
            if (await session.exec(wanted)).first() is None:
                return
        await asyncio.sleep(0.002)


async def _answered(bot: Running) -> dict[str, str]:
    """The questions that were answered, by their ts."""
    async with bot.runtime.database.reading() as session:
        same = (col(Decision.workspace_id) == Message.workspace_id) & (col(Decision.message_id) == Message.id)
        wanted = select(Message.ts, Message.text).join(Decision, same).where(Decision.action == Action.ANSWER)
        return {ts: text for ts, text in (await session.exec(wanted)).all() if ts}


async def _payloads(bot: Running) -> list[dict[str, Any]]:
    async with bot.runtime.database.reading() as session:
        wanted = select(Outbox.payload).where(Outbox.purpose == "reply").limit(200)
        return [dict(payload) for payload in (await session.exec(wanted)).all()]


def _bare_queries(path: Path, texts: list[str]) -> list[float]:
    """One FTS5 query each over the same passages, by the driver alone."""
    connection = sqlite3.connect(path)
    taken: list[float] = []
    team = world.seed().team_id.lower()
    for text in texts[:200]:
        terms = [f'"{team}.{term}"' for term in asking.query_terms(text)]
        if not terms:
            continue
        started = time.perf_counter()
        connection.execute(
            "SELECT p.id, p.text, a.title, a.url FROM passage_index "
            "JOIN passage_terms AS t ON t.number = passage_index.rowid "
            "JOIN passage AS p ON p.workspace_id = t.workspace_id AND p.id = t.passage_id "
            "JOIN article AS a ON a.workspace_id = p.workspace_id AND a.id = p.article_id "
            "WHERE passage_index MATCH ? ORDER BY bm25(passage_index) LIMIT 20",
            (" OR ".join(terms),),
        ).fetchall()
        taken.append(time.perf_counter() - started)
    connection.close()
    return taken


def _bare_transactions(path: Path) -> list[float]:
    """One transaction each that writes the rows of an answered turn, by the driver alone."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma)
    copied = {
        table: connection.execute(f"SELECT * FROM {table} ORDER BY id DESC LIMIT 1").fetchone()
        for table in ("conversation", "draft", "decision", "outbox")
    }
    message = connection.execute("SELECT * FROM message ORDER BY id LIMIT 1").fetchone()
    columns = {table: _columns(connection, table) for table in (*copied, "message")}
    inbox_ids = [row[0] for row in connection.execute("SELECT id FROM inbox LIMIT 200")]
    taken: list[float] = []
    for inbox_id in inbox_ids:
        conversation_id = new_id()
        started = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        _copy(
            connection, "conversation", columns, copied["conversation"], id=conversation_id, thread_ts=conversation_id
        )
        for _ in range(2):
            _copy(connection, "message", columns, message, id=new_id(), conversation_id=conversation_id, ts=None)
        for table in ("draft", "decision", "outbox"):
            _copy(connection, table, columns, copied[table], id=new_id(), conversation_id=conversation_id)
        connection.execute("UPDATE inbox SET state = 'done' WHERE id = ?", (inbox_id,))
        connection.execute("COMMIT")
        taken.append(time.perf_counter() - started)
    connection.close()
    return taken


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def _copy(
    connection: sqlite3.Connection, table: str, columns: dict[str, list[str]], row: tuple[Any, ...], **changed: Any
) -> None:
    values = dict(zip(columns[table], row, strict=True)) | changed
    if table == "outbox":
        values |= {"state": "sent", "lane": changed["id"]}
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(values.values()))


async def _bare_posts(settings: Settings, payloads: list[dict[str, Any]]) -> list[float]:
    """One chat.postMessage each, of the same posts to the same workspace, by the SDK alone."""
    assert settings.slack_bot_token is not None
    taken: list[float] = []
    async with aiohttp.ClientSession() as session:
        token = settings.slack_bot_token.get_secret_value()
        client = AsyncWebClient(token, base_url=settings.slack_api_url, session=session, retry_handlers=[])
        for payload in payloads:
            plain = {key: value for key, value in payload.items() if key not in ("thread_ts", "about")}
            started = time.perf_counter()
            await client.chat_postMessage(channel=world.SUPPORT, **json.loads(json.dumps(plain)))
            taken.append(time.perf_counter() - started)
    return taken


def _rows(ours: list[float], parts: dict[str, list[float]]) -> list[Row]:
    bare = sum(median(taken) for taken in parts.values())
    times = median(ours) / bare
    beside = " + ".join(f"{name} {ms(median(taken))} ms" for name, taken in parts.items())
    return [
        Row(NAME, "stored event to posted reply, p50", ms(median(ours)), "ms", f"{len(ours)} turns"),
        Row(NAME, "the bare parts together", ms(bare), "ms", beside),
        Row(NAME, "times the bare parts", round(times, 2), "ratio", beside, f"<= {TIMES:.0f}", times <= TIMES),
    ]
