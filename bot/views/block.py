"""The blocks that views are built of, each within Slack's limits."""

from slack_sdk.models.blocks import (
    ButtonElement,
    ContextBlock,
    HeaderBlock,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)

from bot.views import mrkdwn
from bot.views.post import Post

LONGEST_HEADER, LONGEST_SPOKEN = 150, 75


def header(text: str) -> HeaderBlock:
    """A title."""
    return HeaderBlock(text=PlainTextObject(text=mrkdwn.clip(text, LONGEST_HEADER), emoji=True))


def section(text: str) -> SectionBlock:
    """A paragraph of mrkdwn, which its caller has escaped."""
    return SectionBlock(text=MarkdownTextObject(text=mrkdwn.clip(text, mrkdwn.SECTION)))


def context(text: str) -> ContextBlock:
    """Small print in mrkdwn, which its caller has escaped."""
    return ContextBlock(elements=[MarkdownTextObject(text=mrkdwn.clip(text, mrkdwn.SECTION))])


def button(text: str, action: str, value: str, *, style: str | None = None, about: str = "") -> ButtonElement:
    """A button; `value` comes back with the press.

    Args:
        text: what stands on it.
        action: the id of what a press does.
        value: what comes back with the press.
        style: `primary` or `danger`.
        about: what it is about, where several buttons have the same text: a screen reader says both.
    """
    spoken = mrkdwn.clip(f"{text}: {_as_read_out(about)}", LONGEST_SPOKEN) if about else None
    label = PlainTextObject(text=text)
    return ButtonElement(text=label, action_id=action, value=value, style=style, accessibility_label=spoken)


def _as_read_out(text: str) -> str:
    """Words alone: nothing that Slack could take for a mention, and no escaped mark that would be spelt out."""
    return " ".join(text.translate(str.maketrans("<>", "  ")).split())


def paragraph(text: str) -> Post:
    """A post of one paragraph of mrkdwn, which its caller has escaped."""
    return Post.of(text, [section(text)])
