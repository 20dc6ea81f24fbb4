"""How an article is drafted from a theme of questions asked in vain, put in use, and forgotten again."""

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    InputBlock,
    MarkdownTextObject,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
)

from bot.views import answers, block, mrkdwn
from bot.views.ids import ActionId, BlockId, CallbackId, ThemeRef
from bot.views.post import Post, View, modal
from handoff.audience import INTERNAL

MOST_TITLE, MOST_TEXT = 150, 3000
TO_BE_WRITTEN = "(write the answer here)"
"""Stands where nobody has answered yet; an article that still has it is not saved."""
SHOWN_QUESTIONS, MOST_QUESTION = 5, 150
AS_REPLIED = "Made of what your team replied. Baton answers with what stands here."
AS_SAVED = "As it was saved last. Baton answers with what stands here."


def draft_button(key: str, name: str = "", *, drafted: bool = False) -> ButtonElement:
    """Opens the form for a theme; `drafted` where it has an article already."""
    text = "Change the article" if drafted else "Draft an article"
    return block.button(text, ActionId.DRAFT_ARTICLE, ThemeRef(theme=key).pack(), about=name)


def body(answered: Sequence[tuple[str, Sequence[str]]], open_questions: Sequence[str]) -> str:
    """The draft of an article in Markdown, at most 3,000 characters.

    Args:
        answered: questions with what people replied to them, masked, the most typical first.
        open_questions: a question that nobody answered, where there is no other.
    """
    sections = [f"## {_line(question)}\n\n{_paragraphs(replies)}" for question, replies in answered]
    sections += [f"## {_line(question)}\n\n{TO_BE_WRITTEN}" for question in open_questions[: 0 if answered else 1]]
    whole = ""
    for section in sections:
        longer = f"{whole}\n\n{section}" if whole else section
        if len(longer) > MOST_TEXT:
            break
        whole = longer
    return whole or "".join(sections[:1])[:MOST_TEXT]


def _line(text: str) -> str:
    return mrkdwn.clip(" ".join(text.split()), MOST_QUESTION)


def _paragraphs(replies: Sequence[str]) -> str:
    return "\n\n".join(dict.fromkeys(reply.strip() for reply in replies))


def form(
    ref: ThemeRef, title: str, text: str, audiences: Sequence[str], asked: Sequence[str], *, saved: bool = False
) -> View:
    """The form with the draft, to be read, changed and saved; the first audience is chosen.

    Args:
        ref: of the theme.
        title: of the article.
        text: its Markdown.
        audiences: who may be chosen to read it.
        asked: questions that customers asked, masked.
        saved: whether the article is there already, and this is how it reads.
    """
    options = [Option(value=each, text=PlainTextObject(text=_audience(each))) for each in audiences]
    readers = StaticSelectElement(action_id=ActionId.ARTICLE_AUDIENCE, options=options, initial_option=options[0])
    blocks: list[Block] = [ContextBlock(elements=[MarkdownTextObject(text=answers.MASKED_HINT)])]
    if asked:
        blocks.append(SectionBlock(text=MarkdownTextObject(text=_asked(asked))))
    blocks += [
        InputBlock(
            block_id=BlockId.ARTICLE_TITLE,
            label=PlainTextObject(text="Title, in customers' words"),
            element=PlainTextInputElement(
                action_id=BlockId.ARTICLE_TITLE, max_length=MOST_TITLE, initial_value=title[:MOST_TITLE] or None
            ),
        ),
        InputBlock(
            block_id=BlockId.ARTICLE_TEXT,
            label=PlainTextObject(text="The article, in Markdown"),
            hint=PlainTextObject(text=AS_SAVED if saved else AS_REPLIED),
            element=PlainTextInputElement(
                action_id=BlockId.ARTICLE_TEXT,
                multiline=True,
                max_length=MOST_TEXT,
                initial_value=text[:MOST_TEXT] or None,
            ),
        ),
        InputBlock(block_id=BlockId.ARTICLE_AUDIENCE, label=PlainTextObject(text="Who may read it"), element=readers),
    ]
    what = "Change the article" if saved else "Draft an article"
    return modal(CallbackId.ARTICLE_FORM, what, blocks, submit="Save", close="Not now", ref=ref.pack())


def _asked(questions: Sequence[str]) -> str:
    lines = [f"• {mrkdwn.clip(mrkdwn.escape(' '.join(each.split())), MOST_QUESTION)}" for each in questions]
    return "\n".join(["*What customers asked*", *lines[:SHOWN_QUESTIONS]])


def _audience(tag: str) -> str:
    return "Agents only, until somebody has reviewed it" if tag == INTERNAL else answers.audience_in_words(tag)


def saved(by: str, ref: ThemeRef, title: str, audience: str, *, anew: bool) -> Post:
    """An article was drafted or changed, for managers and agents: what holds now, and what can be done with it."""
    what = "drafted an article about what customers ask in vain" if anew else "changed the article"
    return _about(f":memo: <@{by}> {what}: {_title(title)}", ref, audience)


def published(by: str, ref: ThemeRef, title: str, audience: str) -> Post:
    """An article that only agents could read is for customers now."""
    return _about(f":white_check_mark: <@{by}> put an article in use: {_title(title)}", ref, audience)


def forgotten(by: str, ref: ThemeRef, title: str) -> Post:
    """An article is out of use; its text is kept for the form."""
    words = f":wastebasket: <@{by}> forgot the article {_title(title)}. Baton answers nobody with it any more."
    again = ButtonElement(
        text=PlainTextObject(text="Draft it again…"), action_id=ActionId.DRAFT_ARTICLE, value=ref.pack()
    )
    return Post.of(words, [SectionBlock(text=MarkdownTextObject(text=words)), ActionsBlock(elements=[again])])


def gone() -> Post:
    """The theme of a button is no longer there."""
    return block.paragraph("This theme is no longer there: its questions were taken back or erased.")


def for_agents_alone() -> Post:
    """The article may not answer customers."""
    return block.paragraph(
        "This article rests on articles that are for agents alone, or for different groups of customers, so Baton does "
        "not answer customers with it. Make those articles readable for customers first, or teach the answer anew."
    )


def nothing_written() -> Post:
    """There is no article that could be put in use or forgotten."""
    return block.paragraph("There is no such article any more. *Draft an article* under the theme writes it anew.")


def _about(words: str, ref: ThemeRef, audience: str) -> Post:
    now = (
        "It informs agents alone for now."
        if audience == INTERNAL
        else f"Baton answers with it now. Who may read it: {mrkdwn.escape(answers.audience_in_words(audience))}."
    )
    buttons = [_forget(ref)]
    buttons.insert(
        0, ButtonElement(text=PlainTextObject(text="Change it…"), action_id=ActionId.DRAFT_ARTICLE, value=ref.pack())
    )
    if audience == INTERNAL:
        buttons.insert(0, _publish(ref))
    text = f"{words}. {now}"
    return Post.of(text, [SectionBlock(text=MarkdownTextObject(text=text)), ActionsBlock(elements=[*buttons])])


def _publish(ref: ThemeRef) -> ButtonElement:
    return ButtonElement(
        text=PlainTextObject(text="Answer customers with it"),
        action_id=ActionId.PUBLISH_ARTICLE,
        value=ref.pack(),
        style="primary",
        confirm=ConfirmObject(
            title="Answer customers with it?",
            text="Please read it first: “Change it…” shows it whole. “Forget it” takes it back at any time.",
            confirm="Answer with it",
            deny="Not yet",
        ),
    )


def _forget(ref: ThemeRef) -> ButtonElement:
    return ButtonElement(
        text=PlainTextObject(text="Forget it"),
        action_id=ActionId.FORGET_ARTICLE,
        value=ref.pack(),
        confirm=ConfirmObject(
            title="Forget this article?",
            text="Baton will not use it any more. Its text is kept, and can be saved again.",
            confirm="Forget it",
            deny="Keep it",
        ),
    )


def _title(title: str) -> str:
    return f"“{mrkdwn.escape(mrkdwn.clip(title, MOST_TITLE))}”"
