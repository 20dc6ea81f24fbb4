"""What vectors add to words: a local server serves vectors, of TF-IDF brought to fewer dimensions (LSA)."""

from collections.abc import Sequence
from typing import Any

from bot.costs.account import Books
from bot.knowledge import embedding_job, meaning
from bot.knowledge.asking import meant
from bot.knowledge.search import find
from bot.settings import Settings
from handoff.audience import Reader
from storage import passage_search
from storage.database import Database
from storage.passage_search import OpenTo
from storage.row import now
from tests import embedding_server
from tests.benchmarks.rivals_in_retrieval import Documents, Ranking

DIMENSIONS = 200
MODEL = "lsa-200"
PASSAGES = 60
AGENT = Reader(is_agent=True)


def latent(documents: Documents) -> embedding_server.Embed:
    """A small model of the documents' own words: what occurs together comes to lie near together."""
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline

    tfidf = TfidfVectorizer(stop_words="english", sublinear_tf=True)
    model: Any = make_pipeline(tfidf, TruncatedSVD(DIMENSIONS, random_state=1))
    model.fit([f"{document['title']}\n{document['content']}" for document in documents])

    def embed(texts: Sequence[str]) -> Sequence[Sequence[float]]:
        return (model.transform(list(texts)) + 1e-9).tolist()

    return embed


async def rankings(
    database: Database, team: str, keys: dict[str, str], documents: Documents, texts: Sequence[str]
) -> tuple[list[Ranking], list[Ranking]]:
    """The documents by vectors alone, and by words and vectors; `keys` are the documents' names by article."""
    alone: list[Ranking] = []
    fused: list[Ranking] = []
    async with embedding_server.running(latent(documents)) as server:
        by = meaning.build(Settings(embedding_model=MODEL, embedding_base_url=server.url))
        assert by
        try:
            await embedding_job.catch_up(Books(database, team, "UTC"), by.endpoint)
            everything = OpenTo(None, now())
            for text in texts:
                vector = await by.question(meant(text))
                near = await by.nearest(database, team, vector or b"", PASSAGES, everything)
                async with database.reading() as session:
                    held = await passage_search.these(session, team, near, [], everything)
                article = {each.passage_id: each.article_id for each in held.candidates}
                alone.append(list(dict.fromkeys(keys[article[each]] for each in near)))
                found = await find(database, team, text, PASSAGES, reader=AGENT, meaning=by)
                fused.append(list(dict.fromkeys(keys[each.article_id] for each in found)))
        finally:
            await by.close()
    return alone, fused
