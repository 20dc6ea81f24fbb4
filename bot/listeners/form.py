"""A form that somebody sends: it stays open, with what they typed, until its work is done."""

from collections.abc import Awaitable, Callable
from typing import Any, Literal

import structlog
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.desk.threads import Refused
from bot.listeners.press import FAILED, ONLY_AGENTS, ONLY_MANAGERS
from bot.runtime import Runtime
from bot.slack.people import Role
from bot.views.ids import ActionId, BadReference, BlockId

log = structlog.get_logger(__name__)

OUTDATED = "This form is from an older version. Please open it again."

Body = dict[str, Any]
Errors = dict[str, str]
"""Why a form's work was not done, by the field under which it is read; nothing when it was."""
Work = Callable[[Runtime, Body], Awaitable[Errors]]
Afterwards = Callable[[Runtime, Body], Awaitable[None]]
Senders = Literal["agents", "managers", "anybody"]


def submission(
    runtime: Runtime,
    work: Work,
    *,
    main: str,
    senders: Senders = "agents",
    closes_all: bool = False,
    afterwards: Afterwards | None = None,
) -> Callable[[AsyncAck, Body], Awaitable[None]]:
    """Make a Bolt listener of what does the work of a form.

    Args:
        runtime: the running bot.
        work: does it; returns why not.
        main: the field under which a refusal or a failure is shown.
        senders: who may send it; managers are agents as well.
        closes_all: whether the forms beneath it close with it.
        afterwards: brings up to date what shows the work, once the form is closed.
    """

    async def listen(ack: AsyncAck, body: Body) -> None:
        if errors := await _errors(runtime, work, body, main, senders):
            await ack(response_action="errors", errors=errors)
            return
        await (ack(response_action="clear") if closes_all else ack())
        runtime.posted()
        if afterwards:
            await afterwards(runtime, body)

    return listen


async def _errors(runtime: Runtime, work: Work, body: Body, main: str, senders: Senders) -> Errors:
    try:
        why = await _not_theirs(runtime, body["user"], senders)
        return {main: why} if why else await work(runtime, body)
    except Refused as refused:
        return {main: await _in_plain_text(runtime, refused)}
    except BadReference:
        return {main: OUTDATED}
    except Exception:
        log.exception("form_failed", form=body["view"].get("callback_id"), user=body["user"]["id"])
        return {main: FAILED}


async def _not_theirs(runtime: Runtime, user: dict[str, Any], senders: Senders) -> str:
    """Why somebody may not send the form; empty when they may."""
    if senders == "anybody":
        return ""
    role = await runtime.people.role(user["id"], user.get("team_id") or "")
    if senders == "managers" and role is not Role.MANAGER:
        return ONLY_MANAGERS
    return ONLY_AGENTS if senders == "agents" and role is Role.CUSTOMER else ""


async def _in_plain_text(runtime: Runtime, refused: Refused) -> str:
    """Why it was refused; a form shows no mentions."""
    if not refused.holder:
        return refused.why
    return f"{(await runtime.people.profile(refused.holder)).name} has this one. Nothing was changed."


async def read_later(ack: AsyncAck) -> None:
    """A choice or a tick, which is read with its form."""
    await ack()


def typed(view: dict[str, Any], block: BlockId, action: ActionId | None = None) -> str:
    """What stands in a text field of a submitted form, whose action is called as its block unless said; else empty."""
    return str(((view["state"]["values"].get(block) or {}).get(action or block) or {}).get("value") or "")


def chosen(view: dict[str, Any], block: BlockId, action: ActionId) -> str:
    """What is chosen in a menu of a submitted form; empty when nothing is."""
    return str((view["state"]["values"][block][action].get("selected_option") or {}).get("value") or "")
