"""The review queue in the database: whose turn it is, verdicts that count once, and what an agent's deed says."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from storage import reviews
from storage.database import Database
from storage.evidence import Review
from storage.kinds import Action, Drawn, Fault, ReviewVerdict
from storage.reviews import Judged, Outcome
from storage.row import now
from storage.tables import Decision, DraftRow
from tests.evidence import WORKSPACE, add, review

BEN, BELLA, MIA = "U1", "U2", "U3"


def waiting(number: int, **changed: Any) -> Review:
    given: dict[str, Any] = {"verdict": None, "reviewer_id": None, "reviewed_at": None}
    return review(number, **(given | changed))


async def next_for(database: Database, reader: str, later: timedelta = timedelta(0)) -> str | None:
    async with database.transaction() as session:
        found = await reviews.next_waiting(session, WORKSPACE, reader, now() + later)
        return found.id if found else None


async def judged(database: Database, number: int, by: str, verdict: ReviewVerdict = ReviewVerdict.RIGHT) -> Judged:
    async with database.transaction() as session:
        return await reviews.judge(session, WORKSPACE, f"r{number:06}", verdict, by, at=now())


async def row(database: Database, number: int) -> Review:
    async with database.reading() as session:
        found = await session.get(Review, (WORKSPACE, f"r{number:06}"))
    assert found
    return found


async def test_the_oldest_draft_comes_first_and_stays_with_its_reader(database: Database) -> None:
    await add(database, [waiting(2), waiting(1), review(0)])
    assert [await next_for(database, BEN) for _ in range(2)] == ["r000001", "r000001"]
    assert await next_for(database, BELLA) == "r000002"
    assert await next_for(database, MIA) is None


async def test_what_a_reader_holds_comes_before_what_is_older(database: Database) -> None:
    await add(database, [waiting(2)])
    assert await next_for(database, BEN) == "r000002"
    await add(database, [waiting(1)])
    assert await next_for(database, BEN) == "r000002"


async def test_after_ten_minutes_a_draft_is_free_again(database: Database) -> None:
    await add(database, [waiting(1)])
    assert await next_for(database, BEN) == "r000001"
    assert await next_for(database, BELLA, timedelta(minutes=9)) is None
    assert await next_for(database, BELLA, timedelta(minutes=11)) == "r000001"
    assert (await judged(database, 1, BEN)).outcome == Outcome.TAKEN
    assert (await row(database, 1)).verdict is None


async def test_many_who_ask_at_once_get_different_drafts(database: Database) -> None:
    await add(database, [waiting(number) for number in range(8)])
    got = await asyncio.gather(*(next_for(database, f"U{reader}") for reader in range(8)))
    assert sorted(each or "" for each in got) == [f"r{number:06}" for number in range(8)]


async def test_nobody_gets_the_second_reading_of_what_they_read_first(database: Database) -> None:
    await add(database, [review(1, reviewer_id=BEN), waiting(2, draft_id="d000001", reading=2)])
    assert await next_for(database, BEN) is None
    async with database.reading() as session:
        assert await reviews.count_readable(session, WORKSPACE, BEN) == 0
        assert await reviews.count_readable(session, WORKSPACE, BELLA) == 1
    assert (await judged(database, 2, BEN)).outcome == Outcome.TWICE
    assert await next_for(database, BELLA) == "r000002"


async def test_other_workspaces_are_out_of_sight(database: Database) -> None:
    await add(database, [waiting(1, workspace_id="T2")])
    assert await next_for(database, BEN) is None


async def test_a_verdict_counts_once_and_tells_how_long_it_took(database: Database) -> None:
    await add(database, [waiting(1)])
    await next_for(database, BEN)
    assert (await judged(database, 1, BEN, ReviewVerdict.WRONG)).outcome == Outcome.DONE
    assert (await judged(database, 1, BEN)).outcome == Outcome.ALREADY
    assert (await judged(database, 1, BELLA)).outcome == Outcome.TAKEN
    assert (await judged(database, 9, BELLA)).outcome == Outcome.GONE
    stored = await row(database, 1)
    assert (stored.verdict, stored.reviewer_id, stored.held_by) == ("wrong", BEN, None)
    assert stored.seconds is not None
    assert 0 <= stored.seconds < 60


async def test_a_clock_that_was_set_back_gives_no_negative_time(database: Database) -> None:
    await add(database, [waiting(1)])
    await next_for(database, BEN, timedelta(hours=1))
    await judged(database, 1, BEN)
    assert (await row(database, 1)).seconds == 0


async def test_a_verdict_is_taken_back_with_all_that_was_said_and_only_by_its_reader(database: Database) -> None:
    await add(database, [waiting(1)])
    await judged(database, 1, BEN, ReviewVerdict.HARMFUL)
    async with database.transaction() as session:
        assert await reviews.say_why(session, WORKSPACE, "r000001", BEN, fault=Fault.PRIVATE_DATA, note="A name")
        assert await reviews.say_why(session, WORKSPACE, "r000001", BELLA, note="mine") is None
        assert (await reviews.undo(session, WORKSPACE, "r000001", BELLA, at=now())).outcome == Outcome.TAKEN
        assert (await reviews.undo(session, WORKSPACE, "r000009", BEN, at=now())).outcome == Outcome.GONE
    assert (await row(database, 1)).note == "A name"
    async with database.transaction() as session:
        assert (await reviews.undo(session, WORKSPACE, "r000001", BEN, at=now())).outcome == Outcome.DONE
        assert (await reviews.undo(session, WORKSPACE, "r000001", BEN, at=now())).outcome == Outcome.ALREADY
    again = await row(database, 1)
    assert (again.verdict, again.fault, again.note, again.reviewer_id) == (None, "", "", None)
    assert again.held_by == BEN


async def test_only_who_holds_a_draft_lets_go_of_it(database: Database) -> None:
    await add(database, [waiting(1)])
    await next_for(database, BEN)
    for reader, left in ((BELLA, BEN), (BEN, None)):
        async with database.transaction() as session:
            await reviews.let_go(session, WORKSPACE, "r000001", reader)
        assert (await row(database, 1)).held_by == left


async def test_what_nobody_can_read_is_closed_on_the_cautious_side(database: Database) -> None:
    await add(database, [waiting(1)])
    async with database.transaction() as session:
        found = await reviews.by_id(session, WORKSPACE, "r000001")
        assert found
        reviews.close_unread(session, found, "gone")
    closed = await row(database, 1)
    assert (closed.verdict, closed.reviewer_id, closed.note) == (ReviewVerdict.UNSURE, reviews.BATON, "gone")


def drafted() -> tuple[DraftRow, Decision]:
    same: dict[str, Any] = {"workspace_id": WORKSPACE, "conversation_id": "c000001", "message_id": "m1"}
    draft = DraftRow(id="d000001", text="30 days", audit_share=0.1, review_probability=0.2, **same)
    decision = Decision(
        id="e1", draft_id=draft.id, action=Action.PROPOSE, topic="returns", confidence=0.7, drafter_version="v1", **same
    )
    return draft, decision


@pytest.mark.parametrize("drawn", [Drawn.AUDIT, Drawn.TARGETED])
async def test_a_deed_is_the_verdict_of_the_review_that_waits(database: Database, drawn: Drawn) -> None:
    await add(database, [waiting(1, drawn=drawn), waiting(2, draft_id="d000001", reading=2)])
    async with database.transaction() as session:
        assert await reviews.judge_draft(session, *drafted(), ReviewVerdict.RIGHT, BEN)
        assert await reviews.judge_draft(session, *drafted(), ReviewVerdict.WRONG, BEN) is None
    first, second = await row(database, 1), await row(database, 2)
    assert (first.verdict, first.drawn, first.reviewer_id) == ("right", drawn, BEN)
    assert second.verdict is None  # the second reading is for another person


async def test_a_deed_on_a_draft_that_nobody_drew_is_a_label_of_its_own(database: Database) -> None:
    async with database.transaction() as session:
        made = await reviews.judge_draft(session, *drafted(), ReviewVerdict.INCOMPLETE, BEN)
        assert made
        assert (made.drawn, made.audit, made.answered, made.reading) == (Drawn.COPILOT, False, False, 1)
        assert (made.probability, made.drafter_version, made.confidence) == (0.2, "v1", 0.7)
