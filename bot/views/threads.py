"""What agents read when they split a conversation in two or merge two into one: the forms, and words in the thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    InputBlock,
    MarkdownTextObject,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
)

from bot.views import mrkdwn
from bot.views.desk import LONGEST_RELAYED, Line, moment
from bot.views.ids import ActionId, BlockId, CallbackId, ThreadsRef, UndoRef
from bot.views.post import Post, View, modal
from handoff.draft import Author
from storage.kinds import ConversationState

MOST_TYPED = 3000
SHORT, OPTION = 150, 75
WHO = {Author.BOT: "Baton", Author.BYSTANDER: "Somebody else", Author.NOTE: "Note"}
HAS_IT = {
    ConversationState.WITH_AI: "Baton has it",
    ConversationState.WAITING: "waits for a person",
    ConversationState.WITH_HUMAN: "a person has it",
    ConversationState.RESOLVED: "solved meanwhile",
}
NO_OTHER = (
    "There is nothing to merge: this customer has no other open conversation whose answer may be read here. "
    "One from direct messages is never merged into a channel."
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A conversation that can be merged into the one in hand."""

    conversation_id: str
    question: str
    state: ConversationState
    elsewhere: bool
    """Whether it is in another channel."""
    opened_at: datetime


def split_form(ref: ThreadsRef, said: Sequence[str], stays: str, second: str) -> View:
    """What the customer said, and the two questions it is to become."""
    quoted = "\n".join(f"> {line}" for text in said for line in mrkdwn.escape(text).splitlines())
    shown = [SectionBlock(text=MarkdownTextObject(text=piece)) for piece in mrkdwn.in_sections(quoted, most=4)]
    return modal(
        CallbackId.SPLIT_FORM,
        "Split in two",
        [
            *shown,
            _field(
                BlockId.SECOND,
                "The other question",
                "It gets a thread and a card of its own. The customer reads these words there.",
                second,
            ),
            _field(BlockId.STAYS, "What stays here", "It stands on this card.", stays),
        ],
        submit="Split",
        close="Back",
        ref=ref.pack(),
    )


def _field(block: BlockId, label: str, hint: str, text: str) -> Block:
    return InputBlock(
        block_id=block,
        label=PlainTextObject(text=label),
        hint=PlainTextObject(text=hint),
        element=PlainTextInputElement(
            action_id=block, multiline=True, max_length=MOST_TYPED, initial_value=text[:MOST_TYPED] or None
        ),
    )


def merge_form(ref: ThreadsRef, choices: Sequence[Choice]) -> View:
    """Which of the customer's other conversations goes on in this one."""
    options = [Option(value=each.conversation_id, text=PlainTextObject(text=_named(each))) for each in choices]
    listed = "\n".join(f"• {moment(each.opened_at)}: {_listed(each)}" for each in choices)
    return modal(
        CallbackId.MERGE_FORM,
        "Merge two threads",
        [
            SectionBlock(
                text=MarkdownTextObject(
                    text="The one that you choose ends, and goes on here. The customer reads so in its thread; "
                    "what they write there from now on comes to you. You can undo it."
                )
            ),
            InputBlock(
                block_id=BlockId.MERGE_WITH,
                label=PlainTextObject(text="The customer's other conversation"),
                element=StaticSelectElement(
                    action_id=ActionId.MERGE_WITH,
                    placeholder=PlainTextObject(text="Choose one"),
                    options=options,
                ),
            ),
            ContextBlock(elements=[MarkdownTextObject(text=mrkdwn.clip(listed, mrkdwn.SECTION))]),
        ],
        submit="Merge",
        close="Back",
        ref=ref.pack(),
    )


def _named(choice: Choice) -> str:
    return mrkdwn.clip(" ".join(choice.question.split()) or "(no words)", OPTION)


def _listed(choice: Choice) -> str:
    where = ", in another channel" if choice.elsewhere else ""
    return f"{_short(choice.question)} ({HAS_IT[choice.state]}{where})"


def was_split(agent_id: str, question: str, ref: UndoRef) -> Post:
    """The other question has a thread and a card of its own, as long as nobody takes that back."""
    words = f"<@{agent_id}> split this conversation. Its other question has a thread and a card of its own:\n"
    return _undoable(f"{words}{_quote(question)}", ActionId.UNDO_SPLIT, ref)


def was_merged(agent_id: str, lines: Sequence[Line], thread_link: str, ref: UndoRef) -> Post:
    """What was said in the conversation that goes on here now, as long as nobody takes that back."""
    there = mrkdwn.link(thread_link, "another thread of this customer")
    said = mrkdwn.clip("\n".join(_line(each) for each in lines), LONGEST_RELAYED)
    return _undoable(
        f"<@{agent_id}> merged {there} into this one. What was said there:\n{said}", ActionId.UNDO_MERGE, ref
    )


def _line(line: Line) -> str:
    who = WHO.get(line.who) or f"<@{line.person_id}>"
    return f"*{who}:*\n{_quote(line.text)}"


def undone(agent_id: str, what: str) -> Post:
    """What stands in the place of a split or merge that was taken back."""
    return _post(f"↩️ <@{agent_id}> took this back. {mrkdwn.escape(what)}")


def thread_is(thread_link: str) -> Post:
    """Where the customer reads what is written here."""
    return _post(f"The customer reads this in {mrkdwn.link(thread_link, 'a thread of its own')}.")


def split_off(agent_id: str) -> Post:
    """Where a question comes from that has only now its own card."""
    return _post(f"<@{agent_id}> split this off another question of the same customer.")


def no_thread(error: str) -> Post:
    """The customer's thread could not be opened."""
    return _post(
        f":warning: The customer's thread for this question could not be opened (Slack says `{mrkdwn.escape(error)}`). "
        "They read nothing that is written here: answer in their first thread, or press *Undo* there."
    )


def nothing_to_merge() -> Post:
    """There is no other conversation to choose."""
    return _post(NO_OTHER)


def _undoable(words: str, action: ActionId, ref: UndoRef) -> Post:
    blocks: list[Block] = [
        SectionBlock(text=MarkdownTextObject(text=piece)) for piece in mrkdwn.in_sections(words, most=mrkdwn.MOST_ALONE)
    ]
    undo = ButtonElement(text=PlainTextObject(text="Undo"), action_id=action, value=ref.pack())
    return Post.of(mrkdwn.clip(words, SHORT), [*blocks, ActionsBlock(elements=[undo])])


def _quote(text: str) -> str:
    return "\n".join(f"> {line}" for line in mrkdwn.escape(text).splitlines()) or "> (no words)"


def _short(text: str) -> str:
    return mrkdwn.clip(mrkdwn.escape(" ".join(text.split())), SHORT) or "(no words)"


def _post(words: str) -> Post:
    return Post.of(words, [SectionBlock(text=MarkdownTextObject(text=mrkdwn.clip(words, mrkdwn.SECTION)))])
