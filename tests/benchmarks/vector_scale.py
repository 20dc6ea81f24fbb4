"""The nearest of 200,000 vectors: compared in the memory of a process, and by PostgreSQL with pgvector.

Vectors are made up, with as many directions as those of real models have (a few dozen, however many numbers they are
written with): each is drawn there, and has a little of its own in every number.
"""

import gc
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bot.knowledge import meaning
from bot.knowledge.meaning import Meaning
from bot.settings import Settings
from handoff.audience import Reader
from storage import knowledge, passage_vectors, vector_index
from storage.database import Database
from storage.knowledge import NewArticle
from storage.passage_index import NewPassage
from storage.passage_search import OpenTo
from storage.row import now
from storage.shelves import Standing
from storage.tables import Workspace
from tests import postgres
from tests.benchmarks.rows import Row, ms, percentile

NAME = "vector_scale"
TEAM, MODEL, NUMBERS, DIRECTIONS, OWN = "T1", "made-up", 384, 32, 0.15
SIZE, QUICK_SIZE = 200_000, 30_000
QUESTIONS, QUICK_QUESTIONS, NEAREST, BATCH = 100, 40, 40, 1_000
AUDIENCES = ("internal",) * 60 + ("customer",) * 30 + ("group:partners",) * 9 + ("organisation:T9",)
READERS = {
    "an agent, who reads all": Reader(is_agent=True),
    "a customer, who reads three in ten": Reader(),
    "a partner's customer": Reader(organisation="T9", groups=frozenset({"partners"})),
}
MOST_BESIDE, LEAST_FOUND, MOST_MEMORY = 2.0, 0.95, 16.0


async def run(progress: Callable[[str], None], quick: bool) -> list[Row]:
    """Fill PostgreSQL, and ask the same questions in both ways."""
    import numpy as np

    size, questions = (QUICK_SIZE, QUICK_QUESTIONS) if quick else (SIZE, QUESTIONS)
    random = np.random.default_rng(5)
    directions = random.standard_normal((DIRECTIONS, NUMBERS)).astype(np.float32)
    stored, asked = (_vectors(random, directions, many) for many in (size, questions))
    by = meaning.build(Settings(embedding_model=MODEL, embedding_base_url="http://127.0.0.1:9/v1"))
    assert by
    with tempfile.TemporaryDirectory(), postgres.running(durable=False) as server:
        database = await Database.open(postgres.create(server))
        try:
            progress(f"{size:,} vectors on PostgreSQL")
            await _fill(database, stored)
            progress("in memory")
            in_memory = await _timed(database, by, stored, asked)
            progress("by pgvector")
            started = time.perf_counter()
            await vector_index.prepare(database)
            await vector_index.follow(database, TEAM, MODEL)
            took = time.perf_counter() - started
            async with database.writing_connection() as connection:
                await connection.exec_driver_sql(f"ANALYZE {vector_index.TABLE}")
            by_database = await _timed(database, Meaning(by.endpoint), stored, asked)
        finally:
            await by.close()
            await database.close()
    made = Row(NAME, f"{size:,} vectors of {NUMBERS} numbers copied and indexed", round(took, 1), "s")
    return [*_rows(size, in_memory, by_database), made]


def _vectors(random: Any, directions: Any, many: int) -> Any:
    import numpy as np

    drawn = random.standard_normal((many, DIRECTIONS)).astype(np.float32) @ directions / DIRECTIONS**0.5
    drawn += OWN * random.standard_normal(drawn.shape).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


async def _fill(database: Database, vectors: Any) -> None:
    """Store a passage of few words for every vector, and the vectors as they are without pgvector."""
    await database.upgrade()
    async with database.transaction() as session:
        session.add(Workspace(id=TEAM))
        for statement in vector_index.DROP:
            await (await session.connection()).exec_driver_sql(statement)
    for start in range(0, len(vectors), BATCH):
        numbers = range(start, min(start + BATCH, len(vectors)))
        async with database.transaction(durable=False) as session:
            await knowledge.store(session, TEAM, [_article(number) for number in numbers], [], now())
            named = [(f"p{number:07}", vectors[number].tobytes()) for number in numbers]
            await passage_vectors.put(session, TEAM, MODEL, named)
    async with database.writing_connection() as connection:
        await connection.exec_driver_sql("ANALYZE")


def _article(number: int) -> NewArticle:
    passage = NewPassage(f"p{number:07}", "", f"text {number}", ["articl"], [], ["text"])
    standing = Standing(AUDIENCES[number % len(AUDIENCES)])
    return NewArticle(f"a{number}", "kb", str(number), "An article", "", "", "en", "1", [passage], standing)


class _Timed:
    """Seconds of each search and the share of the truly nearest that it found, by reader; megabytes that it took."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = {}
        self.found: dict[str, float] = {}
        self.megabytes = 0.0


async def _timed(database: Database, by: Meaning, stored: Any, asked: Any) -> _Timed:
    import numpy as np

    timed = _Timed()
    gc.collect()
    before = _resident()
    audiences = np.array(AUDIENCES)[np.arange(len(stored)) % len(AUDIENCES)]
    for name, reader in READERS.items():
        open_to = OpenTo(None if reader.is_agent else reader.tags, now())
        readable = np.ones(len(stored), bool) if reader.is_agent else np.isin(audiences, sorted(reader.tags))
        seconds, shares = list[float](), list[float]()
        for number, question in enumerate([asked[0], *asked]):  # the first one reads the vectors, and is not counted
            started = time.perf_counter()
            ids = await by.nearest(database, TEAM, [question.tobytes()], NEAREST, open_to)
            if number:
                seconds.append(time.perf_counter() - started)
                shares.append(_share(ids, stored, readable, question))
        timed.seconds[name], timed.found[name] = seconds, sum(shares) / len(shares)
        timed.megabytes = max(timed.megabytes, _resident() - before)
    return timed


def _share(ids: Sequence[str], stored: Any, readable: Any, question: Any) -> float:
    import numpy as np

    near = np.where(readable, stored @ question, -np.inf)
    truth = np.argpartition(-near, NEAREST)[:NEAREST]
    return len({int(each[1:]) for each in ids} & {int(each) for each in truth}) / NEAREST


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def _rows(size: int, in_memory: _Timed, by_database: _Timed) -> list[Row]:
    rows: list[Row] = []
    for name in READERS:
        before, after = percentile(in_memory.seconds[name], 0.95), percentile(by_database.seconds[name], 0.95)
        rows.append(
            Row(
                NAME,
                f"p95 of the nearest {NEAREST} of {size:,} by pgvector, {name}",
                ms(after),
                "ms",
                f"in memory {ms(before)} ms",
                f"≤ {MOST_BESIDE:.0f} times",
                after <= MOST_BESIDE * before,
            )
        )
        found, of_memory = by_database.found[name], in_memory.found[name]
        rows.append(
            Row(
                NAME,
                f"share of the truly nearest {NEAREST} that pgvector finds, {name}",
                round(found, 3),
                "recall",
                f"in memory {of_memory:.3f}, where {meaning.MOST_BYTES // 1_000_000} MB of vectors are held",
                f"≥ {LEAST_FOUND}, and in memory's",
                found >= LEAST_FOUND and found >= of_memory - 0.05,
            )
        )
    rows.append(
        Row(
            NAME,
            "memory that vectors take in each process, by pgvector",
            round(by_database.megabytes, 1),
            "MB",
            f"in memory {in_memory.megabytes:.0f} MB",
            f"≤ {MOST_MEMORY:.0f} MB",
            by_database.megabytes <= MOST_MEMORY,
        )
    )
    return rows
