"""Whatever a server sends in place of a completion, it is a draft or a cause, and never an error of ours."""

import copy
import json
from typing import Any

import pytest

from bot.drafting.retrying import Retrying
from handoff.draft import NoUsableDraft
from tests.bot.drafting.answers import answer_text, completion, served
from tests.bot.drafting.requests import asks, passage
from tests.model_server import DRIPS, Reply, fails, raw

REQUEST = asks("How do I return an item?", passages=(passage("p-one", "Return an item", "Print the label."),))
JUNK: list[Any] = [None, True, 7, -1, 1e400, "words", [], ["x"], [None], {}, {"a": 1}, [[1]], [{"type": "text"}]]
PLACES: list[tuple[str | int, ...]] = [
    ("choices",),
    ("choices", 0),
    ("choices", 0, "message"),
    ("choices", 0, "message", "content"),
    ("choices", 0, "message", "refusal"),
    ("choices", 0, "finish_reason"),
    ("choices", 0, "logprobs"),
    ("choices", 0, "logprobs", "content"),
    ("choices", 0, "logprobs", "content", 0),
    ("choices", 0, "logprobs", "content", 0, "token"),
    ("choices", 0, "logprobs", "content", 0, "bytes"),
    ("choices", 0, "logprobs", "content", 0, "logprob"),
    ("usage",),
    ("usage", "prompt_tokens"),
    ("usage", "completion_tokens"),
    ("usage", "prompt_tokens_details"),
    ("usage", "prompt_tokens_details", "cached_tokens"),
    ("model",),
    ("id",),
]


def _whole() -> dict[str, Any]:
    made = completion(answer_text())
    token = {"token": "true", "logprob": -0.1, "bytes": [116], "top_logprobs": []}
    made["choices"][0]["logprobs"] = {"content": [token], "refusal": None}
    made["usage"]["prompt_tokens_details"] = {"cached_tokens": 5}
    return made


def _with(place: tuple[str | int, ...], junk: Any) -> Reply:
    body = copy.deepcopy(_whole())
    at: Any = body
    for step in place[:-1]:
        at = at[step]
    at[place[-1]] = junk
    return raw(json.dumps(body))


@pytest.mark.parametrize("place", PLACES, ids=lambda place: ".".join(map(str, place)))
async def test_a_completion_with_junk_anywhere_is_a_draft_or_a_cause(place: tuple[str | int, ...]) -> None:
    async with served(raw("{}")) as (server, drafter):
        for junk in JUNK:
            server.answers = _with(place, junk)
            try:
                made = await drafter.draft(REQUEST)
            except NoUsableDraft as failure:
                assert failure.usage.tokens_in >= 0
            else:
                assert made.text == "Print the label."
                assert made.usage.tokens_in >= 0


@pytest.mark.parametrize(
    "body",
    ["", "null", "[]", '"words"', "7", "{", '{"error": "no"}', "data: {}\n\ndata: [DONE]\n\n", "\x00\x01", "[" * 5_000],
    ids=["empty", "null", "list", "string", "number", "cut", "error", "events", "bytes", "deep"],
)
async def test_a_body_that_is_no_completion_has_a_cause(body: str) -> None:
    async with served(raw(body)) as (_, drafter):
        with pytest.raises(NoUsableDraft):
            await drafter.draft(REQUEST)


@pytest.mark.parametrize(
    "content",
    [
        answer_text().replace("Print the label.", "Print \\ud83d the label."),
        answer_text(reply="Print \ud83d the label."),
        answer_text().replace("0.9", "NaN", 1),
        answer_text().replace("0.9", "Infinity", 1),
        answer_text().replace("0.9", "1e999", 1),
        '{"reply": ' * 3_000,
        "{" * 50_000,
        f"<think>{answer_text(reply='Not this one.')}</think>",
    ],
    ids=["half-a-character", "half-raw", "nan", "infinity", "overflow", "nested", "braces", "only-thoughts"],
)
async def test_an_answer_of_odd_characters_or_numbers_is_a_draft_or_has_a_cause(content: str) -> None:
    async with served(raw(json.dumps(completion(content)))) as (_, drafter):
        try:
            made = await drafter.draft(REQUEST)
        except NoUsableDraft as failure:
            assert failure.cause == "invalid_output"
        else:
            assert made.text.encode("utf-8", "surrogatepass")
            assert 0 <= made.own_confidence <= 1


async def test_a_call_of_a_tool_in_place_of_an_answer_has_a_cause() -> None:
    made = completion(None, finish="tool_calls")
    call = {"id": "t1", "type": "function", "function": {"name": "refund", "arguments": '{"order": 4711}'}}
    made["choices"][0]["message"]["tool_calls"] = [call]
    async with served(raw(json.dumps(made))) as (_, drafter):
        with pytest.raises(NoUsableDraft) as failure:
            await drafter.draft(REQUEST)
    assert failure.value.cause == "invalid_output"


async def test_an_answer_in_parts_beside_its_thoughts_is_read() -> None:
    made = completion("")
    message = made["choices"][0]["message"]
    message["content"] = [{"type": "text", "text": answer_text()[:40]}, {"type": "text", "text": answer_text()[40:]}]
    message["reasoning_content"] = "The customer wants to return an item."
    async with served(raw(json.dumps(made))) as (_, drafter):
        assert (await drafter.draft(REQUEST)).text == "Print the label."


async def test_an_answer_that_drips_for_ever_ends_at_the_deadline_of_the_turn() -> None:
    async with served(DRIPS) as (server, drafter):
        with pytest.raises(NoUsableDraft) as failure:
            await Retrying(drafter, 2.0).draft(REQUEST)
        assert failure.value.cause == "timeout"
        assert len(server.requests) == 1


async def test_an_hour_that_a_server_asks_to_wait_is_not_waited_for() -> None:
    async with served(fails(429, retry_after="3600")) as (server, drafter):
        with pytest.raises(NoUsableDraft) as failure:
            await Retrying(drafter, 30.0, sleep=_never).draft(REQUEST)
        assert (failure.value.cause, failure.value.retry_after) == ("rate_limited", 3600.0)
        assert len(server.requests) == 1


async def _never(_seconds: float) -> None:
    raise AssertionError("it waited")
