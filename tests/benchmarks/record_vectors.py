"""Records the vectors that the model of BATON_EMBEDDING_MODEL gives of the bank's passages and scenarios."""

import asyncio
import sys
import tempfile
from array import array

from bot.costs.account import Books
from bot.knowledge import embedding_job, meaning
from bot.knowledge.asking import meant
from bot.settings import Settings
from storage import passage_vectors
from storage.database import Database
from tests.benchmarks import data, recorded_vectors, retrieval

TEAM = retrieval.TEAM


async def record() -> str:
    """Ask for every passage and every part of a scenario; returns what was done, or why not."""
    by, knowledge, scenarios = meaning.build(Settings()), data.bank_knowledge(), data.bank_scenarios()
    if by is None or knowledge is None or scenarios is None:
        return "Name a model by BATON_EMBEDDING_MODEL and BATON_EMBEDDING_BASE_URL, and the data by BATON_BENCH_DATA."
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/baton.db"
        await retrieval.fill(url, knowledge)
        database = await Database.open(url)
        try:
            async with database.reading() as session:
                every = await passage_vectors.missing(session, TEAM, "", 1_000_000)
            await embedding_job.catch_up(Books(database, TEAM, "UTC"), by.endpoint)
            async with database.reading() as session:
                stored = passage_vectors.every(session, TEAM, by.endpoint.model, len(every))
                made = {each.passage_id: each.vector async for each in stored}
            vectors = {embedding_job.told(each): made[each.passage_id] for each in every}
            for scenario in retrieval.read_scenarios(scenarios):
                parts = by.told(meant(scenario.text))
                vectors |= zip(parts, await by.endpoint.of_passages(parts), strict=True)
        finally:
            await by.close()
            await database.close()
    recorded_vectors.keep(by.endpoint.model, {text: array("f", vector) for text, vector in vectors.items()})
    return f"{len(vectors)} vectors of {by.endpoint.model} are recorded."


if __name__ == "__main__":
    sys.stdout.write(f"{asyncio.run(record())}\n")
