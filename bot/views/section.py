"""A part of a report, as the form, the page and the terminal show it alike."""

from dataclasses import dataclass

from handoff.report_parts import Excerpt, Theme

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; the first cell of a row names it."""

    caption: str
    headings: Row
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the report: sentences, a table, conversations or themes; none of it is escaped."""

    title: str
    words: tuple[str, ...] = ()
    table: Table | None = None
    excerpts: tuple[Excerpt, ...] = ()
    themes: tuple[Theme, ...] = ()
