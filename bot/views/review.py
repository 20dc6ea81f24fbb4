"""The review queue: one draft after the other, a verdict by one press, and what was wrong by one more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    CheckboxesElement,
    DividerBlock,
    InputBlock,
    MarkdownTextObject,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
)

from bot.views import block, mrkdwn
from bot.views.customer import SourceLink, named
from bot.views.desk import Line, moment
from bot.views.ids import ActionId, BlockId, CallbackId, LessonRef, ReviewRef, verdict_action
from bot.views.post import View, modal
from handoff.draft import Author
from storage.kinds import Fault, ReviewVerdict

TITLE = "Review drafts"
LONGEST_LINE, LONGEST_QUESTION, LONGEST_TOPIC, LONGEST_NOTE = 280, 2000, 120, 2000
MOST_EARLIER, MOST_SOURCES = 6, 5
WHO = {Author.CUSTOMER: "Customer", Author.BOT: "Baton", Author.AGENT: "Agent", Author.BYSTANDER: "Somebody else"}
BUTTONS = (
    (ReviewVerdict.RIGHT, "Right", "primary"),
    (ReviewVerdict.INCOMPLETE, "Incomplete", None),
    (ReviewVerdict.WRONG, "Wrong", None),
    (ReviewVerdict.HARMFUL, "Harmful", "danger"),
    (ReviewVerdict.UNSURE, "Cannot tell", None),
)
GUIDE = (
    "*Right*: you would send it as it is. *Incomplete*: true, but something needed is missing. "
    "*Wrong*: it misleads. *Harmful*: it could do damage or breaks a rule."
)
SAID = {ReviewVerdict.UNSURE: "cannot tell"}
FAULTS = {
    Fault.WRONG_FACT: "A fact is wrong",
    Fault.WRONG_SOURCE: "The wrong source",
    Fault.MISSING_STEP: "A step is missing",
    Fault.OUTDATED_ARTICLE: "The article is outdated",
    Fault.WRONG_TONE: "The tone is wrong",
    Fault.AGAINST_POLICY: "Against our policy",
    Fault.PRIVATE_DATA: "Private data",
    Fault.OTHER: "Something else",
}
BAD = (ReviewVerdict.INCOMPLETE, ReviewVerdict.WRONG, ReviewVerdict.HARMFUL)


@dataclass(frozen=True, slots=True)
class ShownDraft:
    """What a reader sees of a draft: not how sure Baton was, nor what others said of it."""

    topic_title: str
    earlier: tuple[Line, ...]
    question: str
    """Empty when the customer has deleted it."""
    reply: str
    sources: tuple[SourceLink, ...]
    thread_link: str
    drafted_at: datetime


@dataclass(frozen=True, slots=True)
class LastVerdict:
    """What the reader said of the draft before, which they can still take back or explain."""

    review_id: str
    verdict: ReviewVerdict
    fault: str = ""
    noted: bool = False
    conversation_id: str = ""
    draft_id: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the draft."""

    waiting: int
    """Drafts that this person may read, the one in sight among them."""
    agreement: str = ""
    last: LastVerdict | None = None
    word: str = ""
    """What the reader must know of their last press."""


def review_entry(waiting: int) -> list[Block]:
    """The way to the queue, for App Home; nothing while nothing waits."""
    if waiting <= 0:
        return []
    button = block.button(f"Review drafts ({waiting} waiting)", ActionId.REVIEW, ReviewRef().pack(), style="primary")
    waits = f"*{_count(waiting, 'draft')} {_waits(waiting)} for a review.*"
    text = f"{waits} One press each: your verdicts are what Baton's autonomy rests on."
    return [SectionBlock(text=MarkdownTextObject(text=text)), ActionsBlock(elements=[button])]


def queue(ref: ReviewRef, draft: ShownDraft | None, around: Around) -> View:
    """The form: the draft to be read, or that nothing waits."""
    blocks: list[Block] = [block.context(f":information_source: {mrkdwn.escape(around.word)}")] if around.word else []
    blocks += _draft(ref, draft) if draft else _nothing(around)
    if around.last:
        blocks += [DividerBlock(), *_last(ref, around.last)]
    blocks += [DividerBlock(), block.context(_progress(ref.reviewed, around))]
    return modal(CallbackId.REVIEW_QUEUE, TITLE, blocks, close="Done", ref=ref.pack(), notify_on_close=True)


def note_form(ref: ReviewRef) -> View:
    """The form for what was wrong, in the reader's own words."""
    field = InputBlock(
        block_id=BlockId.NOTE,
        label=PlainTextObject(text="What was wrong?"),
        element=PlainTextInputElement(
            action_id=ActionId.NOTE,
            multiline=True,
            max_length=LONGEST_NOTE,
            placeholder=PlainTextObject(text="Such as: the fee changed in May, the article still has the old one."),
        ),
    )
    return modal(CallbackId.NOTE_FORM, "Add a note", [field], submit="Keep the note", close="Back", ref=ref.pack())


def _draft(ref: ReviewRef, draft: ShownDraft) -> list[Block]:
    about = [
        mrkdwn.clip(mrkdwn.escape(draft.topic_title or "no topic"), LONGEST_TOPIC),
        moment(draft.drafted_at),
        mrkdwn.link(draft.thread_link, "open the thread") if draft.thread_link else "",
    ]
    blocks: list[Block] = [block.context(" · ".join(part for part in about if part))]
    blocks += _earlier(draft.earlier)
    question = mrkdwn.clip(mrkdwn.escape(draft.question.strip()), LONGEST_QUESTION)
    quoted = "\n".join(f"> {line}" for line in question.splitlines()) or "_The customer has deleted the question._"
    blocks += [
        block.header("The customer asks"),
        block.section(mrkdwn.clip(quoted, mrkdwn.SECTION)),
        block.header("The reply"),
    ]
    blocks += [block.section(piece) for piece in mrkdwn.in_sections(mrkdwn.from_markdown(draft.reply))]
    links = named(draft.sources, most=MOST_SOURCES)
    blocks.append(block.context(f"Sources: {links}" if links else "It names no source."))
    return [*blocks, _mood(ref), _verdicts(ref), block.context(GUIDE)]


def _earlier(lines: Sequence[Line]) -> list[Block]:
    shown = [_line(each) for each in lines[-MOST_EARLIER:]]
    return [block.context("\n".join(["Before that", *shown]))] if shown else []


def _line(line: Line) -> str:
    words = mrkdwn.in_one_line(line.text)
    return f"*{WHO.get(line.who, 'Note')}:* {mrkdwn.clip(mrkdwn.escape(words), LONGEST_LINE)}"


def _mood(ref: ReviewRef) -> Block:
    """A fresh block for each draft: Slack keeps ticks of a block that stays."""
    box = CheckboxesElement(
        action_id=ActionId.FRUSTRATED,
        options=[Option(value="frustrated", text=PlainTextObject(text="The customer was frustrated"))],
    )
    return ActionsBlock(block_id=f"{BlockId.MOOD}_{ref.review_id}", elements=[box])


def _verdicts(ref: ReviewRef) -> Block:
    return ActionsBlock(
        elements=[
            block.button(text, verdict_action(verdict), ref.pack(), style=style) for verdict, text, style in BUTTONS
        ]
    )


def _nothing(around: Around) -> list[Block]:
    if around.waiting:
        return [block.section(f"*{_count(around.waiting, 'draft')} left, and others are reading just now.* Thank you.")]
    return [block.section("*Nothing waits. Thank you.* :sparkles:")]


def _last(ref: ReviewRef, last: LastVerdict) -> list[Block]:
    own = ref.model_copy(update={"last_id": last.review_id})
    said = SAID.get(last.verdict, str(last.verdict))
    fault = f", {FAULTS[Fault(last.fault)].lower()}" if last.fault in set(Fault) else ""
    text = f"Of the one before you said: *{said}*{fault}.{' Your note is kept.' if last.noted else ''}"
    undo = block.button("Undo", ActionId.UNDO_VERDICT, own.pack())
    blocks: list[Block] = [SectionBlock(text=MarkdownTextObject(text=text), accessory=undo)]
    if last.verdict == ReviewVerdict.RIGHT and last.draft_id:
        lesson = LessonRef(conversation_id=last.conversation_id, draft_id=last.draft_id)
        teach = block.button("Teach this answer…", ActionId.TEACH_DRAFT, lesson.pack())
        return [*blocks, ActionsBlock(elements=[teach])]
    if last.verdict not in BAD:
        return blocks
    return [*blocks, ActionsBlock(block_id=f"why_{last.review_id}", elements=[_faults(last), _note(own, last)])]


def _faults(last: LastVerdict) -> StaticSelectElement:
    options = [Option(value=fault, text=PlainTextObject(text=text)) for fault, text in FAULTS.items()]
    chosen = next((option for option in options if option.value == last.fault), None)
    placeholder = PlainTextObject(text="What was wrong? (optional)")
    return StaticSelectElement(
        action_id=ActionId.FAULT, placeholder=placeholder, options=options, initial_option=chosen
    )


def _note(ref: ReviewRef, last: LastVerdict) -> ButtonElement:
    return block.button("Change the note" if last.noted else "Add a note", ActionId.ADD_NOTE, ref.pack())


def _progress(reviewed: int, around: Around) -> str:
    done = f"{reviewed} reviewed just now" if reviewed else "None reviewed yet"
    left = f"{around.waiting} {_waits(around.waiting)}" if around.waiting else "nothing waits"
    agreed = f" · how far readers agree: {mrkdwn.escape(around.agreement)}" if around.agreement else ""
    return f"{done}, {left}{agreed}."


def _waits(number: int) -> str:
    return "waits" if number == 1 else "wait"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
