"""The report as one page of HTML that needs nothing else: its charts, styles and words are all in it."""

import re
from collections.abc import Iterator, Sequence
from html import escape

from bot.charts.picture import Charts
from bot.reports.page_style import STYLE, THEMED
from bot.views import report_alt, report_words
from bot.views.report_sections import sections
from bot.views.section import Section, Table
from handoff.report import Report
from handoff.report_parts import Excerpt, Theme
from handoff.visible import visible
from handoff.vouched_links import host_of

CONTENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""Whatever slipped into the page, a browser would neither run nor fetch it."""
_PROLOGUE = re.compile(r"^.*?(?=<svg)", re.DOTALL)
_METADATA = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)
_ID = re.compile(r'(\bid="|url\(#|xlink:href="#)')
_SIZE = re.compile(r'(<svg[^>]*?) width="[^"]*"', re.DOTALL)
_HEIGHT = re.compile(r'(<svg[^>]*?) height="[^"]*"', re.DOTALL)


def to_html(report: Report, charts: Charts) -> str:
    """The whole report as a page.

    Args:
        report: the numbers.
        charts: drawn as SVG (`reports.charts(report, "svg")`); a chart that is missing is left out.
    """
    title = report_words.title(report)
    body = "\n".join(_body(report, charts))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{CONTENT_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{_shown(title)}: AI and people compared</title>\n<style>\n{STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _body(report: Report, charts: Charts) -> Iterator[str]:
    kind = f" · {basis}" if (basis := report_words.kind_of_comparison(report)) else ""
    yield "<header>"
    yield f'<p class="days">{_shown(report_words.title(report))} ({_shown(report.time_zone)}){kind}</p>'
    yield f"<h1>{_shown(report.comparison.headline)}</h1>"
    yield f"<p>{_shown(report_words.counts(report))}.</p>"
    yield "</header>"
    if charts.comparison:
        yield _figure(charts.comparison, report_alt.chart_in_words(report), "c")
    if charts.trend:
        yield _figure(charts.trend, report_alt.trend_in_words(report), "t")
    for number, section in enumerate(sections(report)):
        yield from _section(section, f"part-{number}")


def _section(section: Section, anchor: str) -> Iterator[str]:
    yield f'<section aria-labelledby="{anchor}">\n<h2 id="{anchor}">{_shown(section.title)}</h2>'
    if len(section.words) > 1:
        yield "<ul>" + "".join(f"<li>{_shown(words)}</li>" for words in section.words) + "</ul>"
    else:
        yield from (f"<p>{_shown(words)}</p>" for words in section.words)
    if section.table:
        yield _table(section.table)
    yield from map(_excerpt, section.excerpts)
    yield from map(_theme, section.themes)
    yield "</section>"


def _table(table: Table) -> str:
    """A table whose parts say what they are, for on a phone each row is a block of its own, and each cell is named."""
    head = '<th scope="col" role="columnheader">'
    heads = "".join(f"{head}{_shown(heading)}</th>" for heading in table.headings[1:])
    first = f"{head}{_shown(table.headings[0])}</th>" if table.headings[0] else '<td role="cell"></td>'
    rows = "\n".join(_row(name, table.headings[1:], cells) for name, *cells in table.rows)
    return (
        f'<div class="wide" role="region" tabindex="0" aria-label="{_shown(table.caption)}">\n<table role="table">\n'
        f"<caption>{_shown(table.caption)}</caption>\n"
        f'<thead role="rowgroup"><tr role="row">{first}{heads}</tr></thead>\n'
        f'<tbody role="rowgroup">\n{rows}\n</tbody>\n</table>\n</div>'
    )


def _row(name: str, headings: Sequence[str], cells: Sequence[str]) -> str:
    shown = "".join(
        f'<td role="cell" data-of="{_shown(heading)}"><span>{_shown(cell)}</span></td>'
        for heading, cell in zip(headings, cells, strict=True)
    )
    return f'<tr role="row"><th scope="row" role="rowheader">{_shown(name)}</th>{shown}</tr>'


def _excerpt(excerpt: Excerpt) -> str:
    where = [_shown(each) for each in (excerpt.topic, report_words.arm_title(excerpt.arm))]
    below = " · ".join(filter(None, [*where, _where_to_read(excerpt)]))
    comment = f"<p>Comment: <q>{_shown(excerpt.comment)}</q></p>" if excerpt.comment else ""
    return (
        f'<article>\n<p><span class="score" aria-label="{excerpt.score} of 5">{excerpt.score}★</span> '
        f"<q>{_shown(excerpt.question)}</q></p>\n{comment}"
        f'<p class="where">{below}</p>\n</article>'
    )


def _where_to_read(excerpt: Excerpt) -> str:
    if host_of(excerpt.link):
        return f'<a href="{escape(excerpt.link)}" rel="noreferrer">read it in Slack</a>'
    shown = f"<code>baton conversation show {_shown(excerpt.conversation_id)}</code>"
    return shown if excerpt.conversation_id else ""


def _theme(theme: Theme) -> str:
    examples = "".join(f"<li><q>{_shown(example)}</q></li>" for example in theme.examples)
    listed = f"<ul>{examples}</ul>" if examples else ""
    counted = f"<p>{_shown(report_words.theme_counts(theme))}</p>"
    return f"<article>\n<h3>{_shown(theme.name)}</h3>\n{counted}\n{listed}</article>"


def _figure(svg: bytes, words: str, prefix: str) -> str:
    """The chart in the page's own colours, its ids kept apart from those of others, and its numbers in words."""
    drawing = _METADATA.sub("", _PROLOGUE.sub("", svg.decode()))
    drawing = _ID.sub(lambda found: f"{found[1]}{prefix}-", drawing)
    drawing = _HEIGHT.sub(r"\1", _SIZE.sub(r"\1", drawing, count=1), count=1)
    for colour, variable in THEMED.items():
        drawing = re.sub(re.escape(colour), f"var(--{variable})", drawing, flags=re.IGNORECASE)
    named = drawing.replace("<svg", f'<svg role="img" aria-label="{_shown(words)}"', 1)
    return f'<figure tabindex="0">\n{named}\n</figure>'


def _shown(text: str) -> str:
    return escape(visible(text))
