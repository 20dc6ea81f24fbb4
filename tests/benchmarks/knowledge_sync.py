"""A sync of the bank's documents beside a bare loop that inserts the same rows; part of search_scale."""

import json
import shutil
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from bot.knowledge import passages
from bot.knowledge.sync import sync
from handoff import language, words
from storage.database import Database
from storage.engines import SQLITE_PRAGMAS
from storage.tables import Workspace
from tests import postgres
from tests.benchmarks import data, world
from tests.benchmarks.rows import Row, data_missing, median

NAME = "search_scale"
TEAM = "T0BENCH"
ROUNDS, QUICK_ROUNDS = 5, 2
MOST_TIMES, MOST_SHARE = 3.0, 0.1
TABLES = ("article", "passage", "passage_terms", "knowledge_term")
"""What a sync writes, those that others refer to first. The full-text index of SQLite follows by its triggers."""


async def rows(*, full: bool) -> list[Row]:
    """Measure on both databases; `full` takes more rounds.

    Returns:
        For each database: seconds of the first sync, times the bare loop, and the share that a second one takes.
    """
    documents = data.bank_knowledge()
    if documents is None:
        return [data_missing(NAME, "sync: bank knowledge base")]
    found: list[Row] = []
    with world.folder() as folder, postgres.running(durable=True) as server:
        for kind in ("sqlite", "postgresql"):
            first: list[float] = []
            second: list[float] = []
            bare: list[float] = []
            for number in range(ROUNDS if full else QUICK_ROUNDS):
                url = f"sqlite:///{folder / f'{number}.db'}" if kind == "sqlite" else postgres.create(server)
                one, other = await _synced(url, documents)
                first.append(one)
                second.append(other)
                bare.append(_bare(url, documents))
            found += _rows(kind, median(first), median(second), median(bare))
    return found


async def _synced(url: str, source: Path) -> tuple[float, float]:
    """Seconds of a first sync, and of a second one that changes nothing."""
    database = await Database.open(url)
    try:
        await database.upgrade()
        async with database.transaction() as session:
            session.add(Workspace(id=TEAM))
        started = time.perf_counter()
        summary = await sync(database, TEAM, source)
        between = time.perf_counter()
        again = await sync(database, TEAM, source)
        ended = time.perf_counter()
        if len(again.unchanged) != len(summary.added):
            raise RuntimeError("the second sync changed something")
    finally:
        await database.close()
    return between - started, ended - between


def _bare(url: str, source: Path) -> float:
    """Seconds of a loop that parses and cuts, and inserts the rows that the sync wrote, by the driver alone."""
    if url.startswith("sqlite"):
        return _bare_sqlite(Path(url.removeprefix("sqlite:///")), source)
    return _bare_postgresql(url, source)


def _parse_and_cut(source: Path) -> int:
    """The work that any program must do to have these rows: JSON, passages, stemmed words, the language."""
    terms = 0
    with source.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            language.detect(f"{row['title']}\n{row['content']}")
            title = words.informative(row["title"])
            for cut in passages.cut(row["content"], row["title"]):
                terms += len(title) + len(words.informative(cut.heading_path)) + len(words.informative(cut.text))
    return terms


def _bare_sqlite(path: Path, source: Path) -> float:
    copy = path.with_suffix(".bare.db")
    shutil.copy(path, copy)  # closed before: everything is in the file
    connection = sqlite3.connect(copy, isolation_level=None)
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma)
    written = {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
    for table in reversed(TABLES):
        connection.execute(f"DELETE FROM {table}")

    def insert() -> None:
        connection.execute("BEGIN IMMEDIATE")
        for table, found in written.items():
            marks = ", ".join("?" * len(found[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", found)
        connection.execute("COMMIT")

    taken = _timed(source, insert)
    connection.close()
    return taken


def _bare_postgresql(url: str, source: Path) -> float:
    with psycopg.connect(url) as connection:
        written: dict[str, list[tuple[Any, ...]]] = {}
        columns: dict[str, sql.Composable] = {}
        for table in TABLES:
            cursor = connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table)))
            names = [column.name for column in cursor.description or ()]
            columns[table] = sql.SQL(", ").join(map(sql.Identifier, names))
            written[table] = cursor.fetchall()
        for table in reversed(TABLES):
            connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
        connection.commit()

        def insert() -> None:
            with connection.cursor() as cursor:
                for table, found in written.items():
                    marks = sql.SQL(", ").join([sql.Placeholder()] * len(found[0]))
                    into = sql.SQL("INSERT INTO {} ({}) VALUES ({})")
                    cursor.executemany(into.format(sql.Identifier(table), columns[table], marks), found)
            connection.commit()

        return _timed(source, insert)


def _timed(source: Path, insert: Callable[[], None]) -> float:
    started = time.perf_counter()
    _parse_and_cut(source)
    insert()
    return time.perf_counter() - started


def _rows(kind: str, first: float, second: float, bare: float) -> list[Row]:
    times, share = first / bare, second / first
    reference = f"a bare loop that parses, cuts and inserts the same rows: {bare:.2f} s"
    return [
        Row(NAME, f"sync of 698 documents ({kind})", round(first, 2), "s", reference),
        Row(
            NAME,
            f"sync, times a bare loop ({kind})",
            round(times, 2),
            "ratio",
            reference,
            f"<= {MOST_TIMES:.0f}",
            times <= MOST_TIMES,
        ),
        Row(
            NAME,
            f"sync that changes nothing, share of the first ({kind})",
            round(share, 3),
            "ratio",
            f"{second * 1000:.0f} ms",
            f"<= {MOST_SHARE}",
            share <= MOST_SHARE,
        ),
    ]
