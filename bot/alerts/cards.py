"""The cards of alerts in the managers' channel: posted, kept as things stand, and moved along with the channel.

While a changed setting is being rolled out, processes name different channels. The one that started last says where the
cards are, for all of them.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.runtime import Runtime
from bot.slack import posts
from bot.views import alert as alert_view
from bot.views.alert import Shown
from bot.views.post import Post
from handoff.report import REASON_TITLES
from handoff.watches import Kind
from storage import alerts, audits, outbox, workspaces
from storage.kinds import HandoffReason
from storage.row import now
from storage.watched import Alert

PURPOSE = "alert"
DIRECTLY = "alert_directly"
MOST_TOLD = 10
"""How many managers get a card directly that their channel does not take."""
MUTED_FOR = timedelta(weeks=4)


async def settle_here(runtime: Runtime) -> None:
    """From now on the cards are in this process's channel of the managers, whatever the others were told."""
    async with runtime.database.transaction() as session:
        await workspaces.managers_meet_in(session, runtime.workspace_id, runtime.channels.managers)


async def _place(session: AsyncSession, runtime: Runtime) -> str:
    return await workspaces.managers_channel(session, runtime.workspace_id) or runtime.channels.managers


async def post(session: AsyncSession, runtime: Runtime, alert: Alert) -> None:
    """Put an alert's card into the managers' channel."""
    alert.channel_id, alert.ts, alert.refused = await _place(session, runtime), None, False
    session.add(alert)
    card = await view(session, runtime, alert)
    _put(session, runtime, "chat.postMessage", alert.channel_id, {**card.as_payload(), "about": {"alert_id": alert.id}})


async def refresh(session: AsyncSession, runtime: Runtime, alert: Alert) -> None:
    """Have an alert's card say how things stand, wherever it is; one that is on its way is changed once it is there."""
    if not alert.ts:
        alert.stale = True
        session.add(alert)
    else:
        change(session, runtime, await view(session, runtime, alert), channel_id=alert.channel_id, ts=alert.ts)


def change(session: AsyncSession, runtime: Runtime, card: Post, *, channel_id: str, ts: str) -> None:
    """Replace a card."""
    _put(session, runtime, "chat.update", channel_id, {**card.as_payload(), "ts": ts})


async def say(session: AsyncSession, runtime: Runtime, word: Post) -> None:
    """Tell the managers' channel something."""
    _put(session, runtime, "chat.postMessage", await _place(session, runtime), word.as_payload())


async def follow(runtime: Runtime) -> int:
    """Bring cards up to date that a terminal changed, and to the managers' channel those that stand in another one.

    What stood in the old channel says where it went; its buttons are gone, for it would not change with the new one.
    What Slack did not take there is posted all the same. What it does not take in the channel of now, managers get
    directly, once.

    Returns:
        How many alerts were attended to.
    """
    async with runtime.database.reading() as session:
        here = await _place(session, runtime)
        found = [each.id for each in await alerts.out_of_date(session, runtime.workspace_id, here)]
    # Asked before the transaction, for Slack may have to be.
    readers = sorted(await runtime.people.managers())[:MOST_TOLD] if found else []
    for alert_id in found:
        async with runtime.database.transaction() as session:
            alert = await alerts.by_id(session, runtime.workspace_id, alert_id, lock=True)
            if alert and (alert.ts or alert.refused):
                await _bring_along(session, runtime, alert, await _place(session, runtime), readers)
    return len(found)


async def _bring_along(
    session: AsyncSession, runtime: Runtime, alert: Alert, here: str, readers: Sequence[str]
) -> None:
    if not alert.ended_at and alert.channel_id != here:
        if alert.ts:
            topic = await runtime.topic_title(alert.topic) if alert.topic else ""
            word = alert_view.moved(Kind(alert.kind), topic, here)
            change(session, runtime, word, channel_id=alert.channel_id, ts=alert.ts)
        await post(session, runtime, alert)
    elif alert.refused and alert.stale and not alert.ended_at:  # else another process told of it meanwhile
        if not readers:
            return  # who the managers are is not known yet
        card = alert_view.directly(await view(session, runtime, alert), alert.channel_id)
        for reader in readers:
            posts.to_channel(session, runtime.workspace_id, reader, card, purpose=DIRECTLY)
    elif alert.stale:
        await refresh(session, runtime, alert)
    alert.stale = False
    session.add(alert)


async def view(session: AsyncSession, runtime: Runtime, alert: Alert) -> Post:
    """The alert's card as it stands now."""
    figures = alert.figures
    places = await audits.places(session, alert.workspace_id, figures["conversations"])
    links = [runtime.thread_link(*places[each]) for each in figures["conversations"] if each in places]
    topic = await runtime.topic_title(alert.topic) if alert.topic else ""
    false_alarms = runtime.team.alerts.false_alarms_a_year
    muted_until = await alerts.muted_until(session, alert)
    zone = ZoneInfo(runtime.time_zone)
    return alert_view.raised(
        shown(alert, topic, zone=zone, false_alarms=false_alarms, links=links, muted_until=muted_until)
    )


def shown(
    alert: Alert,
    topic: str,
    *,
    zone: ZoneInfo,
    false_alarms: float,
    links: Sequence[str] = (),
    muted_until: datetime | None = None,
) -> Shown:
    """An alert as a view takes it, its days in the team's zone; `topic` is its title, empty for all together."""
    figures = alert.figures
    return Shown(
        alert_id=alert.id,
        kind=Kind(alert.kind),
        topic=topic,
        since=date.fromordinal(figures["since"]),
        seen=figures["seen"],
        bad=figures["bad"],
        usual=figures["usual"],
        learnt_from=figures["learnt_from"],
        years=figures["years"],
        false_alarms=false_alarms,
        links=links,
        reasons={REASON_TITLES[HandoffReason(name)]: count for name, count in figures["reasons"].items()},
        seen_by=alert.seen_by,
        muted_until=muted_until.astimezone(zone) if muted_until else None,
        ended_on=alert.ended_at.astimezone(zone).date() if alert.ended_at else None,
        became_usual=alert.ended_as == "usual_now",
        topic_gone=alert.ended_as == alerts.TOPIC_GONE,
    )


def see(alert: Alert, by: str) -> None:
    """Note who looks after an alert; with nobody, that it is open again."""
    alert.seen_at, alert.seen_by = (now() if by else None), by


def _put(session: AsyncSession, runtime: Runtime, method: str, channel_id: str, payload: dict[str, Any]) -> None:
    outbox.put(
        session,
        runtime.workspace_id,
        lane=f"alert:{channel_id}",
        method=method,
        channel_id=channel_id,
        payload=payload,
        purpose=PURPOSE,
    )
