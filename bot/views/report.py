"""The managers' report: the verdict first, then the arms side by side, then what to keep in mind."""

from slack_sdk.models.blocks import Block, ContextBlock, HeaderBlock, MarkdownTextObject, PlainTextObject, SectionBlock

from bot.views import figures, mrkdwn
from bot.views.post import Post
from handoff.compared import Verdict
from handoff.report import ARM_TITLES, ArmNumbers, Report, Satisfaction, TopicNumbers
from storage.kinds import ResolvedBy

COMPARED = (ResolvedBy.AI, ResolvedBy.HUMAN)
ORDER = (*COMPARED, ResolvedBy.AI_THEN_HUMAN)
"""The compared arms beside each other, then the mixed one."""
TOPICS_IN_WORDS = 6
LONGEST_ALT_TEXT = 1000
REASONS_SHOWN = 4
HEADER = 150
"""The most characters of a header."""
WEEK = 7


def message(report: Report) -> Post:
    """The report as a message of at most 12 lines on a wide screen."""
    comparison = report.comparison
    blocks: list[Block] = [
        HeaderBlock(text=PlainTextObject(text=mrkdwn.clip(comparison.headline, HEADER))),
        _small(_when_and_how_many(report)),
    ]
    if columns := [*_columns(report), *_buttons(report)]:
        blocks.append(SectionBlock(fields=[MarkdownTextObject(text=text) for text in columns]))
    if reasons := _reasons(report):
        blocks.append(SectionBlock(text=MarkdownTextObject(text=reasons)))
    if cautions := _cautions(report):
        blocks.append(_small("\n".join(cautions)))
    return Post.of(_plain(report), blocks)


def title(report: Report) -> str:
    """What report it is: "Weekly report, 16–22 Nov 2026"."""
    length = (report.last_day - report.first_day).days + 1
    kind = {1: "Daily report", WEEK: "Weekly report"}.get(length, "Report")
    return f"{kind}, {figures.day_range(report.first_day, report.last_day)}"


def counts(report: Report) -> str:
    """How many conversations were opened, resolved and reopened."""
    words = f"{report.opened} opened, {report.resolved} resolved"
    if report.unresolved:
        words += f", {report.unresolved} still open"
    return f"{words}, {report.reopened} reopened" if report.reopened else words


def feedback(report: Report) -> str:
    """What customers said of the AI's answers by their buttons; empty when it sent none."""
    said = report.feedback
    if not said.answers:
        return ""
    answers = f"{said.answers} AI answer" if said.answers == 1 else f"{said.answers} AI answers"
    return f"{said.helpful} helpful, {said.unhelpful} not helpful, of {answers}"


def compared_topics(report: Report) -> list[TopicNumbers]:
    """The topics in which AI or people alone were rated, those with most ratings first."""
    return [topic for topic in report.topics if any(topic.of(arm).ratings for arm in COMPARED)]


def chart_in_words(report: Report) -> str:
    """What the chart shows, for those who cannot see it."""
    words = [f"Chart of satisfied customers by who resolved. {title(report)}."]
    words += [f"{ARM_TITLES[arm]}: {_spoken(report.of(arm))}." for arm in ORDER]
    for topic in compared_topics(report)[:TOPICS_IN_WORDS]:
        arms = "; ".join(f"{ARM_TITLES[arm]} {_spoken(topic.of(arm))}" for arm in COMPARED)
        words.append(f"{topic.title}: {arms}.")
    return mrkdwn.clip(" ".join(words), LONGEST_ALT_TEXT)


def _spoken(numbers: Satisfaction) -> str:
    interval = numbers.interval
    if interval is None:
        return "no ratings"
    low, high = interval.low * 100, interval.high * 100
    return f"{figures.percent(interval.estimate)} of {numbers.ratings} ratings ({low:.0f} to {high:.0f} %)"


def _small(text: str) -> ContextBlock:
    return ContextBlock(elements=[MarkdownTextObject(text=text)])


def _when_and_how_many(report: Report) -> str:
    return f"*{title(report)}* ({report.time_zone}) · {counts(report)}"


def _columns(report: Report) -> list[str]:
    return [_column(report.of(arm)) for arm in ORDER] if report.resolved else []


def _column(arm: ArmNumbers) -> str:
    heading = f"*{ARM_TITLES[arm.arm]}* · {arm.resolved} resolved"
    if not arm.resolved:
        return heading
    rated = f"{arm.answered} of {arm.asked} rated" if arm.asked else "nobody was asked"
    satisfied = f"*{figures.satisfied(arm.tally)}* satisfied, {rated}" if arm.ratings else f"no ratings, {rated}"
    times = f"reply {figures.duration(arm.first_reply_seconds)} · solved {figures.duration(arm.resolution_seconds)}"
    return "\n".join([f"{heading}, {arm.confirmed} confirmed", satisfied, times])


def _reasons(report: Report) -> str:
    if not report.handoffs:
        return ""
    shown = [f"{each.title} {each.handoffs}" for each in report.handoff_reasons[:REASONS_SHOWN]]
    rest = sum(each.handoffs for each in report.handoff_reasons[REASONS_SHOWN:])
    words = " · ".join([*shown, f"other {rest}"] if rest else shown)
    return f"*Handed to people {_times(report.handoffs)}:* {mrkdwn.escape(words)}"


def _buttons(report: Report) -> list[str]:
    """What customers pressed, in the place that the three arms leave free."""
    said = feedback(report)
    return [f"*Found by customers*\n{said}"] if said else []


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _cautions(report: Report) -> list[str]:
    comparison = report.comparison
    cautions = [" ".join(comparison.notes)]
    if report.resolved:
        cautions.append("Satisfied: rated 4 or 5, with the 95 % interval. Reply and solved: medians.")
    if comparison.verdict in (Verdict.NO_DIFFERENCE_SHOWN, Verdict.AI_HIGHER, Verdict.AI_LOWER):
        cautions[-1] += " Compared within topics, not drawn by lot: other differences between the questions remain."
    if simulated := report.simulated_most:
        cautions.append(f":test_tube: Includes {simulated} simulated conversations.")
    return [mrkdwn.escape(caution) for caution in cautions if caution]


def _plain(report: Report) -> str:
    arms = [
        f"{ARM_TITLES[arm.arm]}: {arm.resolved} resolved, satisfied {figures.satisfied(arm.tally)}"
        for arm in report.arms
        if arm.resolved
    ]
    said = [words] if (words := feedback(report)) else []
    return ". ".join([title(report), report.comparison.headline.rstrip("."), *arms, *said]) + "."
