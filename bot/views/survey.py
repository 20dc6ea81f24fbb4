"""The survey after a resolution: five buttons, thanks, and a form for a comment."""

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    InputBlock,
    MarkdownTextObject,
    PlainTextInputElement,
    PlainTextObject,
)

from bot.views import block, mrkdwn, texts
from bot.views.ids import ActionId, BlockId, CallbackId, ConversationRef, RatingRef, rate_action
from bot.views.post import Post, View, modal

SCORES = range(1, 6)
SATISFIED_FROM = 4
LONGEST_COMMENT = 2000


def ask(ref: ConversationRef, language: str) -> Post:
    """How was it? One to five."""
    words = texts.of(language)
    scale = ContextBlock(elements=[MarkdownTextObject(text=f"{words.survey_low} · {words.survey_high}")])
    return Post.of(
        words.survey_question, [block.section(words.survey_question), _scores(ref.conversation_id, None), scale]
    )


def remind(ref: ConversationRef, language: str) -> Post:
    """The one reminder, with the same question and the same scores."""
    words = texts.of(language)
    scale = ContextBlock(elements=[MarkdownTextObject(text=f"{words.survey_low} · {words.survey_high}")])
    return Post.of(
        words.survey_reminder, [block.section(words.survey_reminder), _scores(ref.conversation_id, None), scale]
    )


def thanks(score: int, ref: RatingRef, language: str, *, quiet: bool = False) -> Post:
    """Thanks for a score, which can still be changed, and the way to a comment.

    Args:
        score: 1..5.
        ref: of the rating.
        language: ISO 639-1.
        quiet: whether others who read along are not to see the score.
    """
    words = texts.of(language)
    template = words.thanks_good if score >= SATISFIED_FROM else words.thanks_bad
    text = words.thanks_quiet if quiet else template.format(score=score)
    chosen = None if quiet else score
    comment = ButtonElement(
        text=PlainTextObject(text=words.comment_button), action_id=ActionId.COMMENT, value=ref.pack()
    )
    return Post.of(text, [block.section(text), _scores(ref.conversation_id, chosen), ActionsBlock(elements=[comment])])


def too_late(language: str) -> Post:
    """Thanks for a score that came after the survey had expired, and the way on."""
    text = texts.of(language).thanks_late
    return Post.of(text, [block.section(text)])


def commented(score: int, language: str, *, quiet: bool = False) -> Post:
    """Thanks for score and comment; `quiet` as above."""
    words = texts.of(language)
    text = words.commented_quiet if quiet else words.commented.format(score=score)
    return Post.of(text, [block.section(text)])


def comment_form(ref: RatingRef, language: str) -> View:
    """The form for a comment."""
    words = texts.of(language)
    field = InputBlock(
        block_id=BlockId.COMMENT,
        label=PlainTextObject(text=words.comment_label),
        element=PlainTextInputElement(
            action_id=ActionId.COMMENT_TEXT,
            multiline=True,
            max_length=LONGEST_COMMENT,
            placeholder=PlainTextObject(text=words.comment_hint),
        ),
    )
    return modal(
        CallbackId.COMMENT_FORM,
        mrkdwn.clip(words.comment_title, 24),
        [field],
        submit=words.submit,
        close=words.cancel,
        ref=ref.pack(),
    )


def _scores(conversation_id: str, chosen: int | None) -> Block:
    buttons = [
        ButtonElement(
            text=PlainTextObject(text=str(score)),
            action_id=rate_action(score),
            value=RatingRef(conversation_id=conversation_id, score=score).pack(),
            style="primary" if score == chosen else None,
        )
        for score in SCORES
    ]
    return ActionsBlock(elements=buttons)
