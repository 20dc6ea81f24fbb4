"""For whom a reply is: what it may rest on follows from who reads it.

In a channel everyone reads along, so that a reply there may rest only on what all of them may read: articles for
customers, and those for the channel. What the asker's groups and organisation let them read besides counts only where
they read alone: in direct messages, in the assistant pane, and where a channel answers privately first.
"""

from collections.abc import Sequence

from bot.runtime import Runtime
from bot.slack.inbound import Said
from handoff.audience import Reader
from storage.tables import Conversation, Message

DIRECT = "D"
"""How the ids of direct messages begin."""


def answers_privately(runtime: Runtime, channel_id: str) -> bool:
    """Whether only the asker sees a reply in this channel at first."""
    return not channel_id.startswith(DIRECT) and runtime.manners(channel_id).privately_first


async def of_asker(runtime: Runtime, said: Said) -> Reader:
    """Who will read the reply to a message."""
    if not said.direct and not answers_privately(runtime, said.channel_id):
        return everyone_in(said.channel_id)
    organisation = said.team_id or runtime.workspace_id
    groups = await runtime.customer_groups.of(said.user_id, organisation)
    return Reader("" if said.direct else said.channel_id, organisation, groups)


def everyone_in(channel_id: str) -> Reader:
    """Everyone who reads along in a channel, and what all of them may read."""
    return Reader(channel_id)


def everyone_beside(conversation: Conversation) -> Reader | None:
    """Who reads what is posted into a conversation's thread, besides its customer; None in direct messages."""
    return None if conversation.channel_id.startswith(DIRECT) else everyone_in(conversation.channel_id)


def read_by(reader: Reader, messages: Sequence[Message]) -> list[Message]:
    """The messages that a reply for this reader may build upon: what one customer read alone is not for all."""
    return [each for each in messages if reader.reads_alone or not each.private]
