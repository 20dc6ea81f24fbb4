"""What the AI is worth beside its ratings, as sections: how long it takes, what it saves, what is new."""

from collections.abc import Iterator

from bot.views import figures, report_words
from bot.views.section import Section, Table
from handoff.intervals import Interval
from handoff.report import Report
from handoff.report_parts import Clock, Saving, Span

OPEN_COUNTED = (
    "What ended is quicker than what is left lying: behind it stands the median with those still waiting at the end "
    "counted for as long as they had waited (Kaplan–Meier). The difference is of those that ended."
)
SPANS = {Span.FIRST_REPLY: "first reply", Span.RESOLUTION: "resolution"}
CLOCKS = {Clock.ALL: "all hours", Clock.BUSINESS: "desk hours"}


def times(report: Report) -> Iterator[Section]:
    """How long it takes, of those that ended and with those that wait; nothing where nothing was resolved."""
    rows = tuple(
        (
            f"{SPANS[each.span]}, {CLOCKS[each.clock]}",
            _median(each.ai_median, each.ai, each.ai_median_with_open, each.ai_open),
            _median(each.human_median, each.human, each.human_median_with_open, each.human_open),
            _longer(each.difference),
        )
        for each in report.times
        if each.ai or each.human
    )
    if rows:
        headings = ("", "AI alone", "People alone", "AI minus people")
        words = (OPEN_COUNTED,) if any(each.ai_open or each.human_open for each in report.times) else ()
        table = Table("Medians, and the difference (Hodges–Lehmann)", headings, rows)
        yield Section("How long it takes", words, table)


def _median(seconds: float | None, count: int, with_open: float | None, still_open: int) -> str:
    """Of those that ended, and with those that did not: "2 h (of 48); 3 h with 5 open"."""
    words = f"{figures.duration(seconds)} (of {count:,})" if count else figures.NONE
    if not still_open:
        return words
    return f"{words}; {f'{figures.duration(with_open)} with' if with_open is not None else 'and'} {still_open:,} open"


def _longer(found: Interval | None) -> str:
    if found is None:
        return figures.NONE
    return f"{_signed(found.estimate)} ({_signed(found.low)} to {_signed(found.high)})"


def _signed(seconds: float) -> str:
    sign = "\N{MINUS SIGN}" if seconds < 0 else "+"
    return f"{sign}{figures.duration(abs(seconds))}" if round(abs(seconds)) else "0 s"


def saving(report: Report) -> Iterator[Section]:
    """What the AI saves of people's time, and what it costs them; nothing where that was not measured."""
    found = report.saving
    if found is None:
        return
    lost = [
        ("reviews", found.reviews),
        ("approvals in copilot", found.approvals),
        ("corrections", found.corrections),
        ("handed-off conversations that the AI had answered", found.touched),
    ]
    rows = [(name, f"\N{MINUS SIGN}{report_words.minutes(count)}" if round(count) else "0 min") for name, count in lost]
    if found.saved is not None:
        median = report_words.minutes(found.human_median or 0)
        gained = f"+{report_words.minutes(found.saved)}"
        rows.insert(0, (f"{found.answered:,} answered, at people's median of {median}{_measured(found)}", gained))
    if found.net is not None:
        rows.append(("net", report_words.minutes(found.net)))
    table = Table("People's time, from what they did", ("", "time"), tuple(rows))
    words = [f"Net: {report_words.net_saving(found)}."]
    if found.net is not None:
        words.append("Rather too low: all the work on conversations that the AI had answered before is charged to it.")
    yield Section("What it really saves", tuple(words), table)


def _measured(found: Saving) -> str:
    return f" (of {found.measured:,} measured)" if found.measured else ""


def beyond(report: Report) -> Iterator[Section]:
    """What was not possible before; nothing without any."""
    if found := report_words.beyond(report):
        yield Section("Not possible before", (f"AI alone resolved {', '.join(found)}.",))
