"""What the version on trial does in a turn. When it fails, the present one acts: no customer may notice."""

from dataclasses import replace

import structlog

from bot.conversation import recording
from bot.costs import account
from bot.runtime import Runtime
from bot.thinking import considering
from bot.thinking.challenger import Challenger, Place
from bot.thinking.considering import Asked, Considered
from storage import conversations
from storage.kinds import DraftRole
from storage.tables import Message

log = structlog.get_logger(__name__)


async def consider(runtime: Runtime, asked: Asked, place: Place) -> Considered:
    """Decide what to do about a message, by the version that answers this conversation."""
    present = await runtime.ground()
    challenger = runtime.challenger
    if challenger is None or not challenger.answers(place):
        return await considering.consider(present, asked)
    failed: Considered | None = None
    try:
        considered = await considering.consider(await challenger.in_place(present), asked)
        if not considered.failed:
            return considered
        failed = considered
    except Exception:
        log.exception("challenger_failed", version=challenger.version)
    return replace(await considering.consider(present, asked), instead_of=failed)


def draft_beside(runtime: Runtime, asked: Asked, considered: Considered, message: Message) -> None:
    """Let a silent challenger draft too, when the words alone did not decide; the customer has the reply by then."""
    challenger = runtime.challenger
    if challenger is None or challenger.share or not considered.passages:
        return
    challenger.in_silence(lambda: _draft(runtime, challenger, asked, message))


async def _draft(runtime: Runtime, challenger: Challenger, asked: Asked, message: Message) -> None:
    ground = replace(await runtime.ground(), drafter=challenger.drafter)
    async with account.kept(runtime.books) as spent:
        considered = await considering.consider(ground, asked)
        async with runtime.database.transaction() as session:
            conversation = await conversations.by_id(session, runtime.workspace_id, message.conversation_id)
            if conversation is not None:  # it may have been erased meanwhile
                recording.record(session, runtime, conversation, message, considered, role=DraftRole.SHADOW)
            await spent.write(session, message.conversation_id, considered.policy.topic)
        spent.written()
