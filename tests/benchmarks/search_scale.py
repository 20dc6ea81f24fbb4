"""How much longer a search takes when the knowledge base is twenty times as large, and beside a bare query."""

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from bot.knowledge import asking
from bot.knowledge.search import search
from handoff.audience import Reader
from storage.database import Database
from storage.engines import SQLITE_PRAGMAS
from storage.search_index import lexeme
from tests import postgres
from tests.benchmarks import data, knowledge_sync, scale_corpus
from tests.benchmarks.rows import Row, data_missing, ms, percentile

NAME = "search_scale"
SIZES, QUICK_SIZES = (10_000, 200_000), (4_000, 16_000)
QUESTIONS, ROUNDS = 100, 2
QUICK_QUESTIONS, QUICK_ROUNDS = 50, 1
MOST_GROWTH, MOST_BESIDE_BARE = 8.0, 2.0
READERS = {
    "an agent, who reads all": Reader(is_agent=True),
    "a customer, who reads three in ten": Reader(),
    "a partner's customer": Reader(organisation="T9", groups=frozenset({"partners"})),
}
Timed = dict[str, list[float]]
"""Seconds of each search, by who asks; `bare` for the bare query."""


async def run(progress: Callable[[str], None], quick: bool) -> list[Row]:
    """Fill both databases with both sizes, and ask each the same questions."""
    if data.bank_knowledge() is None or not data.bank_questions(1):
        return [data_missing(NAME, "p95 of a search")]
    sizes = QUICK_SIZES if quick else SIZES
    asked = (QUICK_QUESTIONS, QUICK_ROUNDS) if quick else (QUESTIONS, ROUNDS)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder, postgres.running(durable=False) as server:
        for name in ("SQLite", "PostgreSQL"):
            timed: dict[int, Timed] = {}
            for size in sizes:
                progress(f"{size:,} passages on {name}")
                url = f"sqlite:///{folder}/{size}.db" if name == "SQLite" else postgres.create(server)
                timed[size] = await _timed(url, size, *asked, with_bare=size == sizes[0])
            rows += _rows(name, timed, sizes)
    progress("syncs")
    return rows + await knowledge_sync.rows(full=not quick)


async def _timed(url: str, size: int, questions: int, rounds: int, *, with_bare: bool) -> Timed:
    database = await Database.open(url)
    try:
        await database.upgrade()
        await scale_corpus.fill(database, size)
        return await timed_searches(database, questions, rounds, with_bare=with_bare)
    finally:
        await database.close()


async def timed_searches(database: Database, many: int, rounds: int, *, with_bare: bool) -> Timed:
    """Ask `many` questions in rounds, of every reader and of the bare query in turn; the first round is not counted.

    At full size the bare query, which ranks every passage that holds any of the words, would take most of the time.
    """
    questions = data.bank_questions(many)
    found: Timed = {name: [] for name in (*READERS, "bare")}
    url = database.engine.url.render_as_string(hide_password=False)
    for round_ in range(rounds + 1):
        bare = await asyncio.to_thread(_bare, url, questions) if with_bare else []
        for name, reader in READERS.items():
            taken: list[float] = []
            for question in questions:
                started = time.perf_counter()
                async with database.reading() as session:
                    await search(session, scale_corpus.TEAM, question, reader=reader)
                taken.append(time.perf_counter() - started)
            found[name] += taken if round_ else []
        found["bare"] += bare if round_ else []
    return found


def _bare(url: str, questions: Sequence[str]) -> list[float]:
    """The same words as one statement of the driver: the twenty passages that the database itself ranks highest."""
    terms = [[f"{scale_corpus.TEAM}.{term}" for term in asking.query_terms(text)] for text in questions]
    if url.startswith("sqlite"):
        return _bare_sqlite(Path(make_url(url).database or ""), terms)
    return _bare_postgresql(url.replace("+psycopg", ""), terms)


def _bare_sqlite(path: Path, terms: Sequence[Sequence[str]]) -> list[float]:
    connection = sqlite3.connect(path)
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma)
    taken: list[float] = []
    for each in terms:
        started = time.perf_counter()
        connection.execute(
            "SELECT p.id, p.text, a.title, a.url FROM passage_index "
            "JOIN passage_terms AS t ON t.number = passage_index.rowid "
            "JOIN passage AS p ON p.workspace_id = t.workspace_id AND p.id = t.passage_id "
            "JOIN article AS a ON a.workspace_id = p.workspace_id AND a.id = p.article_id "
            "WHERE passage_index MATCH ? ORDER BY bm25(passage_index) LIMIT 20",
            (" OR ".join(f'"{term}"' for term in each) or '""',),
        ).fetchall()
        taken.append(time.perf_counter() - started)
    connection.close()
    return taken


def _bare_postgresql(url: str, terms: Sequence[Sequence[str]]) -> list[float]:
    taken: list[float] = []
    with psycopg.connect(url) as connection:
        for each in terms:
            query = " | ".join(lexeme(term) for term in each)
            started = time.perf_counter()
            connection.execute(
                "WITH near AS MATERIALIZED (SELECT passage_id, ts_rank(terms, query) AS rank "
                "FROM passage_terms, CAST(%s AS tsquery) AS query WHERE terms @@ query "
                "ORDER BY rank DESC LIMIT 20) "
                "SELECT p.id, p.text, a.title, a.url FROM near "
                "JOIN passage AS p ON p.workspace_id = %s AND p.id = near.passage_id "
                "JOIN article AS a ON a.workspace_id = p.workspace_id AND a.id = p.article_id ORDER BY rank DESC",
                (query, scale_corpus.TEAM),
            ).fetchall()
            taken.append(time.perf_counter() - started)
    return taken


def _rows(database: str, timed: Mapping[int, Timed], sizes: tuple[int, int]) -> list[Row]:
    few, many = sizes
    small, large = timed[few], timed[many]
    rows: list[Row] = []
    for reader in READERS:
        before, after = percentile(small[reader], 0.95), percentile(large[reader], 0.95)
        growth = after / before
        rows.append(
            Row(
                NAME,
                f"{database}: p95 at {many:,} passages, times that at {few:,}, {reader}",
                round(growth, 2),
                "times",
                f"{ms(after)} ms beside {ms(before)} ms",
                f"≤ {MOST_GROWTH:.0f}",
                growth <= MOST_GROWTH,
            )
        )
    bare, own = percentile(small["bare"], 0.95), percentile(small["an agent, who reads all"], 0.95)
    beside = own / bare
    rows.append(
        Row(
            NAME,
            f"{database}: p95 at {few:,} passages, times a bare query of the same words",
            round(beside, 2),
            "times",
            f"{ms(own)} ms beside {ms(bare)} ms",
            f"≤ {MOST_BESIDE_BARE:.0f}",
            beside <= MOST_BESIDE_BARE,
        )
    )
    return rows
