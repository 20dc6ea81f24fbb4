"""What the questions mean to the embedding model, where one is set: asked at night, once about each question.

Personal data is masked before anything leaves. Whatever is missing afterwards (the endpoint fails, the day's budget is
spent, another model answers in between) leaves themes to words alone; what was made stays for the next night.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b

import structlog

from bot.costs import account
from bot.costs.budget import Budget
from bot.knowledge.embedding import BATCH, Endpoint, NoVectors
from bot.models.causes import EMBEDDING, advice
from bot.themes import grouping
from handoff import words
from storage import passage_vectors, question_vectors
from storage.asked_in_vain import Question
from storage.database import Database
from storage.question_vectors import Kept
from storage.row import now

log = structlog.get_logger(__name__)

PATIENCE_SECONDS = 300.0
"""For all calls of a night; it is in time then to group by words before another process takes the night over."""
KEPT = timedelta(days=70)
"""How long vectors are kept: for the reports on a month, and the month before."""
MOST_ARTICLES = 300
"""Passages whose vectors tell what all texts have in common."""
ROUNDS = 2
"""The second one makes anew what was of another size: behind the name of the model stands another one now."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who is asked for vectors, and what may be spent on it."""

    budget: Budget
    endpoint: Endpoint


@dataclass(frozen=True, slots=True)
class Meant:
    """The vectors of questions, as `grouping.Task` takes them."""

    bytes_each: int
    vectors: bytes
    of_articles: bytes


async def make(by: Asker, questions: Sequence[Question]) -> None:
    """Ask for the vectors that these questions lack; where that fails, the log says why and what to do."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            texts = await asyncio.to_thread(_told, questions)
            for _ in range(ROUNDS):
                if not await _catch_up(by, texts):
                    break
    except (NoVectors, TimeoutError) as failure:
        cause = failure.cause if isinstance(failure, NoVectors) else "timeout"
        what = advice(cause, url=by.endpoint.url, model=by.endpoint.model, names=EMBEDDING)
        log.warning("questions_without_vectors", model=by.endpoint.model, cause=cause, advice=what)
    books = by.budget.books
    async with books.database.transaction(durable=False) as session:
        await question_vectors.forget(session, books.workspace_id, now() - KEPT)


async def read(database: Database, workspace_id: str, questions: Sequence[Question]) -> Meant | None:
    """The vectors of questions as they are kept; None unless one model made those of all of them, as they are now."""
    async with database.reading() as session:
        kept = await question_vectors.of(session, workspace_id, [each.message_id for each in questions])
    if not kept:
        return None
    texts = await asyncio.to_thread(_told, questions)
    kinds = {(kept[id_].model, len(kept[id_].vector)) for id_ in texts if id_ in kept}
    if len(kinds) != 1 or any(id_ not in kept or kept[id_].told != _digest(text) for id_, text in texts.items()):
        return None
    (model, size), *_ = kinds
    async with database.reading() as session:
        stored = passage_vectors.every(session, workspace_id, model, MOST_ARTICLES)
        of_articles = [each.vector async for each in stored if len(each.vector) == size]
    none = bytes(size)
    vectors = (kept[each.message_id].vector if each.message_id in texts else none for each in questions)
    return Meant(size, b"".join(vectors), b"".join(of_articles))


async def _catch_up(by: Asker, wanted: Mapping[str, str]) -> bool:
    """Make what is missing, the same words once; whether there was anything to make, and all of it was made."""
    books, endpoint = by.budget.books, by.endpoint
    async with books.database.reading() as session:
        kept = await question_vectors.of(session, books.workspace_id, list(wanted))
    same: dict[str, list[str]] = {}
    for id_ in _lacking(wanted, kept, endpoint):
        same.setdefault(wanted[id_], []).append(id_)
    every = list(same)
    for texts in (every[start : start + BATCH] for start in range(0, len(every), BATCH)):
        async with books.database.reading() as session:
            if await by.budget.held_back(session):
                log.info("questions_without_vectors", model=endpoint.model, cause="budget")
                return False
        async with account.kept(books) as spent:
            vectors = await endpoint.of_passages(texts)
            made = [
                (id_, _digest(text), vector) for text, vector in zip(texts, vectors, strict=True) for id_ in same[text]
            ]
            async with books.database.transaction(durable=False) as session:
                await question_vectors.put(session, books.workspace_id, endpoint.model, made)
                await spent.write(session)
            spent.written()
    return bool(same)


def _lacking(texts: Mapping[str, str], kept: Mapping[str, Kept], endpoint: Endpoint) -> Iterable[str]:
    """The messages without a vector of this model, of its present size, of their present words."""
    for id_, text in texts.items():
        has = kept.get(id_)
        if (
            has is None
            or (has.model, has.told) != (endpoint.model, _digest(text))
            or endpoint.size not in (0, len(has.vector))
        ):
            yield id_


def _told(questions: Iterable[Question]) -> dict[str, str]:
    """What the model reads of each question, by message; one that says nothing is left out."""
    bare = ((each.message_id, told(each.text)) for each in questions)
    return {id_: text for id_, text in bare if words.informative(text)}


def told(text: str) -> str:
    """What the model reads of a question: without personal data, and what stands for it."""
    return " ".join(grouping.plain(text).split())


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()
