"""Privately first: only the asker sees a reply until they show it, and nobody learns what they may not read."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select, update

from bot import app
from bot.demo.workspace import Faults
from bot.drafting.port import DraftRequest
from handoff.draft import Draft
from storage.answer_pairs import AnswerPair
from storage.kinds import ArticleKind
from storage.library import Article
from storage.tables import Message
from tests.integration.dialogue import Json, asked_how_it_went, asks, by_bot, card_for, claims, has_button, words
from tests.stage import (
    ADA,
    ANSWERED,
    BEN,
    BOT,
    CARL,
    DESK,
    SEED,
    SUPPORT,
    UNKNOWN,
    Stage,
    on_stage,
    settings_for,
)

TEAM = f"""
[customer_groups]
wholesale = ["{ADA}"]

[channels."{SUPPORT}"]
privately_first = true
"""


@pytest.fixture
async def stage(database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """A channel that answers privately first."""
    async with on_stage(database_url, tmp_path, team=TEAM) as opened:
        yield opened


async def _audience(stage: Stage, audience: str) -> None:
    """Change who may read every article."""
    async with stage.database.transaction() as session:
        await session.exec(update(Article).values(audience=audience))


def _alone(part: str) -> Callable[[Json], bool]:
    return lambda message: message.get("is_ephemeral", False) and part in words(message)


async def _asked(stage: Stage) -> tuple[Json, Json]:
    ada = await stage.person(ADA)
    question = await ada.says(SUPPORT, ANSWERED)
    return question, await ada.reads(SUPPORT, thread=question["ts"], until=_alone("30 days"))


async def test_only_the_asker_sees_the_reply_and_others_that_there_is_one(stage: Stage) -> None:
    carl = await stage.person(CARL)
    question, reply = await _asked(stage)
    assert has_button("show_everyone")(reply)
    assert has_button("want_person")(reply)
    assert has_button("not_helpful")(reply)
    seen = await carl.reads(SUPPORT, thread=question["ts"], until=by_bot("only you can see it"))
    assert has_button("show_again")(seen)
    thread = await carl.history(SUPPORT, question["ts"])
    assert "30 days" not in str(thread)
    assert len([each for each in thread if each.get("bot_id")]) == 1
    async with stage.database.reading() as session:
        rows = (await session.exec(select(Message).where(Message.author == "bot"))).all()
    assert [row.private for row in rows] == [True]


async def test_show_everyone_posts_it_once_and_replaces_the_private_one(stage: Stage) -> None:
    ada, carl = await stage.person(ADA), await stage.person(CARL)
    question, reply = await _asked(stage)
    note = await ada.reads(SUPPORT, thread=question["ts"], until=has_button("show_again"))
    await ada.presses(note, "show_again", channel=SUPPORT)
    other = await ada.reads(
        SUPPORT, thread=question["ts"], until=lambda each: _alone("30 days")(each) and each["ts"] > reply["ts"]
    )
    for copy in (reply, other):
        await ada.presses(copy, "show_everyone", channel=SUPPORT)
    shown = await carl.reads(SUPPORT, thread=question["ts"], until=by_bot("30 days"))
    assert f"<@{ADA}> shows this" in words(shown)
    assert "help.example.com/returns" in words(shown)
    await ada.reads(SUPPORT, thread=question["ts"], until=_alone("Everyone in this thread"))
    await stage.bot.sender.close()
    thread = await ada.history(SUPPORT, question["ts"])
    assert len([each for each in thread if "30 days" in words(each) and each.get("bot_id")]) == 1
    async with stage.database.reading() as session:
        row = (await session.exec(select(Message).where(Message.author == "bot"))).one()
    assert row.private is False
    assert row.ts == shown["ts"]


async def test_what_a_reload_took_is_shown_again_to_the_asker_alone(stage: Stage) -> None:
    ada, carl = await stage.person(ADA), await stage.person(CARL)
    question, _ = await _asked(stage)
    stage.workspace.state.channels[SUPPORT].ephemeral.clear()
    note = await ada.reads(SUPPORT, thread=question["ts"], until=has_button("show_again"))
    await carl.presses(note, "show_again", channel=SUPPORT)
    refused = await carl.reads(SUPPORT, thread=question["ts"], until=_alone("Only the person"))
    assert "30 days" not in words(refused)
    await ada.presses(note, "show_again", channel=SUPPORT)
    again = await ada.reads(SUPPORT, thread=question["ts"], until=_alone("30 days"))
    assert has_button("show_everyone")(again)


async def test_what_somebody_asked_whose_answer_was_taught_is_named_to_nobody(stage: Stage) -> None:
    asked = "Is the window 30 days for my ruined honeymoon tent, too?"
    async with stage.database.transaction() as session:
        await session.exec(update(Article).values(title=asked, kind=ArticleKind.ANSWER_PAIR))
        for article_id in (await session.exec(select(Article.id))).all():
            told: dict[str, Any] = {"question": asked, "answer": "30 days.", "given_by": BEN}
            session.add(
                AnswerPair(workspace_id=SEED.team_id, article_id=article_id, conversation_id=article_id, **told)
            )
    ada = await stage.person(ADA)
    question, reply = await _asked(stage)
    note = await ada.reads(SUPPORT, thread=question["ts"], until=has_button("show_again"))
    await ada.presses(note, "show_again", channel=SUPPORT)
    again = await ada.reads(
        SUPPORT, thread=question["ts"], until=lambda each: _alone("30 days")(each) and each["ts"] > reply["ts"]
    )
    await ada.presses(reply, "show_everyone", channel=SUPPORT)
    shown = await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("shows this"))
    for each in (reply, again, shown):
        assert "an answer by our team" in words(each)
        assert "honeymoon" not in words(each)


async def test_a_reply_from_an_article_for_the_askers_group_cannot_be_shown_to_everyone(stage: Stage) -> None:
    ada, carl = await stage.person(ADA), await stage.person(CARL)
    await _audience(stage, "group:wholesale")
    question, reply = await _asked(stage)
    assert not has_button("show_everyone")(reply)
    assert "stays between us" in words(reply)
    assert has_button("want_person")(reply)
    await ada.presses(reply, "not_helpful", channel=SUPPORT)
    heard = await ada.reads(SUPPORT, thread=question["ts"], until=_alone("not helpful. Sorry"))
    assert heard["ts"] != reply["ts"]
    assert "30 days" in words(heard)
    assert "30 days" not in str(await carl.history(SUPPORT, question["ts"]))


async def test_an_article_that_became_internal_meanwhile_is_shown_to_nobody(stage: Stage) -> None:
    ada, carl = await stage.person(ADA), await stage.person(CARL)
    question, reply = await _asked(stage)
    await _audience(stage, "internal")
    await ada.presses(reply, "show_everyone", channel=SUPPORT)
    await ada.reads(SUPPORT, thread=question["ts"], until=_alone("stays between us"))
    note = await ada.reads(SUPPORT, thread=question["ts"], until=has_button("show_again"))
    await ada.presses(note, "show_again", channel=SUPPORT)
    thread = await ada.history(SUPPORT, question["ts"])
    assert "30 days" not in str(thread[1:])
    assert "30 days" not in str((await carl.history(SUPPORT, question["ts"]))[1:])


async def test_agents_see_that_it_was_private_and_the_rating_goes_its_way(stage: Stage) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    question, reply = await _asked(stage)
    await ada.presses(reply, "want_person", channel=SUPPORT)
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("getting a person"))
    card = await card_for(ben, ANSWERED)
    assert "only the customer saw it" in words(card)
    await claims(ben, card)
    await ben.presses(await ben.reads(DESK, until=has_button("resolve")), "resolve", channel=DESK)
    await asked_how_it_went(stage, ada, question["ts"])


async def test_a_draft_from_a_groups_article_goes_to_the_customer_alone(stage: Stage) -> None:
    stage.bot.runtime.starting_policy = replace(stage.bot.runtime.starting_policy, stage="copilot")
    ada, ben, carl = await stage.person(ADA), await stage.person(BEN), await stage.person(CARL)
    await _audience(stage, "group:wholesale")
    question, _ = await asks(ada, ANSWERED)
    card = await ben.reads(DESK, until=has_button("send_draft"))
    assert "only the customer will see it" in words(card)
    await ben.presses(card, "send_draft", channel=DESK)
    sent = await ada.reads(SUPPORT, thread=question["ts"], until=lambda each: each.get("username") == "Ben Okafor")
    assert sent["is_ephemeral"]
    assert "30 days" in words(sent)
    assert "30 days" not in str((await carl.history(SUPPORT, question["ts"]))[1:])


async def test_what_one_customer_read_alone_is_no_part_of_a_reply_to_all(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = await stage.person(ADA)
    question, _ = await _asked(stage)
    runtime = stage.bot.runtime
    runtime.team = runtime.team.model_copy(update={"channels": {}})
    read: list[str] = []
    before = runtime.drafter.draft

    async def draft(request: DraftRequest) -> Draft:
        read.extend(turn.text for turn in request.turns)
        return await before(request)

    monkeypatch.setattr(runtime.drafter, "draft", draft)
    await ada.says(SUPPORT, "How long does express delivery take?", thread=question["ts"])
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("one working day"))
    assert any("express" in each for each in read)
    assert not any("30 days of delivery" in each for each in read)


async def test_a_private_reply_that_may_have_been_shown_is_shown_again_at_worst(stage: Stage) -> None:
    stage.workspace.faults = Faults(drop_after={"chat.postEphemeral": 1})
    ada = await stage.person(ADA)
    question, _ = await _asked(stage)

    async def twice() -> bool:
        thread = await ada.history(SUPPORT, question["ts"])
        return len([each for each in thread if each.get("is_ephemeral")]) == 2

    assert await ada.until(twice)


async def test_a_private_reply_that_was_shown_before_a_crash_is_shown_again_and_the_note_on_it_is_not(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.queues.pump.CLOSING_SECONDS", 0.1)
    async with on_stage(database_url, tmp_path, team=TEAM, thinking_reaction="none") as stage:
        stage.workspace.faults = Faults(stall_after={"chat.postEphemeral": 1})
        ada = await stage.person(ADA)
        question = await ada.says(SUPPORT, ANSWERED)

        async def shown(times: int) -> bool:
            thread = await ada.history(SUPPORT, question["ts"])
            return len([each for each in thread if each.get("is_ephemeral")]) == times

        assert await ada.until(lambda: shown(1))  # it is there, but Baton is not told
        await stage.bot.sender.close()
        team_file = stage.settings.team_file
        async with app.running(settings_for(stage.server, database_url, team_file=team_file)):
            assert await ada.until(lambda: shown(2))
        public = [each for each in await ada.history(SUPPORT, question["ts"]) if each.get("user") == BOT]
        assert len([each for each in public if not each.get("is_ephemeral")]) == 1


async def test_nothing_found_hands_off_in_the_open(stage: Stage) -> None:
    ada = await stage.person(ADA)
    _, reply = await asks(ada, UNKNOWN)
    assert "colleague" in words(reply)
    assert not reply.get("is_ephemeral")
