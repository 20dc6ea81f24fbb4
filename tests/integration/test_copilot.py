"""What agents do with a draft in copilot: send it, edit and send it, discard it; each deed is a verdict on it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, delete, select, update
from structlog.testing import capture_logs

from bot.demo.workspace import Person
from bot.slack.people import Role
from bot.views.ids import ActionId, verdict_action
from bot.views.post import MOST_TEXT
from storage.evidence import Review
from storage.kinds import Drawn
from storage.kinds import Stage as TopicStage
from storage.library import Article
from storage.row import now
from storage.tables import DraftRow, Handoff, Topic
from tests.integration.dialogue import Json, asks, by_bot, card_for, words
from tests.locks import slack_is_asked_without_a_lock
from tests.stage import ADA, ANSWERED, BELLA, BEN, DESK, EVE, SEED, SUPPORT, Stage, on_stage

WORKSPACE = SEED.team_id
DISCARD = ActionId.DISCARD_DRAFT


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """A workspace whose topic is in copilot, with no coins."""
    async with on_stage(database_url, tmp_path) as opened:
        async with opened.database.transaction() as session:
            session.add(Topic(workspace_id=WORKSPACE, name="returns", title="Returns", stage=TopicStage.COPILOT))
        opened.bot.runtime.reviews = replace(opened.bot.runtime.reviews, audit_share=0.0, targeted_share=0.0)
        yield opened


async def proposed(desk: Stage, *agents: Person) -> tuple[Json, Json]:
    """Ask; returns the question and the card with its draft."""
    ada = await desk.person(ADA)
    question, _ = await asks(ada, ANSWERED)
    card = await card_for(agents[0], ANSWERED)
    assert "30 days" in words(card)
    return question, card


async def all_reviews(desk: Stage) -> list[Review]:
    async with desk.database.reading() as session:
        return list((await session.exec(select(Review).order_by(col(Review.reading)))).all())


def option(value: str) -> Json:
    texts = {"wrong": "It is wrong", "incomplete": "It is incomplete", "harmful": "It would do harm"}
    text = texts.get(value, "It is not needed")
    return {"value": value, "text": {"type": "plain_text", "text": text}}


def typed(text: str) -> Json:
    return {"edited_0": {"edited_0": {"type": "plain_text_input", "value": text}}}


async def editing(agent: Person, card: Json) -> Json:
    await agent.presses(card, ActionId.EDIT_DRAFT, channel=DESK)
    return await agent.modal()


def from_draft(view: Json) -> str:
    return str(view["blocks"][0]["element"]["initial_value"])


async def told(agent: Person, card: Json, part: str) -> Json:
    """Wait for a word that only this agent reads."""
    return await agent.reads(DESK, until=lambda each: bool(each.get("is_ephemeral")) and part in words(each))


async def customers_posts(desk: Stage, question: Json, part: str) -> list[Json]:
    ada = await desk.person(ADA)
    return [each for each in await ada.history(SUPPORT, question["ts"]) if part in words(each)]


async def test_a_draft_that_is_sent_as_it_is_counts_as_right(desk: Stage) -> None:
    ben, ada = await desk.person(BEN), await desk.person(ADA)
    question, card = await proposed(desk, ben)
    await ben.presses(card, ActionId.SEND_DRAFT, channel=DESK)
    reply = await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("30 days"))
    assert "Ben" in str(reply.get("username"))
    (label,) = await all_reviews(desk)
    assert (label.drawn, label.verdict, label.audit, label.answered) == (Drawn.COPILOT, "right", False, False)
    assert (label.reviewer_id, label.signals != {}, label.drafter_version != "") == (BEN, True, True)
    await ben.reads(DESK, thread=card["ts"], until=by_bot("sends this to the customer"))


@pytest.mark.parametrize("withdrawn", ["removed", "expired", "replaced"])
async def test_a_draft_whose_article_was_withdrawn_is_not_sent(desk: Stage, withdrawn: str) -> None:
    ben = await desk.person(BEN)
    question, card = await proposed(desk, ben)
    changes: Json = {
        "removed": {"removed_at": now()},
        "expired": {"valid_until": now()},
        "replaced": {"replaced_by": "another"},
    }[withdrawn]
    async with desk.database.transaction() as session:
        returns = update(Article).where(col(Article.source_key) == "returns.md")
        await (await session.connection()).execute(returns.values(**changes))
    await ben.presses(card, ActionId.SEND_DRAFT, channel=DESK)
    await told(ben, card, f"{withdrawn} since")
    form = await editing(ben, card)
    assert (await ben.submits(form, typed(from_draft(form))))["result"] != "closed"
    assert await customers_posts(desk, question, "30 days") == []
    assert await all_reviews(desk) == []


async def test_a_draft_is_sent_once(desk: Stage) -> None:
    ben, ada = await desk.person(BEN), await desk.person(ADA)
    question, card = await proposed(desk, ben)
    await ben.presses(card, ActionId.SEND_DRAFT, channel=DESK)
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("30 days"))
    after = await ben.reads(DESK, until=lambda each: each["ts"] == card["ts"] and "send_draft" not in words(each))
    assert "resolve" in words(after)
    await asks(ada, ANSWERED)
    assert len(await customers_posts(desk, question, "30 days")) == 1


async def test_an_edited_draft_goes_out_as_edited_and_counts_as_incomplete(desk: Stage) -> None:
    ben, ada = await desk.person(BEN), await desk.person(ADA)
    question, card = await proposed(desk, ben)
    form = await editing(ben, card)
    changed = from_draft(form) + "\n\nUse the label in *your parcel* <!channel>."
    assert (await ben.submits(form, typed(changed)))["result"] == "closed"
    reply = await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("label in"))
    assert "30 days" in words(reply)
    assert "&lt;!channel&gt;" in words(reply)
    assert "Ben" in str(reply.get("username"))
    (label,) = await all_reviews(desk)
    assert (label.drawn, label.verdict) == (Drawn.COPILOT, "incomplete")
    async with desk.database.reading() as session:
        handoff = (await session.exec(select(Handoff))).one()
    assert handoff.claimed_by == BEN


async def test_an_edit_that_changes_nothing_counts_as_right(desk: Stage) -> None:
    ben = await desk.person(BEN)
    _, card = await proposed(desk, ben)
    form = await editing(ben, card)
    await ben.submits(form, typed(from_draft(form) + "\n"))
    assert [each.verdict for each in await all_reviews(desk)] == ["right"]


@pytest.mark.parametrize("why", ["wrong", "incomplete", "harmful", "not_needed"])
async def test_a_draft_is_discarded_in_one_press_and_the_card_goes_on_without_it(desk: Stage, why: str) -> None:
    ben = await desk.person(BEN)
    _, card = await proposed(desk, ben)
    await ben.presses(card, DISCARD, channel=DESK, selected_option=option(why))
    after = await ben.reads(DESK, until=lambda each: each["ts"] == card["ts"] and "send_draft" not in words(each))
    assert "30 days" not in words(after)
    assert "claim" in words(after)
    await ben.reads(DESK, thread=card["ts"], until=by_bot("discarded Baton's draft"))
    labels = [(each.drawn, each.verdict) for each in await all_reviews(desk)]
    assert labels == ([] if why == "not_needed" else [(Drawn.COPILOT, why)])


async def test_a_drawn_draft_gets_its_verdict_from_the_deed_and_stays_drawn(desk: Stage) -> None:
    desk.bot.runtime.reviews = replace(desk.bot.runtime.reviews, audit_share=1.0)
    ben, bella = await desk.person(BEN), await desk.person(BELLA)
    _, card = await proposed(desk, ben)
    async with desk.database.transaction() as session:
        await session.exec(delete(Review).where(col(Review.reading) == 2))
    await bella.commands(SUPPORT, "/baton review")
    reading = await bella.modal()
    await ben.presses(card, DISCARD, channel=DESK, selected_option=option("wrong"))
    (row,) = await all_reviews(desk)
    assert (row.drawn, row.audit, row.verdict, row.reviewer_id) == (Drawn.AUDIT, True, "wrong", BEN)
    await bella.presses_in_view(reading, verdict_action("right"))
    assert "Somebody else has that one" in str(await bella.modal())
    assert [each.verdict for each in await all_reviews(desk)] == ["wrong"]


async def test_a_draft_that_a_reader_judged_before_is_not_judged_again_by_the_deed(desk: Stage) -> None:
    desk.bot.runtime.reviews = replace(desk.bot.runtime.reviews, audit_share=1.0)
    ben, bella = await desk.person(BEN), await desk.person(BELLA)
    question, card = await proposed(desk, ben)
    async with desk.database.transaction() as session:
        await session.exec(delete(Review).where(col(Review.reading) == 2))
    await bella.commands(SUPPORT, "/baton review")
    await bella.presses_in_view(await bella.modal(), verdict_action("wrong"))
    await ben.presses(card, ActionId.SEND_DRAFT, channel=DESK)
    await (await desk.person(ADA)).reads(SUPPORT, thread=question["ts"], until=by_bot("30 days"))
    assert [(each.verdict, each.reviewer_id) for each in await all_reviews(desk)] == [("wrong", BELLA)]


async def test_who_comes_second_keeps_what_they_typed(desk: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    ben, bella = await desk.person(BEN), await desk.person(BELLA)
    question, card = await proposed(desk, ben)
    form = await editing(ben, card)
    await bella.presses(card, "claim", channel=DESK)
    asked = slack_is_asked_without_a_lock(desk, monkeypatch, Handoff)
    refused = await ben.submits(form, typed("My long and careful text"))
    assert BELLA in asked
    assert refused["errors"]["edited_0"] == (
        "Bella Rossi has this one by now. Nothing was sent; your text is still here to copy."
    )
    assert await customers_posts(desk, question, "careful text") == []
    assert await all_reviews(desk) == []


async def test_a_form_whose_draft_was_used_meanwhile_keeps_what_was_typed(desk: Stage) -> None:
    ben, ada = await desk.person(BEN), await desk.person(ADA)
    question, card = await proposed(desk, ben)
    form = await editing(ben, card)
    await ben.presses(card, ActionId.SEND_DRAFT, channel=DESK)
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("30 days"))
    refused = await ben.submits(form, typed("Once more"))
    assert "sent or discarded meanwhile" in refused["errors"]["edited_0"]
    assert len(await all_reviews(desk)) == 1


async def test_an_empty_text_is_not_sent(desk: Stage) -> None:
    ben = await desk.person(BEN)
    _, card = await proposed(desk, ben)
    form = await editing(ben, card)
    refused = await ben.submits(form, typed("   "))
    assert refused["errors"]["edited_0"] == "Write what the customer should read."


async def test_an_edited_text_that_slack_refuses_is_kept_in_the_desk_thread(desk: Stage) -> None:
    ben = await desk.person(BEN)
    _, card = await proposed(desk, ben)
    form = await editing(ben, card)
    desk.workspace.state.channels[SUPPORT].archived = True
    await ben.submits(form, typed("My long and careful text"))
    await ben.reads(DESK, thread=card["ts"], until=by_bot("My long and careful text"))
    await ben.reads(DESK, thread=card["ts"], until=by_bot("did not reach the customer"))


async def test_the_customer_and_the_desk_read_all_that_an_agent_typed(desk: Stage) -> None:
    ben, ada = await desk.person(BEN), await desk.person(ADA)
    question, card = await proposed(desk, ben)
    form = await editing(ben, card)
    lines = [f"Line {number:03} says what to do & why <so>." for number in range(72)]
    fields = {f"edited_{number}": "\n".join(f"{number} {line}" for line in lines) for number in range(4)}
    assert all(2800 < len(text) <= 3000 for text in fields.values())
    values = {name: {name: {"type": "plain_text_input", "value": text}} for name, text in fields.items()}
    assert (await ben.submits(form, values))["result"] == "closed"
    last = "3 Line 071 says what to do"
    await ben.reads(DESK, thread=card["ts"], until=by_bot(last))
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot(last))
    read = [each["text"] for each in await customers_posts(desk, question, " Line ")]
    assert len(read) > 1
    assert all(len(text) <= MOST_TEXT for text in read)
    assert all(f"{field} Line {line:03} says" in str(read) for field in range(4) for line in range(72))


async def test_a_database_in_trouble_keeps_the_form_open(desk: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    ben = await desk.person(BEN)
    _, card = await proposed(desk, ben)
    form = await editing(ben, card)

    async def fails(*_: Any, **__: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("bot.desk.copilot._send", fails)
    with capture_logs() as logs:
        refused = await ben.submits(form, typed("My long and careful text"))
    assert [each["event"] for each in logs if each["log_level"] == "error"] == ["form_failed"]
    assert "nothing was changed" in refused["errors"]["edited_0"]
    monkeypatch.undo()
    assert (await ben.submits(form, typed("My long and careful text")))["result"] == "closed"


async def test_a_draft_that_is_empty_claims_nothing(desk: Stage) -> None:
    ben = await desk.person(BEN)
    _, card = await proposed(desk, ben)
    async with desk.database.transaction() as session:
        await session.exec(update(DraftRow).values(text=" "))
    await ben.presses(card, ActionId.SEND_DRAFT, channel=DESK)
    await told(ben, card, "There is no draft")
    async with desk.database.reading() as session:
        handoff = (await session.exec(select(Handoff))).one()
    assert (handoff.state, handoff.claimed_by) == ("queued", None)
    assert await all_reviews(desk) == []


async def test_people_of_other_organisations_can_do_nothing_with_a_draft(desk: Stage) -> None:
    ben, eve = await desk.person(BEN), await desk.person(EVE)
    question, card = await proposed(desk, ben)
    await eve.presses(card, ActionId.SEND_DRAFT, channel=DESK)
    await eve.presses(card, DISCARD, channel=DESK, selected_option=option("wrong"))
    await eve.presses(card, ActionId.EDIT_DRAFT, channel=DESK)
    assert await eve.looks("views") == []
    assert await customers_posts(desk, question, "30 days") == []
    assert await all_reviews(desk) == []


async def test_who_is_no_agent_any_more_sends_nothing(desk: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    ben = await desk.person(BEN)
    _, card = await proposed(desk, ben)
    form = await editing(ben, card)
    monkeypatch.setattr(desk.bot.runtime.people, "_members", dict.fromkeys(Role, frozenset[str]()))
    refused = await ben.submits(form, typed("Hello"))
    assert "Only the support team" in refused["errors"]["edited_0"]
