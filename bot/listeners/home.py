"""App Home: what the person who opens it needs, by their role."""

from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.desk import overview
from bot.runtime import Runtime

EVENT = "app_home_opened"


def register(app: AsyncApp, runtime: Runtime) -> None:
    """Register the opening of App Home."""

    async def on_home(event: dict[str, Any]) -> None:
        if event.get("tab") == "home":
            view = await overview.home(runtime, event["user"])
            await runtime.client.views_publish(user_id=event["user"], view=view)

    app.event(EVENT)(on_home)
