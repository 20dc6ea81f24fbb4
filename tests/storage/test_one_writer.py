"""One writer at a time: the urgent ones first, nobody forgotten, and a wait that is given up holds up nobody."""

import asyncio
import threading

from storage.one_writer import MOST_BEFORE_OTHERS, OneWriter


async def writing(writer: OneWriter, name: str, order: list[str], *, urgent: bool = False) -> None:
    async with writer.turn(urgent=urgent):
        order.append(name)
        await asyncio.sleep(0)


async def settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_the_urgent_go_first_and_the_others_in_their_order() -> None:
    writer, order = OneWriter(), list[str]()
    async with writer.turn():
        tasks = [
            asyncio.create_task(writing(writer, name, order, urgent=name.startswith("urgent")))
            for name in ("first", "second", "urgent first", "urgent second")
        ]
        await settled()
        assert order == []
    await asyncio.gather(*tasks)
    assert order == ["urgent first", "urgent second", "first", "second"]


async def test_never_two_at_once() -> None:
    writer, inside, most = OneWriter(), 0, 0

    async def work() -> None:
        nonlocal inside, most
        async with writer.turn():
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(work() for _ in range(20)))
    assert most == 1


async def test_a_wait_that_is_given_up_holds_up_nobody() -> None:
    writer, order = OneWriter(), list[str]()
    async with writer.turn():
        given_up = asyncio.create_task(writing(writer, "given up", order))
        next_one = asyncio.create_task(writing(writer, "next", order))
        await settled()
        given_up.cancel()
        await settled()
    await next_one
    assert order == ["next"]


async def test_a_turn_handed_to_a_cancelled_waiter_is_passed_on() -> None:
    writer, order = OneWriter(), list[str]()
    async with writer.turn():
        cancelled = asyncio.create_task(writing(writer, "cancelled", order))
        next_one = asyncio.create_task(writing(writer, "next", order))
        await settled()
    cancelled.cancel()  # the turn is its own by now, but it has not run yet
    await asyncio.wait_for(next_one, 60)
    assert order == ["next"]


async def test_an_error_hands_the_turn_over() -> None:
    writer, order = OneWriter(), list[str]()
    try:
        async with writer.turn():
            raise RuntimeError
    except RuntimeError:
        await asyncio.wait_for(writing(writer, "next", order), 60)
    assert order == ["next"]


async def test_the_turn_goes_from_thread_to_thread() -> None:
    writer, order = OneWriter(), list[str]()
    waits = threading.Event()

    async def elsewhere() -> None:
        waiting = asyncio.create_task(writing(writer, "elsewhere", order, urgent=True))
        await settled()
        waits.set()
        await waiting

    async with writer.turn():
        here = asyncio.create_task(writing(writer, "here", order))
        thread = asyncio.create_task(asyncio.to_thread(asyncio.run, elsewhere()))
        await asyncio.to_thread(waits.wait)
    await asyncio.wait_for(asyncio.gather(here, thread), 60)
    assert order == ["elsewhere", "here"]


async def test_the_urgent_go_before_one_whose_turn_it_is_and_who_has_not_begun() -> None:
    writer, order = OneWriter(), list[str]()
    async with writer.turn():
        tasks = [asyncio.create_task(writing(writer, name, order)) for name in ("first", "second")]
        await settled()
    await writing(writer, "urgent", order, urgent=True)  # in the same step of the loop: nobody else has moved
    await asyncio.wait_for(asyncio.gather(*tasks), 60)
    assert order[0] == "urgent"
    assert sorted(order[1:]) == ["first", "second"]


async def test_one_who_was_overtaken_and_gives_up_takes_the_turn_from_nobody() -> None:
    writer, order = OneWriter(), list[str]()
    async with writer.turn():
        overtaken = asyncio.create_task(writing(writer, "overtaken", order))
        await settled()
    async with writer.turn(urgent=True):
        overtaken.cancel()
        await settled()
        next_one = asyncio.create_task(writing(writer, "next", order))
        await settled()
        assert order == [], "the urgent one still writes"
    await asyncio.wait_for(next_one, 60)
    assert order == ["next"]


async def test_two_threads_never_write_at_once_and_leave_the_turn_free() -> None:
    writer, inside, seen = OneWriter(), list[str](), set[int]()

    async def work(name: str, *, urgent: bool) -> None:
        async with writer.turn(urgent=urgent):
            inside.append(name)
            seen.add(len(inside))
            await asyncio.sleep(0)
            inside.remove(name)

    async def many(name: str, *, urgent: bool) -> None:
        await asyncio.gather(*(work(f"{name} {number}", urgent=urgent) for number in range(200)))

    there = asyncio.to_thread(asyncio.run, many("there", urgent=True))
    await asyncio.wait_for(asyncio.gather(many("here", urgent=False), there), 60)
    assert (seen, inside) == ({1}, [])
    await asyncio.wait_for(writing(writer, "free", []), 60)


async def test_others_have_their_turn_however_many_urgent_ones_come() -> None:
    writer, order = OneWriter(), list[str]()
    async with writer.turn():
        other = asyncio.create_task(writing(writer, "other", order))
        await settled()
        urgent = [
            asyncio.create_task(writing(writer, "urgent", order, urgent=True)) for _ in range(2 * MOST_BEFORE_OTHERS)
        ]
        await settled()
    await asyncio.wait_for(asyncio.gather(other, *urgent), 60)
    assert order.index("other") == MOST_BEFORE_OTHERS


async def test_one_who_is_overtaken_again_and_again_begins_at_last() -> None:
    writer, order = OneWriter(), list[str]()
    async with writer.turn():
        other = asyncio.create_task(writing(writer, "other", order))
        await settled()
    for _ in range(2 * MOST_BEFORE_OTHERS):  # each comes in the step in which the one before it ends
        async with writer.turn(urgent=True):
            order.append("urgent")
            await settled()  # the other one moves, and finds that somebody writes
    await asyncio.wait_for(other, 60)
    assert order.index("other") == MOST_BEFORE_OTHERS


async def test_no_turn_is_lost_in_a_loop_that_has_stopped() -> None:
    writer, order, stopped = OneWriter(), list[str](), asyncio.new_event_loop()

    async def give_up() -> None:
        waiting = asyncio.create_task(writing(writer, "given up", order))
        await settled()
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)

    try:
        async with writer.turn():
            await asyncio.to_thread(stopped.run_until_complete, give_up())
        await asyncio.wait_for(writing(writer, "next", order), 60)
    finally:
        stopped.close()
    assert order == ["next"]
