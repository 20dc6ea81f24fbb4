"""What the bot really decided, told and run again: the same policy comes to the same decisions."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlmodel import col, delete, select, update

from bot.audit import remembering, replay, story
from bot.audit.remembering import Remembered
from bot.audit.replay import Asked, Other, Replayed
from bot.commands import decision as commands
from bot.commands import grounding
from bot.trust import basis as bases
from storage import decisions, stories
from storage.library import Article
from storage.tables import Conversation, Decision, Message
from tests.integration.dialogue import Json, asks, by_bot, card_for, claims, has_button
from tests.stage import ADA, ANSWERED, BEN, BOT, CARL, DESK, SUPPORT, UNKNOWN, Stage


async def talk(stage: Stage) -> None:
    """Decisions of all kinds: answered, greeted, nothing found, a wish for a person, back after a person."""
    ada, carl, ben = await stage.person(ADA), await stage.person(CARL), await stage.person(BEN)
    question, reply = await asks(ada, ANSWERED)
    await ada.says(SUPPORT, "And how long does express delivery take?", thread=question["ts"])
    await ada.reads(SUPPORT, thread=question["ts"], until=lambda each: by_bot()(each) and later(each, reply))
    await asks(carl, f"<@{BOT}> hello")
    await asks(carl, "delivery")
    await asks(ada, UNKNOWN)
    wish, _ = await asks(carl, "I want to talk to a real person please")
    card = await card_for(ben, "real person")
    await claims(ben, card)
    held = await ben.reads(DESK, until=has_button("resolve"))
    await ben.presses(held, "resolve", channel=DESK)
    await carl.reads(SUPPORT, thread=wish["ts"], until=by_bot("marked as solved"))
    await carl.says(SUPPORT, ANSWERED, thread=wish["ts"])
    await card_for(ben, ANSWERED)


def later(message: Json, than: Json) -> bool:
    return float(message["ts"]) > float(than["ts"])


async def made(stage: Stage) -> Sequence[Decision]:
    async with stage.database.reading() as session:
        return (await session.exec(select(Decision).order_by(col(Decision.id)))).all()


async def again(stage: Stage, decision: Decision, other: Other | None = None, *, draft: bool = False) -> Replayed:
    async with stage.database.reading() as session:
        known = await remembering.remembered(session, decision.workspace_id, decision.id)
    assert isinstance(known, Remembered)
    basis = await bases.of_settings(stage.settings, stage.database, decision.workspace_id)
    async with grounding.ground(stage.settings, stage.database, decision.workspace_id) as ground:
        asked = Asked(known, ground, other or Other(), basis)
        return await replay.draft_again(asked) if draft else replay.replay(asked)


async def test_every_decision_goes_the_same_way_again(stage: Stage) -> None:
    await talk(stage)
    found = await made(stage)
    assert {each.action for each in found} == {"answer", "clarify", "hand_off"}
    assert {each.reason for each in found} >= {"", "nothing_found", "wish", "policy"}
    for decision in found:
        held = await again(stage, decision)
        assert not held.other_way, decision
        assert held.inputs_changed == ()
        if decision.reason != "policy":  # back after a person: that is no question of the draft
            drafted = await again(stage, decision, draft=True)
            assert not drafted.other_way, decision
            assert "The draft reads otherwise." not in drafted.why


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_edits_deletions_and_changed_articles_are_noticed(stage: Stage) -> None:
    ada = await stage.person(ADA)
    await asks(ada, ANSWERED)
    decision = (await made(stage))[0]
    async with stage.database.transaction() as session:
        await session.exec(update(Message).where(col(Message.author) == "customer").values(text="Something else?"))
        await session.exec(update(Article).values(content_hash="another"))
    told = await again(stage, decision)
    assert "The conversation reads otherwise now: a message was edited since." in told.inputs_changed
    assert "The article “Returning an item” was changed since." in told.inputs_changed
    async with stage.database.transaction() as session:
        await session.exec(delete(Conversation))
    async with stage.database.reading() as session:
        assert await remembering.remembered(session, decision.workspace_id, decision.id) is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_story_and_the_export_of_a_real_conversation_hold_together(
    stage: Stage, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ada = await stage.person(ADA)
    await asks(ada, ANSWERED)
    decision = (await made(stage))[0]
    async with stage.database.reading() as session:
        conversation = (await session.exec(select(Conversation))).one()
        told = story.tell(await stories.read(session, conversation), "UTC", width=240)
    assert "found: Returning an item" in told
    assert "speaks for it: the drafter's own belief" in told
    assert "Unproved: it acted alone on a starting policy" in told
    assert f"decision {decision.id}, by drafter {decision.drafter_version}" in told
    target = tmp_path / "all.jsonl"
    days = {"first": None, "last": None}
    await commands.export(stage.settings, target, **days, topic=None, with_text=False, team=None)
    exported = json.loads(target.read_text())
    assert exported["decision_id"] == decision.id
    assert exported["input_hash"] == decision.input_hash
    assert "unused" not in target.read_text()
    pages = [page async for page in decisions.pages(stage.database, decision.workspace_id, decisions.Wanted())]
    assert len(pages) == 1
    assert capsys.readouterr().err.endswith(f"1 decision is in {target}.\n")
