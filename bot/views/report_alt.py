"""What the charts of a report show, for those who cannot see them; Slack takes 1,000 characters."""

from bot.views import figures, mrkdwn, report_words
from bot.views.report_differences import Difference, differences
from handoff.compared import FEWEST_RATINGS
from handoff.intervals import Tally
from handoff.report import ARM_TITLES, ArmNumbers, Report
from handoff.report_parts import TrendWeek
from handoff.rounding import between, points, size
from handoff.visible import visible

LONGEST = 1000


def chart_in_words(report: Report) -> str:
    """The numbers of the comparison's chart, the weightiest first."""
    words = [f"Chart of satisfied customers. {report_words.title(report)}."]
    if simulated := report_words.simulated(report):
        words.append(f"{simulated[0].upper()}{simulated[1:]}.")
    if rows := differences(report):
        words += ["AI minus people in points.", *(_difference(row) for row in rows)]
    words += ["Satisfied shares.", *(f"{ARM_TITLES[arm]}: {_share(report.of(arm))}." for arm in report_words.ORDER)]
    return mrkdwn.clip(" ".join(words), LONGEST)


def trend_in_words(report: Report) -> str:
    """The numbers of the trend's chart, week by week."""
    words = [f"Chart of satisfied customers, {len(report.trend)} weeks: AI alone, people alone, adjusted difference."]
    if report.simulated_behind:
        words.append(f"{figures.counted(report.simulated_behind, 'conversation is', 'conversations are')} simulated.")
    return mrkdwn.clip(" ".join([*words, *(_week(week) for week in reversed(report.trend))]), LONGEST)


def _difference(row: Difference) -> str:
    rests = f"{row.ai.ratings:,} + {row.human.ratings:,} ratings"
    if row.interval is None:
        return f"{visible(row.name)}: {row.why_not}, {rests}."
    bounds = f"{points(row.interval.estimate)} ({points(row.interval.low)} to {points(row.interval.high)})"
    answered = f", {figures.percent(row.answered)} answered" if row.answered is not None else ""
    seen = f", sees {size(row.smallest_visible)}" if row.smallest_visible is not None else ""
    return f"{visible(row.name)}: {bounds}, {rests}{answered}{seen}."


def _share(arm: ArmNumbers) -> str:
    interval = arm.interval
    if interval is None:
        return "no ratings"
    if arm.ratings < FEWEST_RATINGS:
        return f"{arm.satisfied} of {arm.ratings} ratings"
    shown = between(interval, to=" to ")
    return f"{figures.percent(interval.estimate)} of {arm.ratings:,} ratings ({shown} %)"


def _week(week: TrendWeek) -> str:
    day = f"{week.first_day.day} {week.first_day:%b}"
    difference = f", {points(week.adjusted.estimate)}" if week.adjusted else ""
    return f"{day}: {_short(week.ai)}, {_short(week.human)}{difference}."


def _short(tally: Tally) -> str:
    few = "few, " if 0 < tally.ratings < FEWEST_RATINGS else ""
    return f"{few}{tally.satisfied:,} of {tally.ratings:,}" if tally.ratings else "none"
