"""The report in a form: every section within Slack's limits, and nothing that somebody wrote can act."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.views import report as report_view
from bot.views import report_details, report_entry, report_sections, report_words
from bot.views.ids import ActionId, ReportRef, ThemeRef
from bot.views.report_details import Choice
from bot.views.report_entry import LastReport
from bot.views.section import Section
from handoff.report import Report
from handoff.report_parts import InVain, NotAskedCount, Silent
from tests.bot.reports.samples import AI, EMPTY, HUMAN, NASTY, WHOLE, arm, report, topic
from tests.bot.views.checking import view_fits
from tests.bot.views.test_report import EVERY, buttons, texts

REF = ReportRef(kept_id="k" * 18, first=date(2026, 11, 16), last=date(2026, 11, 22))
HUGE = WHOLE.model_copy(
    update={
        "topics": tuple(
            topic(f"t{number}", arm(AI, 20, 24), arm(HUMAN, 9, 12), title=f"Topic {number} {'long ' * 40}")
            for number in range(300)
        ),
        "themes": WHOLE.themes * 30,
    }
)


@pytest.mark.parametrize("week", [*EVERY.values(), HUGE], ids=[*EVERY, "huge"])
def test_slack_takes_the_form_of_every_report(week: Report) -> None:
    view = view_fits(report_details.details(week, REF, [Choice(REF, "16–22 Nov 2026")] * 30))
    assert len(view["blocks"]) <= 100
    assert ("There is more" in str(view)) == (week is HUGE)


def test_the_form_has_every_section_of_the_report() -> None:
    shown = texts(tuple(report_details.details(WHOLE, REF)["blocks"]))
    titles = [section.title for section in report_sections.sections(WHOLE)]
    assert len(titles) == 17
    for title in titles:
        assert any(text.startswith(f"*{title}*") for text in shown), title


def test_who_was_not_asked_is_told_by_why_and_by_who_resolved() -> None:
    shown = "\n".join(texts(tuple(report_details.details(WHOLE, REF)["blocks"])))
    assert "*asked about another conversation not long ago*  9 · 4 · 1" in shown
    assert "*no longer in Slack*  0 · 1 · 0" in shown
    assert "and 15 were not" in shown
    assert "Who was not asked" not in str(report_details.details(EMPTY, REF))


def test_a_conversation_that_was_erased_leads_nowhere() -> None:
    gone = WHOLE.worst[0].model_copy(update={"conversation_id": "", "link": "", "question": "(erased)", "comment": ""})
    shown = str(report_details.details(WHOLE.model_copy(update={"worst": (gone,), "best": ()}), REF))
    assert "(erased)" in shown
    assert "baton conversation show" not in shown


def _section(week: Report, title: str) -> Section:
    return next(each for each in report_sections.sections(week) if each.title == title)


def test_handoffs_are_no_share_of_what_was_opened_for_a_conversation_may_have_several() -> None:
    opened = {"ai": 20, "human": 12, "ai_then_human": 8}
    arms = tuple(each.model_copy(update={"opened": opened[each.arm]}) for each in WHOLE.arms)
    reasons = tuple(each.model_copy(update={"handoffs": 10}) for each in WHOLE.handoff_reasons)
    often = WHOLE.model_copy(update={"opened": 40, "arms": arms, "handoff_reasons": reasons})
    words = "50 handoffs. Of the 40 opened, people have or had 20 (50 %)."
    assert _section(often, "Handed to people").words == (words,)
    once = often.model_copy(update={"handoff_reasons": (reasons[0].model_copy(update={"handoffs": 1}),)})
    assert _section(once, "Handed to people").words[0].startswith("1 handoff. ")


def test_what_may_still_be_taken_back_is_counted_so_far() -> None:
    def rows(week: Report) -> list[str]:
        table = _section(week, "Who resolved, and what customers said").table
        return [name for name, *_ in table.rows] if table else []

    final = WHOLE.model_copy(update={"arms": tuple(each.model_copy(update={"not_final": 0}) for each in WHOLE.arms)})
    assert "taken back within 7 days, so far" in rows(WHOLE)
    assert "taken back within 7 days" in rows(final)


def test_one_customer_and_one_day_are_told_as_one() -> None:
    alone = report(topic("hours", arm(AI, 1, 1, resolved=1)), opened=1)
    missed = (NotAskedCount(reason="too_late", ai=1),)
    week = alone.model_copy(update={"resolution_days": 1, "not_asked": missed})
    assert _section(week, "Who was not asked").words[0].startswith("1 customer was asked how it went, and 1 was not.")
    assert "came back within 1 day with" in _section(week, "Who resolved, and what customers said").words[0]


def test_every_share_of_a_topic_and_a_week_says_of_how_many_ratings() -> None:
    topics, weeks = _section(WHOLE, "By topic").table, _section(WHOLE, "Week by week").table
    assert topics and topics.rows[0] == ("Returns", "48: 83 % of 24 (64–93)", "14: 6 of 7", "10: 3 of 5")
    assert weeks and weeks.rows[-1][1] == "72 % of 32 (55–84)"


def test_of_very_many_that_asked_in_vain_it_is_told_how_many_were_read() -> None:
    many = WHOLE.model_copy(update={"in_vain": InVain(conversations=9_000, looked_at=1_500)})
    (words,) = _section(many, "Knowledge gaps").words
    assert words == "9,000 conversations in which something was asked in vain, 1,500 of them read, by theme."


def test_several_sentences_are_told_apart() -> None:
    notes = report_details.details(WHOLE, REF)["blocks"]
    (kept,) = [text for text in texts(tuple(notes)) if text.startswith("*What to keep in mind*")]
    assert len(kept.splitlines()) > 2
    assert all(line.startswith("• ") for line in kept.splitlines()[1:])


def test_a_row_stands_on_a_line_of_its_own_in_the_order_of_the_headings() -> None:
    shown = "\n".join(texts(tuple(report_details.details(WHOLE, REF)["blocks"])))
    assert "_AI alone · People alone · AI, then a person_" in shown
    assert "*share of all, confirmed only*  11 % · 9 % · 4 %" in shown
    assert "*net*  7 h" in shown


def test_each_theme_has_its_examples_and_its_button() -> None:
    blocks = tuple(report_details.details(WHOLE, REF)["blocks"])
    assert "“Do you ship to Norway?” / “Customs fees for Oslo?”" in texts(blocks)
    drafting = [button for button in buttons(blocks) if button["action_id"] == ActionId.DRAFT_ARTICLE]
    assert [ThemeRef.unpack(button["value"]).theme for button in drafting] == ["norway", "gift", "size"]


def test_a_conversation_without_a_link_is_found_in_the_terminal() -> None:
    linkless = WHOLE.model_copy(update={"best": (WHOLE.best[0].model_copy(update={"link": ""}),)})
    assert "`baton conversation show conversation-1`" in str(report_details.details(linkless, REF))


def test_what_others_wrote_is_shown_as_words() -> None:
    for text in texts(tuple(report_details.details(NASTY, REF)["blocks"])):
        assert "<!" not in text
        assert not re.search(r"<(?!https://northpeak\.slack\.com/)", text)
        assert "javascript" not in text and "\u202e" not in text


def test_an_empty_report_says_so_and_leads_on() -> None:
    shown = texts(tuple(report_details.details(EMPTY, REF, [Choice(REF, "9–15 Nov 2026")])["blocks"]))
    assert "Nothing was resolved in this time, so there is nothing to compare." in shown
    assert "9–15 Nov 2026" in shown


def test_a_choice_carries_its_report() -> None:
    (menu,) = [
        element
        for block in view_fits(report_details.choose([Choice(REF, "16–22 Nov 2026 (weekly)")]))["blocks"]
        for element in block.get("elements", [])
    ]
    assert ReportRef.unpack(menu["options"][0]["value"]) == REF
    assert "no earlier week" in str(view_fits(report_details.choose([])))
    view_fits(report_details.working())
    assert "&lt;!channel&gt;" in str(view_fits(report_details.trouble("<!channel>")))


def test_home_shows_the_last_report_and_its_buttons() -> None:
    last = LastReport(REF, "<!channel> AI was better", "https://northpeak.slack.com/archives/C1/p1")
    blocks = tuple(block.to_dict() for block in report_entry.on_home(last))
    assert "&lt;!channel&gt; AI was better" in str(blocks)
    assert [button["action_id"] for button in buttons(blocks)] == [ActionId.REPORT_DETAILS, ActionId.OTHER_REPORTS]
    assert all(ReportRef.unpack(button["value"]) == REF for button in buttons(blocks))
    assert "open it" not in str(report_entry.on_home(LastReport(REF, "x", ""))[0].to_dict())
    simulated = report_entry.on_home(LastReport(REF, "x", "", "9 conversations are simulated"))
    assert "16–22 Nov 2026 · 9 conversations are simulated" in str(simulated[0].to_dict())
    assert "None yet" in str(report_entry.on_home(None)[0].to_dict())


def test_files_are_called_by_their_days() -> None:
    assert report_view.file_name(report(), "csv") == "baton-2026-11-16-2026-11-22.csv"


def test_what_an_estimate_of_satisfaction_takes_for_granted_is_said_and_only_there() -> None:
    def words(week: Report) -> str:
        return " ".join(word for each in report_sections.sections(week) for word in each.words)

    assert "holds if those who did not rate felt as those did whose conversations look alike" in words(WHOLE)
    assert "did not rate felt" not in words(WHOLE.model_copy(update={"satisfied": None}))


def test_the_lot_is_told_as_it_fell_not_as_it_is_set_by_now() -> None:
    assert WHOLE.policy
    week = WHOLE.model_copy(update={"policy": WHOLE.policy.model_copy(update={"holdout_share": 0.0})})
    shown = texts(tuple(report_details.details(week, REF)["blocks"]))
    assert any("A lot sent 9 of 79 eligible conversations straight to people." in text for text in shown)


def test_right_replies_are_of_replies_and_satisfied_customers_of_conversations() -> None:
    shown = "\n".join(texts(tuple(report_details.details(WHOLE, REF)["blocks"])))
    assert "61 reviews of 412 replies sent alone" in shown
    assert "30 ratings of 60 conversations of AI alone" in shown


def _estimates(**told: Any) -> str:
    assert WHOLE.right
    report = WHOLE.model_copy(update={"right": WHOLE.right.model_copy(update=told)})
    return "\n".join(texts(tuple(report_details.details(report, REF)["blocks"])))


def test_reviews_that_wait_are_told_beside_the_share_of_right_replies() -> None:
    assert WHOLE.right
    zone = "Europe/Berlin"
    waiting = WHOLE.right.model_copy(update={"waiting": 19, "unread": 19})
    assert report_words.right(waiting, zone) == "94 % (91–97), from 61 of 80 reviews drawn"
    until = datetime(2026, 11, 20, 13, 5, tzinfo=UTC)
    part = WHOLE.right.model_copy(update={"waiting": 19, "until": until})
    assert report_words.right(part, zone) == "94 % (91–97) until 20 Nov 14:05, from 61 reviews"
    assert "Of the replies drawn in that time, 19 were not read: the bounds hold" in _estimates(waiting=19, unread=19)
    shown = _estimates(waiting=19, until=until)
    assert "sent until 20 Nov 14:05: reviews go by age, and of those drawn 19 wait for a reader" in shown
    assert "wait for a reader" not in _estimates()


def test_satisfaction_is_told_with_what_it_becomes_if_the_silent_felt_otherwise() -> None:
    assert WHOLE.satisfied
    silent = Silent(share=0.5, swing=0.1, low=0.65, high=0.91, least=0.4, most=0.9)
    satisfied = WHOLE.satisfied.model_copy(update={"silent": silent})
    shown = "\n".join(
        texts(tuple(report_details.details(WHOLE.model_copy(update={"satisfied": satisfied}), REF)["blocks"]))
    )
    assert (
        "Were the 50 % who did not rate up to 10 points less or more satisfied, it would lie within 65–91 %; whatever "
        "they think, within 40–90 %."
    ) in shown
