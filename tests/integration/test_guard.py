"""A draft that claims what its sources do not hold goes to an agent, with what was caught on the card."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from sqlmodel import select

from bot.drafting.port import DraftRequest
from handoff.draft import Draft, Mood
from storage.evidence import Review
from storage.kinds import Action, HandoffReason
from storage.kinds import Stage as TopicStage
from storage.tables import Decision, Topic
from tests.integration.dialogue import asks, by_bot, card_for, has_button, words
from tests.stage import ADA, ANSWERED, BEN, DESK, SEED, SUPPORT, Stage

HONEST = "You can return unused items within 30 days of delivery."


@dataclass
class Says:
    """A drafter at the model's edge that is very sure of whatever it says, with the best passage as its source."""

    text: str
    name: str = "double"
    model: str = "sure"
    prompt_version: str = "1"
    sees_images: bool = False

    async def draft(self, request: DraftRequest) -> Draft:
        """The text, whatever was asked."""
        best = request.passages[0]
        return Draft(
            self.text, (best.passage_id,), best.topic, answerable=True, own_confidence=1, mood=Mood(), language="en"
        )

    async def close(self) -> None:
        """Nothing is held open."""


async def decisions(stage: Stage) -> Sequence[Decision]:
    async with stage.database.reading() as session:
        return (await session.exec(select(Decision))).all()


@pytest.mark.parametrize(
    ("invented", "on_card"),
    [
        ("The label costs €7.50.", "7.50"),
        ("Start at https://help.examp1e.com/returns.", "looks like help.example.com"),
        ("I have refunded your order.", "no reply can do"),
        ("You will get your refund tomorrow.", "tomorrow"),
    ],
)
async def test_an_invention_is_not_sent_and_the_card_says_what_was_caught(
    stage: Stage, invented: str, on_card: str
) -> None:
    stage.bot.runtime.drafter = Says(f"{HONEST} {invented}")
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    question, reply = await asks(ada, ANSWERED)
    assert "colleague" in words(reply)
    card = await card_for(ben, ANSWERED)
    assert on_card in words(card)
    assert all(invented not in words(each) for each in await ada.history(SUPPORT, question["ts"]))
    (decision,) = await decisions(stage)
    assert (decision.action, decision.reason) == (Action.HAND_OFF, HandoffReason.LOW_CONFIDENCE)
    assert decision.signals["caught"] >= 1
    async with stage.database.reading() as session:
        assert (await session.exec(select(Review))).all() == []


async def test_the_same_reply_without_the_invention_is_sent(stage: Stage) -> None:
    stage.bot.runtime.drafter = Says(HONEST)
    ada = await stage.person(ADA)
    _, reply = await asks(ada, ANSWERED)
    assert HONEST in words(reply)


async def test_an_agents_own_words_are_never_held_back(stage: Stage) -> None:
    stage.bot.runtime.drafter = Says(f"{HONEST} I have refunded your order.")
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    question, _ = await asks(ada, ANSWERED)
    card = await card_for(ben, ANSWERED)
    await ben.presses(card, "send_draft", channel=DESK)
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("I have refunded your order."))


async def test_in_copilot_the_card_warns_before_the_draft_is_sent(stage: Stage) -> None:
    async with stage.database.transaction() as session:
        session.add(Topic(workspace_id=SEED.team_id, name="returns", title="Returns", stage=TopicStage.COPILOT))
    stage.bot.runtime.drafter = Says(f"{HONEST} The label costs €7.50.")
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    await asks(ada, ANSWERED)
    card = await card_for(ben, ANSWERED)
    assert "No cited article has the amount" in words(card)
    assert has_button("send_draft")(card)
