"""The drafter that asks a model, against a real local server: the answer that fits, and each way to have none."""

import base64
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot import drafting
from bot.costs.prices import Price
from bot.drafting.answer import schema
from bot.drafting.embedded import EmbeddedDrafter
from bot.drafting.openai import OpenAIDrafter
from bot.models import failures
from bot.models.endpoint import Endpoint
from bot.settings import Settings, SettingsProblem
from bot.team import Voice
from handoff.draft import Claim, Draft, Image, NoUsableDraft
from tests.bot.drafting.answers import answer_text, asking, fits, served
from tests.bot.drafting.requests import TOPICS, asks, passage
from tests.model_server import (
    CERTIFICATE,
    CUTS,
    DROPS,
    ENDLESS,
    MODEL,
    Abilities,
    Reply,
    fails,
    filtered,
    model_server,
    raw,
    refuses,
    says,
    truncated,
    with_tokens,
)

REQUEST = asks(
    "How do I return an item?",
    passages=(passage("p-one", "Return an item", "Print the label."), passage("p-two", "Delivery", "It takes 2 days.")),
)
PICTURE = Image("torn.png", "image/png", b"\x89PNG not really")


async def drafted(reply: Reply) -> Draft:
    async with served(reply) as (_, drafter):
        return await drafter.draft(REQUEST)


async def failure_of(reply: Reply, abilities: Abilities | None = None) -> NoUsableDraft:
    async with served(reply, abilities) as (_, drafter):
        with pytest.raises(NoUsableDraft) as failure:
            await drafter.draft(REQUEST)
        return failure.value


async def test_a_fitting_answer_is_a_draft_with_its_sources_mood_and_cost() -> None:
    async with served(with_tokens(fits(), 1000, 100, 400)) as (server, drafter):
        client = failures.client(key=server.key, url=server.url, seconds=60)
        priced = OpenAIDrafter(Endpoint(client, MODEL, price=Price(2.0, 8.0, 0.5)))
        made = await priced.draft(REQUEST)
        await priced.close()
        assert (made.drafter, made.model, made.prompt_version) == ("openai", MODEL, drafter.prompt_version)
    assert (made.text, made.citations, made.answerable) == ("Print the label.", ("p-one",), True)
    assert made.claims == (Claim("You print the label.", ("p-one",)),)
    assert (made.topic, made.language, made.own_confidence) == ("returns", "en", 0.9)
    assert (made.mood.sentiment, made.mood.frustration, made.mood.signs) == (0.2, 0.1, ("polite",))
    assert (made.usage.tokens_in, made.usage.tokens_out, made.usage.tokens_cached) == (1000, 100, 400)
    assert made.usage.dollars == pytest.approx((600 * 2 + 400 * 0.5 + 100 * 8) / 1e6)


async def test_the_request_carries_rules_data_and_a_strict_schema() -> None:
    async with served(fits()) as (server, drafter):
        await drafter.draft(REQUEST)
        (asked,) = server.requests
    assert asked.body["model"] == MODEL
    assert [message["role"] for message in asked.body["messages"]] == ["system", "user"]
    assert "How do I return an item?" in asked.said
    assert "How do I return an item?" not in asked.system
    assert asked.body["response_format"]["json_schema"]["strict"] is True
    assert asked.body["response_format"]["json_schema"]["schema"] == schema(TOPICS)


def test_the_schema_is_closed_asks_for_every_field_and_for_the_judgement_last() -> None:
    form = schema(TOPICS)
    for each in (form, *form["$defs"].values()):
        assert each["additionalProperties"] is False
        assert each["required"] == list(each["properties"])
        assert not any("default" in told for told in each["properties"].values())
    assert form["required"][0] == "reply"
    assert form["required"][-2:] == ["own_confidence", "would_sign"]
    assert form["properties"]["topic"]["enum"] == ["returns", "delivery", ""]


@pytest.mark.parametrize(
    ("reply", "cause"),
    [
        (refuses(), "refused"),
        (truncated(), "truncated"),
        (filtered(), "filtered"),
        (says('{"reply": "Print'), "invalid_output"),
        (says(""), "invalid_output"),
        (Reply(content=None), "invalid_output"),
        (says("Print the label."), "invalid_output"),
        (fits(own_confidence=7), "invalid_output"),
        (fits(sentiment=-3), "invalid_output"),
        (says(answer_text().replace('"own_confidence"', '"confidence"')), "invalid_output"),
        (fits(sudo=True), "invalid_output"),
        (fits(reply=None), "invalid_output"),
        (fits(citations="S1"), "invalid_output"),
    ],
)
async def test_an_answer_that_cannot_be_used_is_no_draft_and_costs_all_the_same(reply: Reply, cause: str) -> None:
    failure = await failure_of(reply)
    assert failure.cause == cause
    assert failure.usage.tokens_in >= 1000


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
        (409, None, "rejected"),
        (500, None, "unreachable"),
        (503, "overloaded", "unreachable"),
    ],
)
async def test_a_refusing_server_is_no_draft(status: int, code: str | None, cause: str) -> None:
    assert (await failure_of(fails(status, code))).cause == cause


@pytest.mark.parametrize(
    "body",
    [
        '{"choices": []}',
        '{"object": "something else"}',
        "[]",
        '{"choices": [{"index": 0, "finish_reason": "stop", "message": null}]}',
        '{"choices": [{"index": 0, "finish_reason": "stop", "message": {"content": ["Print"]}}]}',
        "<html>It works!</html>",
        "{broken",
        "",
    ],
)
async def test_a_server_that_speaks_something_else_is_no_draft(body: str) -> None:
    assert (await failure_of(raw(body))).cause == "invalid_output"


async def test_a_server_that_drops_the_connection_or_is_not_there_cannot_be_reached() -> None:
    assert (await failure_of(DROPS)).cause == "unreachable"
    assert (await failure_of(CUTS)).cause == "unreachable"
    async with model_server(fits()) as server:
        drafter = asking(server)
    with pytest.raises(NoUsableDraft, match="unreachable"):
        await drafter.draft(REQUEST)
    await drafter.close()


async def test_an_answer_without_end_is_not_read_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failures, "MOST_BYTES", 50_000)
    assert (await failure_of(ENDLESS)).cause == "endless"


async def test_a_wrong_key_and_an_unknown_model_are_told_apart() -> None:
    async with model_server(fits()) as server:
        for given, cause in (({"key": "wrong"}, "wrong_key"), ({"model": "other"}, "unknown_model")):
            client = failures.client(key=given.get("key", server.key), url=server.url, seconds=60)
            drafter = OpenAIDrafter(Endpoint(client, given.get("model", MODEL)))
            with pytest.raises(NoUsableDraft, match=cause):
                await drafter.draft(REQUEST)
            await drafter.close()


async def test_a_certificate_of_nobody_is_untrusted_until_the_operator_trusts_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with model_server(fits(), tls=True) as server:
        for trusted in (False, True):
            if trusted:
                monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
            drafter = asking(server)
            if trusted:
                assert (await drafter.draft(REQUEST)).text == "Print the label."
            else:
                with pytest.raises(NoUsableDraft, match="untrusted"):
                    await drafter.draft(REQUEST)
            await drafter.close()


def test_certificates_that_are_not_there_are_a_clear_problem(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "nowhere.pem"))
    with pytest.raises(SettingsProblem, match="SSL_CERT_FILE"):
        failures.client(key="", url="https://models.example/v1", seconds=5)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7.0), ("0.5", 0.5), ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0), ("soon", None), ("", None)],
)
async def test_when_to_come_back_is_passed_on(header: str, seconds: float | None) -> None:
    assert (await failure_of(fails(429, retry_after=header))).retry_after == seconds


async def test_sources_that_were_not_given_are_dropped() -> None:
    made = await drafted(fits(citations=["S9", "S2", "p-one", "S2"], claims=[]))
    assert (made.citations, made.answerable) == (("p-two",), True)


async def test_a_claim_keeps_the_sources_that_were_given_and_they_are_sources_of_the_reply() -> None:
    claims = [{"text": " It takes 2 days. ", "citations": ["S2", "S7"]}, {"text": "", "citations": ["S1"]}]
    made = await drafted(fits(citations=["S1"], claims=claims))
    assert made.claims == (Claim("It takes 2 days.", ("p-two",)),)
    assert made.citations == ("p-one", "p-two")


async def test_a_reply_without_a_source_that_was_given_is_no_answer() -> None:
    made = await drafted(fits(citations=["S9"], claims=[{"text": "Yes.", "citations": ["S8"]}]))
    assert (made.citations, made.answerable, made.claims) == ((), False, (Claim("Yes.", ()),))


async def test_an_empty_reply_is_no_answer() -> None:
    made = await drafted(fits(reply="  "))
    assert (made.text, made.citations, made.claims, made.answerable) == ("", (), (), False)


@pytest.mark.parametrize(
    ("topic", "language", "kept"), [("hacking", "en-GB", ("", "en")), ("", "nonsense", ("", "en"))]
)
async def test_an_unknown_topic_or_language_is_not_kept(topic: str, language: str, kept: tuple[str, str]) -> None:
    made = await drafted(fits(topic=topic, language=language))
    assert (made.topic, made.language) == kept


async def test_a_question_back_a_wish_for_a_person_and_a_wish_for_action_come_through() -> None:
    asked: dict[str, Any] = {"reply": "", "citations": [], "answerable": False, "clarifying_question": "Which tent?"}
    made = await drafted(fits(**asked, wants_person=True, needs_action=True))
    assert (made.answerable, made.clarifying_question) == (False, "Which tent?")
    assert (made.mood.wants_person, made.needs_action) == (True, True)


async def test_without_passages_no_model_is_asked() -> None:
    async with served(fits()) as (server, drafter):
        made = await drafter.draft(asks("How do I return an item? I want a human!"))
        assert server.requests == []
    assert (made.answerable, made.text, made.mood.wants_person) == (False, "", True)


async def test_a_model_without_a_price_costs_nothing() -> None:
    assert (await drafted(fits())).usage.dollars == 0


# --- how sure the model is, by its tokens


async def test_the_probability_of_the_last_judgement_becomes_a_signal() -> None:
    wavering = says(answer_text(answerable=True), probability=lambda token: 0.7 if "true" in token else 0.99)
    assert (await drafted(wavering)).token_confidence == pytest.approx(0.7)
    doubting = says(answer_text(would_sign=False), probability=lambda token: 0.8 if "false" in token else 0.99)
    assert (await drafted(doubting)).token_confidence == pytest.approx(0.2)


@pytest.mark.parametrize("strict", [True, False])
async def test_a_server_without_probabilities_gives_a_draft_without_that_signal(strict: bool) -> None:
    async with served(fits(), Abilities(logprobs=False, strict=strict)) as (_, drafter):
        assert (await drafter.draft(REQUEST)).token_confidence is None


# --- pictures


async def test_a_model_that_sees_is_shown_the_pictures_and_tells_what_they_show() -> None:
    request = replace(REQUEST, images=(PICTURE,))
    async with served(fits(pictures=" A torn seam. "), sees_images=True) as (server, drafter):
        made = await drafter.draft(request)
        (shown,) = server.requests[0].images
    assert shown == f"data:image/png;base64,{base64.b64encode(PICTURE.data).decode()}"
    assert made.pictures == "A torn seam."


async def test_a_model_that_does_not_see_is_told_that_there_are_pictures() -> None:
    request = replace(REQUEST, images=(PICTURE, PICTURE))
    async with served(fits(pictures="I imagine a seam.")) as (server, drafter):
        made = await drafter.draft(request)
        assert server.requests[0].images == []
        assert "2 sent with the last message that you cannot see" in server.requests[0].said
    assert made.pictures == ""


async def test_a_server_that_takes_no_pictures_is_named_as_such() -> None:
    request = replace(REQUEST, images=(PICTURE,))
    async with served(fits(), Abilities(images=False), sees_images=True) as (_, drafter):
        with pytest.raises(NoUsableDraft, match="cannot_see"):
            await drafter.draft(request)


# --- versions


async def test_voice_and_effort_name_another_version_and_a_draft_names_the_voice_it_was_asked_with() -> None:
    brief = Voice(tone="brief")
    async with served(fits()) as (server, plain):
        spoken, thinking = asking(server, voice=brief), asking(server, effort="high")
        versions = {plain.prompt_version, spoken.prompt_version, thinking.prompt_version}
        made = await plain.draft(replace(REQUEST, voice=brief))
        assert "Tone: brief" in server.requests[0].system
        await spoken.close()
        await thinking.close()
    assert len(versions) == 3
    assert made.prompt_version == spoken.prompt_version


async def test_the_settings_name_the_drafter() -> None:
    assert isinstance(drafting.build(Settings(drafter="embedded")), EmbeddedDrafter)
    settings = Settings(
        drafter="openai",
        openai_api_key=SecretStr("key"),
        openai_base_url="https://models.example/v1",
        openai_model="m",
    )
    built = drafting.build(settings)
    assert (built.name, built.model, built.sees_images) == ("openai", "m", False)
    await built.close()
