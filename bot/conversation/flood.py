"""A flood: whoever writes faster than anybody reads is told once that a person comes, and no model is asked."""

from bot.runtime import Runtime
from bot.slack.inbound import Said
from bot.thinking.considering import Considered
from handoff.draft import Mood
from handoff.gate import Verdict
from storage import conversations
from storage.kinds import WITH_PEOPLE, Action, HandoffReason
from storage.tables import Conversation


async def too_fast(runtime: Runtime, said: Said, topic: str) -> Considered | None:
    """What is decided about a message of somebody who writes too fast; None for everybody else."""
    if not runtime.pace.flooded_by(said.user_id):
        return None
    words = f"The customer wrote more than {runtime.pace.most} messages within a minute."
    policy = (await runtime.ground()).policy(topic)
    return Considered(Verdict(Action.HAND_OFF, HandoffReason.POLICY, (words,)), policy, Mood())


async def waiting(runtime: Runtime, said: Said) -> Conversation | None:
    """The conversation in which a person was called for somebody who writes too fast: what else they write joins it."""
    if not runtime.pace.in_flood(said.user_id):
        return None
    async with runtime.database.reading() as session:
        latest = await conversations.latest_in_channel(session, runtime.workspace_id, said.channel_id, said.user_id)
    return latest if latest and latest.state in WITH_PEOPLE else None
