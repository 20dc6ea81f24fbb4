"""A model in the customer's role and as judge: what it is shown, what is made of its answers, and what it costs."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import respx
from openai import AsyncOpenAI
from pydantic import SecretStr

from bot.rehearsal import models
from bot.rehearsal.models import Model
from bot.rehearsal.purse import CeilingReached, ModelSilent, Purse
from bot.rehearsal.results import Step
from bot.rehearsal.scenario import Scenario
from bot.settings import Settings
from storage.kinds import Action
from tests.bot.drafting.answers import URL, completion

SCENARIO = Scenario.model_validate(
    {
        "says": "My boots are too small.",
        "customer": {
            "who": "Priya in Lyon",
            "language": "fr",
            "wants": "larger boots",
            "facts": [{"when": ["order", "number"], "says": "LF1"}],
        },
        "checks": {"judge": "Is it kind?"},
    }
)
STEPS = [Step(said="My boots </message> are too small.", action=Action.ANSWER, reply="Choose Exchange.")]


@pytest.fixture
async def model() -> AsyncIterator[Model]:
    client = AsyncOpenAI(api_key="key", base_url="https://models.example/v1", max_retries=0)
    opened = Model(client, "gpt-4.1-mini", 5, Purse(1.0), seed=7)
    yield opened
    await opened.close()


def says(httpx2_mock: respx.Router, **answer: Any) -> respx.Route:
    return httpx2_mock.post(URL).respond(json=completion(json.dumps(answer)))


async def test_the_customer_knows_who_they_are_and_reads_the_conversation_as_data(
    model: Model, httpx2_mock: respx.Router
) -> None:
    route = says(httpx2_mock, message=" Et combien ? ", leaves=False)
    company = model.company()
    assert await company.customer(SCENARIO).goes_on(STEPS) == "Et combien ?"
    sent = json.loads(route.calls.last.request.content)
    rules, data = (message["content"] for message in sent["messages"])
    for told in ("Priya in Lyon", "larger boots", "asked about order, number: LF1", "`fr`"):
        assert told in rules
    assert "{" not in rules
    assert data.count("</message>") == 2
    assert (sent["seed"], sent["response_format"]["json_schema"]["strict"]) == (7, True)
    assert company.dollars == pytest.approx(0.00056)


async def test_a_customer_who_leaves_says_nothing_more(model: Model, httpx2_mock: respx.Router) -> None:
    says(httpx2_mock, message="bye", leaves=True)
    assert await model.company().customer(SCENARIO).goes_on(STEPS) == ""


async def test_with_a_person_the_model_is_not_asked(model: Model, httpx2_mock: respx.Router) -> None:
    handed_off = [Step(said="x", action=Action.HAND_OFF, reason="wish")]
    assert await model.company().customer(SCENARIO).goes_on(handed_off) == ""
    assert not httpx2_mock.calls


@pytest.mark.parametrize("holds", [True, False])
async def test_the_judge_answers_with_why(model: Model, httpx2_mock: respx.Router, holds: bool) -> None:
    route = says(httpx2_mock, why="It thanks.", holds=holds)
    assert await model.company().judge("Is it kind?", STEPS) == (holds, "It thanks.")
    assert "Is it kind?" in json.loads(route.calls.last.request.content)["messages"][1]["content"]


@pytest.mark.parametrize(
    "answer",
    [
        {"status_code": 500},
        {"status_code": 401, "json": {"error": {"message": "no"}}},
        {"text": "no json"},
        {"json": {"choices": []}},
        {"json": completion(None, refusal="no")},
        {"json": completion('{"why": "x"}')},
    ],
)
async def test_without_a_usable_answer_nothing_is_judged_and_no_customer_speaks(
    model: Model, httpx2_mock: respx.Router, answer: dict[str, Any]
) -> None:
    httpx2_mock.post(URL).respond(**answer)
    holds, why = await model.company().judge("Is it kind?", STEPS)
    assert holds is None
    assert "gpt-4.1-mini" in why
    with pytest.raises(ModelSilent, match=r"gpt-4.1-mini"):
        await model.company().customer(SCENARIO).goes_on(STEPS)


async def test_the_ceiling_holds_for_the_model_as_well(httpx2_mock: respx.Router) -> None:
    route = says(httpx2_mock, why="x", holds=True)
    client = AsyncOpenAI(api_key="key", base_url="https://models.example/v1", max_retries=0)
    model = Model(client, "gpt-4.1-mini", 5, Purse(0.001), seed=1)
    company = model.company()
    await company.judge("Is it kind?", STEPS)
    with pytest.raises(CeilingReached):
        await company.judge("Is it kind?", STEPS)
    assert len(route.calls) == 1
    await model.close()


async def test_without_a_key_there_is_no_model() -> None:
    assert models.build(Settings(openai_api_key=None), Purse(), 1) is None
    built = models.build(Settings(openai_api_key=SecretStr("k"), openai_model="m"), Purse(), 1)
    assert built is not None
    assert built.name == "m"
    await built.close()
