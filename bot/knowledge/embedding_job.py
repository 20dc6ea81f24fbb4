"""Gives every passage its vector: batch by batch, each stored at once, so that it goes on where it was stopped."""

from collections.abc import Callable

import structlog

from bot.costs import account
from bot.costs.account import Books
from bot.knowledge.embedding import BATCH, Endpoint, NoVectors
from bot.models.causes import EMBEDDING, advice
from storage import passage_vectors, vector_index
from storage.database import Database
from storage.passage_vectors import WithoutVector

log = structlog.get_logger(__name__)

ANOTHER_MODEL = (
    "The server gives vectors of another length for this name than before, so another model stands behind it. They are "
    "made anew, and words alone find articles until then. If that was not meant, correct BATON_EMBEDDING_MODEL."
)
Progress = Callable[[int, int], None]
"""Called with how many passages have a vector, and how many there are."""


async def prepare(database: Database) -> None:
    """Let PostgreSQL compare the vectors where it can; where it cannot, why is logged. Once a process is enough."""
    why = await vector_index.prepare(database)
    if why and not database.is_sqlite:
        log.info("pgvector_not_used", why=why)


async def catch_up(books: Books, endpoint: Endpoint, progress: Progress | None = None) -> int:
    """Make the vectors that are missing in the workspace of these books, or of another model, and write down the calls.

    Returns:
        How many were made.

    Raises:
        NoVectors: when the endpoint fails; what was made until then stays.
    """
    made, database, workspace_id = 0, books.database, books.workspace_id
    while True:
        await _forget_other_sizes(books, endpoint)
        async with database.reading() as session:
            ready, all_ = await passage_vectors.count(session, workspace_id, endpoint.model)
            fresh = ready < all_
            batch = await passage_vectors.missing(session, workspace_id, endpoint.model, BATCH) if fresh else []
        if progress:
            progress(ready, all_)
        if not batch:
            await vector_index.follow(database, workspace_id, endpoint.model)
            return made
        async with account.kept(books) as spent:
            vectors = await endpoint.of_passages([told(each) for each in batch])
            named = [(each.passage_id, vector) for each, vector in zip(batch, vectors, strict=True)]
            async with database.transaction(durable=False) as session:
                await passage_vectors.put(session, workspace_id, endpoint.model, named)
                await spent.write(session)
            spent.written()
        made += len(batch)


async def _forget_other_sizes(books: Books, endpoint: Endpoint) -> None:
    """Behind the name of a model stands another one now: its old vectors find nothing any more, and are made anew.

    Once for each size, so that a server which answers by turns with two models is not paid for ever.
    """
    if not endpoint.size or endpoint.size in endpoint.sizes_seen:
        return
    endpoint.sizes_seen.add(endpoint.size)
    async with books.database.transaction(durable=False) as session:
        team, model = books.workspace_id, endpoint.model
        gone = await passage_vectors.forget_other_sizes(session, team, model, endpoint.size)
    if gone:
        log.warning("vectors_of_another_size", model=model, url=endpoint.url, made_anew=gone, advice=ANOTHER_MODEL)


class Sweep:
    """What a running bot does of it, again and again.

    Args:
        books: of the workspace.
        endpoint: of the embedding model.
    """

    def __init__(self, books: Books, endpoint: Endpoint) -> None:
        self._books, self._endpoint = books, endpoint
        self._prepared = False

    async def run(self) -> None:
        """Catch up; a failure is logged with what to do about it, and the next run goes on."""
        if not self._prepared:
            await prepare(self._books.database)
            self._prepared = True
        try:
            await catch_up(self._books, self._endpoint)
        except NoVectors as failure:
            url, model = self._endpoint.url, self._endpoint.model
            what = advice(failure.cause, url=url, model=model, names=EMBEDDING)
            log.warning("passages_without_vectors", model=model, cause=failure.cause, advice=what)


def told(passage: WithoutVector) -> str:
    """What a model reads of a passage: its title and headings, then its text."""
    above = " › ".join(part for part in (passage.title, passage.heading_path) if part)
    return f"{above}\n{passage.text}"
