"""The two apps that the benchmark `ack` compares, each in a process of its own: `baton` or `bolt`."""

import asyncio
import sys

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.settings import Settings, load
from bot.slack.connection import LINES
from bot.slack.intake import Intake
from storage.database import Database


async def main(kind: str) -> None:
    """Connect in the same way in both cases; Baton's intake is the only difference.

    It stands in the app, as over HTTP: so both go through all of Bolt, which Baton's own line of Socket Mode does not.
    """
    settings = load()
    async with aiohttp.ClientSession() as session:
        app = _app(settings, session)
        if kind == "baton":
            database = await Database.open(settings.database_url)
            await database.upgrade()
            Intake(database, lambda: None).attach(app)
        token = settings.slack_app_token.get_secret_value() if settings.slack_app_token else ""
        for line in [AsyncSocketModeHandler(app, token) for _ in range(LINES)]:
            await line.connect_async()
        print("ready", flush=True)
        await asyncio.Event().wait()


def _app(settings: Settings, session: aiohttp.ClientSession) -> AsyncApp:
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
    client = AsyncWebClient(token, base_url=settings.slack_api_url, session=session)
    app = AsyncApp(client=client)

    @app.event("message")
    async def nothing() -> None:  # pyright: ignore[reportUnusedFunction]
        """Only acknowledged."""

    return app


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
