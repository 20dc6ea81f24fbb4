"""Why something that somebody pressed or sent was not done."""

from bot.views import block, mrkdwn
from bot.views.post import Post


def of(why: str) -> Post:
    """The reason, as the person reads it who may not, or who came too late."""
    return block.paragraph(mrkdwn.escape(why))


def held_by(agent_id: str) -> Post:
    """Somebody else has the conversation."""
    return block.paragraph(f"<@{agent_id}> has this one already. Nothing was changed.")
