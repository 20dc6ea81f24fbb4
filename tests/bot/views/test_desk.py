"""What agents read."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views import desk, help, home, survey
from bot.views.customer import SourceLink
from bot.views.desk import HandoffCard, Line
from bot.views.home import HomeStats, QueueLine, TopicLine
from bot.views.ids import ActionId, ConversationRef, RatingRef, rate_action
from handoff.draft import Author
from storage.tables import HandoffReason, HandoffState
from tests.bot.views.checking import fits, view_fits

CARD = HandoffCard(
    handoff_id="h1",
    conversation_id="c1",
    state=HandoffState.QUEUED,
    reason=HandoffReason.LOW_CONFIDENCE,
    reasons=("Not sure enough of the draft.", "Two articles disagree."),
    priority=0,
    customer_id="U1",
    channel_id="C1",
    topic_title="Returns",
    summary="How long?",
    lines=(Line(Author.CUSTOMER, "U1", "How long?"), Line(Author.BOT, "B", "**30** days")),
    draft="You have **30 days**.",
    sources=(SourceLink("Returns", "https://help.example.com/r"),),
    thread_link="https://x.example/archives/C1/p1",
    opened_at=datetime(2026, 3, 1, tzinfo=UTC),
    claimed_by=None,
    language="en",
)


def shown(card: HandoffCard) -> str:
    return str(fits(desk.card(card)).blocks)


def test_a_waiting_card_says_why_and_what_to_do_next() -> None:
    text = shown(CARD)
    for part in ("not sure enough", "Two articles disagree", "How long?", "*30 days*", "help.example.com/r", "claim"):
        assert part in text
    assert ActionId.RESOLVE not in text


def test_a_claimed_card_offers_the_end_and_the_way_back() -> None:
    text = shown(replace(CARD, state=HandoffState.CLAIMED, claimed_by="U9"))
    assert all(action in text for action in (ActionId.RESOLVE, ActionId.GIVE_BACK, ActionId.SEND_DRAFT))
    assert "<@U9> has this" in text


def test_a_done_card_has_no_buttons() -> None:
    assert "'actions'" not in shown(replace(CARD, state=HandoffState.DONE, claimed_by="U9"))


def test_without_a_draft_there_is_none_to_send() -> None:
    assert ActionId.SEND_DRAFT not in shown(replace(CARD, draft=""))


@given(st.text(max_size=5000))
def test_a_card_fits_whatever_was_written(text: str) -> None:
    lines = tuple(Line(Author.CUSTOMER, "U1", text) for _ in range(6))
    card = replace(CARD, summary=text, lines=lines, draft=text, reasons=(text or "x",) * 8, topic_title=text)
    fits(desk.card(card))


@pytest.mark.parametrize("reason", list(HandoffReason))
def test_every_reason_has_plain_words(reason: HandoffReason) -> None:
    assert desk.WHY[reason] in shown(replace(CARD, reason=reason))


def test_words_of_customers_notify_nobody_in_the_desk_channel() -> None:
    text = str(fits(desk.relayed("U1", "<!channel> & <b>", ("a <b>.png",))).blocks)
    assert "<!channel>" not in text
    assert "&lt;b&gt;.png" in text


def test_a_score_can_be_changed_and_commented() -> None:
    ref = RatingRef(conversation_id="c1", score=4)
    text = str(fits(survey.thanks(4, ref, "en")).blocks)
    assert all(rate_action(score) in text for score in range(1, 6))
    assert ActionId.COMMENT in text
    assert rate_action(5) in str(fits(survey.ask(ConversationRef(conversation_id="c1"), "de")).blocks)
    view_fits(survey.comment_form(ref, "fr"))


def test_home_has_words_for_an_empty_desk_and_marks_policies_as_unproved() -> None:
    nothing = HomeStats(0, 0, 0, 0, 0, 0, 0, 0)
    assert "Nobody is waiting" in str(view_fits(home.for_agent(nothing, [])))
    topic = TopicLine("returns", "Returns", "autopilot", 0.6, 0.05, 4, 8)
    text = str(view_fits(home.for_manager(nothing, [], [topic], "")))
    assert "unproved" in text
    assert "answers 50% of 8" in text
    assert "Nothing was resolved" in text


def test_home_shows_who_waits() -> None:
    line = QueueLine("h", "c", "U1", "Returns", HandoffReason.WISH, datetime.now(UTC), None, "https://x.example/p")
    text = str(view_fits(home.for_agent(HomeStats(1, 1, 0, 0, 3, 2, 1, 3), [line] * 15)))
    assert "<@U1>" in text
    assert "*waiting*" in text


@pytest.mark.parametrize("role", ["customer", "agent", "manager"])
def test_the_command_explains_itself_to_every_role(role: str) -> None:
    assert fits(help.command_help(role)).text
    assert "&lt;!channel&gt;" in fits(help.unknown_command("<!channel>", role)).text
