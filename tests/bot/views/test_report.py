"""The managers' message: the verdict first, short, and within Slack's limits."""

from datetime import date

import pytest

from bot.views import report as report_view
from handoff.report import Feedback, ReasonCount
from tests.bot.reports import samples
from tests.bot.reports.samples import AI, EMPTY, FULL, HUMAN, ONE_ARM, arm, report, topic


def texts(blocks: tuple[dict[str, object], ...]) -> list[str]:
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


def test_the_headline_is_the_verdict() -> None:
    post = report_view.message(FULL)
    assert post.blocks[0]["type"] == "header"
    assert texts(post.blocks)[0] == FULL.comparison.headline
    assert FULL.comparison.headline.rstrip(".") in post.text


def test_the_message_has_at_most_twelve_lines_where_fields_stand_in_two_columns() -> None:
    lines = 0
    for block in report_view.message(FULL).blocks:
        if "fields" in block:
            rows = [field["text"].count("\n") + 1 for field in block["fields"]]
            lines += sum(max(rows[index : index + 2]) for index in range(0, len(rows), 2))
        else:
            lines += sum(text.count("\n") + 1 for text in texts((block,)))
    assert lines <= 12


def test_ai_and_people_stand_beside_each_other() -> None:
    (section,) = [block for block in report_view.message(FULL).blocks if "fields" in block]
    ai, human, mixed, said = (field["text"] for field in section["fields"])
    assert ai == (
        "*AI alone* · 60 resolved, 15 confirmed\n"
        "*77 % (59–88)* satisfied, 30 of 60 rated\n"
        "reply 9 s · solved 1 h 07 min"
    )
    assert human.startswith("*People alone* · 48 resolved")
    assert mixed.startswith("*AI, then a person* · 22 resolved")
    assert said == "*Found by customers*\n31 helpful, 8 not helpful, of 96 AI answers"


def test_the_days_are_those_of_the_team() -> None:
    assert "*Weekly report, 16–22 Nov 2026* (Europe/Berlin) · 140 opened, 130 resolved, 10 still open" in texts(
        report_view.message(FULL).blocks
    )


def test_the_commonest_reasons_are_named_and_the_rest_counted() -> None:
    assert (
        "*Handed to people 25 times:* AI was unsure 9 · asked for a person 7 · frustrated 4 · "
        "nothing found in the knowledge 3 · other 2"
    ) in texts(report_view.message(FULL).blocks)


def test_simulated_conversations_are_said_to_be_in_it() -> None:
    assert any("Includes 12 simulated conversations" in text for text in texts(report_view.message(FULL).blocks))
    assert not any("simulated" in text for text in texts(report_view.message(ONE_ARM).blocks))


def test_few_ratings_are_counts_without_an_interval() -> None:
    post = report_view.message(report(topic("returns", arm(AI, 5, 7), arm(HUMAN, 3, 4))))
    assert any("*5 of 7* satisfied, 7 of 14 rated" in text for text in texts(post.blocks))
    assert texts(post.blocks)[0].startswith("Too few ratings for a verdict: 7 of AI alone and 4 of people")


def test_an_empty_week_is_two_plain_lines() -> None:
    post = report_view.message(EMPTY)
    assert texts(post.blocks) == [
        "Nothing was resolved in this time, so there is nothing to compare.",
        "*Weekly report, 16–22 Nov 2026* (Europe/Berlin) · 0 opened, 0 resolved",
    ]


def test_an_arm_that_resolved_nothing_takes_one_line() -> None:
    assert "*People alone* · 0 resolved" in texts(report_view.message(ONE_ARM).blocks)


def test_nothing_in_the_message_can_call_a_channel() -> None:
    post = report_view.message(report(reasons=(ReasonCount(reason="<!channel>", handoffs=1),), opened=1))
    assert any("&lt;!channel&gt; 1" in text for text in texts(post.blocks))
    assert not any("<!" in text for text in texts(post.blocks))


def test_the_picture_is_told_in_words_and_within_slacks_limit() -> None:
    words = report_view.chart_in_words(FULL)
    assert "AI alone: 77 % of 30 ratings (59 to 88 %)." in words
    assert "Billing: AI alone 50 % of 6 ratings (19 to 81 %); People alone 58 % of 12 ratings (32 to 81 %)." in words
    many = report(*(topic(f"topic {number} {'long ' * 60}", arm(AI, 3, 9)) for number in range(9)))
    assert len(report_view.chart_in_words(many)) <= 1000


@pytest.mark.parametrize(
    ("last", "title"),
    [
        (date(2026, 11, 16), "Daily report, 16 Nov 2026"),
        (date(2026, 11, 22), "Weekly report, 16–22 Nov 2026"),
        (date(2026, 12, 15), "Report, 16 Nov – 15 Dec 2026"),
        (date(2027, 1, 3), "Report, 16 Nov 2026 – 3 Jan 2027"),
    ],
)
def test_the_title_says_which_days(last: date, title: str) -> None:
    assert report_view.title(samples.report(last=last)) == title


def test_what_customers_found_stands_in_card_and_words_once_the_ai_answered() -> None:
    said = "31 helpful, 8 not helpful, of 96 AI answers"
    post = report_view.message(FULL)
    assert f"*Found by customers*\n{said}" in texts(post.blocks)
    assert said in post.text
    unresolved = report_view.message(report(feedback=Feedback(answers=2)))
    assert "*Found by customers*\n0 helpful, 0 not helpful, of 2 AI answers" in texts(unresolved.blocks)
    assert "1 AI answer" in report_view.feedback(report(feedback=Feedback(answers=1, helpful=1)))
    assert not any("Found by customers" in text for text in texts(report_view.message(EMPTY).blocks))
