"""A version on trial beside the present one: silent, or on its share of conversations, and never to anyone's harm."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlmodel import col, select, update

from bot import drafting
from bot.drafting.embedded import EmbeddedDrafter
from bot.drafting.port import DraftRequest
from bot.settings import Settings, SettingsProblem
from bot.thinking import challenger as challengers
from bot.thinking.challenger import Challenger, Place
from bot.thinking.versions import version_of
from bot.trust import watching
from handoff import confidence
from handoff.draft import Draft, NoUsableDraft
from storage.evidence import Certificate, Review
from storage.row import now
from storage.tables import Conversation, Decision, DraftRow, Topic
from tests import evidence
from tests.integration.dialogue import asks, bot_posts, by_bot, card_for, words
from tests.stage import ADA, ANSWERED, BEN, BOT, MANAGERS, MIA, SUPPORT, Stage, on_stage

RIVAL = "The rival says: return unused items within 30 days."


class Rival(EmbeddedDrafter):
    """The embedded drafter with another prompt, so that it is another version."""

    prompt_version = "rival-1"

    def __init__(self, failure: Exception | None = None) -> None:
        self._failure = failure
        self.asked = 0
        self.at_work = asyncio.Event()
        self.may_go_on = asyncio.Event()
        self.may_go_on.set()

    async def draft(self, request: DraftRequest) -> Draft:
        self.asked += 1
        self.at_work.set()
        await self.may_go_on.wait()
        if self._failure:
            raise self._failure
        drafted = await super().draft(request)
        return replace(drafted, text=RIVAL) if drafted.text else drafted


def challenge(stage: Stage, rival: Rival, share: float = 0.0) -> Challenger:
    """Let a rival run beside the present drafter."""
    stage.bot.runtime.challenger = Challenger(rival, share, stage.bot.runtime.sampling_key)
    return stage.bot.runtime.challenger


async def rows(stage: Stage, kind: type[Any]) -> list[Any]:
    async with stage.database.reading() as session:
        return list((await session.exec(select(kind).order_by(col(kind.id)))).all())


async def test_a_silent_challenger_says_nothing_and_gathers_reviews(stage: Stage) -> None:
    stage.bot.runtime.reviews = replace(stage.bot.runtime.reviews, audit_share=1.0)
    challenger = challenge(stage, Rival())
    ada = await stage.person(ADA)
    question, reply = await asks(ada, ANSWERED)
    await challenger.settled()
    assert RIVAL not in words(reply)
    assert len(await bot_posts(ada, question["ts"])) == 1
    drafts = {each.role: each for each in await rows(stage, DraftRow)}
    assert drafts["shadow"].text == RIVAL
    assert drafts["shadow"].drafter_version == challenger.version != drafts["serving"].drafter_version
    reviews = {each.drafter_version: each for each in await rows(stage, Review) if each.reading == 1}
    assert reviews[challenger.version].audit
    assert not reviews[challenger.version].answered
    assert reviews[version_of(stage.bot.runtime.drafter)].answered


async def test_a_silent_draft_keeps_nobody_waiting(stage: Stage) -> None:
    rival = Rival()
    rival.may_go_on.clear()
    challenger = challenge(stage, rival)
    ada = await stage.person(ADA)
    _, reply = await asks(ada, ANSWERED)
    assert "30 days" in words(reply)
    assert [each.role for each in await rows(stage, DraftRow)] == ["serving"]
    rival.may_go_on.set()
    await challenger.settled()
    assert len(await rows(stage, DraftRow)) == 2


@pytest.mark.parametrize("failure", [NoUsableDraft("timeout"), RuntimeError("broken")])
async def test_a_silent_challenger_that_fails_harms_nobody(stage: Stage, failure: Exception) -> None:
    challenger = challenge(stage, Rival(failure))
    ada = await stage.person(ADA)
    _, reply = await asks(ada, ANSWERED)
    await challenger.settled()
    assert "30 days" in words(reply)
    assert [each.role for each in await rows(stage, DraftRow)] == ["serving"]
    silent = [each for each in await rows(stage, Decision) if each.role == "shadow"]
    assert [each.reason for each in silent] == (["model_failed"] if isinstance(failure, NoUsableDraft) else [])


async def test_nobody_asks_the_challenger_where_the_words_alone_decide(stage: Stage) -> None:
    rival = Rival()
    challenger = challenge(stage, rival)
    ada = await stage.person(ADA)
    await asks(ada, f"<@{BOT}> hello")
    await asks(ada, "I want to talk to a real person please")
    await challenger.settled()
    assert rival.asked == 0


async def test_a_silent_question_back_does_not_count_as_asked(stage: Stage) -> None:
    challenger = challenge(stage, Rival())
    ada = await stage.person(ADA)
    question, _ = await asks(ada, ANSWERED)
    await challenger.settled()
    async with stage.database.transaction() as session:
        made = next(each for each in (await session.exec(select(Decision))).all() if each.role == "shadow")
        asked_back = made.model_dump() | {"id": f"{made.id}x", "action": "clarify"}
        session.add(Decision.model_validate(asked_back))
    stage.bot.runtime.challenger = None
    await ada.says(SUPPORT, "delivery", thread=question["ts"])
    again = await ada.reads(
        SUPPORT, thread=question["ts"], until=lambda each: by_bot()(each) and _later(each, question)
    )
    assert "still unclear" not in words(again)


def _later(message: dict[str, Any], than: dict[str, Any]) -> bool:
    return float(message["ts"]) > float(than["ts"]) + 0.001


async def test_on_its_share_a_challenger_without_a_certificate_needs_an_agent(stage: Stage) -> None:
    await add_topic(stage)
    challenge(stage, Rival(), share=1.0)
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    _, reply = await asks(ada, ANSWERED)
    assert RIVAL not in words(reply)
    card = await card_for(ben, ANSWERED)
    assert RIVAL in words(card)
    assert "needs an agent's approval" in words(card)


async def test_on_its_share_a_challenger_answers_by_a_certificate_of_its_own(stage: Stage) -> None:
    await add_topic(stage)
    challenger = challenge(stage, Rival(), share=1.0)
    await add_certificate(stage, challenger.version, tolerance=0.05)
    ada = await stage.person(ADA)
    _, reply = await asks(ada, ANSWERED)
    assert RIVAL in words(reply)
    made = (await rows(stage, Decision))[0]
    assert (made.certificate_id, made.unproved, made.threshold) == ("own", False, 0.3)


async def test_a_certificate_for_a_looser_promise_is_none(stage: Stage) -> None:
    await add_topic(stage)
    challenger = challenge(stage, Rival(), share=1.0)
    await add_certificate(stage, challenger.version, tolerance=0.1)
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    _, reply = await asks(ada, ANSWERED)
    assert RIVAL not in words(reply)
    assert RIVAL in words(await card_for(ben, ANSWERED))


async def test_a_certificate_withdrawn_while_it_drafts_keeps_the_draft_from_the_customer(stage: Stage) -> None:
    await add_topic(stage)
    rival = Rival()
    rival.may_go_on.clear()
    challenger = challenge(stage, rival, share=1.0)
    await add_certificate(stage, challenger.version, tolerance=0.05)
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    await ada.says(SUPPORT, ANSWERED)
    await rival.at_work.wait()
    async with stage.database.transaction() as session:
        await session.exec(update(Certificate).values(withdrawn_at=now(), withdrawn_because="an alarm"))
    rival.may_go_on.set()
    assert RIVAL in words(await card_for(ben, ANSWERED))
    assert [each.action for each in await rows(stage, Decision)] == ["propose"]


@pytest.mark.parametrize("failure", [NoUsableDraft("timeout"), RuntimeError("broken")])
async def test_where_the_challenger_fails_the_present_version_answers(stage: Stage, failure: Exception) -> None:
    challenger = challenge(stage, Rival(failure), share=1.0)
    ada = await stage.person(ADA)
    _, reply = await asks(ada, ANSWERED)
    assert "30 days" in words(reply)
    made = {each.role: each for each in await rows(stage, Decision)}
    assert made["serving"].drafter_version != challenger.version
    if isinstance(failure, NoUsableDraft):  # it counts against the challenger
        assert (made["shadow"].reason, made["shadow"].drafter_version) == ("model_failed", challenger.version)


async def test_its_evidence_earns_a_certificate_and_leaves_the_present_version_alone(stage: Stage) -> None:
    await add_topic(stage)
    challenger, runtime = challenge(stage, Rival()), stage.bot.runtime
    own: dict[str, Any] = {"workspace_id": runtime.workspace_id, "drafter_version": challenger.version}
    own |= {"confidence_version": confidence.VERSION, "confidence": 0.9}
    await evidence.add(stage.database, [evidence.review(number, **own) for number in range(199)])
    async with stage.database.transaction() as session:
        last = evidence.review(199, **own)
        session.add(last)
        await watching.after_review(session, runtime, last)
    runtime.posted()
    mia = await stage.person(MIA)
    told = await mia.reads(MANAGERS, until=by_bot("proved itself"))
    assert "at most 5 % of autonomous replies wrong" in words(told)
    earned = (await rows(stage, Certificate))[0]
    assert earned.drafter_version == challenger.version
    async with stage.database.reading() as session:
        topic = await session.get(Topic, (runtime.workspace_id, "returns"))
    assert topic is not None
    assert (topic.certificate_id, topic.threshold) == ("", 0.5)


async def test_a_conversation_stays_with_one_version(stage: Stage) -> None:
    rival = Rival()
    challenger = challenge(stage, rival, share=0.5)
    ada = await stage.person(ADA)
    question, _ = await asks(ada, ANSWERED)
    own = challenger.answers(Place(SUPPORT, question["ts"]))
    conversation = (await rows(stage, Conversation))[0]
    assert challenger.answers(Place(conversation.channel_id, conversation.thread_ts)) is own
    assert (rival.asked == 1) is own


def test_the_share_is_about_the_share_and_the_key_decides_which() -> None:
    places = [Place("C1", f"{number}.0") for number in range(4_000)]
    one, other = (Challenger(EmbeddedDrafter(), 0.3, key) for key in ("one", "other"))
    chosen = {place for place in places if one.answers(place)}
    assert abs(len(chosen) / 4_000 - 0.3) < 0.03
    assert chosen == {place for place in places if one.answers(place)}
    assert chosen != {place for place in places if other.answers(place)}
    assert not any(Challenger(EmbeddedDrafter(), 0.0, "one").answers(place) for place in places)


@asynccontextmanager
async def with_an_unreachable_model(database_url: str, folder: Path) -> AsyncGenerator[Stage]:
    settings: dict[str, Any] = {
        "challenger_drafter": "openai",
        "openai_api_key": SecretStr("sk-nobody"),
        "openai_base_url": "http://127.0.0.1:9/v1",
    }
    async with on_stage(database_url, folder, **settings) as stage:
        yield stage


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_bot_that_closes_waits_for_silent_drafts(database_url: str, tmp_path: Path) -> None:
    async with with_an_unreachable_model(database_url, tmp_path) as stage:
        assert stage.bot.runtime.challenger is not None
        ada = await stage.person(ADA)
        _, reply = await asks(ada, ANSWERED)
        assert "30 days" in words(reply)
        await stage.bot.runtime.challenger.settled()
        failed = [each for each in await rows(stage, Decision) if each.role == "shadow"]
    assert [each.reason for each in failed] == ["model_failed"]


def test_a_challenger_that_is_the_present_version_is_none() -> None:
    named = {"challenger_drafter": "embedded"}
    settings = Settings(_env_file=None, **named)  # pyright: ignore[reportCallIssue, reportArgumentType]
    assert challengers.build(settings, "key", EmbeddedDrafter()) is None
    assert challengers.build(settings, "key", Rival()) is not None


def test_a_challenger_without_its_key_does_not_keep_the_bot_from_starting() -> None:
    named = {"challenger_drafter": "openai"}
    settings = Settings(_env_file=None, **named)  # pyright: ignore[reportCallIssue, reportArgumentType]
    assert challengers.build(settings, "key", EmbeddedDrafter()) is None
    assert "BATON_OPENAI_API_KEY" in challengers.why_none(settings, EmbeddedDrafter())


def test_another_prompt_alone_is_another_version(tmp_path: Path) -> None:
    rules = tmp_path / "rules.md"
    rules.write_text("Answer for {company} in one sentence. Topics: {topics}")
    named: dict[str, Any] = {"drafter": "openai", "challenger_drafter": "openai", "openai_api_key": "sk-nobody"}
    same = Settings(_env_file=None, **named)  # pyright: ignore[reportCallIssue]
    assert "the present version" in challengers.why_none(same, drafting.build(same))
    other = Settings(_env_file=None, **named, challenger_prompt_file=rules)  # pyright: ignore[reportCallIssue]
    built = challengers.build(other, "key", drafting.build(other))
    assert built is not None
    assert built.version != version_of(drafting.build(other))


@pytest.mark.parametrize(("text", "words"), [(None, "cannot be read: No such file"), ("  ", "is empty")])
def test_a_prompt_file_that_cannot_be_used_is_told(tmp_path: Path, text: str | None, words: str) -> None:
    rules = tmp_path / "rules.md"
    if text is not None:
        rules.write_text(text)
    named: dict[str, Any] = {"challenger_drafter": "openai", "openai_api_key": "sk-nobody"}
    settings = Settings(_env_file=None, **named, challenger_prompt_file=rules)  # pyright: ignore[reportCallIssue]
    assert words in challengers.why_none(settings, EmbeddedDrafter())
    with pytest.raises(SettingsProblem, match=words):
        drafting.build(challengers.as_settings(settings))


async def add_topic(stage: Stage) -> None:
    async with stage.database.transaction() as session:
        row = Topic(workspace_id=stage.bot.runtime.workspace_id, name="returns", title="Returns", threshold=0.5)
        await session.merge(row)
    stage.bot.runtime._topics_read_at = float("-inf")  # pyright: ignore[reportPrivateUsage]


async def add_certificate(stage: Stage, version: str, *, tolerance: float) -> None:
    async with stage.database.transaction() as session:
        session.add(
            evidence.certificate(
                workspace_id=stage.bot.runtime.workspace_id,
                id="own",
                drafter_version=version,
                tolerance=tolerance,
                threshold=0.3,
            )
        )
