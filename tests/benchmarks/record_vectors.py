"""Records the vectors that the model of BATON_EMBEDDING_MODEL gives of the bank's passages, scenarios and questions."""

import asyncio
import sys
import tempfile
from array import array

from bot.costs.account import Books
from bot.knowledge import embedding_job, meaning
from bot.knowledge.asking import meant
from bot.knowledge.embedding import BATCH
from bot.settings import Settings
from bot.themes import vectors
from storage import passage_vectors
from storage.database import Database
from tests.benchmarks import data, recorded_vectors, retrieval, themes

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
            recorded = {embedding_job.told(each): made[each.passage_id] for each in every}
            for scenario in retrieval.read_scenarios(scenarios):
                parts = by.told(meant(scenario.text))
                recorded |= zip(parts, await by.endpoint.of_passages(parts), strict=True)
        finally:
            await by.close()
            await database.close()
    recorded_vectors.keep(by.endpoint.model, {text: array("f", vector) for text, vector in recorded.items()})
    return f"{len(recorded)} vectors of {by.endpoint.model} are recorded."


async def record_questions() -> str:
    """Ask for every question of the samples that `themes` groups; returns what was done, or why not."""
    by, samples = meaning.build(Settings()), themes.samples(themes.SAMPLES)
    if by is None or not samples:
        return "Name a model by BATON_EMBEDDING_MODEL and BATON_EMBEDDING_BASE_URL, and the data by BATON_BENCH_DATA."
    told = sorted({each for texts, _ in samples for each in map(vectors.told, texts)})
    recorded: dict[str, array[float]] = {}
    try:
        for start in range(0, len(told), BATCH):
            texts = told[start : start + BATCH]
            made = await by.endpoint.of_passages(texts)
            recorded |= {text: array("f", vector) for text, vector in zip(texts, made, strict=True)}
    finally:
        await by.close()
    least = recorded_vectors.LARGEST_OF_QUESTIONS
    recorded_vectors.keep(by.endpoint.model, recorded, recorded_vectors.QUESTIONS, least)
    return f"{len(recorded)} vectors of questions are recorded."


if __name__ == "__main__":
    if "--questions" not in sys.argv:
        sys.stdout.write(f"{asyncio.run(record())}\n")
    sys.stdout.write(f"{asyncio.run(record_questions())}\n")
