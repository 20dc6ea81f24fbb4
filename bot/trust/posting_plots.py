"""Posts the plot of a topic to the manager who asked for it."""

import base64

import structlog

from bot.charts.picture import CannotDraw
from bot.runtime import Runtime
from bot.trust import basis as bases
from bot.trust import plotted, standings
from bot.views import refusal
from storage import outbox

log = structlog.get_logger(__name__)

PURPOSE = "plot"


async def send_plot(runtime: Runtime, user_id: str, topic: str) -> None:
    """Draw risk against coverage of a topic, and post it in the person's own messages."""
    basis = await bases.of_runtime(runtime)
    async with runtime.database.reading() as session:
        standing = await standings.named(session, basis, topic)
        if standing is None:
            return
        shown = await standings.plotted(session, basis, standing)
    opened: dict[str, str] = (await runtime.client.conversations_open(users=user_id)).get("channel") or {}
    place = {"lane": f"plot:{user_id}", "channel_id": opened["id"], "purpose": PURPOSE}
    try:
        png = await plotted.picture(shown)
    except CannotDraw as error:
        log.error("plot_failed", error=str(error))
        method, payload = "chat.postMessage", refusal.of(f"The plot failed. {shown.in_words()}").as_payload()
    else:
        method, payload = (
            "files.upload",
            {
                "filename": f"risk-{topic}.png",
                "title": f"{shown.title}: risk against coverage",
                "alt_text": shown.in_words(),
                "initial_comment": shown.in_words(),
                "content_base64": base64.b64encode(png).decode(),
            },
        )
    async with runtime.database.transaction() as session:
        outbox.put(session, runtime.workspace_id, method=method, payload=payload, **place)
    runtime.posted()
