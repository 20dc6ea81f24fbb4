"""The report for spreadsheets: one table, whose column `scope` says what a row is about."""

import csv
import io
from collections.abc import Iterator

from bot.views import report_words
from bot.views.report_differences import Difference, differences
from handoff.intervals import Interval, wilson
from handoff.policy_comparison import compare_policy
from handoff.report import ArmNumbers, Report, Satisfaction
from handoff.report_parts import Estimated, PolicySide, Times, TrendWeek
from handoff.visible import visible
from storage.kinds import ResolvedBy

COLUMNS: tuple[str, ...] = (
    "scope",
    "topic",
    "title",
    "arm",
    "opened",
    "resolved",
    "confirmed",
    "assumed",
    "reopened",
    "asked",
    "answered",
    "response_rate",
    "ratings",
    "satisfied",
    "share",
    "share_low",
    "share_high",
    "first_reply_seconds",
    "resolution_seconds",
    "taken_back",
    "not_final",
    "rate_confirmed",
    "rate_with_silence",
    "dollars",
    "difference",
    "difference_low",
    "difference_high",
    "smallest_visible",
    "first_day",
    "last_day",
    "measure",
    "value",
    "low",
    "high",
    "unit",
)
"""Numbers that a row does not have are left empty. Shares run from 0 to 1, differences are AI minus people."""
COUNTED = ("answered", "measured")
"""Of the saving, what is no time."""
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Cells = dict[str, object]


def to_csv(report: Report) -> str:
    """A row for each arm, topic, difference, side of the policy, measure, theme and week; see `COLUMNS`."""
    lines = io.StringIO()
    writer = csv.DictWriter(lines, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for make in (
        _arms,
        _topics,
        _differences,
        _checks,
        _policy,
        _measures,
        _reasons,
        _not_asked,
        _moves,
        _themes,
        _weeks,
        _simulated,
    ):
        for row in make(report):
            writer.writerow({name: _cell(value) for name, value in row.items()})
    return lines.getvalue()


def _cell(value: object) -> object:
    """Numbers with six digits; words without what nobody sees, and marked as words where they look like a formula."""
    if value is None:
        return ""
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, str):
        words = visible(value)
        return f"'{words}" if words.lstrip().startswith(STARTS_A_FORMULA) else words
    return value


def _simulated(report: Report) -> Iterator[Cells]:
    """What did not really happen, in these days and in what is looked back on."""
    for measure, count in (("these days", report.simulated_most), ("looked back on", report.simulated_behind)):
        if count:
            yield {"scope": "simulated", "measure": measure, "value": count, "unit": "conversations"}


def _arms(report: Report) -> Iterator[Cells]:
    plain = ("opened", "resolved", "confirmed", "assumed", "reopened", "first_reply_seconds", "resolution_seconds")
    for arm in report.arms:
        yield {
            "scope": "arm",
            "arm": arm.arm.value,
            **{name: getattr(arm, name) for name in (*plain, "taken_back", "not_final", "dollars")},
            **_rates(report, arm),
            **_ratings(arm),
        }


def _rates(report: Report, arm: ArmNumbers) -> Cells:
    rates = report_words.rates(report, arm)
    return {"rate_confirmed": rates[0], "rate_with_silence": rates[1]} if rates else {}


def _topics(report: Report) -> Iterator[Cells]:
    for topic in report.topics:
        for arm in topic.arms:
            names = {"topic": topic.topic, "title": topic.title, "arm": arm.arm.value}
            yield {"scope": "topic", **names, "resolved": arm.resolved, **_ratings(arm)}


def _ratings(numbers: Satisfaction) -> Cells:
    return {
        "asked": numbers.asked,
        "answered": numbers.answered,
        "response_rate": numbers.response_rate,
        "ratings": numbers.ratings,
        "satisfied": numbers.satisfied,
        **_share(numbers.interval),
    }


def _share(interval: Interval | None) -> Cells:
    if interval is None:
        return {}
    return {"share": interval.estimate, "share_low": interval.low, "share_high": interval.high}


def _differences(report: Report) -> Iterator[Cells]:
    for row in differences(report):
        yield {
            "scope": "difference",
            "topic": row.plain_name,
            "title": row.name.replace("\u00a0", " "),
            "measure": row.kind.value,
            "ratings": row.ai.ratings + row.human.ratings,
            "response_rate": row.answered,
            "smallest_visible": row.smallest_visible,
            **_difference(row),
        }


def _difference(row: Difference) -> Cells:
    found = row.interval
    if found is None:
        return {}
    return {"difference": found.estimate, "difference_low": found.low, "difference_high": found.high}


def _checks(report: Report) -> Iterator[Cells]:
    """Other ways to look at the difference of these days, and what those who did not answer would have to think."""
    found = report.comparison
    yield from _measure(
        "check", "AI minus people, each topic weighted by its conversations", found.standardised, "share"
    )
    yield from _measure("check", "a mark of AI is above one of people, ties halved", found.ranks, "probability")
    yield from _measure("check", "answered the survey, AI minus people", found.response, "share")
    for each in found.tipping:
        turning = {"scope": "check", "arm": each.arm, "measure": "satisfied, of the silent, for the finding to turn"}
        yield {**turning, "value": each.needed, "unit": "share"}


def _policy(report: Report) -> Iterator[Cells]:
    if lot := report.lot_so_far:
        since = {"scope": "policy", "first_day": lot.first_day.isoformat()}
        yield {**since, "measure": "offered, since the first lot", **_side(lot.offered)}
        yield {**since, "measure": "straight, since the first lot", **_side(lot.straight)}
        bounds = _measure("policy", "satisfied, offered minus straight, since the first lot", lot.difference, "share")
        yield from (
            {**since, **each, "ratings": lot.ratings, "smallest_visible": lot.smallest_visible} for each in bounds
        )
        answered = _measure("policy", "answered, offered minus straight, since the first lot", lot.response, "share")
        yield from ({**since, **each} for each in answered)
    if report.policy is None:
        return
    found = compare_policy(report.policy)
    sides = {"offered": found.offered, "straight": found.straight}
    for name, side in sides.items():
        yield {"scope": "policy", "measure": name, **_side(side)}
    for cells in _measure("policy", "satisfied, offered minus straight", found.satisfied, "share"):
        yield {**cells, "ratings": found.ratings}
    for name, interval in (("resolved", found.resolved), ("answered", found.response)):
        yield from _measure("policy", f"{name}, offered minus straight", interval, "share")
    for topic in report.policy.topics:
        for name, side in (("offered", topic.offered), ("straight", topic.straight)):
            yield {"scope": "policy", "topic": topic.topic, "title": topic.title, "measure": name, **_side(side)}


def _side(side: PolicySide) -> Cells:
    return {
        "opened": side.conversations,
        "resolved": side.resolved,
        "asked": side.asked,
        "answered": side.answered,
        "ratings": side.tally.ratings,
        "satisfied": side.tally.satisfied,
        **_share(wilson(side.tally)),
    }


def _measures(report: Report) -> Iterator[Cells]:
    for name, found, looked_at, of in (
        ("right replies", report.right, "reviews", "replies"),
        ("satisfied customers", report.satisfied, "ratings", "conversations"),
    ):
        if found:
            yield from _measure("estimate", name, found.estimate, "share")
            yield from _measure("estimate", f"{name}, without the score", found.without_score, "share")
            yield from _silent(name, found)
            yield from _rests_on(name, found, looked_at, of)
    for each in report.times:
        yield from _times(each)
    for scope, part, unit in (("saving", report.saving, "minutes"), ("beyond", report.beyond, "conversations")):
        for name, value in (part.model_dump() if part else {}).items():
            of = "conversations" if name in COUNTED else unit
            yield {"scope": scope, "measure": name, "value": value, "unit": of}
    if report.feedback.answers:
        for name, value in report.feedback.model_dump().items():
            yield {"scope": "feedback", "measure": name, "value": value, "unit": "answers"}


def _rests_on(name: str, found: Estimated, looked_at: str, of: str) -> Iterator[Cells]:
    """Of how many an estimate is, and from how many; what it leaves out, where it does."""
    named = {"scope": "estimate", "unit": looked_at}
    yield {**named, "measure": f"{name}, looked at", "value": found.looked_at}
    yield {**named, "measure": f"{name}, of all", "value": found.conversations, "unit": of}
    if found.waiting:
        yield {**named, "measure": f"{name}, drawn and not read", "value": found.waiting}
        yield {**named, "measure": f"{name}, of them in its time", "value": found.unread}
    if found.until:
        yield {**named, "measure": f"{name}, until", "value": found.until.isoformat(), "unit": "moment"}


def _times(each: Times) -> Iterator[Cells]:
    name = f"{each.span}, {each.clock}"
    for arm, count, median, still_open, with_open in (
        (ResolvedBy.AI, each.ai, each.ai_median, each.ai_open, each.ai_median_with_open),
        (ResolvedBy.HUMAN, each.human, each.human_median, each.human_open, each.human_median_with_open),
    ):
        named = {"scope": "time", "arm": arm.value, "unit": "seconds"}
        yield {**named, "measure": name, "value": median, "resolved": count}
        if still_open:
            yield {**named, "measure": f"{name}, with those open", "value": with_open}
            yield {**named, "measure": f"{name}, open", "value": still_open, "unit": "conversations"}
    yield from _measure("time", f"{name}, AI minus people", each.difference, "seconds")


def _silent(name: str, found: Estimated) -> Iterator[Cells]:
    if (silent := found.silent) and silent.share > 0:
        swing = f"{name}, the silent {silent.swing * 100:.0f} points apart"
        value = found.estimate.estimate
        yield from _measure("estimate", swing, Interval(value, silent.low, silent.high), "share")
        whatever = f"{name}, whatever the silent think"
        yield from _measure("estimate", whatever, Interval(value, silent.least, silent.most), "share")


def _measure(scope: str, name: str, found: Interval | None, unit: str) -> Iterator[Cells]:
    if found:
        bounds = {"value": found.estimate, "low": found.low, "high": found.high}
        yield {"scope": scope, "measure": name, **bounds, "unit": unit}


def _reasons(report: Report) -> Iterator[Cells]:
    for each in report.handoff_reasons:
        yield {"scope": "handoff", "measure": each.reason, "value": each.handoffs, "unit": "handoffs"}


def _not_asked(report: Report) -> Iterator[Cells]:
    for each in report.not_asked:
        for arm in ResolvedBy:
            if count := getattr(each, arm):
                named = {"scope": "not asked", "arm": arm.value, "measure": each.reason}
                yield {**named, "value": count, "unit": "customers"}


def _moves(report: Report) -> Iterator[Cells]:
    for each in report.moves:
        missing = {"value": each.reviews_missing, "unit": "reviews missing"} if each.reviews_missing else {}
        yield {"scope": "move", "topic": each.topic, "title": each.title, "measure": each.change, **missing}


def _themes(report: Report) -> Iterator[Cells]:
    for each in report.themes:
        named = {"scope": "theme", "topic": each.key, "title": each.name, "unit": "questions"}
        yield {**named, "measure": "now", "value": each.questions}
        yield {**named, "measure": "before", "value": each.last_week}
        if each.taught:
            yield {**named, "measure": "taught since", "value": each.taught, "unit": "answers"}


def _weeks(report: Report) -> Iterator[Cells]:
    for week in report.trend:
        for arm, tally in ((ResolvedBy.AI, week.ai), (ResolvedBy.HUMAN, week.human)):
            counted = {"ratings": tally.ratings, "satisfied": tally.satisfied}
            yield {"scope": "week", **_days(week), "arm": arm.value, **counted, **_share(wilson(tally))}
        if found := week.adjusted:
            bounds = {"difference": found.estimate, "difference_low": found.low, "difference_high": found.high}
            seen = {"smallest_visible": week.smallest_visible, "measure": "adjusted"}
            yield {"scope": "week", **_days(week), **seen, **bounds}


def _days(week: TrendWeek) -> Cells:
    return {"first_day": week.first_day.isoformat(), "last_day": week.last_day.isoformat()}
