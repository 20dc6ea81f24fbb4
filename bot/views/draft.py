"""What an agent can do with a draft on a handoff's card: send it, edit it, discard it."""

from collections.abc import Iterator

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    InputBlock,
    MarkdownTextObject,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
)

from bot.views import mrkdwn
from bot.views.ids import EDIT_FIELDS, ActionId, CallbackId, EditRef, edit_field
from bot.views.post import Post, View, modal
from storage.kinds import ReviewVerdict

FIELD = 3000
"""The most characters that a field of a form takes."""
FIRST_FILL = 2700
"""A longer draft goes on in the next field, so that each has room to grow."""
NOT_NEEDED = "not_needed"
DISCARDS = (
    (ReviewVerdict.WRONG, "It is wrong"),
    (ReviewVerdict.INCOMPLETE, "It is incomplete"),
    (ReviewVerdict.HARMFUL, "It would do harm"),
    (NOT_NEEDED, "It is not needed"),
)
NO_LONGER_FOR_CUSTOMER = (
    "Nothing was sent: this draft rests on an article that this customer may not read any more. "
    "Write your own words in the thread."
)
REWRITE = "Nothing was sent. Edit the draft, or write your own words in the thread."
SAID = {
    ReviewVerdict.WRONG: "it is wrong",
    ReviewVerdict.INCOMPLETE: "it is incomplete",
    ReviewVerdict.HARMFUL: "it would do harm",
}


def ways(ref: str) -> Block:
    """The row of buttons under a draft; `ref` is a packed HandoffRef.

    The handoff of a discarded draft stands in the block's id, for a menu's options have room for little.
    """
    discard = StaticSelectElement(
        action_id=ActionId.DISCARD_DRAFT,
        placeholder=PlainTextObject(text="Discard…"),
        options=[Option(value=value, text=PlainTextObject(text=text)) for value, text in DISCARDS],
    )
    send = ButtonElement(text=PlainTextObject(text="Send the draft"), action_id=ActionId.SEND_DRAFT, value=ref)
    edit = ButtonElement(text=PlainTextObject(text="Edit and send…"), action_id=ActionId.EDIT_DRAFT, value=ref)
    return ActionsBlock(block_id=ref, elements=[send, edit, discard])


def edit_form(ref: EditRef, text: str) -> View:
    """The draft in a form, to be changed and sent."""
    fields = [_field(number, part) for number, part in enumerate(parts(text))]
    return modal(CallbackId.EDIT_FORM, "Edit and send", fields, submit="Send to customer", close="Back", ref=ref.pack())


def _field(number: int, part: str) -> InputBlock:
    label = "The customer reads this under your name" if number == 0 else "And on"
    return InputBlock(
        block_id=edit_field(number),
        label=PlainTextObject(text=label),
        hint=PlainTextObject(text="Two stars around words make them **bold**."),
        optional=number > 0,
        element=PlainTextInputElement(
            action_id=edit_field(number), multiline=True, max_length=FIELD, initial_value=part or None
        ),
    )


def parts(text: str) -> Iterator[str]:
    """A draft cut at the ends of lines or words into pieces that a field takes; joined by line ends they are it."""
    for _ in range(EDIT_FIELDS - 1):
        if len(text) <= FIRST_FILL:
            break
        end = text.rfind("\n", FIRST_FILL // 2, FIRST_FILL)
        end = end if end > 0 else text.rfind(" ", FIRST_FILL // 2, FIRST_FILL)
        end = end if end > 0 else FIRST_FILL
        yield text[:end]
        text = text[end:].lstrip(" \n")
    yield text[:FIELD]


def sent(agent_id: str, text: str, *, alone: bool = False) -> Iterator[Post]:
    """What went to the customer, kept in the desk thread in as many posts as it takes.

    With `alone`, nobody else in the channel sees it.
    """
    quoted = "\n".join(f"> {line}" for line in mrkdwn.from_markdown(text).splitlines())
    whom = "the customer, who alone can see it" if alone else "the customer"
    words = f"<@{agent_id}> sends this to {whom}:\n{quoted}"
    pieces = tuple(mrkdwn.in_sections(words, most=mrkdwn.ALL))
    for start in range(0, len(pieces), mrkdwn.MOST_ALONE):
        part = pieces[start : start + mrkdwn.MOST_ALONE]
        yield Post.of(part[0], [SectionBlock(text=MarkdownTextObject(text=piece)) for piece in part])


def rests_on_nothing(why: str) -> Post:
    """Why the draft was not sent: an article it rests on no longer holds."""
    words = f"{mrkdwn.clip(mrkdwn.escape(why), mrkdwn.SECTION - len(REWRITE) - 1)} {REWRITE}"
    return Post.of(words, [SectionBlock(text=MarkdownTextObject(text=words))])


def no_longer_for_customer() -> Post:
    """The draft may not be sent any more."""
    return Post.of(NO_LONGER_FOR_CUSTOMER, [SectionBlock(text=MarkdownTextObject(text=NO_LONGER_FOR_CUSTOMER))])


def discarded(agent_id: str, verdict: ReviewVerdict | None) -> Post:
    """Somebody put the draft away, and why."""
    why = f": {SAID[verdict]}" if verdict and verdict in SAID else " as not needed"
    text = f"<@{agent_id}> discarded Baton's draft{why}. Write in this thread to answer."
    return Post.of(text, [SectionBlock(text=MarkdownTextObject(text=text))])
