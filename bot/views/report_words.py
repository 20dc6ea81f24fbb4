"""What a report says of its parts, in plain words: the same in Slack, on the page and in the terminal."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.views import figures
from handoff.compared import FEWEST_RATINGS
from handoff.intervals import Interval
from handoff.policy_comparison import compare_policy
from handoff.prediction_powered import ASSUMED_OF_RATINGS
from handoff.report import ARM_TITLES, ArmNumbers, Report, TopicNumbers
from handoff.report_parts import Estimated, NotAskedCount, Saving, Theme, TopicMove
from handoff.rounding import number, points
from handoff.survey import NOT_ASKED_TITLES
from storage.kinds import ResolvedBy, ThemeState

COMPARED = (ResolvedBy.AI, ResolvedBy.HUMAN)
ORDER = (*COMPARED, ResolvedBy.AI_THEN_HUMAN)
"""The compared arms beside each other, then the mixed one."""
WEEK = 7
KINDS = {1: "Daily report", WEEK: "Weekly report"}
MONTH = range(28, 32)
WENT = {"promoted": "promoted", "demoted": "demoted", "close": "close to a certificate"}


def title(report: Report) -> str:
    """What report it is: "Weekly report, 16–22 Nov 2026"."""
    length = (report.last_day - report.first_day).days + 1
    kind = KINDS.get(length, "Monthly report" if length in MONTH and report.first_day.day == 1 else "Report")
    return f"{kind}, {figures.day_range(report.first_day, report.last_day)}"


def counts(report: Report) -> str:
    """How many conversations were opened, resolved and reopened."""
    words = f"{report.opened:,} opened, {report.resolved:,} resolved"
    if report.unresolved:
        words += f", {report.unresolved:,} still open"
    return f"{words}, {report.reopened:,} reopened" if report.reopened else words


def feedback(report: Report) -> str:
    """What customers said of the AI's answers by their buttons; empty when it sent none."""
    said = report.feedback
    if not said.answers:
        return ""
    answers = figures.counted(said.answers, "AI answer")
    return f"{said.helpful:,} helpful, {said.unhelpful:,} not helpful, of {answers}"


def not_asked(count: NotAskedCount) -> str:
    """Why customers were not asked how it went, in plain words."""
    known = {reason.value: words for reason, words in NOT_ASKED_TITLES.items()}
    return known.get(count.reason, count.reason)


def kind_of_comparison(report: Report) -> str:
    """How far the difference may be laid to the AI, in two words or three; empty where nothing is compared."""
    found = report.comparison
    return found.basis.value if found.adjusted or found.since else ""


def compared_topics(report: Report) -> list[TopicNumbers]:
    """The topics in which AI or people alone were rated, those with most ratings first."""
    return [topic for topic in report.topics if any(topic.of(arm).ratings for arm in COMPARED)]


def ended(report: Report) -> int:
    """Conversations that were resolved in the window, those included that the customer took back."""
    return sum(arm.resolved + arm.taken_back for arm in report.arms)


def rates(report: Report, arm: ArmNumbers) -> tuple[float, float] | None:
    """The arm's share, 0..1, of all that ended: by somebody's word alone, and with those assumed after silence.

    With AI alone it is the customer's word, with people that of the agent who had it.
    """
    whole = ended(report)
    return (arm.confirmed / whole, arm.resolved / whole) if whole else None


def bounds(interval: Interval) -> str:
    """A difference with its interval, in points: +4 (−6 to +14)."""
    return f"{points(interval.estimate)} ({points(interval.low)} to {points(interval.high)})"


def share(interval: Interval) -> str:
    """A share with its interval: 94 % (91–97)."""
    return f"{figures.percent(interval.estimate)} ({figures.within(interval)})"


def right(found: Estimated, time_zone: str) -> str:
    """The share of right replies, and what it rests on: "94 % (91–97), estimated from 61 reviews"."""
    if found.until:
        until = moment(found.until, time_zone)
        if found.looked_at >= found.conversations:
            return f"{figures.percent(found.estimate.estimate)} until {until}, all {found.looked_at:,} reviewed"
        return f"{share(found.estimate)} until {until}, from {found.looked_at:,} reviews"
    if found.looked_at >= found.conversations:
        return f"{figures.percent(found.estimate.estimate)}, all {found.conversations:,} reviewed"
    if found.waiting:
        return f"{share(found.estimate)}, from {found.looked_at:,} of {found.looked_at + found.waiting:,} reviews drawn"
    return f"{share(found.estimate)}, estimated from {found.looked_at:,} reviews"


def moment(at: datetime, time_zone: str) -> str:
    """A moment as the team's clocks show it: 19 Nov 14:05."""
    local = at.astimezone(ZoneInfo(time_zone))
    return f"{local.day} {local:%b %H:%M}"


def unread(found: Estimated, time_zone: str) -> Iterator[str]:
    """What the estimate of right replies leaves out, and what holds all the same; nothing where all were read."""
    if found.until:
        yield (
            f"Right replies are told of those sent until {moment(found.until, time_zone)}: reviews go by age, and of "
            f"those drawn {figures.counted(found.waiting, 'waits', 'wait')} for a reader."
        )
    if found.unread:
        yield (
            f"Of the replies drawn in that time, {figures.counted(found.unread, 'was', 'were')} not read: "
            "the bounds hold whatever they are, all wrong or all right."
        )


def silent(found: Estimated) -> Iterator[str]:
    """What the estimate of satisfied customers rests on, and what becomes of it otherwise."""
    yield f"Reviews are drawn by lot, ratings are not: satisfaction holds {ASSUMED_OF_RATINGS}."
    if (other := found.silent) and other.share > 0:
        yield (
            f"Were the {figures.percent(other.share)} who did not rate up to {other.swing * 100:.0f} points less or "
            f"more satisfied, it would lie within {number(other.low)}–{number(other.high)} %; whatever they think, "
            f"within {number(other.least)}–{number(other.most)} %."
        )


def minutes(count: float) -> str:
    """A number of minutes of people's time, with its sign: 7 h, −4 h 24 min."""
    sign = "\N{MINUS SIGN}" if round(count) < 0 else ""
    return f"{sign}{figures.duration(abs(round(count)) * 60)}" if round(count) else "0 min"


def spent(saving: Saving) -> float:
    """Minutes that people worked because the AI did."""
    return saving.reviews + saving.approvals + saving.corrections + saving.touched


def net_saving(saving: Saving) -> str:
    """What the AI saved of people's time, in one line; a loss is called one."""
    if saving.net is None:
        return f"not known: people alone resolved too little to compare with; {minutes(spent(saving))} spent on the AI"
    between = ""
    if saving.net_low is not None and saving.net_high is not None:
        between = f" ({minutes(saving.net_low)} to {minutes(saving.net_high)})"
    if round(saving.net) < 0:
        return f"{minutes(saving.net)}{between}: a loss of people's time"
    return f"{minutes(saving.net)}{between} of people's time"


def beyond(report: Report) -> list[str]:
    """What was not possible before, a few words each; what cannot be known, or did not happen, is left out."""
    found = report.beyond
    if found is None:
        return []
    counted = [
        (found.outside_hours, "out of hours"),
        (found.other_languages, "in other languages"),
        (found.within_a_minute, "within a minute"),
    ]
    return [f"{count:,} {words}" for count, words in counted if count]


def move(moved: TopicMove) -> str:
    """What became of a topic's stage: "Delivery: 12 reviews to a certificate"."""
    if moved.change == "close" and moved.reviews_missing:
        return f"{moved.title}: {figures.counted(moved.reviews_missing, 'review')} to a certificate"
    if moved.change == "close":
        return f"{moved.title}: its certificate is ready"
    return f"{moved.title} {WENT.get(moved.change, moved.change)}"


def theme_change(theme: Theme) -> str:
    """How a theme stands beside the time before, as long as this one: new, +5, −2 or as before."""
    if theme.last_week is None:
        return "new"
    change = theme.questions - theme.last_week
    return f"{change:+,d}".replace("-", "\N{MINUS SIGN}") if change else "as before"


def theme_counts(theme: Theme) -> str:
    """How often a theme was asked, how that changed, and what was done about it: 14 questions, +5."""
    if theme.state == ThemeState.SETTLED:
        return "settled, nobody asked in vain since the article"
    count = figures.counted(theme.questions, "question")
    drafted = ", article drafted" if theme.state == ThemeState.DRAFTED else ""
    return f"{count}, {theme_change(theme)}{drafted}{taught(theme)}"


def taught(theme: Theme) -> str:
    """What of a theme customers are answered by now: ", 1 answer taught since"; empty where nothing was taught."""
    return f", {theme.taught} answer{'' if theme.taught == 1 else 's'} taught since" if theme.taught else ""


def by_lot(report: Report) -> str:
    """What offering a conversation to the AI does, by the holdout: "+5 (−2 to +11) points, 240 ratings since Aug 2026".

    Over all its time once that has ratings enough, else in the report's days; empty where neither has.
    """
    lot = report.lot_so_far
    if lot and lot.difference:
        return f"{bounds(lot.difference)} points, {lot.ratings:,} ratings since {lot.first_day:%b %Y}"
    if report.policy is None or not report.policy.randomised:
        return ""
    found = compare_policy(report.policy)
    return f"{bounds(found.satisfied)} points, {found.ratings:,} ratings" if found.satisfied else ""


def caveats(report: Report) -> Iterator[str]:
    """What a careful reader must know, the most important first."""
    yield from report.comparison.notes
    if (lot := report.lot_so_far) and lot.difference:
        yield lot.sentence
    elif report.policy and report.policy.randomised:
        yield compare_policy(report.policy).sentence
    if words := simulated(report):
        yield f"{words[0].upper()}{words[1:]}."


def simulated(report: Report) -> str:
    """What of it did not really happen, in a few words; empty when all did."""
    here, behind = report.simulated_most, report.simulated_behind
    if here:
        past = f", {behind:,} with the weeks before" if behind > here else ""
        return f"{figures.counted(here, 'conversation is', 'conversations are')} simulated{past}"
    if not behind:
        return ""
    return f"verdict and trend look back on {figures.counted(behind, 'simulated conversation')}"


def few(ratings: int) -> bool:
    """Whether so many ratings are told as counts, without a share."""
    return ratings < FEWEST_RATINGS


def arm_title(arm: str) -> str:
    """The name of an arm, as people read it."""
    return {each.value: name for each, name in ARM_TITLES.items()}.get(arm, arm)
