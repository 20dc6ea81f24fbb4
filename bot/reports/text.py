"""The report for the terminal: every section, its words broken into lines and its tables drawn."""

import io
import textwrap
from collections.abc import Iterator

from bot.views import report_words
from bot.views.report_sections import sections
from bot.views.section import Section, Table
from handoff.report import Report
from handoff.report_parts import Excerpt, Theme
from handoff.visible import visible

WIDTH = 100


def to_text(report: Report, *, width: int = WIDTH) -> str:
    """The report as plain text with tables, at most `width` characters wide."""
    kind = f", {basis}" if (basis := report_words.kind_of_comparison(report)) else ""
    head = [
        f"{report_words.title(report)} ({report.time_zone}){kind}",
        *_wrapped(report.comparison.headline, width),
        report_words.counts(report),
    ]
    parts = ["\n".join(_section(section, width)) for section in sections(report)]
    return "\n\n".join(["\n".join(head), *parts]) + "\n"


def _section(section: Section, width: int) -> Iterator[str]:
    yield section.title.upper()
    for words in section.words:
        yield from _wrapped(words, width)
    if section.table:
        yield _table(section.table, width)
    for excerpt in section.excerpts:
        yield from _excerpt(excerpt, width)
    for theme in section.themes:
        yield from _theme(theme, width)


def _wrapped(words: str, width: int, *, indent: str = "") -> list[str]:
    return textwrap.wrap(visible(words), width, initial_indent=indent, subsequent_indent=indent or "  ")


def _excerpt(excerpt: Excerpt, width: int) -> Iterator[str]:
    where = filter(None, [excerpt.topic, report_words.arm_title(excerpt.arm), excerpt.link or excerpt.conversation_id])
    yield from _wrapped(f"{excerpt.score} of 5: {excerpt.question}", width)
    if excerpt.comment:
        yield from _wrapped(f"Comment: {excerpt.comment}", width, indent="  ")
    yield from _wrapped(" · ".join(where), width, indent="  ")


def _theme(theme: Theme, width: int) -> Iterator[str]:
    yield from _wrapped(f"{theme.name}: {report_words.theme_counts(theme)}", width)
    for example in theme.examples:
        yield from _wrapped(f"- {example}", width, indent="  ")


def _table(table: Table, width: int) -> str:
    from rich.console import Console  # noqa: PLC0415 - for the command line only
    from rich.table import Table as Drawn  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    drawn = Drawn()
    for number, heading in enumerate(table.headings):
        drawn.add_column(Text(visible(heading)), justify="right" if number else "left")
    for row in table.rows:
        drawn.add_row(*(Text(visible(cell)) for cell in row))
    page = io.StringIO()
    Console(file=page, width=width, color_system=None, force_terminal=False).print(drawn)
    return page.getvalue().rstrip("\n")


def to_json(report: Report) -> str:
    """The report as JSON; its keys are those of `Report.model_json_schema(mode="serialization")`."""
    return report.model_dump_json(indent=2)
