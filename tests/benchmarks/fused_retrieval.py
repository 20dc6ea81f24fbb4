"""What vectors add to words: those of several models that a local server plays, and of a real one that is named."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.costs.account import Books
from bot.knowledge import embedding_job, meaning
from bot.knowledge.asking import meant
from bot.knowledge.meaning import Meaning
from bot.knowledge.search import USUAL_LIMIT, find
from bot.settings import Settings
from handoff.audience import Reader
from storage import passage_search, passage_vectors
from storage.database import Database
from storage.passage_search import OpenTo
from storage.row import now
from tests import embedding_server
from tests.benchmarks import embedding_doubles, recorded_vectors
from tests.benchmarks.rivals_in_retrieval import Ranking

PASSAGES = 60
MODELS = 4
"""That a local server plays, unless the recorded one lacks vectors."""
AGENT = Reader(is_agent=True)


@dataclass(slots=True)
class Found:
    """What was found with one model: documents, best first, for each text."""

    model: str
    alone: list[Ranking] = field(default_factory=list[Ranking])
    fused: list[Ranking] = field(default_factory=list[Ranking])
    read: list[Ranking] = field(default_factory=list[Ranking])
    """With words, those of the few passages that a drafter reads."""
    late: int = 0
    """Texts whose vectors did not come in time, which were found by words alone."""


async def with_each(
    database: Database,
    team: str,
    keys: dict[str, str],
    scenarios: Sequence[tuple[str, frozenset[str]]],
    progress: Callable[[str], None],
) -> list[Found]:
    """Ask by vectors alone, and by words and vectors.

    Args:
        database: with the articles and without vectors.
        team: the workspace.
        keys: the documents' names by article.
        scenarios: what is asked, and the documents that an answer needs.
        progress: hears which model is on.
    """
    texts, needed = [text for text, _ in scenarios], [documents for _, documents in scenarios]
    told, document = await _passages(database, team, keys)
    doubles = (
        recorded_vectors.double(list(told)),
        embedding_doubles.latent(list(told)),
        embedding_doubles.large(list(told)),
        embedding_doubles.simulated(told, needed),
    )
    found: list[Found] = []
    for double in filter(None, doubles):
        progress(double.name)
        async with embedding_server.running(double.embed) as server:
            by = meaning.build(Settings(embedding_model=double.name, embedding_base_url=server.url))
            assert by
            found.append(await _with(database, team, document, texts, by=by, asks=double.asks))
    return found


async def with_the_named(database: Database, team: str, keys: dict[str, str], texts: Sequence[str]) -> Found | None:
    """The same with the model of BATON_EMBEDDING_MODEL, wherever it is; None when the environment names none."""
    by = meaning.build(Settings())
    if by is None:
        return None
    await embedding_job.prepare(database)
    _, document = await _passages(database, team, keys)
    return await _with(database, team, document, texts, by=by)


async def _passages(database: Database, team: str, keys: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The document of every passage: by what a model is told of it, and by its id."""
    async with database.reading() as session:
        every = await passage_vectors.missing(session, team, "", 1_000_000)
        ids = [each.passage_id for each in every]
        held = await passage_search.these(session, team, ids, [], OpenTo(None, now()))
    document = {each.passage_id: keys[each.article_id] for each in held.candidates}
    return {embedding_job.told(each): document[each.passage_id] for each in every}, document


async def _with(
    database: Database,
    team: str,
    document: dict[str, str],
    texts: Sequence[str],
    *,
    by: Meaning,
    asks: Callable[[int], None] = lambda _: None,
) -> Found:
    found, open_to = Found(by.endpoint.model), OpenTo(None, now())
    try:
        await embedding_job.catch_up(Books(database, team, "UTC"), by.endpoint)
        for number, text in enumerate(texts):
            asks(number)
            vectors = await by.question(meant(text))
            found.late += vectors is None
            near = await by.nearest(database, team, vectors, PASSAGES, open_to) if vectors else []
            found.alone.append(list(dict.fromkeys(document[each] for each in near)))
            for limit, into in ((PASSAGES, found.fused), (USUAL_LIMIT, found.read)):
                both = await find(database, team, text, limit, reader=AGENT, meaning=by)
                into.append(list(dict.fromkeys(document[each.passage_id] for each in both)))
    finally:
        await by.close()
    return found


async def read_by_words(database: Database, team: str, keys: dict[str, str], texts: Sequence[str]) -> list[Ranking]:
    """The documents of the few passages that a drafter reads, without a model."""
    found = [await find(database, team, text, USUAL_LIMIT, reader=AGENT) for text in texts]
    return [list(dict.fromkeys(keys[each.article_id] for each in some)) for some in found]
