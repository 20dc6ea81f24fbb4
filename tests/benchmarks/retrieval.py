"""How many of the documents that a bank customer's scenario needs are among the first that a search finds.

Scenarios are long instructions to somebody who plays the customer; few of their sentences are about the question. The
product's own search is beside what people would use instead, on the same texts in the same run.
"""

import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.knowledge.search import USUAL_LIMIT, search
from bot.knowledge.sync import sync
from handoff.audience import Reader
from storage.database import Database
from storage.library import Article
from storage.tables import Workspace
from tests import postgres
from tests.benchmarks import data, fused_retrieval, rivals_in_retrieval
from tests.benchmarks.fused_retrieval import Found
from tests.benchmarks.rivals_in_retrieval import Ranking
from tests.benchmarks.rows import Row, data_missing

NAME = "retrieval"
TEAM = "T1"
DEPTHS = (10, 20)
TARGETS = {10: 0.33, 20: 0.46}
PASSAGES = 60
"""How many passages a search is asked for, so that twenty documents are among them."""
AGENT = Reader(is_agent=True)


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is asked, and the documents that an answer needs."""

    text: str
    needed: frozenset[str]


async def run(progress: Callable[[str], None], quick: bool) -> list[Row]:
    """Ask for every scenario, on both databases, by the rivals, and with vectors beside the words."""
    knowledge, scenarios_file = data.bank_knowledge(), data.bank_scenarios()
    if knowledge is None or scenarios_file is None:
        return [data_missing(NAME, "recall of needed documents")]
    scenarios = read_scenarios(scenarios_file)
    documents = [json.loads(line) for line in knowledge.read_text().splitlines()]
    texts = [each.text for each in scenarios]
    rows: list[Row] = []
    ranked: dict[str, list[Ranking]] = {}
    rivals: dict[str, list[Ranking]] = {}
    for name, rank in rivals_in_retrieval.RIVALS.items():
        progress(name)
        rivals[name] = rank(documents, texts)
        rows += [_plain(name, scenarios, rivals[name], depth) for depth in DEPTHS]
    with tempfile.TemporaryDirectory() as folder, postgres.running(durable=False) as server:
        places = {"SQLite": f"sqlite:///{folder}/baton.db", "PostgreSQL": postgres.create(server)}
        for name, url in places.items():
            progress(name)
            ranked[name] = await _by_product(url, knowledge, texts)
            rows += [_of_product(name, scenarios, ranked[name], rivals, depth) for depth in DEPTHS]
            rows += [_halves(f"on {name}", scenarios, ranked[name], depth) for depth in DEPTHS]
        rows += await _with_doubles(places["SQLite"], scenarios, ranked["SQLite"], progress)
        for name, url in places.items():
            rows += await _with_the_named(name, url, scenarios, ranked[name])
    ceilings = " / ".join(f"{recall(scenarios, _ideal(scenarios), depth):.3f}" for depth in DEPTHS)
    rows.append(Row(NAME, "the ceiling: scenarios need up to 30 documents", ceilings, "recall at 10 / 20"))
    return rows


def read_scenarios(path: Path) -> list[Scenario]:
    """The scenarios, in the order of the file."""
    tasks: list[dict[str, Any]] = json.loads(path.read_text())
    return [Scenario(task["instructions"], frozenset(task["required_documents"])) for task in tasks]


def recall(scenarios: Sequence[Scenario], rankings: Sequence[Ranking], depth: int) -> float:
    """The mean share of needed documents that are among the first `depth`, 0..1."""
    shares = [
        len(scenario.needed.intersection(ranking[:depth])) / len(scenario.needed)
        for scenario, ranking in zip(scenarios, rankings, strict=True)
    ]
    return sum(shares) / len(shares)


async def fill(url: str, knowledge: Path) -> None:
    """Make a database with the bank's documents."""
    database = await Database.open(url)
    try:
        await database.upgrade()
        async with database.transaction() as session:
            session.add(Workspace(id=TEAM))
        await sync(database, TEAM, knowledge)
    finally:
        await database.close()


async def _by_product(url: str, knowledge: Path, texts: Sequence[str]) -> list[Ranking]:
    await fill(url, knowledge)
    database = await Database.open(url)
    try:
        return [await product_ranking(database, text) for text in texts]
    finally:
        await database.close()


async def _with_doubles(
    url: str, scenarios: Sequence[Scenario], words: Sequence[Ranking], progress: Callable[[str], None]
) -> list[Row]:
    asked = [(each.text, each.needed) for each in scenarios]
    database = await Database.open(url)
    try:
        keys = await _all_keys(database)
        read = await fused_retrieval.read_by_words(database, TEAM, keys, [text for text, _ in asked])
        every = await fused_retrieval.with_each(database, TEAM, keys, asked, progress)
    finally:
        await database.close()
    rows = [row for found in every for row in _joined(f"over HTTP ({found.model})", scenarios, words, read, found)]
    if len(every) < fused_retrieval.MODELS:
        rows.append(Row(NAME, "Baton with vectors of a real model", "to be recorded anew", "", "", "recorded", False))
    return rows


async def _with_the_named(name: str, url: str, scenarios: Sequence[Scenario], words: Sequence[Ranking]) -> list[Row]:
    """What the model adds that the environment names, if any."""
    texts = [each.text for each in scenarios]
    database = await Database.open(url)
    try:
        keys = await _all_keys(database)
        read = await fused_retrieval.read_by_words(database, TEAM, keys, texts)
        found = await fused_retrieval.with_the_named(database, TEAM, keys, texts)
    finally:
        await database.close()
    return _joined(f"of your {found.model} on {name}", scenarios, words, read, found) if found else []


def _joined(
    whose: str, scenarios: Sequence[Scenario], words: Sequence[Ranking], read: Sequence[Ranking], found: Found
) -> list[Row]:
    rows = [_with_meaning(whose, scenarios, words, found, depth) for depth in DEPTHS]
    rows += [_halves(f"with vectors {whose}", scenarios, found.fused, depth) for depth in DEPTHS]
    rows.append(_of_few(whose, scenarios, read, found))
    if found.late:
        rows.append(Row(NAME, f"scenarios without vectors in time {whose}", found.late, "", "", "0", False))
    return rows


async def _all_keys(database: Database) -> dict[str, str]:
    async with database.reading() as session:
        wanted = select(Article.id, Article.source_key).where(Article.workspace_id == TEAM)
        return {id_: key.split("#")[-1] for id_, key in await session.exec(wanted)}


async def product_ranking(database: Database, text: str) -> Ranking:
    """The documents as an agent's search finds them: each by its best passage."""
    async with database.reading() as session:
        found = await search(session, TEAM, text, PASSAGES, reader=AGENT)
        keys = await _keys(session, [each.article_id for each in found])
    return list(dict.fromkeys(keys[each.article_id] for each in found))


async def _keys(session: AsyncSession, article_ids: Sequence[str]) -> dict[str, str]:
    wanted = select(Article.id, Article.source_key).where(
        Article.workspace_id == TEAM, col(Article.id).in_(article_ids)
    )
    return {id_: key.split("#")[-1] for id_, key in await session.exec(wanted)}


def _with_meaning(whose: str, scenarios: Sequence[Scenario], words: Sequence[Ranking], found: Found, depth: int) -> Row:
    value, by_words, alone = (recall(scenarios, each, depth) for each in (found.fused, words, found.alone))
    return Row(
        NAME,
        f"Baton with vectors {whose}, first {depth}",
        round(value, 3),
        "recall",
        f"words {by_words:.3f}, vectors {alone:.3f}",
        "ahead of both",
        value > max(by_words, alone),
    )


def _of_few(whose: str, scenarios: Sequence[Scenario], words: Sequence[Ranking], found: Found) -> Row:
    by_words = recall(scenarios, words, USUAL_LIMIT)
    return Row(
        NAME,
        f"Baton with vectors {whose}, in the {USUAL_LIMIT} passages that a drafter reads",
        round(recall(scenarios, found.read, USUAL_LIMIT), 3),
        "recall",
        f"words {by_words:.3f}",
    )


def _ideal(scenarios: Sequence[Scenario]) -> list[Ranking]:
    return [sorted(each.needed) for each in scenarios]


def _plain(name: str, scenarios: Sequence[Scenario], ranked: Sequence[Ranking], depth: int) -> Row:
    return Row(NAME, f"{name}, first {depth} documents", round(recall(scenarios, ranked, depth), 3), "recall")


def _of_product(
    name: str, scenarios: Sequence[Scenario], ranked: Sequence[Ranking], rivals: dict[str, list[Ranking]], depth: int
) -> Row:
    value = recall(scenarios, ranked, depth)
    best = max(recall(scenarios, each, depth) for each in rivals.values())
    return Row(
        NAME,
        f"Baton on {name}, first {depth} documents",
        round(value, 3),
        "recall",
        f"best rival {best:.3f}",
        f"≥ {TARGETS[depth]:.2f}, and ahead of each",
        value >= TARGETS[depth] and value > best,
    )


def _halves(name: str, scenarios: Sequence[Scenario], ranked: Sequence[Ranking], depth: int) -> Row:
    """How much the figure hangs on the scenarios: all of them were in sight when the ranking was made."""
    even, odd = (recall(scenarios[start::2], ranked[start::2], depth) for start in (0, 1))
    return Row(NAME, f"Baton {name}, first {depth}: even and odd scenarios", f"{even:.3f} / {odd:.3f}", "recall")
