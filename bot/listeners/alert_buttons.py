"""The buttons of an alert: seen, and mute, each with its way back."""

from slack_bolt.async_app import AsyncApp

from bot.alerts import cards
from bot.listeners.press import Press, for_managers, listener
from bot.runtime import Runtime
from bot.views import refusal
from bot.views.ids import ActionId, AlertRef
from bot.views.post import Post
from storage import alerts
from storage.row import now

ACTIONS = (ActionId.ALERT_SEEN, ActionId.ALERT_UNSEEN, ActionId.ALERT_MUTE, ActionId.ALERT_UNMUTE)


def register(app: AsyncApp, runtime: Runtime) -> None:
    """Register the buttons."""
    for action in ACTIONS:
        app.action(action)(listener(runtime, for_managers(press_on_alert)))


async def press_on_alert(runtime: Runtime, press: Press) -> Post | None:
    """A manager has seen an alert, wants no more of its kind for a while, or takes either back."""
    ref = AlertRef.unpack(press.value)
    async with runtime.database.transaction() as session:
        alert = await alerts.by_id(session, runtime.workspace_id, ref.alert_id, lock=True)
        if alert is None:
            return refusal.of("This alert is no longer there.")
        match press.action_id:
            case ActionId.ALERT_SEEN | ActionId.ALERT_UNSEEN:
                cards.see(alert, press.user_id if press.action_id == ActionId.ALERT_SEEN else "")
            case _:
                until = now() + cards.MUTED_FOR if press.action_id == ActionId.ALERT_MUTE else None
                await alerts.mute(session, alert, until, press.user_id)
        session.add(alert)
        await session.flush()
        card = await cards.view(session, runtime, alert)
        # Where it was pressed: the managers' channel may be another one by now.
        cards.change(session, runtime, card, channel_id=press.channel_id, ts=press.message_ts)
    return None
