"""What the managers read between reports when something got worse, and when it is over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    PlainTextObject,
)

from bot.views import block, figures, mrkdwn
from bot.views.ids import ActionId, AlertRef
from bot.views.post import Post
from bot.views.topic import person
from handoff.intervals import score_interval
from handoff.watches import Kind

MOST_REASONS = 5
FEWEST_FOR_A_SHARE = 8
"""Below it counts are told, and no share."""


@dataclass(frozen=True, slots=True)
class _Words:
    title: str
    seen: str
    """`{share}` of the good or the bad ones, or how many they are; `{count}` outcomes in all."""
    usual: str
    over: str
    todo: str
    of_good: bool = False
    """Whether shares are told of good outcomes."""


WORDS: Mapping[Kind, _Words] = {
    Kind.RATINGS: _Words(
        "Ratings have fallen",
        "{share} of {count} ratings were 4 or 5",
        "Usual are {usual}",
        "Ratings are back to the usual",
        "Read these conversations, then `/baton report` for AI and people side by side. Where answers of the AI are to "
        "blame, put the topic into copilot in App Home and mend its articles.",
        of_good=True,
    ),
    Kind.HANDOFFS: _Words(
        "More conversations go to people",
        "{share} of {count} conversations that the AI may answer went to a person within an hour",
        "Usual are {usual}",
        "No more conversations than usual go to people",
        "Look at the reasons. Nothing found: add the articles that are missing. Unsure: see whether articles or the "
        "model changed. Asked for a person: read what customers disliked.",
    ),
    Kind.ANSWERS: _Words(
        "Fewer customers answer the survey",
        "{share} of {count} customers who were asked gave a score within three days",
        "Usual are {usual}",
        "Customers answer the survey as usual again",
        "Ask a question as a customer would, have it solved and press a score, to see that the survey comes and its "
        "buttons work. Until then, read the report's ratings with care: those who still answer may be others.",
        of_good=True,
    ),
    Kind.MODEL: _Words(
        "The model fails",
        "{share} of {count} messages got no usable reply from the model, and went to people",
        "Up to {usual} is usual",
        "The model answers again",
        "Run `baton doctor`: it asks the model, and names what is wrong and how to mend it.",
    ),
    Kind.DELIVERY: _Words(
        "Surveys do not reach customers",
        "{share} of {count} surveys were not posted within an hour",
        "Up to {usual} is usual",
        "Surveys go out again",
        "Run `baton doctor`: it tests Slack, the permissions and the channels. A channel that is gone or archived is "
        "named in the log (post_refused).",
    ),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """An alert as it stands."""

    alert_id: str
    kind: Kind
    topic: str
    """Its title; empty for all topics together."""
    since: date
    seen: int
    """Outcomes since then."""
    bad: int
    usual: float
    """The usual share of bad ones."""
    learnt_from: int
    years: float
    false_alarms: float
    """A year, over all that is watched."""
    links: Sequence[str] = ()
    """Of conversations to read."""
    reasons: Mapping[str, int] = field(default_factory=dict[str, int])
    seen_by: str = ""
    muted_until: datetime | None = None
    ended: str = ""


def title(kind: Kind, topic: str) -> str:
    """What happened, and where."""
    where = f" in {topic}" if topic else ""
    return f"{WORDS[kind].title}{where}"


def raised(shown: Shown) -> Post:
    """Something got worse: what was seen and since when, how sure that is, and what to do."""
    words = WORDS[shown.kind]
    head = title(shown.kind, shown.topic)
    what = f"Since {shown.since:%A} {shown.since.day} {shown.since:%B}, {_seen(words, shown.seen, shown.bad)}."
    usual = f"{words.usual.format(usual=_share(words, shown.usual))}{_learnt(shown.learnt_from)}."
    blocks: list[Block] = [block.header(f"⚠️ {head}"), block.section(f"{what} {usual}")]
    if shown.reasons:
        lines = [f"• {mrkdwn.escape(reason)}: {count}" for reason, count in list(shown.reasons.items())[:MOST_REASONS]]
        blocks.append(block.section("\n".join(["*Reasons since then*", *lines])))
    if shown.links:
        read = [mrkdwn.link(link, f"conversation {number}") for number, link in enumerate(shown.links, 1) if link]
        blocks.append(block.section(f"*The latest of them:* {', '.join(read)}"))
    blocks.append(block.section(f"*What to do now*\n{words.todo}"))
    return Post.of(
        mrkdwn.escape(head), [*blocks, ActionsBlock(elements=_buttons(shown)), block.context(_status(shown))]
    )


def over(kind: Kind, topic: str, *, since: date, seen: int, bad: int, usual: float, became_usual: bool) -> Post:
    """An alert is over."""
    words = WORDS[kind]
    where = f" in {topic}" if topic else ""
    what = f"In the last week, {_seen(words, seen, bad)}. " if seen else ""
    last = f"{what}{words.usual.format(usual=_share(words, usual))}."
    if became_usual:
        head = f"{title(kind, topic)}: it has stayed so"
        note = f"{last}\nThat was for eight weeks now, so Baton takes it as the usual from here on."
    else:
        head = f"{words.over}{where}"
        note = f"{last}\nThe alert of {since.day} {since:%B} is over."
    return Post.of(mrkdwn.escape(head), [block.header(head if became_usual else f"✅ {head}"), block.section(note)])


def _seen(words: _Words, seen: int, bad: int) -> str:
    count = seen - bad if words.of_good else bad
    if seen < FEWEST_FOR_A_SHARE:
        return words.seen.format(share=count, count=seen)
    share = score_interval(count / seen, seen)
    return words.seen.format(share=f"{figures.percent(share.estimate)} ({figures.within(share)} %)", count=seen)


def _share(words: _Words, bad: float) -> str:
    return figures.percent(1 - bad if words.of_good else bad)


def _learnt(outcomes: int) -> str:
    return f" (learnt from {outcomes:,})" if outcomes else ""


def _status(shown: Shown) -> str:
    parts = [
        f"By chance alone such an alert comes at most once in {shown.years:,.0f} years here. Over all that Baton "
        f"watches, expect up to {shown.false_alarms:g} false "
        f"{'alarm' if shown.false_alarms == 1 else 'alarms'} a year."
    ]
    if shown.seen_by:
        parts.append(f"Seen by {person(shown.seen_by)}.")
    if shown.muted_until:
        parts.append(f"Muted until {shown.muted_until.day} {shown.muted_until:%B}.")
    return " ".join(parts)


def _buttons(shown: Shown) -> list[ButtonElement]:
    ref = AlertRef(alert_id=shown.alert_id).pack()
    seen = ("Not seen after all", ActionId.ALERT_UNSEEN) if shown.seen_by else ("Seen", ActionId.ALERT_SEEN)
    mute = ("Unmute", ActionId.ALERT_UNMUTE) if shown.muted_until else ("Mute for 4 weeks", ActionId.ALERT_MUTE)
    return [
        ButtonElement(text=PlainTextObject(text=text), action_id=action, value=ref) for text, action in (seen, mute)
    ]
