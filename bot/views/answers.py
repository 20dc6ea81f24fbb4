"""How an answer is taught, and where those that were taught are read and forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    HeaderBlock,
    InputBlock,
    MarkdownTextObject,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
)

from bot.views import block, mrkdwn
from bot.views.desk import moment
from bot.views.ids import ActionId, AnswerRef, BlockId, CallbackId, HandoffRef, LessonRef
from bot.views.post import Post, View, modal
from handoff.audience import CUSTOMER, INTERNAL

MOST_QUESTION, MOST_ANSWER = 300, 3000
SHOWN_ON_HOME, EXCERPT = 10, 200
MASKED_HINT = (
    "Personal data with a form is masked. Please read both fields: names, and whatever holds for one customer alone, "
    "must go before others are answered with it."
)


@dataclass(frozen=True, slots=True)
class TaughtAnswer:
    """An answer pair, as people read it."""

    article_id: str
    question: str
    answer: str
    taught_by: str
    taught_at: datetime
    used: int
    outdated: Sequence[str] = ()
    """The articles that its conversation rested on and that have changed since."""


def on_card(handoff: HandoffRef, taught: TaughtAnswer | None, *, teachable: bool) -> list[Block]:
    """What a closed card offers: to teach its answer, or to forget what was taught."""
    if taught:
        words = f"🎓 <@{taught.taught_by}> taught Baton this answer; it has helped {_times(taught.used)}."
        change = ButtonElement(
            text=PlainTextObject(text="Change it…"), action_id=ActionId.TEACH_ANSWER, value=handoff.pack()
        )
        blocks: list[Block] = [ContextBlock(elements=[MarkdownTextObject(text=words)])]
        return [*blocks, ActionsBlock(elements=[change, _forget(taught.article_id)])]
    if not teachable:
        return []
    button = ButtonElement(
        text=PlainTextObject(text="Teach Baton this answer…"), action_id=ActionId.TEACH_ANSWER, value=handoff.pack()
    )
    return [ActionsBlock(elements=[button])]


def _times(number: int) -> str:
    return {0: "nobody yet", 1: "once"}.get(number, f"{number} times")


def _forget(article_id: str) -> ButtonElement:
    return ButtonElement(
        text=PlainTextObject(text="Forget it"),
        action_id=ActionId.FORGET_ANSWER,
        value=AnswerRef(article_id=article_id).pack(),
        confirm=ConfirmObject(
            title="Forget this answer?",
            text="Baton will not answer with it any more. You can teach it again from the card.",
            confirm="Forget it",
            deny="Keep it",
        ),
    )


def teach_form(ref: LessonRef, question: str, answer: str, audiences: Sequence[str]) -> View:
    """The form with what was asked and answered, to be read, changed and stored; the first audience is chosen."""
    options = [Option(value=each, text=PlainTextObject(text=audience_in_words(each))) for each in audiences]
    readers = StaticSelectElement(action_id=ActionId.ANSWER_AUDIENCE, options=options, initial_option=options[0])
    return modal(
        CallbackId.TEACH_FORM,
        "Teach this answer",
        [
            ContextBlock(elements=[MarkdownTextObject(text=MASKED_HINT)]),
            _field(BlockId.ANSWER_QUESTION, "What customers ask", question, MOST_QUESTION),
            _field(BlockId.ANSWER_TEXT, "What Baton answers, word for word", answer, MOST_ANSWER),
            InputBlock(
                block_id=BlockId.ANSWER_AUDIENCE, label=PlainTextObject(text="Who may read it"), element=readers
            ),
        ],
        submit="Teach",
        close="Not now",
        ref=ref.pack(),
    )


def _field(block: BlockId, label: str, text: str, most: int) -> InputBlock:
    return InputBlock(
        block_id=block,
        label=PlainTextObject(text=label),
        element=PlainTextInputElement(
            action_id=block, multiline=True, max_length=most, initial_value=text[:most] or None
        ),
    )


def audience_in_words(tag: str) -> str:
    """Who may read an article, as people say it."""
    if tag == CUSTOMER:
        return "Every customer"
    if tag == INTERNAL:
        return "Agents only: it informs, and is never sent"
    kind, _, name = tag.partition(":")
    words = {"channel": "Whoever asks in that channel", "organisation": "People of that organisation alone"}
    return mrkdwn.clip(words.get(kind, f"Customers in {name}" if kind == "group" else f"Readers of {tag}"), 75)


def on_home(taught: Sequence[TaughtAnswer]) -> list[Block]:
    """The answers that people taught, for managers, as many as there is room for; the maybe outdated ones say so."""
    blocks: list[Block] = [HeaderBlock(text=PlainTextObject(text="Taught answers"))]
    if not taught:
        hint = "None yet. A closed card on the desk offers *Teach Baton this answer*."
        return [*blocks, SectionBlock(text=MarkdownTextObject(text=hint))]
    blocks += [_row(each) for each in taught[:SHOWN_ON_HOME]]
    if len(taught) > SHOWN_ON_HOME:
        words = "There are more: `baton knowledge answers` lists them all."
        blocks.append(ContextBlock(elements=[MarkdownTextObject(text=words)]))
    return blocks


def _row(each: TaughtAnswer) -> Block:
    asked = mrkdwn.clip(mrkdwn.escape(" ".join(each.question.split())), EXCERPT)
    answered = mrkdwn.clip(mrkdwn.escape(" ".join(each.answer.split())), EXCERPT)
    by = f"<@{each.taught_by}>, {moment(each.taught_at)} · helped {_times(each.used)}"
    warning = f"\n:warning: Maybe outdated: {_titles(each.outdated)} changed since." if each.outdated else ""
    text = f"*{asked}*\n{answered}\n{by}{warning}"
    return SectionBlock(text=MarkdownTextObject(text=text), accessory=_forget(each.article_id))


def _titles(titles: Sequence[str]) -> str:
    return ", ".join(f"“{mrkdwn.clip(mrkdwn.escape(each), 60)}”" for each in titles[:3])


def forgotten() -> Post:
    """A pair is out of the knowledge."""
    return block.paragraph(
        "Forgotten: Baton does not answer with it any more. The card it came from can teach it again."
    )


def nothing_to_forget() -> Post:
    """It was forgotten before."""
    return block.paragraph("That answer was forgotten already.")


def nothing_to_teach() -> Post:
    """Nobody of the team answered in this conversation, or what was asked in it is gone."""
    return block.paragraph("Nothing is left to teach here: no agent answered, or what was asked is no longer there.")
