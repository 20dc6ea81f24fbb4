"""The slash command: `/baton help`; `/baton search` and `/baton review` for the team; `/baton report` for managers."""

from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from bot import reports
from bot.desk import looking_up, reviewing
from bot.listeners.press import FAILED
from bot.reports import reporting
from bot.runtime import Runtime
from bot.slack.people import Role
from bot.views import help as help_view
from bot.views import refusal
from bot.views.post import Post
from handoff import window
from storage.row import now

COMMAND, SEARCH = "/baton", "search"

log = structlog.get_logger(__name__)


def register(app: AsyncApp, runtime: Runtime) -> None:
    """Register the slash command."""

    async def on_command(ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond) -> None:
        role = await runtime.people.role(body["user_id"], body.get("team_id", ""))
        said = (body.get("text") or "").strip()
        words, verb = said.casefold(), said.partition(" ")[0].casefold()
        post: Post | None
        match words:
            case "" | "help":
                post = help_view.command_help(role)
            case "review" if role is Role.CUSTOMER:
                post = refusal.of("Only the support team reviews drafts.")
            case "review":
                post = await _review(runtime, body)
            case "report" if role is Role.MANAGER:
                post = help_view.report_started()
            case "report":
                post = refusal.of("Only managers can ask for the report.")
            case _ if verb == SEARCH and role is Role.CUSTOMER:
                post = refusal.of("Only the support team searches here. Ask your question in a message instead.")
            case _ if verb == SEARCH:
                post = await _search(runtime, body["user_id"], said[len(SEARCH) :])
            case _:
                post = help_view.unknown_command(words, role)
        await (ack(**post.as_payload(), response_type="ephemeral") if post else ack())
        if words == "report" and role is Role.MANAGER:
            await _report(runtime, respond)

    app.command(COMMAND)(on_command)


async def _review(runtime: Runtime, body: dict[str, Any]) -> Post | None:
    """Open the review queue, before the command is acknowledged: its trigger lives three seconds."""
    try:
        view = await reviewing.queue(runtime, body["user_id"])
        await runtime.client.views_open(trigger_id=body["trigger_id"], view=view)
    except Exception:
        log.exception("review_queue_not_opened", user=body["user_id"])
        return refusal.of(FAILED)
    return None


async def _search(runtime: Runtime, user_id: str, wanted: str) -> Post:
    try:
        return await looking_up.answer(runtime, wanted)
    except Exception:
        log.exception("articles_not_searched", user=user_id)
        return refusal.of(FAILED)


async def _report(runtime: Runtime, respond: AsyncRespond) -> None:
    """Post the last full week; drawing takes longer than a person should wait for the command."""
    try:
        report = await reporting.build(runtime, window.last_full_week(now(), runtime.time_zone))
        await reports.deliver(runtime.database, runtime.workspace_id, runtime.channels.managers, report)
    except Exception:  # whoever asked was told that it is on its way
        log.exception("report_not_made")
        await respond(**refusal.of(FAILED).as_payload(), response_type="ephemeral")
    runtime.posted()
