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

LONGEST_HEADER = 150


def header(text: str) -> HeaderBlock:
    """A title."""
    return HeaderBlock(text=PlainTextObject(text=mrkdwn.clip(text, LONGEST_HEADER), emoji=True))


def section(text: str) -> SectionBlock:
    """A paragraph of mrkdwn, which its caller has escaped."""
    return SectionBlock(text=MarkdownTextObject(text=mrkdwn.clip(text, mrkdwn.SECTION)))


def context(text: str) -> ContextBlock:
    """Small print in mrkdwn, which its caller has escaped."""
    return ContextBlock(elements=[MarkdownTextObject(text=mrkdwn.clip(text, mrkdwn.SECTION))])


def button(text: str, action: str, value: str, *, style: str | None = None) -> ButtonElement:
    """A button; `value` comes back with the press."""
    return ButtonElement(text=PlainTextObject(text=text), action_id=action, value=value, style=style)


def paragraph(text: str) -> Post:
    """A post of one paragraph of mrkdwn, which its caller has escaped."""
    return Post.of(text, [section(text)])
