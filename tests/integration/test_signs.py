"""The sign that Baton is on a question: there while somebody waits, gone with the reply, and never in its way."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

import pytest
from sqlmodel import col, select, update

from bot.conversation.signs import Allowance, Place
from bot.demo.workspace import Faults, Person
from bot.drafting.port import DraftRequest
from bot.slack.inbound import Said
from handoff.draft import Draft
from storage.queues import Inbox
from storage.row import now
from tests.integration.dialogue import Json, asks, by_bot, card_for, claims
from tests.stage import ADA, ANSWERED, BEN, BOT, CARL, DESK, SUPPORT, UNKNOWN, Stage


@asynccontextmanager
async def thinking(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[asyncio.Event]:
    """A drafter that thinks until the event is set."""
    done, drafter = asyncio.Event(), stage.bot.runtime.drafter
    at_once = drafter.draft

    async def draft(request: DraftRequest) -> Draft:
        await done.wait()
        return await at_once(request)

    monkeypatch.setattr(drafter, "draft", draft)
    yield done
    done.set()


def _signed(ts: str, *, present: bool = True) -> Callable[[Json], bool]:
    return lambda message: message["ts"] == ts and ("'eyes'" in str(message.get("reactions"))) is present


async def _left(stage: Stage) -> int:
    async with stage.database.reading() as session:
        return len((await session.exec(select(Inbox.id).where(col(Inbox.signed_at).is_not(None)))).all())


async def _waits_until_none_is_left(stage: Stage, person: Person) -> None:
    async def none() -> bool:
        return not await _left(stage)

    async with asyncio.timeout(60):
        while not await none():
            await stage.bot.signs.take_away()
    assert person


async def _gone(stage: Stage, person: Person, question: Json) -> Json:
    message = await person.reads(SUPPORT, thread=question["ts"], until=_signed(question["ts"], present=False))
    await _waits_until_none_is_left(stage, person)
    return message


async def test_in_a_channel_the_question_bears_a_reaction_until_the_reply_is_there(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = await stage.person(ADA)
    async with thinking(stage, monkeypatch) as done:
        question = await ada.says(SUPPORT, ANSWERED)
        signed = await ada.reads(SUPPORT, thread=question["ts"], until=_signed(question["ts"]))
        assert signed["reactions"] == [{"name": "eyes", "users": [BOT], "count": 1}]
        assert await _left(stage) == 1
        done.set()
        await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("30 days"))
        await _gone(stage, ada, question)


async def test_in_direct_messages_slack_says_it_and_the_reply_ends_it(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = await stage.person(ADA)
    channel = await ada.direct()

    async def status() -> str:
        shown = await ada.looks("assistant")
        return next((each.get("status", "") for each in shown), "")

    async with thinking(stage, monkeypatch) as done:
        question = await ada.says(channel, ANSWERED)
        assert await ada.until(status) == "is looking it up…"
        done.set()
        await ada.reads(channel, thread=question["ts"], until=by_bot("30 days"))
        assert await status() == ""
        # A status that was cleared by the post is not cleared again: it could be the next question's.
        stage.workspace.faults = Faults(refuse={"assistant.threads.setStatus": "invalid_thread_ts"})
        await _waits_until_none_is_left(stage, ada)
        assert stage.workspace.faults.refuse


async def test_a_reply_that_comes_before_its_sign_needs_none(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    answered, place = asyncio.Event(), stage.bot.signs._place  # pyright: ignore[reportPrivateUsage]

    async def once_answered(said: Said) -> Place | None:
        await answered.wait()
        return await place(said)

    monkeypatch.setattr(stage.bot.signs, "_place", once_answered)
    stage.workspace.faults = Faults(refuse={"reactions.add": "too_many_reactions"})
    ada = await stage.person(ADA)
    await asks(ada, ANSWERED)
    answered.set()
    await _tried(stage)
    assert stage.workspace.faults.refuse  # nobody asked for one
    assert await _left(stage) == 0


@pytest.mark.parametrize(
    "trouble", [{"refuse": {"reactions.add": "missing_scope"}}, {"ratelimit": {"reactions.add": 1}}]
)
async def test_a_sign_that_slack_refuses_harms_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, trouble: Json
) -> None:
    ada = await stage.person(ADA)
    stage.workspace.faults = Faults(**trouble)
    async with thinking(stage, monkeypatch) as done:
        question = await ada.says(SUPPORT, ANSWERED)
        await _tried(stage)
        done.set()
        await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("30 days"))
    await _waits_until_none_is_left(stage, ada)


async def _tried(stage: Stage) -> None:
    """Wait until all that was said has come in, and every sign for it is shown or refused."""
    await stage.workspace.delivery.settled()
    await asyncio.gather(*stage.bot.signs._tasks)  # pyright: ignore[reportPrivateUsage]


async def test_a_sign_whose_outcome_is_unknown_is_taken_away_all_the_same(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = await stage.person(ADA)
    stage.workspace.faults = Faults(drop_after={"reactions.add": 1})
    async with thinking(stage, monkeypatch) as done:
        question = await ada.says(SUPPORT, ANSWERED)
        await ada.reads(SUPPORT, thread=question["ts"], until=_signed(question["ts"]))
        done.set()
        await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("30 days"))
        await _gone(stage, ada, question)


async def test_a_sign_that_a_dead_process_left_is_taken_away_by_the_next(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage.bot.signs, "_quiet_until", float("inf"))  # this one shows none, however slow the machine
    ada = await stage.person(ADA)
    question, _ = await asks(ada, ANSWERED)
    channel = stage.workspace.state.channels[SUPPORT]
    stage.workspace.people.messages.react(channel, question["ts"], "eyes", BOT)
    async with stage.database.transaction() as session:
        await session.exec(update(Inbox).values(signed_at=now()))
    await stage.bot.signs.look()
    await _gone(stage, ada, question)


async def test_a_removal_that_is_limited_is_tried_again(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = await stage.person(ADA)
    stage.workspace.faults = Faults(ratelimit={"reactions.remove": 1}, retry_after=0)
    async with thinking(stage, monkeypatch) as done:
        question = await ada.says(SUPPORT, ANSWERED)
        await ada.reads(SUPPORT, thread=question["ts"], until=_signed(question["ts"]))
        done.set()
        await _gone(stage, ada, question)


async def test_in_a_busy_minute_a_status_in_the_thread_says_it(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = await stage.person(ADA)
    monkeypatch.setattr(stage.bot.signs, "_removable", Allowance(0))
    async with thinking(stage, monkeypatch) as done:
        question = await ada.says(SUPPORT, ANSWERED)
        await _tried(stage)
        statuses = stage.workspace.state.statuses
        assert statuses[SUPPORT, question["ts"]]["status"] == "is looking it up…"
        done.set()
        await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("30 days"))
        assert statuses[SUPPORT, question["ts"]]["status"] == ""
    assert await _left(stage) == 0


async def test_in_a_very_busy_minute_a_question_waits_without_a_sign(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = await stage.person(ADA)
    monkeypatch.setattr(stage.bot.signs, "_removable", Allowance(0))
    monkeypatch.setattr(stage.bot.signs, "_statuses", Allowance(0))
    async with thinking(stage, monkeypatch) as done:
        question = await ada.says(SUPPORT, ANSWERED)
        await _tried(stage)
        assert (SUPPORT, question["ts"]) not in stage.workspace.state.statuses
        done.set()
        await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("30 days"))


def test_a_budget_gives_so_many_at_once() -> None:
    budget = Allowance(2)
    assert [budget.take() for _ in range(3)] == [True, True, False]


async def test_bystanders_agents_and_those_with_a_person_get_no_sign(stage: Stage) -> None:
    ada, ben, carl = await stage.person(ADA), await stage.person(BEN), await stage.person(CARL)
    question, _ = await asks(ada, UNKNOWN)
    await claims(ben, await card_for(ben, UNKNOWN))
    stage.workspace.faults = Faults(refuse={"reactions.add": "too_many_reactions"})
    await ada.says(SUPPORT, "Are you there?", thread=question["ts"])
    await carl.says(SUPPORT, "I would like to know as well", thread=question["ts"])
    await ben.says(SUPPORT, "Team, lunch?")
    await ben.reads(DESK, until=lambda message: bool(message.get("reply_count")))
    await _tried(stage)
    assert stage.workspace.faults.refuse
    await _waits_until_none_is_left(stage, ada)
