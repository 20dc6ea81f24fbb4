"""What a turn writes down for those who review, and what an alarm means for a turn under way."""

from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.drafting.port import Drafter, DraftRequest
from bot.thinking.versions import version_of
from handoff.draft import Author, Draft, Turn, input_hash
from storage.evidence import Review
from storage.kinds import Stage as TopicStage
from storage.tables import Conversation, Decision, DraftRow, Topic
from tests.integration.dialogue import asks, by_bot, card_for, words
from tests.stage import ADA, ANSWERED, BEN, CARL, SUPPORT, Stage

RETURNS = "returns"


class SlowDrafter:
    """A real drafter, during whose work something else happens."""

    def __init__(self, stage: Stage, change: dict[str, object]) -> None:
        self._real: Drafter = stage.bot.runtime.drafter
        self._stage, self._change = stage, change
        self.name, self.model, self.prompt_version = self._real.name, self._real.model, self._real.prompt_version
        self.sees_images = self._real.sees_images

    async def draft(self, request: DraftRequest) -> Draft:
        async with self._stage.database.transaction() as session:
            await session.exec(update(Topic).values(**self._change))
        return await self._real.draft(request)

    async def close(self) -> None:
        await self._real.close()


async def add_topic(stage: Stage, **fields: Any) -> None:
    async with stage.database.transaction() as session:
        session.add(Topic(workspace_id=stage.bot.runtime.workspace_id, name=RETURNS, threshold=0.5, **fields))


async def decision(session: AsyncSession) -> Decision:
    return (await session.exec(select(Decision).order_by(col(Decision.id).desc()))).first() or Decision.model_validate(
        {}
    )


async def test_an_alarm_while_a_draft_is_made_keeps_it_from_the_customer(stage: Stage) -> None:
    await add_topic(stage)
    stage.bot.runtime.drafter = SlowDrafter(stage, {"stage": TopicStage.COPILOT})
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    _, reply = await asks(ada, ANSWERED)
    assert "30 days" not in words(reply)
    card = await card_for(ben, ANSWERED)
    assert "needs an agent's approval" in words(card)
    assert "30 days" in words(card)


async def test_a_certificate_of_another_version_does_not_let_a_draft_through(stage: Stage) -> None:
    await add_topic(stage, certificate_id="C1", certified_drafter="another", certified_confidence="prior-1")
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    _, reply = await asks(ada, ANSWERED)
    assert "30 days" not in words(reply)
    assert "another version of Baton" in words(await card_for(ben, ANSWERED))


async def test_a_decision_says_what_it_rested_on(stage: Stage) -> None:
    ada = await stage.person(ADA)
    await asks(ada, ANSWERED)
    async with stage.database.reading() as session:
        made = await decision(session)
        draft = await session.get(DraftRow, (made.workspace_id, made.draft_id))
    assert made.input_hash == input_hash([Turn(Author.CUSTOMER, ANSWERED)])
    assert made.drafter_version == version_of(stage.bot.runtime.drafter)
    assert made.passages[0]["content_hash"]
    assert made.unproved
    assert {name for name, _ in made.contributions} >= {"own_confidence", "coverage"}
    assert draft is not None
    assert draft.review_probability >= draft.audit_share == stage.settings.audit_share


async def test_every_draft_is_reviewed_where_the_audit_share_is_one(stage: Stage) -> None:
    stage.bot.runtime.reviews = replace(stage.bot.runtime.reviews, audit_share=1.0)
    ada = await stage.person(ADA)
    await asks(ada, ANSWERED)
    await asks(ada, "I want to talk to a real person please")
    async with stage.database.reading() as session:
        first = [each for each in (await session.exec(select(Review))).all() if each.reading == 1]
    assert len(first) == 1
    assert first[0].audit
    assert first[0].answered
    assert first[0].probability == 1
    assert first[0].verdict is None


async def test_not_helpful_is_noted_once_and_the_reply_says_so(stage: Stage) -> None:
    ada = await stage.person(ADA)
    question, reply = await asks(ada, ANSWERED)
    for _ in range(2):
        await ada.presses(reply, "not_helpful", channel=SUPPORT)
    changed = await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("Write what is missing"))
    assert changed["ts"] == reply["ts"]
    async with stage.database.reading() as session:
        assert (await session.exec(select(Conversation.thumbs_down))).one() == 1


async def test_only_who_asked_may_say_that_it_did_not_help(stage: Stage) -> None:
    ada, carl = await stage.person(ADA), await stage.person(CARL)
    question, reply = await asks(ada, ANSWERED)
    await carl.presses(reply, "not_helpful", channel=SUPPORT)
    told = await carl.reads(SUPPORT, thread=question["ts"], until=lambda message: message.get("is_ephemeral", False))
    assert "Only the person who asked" in words(told)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_an_annoyed_customer_whom_nothing_helped_gets_a_person(stage: Stage) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    question, reply = await asks(ada, ANSWERED)
    await ada.says(SUPPORT, f"No, that's wrong!! {ANSWERED}", thread=question["ts"])
    again = await ada.reads(
        SUPPORT, thread=question["ts"], until=lambda message: message["ts"] > reply["ts"] and by_bot()(message)
    )
    if "not_helpful" in str(again.get("blocks")):
        await ada.presses(reply, "not_helpful", channel=SUPPORT)
        await ada.presses(again, "not_helpful", channel=SUPPORT)
    assert "Frustrated customer" in words(await card_for(ben, "No, that's wrong"))
