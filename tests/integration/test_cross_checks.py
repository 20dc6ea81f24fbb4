"""Graders in a conversation: heard where they could change who answers, under ceilings, and never to anyone's harm."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import col, select

from bot.checking.checks import Ceilings, Checks, Coin
from bot.checking.panel import Panel
from bot.checking.port import Grade, GradeRequest, NoUsableGrade
from bot.costs import account
from bot.thinking.versions import version_of
from handoff.cross_checks import Judgement
from handoff.draft import Usage
from storage.evidence import Review
from storage.kinds import CallPurpose
from storage.spending import ModelCall
from storage.tables import Decision, DraftRow, Topic
from tests.integration.dialogue import asks, card_for, words
from tests.stage import ADA, ANSWERED, BEN, CARL, SUPPORT, UNKNOWN, Stage

pytestmark = pytest.mark.usefixtures("one_day")

YES, NO = Judgement.SUPPORTED, Judgement.NOT_SUPPORTED


class Double:
    """A grader that says the same of every claim, or fails, at ten cents a draft."""

    def __init__(self, says: Judgement | Exception, name: str = "double") -> None:
        self.says, self.version = says, name
        self.requests: list[GradeRequest] = []

    async def grade(self, request: GradeRequest) -> Grade:
        self.requests.append(request)
        with account.call(CallPurpose.CROSS_CHECK, "judge") as made:
            made.paid(Usage(500, 50, 0.1))
            if isinstance(self.says, Exception):
                raise self.says
        return Grade(self.says, (self.says,) * len(request.claims))

    async def close(self) -> None:
        """Nothing to let go of."""


async def graded(stage: Stage, says: Sequence[Judgement | Exception], threshold: float, **given: Any) -> list[Double]:
    """Let these graders judge, where answering takes this confidence."""
    doubles = [Double(each, f"double-{number}") for number, each in enumerate(says)]
    runtime = stage.bot.runtime
    runtime.checks = Checks(Panel(doubles), seconds=60.0, budget=runtime.budget, **given)
    runtime.starting_policy = replace(runtime.starting_policy, threshold=threshold)
    await set_threshold(stage, threshold)
    return doubles


async def set_threshold(stage: Stage, threshold: float) -> None:
    async with stage.database.transaction() as session:
        for topic in (await session.exec(select(Topic))).all():
            topic.threshold = threshold
            session.add(topic)
    stage.bot.runtime.forget()


async def rows(stage: Stage, kind: type[Any]) -> list[Any]:
    async with stage.database.reading() as session:
        return list((await session.exec(select(kind).order_by(col(kind.id)))).all())


async def confidence_of(stage: Stage) -> float:
    """How sure Baton is of the usual answer without graders."""
    await asks(await stage.person(CARL), ANSWERED)
    decision = (await rows(stage, Decision))[-1]
    assert decision.confidence
    return decision.confidence


async def test_doubts_inside_the_band_bring_a_person_who_reads_them(stage: Stage) -> None:
    sure = await confidence_of(stage)
    doubles = await graded(stage, [NO, NO, YES], sure - 0.02)
    _, reply = await asks(await stage.person(ADA), ANSWERED)
    assert "30 days" not in words(reply)
    card = words(await card_for(await stage.person(BEN), ANSWERED))
    assert "2 of 3 checks" in card
    assert "30 days" in card  # the draft stays for the agent
    assert [len(each.requests) for each in doubles] == [1, 1, 1]
    assert "How many days" in doubles[0].requests[0].turns[-1].text
    decision = (await rows(stage, Decision))[-1]
    assert 0 < decision.signals["cross_checks"] < 0.5
    assert "cross_checks" in [name for name, _ in decision.contributions]


async def test_graders_who_agree_let_a_reply_go_out_and_cost_is_written_down(stage: Stage) -> None:
    sure = await confidence_of(stage)
    await graded(stage, [YES, YES], sure + 0.001)
    _, reply = await asks(await stage.person(ADA), ANSWERED)
    assert "30 days" in words(reply)
    calls = await rows(stage, ModelCall)
    assert [(each.purpose, each.model, each.dollars) for each in calls] == [("cross_check", "judge", 0.1)] * 2
    assert calls[0].conversation_id


async def test_outside_the_band_nobody_is_asked(stage: Stage) -> None:
    await confidence_of(stage)
    doubles = await graded(stage, [NO], 0.05)
    _, reply = await asks(await stage.person(ADA), ANSWERED)
    assert "30 days" in words(reply)
    await asks(await stage.person(ADA), UNKNOWN)
    assert doubles[0].requests == []


@pytest.mark.parametrize("failure", [NoUsableGrade("timeout"), RuntimeError("broken")])
async def test_when_all_graders_fail_a_person_answers_what_they_could_have_stopped(
    stage: Stage, failure: Exception
) -> None:
    sure = await confidence_of(stage)
    await graded(stage, [failure, failure], sure - 0.02)
    _, reply = await asks(await stage.person(ADA), ANSWERED)
    assert "30 days" not in words(reply)
    assert "gave no result" in words(await card_for(await stage.person(BEN), ANSWERED))
    assert [each.outcome for each in await rows(stage, ModelCall)] != ["ok", "ok"]


async def test_one_grader_that_fails_leaves_the_others_word(stage: Stage) -> None:
    sure = await confidence_of(stage)
    await graded(stage, [YES, NoUsableGrade("refused"), YES], sure - 0.02)
    _, reply = await asks(await stage.person(ADA), ANSWERED)
    assert "30 days" in words(reply)


@pytest.mark.parametrize("ceilings", [Ceilings(day=0.15), Ceilings(conversation=0.05)])
async def test_beyond_a_ceiling_no_grader_is_asked_and_a_person_answers(stage: Stage, ceilings: Ceilings) -> None:
    sure = await confidence_of(stage)
    doubles = await graded(stage, [YES], sure - 0.02, ceilings=ceilings)
    ada = await stage.person(ADA)
    question, reply = await asks(ada, ANSWERED)
    assert "30 days" in words(reply)
    if ceilings.conversation:  # the same conversation goes on
        await ada.says(SUPPORT, ANSWERED, thread=question["ts"])
    else:
        await asks(ada, ANSWERED)
    await card_for(await stage.person(BEN), ANSWERED)
    assert len(doubles[0].requests) == 1


async def test_drafts_that_the_uniform_coin_draws_are_checked_wherever_they_lie(stage: Stage) -> None:
    runtime = stage.bot.runtime
    runtime.reviews = replace(runtime.reviews, audit_share=1.0)
    doubles = await graded(stage, [YES], 0.05, coin=Coin(runtime.sampling_key, 1.0))
    await asks(await stage.person(ADA), ANSWERED)
    assert len(doubles[0].requests) == 1
    reviews, drafts = await rows(stage, Review), await rows(stage, DraftRow)
    assert reviews[0].audit
    assert reviews[0].draft_id == drafts[0].id
    assert reviews[0].signals["cross_checks"] == 1.0
    assert runtime.checks
    checked = version_of(runtime.drafter, runtime.checks.version)
    assert reviews[0].drafter_version == checked != version_of(runtime.drafter)
