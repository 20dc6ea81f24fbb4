"""The report as text, CSV and JSON."""

import csv
import io
import json

from bot import reports
from handoff.report import Report
from tests.bot.reports.samples import EMPTY, FULL, ONE_ARM


def test_the_terminal_reads_the_verdict_before_the_tables() -> None:
    text = reports.to_text(FULL)
    lines = text.splitlines()
    assert lines[:2] == ["Weekly report, 16–22 Nov 2026 (Europe/Berlin)", FULL.comparison.headline]
    assert "│ satisfied (rated 4-5) │ 77 % (59–88)" in text
    assert "│ Warranty & repairs <abroad>" in text
    assert "│ AI was unsure" in text
    assert lines[-1] == "Includes 12 simulated conversations."
    assert max(len(line) for line in lines if line[:1] in "│┃┏") <= 100


def test_an_empty_week_has_no_tables() -> None:
    assert reports.to_text(EMPTY).splitlines() == [
        "Weekly report, 16–22 Nov 2026 (Europe/Berlin)",
        "Nothing was resolved in this time, so there is nothing to compare.",
        "0 opened, 0 resolved",
    ]


def test_the_csv_has_a_row_for_each_arm_and_each_arm_of_a_topic() -> None:
    rows = list(csv.DictReader(io.StringIO(reports.to_csv(FULL))))
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


def test_the_csv_of_an_empty_arm_leaves_unknown_numbers_empty() -> None:
    human = list(csv.DictReader(io.StringIO(reports.to_csv(ONE_ARM))))[2]
    assert (human["resolved"], human["share"], human["response_rate"], human["resolution_seconds"]) == ("0", "", "", "")


def test_the_json_has_the_keys_its_schema_names() -> None:
    schema = Report.model_json_schema(mode="serialization")
    written = json.loads(reports.to_json(FULL))
    assert set(written) == set(schema["properties"])
    assert set(written["arms"][0]) == set(schema["$defs"]["ArmNumbers"]["properties"])
    assert written["comparison"]["headline"] == FULL.comparison.headline
    assert written["arms"][0]["interval"]["low"] < written["arms"][0]["interval"]["estimate"]
    assert (written["first_day"], written["last_day"]) == ("2026-11-16", "2026-11-22")
