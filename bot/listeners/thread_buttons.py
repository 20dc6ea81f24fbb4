"""Split a conversation in two, merge two into one, and take either back; on the cards of the desk."""

from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.desk import merging, splitting
from bot.listeners import form
from bot.listeners.press import Press, for_agents, listener, show
from bot.runtime import Runtime
from bot.views import threads as view
from bot.views.ids import ActionId, BlockId, CallbackId, ThreadsRef, UndoRef, Way, WayRef
from bot.views.post import Post


def register(app: AsyncApp, runtime: Runtime) -> None:
    """Register the menu, the forms and what takes them back."""
    app.action(ActionId.OTHER_WAYS)(listener(runtime, for_agents(open_form)))
    app.action(ActionId.UNDO_SPLIT)(listener(runtime, for_agents(undo_split)))
    app.action(ActionId.UNDO_MERGE)(listener(runtime, for_agents(undo_merge)))
    app.view(CallbackId.SPLIT_FORM)(form.submission(runtime, split, main=BlockId.SECOND))
    app.view(CallbackId.MERGE_FORM)(form.submission(runtime, merge, main=BlockId.MERGE_WITH))


async def open_form(runtime: Runtime, press: Press) -> Post | None:
    """Show the form of what was chosen."""
    ref = WayRef.unpack(press.value)
    shown = await (splitting if ref.way == Way.SPLIT else merging).form(runtime, press.user_id, ref)
    if shown is None:
        return view.nothing_to_merge()
    await show(runtime, press, shown)
    return None


async def undo_split(runtime: Runtime, press: Press) -> Post | None:
    """One conversation again."""
    place = (press.channel_id, press.message_ts)
    await splitting.undo(runtime, press.user_id, UndoRef.unpack(press.value), pressed=place)
    return None


async def undo_merge(runtime: Runtime, press: Press) -> Post | None:
    """Two conversations again."""
    place = (press.channel_id, press.message_ts)
    await merging.undo(runtime, press.user_id, UndoRef.unpack(press.value), pressed=place)
    return None


async def split(runtime: Runtime, body: dict[str, Any]) -> dict[str, str]:
    """Two conversations, of what the agent wrote."""
    second, stays = (form.typed(body["view"], block) for block in (BlockId.SECOND, BlockId.STAYS))
    ref = ThreadsRef.unpack(body["view"]["private_metadata"])
    await splitting.split(runtime, body["user"]["id"], ref, stays=stays, second=second)
    return {}


async def merge(runtime: Runtime, body: dict[str, Any]) -> dict[str, str]:
    """One conversation, of the one in hand and the one that was chosen."""
    other_id = form.chosen(body["view"], BlockId.MERGE_WITH, ActionId.MERGE_WITH)
    ref = ThreadsRef.unpack(body["view"]["private_metadata"])
    await merging.merge(runtime, body["user"]["id"], ref, other_id)
    return {}
