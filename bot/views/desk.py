"""What agents read: the handoff's card, and words in its thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    DividerBlock,
    HeaderBlock,
    MarkdownTextObject,
    Option,
    OverflowMenuElement,
    PlainTextObject,
    SectionBlock,
)

from bot.views import block, languages, mrkdwn
from bot.views import draft as draft_view
from bot.views.customer import MOST_SOURCES, SourceLink, named
from bot.views.ids import ActionId, HandoffRef, Way, WayRef
from bot.views.post import Post
from handoff import confidence
from handoff.draft import Author
from handoff.gate import CAME_BACK, DRAFT_SURE_ENOUGH, STEPPED_IN, SURE_ENOUGH
from handoff.holdout import DRAWN
from storage.kinds import HandoffReason, HandoffState

WHY = {
    HandoffReason.WISH: "Asks for a person",
    HandoffReason.FRUSTRATION: "Frustrated customer",
    HandoffReason.LOW_CONFIDENCE: "Baton is not sure enough",
    HandoffReason.NOTHING_FOUND: "Nothing in the knowledge base fits",
    HandoffReason.LISTED_SUBJECT: "A subject that people handle",
    HandoffReason.NEEDS_ACTION: "Needs something done",
    HandoffReason.MODEL_FAILED: "Baton could not draft a reply",
    HandoffReason.POLICY: "By this topic's policy",
}
WHY_IN_WORDS = {
    CAME_BACK: "Came back after a person had helped",
    STEPPED_IN: "An agent stepped in",
    DRAWN: "Sent to people by lot",
}
"""What is counted as the policy, and has a reason of its own."""
OTHER_WAYS = {Way.SPLIT: "Split: two questions in one…", Way.MERGE: "Merge with another thread…"}
CUT_DRAFT = "Cut here: *Edit and send…* shows all of it."
LINE, DRAFT, REASON = 280, 1500, 220
LONGEST_RELAYED = 4500
MOST_REASONS, MOST_LINES = 5, 8
ONLY_CUSTOMER = "(only the customer saw it)"
ONLY_FOR_CUSTOMER = (
    "Not everyone in {channel} may read what this draft rests on. Sent from here, only the customer will see it."
)
WHO = {Author.BOT: "Baton", Author.BYSTANDER: "Somebody else", Author.NOTE: "Note"}


@dataclass(frozen=True, slots=True)
class Line:
    """One of the last messages of a conversation."""

    who: Author
    person_id: str
    text: str
    private: bool = False
    """Whether only the customer saw it."""
    in_passing: bool = False
    """Whether it is a word of Baton's that answers nothing, such as that a person is coming."""


@dataclass(frozen=True, slots=True)
class HandoffCard:
    """Everything a card shows."""

    handoff_id: str
    conversation_id: str
    state: HandoffState
    reason: HandoffReason
    reasons: tuple[str, ...]
    priority: int
    customer_id: str
    channel_id: str
    topic_title: str
    summary: str
    lines: tuple[Line, ...]
    draft: str
    sources: tuple[SourceLink, ...]
    thread_link: str
    opened_at: datetime
    claimed_by: str | None
    language: str
    files: tuple[SourceLink, ...] = ()
    """What the customer sent, by name and address."""
    draft_for_customer_only: bool = False
    """Whether others in the channel may not read what the draft rests on."""
    merged_link: str = ""
    """The customer's thread in which a merged conversation goes on."""
    lesson: tuple[Block, ...] = ()
    """What a closed card offers besides: to teach its answer, or to forget it."""


def why(reason: HandoffReason, reasons: Sequence[str]) -> str:
    """Why a person is needed, in a few words; `reasons` are those in plain words, the weightiest first."""
    return next((WHY_IN_WORDS[each] for each in reasons[:1] if each in WHY_IN_WORDS), WHY[reason])


def moment(at: datetime) -> str:
    """A time that Slack shows in the reader's own zone."""
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}} {{time}}|{at:%Y-%m-%d %H:%M} UTC>"


def card(shown: HandoffCard) -> Post:
    """The card: why it came, what was said, the draft with its sources, and the next action.

    Once it is done, only what tells it from the others in the channel stays.
    """
    is_open = shown.state != HandoffState.DONE
    reason = why(shown.reason, shown.reasons)
    title = f"{'🔥 ' if shown.priority and is_open else ''}{reason}"
    blocks: list[Block] = [HeaderBlock(text=PlainTextObject(text=title, emoji=True)), _facts(shown)]
    blocks += _section(f"*Question*\n{_quote(shown.summary)}" if shown.summary else "")
    if is_open:
        blocks += [*_why(reason, shown.reasons), *_said(shown), *_files(shown.files), *_draft(shown), DividerBlock()]
    blocks += _next_action(shown)
    return Post.of(f"{title}: {mrkdwn.escape(mrkdwn.clip(shown.summary, 150))}", blocks)


def _facts(shown: HandoffCard) -> Block:
    thread = mrkdwn.link(shown.thread_link, "customer's thread")
    fields = [
        f"*Customer*\n<@{shown.customer_id}> in <#{shown.channel_id}>",
        f"*Topic*\n{mrkdwn.clip(mrkdwn.escape(shown.topic_title or 'not known yet'), LINE)}",
        f"*Since*\n{moment(shown.opened_at)}",
        f"*Thread*\n{thread}" + (f" · in {mrkdwn.escape(languages.name(shown.language))}" if shown.language else ""),
    ]
    return SectionBlock(fields=[MarkdownTextObject(text=field) for field in fields])


def _why(title: str, reasons: Sequence[str]) -> list[Block]:
    """Why a person is needed, where the title does not say all of it."""
    against = [each for each in reasons if not _speaks_for_draft(each)]
    if not against or (len(against) == 1 and title.casefold() in against[0].casefold()):
        return []
    points = [f"• {mrkdwn.clip(mrkdwn.escape(each), REASON)}" for each in _sentences(against)[:MOST_REASONS]]
    return _section("\n".join(["*Why a person*", *points]))


def _sentences(reasons: Sequence[str]) -> list[str]:
    """Reasons as sentences: the signs of a mood stand in the one that tells the mood."""
    told: list[list[str]] = []
    for reason in reasons:
        if told and reason[:1].islower():
            told[-1].append(reason)
        else:
            told.append([reason])
    return [f"{head.removesuffix('.')}: {', '.join(signs)}." if signs else head for head, *signs in told]


def _speaks_for_draft(reason: str) -> bool:
    return reason.startswith((SURE_ENOUGH, DRAFT_SURE_ENOUGH)) or confidence.speaks_for(reason)


def _said(shown: HandoffCard) -> list[Block]:
    """What was said, where that is more than the question above and Baton's word that a person is coming."""
    if all(each.in_passing or each.text.strip() == shown.summary.strip() for each in shown.lines):
        return []
    last = [_line(each) for each in shown.lines[-MOST_LINES:]]
    return _section("\n".join(["*Said so far*", *last])) if len(last) > 1 else []


def _files(files: Sequence[SourceLink]) -> list[Block]:
    links = [mrkdwn.link(each.url, each.title) for each in files[:MOST_LINES]]
    return [block.context(f"📎 {', '.join(links)}")] if links else []


def _line(line: Line) -> str:
    who = WHO.get(line.who) or f"<@{line.person_id}>"
    shown = mrkdwn.in_one_line(line.text) if line.who in (Author.BOT, Author.AGENT) else " ".join(line.text.split())
    seen = f" {ONLY_CUSTOMER}" if line.private else ""
    return f"*{who}{seen}:* {mrkdwn.clip(mrkdwn.escape(shown), LINE)}"


def _quote(text: str) -> str:
    clipped = mrkdwn.clip(mrkdwn.escape(text), LINE)
    return "\n".join(f"> {line}" for line in clipped.splitlines())


def _draft(shown: HandoffCard) -> list[Block]:
    if not shown.draft:
        return []
    found = named(shown.sources, most=MOST_SOURCES)
    whole = mrkdwn.from_markdown(shown.draft)
    draft = mrkdwn.clip(whole, DRAFT)
    blocks = _section(f"*Baton's draft*\n{draft}")
    if draft != whole:
        blocks.append(block.context(CUT_DRAFT))
    ref = HandoffRef(handoff_id=shown.handoff_id, conversation_id=shown.conversation_id).pack()
    alone = (
        [block.context(ONLY_FOR_CUSTOMER.format(channel=f"<#{shown.channel_id}>"))]
        if shown.draft_for_customer_only
        else []
    )
    sources = [block.context(f"From: {found}")] if found else []
    return [*blocks, *sources, *_for_draft(shown.reasons), *alone, draft_view.ways(ref)]


def _for_draft(reasons: Sequence[str]) -> list[Block]:
    """What speaks for the draft although a person decides."""
    told = [each for each in reasons if _speaks_for_draft(each)]
    return [block.context(f"Speaks for it: {mrkdwn.clip(mrkdwn.escape(' '.join(told)), LINE)}")] if told else []


def _next_action(shown: HandoffCard) -> list[Block]:
    ref = HandoffRef(handoff_id=shown.handoff_id, conversation_id=shown.conversation_id).pack()
    if shown.merged_link:
        there = mrkdwn.link(shown.merged_link, "another thread of this customer")
        return [block.context(f"🔗 Merged: this goes on in {there}.")]
    if shown.state == HandoffState.DONE:
        by = f" by <@{shown.claimed_by}>" if shown.claimed_by else ""
        return [block.context(f"✅ Done{by}. The thread stays here to read."), *shown.lesson]
    if shown.state == HandoffState.QUEUED:
        claim = block.button("Claim", ActionId.CLAIM, ref, style="primary")
        hint = "Claim it, then write in this thread: your words go to the customer."
        return [_actions([claim, _other_ways(shown)]), block.context(hint)]
    done = block.button("Resolve", ActionId.RESOLVE, ref, style="primary")
    back = block.button("Give back to Baton", ActionId.GIVE_BACK, ref)
    back.confirm = ConfirmObject(
        title="Give back to Baton?",
        text="Baton answers the customer's next messages again.",
        confirm="Give back",
        deny="Keep it",
    )
    held = f"<@{shown.claimed_by}> has this. Write in this thread to answer; start with :lock: for an internal note."
    return [_actions([done, back, _other_ways(shown)]), block.context(held)]


def _other_ways(shown: HandoffCard) -> OverflowMenuElement:
    place = {"handoff_id": shown.handoff_id, "conversation_id": shown.conversation_id}
    return OverflowMenuElement(
        action_id=ActionId.OTHER_WAYS,
        options=[
            Option(value=WayRef(way=way, **place).pack(), text=PlainTextObject(text=text))
            for way, text in OTHER_WAYS.items()
        ],
    )


def relayed(customer_id: str, text: str, file_names: Sequence[str]) -> Post:
    """What the customer wrote, in the desk thread."""
    files = "".join(f"\n📎 {mrkdwn.escape(name)}" for name in file_names)
    words = mrkdwn.escape(text.strip())
    shown = mrkdwn.clip(words, LONGEST_RELAYED)
    body = f"{shown}{mrkdwn.clip(files, LINE * 5)}".strip() or "(an empty message)"
    pieces = mrkdwn.in_sections(f"<@{customer_id}>: {body}")
    blocks = [each for piece in pieces for each in _section(piece)]
    if shown != words:
        blocks += [block.context("Cut here: the whole message is in the customer's thread.")]
    return Post.of(mrkdwn.clip(body, 150), blocks)


def note_help(agent_id: str) -> Post:
    """How the claimer goes on."""
    return block.paragraph(
        f"<@{agent_id}>, it's yours. What you write in this thread goes to the customer under your name "
        "(:white_check_mark: sent); start with :lock: to keep a note in here."
    )


def took_over(agent_id: str) -> Post:
    """An agent answered in the customer's thread."""
    return block.paragraph(f"<@{agent_id}> answered in the customer's thread and has this conversation now.")


def undelivered(error: str) -> Post:
    """An agent's words did not reach the customer."""
    return block.paragraph(
        f":warning: Your last message did not reach the customer (Slack says `{mrkdwn.escape(error)}`). "
        "It is kept here; please try to reach them another way, or send it again."
    )


def not_relayed() -> Post:
    """An agent's words could not be handled; nothing of them went out."""
    return block.paragraph(
        ":warning: Your last message was not sent to the customer: Baton failed on it. Please send it again."
    )


def customer_left(customer_id: str) -> Post:
    """The customer is gone from the channel."""
    return block.paragraph(
        f"<@{customer_id}> has left the channel and may not read what you write. Resolve it if it is over."
    )


def edited(customer_id: str, text: str) -> Post:
    """The customer changed a message."""
    return relayed(customer_id, f"(edited) {text}", ())


def deleted(customer_id: str) -> Post:
    """The customer deleted a message."""
    return block.paragraph(f"<@{customer_id}> deleted a message.")


def draft_empty() -> Post:
    """There is nothing to send."""
    return block.paragraph("There is no draft for this one. Write in the thread to answer.")


def _section(text: str) -> list[Block]:
    return [block.section(text)] if text else []


def _actions(elements: Sequence[ButtonElement | OverflowMenuElement]) -> Block:
    return ActionsBlock(elements=list(elements))
