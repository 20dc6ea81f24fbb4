"""Dialogues over a real model server: whatever it does, somebody serves the customer, and the operator reads why."""

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlmodel import select
from structlog.testing import capture_logs

from bot import drafting
from bot.alerts import alerting
from bot.drafting import retrying
from bot.thinking.versions import version_of
from bot.views import texts
from handoff import no_draft
from handoff.confidence import VERSION
from storage.kinds import Action, HandoffReason
from storage.kinds import Stage as TopicStage
from storage.row import now
from storage.spending import ModelCall
from storage.tables import Decision, DraftRow, Topic
from tests.bot.drafting.answers import ANSWER
from tests.integration.dialogue import asks, by_bot, card_for, words
from tests.model_server import (
    CUTS,
    DROPS,
    ENDLESS,
    HANGS,
    MODEL,
    Abilities,
    Answers,
    Asked,
    ModelServer,
    Reply,
    fails,
    filtered,
    model_server,
    raw,
    refuses,
    says,
    truncated,
)
from tests.stage import ADA, ANSWERED, BEN, MANAGERS, MIA, SUPPORT, Stage, on_stage

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
HONEST = "You can return unused items within 30 days of delivery."
LONG = "\n\n".join([HONEST] * 170)
"""More than one message holds, and every sentence of it stands in an article."""
PATIENCE_SECONDS = 30.0
"""For a server that answers, however busy the machine is."""
GIVES_UP_SECONDS = 0.5
"""For one that never does."""
_PASSAGE = re.compile(r'<passage id="(S\d+)"[^>]*>\n(.*?)\n</passage>', re.DOTALL)


def honest(asked: Asked, **changes: Any) -> Reply:
    """A model that quotes the passage which answers, and cites it."""
    source = next((name for name, text in _PASSAGE.findall(asked.said) if "30 days" in text), "")
    claims = [{"text": HONEST, "citations": [source]}]
    told = {**ANSWER, "reply": HONEST, "citations": [source], "claims": claims, "own_confidence": 0.97}
    return says({**told, "would_sign": True, **changes}, probability=0.99)


@pytest.fixture(autouse=True)
def _asked_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:  # pyright: ignore[reportUnusedFunction]
    """Let what failed in passing be tried again without a wait."""
    monkeypatch.setattr(retrying, "FIRST_WAIT_SECONDS", 0.0)


@asynccontextmanager
async def modelled(server: ModelServer, database_url: str, folder: Path, **changed: Any) -> AsyncGenerator[Stage]:
    """A stage whose bot asks this server."""
    given: dict[str, Any] = {
        "drafter": "openai",
        "openai_model": MODEL,
        "openai_base_url": server.url,
        "openai_api_key": SecretStr(server.key),
        "openai_timeout_seconds": PATIENCE_SECONDS,
    }
    async with on_stage(database_url, folder, **(given | changed)) as stage:
        yield stage


async def decisions(stage: Stage) -> list[Decision]:
    async with stage.database.reading() as session:
        return list((await session.exec(select(Decision).order_by(Decision.id))).all())


async def test_a_model_drafts_the_reply_and_every_call_is_written_down(database_url: str, tmp_path: Path) -> None:
    async with (
        model_server(honest) as server,
        modelled(server, database_url, tmp_path) as stage,
    ):
        ada = await stage.person(ADA)
        _, reply = await asks(ada, ANSWERED)
        assert HONEST in words(reply)
        (made,) = await decisions(stage)
        assert made.signals["token_confidence"] == pytest.approx(0.99)
        async with stage.database.reading() as session:
            (call,) = (await session.exec(select(ModelCall))).all()
        assert (call.model, call.tokens_in, call.outcome) == (MODEL, 1000, "ok")


@ON_SQLITE
@pytest.mark.parametrize(
    "abilities",
    [
        Abilities(json_schema=False),
        Abilities(json_schema=False, json_object=False, wrapping="prose", logprobs=False, usage=False),
        Abilities(max_tokens=False, temperature=False, logprobs=False),
        Abilities(max_completion_tokens=False, prompt_cache_key=False, effort=False),
    ],
)
async def test_with_any_compatible_server_the_customer_gets_the_same_answer(
    database_url: str, tmp_path: Path, abilities: Abilities
) -> None:
    async with model_server(honest, abilities) as server, modelled(server, database_url, tmp_path) as stage:
        ada = await stage.person(ADA)
        for _ in range(2):
            _, reply = await asks(ada, ANSWERED)
            assert HONEST in words(reply)


FAILURES: list[Any] = [
    pytest.param(fails(401, "invalid_api_key"), "wrong_key", "Set BATON_OPENAI_API_KEY", id="wrong key"),
    pytest.param(fails(404, "model_not_found"), "unknown_model", "Correct BATON_OPENAI_MODEL", id="unknown model"),
    pytest.param(fails(429, retry_after="60"), "rate_limited", "BATON_FALLBACK_MODEL", id="rate limited"),
    pytest.param(fails(429, "insufficient_quota"), "no_quota", "billing page", id="no quota"),
    pytest.param(fails(503), "unreachable", "the network", id="503"),
    pytest.param(DROPS, "unreachable", "the network", id="drops"),
    pytest.param(CUTS, "unreachable", "the network", id="cut off"),
    pytest.param(HANGS, "timeout", "BATON_OPENAI_TIMEOUT_SECONDS", id="hangs"),
    pytest.param(ENDLESS, "endless", "BATON_OPENAI_BASE_URL", id="endless"),
    pytest.param(refuses(), "refused", "declined", id="refuses"),
    pytest.param(truncated(), "truncated", "BATON_OPENAI_EFFORT", id="truncated"),
    pytest.param(filtered(), "filtered", "content filter", id="filtered"),
    pytest.param(says(""), "invalid_output", "BATON_OPENAI_MODEL", id="empty"),
    pytest.param(says("30 days, my friend!"), "invalid_output", "BATON_OPENAI_MODEL", id="no JSON"),
    pytest.param(says({**ANSWER, "own_confidence": 7}), "invalid_output", "BATON_OPENAI_MODEL", id="out of range"),
    pytest.param(says({**ANSWER, "reply": 5}), "invalid_output", "BATON_OPENAI_MODEL", id="breaks the schema"),
    pytest.param(raw("<html>It works!</html>"), "invalid_output", "BATON_OPENAI_MODEL", id="another server"),
]


@ON_SQLITE
@pytest.mark.parametrize(("reply", "cause", "advice"), FAILURES)
async def test_whatever_a_model_does_the_customer_is_served_and_the_operator_reads_what_to_do(
    database_url: str, tmp_path: Path, reply: Reply, cause: str, advice: str
) -> None:
    seconds = GIVES_UP_SECONDS if reply is HANGS else PATIENCE_SECONDS
    async with (
        model_server(reply) as server,
        modelled(server, database_url, tmp_path, openai_timeout_seconds=seconds) as stage,
    ):
        ada, ben = await stage.person(ADA), await stage.person(BEN)
        with capture_logs() as logs:
            _, told = await asks(ada, ANSWERED)
        assert texts.EN.handed_off_failed in words(told)
        assert no_draft.words(cause) in words(await card_for(ben, ANSWERED))
        (made,) = await decisions(stage)
        assert (made.action, made.reason) == (Action.HAND_OFF, HandoffReason.MODEL_FAILED)
        failed = next(each for each in logs if each["event"] == "model_failed")
        assert failed["cause"] == cause
        assert advice in failed["advice"]
        assert ANSWERED not in str(logs)
        assert server.key not in str(logs)


@ON_SQLITE
async def test_a_certificate_of_nobody_hands_off_and_the_log_says_how_to_trust_it(
    database_url: str, tmp_path: Path
) -> None:
    async with model_server(honest, tls=True) as server, modelled(server, database_url, tmp_path) as stage:
        ada = await stage.person(ADA)
        with capture_logs() as logs:
            _, told = await asks(ada, ANSWERED)
        assert texts.EN.handed_off_failed in words(told)
        assert any("SSL_CERT_FILE" in each.get("advice", "") for each in logs)


@ON_SQLITE
async def test_managers_hear_of_a_model_that_fails_after_a_few_messages_and_that_it_answers_again(
    database_url: str, tmp_path: Path
) -> None:
    async with model_server(fails(503)) as server, modelled(server, database_url, tmp_path) as stage:
        runtime, later = stage.bot.runtime, timedelta(minutes=2)
        await alerting.sweep(runtime)
        ada, mia = await stage.person(ADA), await stage.person(MIA)
        for _ in range(4):
            await asks(ada, ANSWERED)
        await alerting.sweep(runtime, now() + later)
        told = words(await mia.reads(MANAGERS, until=by_bot("The model is failing")))
        assert "3 of 3 messages got no usable reply from the model" in told
        server.answers = honest
        for _ in range(12):
            await asks(ada, ANSWERED)
        await alerting.sweep(runtime, now() + later)
        await alerting.sweep(runtime, now() + later)
        await mia.reads(MANAGERS, until=by_bot("The alert of"))
        assert len([each for each in await mia.history(MANAGERS) if "The model" in words(each)]) == 2


@ON_SQLITE
async def test_when_the_model_works_again_so_does_baton(database_url: str, tmp_path: Path) -> None:
    async with model_server(fails(503)) as server, modelled(server, database_url, tmp_path) as stage:
        ada = await stage.person(ADA)
        _, told = await asks(ada, ANSWERED)
        assert texts.EN.handed_off_failed in words(told)
        server.answers = honest
        _, reply = await asks(ada, ANSWERED)
        assert HONEST in words(reply)


@asynccontextmanager
async def two_models(
    first: Answers, second: Answers, database_url: str, folder: Path
) -> AsyncGenerator[tuple[Stage, ModelServer, ModelServer]]:
    """A stage with a model and another one that stands in for it, at an address of its own."""
    async with model_server(first) as one, model_server(second, models=("second",)) as two:
        told = {"fallback_model": "second", "fallback_base_url": two.url, "fallback_api_key": SecretStr(two.key)}
        async with modelled(one, database_url, folder, **told) as stage:
            yield stage, one, two


@ON_SQLITE
@pytest.mark.parametrize("reply", [fails(503), HANGS, fails(401), says("no JSON")])
async def test_when_the_first_model_fails_the_second_answers_within_the_same_time(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reply: Reply
) -> None:
    if reply is HANGS:
        monkeypatch.setattr(drafting, "FIRST_SHARE", GIVES_UP_SECONDS / PATIENCE_SECONDS)
    async with two_models(reply, honest, database_url, tmp_path) as (stage, _, _):
        ada = await stage.person(ADA)
        _, told = await asks(ada, ANSWERED)
        assert HONEST in words(told)
        async with stage.database.reading() as session:
            (draft,) = (await session.exec(select(DraftRow))).all()
        assert draft.model == "second"
        assert draft.drafter_version != version_of(stage.bot.runtime.drafter)


@ON_SQLITE
async def test_when_both_fail_a_person_helps(database_url: str, tmp_path: Path) -> None:
    async with two_models(fails(503), fails(500), database_url, tmp_path) as (stage, _, _):
        ada = await stage.person(ADA)
        _, told = await asks(ada, ANSWERED)
        assert texts.EN.handed_off_failed in words(told)


async def test_a_draft_of_the_second_model_is_not_covered_by_the_first_ones_certificate(
    database_url: str, tmp_path: Path
) -> None:
    async with two_models(honest, honest, database_url, tmp_path) as (stage, first, second):
        proved: dict[str, Any] = {"certificate_id": "C1", "certified_drafter": version_of(stage.bot.runtime.drafter)}
        proved |= {"certified_confidence": VERSION, "stage": TopicStage.AUTOPILOT}
        async with stage.database.transaction() as session:
            topic = Topic(workspace_id=stage.bot.runtime.workspace_id, name="returns", threshold=0.5, **proved)
            session.add(topic)
        stage.bot.runtime.forget()
        ada, ben = await stage.person(ADA), await stage.person(BEN)
        _, told = await asks(ada, ANSWERED)
        assert HONEST in words(told)
        assert second.requests == []

        first.answers = fails(503)
        question = await ada.says(SUPPORT, f"{ANSWERED} Please.")
        reply = await ada.reads(SUPPORT, thread=question["ts"], until=by_bot())
        assert HONEST not in words(reply)
        card = await card_for(ben, f"{ANSWERED} Please.")
        assert "another version of Baton" in words(card)
        assert HONEST in words(card)


@ON_SQLITE
async def test_what_only_a_person_can_do_goes_to_a_person(database_url: str, tmp_path: Path) -> None:
    async with (
        model_server(lambda asked: honest(asked, needs_action=True)) as server,
        modelled(server, database_url, tmp_path) as stage,
    ):
        ada = await stage.person(ADA)
        await asks(ada, ANSWERED)
        (made,) = await decisions(stage)
        assert made.reason == HandoffReason.NEEDS_ACTION


@ON_SQLITE
async def test_the_teams_voice_reaches_the_model_and_all_messages_begin_alike(
    database_url: str, tmp_path: Path
) -> None:
    team_file = tmp_path / "baton.toml"
    team_file.write_text('[voice]\ntone = "warm and brief"\nrules = ["Say du, never Sie."]\n')
    async with (
        model_server(honest) as server,
        modelled(server, database_url, tmp_path, team_file=team_file, mask_personal_data=True) as stage,
    ):
        ada = await stage.person(ADA)
        await asks(ada, ANSWERED)
        await asks(ada, "What does standard delivery cost?")
        one, other = server.requests
    assert "Tone: warm and brief" in one.system
    assert "- Say du, never Sie." in one.system
    assert one.body["messages"][0] == other.body["messages"][0]
    assert one.body["prompt_cache_key"] == other.body["prompt_cache_key"]
    assert one.said != other.said


@ON_SQLITE
async def test_nobody_reads_an_answer_that_is_cut_short_a_person_shortens_it_first(
    database_url: str, tmp_path: Path
) -> None:
    async with (
        model_server(lambda asked: honest(asked, reply=LONG)) as server,
        modelled(server, database_url, tmp_path) as stage,
    ):
        _, reply = await asks(await stage.person(ADA), ANSWERED)
        assert "30 days" not in words(reply)
        card = await card_for(await stage.person(BEN), ANSWERED)
    assert "longer than one message" in words(card)
