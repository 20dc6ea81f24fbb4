"""People's time, measured from what they do: with a clock that the test moves on between their deeds."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select, update

from bot.demo.workspace import Person
from bot.desk import reviewing, working
from bot.views.ids import ActionId, verdict_action
from storage.kinds import Stage as TopicStage
from storage.row import now
from storage.spending import Effort
from storage.tables import Message, Topic
from tests.integration.dialogue import Json, asks, by_bot, card_for, claims
from tests.stage import ADA, ANSWERED, BELLA, BEN, CARL, DESK, EVE, SEED, SUPPORT, UNKNOWN, Stage, on_stage

ALSO_UNKNOWN = "Which yacht insurance do you recommend in Fiji?"


@dataclass
class Clock:
    """What people's clocks show: the present moment and what the test put on top."""

    ahead: timedelta = field(default_factory=timedelta)

    def now(self) -> datetime:
        return now() + self.ahead

    def passes(self, *, minutes: float) -> None:
        self.ahead += timedelta(minutes=minutes)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    moved = Clock()
    for module in (working, reviewing):
        monkeypatch.setattr(module, "now", moved.now)
    return moved


@pytest.fixture
async def copilot(database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """A workspace whose topic is in copilot."""
    async with on_stage(database_url, tmp_path) as opened:
        async with opened.database.transaction() as session:
            session.add(Topic(workspace_id=SEED.team_id, name="returns", title="Returns", stage=TopicStage.COPILOT))
        yield opened


async def efforts(stage: Stage) -> list[Effort]:
    async with stage.database.reading() as session:
        return list((await session.exec(select(Effort).order_by(col(Effort.id)))).all())


async def minutes(stage: Stage) -> list[tuple[str, float]]:
    """What each deed was and took, in the order of the deeds; the seconds that the test itself took are cut off."""
    return [(each.kind, each.seconds // 30 / 2) for each in await efforts(stage)]


async def handed_over(stage: Stage, customer: str, agent: Person, question: str) -> tuple[Json, Json]:
    """A question that goes to a person, and its card, claimed."""
    asked, _ = await asks(await stage.person(customer), question)
    card = await card_for(agent, question)
    await claims(agent, card)
    return asked, await agent.reads(DESK, until=lambda each: each["ts"] == card["ts"])


async def answers(stage: Stage, agent: Person, card: Json, asked: Json, text: str) -> None:
    await agent.says(DESK, text, thread=card["ts"])
    await (await stage.person(ADA)).reads(SUPPORT, thread=asked["ts"], until=by_bot(text))


async def test_a_conversation_takes_from_the_claim_to_the_end_and_long_pauses_count_little(
    stage: Stage, clock: Clock
) -> None:
    ben = await stage.person(BEN)
    asked, card = await handed_over(stage, ADA, ben, UNKNOWN)
    clock.passes(minutes=2.1)
    await answers(stage, ben, card, asked, "We do not, sorry.")
    clock.passes(minutes=90)
    await answers(stage, ben, card, asked, "But ask our partners.")
    await (await stage.person(ADA)).says(SUPPORT, "Thank you!", thread=asked["ts"])
    await ben.reads(DESK, thread=card["ts"], until=by_bot("Thank you!"))
    async with stage.database.transaction() as session:
        thanks = (
            update(Message).where(col(Message.text) == "Thank you!").values(created_at=clock.now() + timedelta(hours=1))
        )
        await (await session.connection()).execute(thanks)
    clock.passes(minutes=60.6)
    await ben.presses(card, ActionId.RESOLVE, channel=DESK)
    # The claim only begins; an hour and a half of pause counts as five minutes; the hour that Ada took is not work.
    assert await minutes(stage) == [("conversation", each) for each in (0.0, 2.0, 5.0, 0.5)]
    assert {(each.person_id, each.conversation_id != "") for each in await efforts(stage)} == {(BEN, True)}


async def test_who_has_two_conversations_in_hand_has_one_pair_of_hands(stage: Stage, clock: Clock) -> None:
    ben, bella = await stage.person(BEN), await stage.person(BELLA)
    first, first_card = await handed_over(stage, ADA, ben, UNKNOWN)
    clock.passes(minutes=1.1)
    second, second_card = await handed_over(stage, CARL, ben, ALSO_UNKNOWN)
    clock.passes(minutes=2.1)
    await answers(stage, ben, first_card, first, "We do not, sorry.")
    clock.passes(minutes=1.1)
    await answers(stage, ben, second_card, second, "None, sorry.")
    clock.passes(minutes=3.1)
    await bella.presses(first_card, ActionId.RESOLVE, channel=DESK)  # it is Ben's: nothing is done, nothing counts
    await bella.says(DESK, "Ask them about the date.", thread=second_card["ts"])
    await (await stage.person(EVE)).says(DESK, "From another firm.", thread=second_card["ts"])
    kept = "From another firm."

    async def noted() -> bool:
        async with stage.database.reading() as session:
            return (await session.exec(select(Message).where(Message.text == kept))).first() is not None

    await bella.until(noted)
    assert await minutes(stage) == [("conversation", each) for each in (0.0, 0.0, 2.0, 1.0, 5.0)]
    assert [each.person_id for each in await efforts(stage)] == [BEN] * 4 + [BELLA]


async def test_who_answers_in_the_customers_thread_works_since_the_question(stage: Stage, clock: Clock) -> None:
    ben = await stage.person(BEN)
    asked, _ = await asks(await stage.person(ADA), UNKNOWN)
    clock.passes(minutes=3.1)
    await ben.says(SUPPORT, "We do not, sorry.", thread=asked["ts"])

    async def written() -> bool:
        return bool(await efforts(stage))

    await ben.until(written)
    assert await minutes(stage) == [("conversation", 3.0)]


async def test_an_approval_counts_a_glance_unless_a_press_showed_when_it_began(copilot: Stage, clock: Clock) -> None:
    ben = await copilot.person(BEN)
    ada = await copilot.person(ADA)
    for passing in (40, 2.6):
        question, _ = await asks(ada, ANSWERED)
        card = await card_for(ben, ANSWERED)
        if passing < 40:  # the second card is claimed first
            await claims(ben, card)
        clock.passes(minutes=passing)
        await ben.presses(card, ActionId.SEND_DRAFT, channel=DESK)
        await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("30 days"))
    assert await minutes(copilot) == [("approval", 1.0), ("conversation", 0.0), ("approval", 2.5)]


async def test_a_correction_counts_from_the_form_to_the_sending_and_a_draft_that_is_put_away_counts_too(
    copilot: Stage, clock: Clock
) -> None:
    ben, ada = await copilot.person(BEN), await copilot.person(ADA)
    for addition in ("\n\nUse the label.", "\n"):
        question, _ = await asks(ada, ANSWERED)
        card = await card_for(ben, ANSWERED)
        clock.passes(minutes=0.6)
        await ben.presses(card, ActionId.EDIT_DRAFT, channel=DESK)
        form = await ben.modal()
        clock.passes(minutes=4.1)
        text = str(form["blocks"][0]["element"]["initial_value"]) + addition
        await ben.submits(form, {"edited_0": {"edited_0": {"type": "plain_text_input", "value": text}}})
        await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("30 days"))
    await asks(ada, ANSWERED)
    card = await card_for(ben, ANSWERED)
    clock.passes(minutes=0.6)
    wrong = {"value": "wrong", "text": {"type": "plain_text", "text": "It is wrong"}}
    await ben.presses(card, ActionId.DISCARD_DRAFT, channel=DESK, selected_option=wrong)
    # What was not changed was only approved.
    told = [("correction", 0.5), ("correction", 4.0), ("correction", 0.5), ("approval", 4.0), ("approval", 0.5)]
    assert await minutes(copilot) == told


async def test_a_review_counts_from_what_the_form_showed_to_the_verdict_and_with_what_is_said_of_it(
    stage: Stage, clock: Clock
) -> None:
    stage.bot.runtime.reviews = replace(stage.bot.runtime.reviews, audit_share=1.0, targeted_share=0.0)
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    for question in (ANSWERED, "What does standard delivery cost?"):
        await asks(ada, question)
    await ben.commands(SUPPORT, "/baton review")
    view = await ben.modal()
    clock.passes(minutes=1.1)
    await ben.presses_in_view(view, verdict_action("wrong"))
    view = await ben.modal()
    clock.passes(minutes=0.6)
    chosen = {"value": "wrong_fact", "text": {"type": "plain_text", "text": "A fact is wrong"}}
    await ben.presses_in_view(view, ActionId.FAULT, selected_option=chosen)
    view = await ben.modal()
    clock.passes(minutes=8)
    await ben.presses_in_view(view, verdict_action("right"))
    await ben.presses_in_view(view, verdict_action("right"))  # a second press changes nothing
    assert await minutes(stage) == [("review", each) for each in (1.0, 0.5, 5.0)]
