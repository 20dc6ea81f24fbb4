"""What vectors add to words: a local server serves those of several models, as an endpoint would."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.costs.account import Books
from bot.knowledge import embedding_job, meaning
from bot.knowledge.asking import meant
from bot.knowledge.search import USUAL_LIMIT, find
from bot.settings import Settings
from handoff.audience import Reader
from storage import passage_search, passage_vectors
from storage.database import Database
from storage.passage_search import OpenTo
from storage.row import now
from tests import embedding_server
from tests.benchmarks import embedding_doubles
from tests.benchmarks.embedding_doubles import Double
from tests.benchmarks.rivals_in_retrieval import Ranking

PASSAGES = 60
AGENT = Reader(is_agent=True)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found with one model: documents, best first, for each text."""

    model: str
    alone: list[Ranking]
    fused: list[Ranking]
    read: list[Ranking]
    """With words, those of the few passages that a drafter reads."""


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
    async with database.reading() as session:
        every = await passage_vectors.missing(session, team, "", 1_000_000)
        ids = [each.passage_id for each in every]
        held = await passage_search.these(session, team, ids, [], OpenTo(None, now()))
    article = {each.passage_id: each.article_id for each in held.candidates}
    told = {embedding_job.told(each): keys[article[each.passage_id]] for each in every}
    found: list[Found] = []
    for make in (embedding_doubles.latent, embedding_doubles.large, None):
        double = make(list(told)) if make else embedding_doubles.simulated(told, needed)
        progress(double.name)
        found.append(await _with(database, team, {each: keys[article[each]] for each in ids}, texts, double))
    return found


async def _with(database: Database, team: str, document: dict[str, str], texts: Sequence[str], double: Double) -> Found:
    found = Found(double.name, [], [], [])
    async with embedding_server.running(double.embed) as server:
        by = meaning.build(Settings(embedding_model=double.name, embedding_base_url=server.url))
        assert by
        try:
            await embedding_job.catch_up(Books(database, team, "UTC"), by.endpoint)
            for number, text in enumerate(texts):
                double.asks(number)
                vectors = await by.question(meant(text))
                near = await by.nearest(database, team, vectors or [], PASSAGES, OpenTo(None, now()))
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
