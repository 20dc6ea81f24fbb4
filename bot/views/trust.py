"""What the managers read about the promises of their topics: news, alarms, and what was changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
)

from bot.views import block, mrkdwn, topic_words
from bot.views.desk import moment
from bot.views.ids import ActionId, FitRef, TopicRef
from bot.views.post import Post
from bot.views.topic import Line, person
from bot.views.topic_words import Standing

MOST_REPLIES, MOST_CHANGES, MOST_ARTICLES = 8, 6, 3
LONGEST_LINE, LONGEST_ARTICLE = 300, 60


@dataclass(frozen=True, slots=True)
class WrongReply:
    """A reply that a reviewer found wrong: what was wrong, and where it stands."""

    verdict: str
    fault: str
    link: str
    """Of the customer's thread; empty when the conversation was erased."""


@dataclass(frozen=True, slots=True)
class Lately:
    """What changed shortly before an alarm, and when."""

    words: str
    at: datetime


def can_be_promoted(standing: Standing) -> Post:
    """A topic has earned its certificate, and a manager may promote it."""
    title = f"{standing.shown_title} can go to autopilot"
    both = "\n".join(mrkdwn.escape(each) for each in topic_words.promises(standing))
    ref = TopicRef(topic=standing.name, revision=standing.revision).pack()
    buttons = [
        block.button("Promote…", ActionId.ASK_TO_PROMOTE, ref, style="primary"),
        block.button("Show the plot", ActionId.TOPIC_PLOT, ref),
    ]
    words = "You see the evidence once more before anything changes."
    return Post.of(
        _clipped(title),
        [block.header(title), block.section(both), ActionsBlock(elements=buttons), block.context(words)],
    )


def proved(standing: Standing) -> Post:
    """A topic that acts alone goes on by a new certificate."""
    title = f"{standing.shown_title} has a new certificate"
    both = "\n".join(mrkdwn.escape(each) for each in topic_words.promises(standing))
    words = f"It stays on autopilot, with threshold {standing.threshold:.2f} from now on."
    return Post.of(
        _clipped(title),
        [block.header(title), block.section(f"{both}\n{words}"), _manage(standing.name, standing.shown_title)],
    )


def changed(title: str, topic: str, line: Line) -> Post:
    """Somebody changed a topic."""
    words = f"*{_clipped(title)}*: {person(line.by)} {mrkdwn.escape(line.words)}."
    why = [block.context(f"“{mrkdwn.clip(mrkdwn.escape(line.why), LONGEST_LINE)}”")] if line.why else []
    return Post.of(_clipped(f"{title}: {line.words}"), [block.section(words), *why, _manage(topic, title)])


def alarm(standing: Standing, *, why: str, replies: Sequence[WrongReply], changes: Sequence[Lately]) -> Post:
    """The promise is broken: the figures, the replies behind them, what changed lately, and what to do."""
    title = f"🚨 {standing.shown_title} is back in copilot"
    blocks: list[Block] = [
        block.header(title),
        block.section(
            f"{mrkdwn.escape(why)}\nAgents approve every reply from now on, also in conversations under way."
        ),
    ]
    if replies:
        shown = [_wrong(number, each) for number, each in enumerate(replies[:MOST_REPLIES], 1)]
        blocks.append(block.section("\n".join(["*The replies behind it*", *shown, *_more(len(replies) - len(shown))])))
    lately = [f"• {_clipped(each.words)} · {moment(each.at)}" for each in changes[:MOST_CHANGES]]
    lately = [*lately, *_more(len(changes) - len(lately))] or ["• Nothing that Baton knows of."]
    blocks.append(block.section("\n".join(["*What changed lately*", *lately])))
    steps = (
        "*What to do now*\nRead the replies; correct or add the articles they needed. New reviews count from now on, "
        "and Baton tells you when they prove the tolerance again. Until then it stays in copilot."
    )
    return Post.of(_clipped(title), [*blocks, block.section(steps), _manage(standing.name, standing.shown_title)])


def versions_changed(back: Sequence[str], kept: Sequence[str], still_proved: Sequence[str]) -> Post:
    """Another version serves: which topics returned to copilot, and which go on by a certificate of its own."""
    title = "Another version of Baton serves now"
    lines = [
        f"• *{_clipped(each)}* returned to copilot: its certificate was earned by the version before." for each in back
    ]
    lines += [f"• *{_clipped(each)}* stays on autopilot: this version has its own certificate." for each in kept]
    lines += [f"• *{_clipped(each)}* can be promoted: this version has a certificate." for each in still_proved]
    words = "Evidence for the new version gathers from now on. Baton tells you when it proves a tolerance."
    return Post.of(_clipped(title), [block.header(title), block.section("\n".join(lines)), block.context(words)])


def fit_waits(version: str, metrics: str, preview: str) -> Post:
    """A better confidence model waits, for adopting it would cost certificates."""
    title = "A better confidence model is ready"
    button = block.button("Read and adopt…", ActionId.ADOPT_FIT, FitRef(version=version).pack())
    words = f"{mrkdwn.escape(metrics)}\n{mrkdwn.escape(preview)}"
    hint = "Nothing changes until you adopt it. Drafts made meanwhile are evidence for it as well."
    return Post.of(
        _clipped(title),
        [block.header(title), block.section(words), ActionsBlock(elements=[button]), block.context(hint)],
    )


def fit_adopted(version: str, metrics: str, by: str) -> Post:
    """A fitted confidence model serves now."""
    words = f"{person(by)} put a new confidence model into use ({mrkdwn.escape(version)}). {mrkdwn.escape(metrics)}"
    return Post.of("A new confidence model is in use", [block.section(words)])


def _more(hidden: int) -> list[str]:
    return [f"… and {hidden} more."] if hidden > 0 else []


def _wrong(number: int, reply: WrongReply) -> str:
    fault = f": {mrkdwn.clip(mrkdwn.escape(reply.fault.replace('_', ' ')), LONGEST_LINE)}" if reply.fault else ""
    where = mrkdwn.link(reply.link, f"read reply {number}") if reply.link else "the conversation was erased"
    return f"• {mrkdwn.escape(reply.verdict)}{fault} · {where}"


def _manage(topic: str, title: str) -> Block:
    ref = TopicRef(topic=topic).pack()
    return ActionsBlock(elements=[block.button("Manage", ActionId.MANAGE_TOPIC, ref, about=title)])


def of_articles(changed: Sequence[tuple[str, datetime]]) -> list[Lately]:
    """The articles that came, were changed or went, as one thing that changed; none without any.

    Args:
        changed: title and time of each, the newest first.
    """
    if not changed:
        return []
    what = "Article" if len(changed) == 1 else "Articles"
    titles = ", ".join(f"“{mrkdwn.clip(title, LONGEST_ARTICLE)}”" for title, _ in changed[:MOST_ARTICLES])
    hidden = len(changed) - MOST_ARTICLES
    more = f" and {hidden} more" if hidden > 0 else ""
    return [Lately(f"{what} added, changed or removed: {titles}{more}", changed[0][1])]


def of_change(title: str, line: Line) -> Lately:
    """A change of a topic, for the list of what changed lately."""
    return Lately(f"{title}: {'Baton' if line.by == 'baton' else 'a manager'} {line.words}", line.at)


def _clipped(words: str) -> str:
    return mrkdwn.clip(mrkdwn.escape(words), LONGEST_LINE)
