"""Why something that somebody pressed or sent was not done."""

from slack_sdk.models.blocks import MarkdownTextObject, SectionBlock

from bot.views import mrkdwn
from bot.views.post import Post


def of(why: str) -> Post:
    """The reason, as the person reads it who may not, or who came too late."""
    return _words(mrkdwn.escape(why))


def held_by(agent_id: str) -> Post:
    """Somebody else has the conversation."""
    return _words(f"<@{agent_id}> has this one already. Nothing was changed.")


def _words(text: str) -> Post:
    return Post.of(text, [SectionBlock(text=MarkdownTextObject(text=mrkdwn.clip(text, mrkdwn.SECTION)))])
