"""From a customer's message to the sign that Baton is on it, while a model thinks."""

import asyncio
import time
from collections.abc import Callable

from bot import app
from bot.app import Running
from bot.conversation.signs import GRACE_SECONDS, Allowance
from bot.demo.workspace import Person
from bot.drafting.port import DraftRequest
from bot.knowledge.sync import sync
from handoff.draft import Draft
from storage.database import Database
from storage.tables import Workspace
from tests.benchmarks import data, world
from tests.benchmarks.rows import Row, data_missing, median, ms, percentile

NAME = "sign"
QUESTIONS, QUICK = 100, 40
AT_ONCE = 5
WARM = 10
"""The first questions load what later ones find loaded."""
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
                    bare = await _bare(bot, address, len(questions))
                    waits = await _waits(bot, address, questions)
            rows += _rows(kind, waits, bare)
    return rows


def _slow(bot: Running) -> None:
    """Let every draft take as long as a model's, and Slack's limit on removals not be met: it is not measured here."""
    drafter = bot.runtime.drafter
    at_once = drafter.draft

    async def draft(request: DraftRequest) -> Draft:
        await asyncio.sleep(MODEL_SECONDS)
        return await at_once(request)

    drafter.draft = draft  # pyright: ignore[reportAttributeAccessIssue]
    bot.signs._removable = Allowance(10_000)  # pyright: ignore[reportPrivateUsage]


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
        if start == WARM:
            waits.clear()
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


async def _bare(bot: Running, address: str, count: int) -> list[float]:
    """The same seconds for a message that nobody has to think about: the client reacts as soon as it is written."""

    async def write(person: Person) -> float:
        started = time.perf_counter()
        message = await person.says(world.DESK, "Nothing to do here")
        await bot.posting_client.reactions_add(channel=world.DESK, timestamp=message["ts"], name="eyes")
        await person.reads(
            world.DESK,
            thread=message["ts"],
            until=lambda each: each["ts"] == message["ts"] and bool(each.get("reactions")),
        )
        return time.perf_counter() - started

    waits: list[float] = []
    async with Person(address, world.AGENT) as agent:
        for _ in range(0, count, AT_ONCE):
            waits += await asyncio.gather(*(write(agent) for _ in range(AT_ONCE)))
    return waits


def _rows(kind: str, waits: list[float], bare: list[float]) -> list[Row]:
    figures = {
        "median": (ms(median(waits)), ms(median(bare))),
        "p95": (ms(percentile(waits, 0.95)), ms(percentile(bare, 0.95))),
    }
    asked = f"{len(waits)} questions, {AT_ONCE} at a time; {ms(GRACE_SECONDS):g} ms are waited on purpose"
    return [
        Row(
            NAME,
            f"{kind} {name}",
            value,
            "ms",
            f"a bare client that reacts at once: {reference} ms. {asked}",
            f"<= {MOST_MS:g}",
            value <= MOST_MS,
        )
        for name, (value, reference) in figures.items()
    ]
