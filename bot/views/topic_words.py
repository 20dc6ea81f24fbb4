"""Where a topic stands, in words: the same for App Home, its form, the managers' channel and the terminal."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.views import figures
from handoff import certificate, looks, rounding
from handoff.certificate import Certified, Missing
from handoff.sampling import Estimate
from handoff.stages import LEAST_TOLERANCE, LONGEST_NAME, MOST_TOLERANCE, Changed, Outcome
from storage.kinds import Stage, TopicEvent

MEANINGS = {
    Stage.SHADOW: "people answer, drafts are only recorded",
    Stage.COPILOT: "agents approve every reply",
}
"""What a stage does that its name does not say."""
SHORT_STAGES = {Stage.SHADOW: "shadow", Stage.COPILOT: "copilot", Stage.AUTOPILOT: "autopilot"}
UNPROVED = "unproved"
WORTH_A_WARNING = 0.5
"""From this share of the way to an alarm on, the monitor is no longer called quiet."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What the monitor has seen since the topic was promoted."""

    since: datetime
    seen: int
    wrong: int
    alarming: float
    """How far the evidence is on its way to an alarm, 0..1."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything that is shown of a topic."""

    name: str
    title: str
    stage: str
    tolerance: float
    threshold: float
    revision: int
    certificate_id: str = ""
    unproved_by: str = ""
    alarmed_at: datetime | None = None
    proof: Certified | None = None
    """The certificate that holds for the version in use."""
    proved_at: datetime | None = None
    missing: Missing | None = None
    """What is missing where there is none."""
    until_next: int = 0
    """Reviews until the evidence is tested again."""
    evidence: int = 0
    """Reviews that count for a certificate of the version in use."""
    answered: int = 0
    decided: int = 0
    """In the last 28 days."""
    error: Estimate | None = None
    """The share of wrong ones among replies that go out alone, or would, as all coins' reviews tell it."""
    watched: Watched | None = None
    waiting: int = 0
    """Reviews nobody has made yet."""

    @property
    def shown_title(self) -> str:
        """What people call it."""
        return self.title or self.name

    @property
    def unproved(self) -> bool:
        """Whether it acts alone without a certificate."""
        return self.stage == Stage.AUTOPILOT and not self.certificate_id

    @property
    def can_be_promoted(self) -> bool:
        """Whether a manager may promote it now."""
        return self.proof is not None and (self.stage != Stage.AUTOPILOT or not self.certificate_id)


def stage(standing: Standing, *, short: bool = False) -> str:
    """The stage, with the mark of a topic that nothing proves."""
    name = SHORT_STAGES.get(Stage(standing.stage), standing.stage)
    mark = f", {UNPROVED}" if standing.unproved else ", after an alarm" if standing.alarmed_at else ""
    meaning = "" if short else MEANINGS.get(Stage(standing.stage), "")
    return f"{name}{mark}{f': {meaning}' if meaning else ''}"


def evidence(standing: Standing, *, named: bool = True) -> str:
    """The certificate, or what is missing, in one sentence; `named` where the topic's title does not stand above it."""
    if standing.proof:
        words = certificate.statement(standing.shown_title, standing.proof)
    elif standing.missing:
        words = certificate.statement(standing.shown_title, standing.missing)
    else:
        words = f"{standing.shown_title}: no reviews yet."
    return words if named else _without_title(standing, words)


def promises(standing: Standing, *, named: bool = True) -> list[str]:
    """Both promises, by their names: on autonomous replies, and on all messages."""
    first = evidence(standing, named=named)
    if standing.proof is None:
        return [first]
    second = certificate.statement_on_all(standing.shown_title, standing.proof)
    return [first, second if named else _without_title(standing, second)]


def _without_title(standing: Standing, words: str) -> str:
    bare = words.removeprefix(f"{standing.shown_title}: ")
    if standing.missing and standing.missing.clean_reviews_needed is not None and not standing.proof:
        return f"No certificate yet: {bare}"
    return bare[:1].upper() + bare[1:]


def missing(standing: Standing) -> str:
    """Why there is no certificate yet, and when the evidence is tested again; empty when there is one."""
    if standing.missing is None:
        return ""
    why, needed = standing.missing.why, standing.missing.clean_reviews_needed
    ahead = looks.next_look(standing.until_next, needed)
    return why if not standing.until_next or ahead in why else f"{why} {ahead}"


def share(standing: Standing) -> str:
    """How much it answers alone."""
    if not standing.decided:
        return "no questions in 28 days"
    questions = figures.counted(standing.decided, "question")
    return f"answered {one_digit(standing.answered / standing.decided)} of {questions} in 28 days"


def error(standing: Standing) -> str:
    """The estimated error of its replies, with interval and number of reviews."""
    estimate = standing.error
    if estimate is None:
        return "error not estimated yet"
    bounds = f"{one_digit(estimate.low)[:-2]}–{one_digit(estimate.high)}"
    return f"about {one_digit(estimate.value)} wrong ({bounds}, {figures.counted(estimate.reviews, 'review')})"


def monitor(standing: Standing) -> str:
    """How the promise has held since the promotion."""
    if standing.alarmed_at:
        return "alarm: back only by a new certificate"
    watched = standing.watched
    if watched is None and standing.stage != Stage.AUTOPILOT:
        return "not watched: no reply goes out unapproved"
    if watched is None:
        return "monitor: nothing reviewed yet"
    seen = f"{watched.wrong} of {figures.counted(watched.seen, 'review')} wrong since {watched.since:%-d %b}"
    if watched.seen == 0:
        return f"monitor: nothing reviewed since {watched.since:%-d %b}"
    mood = "restless" if watched.alarming >= WORTH_A_WARNING else "quiet"
    return f"monitor {mood}: {seen}, {one_digit(watched.alarming)} of the way to an alarm"


def waiting(standing: Standing) -> str:
    """How many reviews wait."""
    return f"{figures.counted(standing.waiting, 'review')} waiting" if standing.waiting else "no review waiting"


def tolerance(standing: Standing) -> str:
    """The tolerance as a policy."""
    return f"tolerance {certificate.percent(standing.tolerance)}, threshold {standing.threshold:.2f}"


def ask_of_tolerance(share: float, risk: float) -> str:
    """What proving a tolerance takes."""
    return looks.plan(share, risk)


def one_digit(share: float) -> str:
    """A share of 0..1 in percent, with a digit where it tells something, kept on one line: 0.4 %, 3.1 %, 12 %."""
    digits = 0 if share >= 0.1 or share <= rounding.ALIKE else 1  # noqa: PLR2004 - two digits do
    return f"{rounding.number(share, digits=digits)}\u00a0%"


def change(event: str, before: dict[str, Any], after: dict[str, Any]) -> str:
    """What a line of the record says, beginning with a verb: set the tolerance from 5 % to 2 %."""
    match event:
        case TopicEvent.PROMOTED if before.get("unproved"):
            return f"moved it from its starting policy to a certificate{_at(after)}"
        case TopicEvent.PROMOTED:
            return f"moved it from {_stage(before)} to {_stage(after)}{_at(after)}"
        case TopicEvent.STARTED_UNPROVED:
            return f"started it on autopilot without a certificate{_at(after)}"
        case TopicEvent.DEMOTED:
            return f"returned it from {_stage(before)} to {_stage(after)}"
        case TopicEvent.ALARMED:
            return f"sounded the alarm: from {_stage(before)} to {_stage(after)}, certificate withdrawn"
        case TopicEvent.TOLERANCE_SET:
            return f"set the tolerance from {_share(before)} to {_share(after)}{_consequence(before, after)}"
        case TopicEvent.VERSION_CHANGED:
            return f"changed the version that serves{_consequence(before, after) or ', which has its own certificate'}"
        case TopicEvent.CERTIFICATE_ISSUED:
            return f"issued a certificate with threshold {after.get('threshold', 0):.2f}"
        case TopicEvent.RENAMED if "name" not in before:
            return f"gave this name up for {after.get('name')}"
        case TopicEvent.RENAMED:
            return f"renamed it from {before.get('name')} to {after.get('name')}"
        case TopicEvent.MERGED if "into" in after:
            return f"merged it into {after['into']}"
        case TopicEvent.MERGED:
            return f"merged {after.get('merged')} into it{_consequence(before, after)}"
        case TopicEvent.DELETED:
            return "deleted it"
        case _:
            return "changed it"


def ago(then: datetime, now: datetime) -> str:
    """How long ago, in its largest unit."""
    seconds = max(0.0, (now - then).total_seconds())
    if seconds < figures.MINUTE:
        return "a moment ago"
    return f"{figures.duration(seconds - seconds % figures.MINUTE)} ago"


def _stage(seen: dict[str, Any]) -> str:
    return f"{seen.get('stage', '?')}{' (unproved)' if seen.get('unproved') else ''}"


def _share(seen: dict[str, Any]) -> str:
    return certificate.percent(float(seen.get("tolerance", 0)))


def _at(seen: dict[str, Any]) -> str:
    return f" with threshold {float(seen.get('threshold', 0)):.2f}" if seen.get("stage") == Stage.AUTOPILOT else ""


def _consequence(before: dict[str, Any], after: dict[str, Any]) -> str:
    if before.get("stage") != after.get("stage"):
        return f"; it went from {_stage(before)} to {_stage(after)}"
    if before.get("certificate_id") != after.get("certificate_id"):
        return f"; another certificate took over{_at(after)}"
    return ""


def refusal(changed: Changed, *, who: str, now: datetime, evidence_words: str = "") -> str:
    """Why a change was not made, and what to do; empty when it was made.

    Args:
        changed: what came of it.
        who: the name of whoever was first, where somebody was.
        now: the present moment.
        evidence_words: what is missing for a certificate.
    """
    match changed.outcome:
        case Outcome.DONE:
            return ""
        case Outcome.SAME:
            return "Nothing to change: it is so already."
        case Outcome.STALE if changed.change:
            line = changed.change
            return f"{who} {change(line.event, line.before, line.after)} {ago(line.at, now)}; look again."
        case Outcome.STALE:
            return "Somebody changed this topic a moment ago; look again."
        case Outcome.UNPROVED:
            return f"There is no certificate for the version in use at this tolerance. {evidence_words}".strip()
        case Outcome.ALARMED:
            return "An alarm returned this topic to copilot; only a new certificate brings it back."
        case Outcome.OUT_OF_RANGE:
            least, most = certificate.percent(LEAST_TOLERANCE), certificate.percent(MOST_TOLERANCE)
            return (
                f"A tolerance lies between {least} and {most}: less can hardly be proved by any number of reviews, "
                "and above that most replies could be wrong. To let nothing out unapproved, choose copilot."
            )
        case Outcome.TAKEN:
            return f"That name is taken, or is none. A name has 1 to {LONGEST_NAME} characters."
        case Outcome.IN_USE:
            return "Articles still name this topic: merge it into another one, or take `topic:` out of them first."
        case Outcome.GONE:
            return "There is no such topic any more: it was renamed, merged or deleted."
