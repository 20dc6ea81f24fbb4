"""The local model server is what it says: the library that the bot uses reads its answers and its refusals."""

import asyncio
import math

import openai
import pytest
from openai import AsyncOpenAI
from openai.types.chat import ChatCompletionMessageParam

from tests.model_server import (
    DROPS,
    ENDLESS,
    HANGS,
    MODEL,
    Abilities,
    ModelServer,
    Reply,
    fails,
    model_server,
    says,
    text_of,
    with_tokens,
)

ASKED: list[ChatCompletionMessageParam] = [{"role": "user", "content": "Are you there?"}]


def client(server: ModelServer, key: str = "") -> AsyncOpenAI:
    return AsyncOpenAI(base_url=server.url, api_key=key or server.key, max_retries=0, timeout=60)


async def test_it_answers_by_a_script_and_repeats_its_last_line() -> None:
    async with model_server([says("one"), with_tokens(says("two"), 7, 3, 5)]) as server, client(server) as asking:
        told = [await asking.chat.completions.create(model=MODEL, messages=ASKED) for _ in range(3)]
        assert [each.choices[0].message.content for each in told] == ["one", "two", "two"]
        usage = told[1].usage
        assert usage and usage.prompt_tokens_details
        assert (usage.prompt_tokens, usage.completion_tokens, usage.prompt_tokens_details.cached_tokens) == (7, 3, 5)
        assert [each.said for each in server.requests] == ["Are you there?"] * 3


async def test_it_answers_by_a_function_of_the_request() -> None:
    async with (
        model_server(lambda asked: says(text_of(asked.body["messages"][0]).upper())) as server,
        client(server) as asking,
    ):
        told = await asking.chat.completions.create(model=MODEL, messages=ASKED)
        assert told.choices[0].message.content == "ARE YOU THERE?"


async def test_the_probabilities_of_its_tokens_make_up_the_text() -> None:
    sure = says('{"yes": true}', probability=lambda token: 0.5 if "true" in token else 1.0)
    async with model_server(sure) as server, client(server) as asking:
        told = await asking.chat.completions.create(model=MODEL, messages=ASKED, logprobs=True)
        tokens = told.choices[0].logprobs and told.choices[0].logprobs.content
        assert tokens
        assert "".join(each.token for each in tokens) == '{"yes": true}'
        assert math.exp(sum(each.logprob for each in tokens)) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("lacks", "asked", "names"),
    [
        (Abilities(json_object=False), {"response_format": {"type": "json_object"}}, "response_format"),
        (Abilities(logprobs=False), {"logprobs": True}, "logprobs"),
        (Abilities(max_tokens=False), {"max_tokens": 5}, "max_tokens"),
        (Abilities(max_completion_tokens=False), {"max_completion_tokens": 5}, "max_completion_tokens"),
        (Abilities(temperature=False), {"temperature": 0}, "temperature"),
        (Abilities(prompt_cache_key=False), {"prompt_cache_key": "k"}, "prompt_cache_key"),
    ],
)
async def test_it_refuses_what_it_cannot_do(lacks: Abilities, asked: dict[str, object], names: str) -> None:
    async with model_server(says("yes"), lacks) as server, client(server) as asking:
        with pytest.raises(openai.BadRequestError, match=names):
            await asking.chat.completions.create(model=MODEL, messages=ASKED, extra_body=asked)


async def test_a_wrong_key_and_an_unknown_model_are_refused() -> None:
    async with model_server(says("yes")) as server, client(server, "wrong") as wrong, client(server) as asking:
        with pytest.raises(openai.AuthenticationError):
            await wrong.chat.completions.create(model=MODEL, messages=ASKED)
        with pytest.raises(openai.NotFoundError):
            await asking.chat.completions.create(model="another", messages=ASKED)


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (fails(429, "insufficient_quota", retry_after="2"), openai.RateLimitError),
        (fails(503), openai.InternalServerError),
        (DROPS, openai.APIConnectionError),
    ],
)
async def test_it_fails_when_told_to(reply: Reply, error: type[Exception]) -> None:
    async with model_server(reply) as server, client(server) as asking:
        with pytest.raises(error):
            await asking.chat.completions.create(model=MODEL, messages=ASKED)


@pytest.mark.parametrize("reply", [HANGS, ENDLESS])
async def test_it_can_keep_a_client_waiting_and_still_stops(reply: Reply) -> None:
    async with model_server(reply) as server, client(server) as asking:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await asking.chat.completions.create(model=MODEL, messages=ASKED)


async def test_nobody_trusts_its_certificate() -> None:
    async with model_server(says("yes"), tls=True) as server, client(server) as asking:
        with pytest.raises(openai.APIConnectionError) as failure:
            await asking.chat.completions.create(model=MODEL, messages=ASKED)
        causes: list[str] = []
        cause: BaseException | None = failure.value
        while cause:
            causes.append(str(cause))
            cause = cause.__cause__ or cause.__context__
        assert "CERTIFICATE_VERIFY_FAILED" in " ".join(causes)
