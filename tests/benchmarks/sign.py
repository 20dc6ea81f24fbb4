"""From a customer's message to the sign that Baton is on it, while a model thinks."""

import asyncio
import time
from collections.abc import Callable

from bot import app
from bot.app import Running
from bot.demo.workspace import Person
from bot.drafting.port import DraftRequest
from bot.knowledge.sync import sync
from bot.signs import GRACE_SECONDS, Budget
from handoff.draft import Draft
from storage.database import Database
from storage.tables import Workspace
from tests.benchmarks import data, world
from tests.benchmarks.rows import Row, data_missing, median, ms, percentile

NAME = "sign"
QUESTIONS, QUICK = 100, 40
AT_ONCE = 5
MODEL_SECONDS = 1.0
MOST_MS = 300.0


async def run(progress: Callable[[str], None], quick: bool) -> list[Row]:
    """Five customers ask at a time; the workspace runs in a process of its own."""
    knowledge, questions = data.bank_knowledge(), data.bank_questions(QUICK if quick else QUESTIONS)
    if knowledge is None or not questions:
        return [data_missing(NAME, "bank knowledge base and questions")]
    rows: list[Row] = []
    with world.folder() as folder, world.databases(folder) as urls:
        for kind, url in urls.items():
            database = await Database.open(url)
            await database.upgrade()
            async with database.transaction() as session:
                session.add(Workspace(id=world.seed().team_id))
            await sync(database, world.seed().team_id, knowledge)
            await database.close()
            async with world.process(["-m", "tests.benchmarks.serving"], world.plain_environment()) as server:
                address = world.told(server)
                async with app.running(world.settings(address, url)) as bot:
                    progress(kind)
                    waits = await _waits(bot, address, questions)
            rows += _rows(kind, waits)
    return rows


def _slow(bot: Running) -> None:
    """Let every draft take as long as a model's, and Slack's limit on removals not be met: it is not measured here."""
    drafter = bot.runtime.drafter
    at_once = drafter.draft

    async def draft(request: DraftRequest) -> Draft:
        await asyncio.sleep(MODEL_SECONDS)
        return await at_once(request)

    drafter.draft = draft  # pyright: ignore[reportAttributeAccessIssue]
    bot.signs._removable = Budget(10_000)  # pyright: ignore[reportPrivateUsage]


async def _waits(bot: Running, address: str, questions: list[str]) -> list[float]:
    """Seconds from each message, as its writer sent it, until the reaction stands beside it."""
    _slow(bot)

    async def ask(customer: Person, text: str) -> float:
        started = time.perf_counter()
        question = await customer.says(world.SUPPORT, text)
        await customer.reads(
            world.SUPPORT, thread=question["ts"], until=lambda message: bool(message.get("reactions")), timeout=30
        )
        return time.perf_counter() - started

    waits: list[float] = []
    for start in range(0, len(questions), AT_ONCE):
        texts = questions[start : start + AT_ONCE]
        people = [Person(address, user) for user in world.CUSTOMERS[: len(texts)]]
        for person in people:
            await person.__aenter__()
        try:
            asked = [ask(person, text) for person, text in zip(people, texts, strict=True)]
            waits += [each for each in await asyncio.gather(*asked, return_exceptions=True) if isinstance(each, float)]
        finally:
            for person in people:
                await person.__aexit__()
    return waits


def _rows(kind: str, waits: list[float]) -> list[Row]:
    reference = f"{len(waits)} questions, {AT_ONCE} at a time, of which {ms(GRACE_SECONDS):g} ms are waited on purpose"
    figures = {"median": ms(median(waits)), "p95": ms(percentile(waits, 0.95))}
    return [
        Row(NAME, f"{kind} {name}", value, "ms", reference, f"<= {MOST_MS:g}", value <= MOST_MS)
        for name, value in figures.items()
    ]
