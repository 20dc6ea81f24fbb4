"""Few are at work at a time; whoever waits for a model steps aside, and comes back for a place."""

import asyncio

from bot import turnstile
from bot.slack.people import People
from bot.turnstile import Turnstile

TURNS = 10


async def test_no_more_are_at_work_than_there_are_places() -> None:
    gate, inside, most = Turnstile(2), 0, 0

    async def work() -> None:
        nonlocal inside, most
        async with gate.place():
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(work() for _ in range(10)))
    assert most == 2


async def test_those_who_wait_for_a_model_step_aside_for_others() -> None:
    gate, answered, all_wait = Turnstile(1), asyncio.Event(), asyncio.Event()
    waiting = 0

    async def turn() -> None:
        nonlocal waiting
        async with gate.place(), turnstile.aside():
            waiting += 1
            if waiting == TURNS:
                all_wait.set()
            await answered.wait()

    turns = [asyncio.create_task(turn()) for _ in range(TURNS)]
    await asyncio.wait_for(all_wait.wait(), 60)
    answered.set()
    await asyncio.gather(*turns)


async def test_one_comes_back_only_to_a_free_place() -> None:
    gate, order = Turnstile(1), list[str]()
    away, answered = asyncio.Event(), asyncio.Event()

    async def asks_a_model() -> None:
        async with gate.place():
            async with turnstile.aside():
                away.set()
                await answered.wait()
            order.append("back")

    asking = asyncio.create_task(asks_a_model())
    await away.wait()
    async with gate.place():
        answered.set()
        for _ in range(5):
            await asyncio.sleep(0)
        order.append("done")
    await asking
    assert order == ["done", "back"]


async def test_stepping_aside_twice_gives_one_place_only() -> None:
    gate = Turnstile(1)
    async with gate.place(), turnstile.aside(), turnstile.aside(), gate.place():  # the one place that was given
        second = asyncio.create_task(gate.place().__aenter__())
        await asyncio.sleep(0)
        assert not second.done()
        second.cancel()


async def test_without_a_place_nothing_is_given() -> None:
    async with turnstile.aside():
        pass


async def test_work_that_was_begun_in_a_place_gives_nobody_elses_away() -> None:
    gate, begun, let_go = Turnstile(1), asyncio.Event(), asyncio.Event()

    async def in_silence() -> None:
        async with turnstile.aside():
            begun.set()
            await let_go.wait()

    async with gate.place():
        silent = asyncio.create_task(in_silence())
        await begun.wait()
        second = asyncio.create_task(gate.place().__aenter__())
        await asyncio.sleep(0)
        assert not second.done()
    await second
    let_go.set()
    await asyncio.wait_for(silent, 60)


async def test_whoever_is_given_up_while_aside_leaves_no_place_too_many() -> None:
    gate, away = Turnstile(1), asyncio.Event()

    async def asks_a_model() -> None:
        async with gate.place(), turnstile.aside():
            away.set()
            await asyncio.Event().wait()

    asking = asyncio.create_task(asks_a_model())
    await away.wait()
    async with gate.place():
        asking.cancel()
        await asyncio.sleep(0)
        asking.cancel()  # while it waits to come back
        await asyncio.wait([asking])
        second = asyncio.create_task(gate.place().__aenter__())
        await asyncio.sleep(0)
        assert not second.done()
        second.cancel()


async def test_people_are_looked_up_aside_and_never_by_one_who_keeps_the_others_waiting() -> None:
    gate, asked, told = Turnstile(2), asyncio.Event(), asyncio.Event()

    class Slack:
        async def usergroups_users_list(self, usergroup: str) -> dict[str, list[str]]:
            assert usergroup == "S1"
            asked.set()
            await told.wait()
            return {"users": ["U1"]}

    people = People(Slack(), "T1", agents=["S1"], managers=[])  # pyright: ignore[reportArgumentType]

    async def turn() -> bool:
        async with gate.place():
            return await people.is_agent("U1", "")

    turns = [asyncio.create_task(turn()) for _ in range(TURNS)]
    await asked.wait()
    async with asyncio.timeout(60), gate.place():  # all of them wait, and none is in the way
        told.set()
    assert all(await asyncio.wait_for(asyncio.gather(*turns), 60))
