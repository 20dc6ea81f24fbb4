"""Agents review drafts in Slack: a press each, undo, what was wrong, two at once; and what is drawn for certain."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, delete, select
from structlog.testing import capture_logs

from bot.demo.workspace import Faults, Person
from bot.slack.people import Role
from bot.views.ids import ActionId, BlockId, verdict_action
from storage import answers, reviews
from storage.evidence import Review
from storage.kinds import Drawn, Fault, ReviewVerdict
from storage.kinds import Stage as Stages
from storage.row import now
from storage.tables import Conversation, Topic
from tests import evidence
from tests.integration.dialogue import Json, asked_how_it_went, asks, by_bot, words
from tests.stage import ADA, ANSWERED, BELLA, BEN, CARL, EVE, MANAGERS, MIA, SEED, SUPPORT, Stage

WORKSPACE = SEED.team_id
DELIVERY = "What does standard delivery cost?"
EXPRESS = "What does express delivery cost?"
FREE = "Which orders ship free of charge?"


async def all_reviews(stage: Stage) -> list[Review]:
    async with stage.database.reading() as session:
        wanted = select(Review).order_by(col(Review.drafted_at), col(Review.reading))
        return list((await session.exec(wanted)).all())


async def drafted(stage: Stage, *questions: str) -> list[Json]:
    """Ask questions whose drafts all wait for one reader; returns the replies."""
    stage.bot.runtime.reviews = replace(stage.bot.runtime.reviews, audit_share=1.0, targeted_share=0.0)
    ada = await stage.person(ADA)
    replies = [(await asks(ada, question))[1] for question in questions]
    async with stage.database.transaction() as session:
        await session.exec(delete(Review).where(col(Review.reading) == 2))  # the tenth that is read twice
    return replies


async def opened(person: Person) -> Json:
    await person.commands(SUPPORT, "/baton review")
    return await person.modal()


async def says(person: Person, view: Json, verdict: str) -> Json:
    await person.presses_in_view(view, verdict_action(verdict))
    return await person.modal()


async def test_who_sends_a_topic_back_to_copilot_by_a_verdict_reads_it_at_once(stage: Stage) -> None:
    async with stage.database.transaction() as session:
        session.add(Topic(workspace_id=WORKSPACE, name="delivery", stage=Stages.AUTOPILOT))
    await drafted(stage, DELIVERY, EXPRESS, FREE)
    ben, mia = await stage.person(BEN), await stage.person(MIA)
    view = await opened(ben)
    for _ in range(2):
        view = await says(ben, view, "wrong")
        assert "went back to copilot" not in str(view)
    view = await says(ben, view, "wrong")
    assert "By that verdict" in str(view)
    assert "went back to copilot: agents approve every reply there from now on" in str(view)
    told = words(await mia.reads(MANAGERS, until=by_bot("is back in copilot")))
    assert "3 of 3 reviewed autonomous replies were wrong" in told


async def test_an_agent_reviews_three_drafts_by_one_press_each(stage: Stage) -> None:
    await drafted(stage, ANSWERED, DELIVERY, EXPRESS)
    ben = await stage.person(BEN)
    view = await opened(ben)
    for question, verdict in ((ANSWERED, "right"), (DELIVERY, "wrong"), (EXPRESS, "unsure")):
        assert question in str(view)
        assert "help.example.com" in str(view)
        view = await says(ben, view, verdict)
    assert "Nothing waits. Thank you." in str(view)
    assert "3 reviewed just now, nothing waits" in str(view)
    rows = await all_reviews(stage)
    assert [each.verdict for each in rows] == ["right", "wrong", "unsure"]
    assert {each.reviewer_id for each in rows} == {BEN}
    assert [each.customer_frustrated for each in rows] == [False, False, None]
    assert all(each.seconds is not None and each.seconds < 600 for each in rows)


async def test_a_reader_sees_neither_confidence_nor_the_first_verdict(stage: Stage) -> None:
    await drafted(stage, ANSWERED)
    (first,) = await all_reviews(stage)
    ben, bella = await stage.person(BEN), await stage.person(BELLA)
    async with stage.database.transaction() as session:
        kept: dict[str, Any] = first.model_dump() | {"id": "second", "reading": 2}
        session.add(Review(**kept))
    view = await says(ben, await opened(ben), "harmful")
    assert "Nothing waits" in str(view)  # the second reading is not for who read it first
    blind = await opened(bella)
    assert ANSWERED in str(blind)
    assert "harmful" not in str([block for block in blind["blocks"] if block["type"] in ("section", "header")])
    assert f"{first.confidence:.2f}" not in str(blind["blocks"])
    await says(bella, blind, "right")
    assert [each.verdict for each in await all_reviews(stage)] == ["harmful", "right"]


async def test_the_last_verdict_is_taken_back_and_given_again(stage: Stage) -> None:
    await drafted(stage, ANSWERED, DELIVERY)
    ben, bella = await stage.person(BEN), await stage.person(BELLA)
    view = await says(ben, await opened(ben), "wrong")
    assert DELIVERY in str(view)
    await ben.presses_in_view(view, ActionId.UNDO_VERDICT)
    view = await ben.modal()
    assert ANSWERED in str(view)
    assert "None reviewed yet, 2 wait" in str(view)
    assert DELIVERY in str(await opened(bella))  # what was let go of is free for others
    await says(ben, view, "right")
    assert [each.verdict for each in await all_reviews(stage)] == ["right", None]


async def test_what_was_wrong_is_optional_and_one_press_more(stage: Stage) -> None:
    await drafted(stage, ANSWERED, DELIVERY)
    ben = await stage.person(BEN)
    view = await says(ben, await opened(ben), "wrong")
    chosen = {"value": Fault.OUTDATED_ARTICLE.value, "text": {"type": "plain_text", "text": "The article is outdated"}}
    await ben.presses_in_view(view, ActionId.FAULT, selected_option=chosen)
    view = await ben.modal()
    assert "the article is outdated" in str(view)
    assert DELIVERY in str(view)
    await ben.presses_in_view(view, ActionId.ADD_NOTE)
    form = await ben.modal()
    assert (await ben.submits(form, {"note": {"note": {"type": "plain_text_input", "value": "Since May"}}}))[
        "result"
    ] == "closed"

    async def noted() -> bool:
        return "Your note is kept" in str(await ben.modal())

    await ben.until(noted)
    (first, _) = await all_reviews(stage)
    assert (first.fault, first.note) == (Fault.OUTDATED_ARTICLE, "Since May")


async def test_a_frustrated_customer_is_ticked_with_the_verdict(stage: Stage) -> None:
    await drafted(stage, ANSWERED, DELIVERY)
    ben = await stage.person(BEN)
    view = await opened(ben)
    box = {"value": "frustrated", "text": {"type": "plain_text", "text": "The customer was frustrated"}}
    await ben.presses_in_view(view, ActionId.FRUSTRATED, selected_options=[box])
    view = await says(ben, await ben.modal(), "right")
    await says(ben, view, "right")
    assert [each.customer_frustrated for each in await all_reviews(stage)] == [True, False]


async def test_two_agents_at_once_never_read_the_same_draft(stage: Stage) -> None:
    await drafted(stage, ANSWERED, DELIVERY)
    ben, bella, mia = [await stage.person(each) for each in (BEN, BELLA, MIA)]
    first, second = await opened(ben), await opened(bella)
    assert ANSWERED in str(first)
    assert DELIVERY in str(second)
    third = await opened(mia)
    assert "others are reading just now" in str(third)


async def test_a_draft_left_lying_is_free_again_and_the_late_press_gets_a_word(stage: Stage) -> None:
    await drafted(stage, ANSWERED, DELIVERY)
    ben, bella = await stage.person(BEN), await stage.person(BELLA)
    left = await opened(ben)
    async with stage.database.transaction() as session:
        (row, _) = (await session.exec(select(Review).order_by(col(Review.drafted_at)))).all()
        row.held_until = now() - timedelta(seconds=1)
    taken = await opened(bella)
    assert ANSWERED in str(taken)
    late = await says(ben, left, "wrong")
    assert "Somebody else has that one" in str(late)
    assert DELIVERY in str(late)
    await says(bella, taken, "right")
    assert [each.verdict for each in await all_reviews(stage)] == ["right", None]


async def test_a_second_press_on_the_same_draft_counts_once(stage: Stage) -> None:
    await drafted(stage, ANSWERED, DELIVERY)
    ben = await stage.person(BEN)
    view = await opened(ben)
    pressed = {"container": {"view_id": view["id"]}, "type": "button"}
    buttons = next(block for block in view["blocks"] if verdict_action("right") in str(block))
    for verdict in ("right", "right"):
        press = {"block_id": buttons["block_id"], "action_id": verdict_action(verdict)}
        try:
            await ben.act("press", **pressed, **press)
        except Exception:  # the button is gone: the page shows the next draft by now
            break
    rows = await all_reviews(stage)
    assert [each.verdict for each in rows] == ["right", None]


async def test_closing_the_form_frees_the_draft(stage: Stage) -> None:
    await drafted(stage, ANSWERED)
    ben, bella = await stage.person(BEN), await stage.person(BELLA)
    await ben.closes(await opened(ben))

    async def free() -> bool:
        return (await all_reviews(stage))[0].held_by is None

    await ben.until(free)
    assert ANSWERED in str(await opened(bella))


@pytest.mark.parametrize("user", [ADA, EVE])
async def test_customers_and_people_of_other_organisations_review_nothing(stage: Stage, user: str) -> None:
    await drafted(stage, ANSWERED)
    channel = SUPPORT if user == ADA else "C0SHARED0"
    person = await stage.person(user)
    answer = await person.commands(channel, "/baton review")
    assert "Only the support team" in str(answer)
    assert await person.looks("views") == []


async def test_who_is_no_agent_any_more_changes_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    await drafted(stage, ANSWERED)
    ben = await stage.person(BEN)
    view = await opened(ben)
    monkeypatch.setattr(stage.bot.runtime.people, "_members", dict.fromkeys(Role, frozenset[str]()))
    await ben.presses_in_view(view, verdict_action("right"))
    assert (await all_reviews(stage))[0].verdict is None


async def test_drafts_of_erased_conversations_are_closed_as_nobody_can_tell(stage: Stage) -> None:
    await drafted(stage, ANSWERED, DELIVERY)
    first, _ = await all_reviews(stage)
    async with stage.database.transaction() as session:
        await session.exec(delete(Conversation).where(col(Conversation.id) == first.conversation_id))
    ben = await stage.person(BEN)
    assert DELIVERY in str(await opened(ben))
    closed, waiting = await all_reviews(stage)
    assert (closed.verdict, closed.reviewer_id) == (ReviewVerdict.UNSURE, reviews.BATON)
    assert "erased" in closed.note
    assert waiting.verdict is None


async def test_a_verdict_on_a_conversation_erased_while_it_was_read_is_kept(stage: Stage) -> None:
    await drafted(stage, ANSWERED)
    ben = await stage.person(BEN)
    view = await opened(ben)
    async with stage.database.transaction() as session:
        await session.exec(delete(Conversation))
    assert "Nothing waits" in str(await says(ben, view, "right"))
    assert [each.verdict for each in await all_reviews(stage)] == ["right"]


async def test_a_verdict_that_a_certificate_rests_on_stays(stage: Stage) -> None:
    await drafted(stage, ANSWERED, DELIVERY)
    ben = await stage.person(BEN)
    view = await says(ben, await opened(ben), "right")
    first, _ = await all_reviews(stage)
    async with stage.database.transaction() as session:
        session.add(
            evidence.certificate(
                workspace_id=WORKSPACE,
                topic=first.topic,
                drafter_version=first.drafter_version,
                confidence_version=first.confidence_version,
            )
        )
    await ben.presses_in_view(view, ActionId.UNDO_VERDICT)
    assert "A certificate rests on that verdict" in str(await ben.modal())
    assert (await all_reviews(stage))[0].verdict == "right"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_verdict_is_kept_when_slack_does_not_show_the_next_draft(stage: Stage) -> None:
    await drafted(stage, ANSWERED, DELIVERY)
    ben = await stage.person(BEN)
    view = await opened(ben)
    stage.workspace.faults = Faults(refuse={"views.update": "not_found"})
    await ben.presses_in_view(view, verdict_action("right"))
    assert [each.verdict for each in await all_reviews(stage)] == ["right", None]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_queue_that_slack_does_not_open_says_so(stage: Stage) -> None:
    await drafted(stage, ANSWERED)
    ben = await stage.person(BEN)
    stage.workspace.faults = Faults(refuse={"views.open": "expired_trigger_id"})
    with capture_logs():
        answer = await ben.commands(SUPPORT, "/baton review")
    assert "Please try once more" in str(answer)
    assert ANSWERED in str(await opened(ben))  # the draft is still theirs


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_home_leads_to_the_queue_and_counts_anew_when_it_is_closed(stage: Stage) -> None:
    await drafted(stage, ANSWERED, DELIVERY)
    ben = await stage.person(BEN)
    home = await ben.opens_home()
    assert "Review drafts (2 waiting)" in str(home)
    await ben.presses_in_view(home, ActionId.REVIEW)
    await ben.closes(await says(ben, await ben.modal(), "right"))

    async def counted() -> bool:
        return "Review drafts (1 waiting)" in str((await ben.looks("home"))["view"])

    await ben.until(counted)


@pytest.mark.parametrize("score", [2, 3])
async def test_a_low_rating_sends_the_replies_to_review_and_is_no_label(stage: Stage, score: int) -> None:
    stage.bot.runtime.reviews = replace(stage.bot.runtime.reviews, audit_share=0.0, targeted_share=0.0)
    ada = await stage.person(ADA)
    question, reply = await asks(ada, ANSWERED)
    assert await all_reviews(stage) == []
    await ada.presses(reply, "solved", channel=SUPPORT)
    survey = await asked_how_it_went(stage, ada, question["ts"])
    await ada.presses(survey, f"rate_{score}", channel=SUPPORT)
    rows = await all_reviews(stage)
    if score > 2:
        assert rows == []
        return
    await ada.presses(survey, "rate_1", channel=SUPPORT)
    (row,) = await all_reviews(stage)
    assert (row.drawn, row.probability, row.audit, row.verdict) == (Drawn.CERTAIN, 1.0, False, None)
    assert row.answered


async def test_a_return_and_a_thumbs_down_send_the_reply_to_review_once(stage: Stage) -> None:
    stage.bot.runtime.reviews = replace(stage.bot.runtime.reviews, audit_share=0.0, targeted_share=0.0)
    ada = await stage.person(ADA)
    question, reply = await asks(ada, ANSWERED)
    await ada.presses(reply, "not_helpful", channel=SUPPORT)
    assert [each.drawn for each in await all_reviews(stage)] == [Drawn.CERTAIN]
    second, reply = await asks(ada, DELIVERY)
    await ada.presses(reply, "solved", channel=SUPPORT)
    await asked_how_it_went(stage, ada, second["ts"])
    again = await ada.says(SUPPORT, "And what does express delivery cost?", thread=second["ts"])
    await ada.reads(
        SUPPORT, thread=second["ts"], until=lambda each: each["ts"] > again["ts"] and by_bot("12 euros")(each)
    )
    assert len(await all_reviews(stage)) == 2
    assert question


async def test_what_a_coin_drew_stays_as_it_was_drawn(stage: Stage) -> None:
    (reply,) = await drafted(stage, ANSWERED)
    ada = await stage.person(ADA)
    await ada.presses(reply, "not_helpful", channel=SUPPORT)
    (row,) = await all_reviews(stage)
    assert (row.drawn, row.audit) == (Drawn.AUDIT, True)


async def test_a_draft_that_is_right_is_taught_from_the_review_without_personal_data(stage: Stage) -> None:
    await drafted(stage, f"{DELIVERY} Please write to ada.lind@example.com", EXPRESS)
    ben = await stage.person(BEN)
    view = await says(ben, await opened(ben), "right")
    assert EXPRESS in str(view)
    await ben.presses_in_view(view, ActionId.TEACH_DRAFT)
    form = await ben.modal()
    fields = {block["block_id"]: block["element"] for block in form["blocks"] if block["type"] == "input"}
    question = fields[BlockId.ANSWER_QUESTION]["initial_value"]
    answer = fields[BlockId.ANSWER_TEXT]["initial_value"]
    assert question.startswith(DELIVERY)
    assert "ada.lind" not in question
    assert answer == "Standard delivery takes 2 to 4 working days and costs 4.90 euros."
    every = {"value": "customer", "text": {"type": "plain_text", "text": "Every customer"}}
    answered: Json = {
        BlockId.ANSWER_QUESTION: {BlockId.ANSWER_QUESTION: {"type": "plain_text_input", "value": DELIVERY}},
        BlockId.ANSWER_TEXT: {BlockId.ANSWER_TEXT: {"type": "plain_text_input", "value": "It costs 4.90, by truck."}},
        BlockId.ANSWER_AUDIENCE: {ActionId.ANSWER_AUDIENCE: {"type": "static_select", "selected_option": every}},
    }
    await ben.submits(form, answered)
    assert EXPRESS in str(await ben.modal())  # the queue is where it was
    async with stage.database.reading() as session:
        (pair,) = await answers.listed(session, WORKSPACE, limit=5)
    assert (pair.question, pair.given_by, pair.taught_by) == (DELIVERY, BEN, BEN)
    assert [each["title"] for each in pair.rests_on] == ["Delivery times"]
    _, reply = await asks(await stage.person(CARL), DELIVERY)
    assert "by truck" in words(reply)


async def test_a_draft_that_is_not_right_is_not_taught(stage: Stage) -> None:
    await drafted(stage, DELIVERY, EXPRESS)
    ben = await stage.person(BEN)
    for verdict in ("incomplete", "unsure"):
        view = await says(ben, await opened(ben), verdict)
        assert ActionId.TEACH_DRAFT not in str(view)
        await ben.closes(view)
