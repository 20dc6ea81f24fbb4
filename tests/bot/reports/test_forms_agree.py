"""One report in all its forms: message, form, terminal, page, picture, its words, CSV and JSON tell the same."""

import csv
import io
import json
import re
from html import unescape

import pytest
from matplotlib.text import Text

from bot import reports
from bot.charts import chart, lettering
from bot.charts.picture import Charts
from bot.reports import page
from bot.views import figures, report_alt, report_details, report_words
from bot.views import report as report_view
from bot.views.ids import ReportRef
from bot.views.report_differences import Difference, differences
from handoff.intervals import Interval, Tally
from handoff.report import Report
from handoff.rounding import points
from storage.kinds import ResolvedBy
from tests.bot.reports.samples import AI, HUMAN, MIXED, arm, report, topic
from tests.bot.views.test_report import EVERY, texts

MANY = report(
    topic("hours", arm(AI, 49_990, 50_000), arm(HUMAN, 24_000, 24_030), arm(MIXED, 1, 400)),
    topic("wax", arm(HUMAN, 4, 5)),
    opened=150_000,
)
JUST_SHOWN = report(topic("hours", arm(AI, 247, 277), arm(HUMAN, 221, 277)), opened=1_108)
NOBODY_CONTENT = report(topic("hours", arm(AI, 0, 20), arm(HUMAN, 9, 9), arm(MIXED, 0, 1)), opened=31)
WEEKS = {**EVERY, "many": MANY, "just shown": JUST_SHOWN, "nobody content": NOBODY_CONTENT}


def flat(words: str) -> str:
    return " ".join(words.split())


def form(week: Report) -> str:
    view = report_details.details(week, ReportRef(first=week.first_day, last=week.last_day))
    return flat(unescape(" ".join(texts(tuple(view["blocks"])))))


def shown_page(week: Report) -> str:
    return flat(unescape(re.sub(r"<[^>]*>", " ", page.to_html(week, Charts()))))


def written_in_picture(week: Report) -> set[str]:
    lettering.prepare()
    figure = chart.draw(week)
    return {each.get_text() for each in figure.findobj(Text)} if figure else set()


def rows(week: Report, scope: str) -> list[dict[str, str]]:
    return [row for row in csv.DictReader(io.StringIO(reports.to_csv(week))) if row["scope"] == scope]


def with_interval(week: Report) -> list[Difference]:
    return [row for row in differences(week) if row.interval]


@pytest.mark.parametrize("week", WEEKS.values(), ids=WEEKS)
def test_the_verdict_is_the_same_sentence_everywhere(week: Report) -> None:
    headline = week.comparison.headline
    assert headline in flat(reports.to_text(week, width=400))
    assert headline in shown_page(week) and headline in form(week)
    assert headline in unescape(texts(report_view.message(week).blocks)[0])
    assert json.loads(reports.to_json(week))["comparison"]["headline"] == headline


@pytest.mark.parametrize("week", WEEKS.values(), ids=WEEKS)
def test_each_difference_is_the_same_in_tables_picture_and_file(week: Report) -> None:
    found = with_interval(week)
    terminal, told = flat(reports.to_text(week, width=400)), shown_page(week)
    drawn, words = written_in_picture(week), report_alt.chart_in_words(week)
    listed = [row for row in rows(week, "difference") if row["difference"]]
    assert len(listed) == len(found)
    for row, cells in zip(found, listed, strict=True):
        assert row.interval
        shown = report_words.bounds(row.interval)
        assert shown in terminal and shown in told and shown in form(week)
        assert not drawn or shown in drawn
        assert shown in words or words.endswith("…")
        low, estimate, high = (
            points(float(cells[name])) for name in ("difference_low", "difference", "difference_high")
        )
        assert f"{estimate} ({low} to {high})" == shown
        assert int(cells["ratings"]) == row.ai.ratings + row.human.ratings


@pytest.mark.parametrize("week", WEEKS.values(), ids=WEEKS)
def test_each_arm_has_the_same_share_everywhere(week: Report) -> None:
    terminal, words = flat(reports.to_text(week, width=400)), report_alt.chart_in_words(week)
    kept = {each["arm"]: each for each in json.loads(reports.to_json(week))["arms"]}
    listed = {row["arm"]: row for row in rows(week, "arm")}
    for who in ResolvedBy:
        numbers, cells, read = week.of(who), listed[who.value], kept[who.value]
        tally = Tally(int(cells["satisfied"]), int(cells["ratings"]))
        assert tally == numbers.tally == Tally(read["satisfied"], read["ratings"])
        if not numbers.ratings:
            continue
        assert figures.satisfied(tally) in terminal
        interval = Interval(**read["interval"])
        assert float(cells["share_low"]) == pytest.approx(interval.low, abs=1e-6)
        if numbers.ratings >= 8:
            assert report_words.share(interval) == figures.share(tally)
            assert f"{figures.percent(interval.estimate)} of {numbers.ratings:,} ratings" in words or words.endswith(
                "…"
            )
