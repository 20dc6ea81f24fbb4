"""What a customer finds of a reply: the reply shows that it was heard, it is stored, and can be taken back once."""

from sqlmodel import select

from bot.demo.workspace.person import find_element
from storage.tables import Conversation, DraftRow
from tests.integration.dialogue import Json, asks, by_bot, has_button, words
from tests.stage import ADA, ANSWERED, BEN, SUPPORT, Stage


async def _draft(stage: Stage) -> DraftRow:
    async with stage.database.reading() as session:
        return (await session.exec(select(DraftRow))).one()


def _native(message: Json, side: str) -> str:
    for block in message["blocks"]:
        if block["type"] == "context_actions":
            return block["elements"][0][side]["value"]
    raise AssertionError("no feedback buttons")


def _first(message: Json) -> tuple[str, str]:
    """The first of a message's buttons, and how it stands out."""
    button = message["blocks"][-1]["elements"][0]
    return button["action_id"], button.get("style", "")


async def test_helpful_changes_the_reply_and_can_be_taken_back_once(stage: Stage) -> None:
    ada = await stage.person(ADA)
    question, reply = await asks(ada, ANSWERED)
    await ada.presses(reply, "helpful", channel=SUPPORT)
    heard = await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("You found this helpful"))
    assert heard["ts"] == reply["ts"]
    assert "30 days" in words(heard)
    assert "help.example.com/returns" in words(heard)
    assert has_button("want_person")(heard)
    assert has_button("solved")(heard)
    assert not has_button("helpful")(heard)
    assert _first(heard) == ("solved", "primary")
    assert (await _draft(stage)).helpful_at

    await ada.presses(heard, "not_helpful", channel=SUPPORT)
    again = await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("You found this not helpful"))
    draft = await _draft(stage)
    assert draft.unhelpful_at
    assert draft.helpful_at is None
    assert draft.feedback_changed
    assert has_button("want_person")(again)
    assert not has_button("helpful")(again)
    assert "You found this helpful" not in words(again)
    assert _first(again) == ("want_person", "primary")
    assert sum(each.get("style") == "primary" for each in again["blocks"][-1]["elements"]) == 1
    old = {block["block_id"] for block in heard["blocks"]}
    assert old.isdisjoint(block["block_id"] for block in again["blocks"])

    _, stale = find_element(reply["blocks"], "helpful")
    await ada.presses(reply, "helpful", channel=SUPPORT, value=stale["value"])
    told = await ada.reads(SUPPORT, thread=question["ts"], until=lambda each: each.get("is_ephemeral", False))
    assert "once already" in words(told)
    assert (await _draft(stage)).unhelpful_at


async def test_a_no_that_is_taken_back_no_longer_counts_against_the_conversation(stage: Stage) -> None:
    ada = await stage.person(ADA)
    question, reply = await asks(ada, ANSWERED)
    await ada.presses(reply, "not_helpful", channel=SUPPORT)
    heard = await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("not helpful. Sorry"))
    await ada.presses(heard, "helpful", channel=SUPPORT)
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("You found this helpful"))
    async with stage.database.reading() as session:
        assert (await session.exec(select(Conversation.thumbs_down))).one() == 0


async def test_direct_messages_have_slacks_own_feedback_buttons(stage: Stage) -> None:
    ada = await stage.person(ADA)
    channel = await ada.direct()
    question, reply = await asks(ada, ANSWERED, channel)
    await ada.presses(reply, "feedback", channel=channel, value=_native(reply, "negative_button"))
    heard = await ada.reads(channel, thread=question["ts"], until=by_bot("not helpful. Sorry"))
    assert heard["ts"] == reply["ts"]
    assert "context_actions" not in str(heard["blocks"])
    assert has_button("want_person")(heard)
    assert (await _draft(stage)).unhelpful_at


async def test_a_person_can_be_called_from_a_solved_conversation_and_after_it_was_given_back(stage: Stage) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    question, reply = await asks(ada, ANSWERED)
    await ada.presses(reply, "solved", channel=SUPPORT)
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("marking this as solved"))
    await ada.presses(reply, "want_person", channel=SUPPORT)
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("getting a person"))
    card = await ben.reads("C0DESK000", until=has_button("claim"))
    await ben.presses(card, "claim", channel="C0DESK000")
    held = await ben.reads("C0DESK000", until=has_button("give_back"))
    await ben.presses(held, "give_back", channel="C0DESK000")
    back = await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("I'm back with you"))
    await ada.presses(back, "want_person", channel=SUPPORT)
    await ben.reads("C0DESK000", until=has_button("claim"))
