"""App Home, by role."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    DividerBlock,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)
from slack_sdk.models.views import View as ViewModel

from bot.views import block, mrkdwn, texts, topic_words
from bot.views.desk import moment, why
from bot.views.ids import ActionId, FitRef, TopicRef
from bot.views.post import View, as_view
from bot.views.topic_words import Standing
from handoff.certificate import percent
from storage.kinds import HandoffReason, Stage

QUEUE_SHOWN, TOPICS_SHOWN = 30, 40
"""A home has room for 100 blocks."""
LONGEST_TITLE, LONGEST_PROMISE = 120, 400
UNPROVED = "*Unproved* is a starting policy: no certificate backs its threshold yet."
ANSWERED = (
    "Fewer questions are *answered* than drafts are sure enough: a person also comes for who asks for one or is upset, "
    "and where no article fits."
)


@dataclass(frozen=True, slots=True)
class HomeStats:
    """What is open now, and how the last seven days went."""

    open_handoffs: int
    waiting: int
    with_ai: int
    with_human: int
    resolved_7d: int
    rated_7d: int
    satisfied_7d: int
    simulated: int


@dataclass(frozen=True, slots=True)
class QueueLine:
    """An open handoff."""

    handoff_id: str
    conversation_id: str
    customer_id: str
    topic_title: str
    reason: HandoffReason
    reasons: Sequence[str]
    """In plain words, the weightiest first."""
    opened_at: datetime
    claimed_by: str | None
    link: str


@dataclass(frozen=True, slots=True)
class Trust:
    """What managers see of the topics' promises, besides each topic."""

    agreement: str = ""
    """How far two readers of the same draft agree."""
    candidate: str = ""
    """The version of a confidence model that waits for a manager; empty when none does."""
    candidate_words: str = ""


def for_customer(company: str, support_channel_ids: Sequence[str], language: str) -> View:
    """Where to ask."""
    words = texts.of(language)
    channels = ", ".join(f"<#{channel_id}>" for channel_id in support_channel_ids)
    text = words.home_text.format(channels=channels) if channels else words.home_text_direct
    return _home([block.header(words.home_title.format(company=company)), block.section(text)])


def for_agent(stats: HomeStats, queue: Sequence[QueueLine], *, reviews: Sequence[Block] = ()) -> View:
    """What waits for a review, and the desk: what waits, and who has what."""
    between = [DividerBlock()] if reviews else []
    return _home([*reviews, *between, *_desk(stats, queue)])


def for_manager(
    stats: HomeStats,
    queue: Sequence[QueueLine],
    topics: Sequence[Standing],
    *,
    report: Sequence[Block] = (),
    trust: Trust | None = None,
    reviews: Sequence[Block] = (),
    answers: Sequence[Block] = (),
    cost: str = "",
) -> View:
    """The week, what models cost today, the topics with their promises, what waits for a review, and the desk."""
    blocks: list[Block] = [block.header("The last seven days"), block.section(_week(stats))]
    if stats.simulated:
        blocks.append(block.context(f"{stats.simulated} of {stats.resolved_7d} conversations are simulated."))
    if cost:
        blocks.append(block.context(cost))
    blocks += [*report, *reviews, DividerBlock(), block.header("Topics"), *_topics(topics), *_trust(trust or Trust())]
    taught = [DividerBlock(), *answers] if answers else []
    return _home([*blocks, DividerBlock(), *_desk(stats, queue), *taught])


def _week(stats: HomeStats) -> str:
    if not stats.resolved_7d:
        return "Nothing was resolved in the last seven days."
    rated = f"{stats.satisfied_7d} of {stats.rated_7d} rated it 4 or 5" if stats.rated_7d else "none was rated"
    return f"*{stats.resolved_7d}* conversations resolved; {rated}."


def _topics(topics: Sequence[Standing]) -> list[Block]:
    if not topics:
        return [block.section("No topics yet. `baton knowledge sync` adds those that your articles name.")]
    blocks: list[Block] = [_topic(topic) for topic in topics[:TOPICS_SHOWN]]
    hints = [UNPROVED] if any(topic.unproved for topic in topics) else ["*Manage* shows the evidence of a topic."]
    if any(topic.proof and topic.decided for topic in topics):
        hints.append(ANSWERED)
    return [*blocks, block.context(_more(len(topics) - TOPICS_SHOWN, "topics") + " ".join(hints))]


def _more(hidden: int, what: str) -> str:
    return f"And {hidden} more {what}. " if hidden > 0 else ""


def _topic(topic: Standing) -> Block:
    """Stage and promise on top, below what the reviews and the monitor say, and the way to change it."""
    title = mrkdwn.clip(mrkdwn.escape(topic.shown_title), LONGEST_TITLE)
    stage = topic_words.stage(topic, short=True).replace(topic_words.UNPROVED, f"*{topic_words.UNPROVED}*")
    promise = mrkdwn.clip(mrkdwn.escape(topic_words.evidence(topic, named=False)), LONGEST_PROMISE)
    figures = f"tolerance {percent(topic.tolerance)} · {topic_words.share(topic)}"
    watch = " · ".join(_watch(topic))
    button = block.button(
        "Manage",
        ActionId.MANAGE_TOPIC,
        TopicRef(topic=topic.name).pack(),
        style="primary" if topic.can_be_promoted else None,
        about=topic.shown_title,
    )
    text = f"*{title}* · {stage}\n{_mark(topic)}{promise}\n{figures}\n{watch}"
    return SectionBlock(text=MarkdownTextObject(text=mrkdwn.clip(text, mrkdwn.SECTION)), accessory=button)


def _mark(topic: Standing) -> str:
    """What catches the eye: a promise that holds, or one that broke."""
    if topic.alarmed_at:
        return ":rotating_light: "
    return ":white_check_mark: " if topic.proof and topic.certificate_id else ""


def _watch(topic: Standing) -> Iterator[str]:
    """What the reviews say; what only says that there is nothing to say is left out."""
    yield from tuple(_known(topic)) or ("nothing reviewed yet",)
    if topic.waiting:
        yield topic_words.waiting(topic)


def _known(topic: Standing) -> Iterator[str]:
    if topic.error is not None:
        yield topic_words.error(topic)
    watched = topic.watched is not None or topic.error is not None
    if topic.alarmed_at or (topic.stage == Stage.AUTOPILOT and watched):
        yield topic_words.monitor(topic)


def _trust(trust: Trust) -> list[Block]:
    blocks: list[Block] = []
    if trust.agreement:
        blocks.append(block.context(f"How far readers agree: {mrkdwn.escape(trust.agreement)}."))
    if trust.candidate:
        button = ButtonElement(
            text=PlainTextObject(text="Read and adopt…"),
            action_id=ActionId.ADOPT_FIT,
            value=FitRef(version=trust.candidate).pack(),
        )
        words = f"*A better confidence model is ready*\n{mrkdwn.escape(trust.candidate_words)}"
        blocks.append(SectionBlock(text=MarkdownTextObject(text=mrkdwn.clip(words, 1000)), accessory=button))
    return blocks


def _desk(stats: HomeStats, queue: Sequence[QueueLine]) -> list[Block]:
    now = f"*{stats.waiting}* waiting · *{stats.with_human}* with an agent · *{stats.with_ai}* with Baton"
    blocks: list[Block] = [block.header("The desk"), block.section(now)]
    if not queue:
        return [*blocks, block.section("Nobody is waiting. 🎉")]
    blocks += [block.section(_queued(line)) for line in queue[:QUEUE_SHOWN]]
    hidden = max(stats.open_handoffs, len(queue)) - min(len(queue), QUEUE_SHOWN)
    return [*blocks, block.context(_more(hidden, "in the desk channel").strip())] if hidden > 0 else blocks


def _queued(line: QueueLine) -> str:
    state = f"with <@{line.claimed_by}>" if line.claimed_by else "*waiting*"
    where = f" · {mrkdwn.link(line.link, 'open the card')}" if line.link else ""
    topic = f" · {mrkdwn.clip(mrkdwn.escape(line.topic_title), LONGEST_TITLE)}" if line.topic_title else ""
    head = f"<@{line.customer_id}> · {why(line.reason, line.reasons)}{topic}"
    return f"{head}\n{state} since {moment(line.opened_at)}{where}"


def _home(blocks: Sequence[Block]) -> View:
    return as_view(ViewModel(type="home", blocks=list(blocks)))
