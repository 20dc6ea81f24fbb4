"""A form that agents send: it stays open, with what they typed, until it is stored."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.listeners.press import FAILED, ONLY_AGENTS
from bot.runtime import Runtime
from bot.views.ids import ActionId, BlockId

log = structlog.get_logger(__name__)

Store = Callable[[Runtime, dict[str, Any]], Awaitable[dict[str, str]]]
"""Stores a submitted form; returns why not, by the name of a field."""


def submission(
    runtime: Runtime, store: Store, fields: Mapping[str, BlockId], *, main: str
) -> Callable[[AsyncAck, dict[str, Any]], Awaitable[None]]:
    """Make a Bolt listener of what stores a form.

    Args:
        runtime: the running bot.
        store: does the work, for agents alone.
        fields: the block of each field.
        main: the field under which a refusal or a failure is shown.
    """

    async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
        user = body["user"]
        try:
            if await runtime.people.is_agent(user["id"], user.get("team_id") or ""):
                errors = await store(runtime, body)
            else:
                errors = {main: ONLY_AGENTS}
        except Exception:
            log.exception("form_failed", form=body["view"].get("callback_id"), user=user["id"])
            errors = {main: FAILED}
        if errors:
            await ack(response_action="errors", errors={str(fields[name]): why for name, why in errors.items()})
            return
        await ack()
        runtime.posted()

    return listen


def typed(view: dict[str, Any], block: BlockId) -> str:
    """What stands in a text field of a submitted form."""
    return str(view["state"]["values"][block][block].get("value") or "")


def chosen(view: dict[str, Any], block: BlockId, action: ActionId) -> str:
    """What is chosen in a menu of a submitted form; empty when nothing is."""
    return str((view["state"]["values"][block][action].get("selected_option") or {}).get("value") or "")
