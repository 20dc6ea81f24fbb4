"""The floors over a model: trying again, leaving it alone, falling over to another; each against a real server."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

import pytest
from structlog.testing import capture_logs

from bot.drafting.breaker import MOST_FAILURES, REST_SECONDS, WINDOW_SECONDS, Breaker, Breaking, State
from bot.drafting.fallback import FallingOver
from bot.drafting.retrying import FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS, MOST_ATTEMPTS, Retrying, wait_before
from bot.models.causes import FALLBACK
from handoff.draft import Draft, NoUsableDraft, Usage
from tests.bot.drafting.answers import asking, fits, served
from tests.bot.drafting.requests import asks, passage
from tests.model_server import ENDLESS, HANGS, ModelServer, Reply, fails, model_server, refuses, says

REQUEST = asks("How do I return an item?", passages=(passage("p-one", "Return an item", "Print the label."),))


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@asynccontextmanager
async def retried(
    replies: Reply | Sequence[Reply], seconds: float = 30.0
) -> AsyncGenerator[tuple[ModelServer, Retrying, list[float]]]:
    """A server, a drafter that tries again, and the waits it made instead of waiting."""
    waits: list[float] = []

    async def sleep(wait: float) -> None:
        waits.append(wait)

    async with served(replies) as (server, drafter):
        yield server, Retrying(drafter, seconds, sleep=sleep), waits


async def cause_of(drafter: Retrying | Breaking | FallingOver) -> str:
    with pytest.raises(NoUsableDraft) as failure:
        await drafter.draft(REQUEST)
    return failure.value.cause


class TestTryingAgain:
    """Retries."""

    async def test_what_passes_is_tried_again_and_doubling_waits_lie_between(self) -> None:
        async with retried([fails(503), fails(500), fails(429), fits()]) as (server, drafter, waits):
            assert (await drafter.draft(REQUEST)).text == "Print the label."
            assert len(server.requests) == 4
        for number, wait in enumerate(waits):
            assert 0.5 <= wait / (FIRST_WAIT_SECONDS * 2**number) <= 1

    async def test_the_server_is_not_asked_before_the_time_it_names(self) -> None:
        async with retried([fails(429, retry_after="3"), fits()]) as (_, drafter, waits):
            await drafter.draft(REQUEST)
        assert 3 <= waits[0] <= 3.5

    async def test_a_time_beyond_the_limit_is_not_waited_for(self) -> None:
        async with retried([fails(429, retry_after="60"), fits()]) as (server, drafter, waits):
            assert await cause_of(drafter) == "rate_limited"
            assert (len(server.requests), waits) == (1, [])

    @pytest.mark.parametrize(
        ("reply", "cause", "attempts"),
        [
            (fails(429, "insufficient_quota"), "no_quota", 1),
            (fails(401), "wrong_key", 1),
            (refuses(), "refused", 1),
            (fails(503), "unreachable", MOST_ATTEMPTS),
            (fits(own_confidence=7), "invalid_output", 2),
        ],
    )
    async def test_only_what_may_pass_is_tried_again(self, reply: Reply, cause: str, attempts: int) -> None:
        async with retried(reply) as (server, drafter, _):
            assert await cause_of(drafter) == cause
            assert len(server.requests) == attempts

    async def test_every_attempt_is_paid(self) -> None:
        async with retried([says(""), fits()]) as (_, drafter, _):
            assert (await drafter.draft(REQUEST)).usage == Usage(2000, 200)
        async with retried(fits(own_confidence=7)) as (_, drafter, _):
            with pytest.raises(NoUsableDraft) as failure:
                await drafter.draft(REQUEST)
            assert failure.value.usage == Usage(2000, 200)

    @pytest.mark.parametrize("reply", [HANGS, ENDLESS])
    async def test_the_limit_holds_whatever_the_server_does(self, reply: Reply) -> None:
        async with retried(reply, seconds=0.1) as (_, drafter, _):
            assert await cause_of(drafter) in ("timeout", "endless")

    def test_waits_are_bounded_and_spread(self) -> None:
        failure = NoUsableDraft("unreachable")
        waits = {wait_before(failure, attempt) or 0 for attempt in range(1, MOST_ATTEMPTS) for _ in range(20)}
        assert max(waits) <= LONGEST_WAIT_SECONDS
        assert len(waits) > 30
        assert wait_before(failure, MOST_ATTEMPTS) is None


class TestTheBreaker:
    """A model that keeps failing is left alone."""

    def test_it_opens_after_enough_failures_and_lets_one_through_after_a_rest(self) -> None:
        clock = Clock()
        breaker = Breaker(clock)
        for _ in range(MOST_FAILURES):
            assert breaker.admits()
            breaker.ended(failed=True)
        assert (breaker.state, breaker.admits()) == (State.OPEN, False)
        clock.now += REST_SECONDS
        assert breaker.state == State.HALF_OPEN
        assert [breaker.admits(), breaker.admits()] == [True, False]
        breaker.ended(failed=False)
        assert (breaker.state, breaker.admits()) == (State.CLOSED, True)

    def test_a_probe_that_fails_makes_the_rest_twice_as_long(self) -> None:
        clock = Clock()
        breaker = Breaker(clock)
        for _ in range(MOST_FAILURES):
            breaker.admits()
            breaker.ended(failed=True)
        clock.now += REST_SECONDS
        breaker.admits()
        breaker.ended(failed=True)
        clock.now += REST_SECONDS
        assert breaker.state == State.OPEN
        clock.now += REST_SECONDS
        assert breaker.state == State.HALF_OPEN

    def test_a_probe_that_was_given_up_lets_another_one_through(self) -> None:
        clock = Clock()
        breaker = Breaker(clock)
        for _ in range(MOST_FAILURES):
            breaker.admits()
            breaker.ended(failed=True)
        clock.now += REST_SECONDS
        assert breaker.admits()
        breaker.ended(failed=None)
        assert breaker.admits()

    def test_failures_far_apart_or_among_many_successes_do_not_open_it(self) -> None:
        clock = Clock()
        apart, among = Breaker(clock), Breaker(clock)
        for _ in range(MOST_FAILURES * 2):
            apart.ended(failed=True)
            clock.now += WINDOW_SECONDS / 2
            for failed in (True, False, False):
                among.ended(failed=failed)
        assert (apart.state, among.state) == (State.CLOSED, State.CLOSED)

    async def test_an_open_one_asks_nobody_and_the_log_says_why(self) -> None:
        async with served(fails(401)) as (server, drafter):
            breaking = Breaking(drafter, url=server.url, names=FALLBACK)
            with capture_logs() as logs:
                causes = [await cause_of(breaking) for _ in range(MOST_FAILURES + 2)]
            assert len(server.requests) == MOST_FAILURES
        assert causes == ["wrong_key"] * MOST_FAILURES + ["resting"] * 2
        failed = [each for each in logs if each["event"] == "model_failed"]
        assert "Set BATON_FALLBACK_API_KEY to a key that may use" in failed[0]["advice"]
        (opened,) = (each for each in logs if each["event"] == "model_breaker")
        assert (opened["state"], opened["cause"]) == (State.OPEN, "wrong_key")

    async def test_what_lies_with_the_question_does_not_open_it(self) -> None:
        async with served(refuses()) as (_, drafter):
            breaking = Breaking(drafter)
            for _ in range(MOST_FAILURES * 2):
                assert await cause_of(breaking) == "refused"
            assert breaking.breaker.state == State.CLOSED

    async def test_half_open_it_closes_when_the_model_works_again(self) -> None:
        clock = Clock()
        async with served(fails(503)) as (server, drafter):
            breaking = Breaking(drafter, breaker=Breaker(clock))
            for _ in range(MOST_FAILURES):
                await cause_of(breaking)
            server.answers = fits()
            assert await cause_of(breaking) == "resting"
            clock.now += REST_SECONDS
            assert (await breaking.draft(REQUEST)).text == "Print the label."
            assert breaking.breaker.state == State.CLOSED

    async def test_a_draft_that_nobody_waits_for_any_more_counts_neither_way(self) -> None:
        async with served(HANGS) as (_, drafter):
            breaking = Breaking(drafter)
            waiting = asyncio.create_task(breaking.draft(REQUEST))
            await asyncio.sleep(0)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            assert breaking.breaker.state == State.CLOSED


class TestFallingOver:
    """A second model."""

    async def both(self, first: Reply, second: Reply) -> tuple[Draft, str]:
        async with model_server(first) as one, model_server(second, models=("second",)) as two:
            drafter = FallingOver(asking(one), asking(two, model="second"))
            try:
                return await drafter.draft(REQUEST), drafter.model
            finally:
                await drafter.close()

    async def test_the_second_answers_when_the_first_fails_and_signs_with_its_own_name(self) -> None:
        made, known_as = await self.both(fails(503), fits(reply="From the second."))
        assert (made.text, made.model, known_as) == ("From the second.", "second", "small-model")

    async def test_the_second_is_not_asked_when_the_first_answers(self) -> None:
        made, _ = await self.both(fits(), fails(500))
        assert made.model == "small-model"

    async def test_the_cause_is_the_first_ones_and_both_are_paid(self) -> None:
        with pytest.raises(NoUsableDraft) as failure:
            await self.both(says(""), fits(own_confidence=7))
        assert failure.value.cause == "invalid_output"
        assert failure.value.usage == Usage(2000, 200)

    async def test_what_a_model_declines_another_one_is_not_asked_to_say(self) -> None:
        with pytest.raises(NoUsableDraft, match="refused"):
            await self.both(refuses(), fits())
