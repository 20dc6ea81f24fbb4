"""Gives every passage its vector: batch by batch, each stored at once, so that it goes on where it was stopped."""

from collections.abc import Callable

from bot.knowledge.embedding import BATCH, Endpoint
from storage import passage_vectors
from storage.database import Database
from storage.passage_vectors import WithoutVector

Progress = Callable[[int, int], None]
"""Called with how many passages have a vector, and how many there are."""


async def catch_up(database: Database, workspace_id: str, endpoint: Endpoint, progress: Progress | None = None) -> int:
    """Make the vectors that are missing, or of another model.

    Returns:
        How many were made.

    Raises:
        NoVectors: when the endpoint fails; what was made until then stays.
    """
    made = 0
    while True:
        async with database.reading() as session:
            batch = await passage_vectors.missing(session, workspace_id, endpoint.model, BATCH)
            ready, all_ = await passage_vectors.count(session, workspace_id, endpoint.model)
        if progress:
            progress(ready, all_)
        if not batch:
            return made
        vectors = await endpoint.of_passages([_told(each) for each in batch])
        async with database.transaction(durable=False) as session:
            named = [(each.passage_id, vector) for each, vector in zip(batch, vectors, strict=True)]
            await passage_vectors.put(session, workspace_id, endpoint.model, named)
        made += len(batch)


def _told(passage: WithoutVector) -> str:
    above = " › ".join(part for part in (passage.title, passage.heading_path) if part)
    return f"{above}\n{passage.text}"
