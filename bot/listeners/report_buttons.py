"""The buttons of a report: its details, its numbers as a file, and other weeks; for managers alone."""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.listeners.press import FAILED, Press, for_managers, listener, tell
from bot.reports import reporting
from bot.runtime import Runtime
from bot.views import refusal, report_details
from bot.views.ids import ActionId, ReportRef
from bot.views.post import Post, View
from handoff.report import Report
from storage.problem import Problem

log = structlog.get_logger(__name__)

ONLY_MANAGERS = "Only the managers can read the reports."

Listener = Callable[[AsyncAck, dict[str, Any]], Awaitable[None]]


def register(app: AsyncApp, runtime: Runtime) -> None:
    """Register the buttons and the choice of a report."""
    app.action(ActionId.REPORT_DETAILS)(_slow(runtime, _fill_with_details))
    app.action(ActionId.CHOOSE_REPORT)(_slow(runtime, _fill_with_details))
    app.action(ActionId.OTHER_REPORTS)(listener(runtime, for_managers(others, ONLY_MANAGERS)))
    app.action(ActionId.REPORT_CSV)(_slow(runtime, _send_file, with_form=False))


async def others(runtime: Runtime, press: Press) -> Post | None:
    """Show which reports there are."""
    view = report_details.choose(await reporting.choices(runtime))
    await runtime.client.views_open(trigger_id=press.trigger_id, view=view)
    return None


def _slow(
    runtime: Runtime, work: Callable[[Runtime, Press, str], Awaitable[None]], *, with_form: bool = True
) -> Listener:
    """A listener whose work may take longer than Slack waits: the form opens at once, and is filled afterwards."""

    async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
        forms: list[str] = []

        async def open_form(runtime: Runtime, press: Press) -> Post | None:
            ReportRef.unpack(press.value)
            forms.append(await _opened(runtime, press) if with_form else press.modal_id)
            return None

        await listener(runtime, for_managers(open_form, ONLY_MANAGERS))(ack, body)
        if forms:
            await work(runtime, Press.read(body), forms[0])

    return listen


async def _opened(runtime: Runtime, press: Press) -> str:
    """The id of the form that says that the work is going on: the one that is open, or a new one."""
    view = report_details.working()
    if press.modal_id:
        await runtime.client.views_update(view_id=press.modal_id, view=view)
        return press.modal_id
    opened: dict[str, Any] = (await runtime.client.views_open(trigger_id=press.trigger_id, view=view)).get("view") or {}
    return str(opened["id"])


async def _fill_with_details(runtime: Runtime, press: Press, form_id: str) -> None:
    await _fill(runtime, form_id, await _details(runtime, ReportRef.unpack(press.value)))


async def _details(runtime: Runtime, ref: ReportRef) -> View:
    try:
        choices = await reporting.choices(runtime)
    except Exception:
        log.exception("reports_not_listed")
        return report_details.trouble(FAILED)
    try:
        return report_details.details(await reporting.found(runtime, ref), ref, choices)
    except reporting.NoLongerKept as gone:
        return report_details.trouble(str(gone), [reporting.anew(ref), *choices])
    except Problem as problem:
        return report_details.trouble(str(problem), choices)
    except Exception:
        log.exception("report_not_shown", first=str(ref.first), last=str(ref.last))
        return report_details.trouble(FAILED, choices)


async def _sent(runtime: Runtime, report: Report, ref: ReportRef) -> View:
    return report_details.details(report, ref, await reporting.choices(runtime), sent=True)


async def _fill(runtime: Runtime, form_id: str, view: View) -> None:
    try:
        await runtime.client.views_update(view_id=form_id, view=view)
    except SlackApiError as error:  # whoever closed the form meanwhile does not miss it
        log.warning("form_not_filled", error=str(error.response.get("error")))


async def _send_file(runtime: Runtime, press: Press, form_id: str) -> None:
    """Post the numbers in the report's thread, or to whoever asked in a form."""
    ref = ReportRef.unpack(press.value)
    try:
        if press.channel_id and not form_id:
            await reporting.send_csv(runtime, ref, press.channel_id, press.thread_ts or press.message_ts)
        else:
            report = await reporting.send_csv(runtime, ref, await reporting.own_messages(runtime, press.user_id))
            if form_id:
                await _fill(runtime, form_id, await _sent(runtime, report, ref))
    except reporting.NoLongerKept as gone:
        await tell(runtime, press, refusal.of(f"{gone} *Other weeks* does that."))
    except Problem as problem:
        await tell(runtime, press, refusal.of(str(problem)))
    except Exception:
        log.exception("csv_not_sent", first=str(ref.first), last=str(ref.last))
        await tell(runtime, press, refusal.of(FAILED))
