"""The whole report as sections of words and tables: what the form, the page and the terminal show alike."""

from collections.abc import Iterable, Iterator

from bot.views import figures, report_words, report_worth
from bot.views.report_differences import differences
from bot.views.section import Row, Section, Table
from handoff.compared import Comparison
from handoff.intervals import Interval
from handoff.policy_comparison import compare_policy
from handoff.report import ARM_TITLES, ArmNumbers, Report, TopicArm
from handoff.report_parts import InVain, PolicySide
from handoff.rounding import size
from storage.kinds import ResolvedBy


def sections(report: Report) -> list[Section]:
    """The sections that have something to tell, in reading order."""
    made = (
        _verdict,
        _arms,
        _not_asked,
        _differences,
        _topics,
        _policy,
        _every_conversation,
        report_worth.times,
        report_worth.saving,
        report_worth.beyond,
        _handoffs,
        _moves,
        _themes,
        _to_read,
        _trend,
        _left_out,
        _method,
    )
    return [section for make in made for section in make(report)]


def _verdict(report: Report) -> Iterator[Section]:
    words = [*report_words.caveats(report)]
    if report_words.kind_of_comparison(report):
        words.append(
            "Adjusted, observational: who resolved is not drawn by lot. Compared within topics; other differences "
            "between the questions remain."
        )
    if words:
        yield Section("What to keep in mind", tuple(words))


def _arms(report: Report) -> Iterator[Section]:
    if not report.resolved and not report.opened:
        return
    arms = [report.of(arm) for arm in report_words.ORDER]
    headings = ("", *(ARM_TITLES[arm.arm] for arm in arms))
    table = Table("Conversations by who resolved them", headings, tuple(_arm_rows(report, arms)))
    days = figures.counted(report.resolution_days, "day")
    meaning = (
        "Resolved: confirmed, or the customer kept silent for the time set after an answer of the AI. Confirmed: the "
        "customer said so, or the agent who had it closed it, so with people it is the agent's word. Taken back: the "
        f"customer came back within {days} with the same matter; not final: those days are not "
        f"over. Of all: of the {report_words.ended(report):,} that ended, those taken back among them."
    )
    said = report_words.feedback(report)
    words = (meaning, f"By the buttons: {said}.") if said else (meaning,)
    yield Section("Who resolved, and what customers said", words, table)


def _arm_rows(report: Report, arms: list[ArmNumbers]) -> Iterator[Row]:
    def row(name: str, cells: Iterable[object]) -> Row:
        return (name, *(f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in cells))

    rates = [report_words.rates(report, arm) for arm in arms]
    yield row("opened", (arm.opened for arm in arms))
    yield row("resolved", (arm.resolved for arm in arms))
    yield row("… confirmed", (arm.confirmed for arm in arms))
    yield row("… assumed after silence", (arm.assumed for arm in arms))
    yield row("… not final yet", (arm.not_final for arm in arms))
    days = figures.counted(report.resolution_days, "day")
    so_far = ", so far" if any(arm.not_final for arm in arms) else ""
    yield row(f"taken back within {days}{so_far}", (_taken_back(arm) for arm in arms))
    yield row("share of all, confirmed only", (figures.percent(rate and rate[0]) for rate in rates))
    yield row("share of all, with silence", (figures.percent(rate and rate[1]) for rate in rates))
    yield row("reopened before", (arm.reopened for arm in arms))
    yield row("satisfied (rated 4–5)", (figures.satisfied(arm.tally) for arm in arms))
    yield row("rated, of those asked", (_answered(arm.answered, arm.asked) for arm in arms))
    yield row("first reply, median", (figures.duration(arm.first_reply_seconds) for arm in arms))
    yield row("resolution, median", (figures.duration(arm.resolution_seconds) for arm in arms))
    if any(arm.dollars for arm in arms):
        yield row("models, a resolution", (_dollars(arm) for arm in arms))


def _taken_back(arm: ArmNumbers) -> str:
    ended = arm.resolved + arm.taken_back
    return f"{arm.taken_back:,} ({figures.percent(arm.taken_back / ended)})" if arm.taken_back else "0"


def _answered(answered: int, asked: int) -> str:
    return f"{answered:,} of {asked:,} ({figures.percent(answered / asked)})" if asked else figures.NONE


def _dollars(arm: ArmNumbers) -> str:
    return f"${arm.dollars / arm.resolved:.3f}" if arm.resolved else figures.NONE


def _not_asked(report: Report) -> Iterator[Section]:
    if not report.not_asked:
        return
    rows = tuple(
        (report_words.not_asked(each), *(str(getattr(each, arm)) for arm in report_words.ORDER))
        for each in report.not_asked
    )
    asked = sum(arm.asked for arm in report.arms)
    left_out = sum(each.customers for each in report.not_asked)
    words = (
        f"{figures.counted(asked, 'customer was', 'customers were')} asked how it went, and "
        f"{figures.counted(left_out, 'was', 'were')} not. The rule is the same for whoever resolved; "
        "a side whose customers are left out more often has ratings that speak for fewer of them."
    )
    headings = ("", *(ARM_TITLES[arm] for arm in report_words.ORDER))
    yield Section("Who was not asked", (words,), Table("Customers who were not asked, by why", headings, rows))


def _differences(report: Report) -> Iterator[Section]:
    found = differences(report)
    if not found:
        return
    rows = tuple(
        (
            each.name,
            report_words.bounds(each.interval) if each.interval else each.why_not,
            f"{each.ai.ratings:,} + {each.human.ratings:,}",
            figures.percent(each.answered),
            points_of(each.smallest_visible),
        )
        for each in found
    )
    headings = ("", "points (interval)", "ratings", "answered", "visible from")
    words = "Above zero customers were more satisfied with AI, below with people. Ratings: AI alone + people alone."
    table = Table("Difference of satisfied shares", headings, rows)
    yield Section("AI minus people", (words, *_checks(report.comparison)), table)


def _checks(found: Comparison) -> Iterator[str]:
    """Other ways to look at the same difference."""
    if found.standardised:
        yield f"With each topic weighted by its conversations: {report_words.bounds(found.standardised)} points."
    if found.ranks:
        above = report_words.share(found.ranks)
        yield f"By all five marks, one of AI is above one of people with a probability of {above}, ties halved."
    if found.response:
        yield f"Answered the survey, AI minus people: {report_words.bounds(found.response)} points."


def points_of(difference: float | None) -> str:
    """The smallest difference that would have been seen: 21 points."""
    return figures.NONE if difference is None else f"{size(difference)} points"


def _topics(report: Report) -> Iterator[Section]:
    def cell(numbers: TopicArm) -> str:
        return f"{numbers.resolved:,}: {figures.satisfied(numbers.tally)}" if numbers.resolved else figures.NONE

    rows = [(topic.title, *(cell(topic.of(arm)) for arm in report_words.ORDER)) for topic in report.topics]
    if rows:
        headings = ("", *(ARM_TITLES[arm] for arm in report_words.ORDER))
        table = Table("Resolved, and how many of the rated were satisfied", headings, tuple(rows))
        yield Section("By topic", table=table)


def _policy(report: Report) -> Iterator[Section]:
    lot = report.lot_so_far
    if report.policy is None or not report.policy.topics:
        if lot:
            yield Section("Offered to the AI, or not", (lot.sentence,))
        return
    policy, found = report.policy, compare_policy(report.policy)
    words = [
        f"A lot sent {found.straight.conversations:,} of "
        f"{found.offered.conversations + found.straight.conversations:,} eligible conversations straight to people."
        if policy.randomised
        else "No lot decided who went straight to people, so the two may differ in more than the AI.",
        "A conversation counts for what was decided at its start, whoever resolved it.",
        found.sentence,
    ]
    if found.resolved:
        words.append(
            f"Resolved so far, offered minus straight: {report_words.bounds(found.resolved)} points. What is still "
            "open counts as not resolved, which is hard on whoever takes longer."
        )
    words += _answered_apart(found.response, by_lot=policy.randomised)
    if lot:
        words.append(lot.sentence)
    rows = [("all topics", *_policy_cells(found.offered, found.straight))]
    rows += [(topic.title, *_policy_cells(topic.offered, topic.straight)) for topic in policy.topics]
    headings = ("", "Offered to the AI", "Straight to people")
    yield Section("Offered to the AI, or not", tuple(words), Table("Conversations: satisfied", headings, tuple(rows)))


def _answered_apart(found: Interval | None, *, by_lot: bool) -> Iterator[str]:
    if found and found.excludes_zero:
        difference = f"offered minus straight: {report_words.bounds(found)} points"
        words = "A lot does not decide who rates" if by_lot else "Ratings speak for those who gave them"
        yield f"Not equally many answered the survey, {difference}. {words}."


def _policy_cells(*sides: PolicySide) -> Iterator[str]:
    for side in sides:
        yield f"{side.conversations:,}: {figures.satisfied(side.tally)}" if side.conversations else figures.NONE


def _every_conversation(report: Report) -> Iterator[Section]:
    rows: list[Row] = []
    for name, found, looked_at, of in (
        ("right replies", report.right, "reviews", "replies sent alone"),
        ("satisfied customers", report.satisfied, "ratings", "conversations of AI alone"),
    ):
        if found:
            resting = f"{found.looked_at:,} {looked_at} of {found.conversations:,} {of}"
            if found.looked_at >= found.conversations:
                rows.append((name, figures.percent(found.estimate.estimate), figures.NONE, f"all {resting}"))
                continue
            rows.append((name, report_words.share(found.estimate), report_words.share(found.without_score), resting))
    if rows:
        words = [
            "Estimated for all of them: those looked at correct a score that the machine gives to every one, so a bad "
            "score widens the interval and does not bend it."
        ]
        words += report_words.unread(report.right, report.time_zone) if report.right else ()
        words += report_words.silent(report.satisfied) if report.satisfied else ()
        headings = ("", "estimate", "without the score", "from")
        table = Table("Estimated shares", headings, tuple(rows))
        yield Section("Every conversation, not only the rated", tuple(words), table)


def _handoffs(report: Report) -> Iterator[Section]:
    if report.handoffs:
        rows = tuple((each.title, f"{each.handoffs:,}") for each in report.handoff_reasons)
        words = f"{figures.counted(report.handoffs, 'handoff')}."
        if report.opened:
            # A conversation may be handed off more than once, and one from before as well: they are no share of these.
            with_people = report.of(ResolvedBy.HUMAN).opened + report.of(ResolvedBy.AI_THEN_HUMAN).opened
            share = figures.percent(with_people / report.opened)
            words += f" Of the {report.opened:,} opened, people have or had {with_people:,} ({share})."
        yield Section("Handed to people", (words,), Table("Why", ("because", "times"), rows))


def _moves(report: Report) -> Iterator[Section]:
    if report.moves:
        rows = tuple(f"{report_words.move(each)}{f' ({each.why})' if each.why else ''}." for each in report.moves)
        yield Section("Topics", rows)


def _themes(report: Report) -> Iterator[Section]:
    if report.themes:
        words = "Questions that were not answered, or rated low, by theme."
        if report.in_vain:
            words = _asked_in_vain(report.in_vain)
        yield Section("Knowledge gaps", (words,), themes=report.themes)


def _asked_in_vain(found: InVain) -> str:
    conversations = figures.counted(found.conversations, "conversation")
    read = f", {found.looked_at:,} of them read" if found.looked_at < found.conversations else ""
    return f"{conversations} in which something was asked in vain{read}, by theme."


def _to_read(report: Report) -> Iterator[Section]:
    if report.best:
        yield Section("Best to read", excerpts=report.best)
    if report.worst:
        yield Section("Worst to read", excerpts=report.worst)


def _trend(report: Report) -> Iterator[Section]:
    if not any(week.ai.ratings or week.human.ratings for week in report.trend):
        return
    rows = tuple(
        (
            figures.day_range(week.first_day, week.last_day),
            figures.satisfied(week.ai),
            figures.satisfied(week.human),
            report_words.bounds(week.adjusted) if week.adjusted else figures.NONE,
        )
        for week in report.trend
    )
    headings = ("", "AI alone", "People alone", "adjusted difference")
    yield Section("Week by week", table=Table("Satisfied shares, and AI minus people", headings, rows))


def _left_out(report: Report) -> Iterator[Section]:
    if report.left_out:
        yield Section("What cannot be told yet", report.left_out)


def _method(report: Report) -> Iterator[Section]:
    if not report.resolved:
        return
    yield Section(
        "How it is counted",
        (
            "Satisfied: rated 4 or 5. Shares carry Wilson's 95 % interval, raw differences Newcombe's; the adjusted "
            "difference is Mantel and Haenszel's over topics. Who asked for a person at once has the topic of the "
            "articles that were found for their words.",
            "More or less satisfied is said only when a confidence sequence excludes zero, over the ratings since the "
            "topics' certificates, or else over these days: it may be looked at again and again without crying wolf.",
            "Visible from: a true difference of that size would be seen by so many ratings four times in five.",
        ),
    )
