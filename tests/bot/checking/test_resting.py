"""A grader that fails again and again is left alone, and asked again after a while."""

import asyncio

import pytest

from bot.checking.panel import Panel
from bot.checking.port import Grade, GradeRequest, NoUsableGrade
from bot.checking.resting import RestingGrader
from bot.drafting.breaker import MOST_FAILURES, REST_SECONDS, Breaker
from handoff.cross_checks import Judgement

REQUEST = GradeRequest((), (), ())


class Inside:
    """A grader that fails in one way, until it is told to work."""

    version = "one"

    def __init__(self, cause: str = "") -> None:
        self.cause, self.asked = cause, 0

    async def grade(self, request: GradeRequest) -> Grade:
        self.asked += 1
        if self.cause == "never comes":
            await asyncio.Event().wait()
        if self.cause:
            raise NoUsableGrade(self.cause)
        return Grade(Judgement.SUPPORTED, ())

    async def close(self) -> None:
        pass


async def failing(grader: RestingGrader, times: int) -> list[str]:
    causes: list[str] = []
    for _ in range(times):
        with pytest.raises(NoUsableGrade) as failure:
            await grader.grade(REQUEST)
        causes.append(failure.value.cause)
    return causes


async def test_it_rests_after_failures_of_its_server_and_is_asked_again_later() -> None:
    now = 0.0
    inside = Inside("unreachable")
    grader = RestingGrader(inside, 10.0, Breaker(lambda: now))
    assert await failing(grader, MOST_FAILURES + 1) == ["unreachable"] * MOST_FAILURES + ["resting"]
    assert inside.asked == MOST_FAILURES
    now, inside.cause = REST_SECONDS + 1, ""
    assert (await grader.grade(REQUEST)).whole == Judgement.SUPPORTED
    assert (await grader.grade(REQUEST)).whole == Judgement.SUPPORTED


async def test_a_judgement_that_cannot_be_used_is_no_fault_of_the_server() -> None:
    inside = Inside("claims_left_out")
    assert "resting" not in await failing(RestingGrader(inside, 10.0), MOST_FAILURES + 1)


async def test_one_that_is_always_late_rests_too_and_one_without_a_fair_chance_does_not() -> None:
    late, hurried = Inside("never comes"), Inside("never comes")
    panel = Panel([RestingGrader(late, 0.0), RestingGrader(hurried, 60.0)])
    for _ in range(MOST_FAILURES + 1):
        assert await panel.grade(REQUEST, 0.001) == []
    assert (late.asked, hurried.asked) == (MOST_FAILURES, MOST_FAILURES + 1)
