"""The report as a page: one file, everything escaped, readable in light and dark, by eye and by ear."""

import re
from base64 import b64decode
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from bot import reports
from bot.charts import chart, drawing, trend_chart
from bot.charts.picture import Charts, Order
from bot.reports import page, page_style
from bot.views import report_sections
from handoff.report import Report
from tests.bot.charts.test_chart import contrast
from tests.bot.reports.samples import EMPTY, NASTY, WHOLE
from tests.bot.views.test_report import EVERY


def charts(week: Report) -> Charts:
    drawn = drawing.draw(Order(report=week, form="svg"))
    return Charts(b64decode(drawn.comparison) or None, b64decode(drawn.trend) or None)


class Page(HTMLParser):
    """What a browser would make of the page: its elements, and those that are never closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta",):
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.mark.parametrize("week", EVERY.values(), ids=EVERY)
def test_every_report_is_a_well_formed_page_that_fetches_and_runs_nothing(week: Report) -> None:
    shown = Page(reports.to_html(week, Charts()))
    assert shown.all("script") == shown.all("img") == shown.all("link") == shown.all("iframe") == []
    assert len(shown.all("h1")) == 1
    for _, attributes in shown.elements:
        assert not any(name.startswith("on") for name in attributes)


def test_the_page_has_every_section_with_its_table_and_its_caption() -> None:
    text = reports.to_html(WHOLE, Charts())
    shown = Page(text)
    sections = report_sections.sections(WHOLE)
    assert len(shown.all("h2")) == len(sections)
    assert (
        len(shown.all("caption")) == len(shown.all("table")) == sum(section.table is not None for section in sections)
    )
    for section in sections:
        assert section.title in shown.words
    assert "It told me the same thing twice." in text
    assert "Do you ship to Norway?" in text


def test_what_others_wrote_cannot_act_on_the_page() -> None:
    text = reports.to_html(NASTY, charts(NASTY))
    shown = Page(text)
    assert "<script" not in text and "javascript:" not in text and "\u202e" not in text
    assert all((link["href"] or "").startswith("https://northpeak.slack.com/") for link in shown.all("a"))
    assert "default-src 'none'" in text


def test_the_charts_stand_in_the_page_with_their_numbers_in_words_and_ids_of_their_own() -> None:
    shown = Page(reports.to_html(WHOLE, charts(WHOLE)))
    comparison, trend = shown.all("svg")
    assert comparison["role"] == trend["role"] == "img"
    assert "raw, this\u00a0time: +6 (−17 to +29)" in (comparison["aria-label"] or "")
    assert "16 Nov: 23 of 32" in (trend["aria-label"] or "")
    ids = [attributes["id"] for _, attributes in shown.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert "height" not in comparison and "viewbox" in comparison


def test_what_a_chart_refers_to_is_in_the_page() -> None:
    text = reports.to_html(WHOLE, charts(WHOLE))
    there = set(re.findall(r'\bid="([^"]+)"', text))
    wanted = set(re.findall(r'(?:xlink:href="#|url\(#)([^")]+)', text))
    assert wanted and wanted <= there
    for svg in re.findall(r"<svg.*?</svg>", text, flags=re.DOTALL):
        ElementTree.fromstring(svg)


def test_every_colour_of_the_charts_changes_with_the_page() -> None:
    drawn = {chart.INK, chart.FAINT, chart.GRID, chart.PAPER, trend_chart.ADJUSTED, *chart.COLOURS.values()}
    drawn |= {kind[0] for kind in chart.KINDS.values()}
    assert {colour.casefold() for colour in drawn} == set(page_style.THEMED)
    text = reports.to_html(WHOLE, charts(WHOLE))
    (svg, _) = re.findall(r"<svg.*?</svg>", text, flags=re.DOTALL)
    assert not re.findall(r"#[0-9a-f]{6}\b", svg, flags=re.IGNORECASE)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_letters_and_marks_stand_out_in_either_scheme(scheme: str) -> None:
    light, dark = page_style.STYLE.split("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", light))
    if scheme == "dark":
        found |= dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", dark.split("@media")[0]))
    for name in ("ink", "faint", "link"):
        assert contrast(found[name], found["paper"]) >= 4.5
        assert contrast(found[name], found["band"]) >= 4.5
    for name in ("ai", "human", "mixed", "raw", "since"):
        assert contrast(found[name], found["paper"]) >= 3


def test_the_style_is_made_of_letters_that_can_be_read() -> None:
    assert page_style.STYLE.replace("\n", " ").isprintable()
    assert "sideways →" in page_style.STYLE


def test_an_empty_report_is_a_page_that_says_so() -> None:
    shown = Page(page.to_html(EMPTY, charts(EMPTY)))
    assert "Nothing was resolved in this time, so there is nothing to compare." in shown.words
    assert shown.all("svg") == []
