"""The report in a form: every section, other weeks to choose from, and the numbers as a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    MarkdownTextObject,
    Option,
    PlainTextObject,
    StaticSelectElement,
)

from bot.views import block, mrkdwn, report_words
from bot.views import report as report_view
from bot.views.ids import ActionId, CallbackId, ReportRef
from bot.views.post import View, modal
from bot.views.report_sections import sections
from bot.views.section import Section, Table
from handoff.report import Report
from handoff.report_parts import Excerpt, Theme

MOST_BLOCKS = 100
MOST_OPTIONS = 100
OPTION = 75
SECTIONS_OF_A_TABLE = 2
QUESTION, COMMENT, EXAMPLE = 200, 300, 120
EXAMPLES_SHOWN = 3
TITLE = "Report"
WORKING = ":hourglass_flowing_sand: Working… a report on a busy month takes a few seconds."
CUT = "There is more: the CSV and `baton report --format html` have all of it."
SENT = ":white_check_mark: The CSV is in your messages with Baton."
NOTHING_YET = "There is no earlier week: Baton has no conversations from before."


@dataclass(frozen=True, slots=True)
class Choice:
    """A report that can be looked at."""

    ref: ReportRef
    words: str


def working() -> View:
    """What stands there while the report is gathered."""
    return _modal([block.section(WORKING)])


def trouble(why: str, choices: Sequence[Choice] = ()) -> View:
    """Why there is no report to show."""
    return _modal([*_choose(choices), block.section(f":warning: {mrkdwn.escape(why)}")])


def choose(choices: Sequence[Choice]) -> View:
    """Other weeks."""
    return _modal([block.section("Which report?"), *_choose(choices)] if choices else [block.section(NOTHING_YET)])


def details(report: Report, ref: ReportRef, choices: Sequence[Choice] = (), *, sent: bool = False) -> View:
    """All that the report tells; `sent` says that its numbers are on their way to whoever looks at it."""
    title = f"*{mrkdwn.escape(report_words.title(report))}* ({report.time_zone}) · {report_words.counts(report)}"
    top: list[Block] = [
        *_choose(choices),
        HeaderBlock(text=PlainTextObject(text=mrkdwn.clip(report.comparison.headline, report_view.HEADER))),
        _small(title),
        _small(SENT) if sent else ActionsBlock(elements=[_csv(ref)]),
    ]
    parts = [each for section in sections(report) for each in _of_section(section)]
    if len(top) + len(parts) > MOST_BLOCKS:
        parts = [*parts[: MOST_BLOCKS - len(top) - 1], _small(CUT)]
    return _modal([*top, *parts])


def _modal(blocks: Sequence[Block]) -> View:
    return modal(CallbackId.REPORT, TITLE, list(blocks), close="Close")


def _choose(choices: Sequence[Choice]) -> list[Block]:
    options = [
        Option(text=PlainTextObject(text=mrkdwn.clip(choice.words, OPTION)), value=choice.ref.pack())
        for choice in choices[:MOST_OPTIONS]
    ]
    if not options:
        return []
    select = StaticSelectElement(
        action_id=ActionId.CHOOSE_REPORT, placeholder=PlainTextObject(text="Other weeks"), options=options
    )
    return [ActionsBlock(elements=[select])]


def _csv(ref: ReportRef) -> ButtonElement:
    return ButtonElement(text=PlainTextObject(text="Send me the CSV"), action_id=ActionId.REPORT_CSV, value=ref.pack())


def _of_section(section: Section) -> Iterator[Block]:
    yield DividerBlock()
    mark = "• " if len(section.words) > 1 else ""
    words = [f"*{mrkdwn.escape(section.title)}*", *(f"{mark}{mrkdwn.escape(words)}" for words in section.words)]
    yield from _sections("\n".join(words))
    if section.table:
        yield from _table(section.table)
    for excerpt in section.excerpts:
        yield block.section(_excerpt(excerpt))
    for theme in section.themes:
        yield report_view.gap(theme)
        if theme.examples:
            yield _small(_examples(theme))


def _table(table: Table) -> Iterator[Block]:
    """A line for each row, its cells in the order of the headings above: it reads on a phone, as columns do not."""
    headings = " · ".join(mrkdwn.escape(heading) for heading in table.headings[1:])
    yield _small(f"{mrkdwn.escape(table.caption)}: _{headings}_")
    rows = ((mrkdwn.escape(name), " · ".join(map(mrkdwn.escape, cells))) for name, *cells in table.rows)
    yield from _sections("\n".join(f"*{name}*  {cells}" for name, cells in rows), most=SECTIONS_OF_A_TABLE)


def _excerpt(excerpt: Excerpt) -> str:
    asked = mrkdwn.clip(" ".join(excerpt.question.split()), QUESTION)
    where = [mrkdwn.escape(each) for each in (excerpt.topic, report_words.arm_title(excerpt.arm))]
    below = " · ".join(filter(None, [*where, _where_to_read(excerpt)]))
    lines = [f"*{excerpt.score}★* {mrkdwn.escape(asked)}", below]
    if excerpt.comment:
        comment = mrkdwn.clip(" ".join(excerpt.comment.split()), COMMENT)
        lines.insert(1, f"_Comment:_ {mrkdwn.escape(comment)}")
    return "\n".join(lines)


def _where_to_read(excerpt: Excerpt) -> str:
    """A link, or the command that tells the conversation; nothing for one that was erased."""
    if excerpt.link:
        return mrkdwn.link(excerpt.link, "read it")
    shown = f"`baton conversation show {mrkdwn.escape(excerpt.conversation_id)}`"
    return shown if excerpt.conversation_id else ""


def _examples(theme: Theme) -> str:
    shown = (" ".join(example.split()) for example in theme.examples[:EXAMPLES_SHOWN])
    return mrkdwn.escape(" / ".join(f"“{mrkdwn.clip(example, EXAMPLE)}”" for example in shown))


def _sections(text: str, *, most: int = 1) -> Iterator[Block]:
    for piece in mrkdwn.in_sections(text, most=most):
        yield block.section(piece)


def _small(text: str) -> Block:
    return ContextBlock(elements=[MarkdownTextObject(text=mrkdwn.clip(text, 2000))])
