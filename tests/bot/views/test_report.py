"""The managers' message: the verdict first, short, and within Slack's limits."""

import csv
import html
import io
import re
import textwrap
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.reports import sheet
from bot.views import report as report_view
from bot.views import report_alt, report_sections, report_words
from bot.views.ids import ActionId, ReportRef, ThemeRef
from bot.views.report_sections import sections
from handoff.intervals import Interval, Tally
from handoff.report import Feedback, Report
from handoff.report_parts import Beyond, Estimated, LotMonth, PolicySide, Theme
from storage.kinds import ThemeState
from tests.bot.reports import samples
from tests.bot.reports.samples import (
    AI,
    ALL_FIVES,
    EMPTY,
    FEW,
    FULL,
    HUMAN,
    LOSS,
    MIXED,
    NASTY,
    ONE_ARM,
    WHOLE,
    arm,
    report,
    topic,
)
from tests.bot.views.checking import fits

EVERY = {
    "whole": WHOLE,
    "full": FULL,
    "few": FEW,
    "empty": EMPTY,
    "one arm": ONE_ARM,
    "all fives": ALL_FIVES,
    "nasty": NASTY,
    "a loss": LOSS,
}


def texts(blocks: tuple[dict[str, Any], ...]) -> list[str]:
    """Every text of a message, top to bottom."""
    found: list[str] = []

    def look(part: object) -> None:
        if isinstance(part, dict):
            if isinstance(part.get("text"), str):
                found.append(part["text"])
            for inner in part.values():
                look(inner)
        elif isinstance(part, list):
            for inner in part:
                look(inner)

    look(list(blocks))
    return found


def buttons(blocks: tuple[dict[str, Any], ...]) -> list[dict[str, Any]]:
    """Every button of a message, top to bottom."""
    return [
        button
        for block in blocks
        for button in [*([block["accessory"]] if "accessory" in block else []), *block.get("elements", [])]
        if button["type"] == "button"
    ]


def lines(post: Any) -> int:
    """The lines of a message where it is about 900 pixels wide: fields in two columns, texts broken at their width."""

    def height(text: str, width: int) -> int:
        shown = html.unescape(re.sub(r"<[^<>|]+\|([^<>]+)>", r"\1", text)).replace("*", "")
        return sum(max(1, len(textwrap.wrap(line, width))) for line in shown.split("\n"))

    count = 0
    for block in post.blocks:
        if block["type"] == "actions":
            count += 1
        elif "fields" in block:
            heights = [height(field["text"], 66) for field in block["fields"]]
            count += sum(max(heights[index : index + 2]) for index in range(0, len(heights), 2))
        else:
            width = {"header": 105, "context": 150}.get(block["type"], 125)
            spoken = block["elements"] if "elements" in block else [block["text"]]
            count += sum(height(part["text"], width) for part in spoken)
    return count


@pytest.mark.parametrize("week", EVERY.values(), ids=EVERY)
def test_the_message_has_at_most_twelve_lines_and_slack_takes_it(week: Report) -> None:
    assert lines(fits(report_view.message(week, "k" * 18))) <= 12


LONG_NAME = "Do you ship to Norway and what does customs ask for a tent there"


@pytest.mark.parametrize("state", ThemeState)
def test_themes_with_long_names_take_a_line_each(state: ThemeState) -> None:
    theme = Theme(key="k", name=LONG_NAME, questions=1_234, last_week=5, examples=(), state=state, taught=12)
    post = fits(report_view.message(FULL.model_copy(update={"themes": (theme,) * 3})))
    shown = [block["text"]["text"] for block in post.blocks if "Knowledge gap" in str(block.get("text"))]
    assert len(shown) == 3 and lines(post) <= 12
    assert all(text.replace("*", "").startswith("Knowledge gap") and len(text) <= 127 for text in shown)
    assert all(text.endswith(report_words.theme_counts(theme)) for text in shown)


def _busiest(theme: Theme) -> Report:
    """A week of tens of thousands with every part of a message."""
    arms = arm(AI, 18, 18, resolved=60_036), arm(HUMAN, 0, 7, resolved=14), arm(MIXED, 0, 49_990)
    week = report(topic("hours", *arms), opened=250_000, simulated=12_345)
    many = [each.model_copy(update={"taken_back": 1_234, "not_final": 4_321}) for each in week.arms]
    parts = ("moves", "best", "worst", "saving", "right")
    beyond = Beyond(outside_hours=31_234, other_languages=12_345, within_a_minute=58_123)
    return week.model_copy(
        update={name: getattr(WHOLE, name) for name in parts}
        | {"arms": tuple(many), "beyond": beyond, "themes": (theme,) * 3}
    )


def test_the_busiest_week_has_twelve_lines_and_its_note() -> None:
    week = _busiest(Theme(key="k", name=LONG_NAME, questions=1_234, examples=(), state=ThemeState.SETTLED))
    post = fits(report_view.message(week))
    assert lines(post) == 12
    assert any(week.comparison.notes[0] in html.unescape(text) for text in texts(post.blocks))
    (gained,) = [text for text in texts(post.blocks) if "Net saving" in text]
    assert gained.endswith("*Not possible before* 31,234 out of hours, 12,345 in other languages")


def test_a_share_in_slack_is_no_half_of_a_link_and_no_quotation() -> None:
    many = report(topic("hours", arm(AI, 1, 50_000), arm(HUMAN, 49_999, 50_000)), opened=200_000)
    shown = [text for text in texts(report_view.message(many).blocks) if "satisfied" in text]
    assert any("under 0.01 %" in text for text in shown) and any("over 99.99 %" in text for text in shown)
    assert not any(mark in text for text in shown for mark in "<>")


def test_the_file_tells_the_answers_that_were_taught_as_the_message_does() -> None:
    theme = Theme(key="k", name="gift cards", questions=5, examples=(), taught=2)
    week = FULL.model_copy(update={"themes": (theme, theme.model_copy(update={"key": "other", "taught": 0}))})
    rows = [row for row in csv.DictReader(io.StringIO(sheet.to_csv(week))) if row["measure"] == "taught since"]
    assert [(row["topic"], row["value"], row["unit"]) for row in rows] == [("k", "2", "answers")]


def test_the_headline_is_the_verdict() -> None:
    post = report_view.message(FULL)
    assert post.blocks[0]["type"] == "header"
    assert texts(post.blocks)[0] == FULL.comparison.headline
    assert FULL.comparison.headline.rstrip(".") in post.text


def test_ai_and_people_stand_beside_each_other_with_both_rates() -> None:
    (section,) = [block for block in report_view.message(WHOLE).blocks if "fields" in block]
    ai, human, right, *_ = (field["text"] for field in section["fields"])
    assert ai == (
        "*AI alone* · 60 resolved, 3 taken back, 4 not final\n"
        "*77 % (59–88)* satisfied, 30 of 60 rated\n"
        "of all 139 ended: 11 % confirmed, 43 % with silence"
    )
    assert human.startswith("*People alone* · 48 resolved")
    mixed = "*AI, then a person* · 22 resolved, 64 % of 11 (35–85) satisfied"
    assert mixed in texts(report_view.message(FULL).blocks)
    assert right == "*Right replies* 94 % (91–97), estimated from 61 reviews"


def test_a_share_of_more_ratings_than_were_asked_for_says_of_how_many() -> None:
    ai = WHOLE.of(AI).model_copy(update={"answered": 28})
    again = WHOLE.model_copy(update={"arms": (ai, *(each for each in WHOLE.arms if each.arm != AI))})
    shown = texts(report_view.message(again).blocks)
    assert any("*77 % of 30 (59–88)* satisfied, 28 of 60 rated" in text for text in shown)


def test_no_share_of_very_many_is_rounded_to_all_or_none() -> None:
    arms = arm(AI, 49_990, 50_000), arm(HUMAN, 24_000, 24_030), arm(MIXED, 1, 400)
    many = report(topic("hours", *arms), opened=150_000)
    (section,) = [block for block in report_view.message(many).blocks if "fields" in block]
    ai, _, mixed = (field["text"] for field in section["fields"])
    assert ai.startswith("*AI alone* · 100,000 resolved\n*99.98 % (99.96–99.99)* satisfied, 50,000 of 100,000 rated")
    assert mixed == "*AI, then a person* · 800 resolved, 0.2 % of 400 (0.04–1) satisfied"
    words = report_alt.chart_in_words(many)
    assert "AI alone: 99.98 % of 50,000 ratings (99.96 to 99.99 %)." in words
    assert "sees 0." in words and "sees 0," not in words


def test_rates_are_of_all_that_ended_those_taken_back_included() -> None:
    ai = WHOLE.of(AI)
    ended = 130 + 3 * 3
    assert report_words.rates(WHOLE, ai) == (15 / ended, 60 / ended)
    assert report_words.rates(EMPTY, EMPTY.of(AI)) is None


def test_the_days_are_those_of_the_team_and_what_kind_of_comparison_it_is() -> None:
    assert (
        "*Weekly report, 16–22 Nov 2026* (Europe/Berlin) · adjusted, observational · 140 opened, 130 resolved, "
        "10 still open · 12 simulated"
    ) in texts(report_view.message(FULL).blocks)


def test_a_week_too_thin_to_compare_still_says_what_the_verdict_rests_on() -> None:
    thin = FEW.model_copy(update={"since_certificates": WHOLE.since_certificates})
    assert thin.comparison.adjusted is None and thin.comparison.since
    assert "adjusted, observational" in texts(report_view.message(thin).blocks)[1]
    assert "observational" not in texts(report_view.message(FEW).blocks)[1]


def test_a_saving_and_a_loss_are_told_as_what_they_are() -> None:
    said = texts(report_view.message(WHOLE).blocks)
    assert any(text.startswith("*Net saving* 7 h (5 h to 9 h) of people's time") for text in said)
    said = texts(report_view.message(LOSS).blocks)
    assert any(
        text.startswith("*Net saving* −4 h 24 min (−5 h to −3 h 48 min): a loss of people's time") for text in said
    )
    unknown = WHOLE.saving and WHOLE.saving.model_copy(update={"saved": None, "net": None, "human_median": None})
    post = report_view.message(WHOLE.model_copy(update={"saving": unknown}))
    assert any("*Net saving* not known" in text for text in texts(post.blocks))


def test_what_was_not_possible_before_leaves_out_what_cannot_be_known() -> None:
    assert report_words.beyond(WHOLE) == ["31 out of hours", "12 in other languages", "58 within a minute"]
    without = WHOLE.beyond and WHOLE.beyond.model_copy(update={"outside_hours": None, "other_languages": None})
    assert report_words.beyond(WHOLE.model_copy(update={"beyond": without})) == ["58 within a minute"]


def test_where_every_reply_was_reviewed_nothing_is_estimated() -> None:
    known = Interval(0.94, 0.94, 0.94)
    every = Estimated(estimate=known, without_score=known, looked_at=50, conversations=50)
    post = report_view.message(WHOLE.model_copy(update={"right": every}))
    assert "*Right replies* 94 %, all 50 reviewed" in texts(post.blocks)
    (whole,) = [each for each in sections(WHOLE.model_copy(update={"right": every})) if "Every" in each.title]
    assert whole.table
    assert whole.table.rows[0] == ("right replies", "94 %", "–", "all 50 reviews of 50 replies sent alone")


def test_a_median_of_nothing_is_a_dash() -> None:
    nobody = WHOLE.times[0].model_copy(update={"human": 0, "human_median": None, "difference": None})
    (shown,) = [each for each in sections(WHOLE.model_copy(update={"times": (nobody,)})) if "How long" in each.title]
    assert shown.table
    assert shown.table.rows[0][2] == "–"


def test_topics_are_named_where_there_is_room_and_else_counted() -> None:
    assert "*Topics* 1 promoted · 1 demoted · 1 close to a certificate" in texts(report_view.message(WHOLE).blocks)
    post = report_view.message(WHOLE.model_copy(update={"moves": WHOLE.moves[1:]}))
    assert "*Topics* Repairs demoted · Delivery: 12 reviews to a certificate" in texts(post.blocks)


def test_a_gap_that_closed_is_told_in_the_message_where_there_is_room_and_has_no_button() -> None:
    closed = Theme(key="gift", name="gift cards", questions=0, last_week=0, state=ThemeState.SETTLED)
    open_ = WHOLE.themes[0].model_copy(update={"state": ThemeState.DRAFTED, "taught": 1})
    roomy = WHOLE.model_copy(update={"saving": None, "beyond": None, "moves": (), "themes": (closed, open_)})
    post = fits(report_view.message(roomy))
    gaps = [text for text in texts(post.blocks) if text.startswith("*Knowledge gap")]
    assert gaps == [
        "*Knowledge gap* shipping to Norway: 14 questions, +5, article drafted, 1 answer taught since",
        "*Knowledge gap closed* gift cards: settled, nobody asked in vain since the article",
    ]
    buttons = [block["accessory"] for block in post.blocks if "accessory" in block]
    assert [(each["text"]["text"], each["accessibility_label"]) for each in buttons] == [
        ("Change the article", "Change the article: shipping to Norway")
    ]


def test_replies_that_were_all_reviewed_until_a_moment_have_no_interval() -> None:
    sure = Estimated(
        estimate=Interval(0.97, 0.97, 0.97),
        without_score=Interval(0.97, 0.97, 0.97),
        looked_at=37,
        conversations=37,
        waiting=4,
        until=datetime(2026, 11, 26, 8, tzinfo=UTC),
    )
    assert report_words.right(sure, "Europe/Berlin") == "97 % until 26 Nov 09:00, all 37 reviewed"
    some = sure.model_copy(update={"conversations": 60, "estimate": Interval(0.97, 0.9, 0.99)})
    assert report_words.right(some, "Europe/Berlin") == "97 % (90–99) until 26 Nov 09:00, from 37 reviews"


def test_each_gap_has_its_count_its_change_and_its_button() -> None:
    nothing: dict[str, Any] = {"moves": (), "best": (), "worst": (), "beyond": None, "saving": None, "policy": None}
    roomy = WHOLE.model_copy(update=nothing)
    post = report_view.message(roomy)
    assert [text for text in texts(post.blocks) if text.startswith("*Knowledge gap*")] == [
        "*Knowledge gap* shipping to Norway: 14 questions, +5",
        "*Knowledge gap* gift cards: 8 questions, new",
        "*Knowledge gap* tent sizes: 5 questions, −2",
    ]
    drafting = [button for button in buttons(post.blocks) if button["action_id"] == ActionId.DRAFT_ARTICLE]
    assert [ThemeRef.unpack(button["value"]).theme for button in drafting] == ["norway", "gift", "size"]


def test_best_and_worst_conversations_are_links() -> None:
    (to_read,) = [text for text in texts(report_view.message(WHOLE).blocks) if text.startswith("*To read*")]
    assert re.sub(r"<https://northpeak\.slack\.com/archives/C0SUPPORT/p\d+\|(\d★)>", r"\1", to_read) == (
        "*To read* best 5★ 5★ 5★ · worst 1★ 1★ 2★"
    )


def test_the_buttons_carry_the_days_and_the_kept_report() -> None:
    shown = buttons(report_view.message(FULL, "kept-1").blocks)
    assert [button["text"]["text"] for button in shown] == ["Details", "CSV", "Other weeks"]
    refs = {ReportRef.unpack(button["value"]).model_dump_json() for button in shown}
    assert refs == {ReportRef(kept_id="kept-1", first=date(2026, 11, 16), last=date(2026, 11, 22)).model_dump_json()}


def test_the_weightiest_caution_stands_in_the_message_and_says_that_there_are_more() -> None:
    (note,) = [text for text in texts(report_view.message(FULL).blocks) if "Raw, AI minus people" in text]
    assert note.startswith("Not comparable") and note.endswith("…")
    (note,) = [text for text in texts(report_view.message(WHOLE).blocks) if "Raw, AI minus people" in text]
    assert note.endswith("the second is the fairer one. …")


def test_what_a_holdout_shows_has_a_line_of_its_own() -> None:
    assert "*By lot* offered to AI minus not: +5 (−20 to +41) points, 38 ratings" in texts(
        report_view.message(WHOLE).blocks
    )
    without = WHOLE.policy and WHOLE.policy.model_copy(update={"randomised": False})
    assert "By lot" not in str(report_view.message(WHOLE.model_copy(update={"policy": without})).blocks)


def test_what_the_lot_has_shown_in_all_its_time_comes_before_what_it_shows_in_a_week() -> None:
    def side(satisfied: int, ratings: int) -> PolicySide:
        return PolicySide(conversations=ratings, resolved=ratings, tally=Tally(satisfied, ratings))

    month = LotMonth(first_day=date(2026, 8, 3), offered=side(160, 200), straight=side(30, 40))
    report = WHOLE.model_copy(update={"by_lot": (month,)})
    (line,) = [text for text in texts(report_view.message(report).blocks) if text.startswith("*By lot*")]
    assert line == "*By lot* offered to AI minus not: +5 (−17 to +29) points, 240 ratings since Aug 2026"
    assert any("By lot since 3 Aug 2026: no difference" in words for words in report_words.caveats(report))
    alone = report.model_copy(update={"policy": None})
    assert any("*By lot*" in text for text in texts(report_view.message(alone).blocks))


def test_where_one_side_of_the_policy_answers_more_often_it_is_said() -> None:
    words = next(each.words for each in report_sections.sections(WHOLE) if each.title == "Offered to the AI, or not")
    assert (
        "Not equally many answered the survey, offered minus straight: −50 (−62 to −15) points. A lot does not decide "
        "who rates."
    ) in words


def test_simulated_conversations_are_said_to_be_in_it() -> None:
    week = report(topic("returns", arm(AI, 5, 7), arm(HUMAN, 3, 4)), opened=22, simulated=12)
    assert texts(report_view.message(week).blocks)[1].endswith(" · 12 simulated")
    assert report_words.simulated(week) == "12 conversations are simulated"
    assert report_words.simulated(week.model_copy(update={"simulated": 1})) == "1 conversation is simulated"
    assert not any("simulated" in text for text in texts(report_view.message(ONE_ARM).blocks))


def test_a_verdict_that_looks_back_on_simulated_conversations_is_marked_everywhere() -> None:
    since = (FULL.topics[0].model_copy(update={"simulated": 480}),)
    week = WHOLE.model_copy(update={"simulated": 0, "since_certificates": since})
    post = report_view.message(week)
    assert texts(post.blocks)[1].endswith(" · looks back on 480 simulated")
    said = "Verdict and trend look back on 480 simulated conversations."
    assert said in list(report_words.caveats(week))
    assert said in report_alt.chart_in_words(week)
    here = "12 conversations are simulated, 480 with the weeks before"
    assert report_words.simulated(week.model_copy(update={"simulated": 12})) == here
    assert "480 conversations are simulated." in report_alt.trend_in_words(week)
    assert "look back on 480 simulated" in post.text
    assert "simulated,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,looked back on,480" in sheet.to_csv(week)


def test_with_people_confirmed_is_the_word_of_their_agents() -> None:
    (section,) = [block for block in report_view.message(WHOLE).blocks if "fields" in block]
    assert section["fields"][1]["text"].endswith("of all 139 ended: 9 % closed by agents, 35 % with silence")


def test_few_ratings_are_counts_without_an_interval() -> None:
    post = report_view.message(FEW)
    assert any("*5 of 7* satisfied, 7 of 14 rated" in text for text in texts(post.blocks))
    assert texts(post.blocks)[0].startswith("Too few ratings for a verdict: 7 of AI alone and 4 of people")


def test_an_empty_week_is_two_plain_lines_and_the_way_to_others() -> None:
    post = report_view.message(EMPTY)
    assert texts(post.blocks) == [
        "Nothing was resolved in this time, so there is nothing to compare.",
        "*Weekly report, 16–22 Nov 2026* (Europe/Berlin) · 0 opened, 0 resolved",
        "Other weeks",
    ]


def test_an_arm_that_resolved_nothing_takes_one_line() -> None:
    assert "*People alone* · 0 resolved" in texts(report_view.message(ONE_ARM).blocks)


def test_nothing_in_the_message_can_call_a_channel_or_hide_where_a_link_leads() -> None:
    for text in texts(report_view.message(NASTY).blocks):
        assert "<!" not in text
        assert not re.search(r"<(?!https://northpeak\.slack\.com/)", text)
        assert "javascript" not in text
        assert "\u202e" not in text


def test_the_pictures_are_told_in_words_with_all_their_numbers_and_within_slacks_limit() -> None:
    words = report_alt.chart_in_words(FULL)
    assert "raw, this\u00a0time: +6 (−17 to +29), 30 + 24 ratings, 50 % answered, sees 34." in words
    assert "Billing: too few, 6 + 12 ratings." in words
    assert "AI alone: 77 % of 30 ratings (59 to 88 %)." in words
    arms = arm(AI, 13, 19), arm(HUMAN, 9, 9)
    many = report(*(topic(f"topic number {number} {'long ' * 60}", *arms) for number in range(9)))
    assert len(report_alt.chart_in_words(many)) <= 1000
    trend = report_alt.trend_in_words(WHOLE)
    assert "16 Nov: 23 of 32, 17 of 22, +2." in trend
    assert "26 Oct: few, 4 of 5, few, 3 of 4." in trend
    assert trend.count(":") == 13 and len(trend) <= 1000


@pytest.mark.parametrize(
    ("first", "last", "title"),
    [
        (date(2026, 11, 16), date(2026, 11, 16), "Daily report, 16 Nov 2026"),
        (date(2026, 11, 16), date(2026, 11, 22), "Weekly report, 16–22 Nov 2026"),
        (date(2026, 11, 1), date(2026, 11, 30), "Monthly report, 1–30 Nov 2026"),
        (date(2026, 11, 16), date(2026, 12, 15), "Report, 16 Nov – 15 Dec 2026"),
        (date(2026, 11, 16), date(2027, 1, 3), "Report, 16 Nov 2026 – 3 Jan 2027"),
    ],
)
def test_the_title_says_which_days(first: date, last: date, title: str) -> None:
    assert report_words.title(samples.report(first=first, last=last)) == title


def test_what_customers_found_stands_in_card_and_words_once_the_ai_answered() -> None:
    said = "31 helpful, 8 not helpful, of 96 AI answers"
    post = report_view.message(FULL)
    assert f"*Customers found* {said}" in texts(post.blocks)
    assert said in post.text
    unresolved = report_view.message(report(feedback=Feedback(answers=2)))
    assert "*Customers found* 0 helpful, 0 not helpful, of 2 AI answers" in texts(unresolved.blocks)
    assert "1 AI answer" in report_words.feedback(report(feedback=Feedback(answers=1, helpful=1)))
    assert not any("Customers found" in text for text in texts(report_view.message(EMPTY).blocks))
