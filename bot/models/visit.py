"""Asks a model a tiny question in the way a draft would, and says what was found and what to do about it."""

import asyncio
import base64
import time
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from bot.costs import prices
from bot.costs.prices import Price
from bot.models import failures, forms
from bot.models.causes import advice
from bot.models.chosen import Chosen
from bot.models.dialect import Form
from bot.models.endpoint import Endpoint, Question, Told
from bot.settings import SettingsProblem, description
from handoff.draft import Image, NoUsableDraft

MOST_SECONDS = 30.0
MOST_WORDS = 200
"""Characters of what a server says about a refusal."""

_PIXEL = Image(
    "pixel.png",
    "image/png",
    base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    ),
)
_FORMS = {
    Form.JSON_SCHEMA: "JSON by schema",
    Form.JSON_OBJECT: "JSON with the schema in the prompt",
    Form.TEXT: "JSON taken out of plain text",
}


@dataclass(frozen=True, slots=True)
class Visit:
    """Whether a model can be used, what was found, and how to mend it when it cannot."""

    ok: bool
    found: str
    mend: str = ""


class _Works(BaseModel):
    model_config = ConfigDict(extra="forbid")

    works: bool


async def visit(model: Chosen, price: Price) -> Visit:
    """Ask the model; `price` is what its calls are counted with."""
    if model.lacks_key:
        return Visit(ok=False, found=f"{model.names.key} is not set", mend=description("openai_api_key"))
    try:
        client = failures.client(key=model.key, url=model.url, seconds=MOST_SECONDS)
    except SettingsProblem as problem:
        return Visit(ok=False, found="the certificates cannot be read", mend=str(problem))
    endpoint = Endpoint(client, model.model, effort=model.effort)
    started = time.perf_counter()
    try:
        async with asyncio.timeout(MOST_SECONDS):
            told = await endpoint.ask(_question(model))
    except (NoUsableDraft, TimeoutError) as failure:
        cause = failure.cause if isinstance(failure, NoUsableDraft) else "timeout"
        mend = advice(cause, url=model.url, model=model.model, names=model.names)
        return Visit(ok=False, found=f"{cause.replace('_', ' ')}{_said(failure)}", mend=mend)
    finally:
        await endpoint.close()
    return Visit(ok=True, found=_found(model, endpoint, told, price, time.perf_counter() - started))


def _question(model: Chosen) -> Question[_Works]:
    return Question(
        system="This is a test of the connection. Set `works` to true.",
        user="Are you there?",
        form=_Works,
        schema=forms.strict(_Works),
        name="works",
        images=(_PIXEL,) if model.sees_images else (),
        most_tokens=1_000,
    )


def _found(model: Chosen, endpoint: Endpoint, told: Told[_Works], price: Price, seconds: float) -> str:
    abilities = [
        _FORMS[endpoint.dialect.form],
        "probabilities of tokens" if told.tokens else "no probabilities of tokens",
        "pictures" if model.sees_images else "no pictures",
    ]
    if price is prices.FREE:
        abilities.append("no price known, so its calls count as free (set [prices] in baton.toml)")
    return f"{told.model} answers at {model.url} in {seconds:.1f} s; {', '.join(abilities)}"


def _said(failure: BaseException) -> str:
    """What the server answered: its status and code, and for a refusal its words."""
    each: BaseException | None = failure
    while each is not None:
        status = getattr(each, "status_code", None)
        if isinstance(status, int):
            code = getattr(each, "code", None) or "no code"
            words = " ".join(str(getattr(each, "message", "")).split())[:MOST_WORDS] if status in (400, 422) else ""
            return f": status {status} ({code}){f': {words}' if words else ''}"
        each = each.__cause__
    return ""
