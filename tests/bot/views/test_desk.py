"""What agents read."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.workspace import blocks
from bot.views import desk, help, home, mrkdwn, refusal, survey
from bot.views.customer import SourceLink
from bot.views.desk import HandoffCard, Line
from bot.views.home import HomeStats, QueueLine
from bot.views.ids import ActionId, ConversationRef, RatingRef, rate_action
from bot.views.topic_words import Standing
from handoff.draft import Author
from handoff.gate import CAME_BACK, STEPPED_IN
from handoff.holdout import DRAWN
from storage.kinds import HandoffReason, HandoffState
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
    lines=(Line(Author.CUSTOMER, "U1", "How long?"), Line(Author.BOT, "B", "Yes:\n- **30** days\n- free")),
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
    for part in (
        "not sure enough",
        "Two articles disagree",
        "How long?",
        "*30 days*",
        "help.example.com/r",
        "claim",
        "Yes: • 30 days • free",
    ):
        assert part in text
    assert ActionId.RESOLVE not in text


def test_what_speaks_for_a_draft_stands_under_it_and_is_no_reason_for_a_person() -> None:
    sure = "The sources support every sentence of the reply."
    known = "The sources hold what the question names (100\u00a0% of its telling words)."
    card = replace(CARD, reasons=("Not sure enough of the draft.", sure, known, "The search found only a weak match."))
    why, under = _block_with(card, "*Why a person*"), _block_with(card, "Speaks for it")
    assert "weak match" in why
    assert "weak match" not in under
    for each in (sure, known.partition("(")[0]):
        assert each in under
        assert each not in why
    assert sure not in shown(replace(card, draft=""))


def test_a_reason_that_the_title_tells_is_not_told_again() -> None:
    wish = replace(CARD, reason=HandoffReason.WISH, reasons=("The customer asks for a person.",))
    assert "*Why a person*" not in shown(wish)
    assert "*Why a person*" in shown(replace(wish, reasons=(*wish.reasons, "has had enough")))


def test_the_signs_of_a_mood_stand_in_the_sentence_that_tells_it() -> None:
    mood = ("The customer is frustrated (0.94, the limit is 0.60).", "has had enough", "says “ridiculous”")
    card = replace(CARD, reason=HandoffReason.FRUSTRATION, reasons=(*mood, "The reply names no source."))
    told = "• The customer is frustrated (0.94, the limit is 0.60): has had enough, says “ridiculous”."
    assert f"{told}\\n• The reply names no source." in _block_with(card, "*Why a person*")


def test_what_was_said_is_left_out_where_it_is_only_the_question_and_that_a_person_is_coming() -> None:
    question = Line(Author.CUSTOMER, "U1", "How long? ")
    coming = Line(Author.BOT, "B", "I'm asking a colleague.", in_passing=True)
    assert "Said so far" not in shown(replace(CARD, lines=(question, coming)))
    for more in (Line(Author.CUSTOMER, "U1", "It is urgent."), Line(Author.BOT, "B", "30 days.")):
        assert "Said so far" in shown(replace(CARD, lines=(question, more, coming)))


def _block_with(card: HandoffCard, words: str) -> str:
    (found,) = [each for each in map(str, desk.card(card).blocks) if words in each]
    return found


def test_a_card_says_what_of_its_draft_and_sources_it_does_not_show() -> None:
    links = tuple(SourceLink(f"Article {number}", f"https://help.example.com/{number}") for number in range(4))
    text = shown(replace(CARD, draft="A long draft. " * 200, sources=links))
    assert "and 1 more" in text
    assert desk.CUT_DRAFT in text
    assert desk.CUT_DRAFT not in shown(CARD)


def test_a_claimed_card_offers_the_end_and_the_way_back() -> None:
    text = shown(replace(CARD, state=HandoffState.CLAIMED, claimed_by="U9"))
    assert all(action in text for action in (ActionId.RESOLVE, ActionId.GIVE_BACK, ActionId.SEND_DRAFT))
    assert "<@U9> has this" in text


def test_a_done_card_has_no_buttons_and_keeps_only_what_tells_it_from_others() -> None:
    text = shown(replace(CARD, state=HandoffState.DONE, claimed_by="U9", priority=1))
    assert "'actions'" not in text
    assert "Done by <@U9>" in text
    assert "<@U1>" in text
    assert "> How long?" in text
    assert not any(part in text for part in ("*30 days*", "Two articles disagree", "Said so far", "🔥"))


def test_an_urgent_card_is_marked() -> None:
    assert "🔥" in shown(replace(CARD, priority=1))
    assert "🔥" not in shown(CARD)


def test_giving_back_asks_first() -> None:
    card = desk.card(replace(CARD, state=HandoffState.CLAIMED, claimed_by="U9"))
    (back,) = [
        button
        for block in card.blocks
        if block["type"] == "actions"
        for button in block["elements"]
        if button["action_id"] == ActionId.GIVE_BACK
    ]
    assert "next messages" in back["confirm"]["text"]["text"]


def test_the_notification_of_a_card_says_why_and_what() -> None:
    assert desk.card(replace(CARD, summary="<!channel> how long?")).text == (
        "Baton is not sure enough: &lt;!channel&gt; how long?"
    )


def test_times_are_shown_in_the_readers_own_zone() -> None:
    assert f"<!date^{int(CARD.opened_at.timestamp())}^" in shown(CARD)
    assert "2026-03-01 00:00 UTC>" in shown(CARD)


@pytest.mark.parametrize("link", ["", "javascript:alert(1)", "https://x.example/" + "p" * 4000])
def test_a_link_that_cannot_be_one_leaves_its_words(link: str) -> None:
    text = shown(replace(CARD, thread_link=link, sources=(SourceLink("Returns", link),)))
    assert "customer's thread" in text
    assert "From: Returns" in text


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


@pytest.mark.parametrize("words", [CAME_BACK, STEPPED_IN, DRAWN])
def test_what_is_counted_as_the_policy_is_told_by_its_own_reason(words: str) -> None:
    text = shown(replace(CARD, reason=HandoffReason.POLICY, reasons=(words,)))
    assert desk.WHY_IN_WORDS[words] in text
    assert desk.WHY[HandoffReason.POLICY] not in text


def test_words_of_customers_notify_nobody_in_the_desk_channel() -> None:
    text = str(fits(desk.relayed("U1", "<!channel> & <b>", ("a <b>.png",))).blocks)
    assert "<!channel>" not in text
    assert "&lt;b&gt;.png" in text


@pytest.mark.parametrize("text", ["w" * 40_000, "word " * 8000, "&<>" * 9000, "```code\n" * 5000, "😀" * 9000])
def test_a_huge_message_is_relayed_cut_and_says_where_the_rest_is(text: str) -> None:
    post = fits(desk.relayed("U1", text, ["a.png"] * 300))
    assert "the whole message is in the customer's thread" in str(post.blocks)
    assert len(json.dumps(post.blocks, ensure_ascii=False)) < blocks.ALL_BLOCKS


@given(st.text(max_size=4000))
def test_a_message_of_usual_length_is_relayed_whole(text: str) -> None:
    words = "".join(char for char in text if char.isalnum())
    if len(mrkdwn.escape(words)) == len(words):
        relayed = desk.relayed("U1", words, ())
        assert words in "".join(block["text"]["text"] for block in relayed.blocks)


def test_every_word_to_the_desk_fits_whatever_is_in_it() -> None:
    odd = "<!channel> `& " * 900
    posts = (
        desk.relayed("U1", "", ()),
        desk.edited("U1", odd),
        desk.deleted("U1"),
        desk.undelivered(odd),
        refusal.of(odd),
        refusal.held_by("U1"),
        desk.note_help("U1"),
        desk.took_over("U1"),
        desk.customer_left("U1"),
        desk.draft_empty(),
        help.report_started(),
        refusal.of("<!channel>"),
        help.unknown_command(odd, "agent"),
    )
    assert not any("<!" in str(fits(post)) for post in posts)


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
    topic = Standing("returns", "Returns", "autopilot", 0.05, 0.6, 0, answered=4, decided=8)
    text = str(view_fits(home.for_manager(nothing, [], [topic])))
    assert "unproved" in text
    assert "of 8 questions in 28 days" in text
    assert "nothing reviewed yet" in text
    assert "not estimated" not in text, "that nothing is known is said once"
    one = home.for_manager(HomeStats(0, 0, 0, 0, 0, 0, 0, 0), [], [replace(topic, decided=1, answered=1)])
    assert "of 1 question in 28 days" in str(one)
    assert "Nothing was resolved" in text


def test_home_shows_who_waits() -> None:
    line = QueueLine("h", "c", "U1", "Returns", HandoffReason.WISH, (), datetime.now(UTC), None, "https://x.example/p")
    text = str(view_fits(home.for_agent(HomeStats(1, 1, 0, 0, 3, 2, 1, 3), [line] * 15)))
    assert "<@U1>" in text
    assert "*waiting*" in text


def test_home_with_hundreds_of_topics_and_handoffs_fits_and_counts_the_rest() -> None:
    title = "<!channel>" * 400
    line = QueueLine("h", "c", "U1", title, HandoffReason.WISH, (), datetime.now(UTC), "U2", "")
    topic = Standing("t", title, "shadow", 0.05, 0.6, 0)
    view = view_fits(home.for_manager(HomeStats(500, 500, 0, 0, 0, 0, 0, 0), [line] * 400, [topic] * 300))
    assert "And 470 more in the desk channel" in str(view)
    assert "And 260 more topics" in str(view)
    assert "<!channel>" not in str(view)


def test_home_says_how_much_of_the_week_is_simulated() -> None:
    stats = HomeStats(0, 0, 0, 0, 20, 8, 6, 19)
    text = str(home.for_manager(stats, [], []))
    assert "19 of 20 conversations are simulated" in text
    assert "6 of 8 rated it 4 or 5" in text
    assert "simulated" not in str(home.for_manager(replace(stats, simulated=0), [], []))


@pytest.mark.parametrize("role", ["customer", "agent", "manager"])
def test_the_command_explains_itself_to_every_role(role: str) -> None:
    assert fits(help.command_help(role)).text
    assert "&lt;!channel&gt;" in fits(help.unknown_command("<!channel>", role)).text
