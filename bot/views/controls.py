"""What stands under a reply: whether it helped, who sees it, and always the way to a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextActionsBlock,
    ContextBlock,
    FeedbackButtonObject,
    FeedbackButtonsElement,
    MarkdownTextObject,
    PlainTextObject,
)

from bot.views import mrkdwn, reply_words, texts
from bot.views.ids import ActionId, ConversationRef, FeedbackRef

HEARD = "heard_"
"""How the ids of the blocks begin that say what the customer found of a reply."""
JUDGES = {ActionId.HELPFUL, ActionId.NOT_HELPFUL, ActionId.FEEDBACK}


@dataclass(frozen=True, slots=True)
class Shown:
    """How a reply is shown."""

    direct: bool = False
    """In direct messages and the assistant pane, whose clients all know Slack's own feedback buttons."""
    private: bool = False
    """Only the customer sees it, where others read along."""
    for_everyone: bool = True
    """Whether everyone who reads along may read what it rests on."""


IN_THREAD = Shown()


def ways_on(ref: ConversationRef, language: str, shown: Shown = IN_THREAD, *, solved: bool) -> list[Block]:
    """The buttons under a reply; `solved` for an answer, which may have solved it and may have helped."""
    words, person = reply_words.of(language), person_button(ref, language)
    if not solved:
        return [ActionsBlock(elements=[person])]
    blocks: list[Block] = []
    if shown.private and not shown.for_everyone:
        blocks.append(ContextBlock(elements=[MarkdownTextObject(text=mrkdwn.escape(words.between_us))]))
    if shown.direct:
        blocks.append(ContextActionsBlock(elements=[_feedback(ref, language)]))
    buttons = [_button(texts.of(language).solved_button, ActionId.SOLVED, ref, style="primary")]
    if shown.private and shown.for_everyone:
        buttons.append(_button(words.show_everyone_button, ActionId.SHOW_EVERYONE, ref))
    if not shown.direct:
        buttons += _judging(ref, language, both=not shown.private)
    return [*blocks, ActionsBlock(elements=[*buttons, person])]


def person_button(ref: ConversationRef, language: str) -> ButtonElement:
    """The way to a person."""
    return _button(texts.of(language).person_button, ActionId.WANT_PERSON, ref)


def again_button(ref: ConversationRef, language: str) -> ButtonElement:
    """The way back to what only the customer can see."""
    return _button(reply_words.of(language).show_again_button, ActionId.SHOW_AGAIN, ref)


def heard(
    blocks: Sequence[dict[str, Any]], *, helpful: bool, may_change: bool, ref: ConversationRef, language: str
) -> list[dict[str, Any]]:
    """A posted reply's blocks after the customer said whether it helped: that it was heard, and how to take it back.

    Everything else stays, above all the way to a person. Each block gets a new id, as Slack asks after a change.
    """
    words = reply_words.of(language)
    kept = [block for block in map(_without_judging, blocks) if block is not None]
    said = ContextBlock(
        block_id=f"{HEARD}{'helpful' if helpful else 'unhelpful'}{'' if may_change else '_for_good'}",
        elements=[MarkdownTextObject(text=mrkdwn.escape(words.found_helpful if helpful else words.found_unhelpful))],
    )
    rows = [block for block in kept if block["type"] == "actions"]
    buttons: list[dict[str, Any]] = [element for row in rows for element in row["elements"]]
    if not any(element.get("action_id") == ActionId.WANT_PERSON for element in buttons):
        buttons.append(person_button(ref, language).to_dict())
    buttons = _in_order(buttons, helpful=helpful)
    if may_change:
        other = ActionId.NOT_HELPFUL if helpful else ActionId.HELPFUL
        label = words.unhelpful_after_all if helpful else words.helpful_after_all
        buttons.append(_button(label, other, ref).to_dict())
    text = [block for block in kept if block["type"] != "actions"]
    return [*text, said.to_dict(), {"type": "actions", "elements": buttons}]


def _in_order(buttons: Sequence[dict[str, Any]], *, helpful: bool) -> list[dict[str, Any]]:
    """What fits what was said comes first and stands out: that it is solved, or else the way to a person."""
    first = ActionId.SOLVED if helpful else ActionId.WANT_PERSON
    plain = [{key: value for key, value in each.items() if key != "style"} for each in buttons]
    shown = [{**each, "style": "primary"} if each.get("action_id") == first else each for each in plain]
    return sorted(shown, key=lambda each: each.get("action_id") != first)


def _without_judging(block: dict[str, Any]) -> dict[str, Any] | None:
    """A block without the buttons that judge and without an earlier note of it; None when nothing is left."""
    if str(block.get("block_id", "")).startswith(HEARD):
        return None
    same = {key: value for key, value in block.items() if key != "block_id"}
    if block["type"] not in ("actions", "context_actions"):
        return same
    left = [each for each in block["elements"] if each.get("action_id") not in JUDGES]
    return {**same, "elements": left} if left else None


def _judging(ref: ConversationRef, language: str, *, both: bool) -> list[ButtonElement]:
    no_help = _button(texts.of(language).not_helpful_button, ActionId.NOT_HELPFUL, ref)
    return [_button(reply_words.of(language).helpful_button, ActionId.HELPFUL, ref), no_help] if both else [no_help]


def _feedback(ref: ConversationRef, language: str) -> FeedbackButtonsElement:
    words = reply_words.of(language)

    def side(label: str, spoken: str, *, helpful: bool) -> FeedbackButtonObject:
        value = FeedbackRef(conversation_id=ref.conversation_id, draft_id=ref.draft_id, helpful=helpful).pack()
        return FeedbackButtonObject(text=PlainTextObject(text=label), value=value, accessibility_label=spoken)

    return FeedbackButtonsElement(
        action_id=ActionId.FEEDBACK,
        positive_button=side(words.helpful_button, words.feedback_label_good, helpful=True),
        negative_button=side(texts.of(language).not_helpful_button, words.feedback_label_bad, helpful=False),
    )


def _button(label: str, action: ActionId, ref: ConversationRef, *, style: str | None = None) -> ButtonElement:
    return ButtonElement(text=PlainTextObject(text=label), action_id=action, value=ref.pack(), style=style)
