"""The form of the review queue, and what agents can do with a draft on its card."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.workspace import blocks as workspace_blocks
from bot.views import draft as draft_view
from bot.views import review
from bot.views.customer import SourceLink
from bot.views.desk import Line
from bot.views.ids import EditRef, HandoffRef, ReviewRef, verdict_action
from bot.views.review import Around, LastVerdict, ShownDraft
from handoff.draft import Author
from storage.kinds import Fault, ReviewVerdict
from tests.bot.views.checking import fits, view_fits

DRAFT = ShownDraft(
    topic_title="Returns",
    earlier=(Line(Author.CUSTOMER, "U1", "Hello"), Line(Author.BOT, "B", "**Hi**")),
    question="How many days do I have?",
    reply="You have **30 days**.",
    sources=(SourceLink("Returning an item", "https://help.example.com/returns"),),
    thread_link="https://x.example/archives/C1/p1",
    drafted_at=datetime(2026, 3, 1, tzinfo=UTC),
)
REF = ReviewRef(review_id="r2", reviewed=3, last_id="r1")
AROUND = Around(waiting=9, agreement="substantial agreement: kappa 0.71 on 24 drafts read twice")


def shown(draft: ShownDraft | None = DRAFT, around: Around = AROUND) -> str:
    return str(view_fits(review.queue(REF, draft, around))["blocks"])


def test_a_reader_sees_question_reply_sources_topic_and_five_verdicts() -> None:
    text = shown()
    for part in (
        "> How many days",
        "*30 days*",
        "help.example.com/returns",
        "Returns",
        "archives/C1/p1",
        "*Baton:* Hi",
    ):
        assert part in text
    assert all(verdict_action(verdict) in text for verdict in ReviewVerdict)


def test_progress_and_agreement_stand_at_the_end() -> None:
    assert "3 reviewed just now, 9 wait · how far readers agree: substantial agreement: kappa 0.71" in shown()


def test_nothing_waits_is_told_apart_from_others_reading() -> None:
    assert "Nothing waits. Thank you." in shown(None, Around(waiting=0))
    assert "1 draft left, and others are reading" in shown(None, Around(waiting=1))


def test_a_question_that_was_deleted_and_a_reply_without_sources_say_so() -> None:
    text = shown(replace(DRAFT, question="", sources=(), thread_link=""))
    assert "has deleted the question" in text
    assert "It names no source." in text


@pytest.mark.parametrize("verdict", [ReviewVerdict.RIGHT, ReviewVerdict.UNSURE])
def test_a_good_verdict_can_be_undone_and_asks_for_no_fault(verdict: ReviewVerdict) -> None:
    text = shown(around=replace(AROUND, last=LastVerdict("r1", verdict)))
    assert "undo_verdict" in text
    assert "What was wrong?" not in text


def test_a_bad_verdict_offers_what_was_wrong_and_shows_what_was_chosen() -> None:
    text = shown(around=replace(AROUND, last=LastVerdict("r1", ReviewVerdict.WRONG, Fault.WRONG_TONE, noted=True)))
    assert "*wrong*, the tone is wrong. Your note is kept." in text
    assert "initial_option" in text
    assert "Change the note" in text


def test_every_fault_has_words() -> None:
    assert set(review.FAULTS) == set(Fault)


def test_the_tick_of_one_draft_does_not_stay_for_the_next() -> None:
    ids = {
        block["block_id"]
        for number in range(2)
        for block in review.queue(REF.model_copy(update={"review_id": f"r{number}"}), DRAFT, AROUND)["blocks"]
        if "customer_frustrated" in str(block)
    }
    assert len(ids) == 2


def test_the_way_to_the_queue_is_there_while_something_waits() -> None:
    assert review.review_entry(0) == []
    one, many = (str([block.to_dict() for block in review.review_entry(count)]) for count in (1, 12))
    assert "1 draft waits" in one
    assert "Review drafts (12 waiting)" in many


@given(text=st.text(max_size=9000), title=st.text(max_size=300))
def test_any_text_fits_and_escapes(text: str, title: str) -> None:
    hostile = f"<!channel> {text}"
    lines = tuple(Line(Author.CUSTOMER, "U1", hostile) for _ in range(30))
    odd = ShownDraft(title, lines, hostile, hostile, (SourceLink(title, text),) * 9, "", DRAFT.drafted_at)
    view = review.queue(REF, odd, replace(AROUND, word=hostile))
    workspace_blocks.check_view(view, "modal")
    assert "<!channel>" not in str(view)


def test_the_form_for_a_note_fits() -> None:
    assert "Keep the note" in str(view_fits(review.note_form(REF)))


@given(st.text(alphabet="ab \n<&", max_size=11_000))
def test_a_draft_of_any_length_is_edited_whole(text: str) -> None:
    pieces = list(draft_view.parts(text))
    assert all(len(piece) <= draft_view.FIELD for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    if text:
        ref = EditRef(handoff_id="h", conversation_id="c", draft_id="d")
        view_fits(draft_view.edit_form(ref, text))


def test_words_are_not_cut_in_two_where_a_space_is_near() -> None:
    text = "word " * 1500
    assert "\n".join(draft_view.parts(text)).split() == text.split()


def test_a_very_long_draft_is_whole_in_its_form() -> None:
    text = "word " * 5000
    assert "\n".join(draft_view.parts(text)).split() == text.split()
    view_fits(draft_view.edit_form(EditRef(handoff_id="h", conversation_id="c", draft_id="d"), text))


def test_what_was_sent_stands_whole_in_the_desk_thread_however_long() -> None:
    text = "\n".join(f"{number} & on" for number in range(2000))
    posts = [fits(post) for post in draft_view.sent("U1", text)]
    shown = str([post.blocks for post in posts])
    assert len(posts) > 1
    assert all(f"{number} &amp; on" in shown for number in range(2000))


def test_the_ways_with_a_draft_name_their_handoff() -> None:
    ref = HandoffRef(handoff_id="h" * 24, conversation_id="c" * 24).pack()
    row = draft_view.ways(ref).to_dict()
    assert row["block_id"] == ref
    assert [each["type"] for each in row["elements"]] == ["button", "button", "static_select"]


@given(st.text(min_size=1, max_size=9000))
def test_what_was_sent_fits_in_the_desk_thread(text: str) -> None:
    assert "<!channel>" not in str([fits(post) for post in draft_view.sent("U1", f"<!channel> {text}")])


@pytest.mark.parametrize("verdict", [None, ReviewVerdict.WRONG, ReviewVerdict.INCOMPLETE, ReviewVerdict.HARMFUL])
def test_a_discarded_draft_says_why_and_what_next(verdict: ReviewVerdict | None) -> None:
    assert "Write in this thread" in str(fits(draft_view.discarded("U1", verdict)))
