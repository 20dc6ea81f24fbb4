"""Dialogues about the survey: who is asked how it went, when, how often, and what an answer counts."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select, update

from bot import reports
from bot.conversation import resolving, surveying
from bot.demo.workspace import Person
from bot.queues import outcomes
from bot.slack.sender import Sender
from storage import surveys
from storage.database import Database
from storage.endings import Contact, Rating, Survey
from storage.kinds import NotAsked
from storage.queues import Outbox
from storage.row import now
from storage.tables import Conversation
from tests.integration.dialogue import Json, asked_how_it_went, asks, by_bot, card_for, claims, has_button, words
from tests.stage import ADA, ANSWERED, BEN, CARL, DESK, SUPPORT, UNKNOWN, Stage, on_stage

DELIVERY = "How long does express delivery take?"
DAY = timedelta(days=1)


@pytest.fixture
async def stage(database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """A team that reminds after two days; its own sweep stands still, so that the test's clock alone counts."""
    team = '[survey]\ndelay = "1h"\nreminder_after = "2d"\n'
    async with on_stage(database_url, tmp_path, team=team) as opened:
        yield opened


async def _surveys(stage: Stage) -> list[Survey]:
    async with stage.database.reading() as session:
        return list((await session.exec(select(Survey).order_by(Survey.conversation_id))).all())


async def _posts(stage: Stage, purpose: str) -> list[Outbox]:
    async with stage.database.reading() as session:
        wanted = select(Outbox).where(Outbox.purpose == purpose, Outbox.method == "chat.postMessage")
        return list((await session.exec(wanted)).all())


async def _solved(stage: Stage, ada: Person, text: str = ANSWERED, channel: str = SUPPORT) -> Json:
    """Ask, be answered, and say that it is solved; returns the question."""
    known = len(await _surveys(stage))
    question, reply = await asks(ada, text, channel)
    await ada.presses(reply, "solved", channel=channel)

    async def planned() -> bool:
        return len(await _surveys(stage)) > known

    await ada.until(planned)
    return question


def _later(**span: float) -> datetime:
    return now() + timedelta(**span)


async def test_the_question_comes_after_the_delay_and_not_before(stage: Stage) -> None:
    ada = await stage.person(ADA)
    question = await _solved(stage, ada)
    assert await surveying.sweep(stage.bot.runtime, _later(minutes=59)) == 0
    assert await surveying.sweep(stage.bot.runtime, _later(minutes=61)) == 1
    asked = await ada.reads(SUPPORT, thread=question["ts"], until=has_button("rate_1"))
    assert "How was that for you?" in words(asked)
    (row,) = await _surveys(stage)
    assert row.asked_at
    assert row.expires_at == row.asked_at + timedelta(days=7)
    assert (row.not_asked, row.answered_at) == ("", None)


async def test_all_three_arms_are_asked_in_the_same_words_after_the_same_delay(stage: Stage) -> None:
    stage.bot.runtime.team = stage.bot.runtime.team.model_copy(
        update={"survey": stage.bot.runtime.team.survey.model_copy(update={"contact_days": 0.0})}
    )
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    await _solved(stage, ada)
    for first in (ANSWERED, UNKNOWN):  # the one is answered and goes to a person, the other goes there at once
        question, reply = await asks(ada, first)
        if first is ANSWERED:
            await ada.presses(reply, "want_person", channel=SUPPORT)
        await claims(ben, card := await card_for(ben, first))
        await ben.says(DESK, "Here I am.", thread=card["ts"])
        await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("Here I am"))
        held = await ben.reads(DESK, until=lambda each, ts=card["ts"]: each["ts"] == ts and has_button("resolve")(each))
        await ben.presses(held, "resolve", channel=DESK)

    async def all_planned() -> bool:
        return len(await _surveys(stage)) == 3

    await ben.until(all_planned)
    rows = await _surveys(stage)
    assert {row.due_at - row.resolved_at for row in rows if row.due_at and row.resolved_at} == {timedelta(hours=1)}
    await surveying.sweep(stage.bot.runtime, _later(hours=2))
    async with stage.database.reading() as session:
        arms = set((await session.exec(select(Conversation.resolved_by))).all())
    assert arms == {"ai", "ai_then_human", "human"}
    sent = await _posts(stage, "survey")
    assert len(sent) == 3
    assert {post.payload["text"] for post in sent} == {"How was that for you?"}
    assert {post.channel_id for post in sent} == {SUPPORT}


async def test_one_person_is_asked_once_in_seven_days_whatever_the_channel(stage: Stage) -> None:
    ada, carl = await stage.person(ADA), await stage.person(CARL)
    await _solved(stage, ada)
    direct = await ada.direct()
    await _solved(stage, ada, DELIVERY, direct)
    await _solved(stage, carl)
    assert await surveying.sweep(stage.bot.runtime, _later(hours=2)) == 2
    by_customer = sorted((row.customer_id, row.not_asked) for row in await _surveys(stage))
    assert by_customer == [(ADA, ""), (ADA, "contact_rule"), (CARL, "")]
    await _solved(stage, ada, DELIVERY)
    async with stage.database.transaction() as session:
        await session.exec(update(Contact).values(asked_at=now() - 8 * DAY))
    assert await surveying.sweep(stage.bot.runtime, _later(hours=2)) == 1


async def test_a_conversation_that_goes_on_before_the_question_is_not_asked_about(stage: Stage) -> None:
    ada = await stage.person(ADA)
    question = await _solved(stage, ada)
    await ada.says(SUPPORT, DELIVERY, thread=question["ts"])
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("one working day"))
    assert await surveying.sweep(stage.bot.runtime, _later(hours=2)) == 0
    (row,) = await _surveys(stage)
    assert (row.asked_at, row.not_asked, row.due_at) == (None, NotAsked.REOPENED, None)
    assert await _posts(stage, "survey") == []


async def _resolved_again(stage: Stage) -> None:
    """The customer falls silent, and that counts as solved."""
    async with stage.database.transaction() as session:
        await session.exec(update(Conversation).values(resolution_due_at=now() - timedelta(minutes=1)))
    assert await resolving.resolve_silent(stage.bot.runtime) == 1


async def test_a_rating_after_a_reopening_takes_the_place_of_the_earlier_one(stage: Stage) -> None:
    ada = await stage.person(ADA)
    question = await _solved(stage, ada)
    asked = await asked_how_it_went(stage, ada, question["ts"])
    await ada.presses(asked, "rate_5", channel=SUPPORT)
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("for the 5"))
    await ada.says(SUPPORT, DELIVERY, thread=question["ts"])
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("one working day"))
    await _resolved_again(stage)
    (row,) = await _surveys(stage)
    assert (row.asked_at, row.answered_at) == (None, None)
    assert [sorted(each) for each in row.earlier] == [["answered_at", "asked_at", "resolved_at"]]
    again = await asked_how_it_went(stage, ada, question["ts"])
    assert again
    second = await ada.reads(
        SUPPORT, thread=question["ts"], until=lambda each: has_button("rate_1")(each) and each["ts"] > asked["ts"]
    )
    await ada.presses(second, "rate_2", channel=SUPPORT)
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("telling us (2)"))
    async with stage.database.reading() as session:
        rating = (await session.exec(select(Rating))).one()
        conversation = (await session.exec(select(Conversation))).one()
    assert conversation.resolved_at
    assert (rating.score, rating.rated_at > conversation.resolved_at) == (2, True)


async def _resolved_again_with_the_old_question_in_sight(stage: Stage, ada: Person) -> tuple[Json, Json]:
    """A customer who was asked comes back, and it is solved again; returns what they asked and the old question."""
    question = await _solved(stage, ada)
    asked = await asked_how_it_went(stage, ada, question["ts"])
    await ada.says(SUPPORT, DELIVERY, thread=question["ts"])
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("one working day"))
    await _resolved_again(stage)
    return question, asked


async def test_who_answers_the_old_question_before_the_next_one_comes_was_asked_and_is_not_asked_again(
    stage: Stage,
) -> None:
    ada = await stage.person(ADA)
    question, asked = await _resolved_again_with_the_old_question_in_sight(stage, ada)
    await ada.presses(asked, "rate_2", channel=SUPPORT)
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("telling us (2)"))
    (row,) = await _surveys(stage)
    assert row.asked_at == row.answered_at is not None
    assert row.resolved_at
    assert row.expires_at == row.resolved_at + timedelta(hours=1) + 7 * DAY
    assert await surveying.sweep(stage.bot.runtime, _later(hours=2)) == 0
    report = await reports.build(
        stage.database, stage.bot.runtime.workspace_id, reports.Window(since=now() - DAY, until=_later(hours=1)), "UTC"
    )
    assert next((arm.asked, arm.answered, arm.ratings) for arm in report.arms) == (1, 1, 1)


async def test_an_old_question_takes_no_score_once_the_time_of_a_new_one_is_over(stage: Stage) -> None:
    ada = await stage.person(ADA)
    question, asked = await _resolved_again_with_the_old_question_in_sight(stage, ada)
    stage.bot.runtime.surveys = False  # turned off meanwhile, so no new question came
    assert await surveying.sweep(stage.bot.runtime, _later(hours=2)) == 0
    async with stage.database.transaction() as session:
        await session.exec(update(Survey).values(resolved_at=now() - 8 * DAY))
    await ada.presses(asked, "rate_5", channel=SUPPORT)
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("too late for this rating to count"))
    async with stage.database.reading() as session:
        assert (await session.exec(select(Rating))).all() == []


async def test_a_score_after_the_end_gets_a_kind_word_and_does_not_count(stage: Stage) -> None:
    ada = await stage.person(ADA)
    question = await _solved(stage, ada)
    asked = await asked_how_it_went(stage, ada, question["ts"])
    await ada.presses(asked, "rate_4", channel=SUPPORT)
    thanks = await ada.reads(SUPPORT, thread=question["ts"], until=has_button("comment"))
    async with stage.database.transaction() as session:
        await session.exec(update(Survey).values(expires_at=now() - timedelta(seconds=1)))
    await ada.presses(thanks, "rate_1", channel=SUPPORT)
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("too late for this rating to count"))
    (row,) = await _surveys(stage)
    async with stage.database.reading() as session:
        rating = (await session.exec(select(Rating))).one()
    assert (rating.score, row.late_score) == (4, 1)
    assert row.late_at


async def test_one_reminder_at_most_and_none_for_who_answered(stage: Stage) -> None:
    ada, carl = await stage.person(ADA), await stage.person(CARL)
    question = await _solved(stage, ada)
    asked = await asked_how_it_went(stage, ada, question["ts"])
    other = await _solved(stage, carl)
    await asked_how_it_went(stage, carl, other["ts"])
    await ada.presses(asked, "rate_5", channel=SUPPORT)
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("for the 5"))
    assert await surveying.sweep(stage.bot.runtime, _later(hours=47)) == 0
    assert await surveying.sweep(stage.bot.runtime, _later(hours=49)) == 1
    assert await surveying.sweep(stage.bot.runtime, _later(days=6)) == 0
    reminder = await carl.reads(SUPPORT, thread=other["ts"], until=by_bot("If you have a moment"))
    await carl.presses(reminder, "rate_3", channel=SUPPORT)
    await carl.reads(SUPPORT, thread=other["ts"], until=by_bot("telling us (3)"))
    reminded = {row.customer_id: row.reminded_at is not None for row in await _surveys(stage)}
    assert reminded == {ADA: False, CARL: True}


async def test_nobody_is_reminded_of_a_conversation_that_goes_on(stage: Stage) -> None:
    ada = await stage.person(ADA)
    question = await _solved(stage, ada)
    await asked_how_it_went(stage, ada, question["ts"])
    await ada.says(SUPPORT, DELIVERY, thread=question["ts"])
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("one working day"))
    assert await surveying.sweep(stage.bot.runtime, _later(days=3)) == 0


async def test_after_a_long_downtime_nobody_is_asked_about_what_is_long_past(stage: Stage) -> None:
    await _solved(stage, await stage.person(ADA))
    assert await surveying.sweep(stage.bot.runtime, _later(hours=26)) == 0
    assert [row.not_asked for row in await _surveys(stage)] == [NotAsked.TOO_LATE]


async def test_where_surveys_are_turned_off_nobody_is_asked_and_it_is_noted(stage: Stage) -> None:
    stage.bot.runtime.surveys = False
    await _solved(stage, await stage.person(ADA))
    assert await surveying.sweep(stage.bot.runtime, _later(hours=2)) == 0
    assert [(row.not_asked, row.due_at) for row in await _surveys(stage)] == [(NotAsked.TURNED_OFF, None)]


async def test_a_customer_who_left_slack_is_not_asked(stage: Stage) -> None:
    ada = await stage.person(ADA)
    await _solved(stage, ada)
    people = stage.workspace.state.users
    people[ADA] = replace(people[ADA], deleted=True)
    stage.bot.runtime.people._profiles.clear()  # pyright: ignore[reportPrivateUsage]
    assert await surveying.sweep(stage.bot.runtime, _later(hours=2)) == 0
    assert [row.not_asked for row in await _surveys(stage)] == [NotAsked.CUSTOMER_GONE]


async def test_a_question_that_slack_refuses_was_not_asked_and_leaves_room_for_another(stage: Stage) -> None:
    ada = await stage.person(ADA)
    await _solved(stage, ada)
    async with stage.database.transaction() as session:
        await session.exec(update(Conversation).values(channel_id="C0NOWHERE"))
    await stage.bot.sender.close()
    assert await surveying.sweep(stage.bot.runtime, _later(hours=2)) == 1
    sender = Sender(stage.database, stage.bot.posting_client, outcomes, lambda: None)
    for row in await sender.claim(10):
        await sender.post(row)
    (row,) = await _surveys(stage)
    async with stage.database.reading() as session:
        assert (await session.exec(select(Contact))).all() == []
    assert (row.asked_at, row.due_at, row.not_asked) == (None, None, NotAsked.UNDELIVERED)


async def test_two_processes_that_sweep_at_once_ask_each_person_once(stage: Stage, database_url: str) -> None:
    ada, carl = await stage.person(ADA), await stage.person(CARL)
    await _solved(stage, ada)
    await _solved(stage, ada, DELIVERY)
    await _solved(stage, carl)
    other = replace(stage.bot.runtime, database=await Database.open(database_url))
    try:
        moment = _later(hours=2)
        done = await asyncio.gather(
            *(surveying.sweep(each, moment) for each in (stage.bot.runtime, other, stage.bot.runtime, other))
        )
    finally:
        await other.database.close()
    assert sum(done) == 2
    assert len(await _posts(stage, "survey")) == 2
    assert sorted(row.not_asked for row in await _surveys(stage)) == ["", "", "contact_rule"]


async def test_where_only_the_customer_reads_first_others_do_not_see_the_score(
    database_url: str, tmp_path: Path
) -> None:
    team = f'[channels."{SUPPORT}"]\nprivately_first = true\n'
    async with on_stage(database_url, tmp_path, team=team) as stage:
        ada, carl = await stage.person(ADA), await stage.person(CARL)
        question = await ada.says(SUPPORT, ANSWERED)
        reply = await ada.reads(SUPPORT, thread=question["ts"], until=has_button("show_everyone"))
        assert reply
        await _resolved_again(stage)
        asked = await asked_how_it_went(stage, ada, question["ts"])
        await ada.presses(asked, "rate_2", channel=SUPPORT)
        thanks = await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("your rating is noted"))
        assert "(2)" not in str(await carl.history(SUPPORT, question["ts"]))
        await ada.presses(thanks, "comment", channel=SUPPORT)
        typed = {"comment": {"comment_text": {"type": "plain_text_input", "value": "So-so"}}}
        await ada.submits(await ada.modal(), typed)
        await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("your rating and your comment are noted"))
        async with stage.database.reading() as session:
            rating = (await session.exec(select(Rating))).one()
        assert (rating.score, rating.comment) == (2, "So-so")


async def test_a_comment_that_cannot_be_stored_is_not_lost_in_silence(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = await stage.person(ADA)
    question = await _solved(stage, ada)
    asked = await asked_how_it_went(stage, ada, question["ts"])
    await ada.presses(asked, "rate_2", channel=SUPPORT)
    thanks = await ada.reads(SUPPORT, thread=question["ts"], until=has_button("comment"))
    await ada.presses(thanks, "comment", channel=SUPPORT)

    async def fails(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(surveys, "comment", fails)
    typed = {"comment": {"comment_text": {"type": "plain_text_input", "value": "So-so"}}}
    assert "nothing was changed" in str(await ada.submits(await ada.modal(), typed))


@pytest.mark.parametrize("score", [0, 6, -1, 50])
async def test_a_score_that_is_none_is_refused(stage: Stage, score: int) -> None:
    await _solved(stage, await stage.person(ADA))
    async with stage.database.transaction() as session:
        conversation = (await session.exec(select(Conversation))).one()
        with pytest.raises(ValueError, match="from 1 to 5"):
            await surveys.rate(session, conversation, score, lasts=7 * DAY)
    async with stage.database.reading() as session:
        assert (await session.exec(select(Rating))).all() == []
