"""The client by which Slack's methods are called."""

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.settings import Settings


def web_client(settings: Settings, session: aiohttp.ClientSession) -> AsyncWebClient:
    """A client that never retries by itself: the outbox alone decides what is posted again."""
    return AsyncWebClient(
        token=settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else None,
        base_url=settings.slack_api_url,
        session=session,
        retry_handlers=[],
        timeout=20,
    )
