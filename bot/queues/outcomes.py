"""What the outcome of a post means for the rest: a card opens a thread, a relayed message is ticked off."""

from sqlmodel import col, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.conversation import surveying
from bot.desk import splitting
from bot.desk.relay import FAILED, SENT
from bot.slack import posts
from bot.views import desk as desk_view
from storage import alerts, conversations, handoffs, kept_reports, surveys
from storage.outbox import Claimed
from storage.tables import Handoff


def concerned(row: Claimed) -> bool:
    """Whether anything else depends on the post having been made than where its message stands."""
    return row.purpose in ("card", "thread", "relay") or bool(row.payload.get("about"))


async def after_sent(session: AsyncSession, row: Claimed, ts: str | None) -> bool:
    """Store what else depends on the post's ts; tells whether another post follows."""
    if row.purpose == "card" and ts:
        opened = (col(Handoff.workspace_id) == row.workspace_id, col(Handoff.id) == row.payload["about"]["handoff_id"])
        await session.exec(update(Handoff).where(*opened).values(desk_ts=ts))
    if row.purpose == "thread" and ts:
        return await splitting.thread_opened(session, row, ts)
    if kept_id := _kept_report(row):
        await kept_reports.arrived(session, row.workspace_id, kept_id, ts, row.channel_id)
    if alert_id := _alert(row):
        await alerts.arrived(session, row.workspace_id, alert_id, row.channel_id, ts)
    if row.purpose == "relay":
        return await _mark(session, row, SENT)
    return False


def _kept_report(row: Claimed) -> str:
    """The report whose message the post is; empty for any other post."""
    return str((row.payload.get("about") or {}).get("kept_report_id", ""))


def _alert(row: Claimed) -> str:
    """The alert whose card the post is; empty for any other post."""
    return str((row.payload.get("about") or {}).get("alert_id", "")) if row.method == "chat.postMessage" else ""


async def while_waiting(session: AsyncSession, row: Claimed, error: str) -> None:
    """Note what keeps a report from arriving: managers are told at once, not only when the post is given up."""
    if kept_id := _kept_report(row):
        await kept_reports.troubled(session, row.workspace_id, kept_id, error)


async def after_refused(session: AsyncSession, row: Claimed, error: str) -> bool:
    """An agent whose words did not reach the customer must know; a customer who corrected a question still waits."""
    if row.purpose == "thread":
        return await splitting.thread_refused(session, row, error)
    if row.purpose == surveying.SURVEY:
        await surveys.undelivered(session, row.workspace_id, row.conversation_id or "")
        return False
    if row.purpose == posts.RENEWAL:
        return await _say_anew(session, row)
    if alert_id := _alert(row):
        await alerts.not_taken(session, row.workspace_id, alert_id, row.channel_id)
        return False
    await while_waiting(session, row, error)
    if undelivered := (row.payload.get("about") or {}).get("undelivered_id"):
        await kept_reports.not_told(session, row.workspace_id, undelivered)
    if row.purpose != "relay" or not await _mark(session, row, FAILED):
        return False
    conversation = await conversations.by_id(session, row.workspace_id, row.conversation_id or "")
    handoff = conversation and await handoffs.open_of(session, conversation)
    if conversation and handoff:
        posts.to_desk(session, conversation, handoff, desk_view.undelivered(error))
    return True


async def _say_anew(session: AsyncSession, row: Claimed) -> bool:
    conversation = await conversations.by_id(session, row.workspace_id, row.conversation_id or "")
    if conversation:
        posts.anew(session, conversation, row)
    return conversation is not None


async def _mark(session: AsyncSession, row: Claimed, reaction: str) -> bool:
    conversation = await conversations.by_id(session, row.workspace_id, row.conversation_id or "")
    about = row.payload.get("about")
    if conversation is None or not about:
        return False
    posts.react(session, conversation, channel_id=about["desk_channel"], ts=about["desk_ts"], name=reaction)
    return True
