"""The drafter that asks a model: the answer that fits, and every way in which none comes."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import httpx2
import pytest
import respx
from openai import AsyncOpenAI
from pydantic import SecretStr

from bot import drafting
from bot.drafting.embedded import EmbeddedDrafter
from bot.drafting.openai import OpenAIDrafter, schema
from bot.settings import Settings
from handoff.draft import Draft, NoUsableDraft
from tests.bot.drafting.requests import TOPICS, asks, passage

URL = "https://models.example/v1/chat/completions"
REQUEST = asks(
    "How do I return an item?",
    passages=(passage("p-one", "Return an item", "Print the label."), passage("p-two", "Delivery", "It takes 2 days.")),
)
ANSWER: dict[str, Any] = {
    "reply": " Print the label. ",
    "citations": ["S1"],
    "answerable": True,
    "clarifying_question": "",
    "topic": "returns",
    "language": "en",
    "wants_person": False,
    "sentiment": 0.2,
    "frustration": 0.1,
    "mood_signs": ["polite"],
    "own_confidence": 0.9,
}


@pytest.fixture
async def drafter() -> AsyncIterator[OpenAIDrafter]:
    client = AsyncOpenAI(api_key="key", base_url="https://models.example/v1", max_retries=0)
    opened = OpenAIDrafter(client, "gpt-4.1-mini", deadline=5)
    yield opened
    await opened.close()


def answered_by(server: Callable[[httpx2.Request], Awaitable[httpx2.Response]], deadline: float) -> OpenAIDrafter:
    transport = httpx2.MockTransport(server)  # pyright: ignore[reportArgumentType] - it takes coroutines too
    client = AsyncOpenAI(
        api_key="key",
        base_url="https://models.example/v1",
        http_client=httpx2.AsyncClient(transport=transport),
        max_retries=5,
    )
    return OpenAIDrafter(client, "gpt-4.1-mini", deadline)


def completion(content: str | None, finish: str = "stop", refusal: str | None = None) -> dict[str, Any]:
    message = {"role": "assistant", "content": content, "refusal": refusal}
    return {
        "id": "c1",
        "object": "chat.completion",
        "created": 1,
        "model": "gpt-4.1-mini-2025-04-14",
        "choices": [{"index": 0, "finish_reason": finish, "message": message, "logprobs": None}],
        "usage": {"prompt_tokens": 1000, "completion_tokens": 100, "total_tokens": 1100},
    }


def says(httpx2_mock: respx.Router, **changes: Any) -> respx.Route:
    return httpx2_mock.post(URL).respond(json=completion(json.dumps({**ANSWER, **changes})))


async def cause_of(drafter: OpenAIDrafter) -> str:
    with pytest.raises(NoUsableDraft) as failure:
        await drafter.draft(REQUEST)
    return failure.value.cause


async def drafted(drafter: OpenAIDrafter, httpx2_mock: respx.Router, **changes: Any) -> Draft:
    says(httpx2_mock, **changes)
    return await drafter.draft(REQUEST)


async def test_a_fitting_answer_is_a_draft_with_its_sources_mood_and_cost(
    drafter: OpenAIDrafter, httpx2_mock: respx.Router
) -> None:
    made = await drafted(drafter, httpx2_mock)
    assert (made.text, made.citations, made.answerable) == ("Print the label.", ("p-one",), True)
    assert (made.topic, made.language, made.own_confidence) == ("returns", "en", 0.9)
    assert (made.mood.sentiment, made.mood.frustration, made.mood.signs) == (0.2, 0.1, ("polite",))
    assert (made.usage.tokens_in, made.usage.tokens_out) == (1000, 100)
    assert made.usage.dollars == pytest.approx(0.00056)
    assert (made.drafter, made.model, made.prompt_version) == ("openai", "gpt-4.1-mini", drafter.prompt_version)


async def test_the_request_carries_rules_data_and_a_strict_schema(
    drafter: OpenAIDrafter, httpx2_mock: respx.Router
) -> None:
    route = says(httpx2_mock)
    await drafter.draft(REQUEST)
    sent = json.loads(route.calls.last.request.content)
    assert sent["model"] == "gpt-4.1-mini"
    assert [message["role"] for message in sent["messages"]] == ["system", "user"]
    assert "How do I return an item?" in sent["messages"][1]["content"]
    assert "How do I return an item?" not in sent["messages"][0]["content"]
    assert sent["response_format"]["json_schema"]["strict"] is True
    assert sent["response_format"]["json_schema"]["schema"] == schema(TOPICS)


def test_the_schema_is_closed_asks_for_every_field_and_for_the_confidence_last() -> None:
    form = schema(TOPICS)
    assert form["additionalProperties"] is False
    assert form["required"] == list(form["properties"])
    assert form["required"][0] == "reply"
    assert form["required"][-1] == "own_confidence"
    assert form["properties"]["topic"]["enum"] == ["returns", "delivery", ""]


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        (completion(None, refusal="I cannot help with that."), "refused"),
        (completion('{"reply": "Print', "length"), "truncated"),
        (completion(None, "content_filter"), "filtered"),
        (completion('{"reply": "Print'), "invalid_output"),
        (completion(None), "invalid_output"),
        (completion(""), "invalid_output"),
        (completion("Print the label."), "invalid_output"),
        (completion(json.dumps({**ANSWER, "own_confidence": 7})), "invalid_output"),
        (completion(json.dumps({**ANSWER, "sentiment": -3})), "invalid_output"),
        (completion(json.dumps({key: ANSWER[key] for key in list(ANSWER)[:-1]})), "invalid_output"),
        (completion(json.dumps({**ANSWER, "sudo": True})), "invalid_output"),
    ],
)
async def test_an_answer_that_cannot_be_used_is_no_draft(
    drafter: OpenAIDrafter, httpx2_mock: respx.Router, answer: dict[str, Any], cause: str
) -> None:
    httpx2_mock.post(URL).respond(json=answer)
    assert await cause_of(drafter) == cause


@pytest.mark.parametrize(
    ("status", "code", "cause"),
    [
        (429, "insufficient_quota", "no_quota"),
        (429, "rate_limit_exceeded", "rate_limited"),
        (401, "invalid_api_key", "wrong_key"),
        (403, None, "wrong_key"),
        (404, "model_not_found", "unknown_model"),
        (400, "context_length_exceeded", "too_long"),
        (400, "content_filter", "filtered"),
        (400, None, "rejected"),
        (500, None, "unreachable"),
        (503, "overloaded", "unreachable"),
    ],
)
async def test_a_refusing_server_is_no_draft(
    drafter: OpenAIDrafter, httpx2_mock: respx.Router, status: int, code: str | None, cause: str
) -> None:
    httpx2_mock.post(URL).respond(status, json={"error": {"message": "no", "type": "t", "param": None, "code": code}})
    assert await cause_of(drafter) == cause


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, json={"choices": []}),
        httpx.Response(200, json={"object": "something else"}),
        httpx.Response(200, json=[]),
        httpx.Response(200, json={"choices": [{"index": 0, "finish_reason": "stop", "message": None}]}),
        httpx.Response(200, text="<html>It works!</html>", headers={"content-type": "text/html"}),
        httpx.Response(200, text="{broken", headers={"content-type": "application/json"}),
    ],
)
async def test_a_server_that_speaks_something_else_is_no_draft(
    drafter: OpenAIDrafter, httpx2_mock: respx.Router, answer: httpx.Response
) -> None:
    httpx2_mock.post(URL).mock(return_value=answer)
    assert await cause_of(drafter) == "invalid_output"


@pytest.mark.parametrize(
    ("error", "cause"), [(httpx2.ConnectError("refused"), "unreachable"), (httpx2.ReadTimeout("slow"), "timeout")]
)
async def test_a_server_that_cannot_be_reached_is_no_draft(
    drafter: OpenAIDrafter, httpx2_mock: respx.Router, error: Exception, cause: str
) -> None:
    httpx2_mock.post(URL).mock(side_effect=error)
    assert await cause_of(drafter) == cause


async def test_the_deadline_holds_for_the_whole_draft() -> None:
    async def never(_request: httpx2.Request) -> httpx2.Response:
        await asyncio.Event().wait()
        raise AssertionError("it waits for ever")

    drafter = answered_by(never, deadline=0.05)
    assert await cause_of(drafter) == "timeout"
    await drafter.close()


async def test_sources_that_were_not_given_are_dropped(drafter: OpenAIDrafter, httpx2_mock: respx.Router) -> None:
    made = await drafted(drafter, httpx2_mock, citations=["S9", "S2", "p-one", "S2"])
    assert (made.citations, made.answerable) == (("p-two",), True)


async def test_a_reply_without_a_source_that_was_given_is_no_answer(
    drafter: OpenAIDrafter, httpx2_mock: respx.Router
) -> None:
    made = await drafted(drafter, httpx2_mock, citations=["S9"])
    assert (made.citations, made.answerable) == ((), False)


async def test_an_empty_reply_is_no_answer(drafter: OpenAIDrafter, httpx2_mock: respx.Router) -> None:
    made = await drafted(drafter, httpx2_mock, reply="  ")
    assert (made.text, made.citations, made.answerable) == ("", (), False)


@pytest.mark.parametrize(
    ("topic", "language", "kept"), [("hacking", "en-GB", ("", "en")), ("", "nonsense", ("", "en"))]
)
async def test_an_unknown_topic_or_language_is_not_kept(
    drafter: OpenAIDrafter, httpx2_mock: respx.Router, topic: str, language: str, kept: tuple[str, str]
) -> None:
    made = await drafted(drafter, httpx2_mock, topic=topic, language=language)
    assert (made.topic, made.language) == kept


async def test_a_question_back_and_a_wish_for_a_person_come_through(
    drafter: OpenAIDrafter, httpx2_mock: respx.Router
) -> None:
    asked = {"reply": "", "citations": [], "answerable": False, "clarifying_question": "Which tent?"}
    made = await drafted(drafter, httpx2_mock, **asked, wants_person=True)
    assert (made.answerable, made.clarifying_question, made.mood.wants_person) == (False, "Which tent?", True)


async def test_without_passages_no_model_is_asked() -> None:
    async def asked(_request: httpx2.Request) -> httpx2.Response:
        raise AssertionError("a model was asked")

    drafter = answered_by(asked, deadline=5)
    made = await drafter.draft(asks("How do I return an item? I want a human!"))
    assert (made.answerable, made.text, made.mood.wants_person) == (False, "", True)
    await drafter.close()


async def test_a_model_without_a_listed_price_costs_nothing(httpx2_mock: respx.Router) -> None:
    says(httpx2_mock)
    client = AsyncOpenAI(api_key="key", base_url="https://models.example/v1")
    drafter = OpenAIDrafter(client, "our-own", deadline=5)
    assert (await drafter.draft(REQUEST)).usage.dollars == 0
    await drafter.close()


async def test_the_settings_name_the_drafter() -> None:
    assert isinstance(drafting.build(Settings(drafter="embedded")), EmbeddedDrafter)
    settings = Settings(
        drafter="openai",
        openai_api_key=SecretStr("key"),
        openai_base_url="https://models.example/v1",
        openai_model="m",
    )
    built = drafting.build(settings)
    assert (built.name, built.model) == ("openai", "m")
    await built.close()
