"""What the doctor asks of the models that the settings name."""

import time
from collections.abc import AsyncIterator

from bot.costs import prices
from bot.doctor.check import Check
from bot.knowledge import embedding
from bot.knowledge.embedding import NoVectors
from bot.models import chosen
from bot.models.causes import advice
from bot.models.chosen import Chosen
from bot.settings import Settings
from bot.team import TeamFile
from storage.problem import Problem

BYTES_A_NUMBER = 4
"""Of a vector."""


async def checks(settings: Settings, decided: TeamFile) -> AsyncIterator[Check]:
    """Each model, asked as Baton would ask it."""
    if settings.drafter == "embedded":
        yield Check("model", ok=True, found="none needed: the embedded drafter quotes your articles")
    asked = chosen.all_of(settings)
    if not asked and not settings.embedding_model:
        return
    from bot.models import visit  # noqa: PLC0415 - heavy, and only models need it

    own = prices.own(decided)
    for name, model in asked.items():
        found = await visit.visit(model, prices.of(model.model, own))
        yield Check(name, ok=found.ok, found=found.found, mend=found.mend)
    if model := chosen.embedding(settings):
        yield await _embedding(settings, model)


async def _embedding(settings: Settings, model: Chosen) -> Check:
    """Ask for the vector of a question, in the time that a customer would wait for it."""
    name, words = "embedding model", "until it works, articles are found by words alone"
    try:
        endpoint = embedding.build(settings)
    except Problem as problem:
        return Check(name, ok=False, found="the certificates cannot be read", mend=str(problem))
    assert endpoint is not None  # noqa: S101 - a model is named
    started = time.perf_counter()
    try:
        (vector,) = await endpoint.of_question(["Are you there?"])
    except NoVectors as failure:
        mend = advice(failure.cause, url=model.url, model=model.model, names=model.names)
        return Check(name, ok=False, found=f"{failure.cause.replace('_', ' ')}; {words}", mend=mend)
    finally:
        await endpoint.close()
    took, length = time.perf_counter() - started, len(vector) // BYTES_A_NUMBER
    found = f"{model.model} answers at {model.url} in {took:.1f} s with vectors of {length:,} numbers"
    return Check(name, ok=True, found=found)
