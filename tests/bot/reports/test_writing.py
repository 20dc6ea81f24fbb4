"""The report as text, CSV and JSON."""

import csv
import io
import json
from collections import Counter
from datetime import UTC, date, datetime

import pytest

from bot import reports
from bot.reports import sheet
from bot.views import report_sections
from handoff.intervals import Tally
from handoff.report import Report
from handoff.report_parts import LotMonth, PolicySide, Saving
from tests.bot.reports.samples import EMPTY, FULL, HOSTILE, NASTY, ONE_ARM, WHOLE
from tests.bot.views.test_report import EVERY


def rows_of(report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(reports.to_csv(report))))


def test_the_terminal_reads_the_verdict_before_the_tables() -> None:
    lines = reports.to_text(FULL).splitlines()
    assert lines[:3] == [
        "Weekly report, 16–22 Nov 2026 (Europe/Berlin), adjusted, observational",
        FULL.comparison.headline,
        "140 opened, 130 resolved, 10 still open",
    ]
    assert any(line.startswith("│ satisfied (rated 4–5)") and "77 % of 30 (59–88)" in line for line in lines)
    assert any(line.startswith("│ Warranty & repairs <abroad>") for line in lines)
    assert any(line.startswith("│ AI was unsure") for line in lines)
    assert "12 conversations are simulated." in lines


@pytest.mark.parametrize("week", EVERY.values(), ids=EVERY)
def test_no_line_is_wider_than_the_terminal(week: Report) -> None:
    lines = reports.to_text(week).splitlines()
    assert max(len(line) for line in lines if "https://" not in line) <= 100
    assert max(len(line) for line in reports.to_text(week, width=72).splitlines() if "https://" not in line) <= 72


def test_the_terminal_shows_every_section() -> None:
    text = reports.to_text(WHOLE)
    for section in report_sections.sections(WHOLE):
        assert f"\n{section.title.upper()}\n" in text
    for part in ("Do you ship to Norway?", "It told me the same thing twice.", "p1764000000000004", "−2 h 20 min"):
        assert part in text


def test_an_empty_week_has_no_tables() -> None:
    assert reports.to_text(EMPTY).splitlines() == [
        "Weekly report, 16–22 Nov 2026 (Europe/Berlin)",
        "Nothing was resolved in this time, so there is nothing to compare.",
        "0 opened, 0 resolved",
    ]


def test_nothing_in_the_terminal_can_turn_its_letters_around() -> None:
    assert "\u202e" in HOSTILE and "\u202e" not in reports.to_text(NASTY)


def test_the_csv_has_a_row_for_each_arm_and_each_arm_of_a_topic() -> None:
    rows = [row for row in rows_of(FULL) if row["scope"] in ("arm", "topic")]
    assert [(row["scope"], row["topic"], row["arm"]) for row in rows] == [
        ("arm", "", "ai"),
        ("arm", "", "ai_then_human"),
        ("arm", "", "human"),
        ("topic", "returns", "ai"),
        ("topic", "returns", "human"),
        ("topic", "returns", "ai_then_human"),
        ("topic", "billing", "ai"),
        ("topic", "billing", "human"),
        ("topic", "billing", "ai_then_human"),
        ("topic", "warranty", "human"),
    ]
    assert (rows[0]["ratings"], rows[0]["satisfied"], rows[0]["share"]) == ("30", "23", "0.766667")
    assert (rows[0]["share_low"], rows[0]["first_reply_seconds"]) == ("0.590717", "9.0")


def test_the_csv_has_every_number_of_the_report() -> None:
    rows = rows_of(WHOLE)
    assert Counter(row["scope"] for row in rows) == {
        "simulated": 1,
        "arm": 3,
        "topic": 7,
        "difference": 6,
        "check": 4,
        "policy": 7,
        "estimate": 8,
        "time": 12,
        "saving": len(Saving.model_fields),
        "beyond": 3,
        "feedback": 3,
        "handoff": 5,
        "not asked": 4,
        "move": 3,
        "theme": 6,
        "week": 34,
    }
    ai = rows[0]
    assert (ai["taken_back"], ai["not_final"], ai["rate_confirmed"], ai["rate_with_silence"]) == (
        "3",
        "4",
        "0.107914",
        "0.431655",
    )
    (net,) = [row for row in rows if (row["scope"], row["measure"]) == ("saving", "net")]
    assert (net["value"], net["unit"]) == ("420.0", "minutes")
    (since,) = [row for row in rows if row["measure"] == "since"]
    assert float(since["difference_low"]) < float(since["difference"]) < float(since["difference_high"])
    assert since["title"] == "adjusted, since 3 Aug 2026"


def test_every_range_in_the_csv_has_the_number_that_it_rests_on() -> None:
    assert WHOLE.right is not None
    told = {"waiting": 9, "unread": 2, "until": datetime(2026, 11, 19, 13, 5, tzinfo=UTC)}
    side = PolicySide(conversations=40, resolved=40, asked=40, answered=40, tally=Tally(30, 40))
    months = (
        LotMonth(first_day=date(2026, 8, 3), offered=side, straight=side),
        LotMonth(first_day=date(2026, 9, 1), offered=side, straight=PolicySide()),
    )
    times = [each.model_copy(update={"human_open": 5, "human_median_with_open": 9000.0}) for each in WHOLE.times]
    changed = {"right": WHOLE.right.model_copy(update=told), "by_lot": months, "times": tuple(times)}
    rows = {(row["measure"], row["arm"]): row for row in rows_of(WHOLE.model_copy(update=changed))}
    values = {name: row["value"] for (name, _), row in rows.items()}
    assert (values["right replies, looked at"], values["right replies, of all"]) == ("61", "412")
    assert (values["right replies, drawn and not read"], values["right replies, of them in its time"]) == ("9", "2")
    assert values["right replies, until"] == "2026-11-19T13:05:00+00:00"
    assert (
        rows["satisfied, offered minus straight, since the first lot", ""]["ratings"] == "80"
    )  # September has one side
    assert rows["satisfied, offered minus straight", ""]["ratings"] == "38"
    assert rows["resolution, all, with those open", "human"]["value"] == "9000.0"
    assert rows["resolution, all, open", "human"]["value"] == "5"
    assert ("resolution, all, open", "ai") not in rows


def test_a_spreadsheet_runs_nothing_that_somebody_wrote() -> None:
    formula = WHOLE.themes[0].model_copy(update={"name": '=HYPERLINK("https://evil.example","x")'})
    rows = rows_of(WHOLE.model_copy(update={"themes": (formula,)}))
    titles = [row["title"] for row in rows if row["scope"] == "theme"]
    assert titles == ['\'=HYPERLINK("https://evil.example","x")'] * 2
    for row in rows_of(NASTY):
        assert not any(value.startswith(("=", "@", "\t")) for value in row.values())


def test_the_file_steers_no_terminal_and_hides_no_formula() -> None:
    hidden = WHOLE.themes[0].model_copy(update={"name": " \u200b=1+1\x1b[31m \u202egnp"})
    text = reports.to_csv(WHOLE.model_copy(update={"themes": (hidden,)}))
    assert "' =1+1[31m gnp" in text
    assert not set(text) & {"\x1b", "\u200b", "\u202e"}


def test_negative_numbers_stay_numbers() -> None:
    rows = rows_of(WHOLE)
    assert any(row["difference_low"].startswith("-0.") for row in rows)
    assert set(rows[0]) == set(sheet.COLUMNS)


def test_the_csv_of_an_empty_arm_leaves_unknown_numbers_empty() -> None:
    human = rows_of(ONE_ARM)[2]
    assert (human["resolved"], human["share"], human["response_rate"], human["resolution_seconds"]) == ("0", "", "", "")


def test_the_json_has_the_keys_its_schema_names() -> None:
    schema = Report.model_json_schema(mode="serialization")
    written = json.loads(reports.to_json(FULL))
    assert set(written) == set(schema["properties"])
    assert set(written["arms"][0]) == set(schema["$defs"]["ArmNumbers"]["properties"])
    assert written["comparison"]["headline"] == FULL.comparison.headline
    assert written["arms"][0]["interval"]["low"] < written["arms"][0]["interval"]["estimate"]
    assert (written["first_day"], written["last_day"]) == ("2026-11-16", "2026-11-22")
