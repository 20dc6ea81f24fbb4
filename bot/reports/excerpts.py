"""The best and the worst rated conversations of a report, each with the first words of its customer."""

from collections.abc import Callable, Mapping

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.views import mrkdwn
from handoff.anonymising import mask
from handoff.report_parts import Excerpt
from handoff.window import Window
from storage import conversations, to_read
from storage.endings import Rating, Resolution
from storage.resolutions import SATISFIED_FROM
from storage.tables import Conversation
from storage.to_read import Rated

ThreadLink = Callable[[str, str], str]
"""The address of a thread, by its channel and its ts."""

SHOWN = 3
LONGEST_QUESTION, LONGEST_COMMENT = 240, 400
ERASED = "(erased)"


async def gather(
    session: AsyncSession, workspace_id: str, stretch: Window, titles: Mapping[str, str], link: ThreadLink | None
) -> tuple[tuple[Excerpt, ...], tuple[Excerpt, ...]]:
    """Three of the best and three of the worst; no satisfied customer is among the worst, no other among the best.

    Args:
        session: a reading one.
        workspace_id: the Slack team.
        stretch: in which they were resolved.
        titles: of the topics, by name.
        link: where a conversation can be read; None where Slack's address is not known.
    """
    place = (session, workspace_id, stretch.since, stretch.until)
    best = [each for each in await to_read.rated(*place, best=True, limit=SHOWN) if each.score >= SATISFIED_FROM]
    worst = [each for each in await to_read.rated(*place, best=False, limit=SHOWN) if each.score < SATISFIED_FROM]
    shown = [await _excerpt(session, each, titles, link) for each in (*best, *worst)]
    return tuple(shown[: len(best)]), tuple(shown[len(best) :])


async def _excerpt(session: AsyncSession, rated: Rated, titles: Mapping[str, str], link: ThreadLink | None) -> Excerpt:
    conversation = rated.conversation
    return Excerpt(
        conversation_id=conversation.id,
        question=await question_of(session, conversation, rated.resolution),
        score=rated.score,
        arm=rated.resolution.resolved_by,
        topic=titles.get(rated.resolution.topic) or rated.resolution.topic,
        comment=_masked(rated.comment, LONGEST_COMMENT),
        link=link(conversation.channel_id, conversation.thread_ts) if link else "",
    )


async def question_of(session: AsyncSession, conversation: Conversation, resolution: Resolution | None) -> str:
    """What the customer said first of the matter that was resolved, masked and short."""
    later = resolution is not None and resolution.opened_at > conversation.opened_at
    since = resolution.opened_at if resolution and later else None
    question = await conversations.first_question(session, conversation, since)
    return _masked(question, LONGEST_QUESTION) or ERASED


def comment_of(rating: Rating | None, resolution: Resolution | None) -> str:
    """What the customer wrote beside the rating, masked and short; nothing where it is of a later resolution by now."""
    if rating is None or (resolution and resolution.reopened_at and rating.rated_at >= resolution.reopened_at):
        return ""
    return _masked(rating.comment, LONGEST_COMMENT)


def _masked(text: str, longest: int) -> str:
    return mrkdwn.clip(" ".join(mask(text).split()), longest)
