"""What the managers read between reports when something got worse, and when it is over."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
)

from bot.views import block, figures, mrkdwn
from bot.views.ids import ActionId, AlertRef
from bot.views.post import Post
from bot.views.topic import person
from handoff.alerts import share_told
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
        "Usually it is {usual}",
        "Ratings are back to the usual",
        "Read the conversations with the lowest ratings, then `/baton report` for AI and people side by side. Where "
        "answers of the AI are to blame, put the topic into copilot in App Home and mend its articles.",
        of_good=True,
    ),
    Kind.HANDOFFS: _Words(
        "More conversations go to people",
        "{share} of {count} conversations that the AI may answer went to a person within an hour",
        "Usually it is {usual}",
        "No more conversations than usual go to people",
        "Look at the reasons. Nothing found: add the articles that are missing. Unsure: see whether articles or the "
        "model changed. Asked for a person: read what customers disliked.",
    ),
    Kind.ANSWERS: _Words(
        "Fewer customers answer the survey",
        "{share} of {count} customers who were asked gave a score within three days",
        "Usually it is {usual}",
        "Customers answer the survey as usual again",
        "Ask a question as a customer would, have it solved and press a score, to see that the survey comes and its "
        "buttons work. Until then, read the report's ratings with care: those who still answer may be others.",
        of_good=True,
    ),
    Kind.MODEL: _Words(
        "The model is failing",
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
    ended_on: date | None = None
    became_usual: bool = False
    """Whether it ended because it had stayed so long."""
    topic_gone: bool = False
    """Whether it ended with its topic."""


def title(kind: Kind, topic: str) -> str:
    """What happened, and where."""
    where = f" in {topic}" if topic else ""
    return f"{WORDS[kind].title}{where}"


def raised(shown: Shown) -> Post:
    """Something got worse: what was seen and since when, how sure that is, and what to do."""
    words = WORDS[shown.kind]
    head = _head(shown)
    blocks: list[Block] = [block.header(head), block.section(what(shown))]
    if shown.reasons:
        lines = [f"• {mrkdwn.escape(reason)}: {count}" for reason, count in list(shown.reasons.items())[:MOST_REASONS]]
        blocks.append(block.section("\n".join(["*Reasons since then*", *lines])))
    if shown.links:
        read = [mrkdwn.link(link, f"conversation {number}") for number, link in enumerate(shown.links, 1) if link]
        blocks.append(block.section(f"*The latest of them:* {', '.join(read)}"))
    if not shown.ended_on:
        blocks += [block.section(f"*What to do now*\n{words.todo}"), ActionsBlock(elements=_buttons(shown))]
    small = [*([] if shown.ended_on else [chance(shown)]), *status(shown)]
    return Post.of(mrkdwn.escape(title(shown.kind, shown.topic)), [*blocks, block.context(" ".join(small))])


def _head(shown: Shown) -> str:
    """What happened while it lasts, and that it is over once it is."""
    if shown.ended_on and not (shown.became_usual or shown.topic_gone):
        return f"✅ {WORDS[shown.kind].over}{f' in {shown.topic}' if shown.topic else ''}"
    return f"{'' if shown.ended_on else '⚠️ '}{title(shown.kind, shown.topic)}"


def what(shown: Shown) -> str:
    """What was seen since when, and what is usual, in two sentences."""
    words, day = WORDS[shown.kind], shown.since
    usual = f"{words.usual.format(usual=_share(words, shown.usual))}{_learnt(shown.learnt_from)}."
    return f"Since {day:%A} {day.day} {day:%B}, {_seen(words, shown.seen, shown.bad, at_alarm=True)}. {usual}"


def moved(kind: Kind, topic: str, channel_id: str) -> Post:
    """What stands in the old channel once the managers have another one."""
    head = title(kind, topic)
    where = f"*{mrkdwn.escape(head)}*: this alert goes on in <#{channel_id}>, the managers' channel now."
    return Post.of(mrkdwn.escape(head), [block.section(where)])


def directly(card: Post, channel_id: str) -> Post:
    """The card for a manager's own messages, with why it comes there."""
    why = (
        f"Slack did not take this in <#{channel_id}>, the managers' channel. If it is private: write `/invite @Baton` "
        "there. If it is archived or gone: name another in `BATON_MANAGERS_CHANNEL`, and restart Baton."
    )
    return replace(card, blocks=(*card.blocks, *Post.of("", [block.context(why)]).blocks))


def over(kind: Kind, topic: str, *, since: date, seen: int, bad: int, usual: float, became_usual: bool) -> Post:
    """An alert is over."""
    words = WORDS[kind]
    where = f" in {topic}" if topic else ""
    what = f"In the last week, {_seen(words, seen, bad, at_alarm=False)}. " if seen else ""
    last = f"{what}{words.usual.format(usual=_share(words, usual))}."
    if became_usual:
        head = f"{title(kind, topic)}: it has stayed so"
        note = f"{last}\nIt has been so for eight weeks, so from here on Baton takes it as usual."
    else:
        head = f"{words.over}{where}"
        note = f"{last}\nThe alert of {since.day} {since:%B} is over."
    return Post.of(mrkdwn.escape(head), [block.header(head if became_usual else f"✅ {head}"), block.section(note)])


def _seen(words: _Words, seen: int, bad: int, *, at_alarm: bool) -> str:
    count = seen - bad if words.of_good else bad
    if seen < FEWEST_FOR_A_SHARE:
        return words.seen.format(share=count, count=seen)
    share = share_told(count, seen, at_alarm=at_alarm)
    return words.seen.format(share=f"{figures.percent(share.estimate)} ({figures.within(share)} %)", count=seen)


def _share(words: _Words, bad: float) -> str:
    return figures.percent(1 - bad if words.of_good else bad)


def usual(kind: Kind, bad: float) -> str:
    """The usual share as people tell it: of the good ones where those are told."""
    return _share(WORDS[kind], bad)


def _learnt(outcomes: int) -> str:
    return f" (learnt from {outcomes:,})" if outcomes else ""


def chance(shown: Shown) -> str:
    """How often such an alert comes by chance alone."""
    return (
        f"By chance alone such an alert comes at most once in {shown.years:,.0f} years here. Over all that Baton "
        f"watches, expect {false_alarms(shown.false_alarms)}."
    )


def false_alarms(a_year: float) -> str:
    """How many false alarms a team accepts, in words."""
    return f"up to {a_year:g} false {'alarm' if a_year == 1 else 'alarms'} a year"


def status(shown: Shown, who: Callable[[str], str] = person) -> Iterator[str]:
    """What became of it, a sentence each; `who` tells how people are named."""
    if shown.seen_by:
        yield f"Seen by {who(shown.seen_by)}."
    if shown.muted_until:
        yield f"Muted until {shown.muted_until.day} {shown.muted_until:%B}."
    if shown.ended_on:
        yield f"Over since {shown.ended_on.day} {shown.ended_on:%B}: {_how_it_ended(shown)}."


def _how_it_ended(shown: Shown) -> str:
    if shown.topic_gone:
        return "the topic is no more"
    return "it has stayed so, and is the usual now" if shown.became_usual else "it is back to the usual"


def _buttons(shown: Shown) -> list[ButtonElement]:
    ref = AlertRef(alert_id=shown.alert_id).pack()
    seen = ("Not seen after all", ActionId.ALERT_UNSEEN) if shown.seen_by else ("Seen", ActionId.ALERT_SEEN)
    mute = ("Unmute", ActionId.ALERT_UNMUTE) if shown.muted_until else ("Mute for 4 weeks", ActionId.ALERT_MUTE)
    about = title(shown.kind, shown.topic)
    return [block.button(text, action, ref, about=about) for text, action in (seen, mute)]
