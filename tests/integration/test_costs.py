"""What a turn costs is written down with it, whatever comes of the turn."""

from dataclasses import replace

import pytest
from sqlmodel import col, select

from bot.conversation import trial
from bot.costs import account
from bot.drafting.embedded import EmbeddedDrafter
from bot.drafting.port import DraftRequest
from bot.thinking.challenger import Place
from bot.thinking.considering import Asked
from handoff.draft import Author, Draft, NoUsableDraft, Turn, Usage
from storage.kinds import CallPurpose
from storage.spending import DailyCost, ModelCall
from storage.tables import Conversation
from tests.integration.dialogue import asks
from tests.integration.test_trial import Rival, challenge
from tests.stage import ADA, ANSWERED, UNKNOWN, Stage

pytestmark = pytest.mark.usefixtures("one_day")

CENT = Usage(900, 60, 0.01, 300)


class Paid(EmbeddedDrafter):
    """The embedded drafter as if a model stood behind it: each draft costs a cent."""

    model = "small"
    prompt_version = "paid-1"

    def __init__(self, failure: Exception | None = None, usage: Usage = CENT) -> None:
        self.failure, self.usage = failure, usage

    async def draft(self, request: DraftRequest) -> Draft:
        with account.call(CallPurpose.DRAFT, self.model) as made:
            made.paid(self.usage)
            if self.failure:
                raise self.failure
            return replace(await super().draft(request), usage=self.usage)


async def calls(stage: Stage) -> list[ModelCall]:
    async with stage.database.reading() as session:
        return list((await session.exec(select(ModelCall).order_by(col(ModelCall.id)))).all())


async def days(stage: Stage) -> list[DailyCost]:
    async with stage.database.reading() as session:
        return list((await session.exec(select(DailyCost))).all())


async def test_a_turn_writes_what_its_draft_cost(stage: Stage) -> None:
    stage.bot.runtime.drafter = Paid()
    await asks(await stage.person(ADA), ANSWERED)
    (made,) = await calls(stage)
    async with stage.database.reading() as session:
        conversation = (await session.exec(select(Conversation))).one()
    assert (made.conversation_id, made.topic, made.purpose) == (conversation.id, conversation.topic, "draft")
    assert (made.tokens_in, made.tokens_cached, made.tokens_out, made.dollars) == (900, 300, 60, 0.01)
    assert (made.model, made.outcome) == ("small", "ok")
    (day,) = await days(stage)
    assert (day.day, day.calls, day.dollars) == (stage.bot.runtime.books.day(), 1, 0.01)


async def test_a_draft_that_could_not_be_used_was_paid_for_all_the_same(stage: Stage) -> None:
    stage.bot.runtime.drafter = Paid(NoUsableDraft("truncated"))
    await asks(await stage.person(ADA), ANSWERED)
    (made,) = await calls(stage)
    assert (made.outcome, made.dollars) == ("truncated", 0.01)
    assert (await days(stage))[0].failed == 1


async def test_a_silent_draft_is_in_the_account(stage: Stage) -> None:
    class PaidRival(Rival):
        async def draft(self, request: DraftRequest) -> Draft:
            with account.call(CallPurpose.DRAFT, "rival") as made:
                made.paid(CENT)
                return await super().draft(request)

    challenger = challenge(stage, PaidRival())
    await asks(await stage.person(ADA), ANSWERED)
    await challenger.settled()
    (made,) = await calls(stage)
    assert made.model == "rival"
    assert made.conversation_id


async def test_a_turn_that_breaks_after_its_draft_leaves_what_it_cost(stage: Stage) -> None:
    runtime = stage.bot.runtime
    runtime.drafter = Paid()
    asked = Asked([Turn(Author.CUSTOMER, ANSWERED)])
    with pytest.raises(RuntimeError, match="disk"):
        async with account.kept(runtime.books) as spent:
            await trial.consider(runtime, asked, Place("C1", "1.0"))
            async with stage.database.transaction() as session:
                await spent.write(session, "c1", "returns")
                raise RuntimeError("the disk is full")
    (made,) = await calls(stage)
    assert (made.dollars, made.conversation_id) == (0.01, "")
    assert (await days(stage))[0].calls == 1


async def test_where_nothing_is_found_no_model_is_asked(stage: Stage) -> None:
    stage.bot.runtime.drafter = Paid()
    await asks(await stage.person(ADA), UNKNOWN)
    assert await calls(stage) == []
