"""The managers' message: the verdict first, then the arms side by side, what it saved, and what to do next."""

from collections import Counter
from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ContextBlock,
    HeaderBlock,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)

from bot.views import block, figures, mrkdwn, report_words, themes
from bot.views.ids import ActionId, ReportRef
from bot.views.post import Post
from bot.views.report_lines import TEXT_WIDTH, lines
from handoff.report import ARM_TITLES, ArmNumbers, Report
from handoff.report_parts import Excerpt, Theme
from storage.kinds import ResolvedBy, ThemeState

HEADER = 150
"""The most characters of a header."""
MOST_LINES = 12
"""Of the message on a wide screen."""
NOTE, NOTE_LINES, LINE = 285, 2, 145
"""Characters of what a reader must keep in mind: two lines, or one where there is no room."""
FIELD = 66
"""Characters of a line in one of two columns."""
GAPS_SHOWN = 3
BUTTONS = (
    ("Details", ActionId.REPORT_DETAILS),
    ("CSV", ActionId.REPORT_CSV),
    ("Other weeks", ActionId.OTHER_REPORTS),
)
SHORTENED = " …"
"""There are more notes, in Details."""


def message(report: Report, kept_id: str = "") -> Post:
    """The report as a message of at most 12 lines on a wide screen; `kept_id` is under which it is kept."""
    top: list[Block] = [
        HeaderBlock(text=PlainTextObject(text=mrkdwn.clip(report.comparison.headline, HEADER))),
        _small(_when_and_how_many(report)),
    ]
    if columns := [*_columns(report), *_single_lines(report)]:
        top.append(SectionBlock(fields=[MarkdownTextObject(text=text) for text in columns]))
    bottom = _buttons(report, kept_id)
    noted = bool(report.comparison.notes)
    top += _gained(report, MOST_LINES - lines([*top, *bottom]) - noted)
    room = MOST_LINES - lines([*top, *bottom])
    notes = _notes(report, room)
    return Post.of(_plain(report), [*top, *_gaps(report, room - lines(notes)), *notes, *bottom])


def ref(report: Report, kept_id: str = "") -> ReportRef:
    """What a button carries of the report that it stands under."""
    return ReportRef(kept_id=kept_id, first=report.first_day, last=report.last_day)


def file_name(report: Report, ending: str) -> str:
    """How a file with the report is called: baton-2026-11-16-2026-11-22.csv."""
    return f"baton-{report.first_day}-{report.last_day}.{ending}"


def _small(text: str) -> ContextBlock:
    return ContextBlock(elements=[MarkdownTextObject(text=text)])


def _when_and_how_many(report: Report) -> str:
    kind = f" · {basis}" if (basis := report_words.kind_of_comparison(report)) else ""
    simulated = ""
    if report.simulated_most:
        simulated = f" · {report.simulated_most:,} simulated"
    elif report.simulated_behind:
        simulated = f" · looks back on {report.simulated_behind:,} simulated"
    return f"*{report_words.title(report)}* ({report.time_zone}){kind} · {report_words.counts(report)}{simulated}"


def _columns(report: Report) -> list[str]:
    """The compared arms, three lines each."""
    return [_column(report, report.of(arm)) for arm in report_words.COMPARED] if report.resolved else []


def _column(report: Report, arm: ArmNumbers) -> str:
    heading = f"*{ARM_TITLES[arm.arm]}* · {arm.resolved:,} resolved"
    if back := [f"{count:,} {words}" for count, words in _not_settled(arm) if count]:
        heading += f", {', '.join(back)}"
    if not arm.resolved and not arm.taken_back:
        return heading
    return "\n".join([heading, _satisfied(arm), _of_all(report, arm)])


def _of_all(report: Report, arm: ArmNumbers) -> str:
    said, whole = report_words.rates(report, arm) or (0.0, 0.0)
    by_whom = "confirmed" if arm.arm is ResolvedBy.AI else "closed by agents"
    ended = f"of all {report_words.ended(report):,} ended"
    return f"{ended}: {figures.percent(said)} {by_whom}, {figures.percent(whole)} with silence"


def _not_settled(arm: ArmNumbers) -> list[tuple[int, str]]:
    return [(arm.taken_back, "taken back"), (arm.not_final, "not final")]


def _satisfied(arm: ArmNumbers) -> str:
    """The share is of all ratings; those of resolutions that were surveyed again since are not of those asked."""
    rated = f"{arm.answered:,} of {arm.asked:,} rated" if arm.asked else "nobody was asked"
    share = figures.share(arm.tally) if arm.ratings == arm.answered else figures.satisfied(arm.tally)
    return f"*{share}* satisfied, {rated}" if arm.ratings else f"no ratings, {rated}"


def _single_lines(report: Report) -> Iterator[str]:
    """What takes one line of a column: the mixed arm, right replies, the holdout, topics, what to read."""
    by_lot = report_words.by_lot(report)
    mixed = report.of(ResolvedBy.AI_THEN_HUMAN)
    if mixed.resolved and not by_lot:  # else the chart alone shows it, for the holdout takes its place
        yield f"*{ARM_TITLES[mixed.arm]}* · {mixed.resolved:,} resolved, {figures.satisfied(mixed.tally)} satisfied"
    if report.right:
        yield f"*Right replies* {report_words.right(report.right, report.time_zone)}"
    elif said := report_words.feedback(report):
        yield f"*Customers found* {said}"
    if by_lot:
        yield f"*By lot* offered to AI minus not: {by_lot}"
    if report.moves:
        yield f"*Topics* {_moves(report)}"
    if report.best or report.worst:
        yield f"*To read* {' · '.join(_to_read(report))}"


def _moves(report: Report) -> str:
    """By name while they stand in one line, else counted."""
    named = " · ".join(report_words.move(each) for each in report.moves)
    if len(named) <= FIELD - len("Topics "):
        return mrkdwn.escape(named)
    counts = Counter(each.change for each in report.moves)
    return " · ".join(f"{counts[change]} {words}" for change, words in report_words.WENT.items() if counts[change])


def _to_read(report: Report) -> Iterator[str]:
    for name, found in (("best", report.best), ("worst", report.worst)):
        if found:
            yield f"{name} {' '.join(_star(each) for each in found)}"


def _star(excerpt: Excerpt) -> str:
    return mrkdwn.link(excerpt.link, f"{excerpt.score}★")


def _gained(report: Report, room: int) -> list[Block]:
    """What it saved and what is new; of the latter as much as stands in so many lines, and one thing at the least."""
    saved = [f"*Net saving* {report_words.net_saving(report.saving)}"] if report.saving else []
    new = report_words.beyond(report)
    for count in range(len(new), 0, -1):
        shown = block.section(" · ".join([*saved, f"*Not possible before* {', '.join(new[:count])}"]))
        if count == 1 or lines([shown]) <= room:
            return [shown]
    return [block.section(words) for words in saved]


def _gaps(report: Report, room: int) -> list[Block]:
    """The largest open themes, as many as there is room for, each with its button; then those that are settled."""
    shown = sorted(report.themes, key=lambda theme: theme.state == ThemeState.SETTLED)
    return [gap(theme, named=True) for theme in shown[: max(0, min(room, GAPS_SHOWN))]]


def gap(theme: Theme, *, named: bool = False) -> Block:
    """One theme of questions that were asked in vain, with the button that drafts an article for it."""
    closed = theme.state == ThemeState.SETTLED
    what = ("*Knowledge gap closed* " if closed else "*Knowledge gap* ") if named else ""
    counts = report_words.theme_counts(theme)
    # One line, as it is counted above: what does not fit into it is cut from the name.
    longest = min(FIELD, TEXT_WIDTH - len(f"{what.replace('*', '')}: {counts}")) if named else FIELD
    text = MarkdownTextObject(text=f"{what}{mrkdwn.escape(mrkdwn.clip(theme.name, longest))}: {counts}")
    if closed:
        return SectionBlock(text=text)
    drafted = theme.state == ThemeState.DRAFTED
    return SectionBlock(text=text, accessory=themes.draft_button(theme.key, theme.name, drafted=drafted))


def _notes(report: Report, room: int) -> list[Block]:
    """The weightiest, and what more fits into its lines; the form has them all.

    Where no theme waits for the room below, the notes may take a second line.
    """
    every = report.comparison.notes
    if not every:
        return []
    most = LINE if room <= NOTE_LINES else NOTE
    limit = LINE if report.themes and len(every[0]) <= LINE else most
    kept = [every[0]]
    for note in every[1:]:
        if len(" ".join([*kept, note])) > limit:
            break
        kept.append(note)
    whole = " ".join(kept)
    more = SHORTENED if len(kept) < len(every) and len(whole) <= most else ""
    return [_small(mrkdwn.escape(mrkdwn.clip(whole, most)) + more)]


def _buttons(report: Report, kept_id: str) -> list[Block]:
    value = ref(report, kept_id).pack()
    anything = report.opened or report.resolved
    shown = BUTTONS if anything else BUTTONS[-1:]
    days = figures.day_range(report.first_day, report.last_day)
    about = {ActionId.REPORT_DETAILS: days, ActionId.REPORT_CSV: days}
    return [ActionsBlock(elements=[block.button(name, id_, value, about=about.get(id_, "")) for name, id_ in shown])]


def _plain(report: Report) -> str:
    arms = [
        f"{ARM_TITLES[arm.arm]}: {arm.resolved:,} resolved, satisfied {figures.satisfied(arm.tally)}"
        for arm in report.arms
        if arm.resolved
    ]
    said: Sequence[str] = [words for words in (report_words.feedback(report), report_words.simulated(report)) if words]
    return ". ".join([report_words.title(report), report.comparison.headline.rstrip("."), *arms, *said]) + "."
