"""Events, presses and commands over HTTP, signed as Slack signs them."""

import hashlib
import hmac
import json
import secrets
import time
from urllib.parse import urlencode

import aiohttp

from bot.demo.workspace.channel import Json
from bot.demo.workspace.errors import NotAcknowledged
from bot.demo.workspace.state import State

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
MOST_REDIRECTS = 2


class SignedHttp:
    """Posts to the app's request addresses."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Close the connections."""
        if self._session:
            await self._session.close()

    async def event(self, body: Json, *, retry: int = 0, reason: str = "") -> Json:
        """Post an event; a retry says which one it is and why.

        Raises:
            NotAcknowledged: when the answer is not 2xx, or does not come in time.
        """
        more = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": reason} if retry else {}
        return await self._post(self._state.app.events_url, json.dumps(body), JSON, more)

    async def interaction(self, payload: Json) -> Json:
        """Post a press, a form or a shortcut, as a form with one JSON field, and return the answer."""
        body = urlencode({"payload": json.dumps(payload)})
        return await self._post(self._state.app.interactivity_url, body, FORM, {})

    async def command(self, payload: Json) -> Json:
        """Post a slash command as a form, and return the answer."""
        return await self._post(self._state.app.commands_url, urlencode(payload), FORM, {})

    async def verify_url(self) -> bool:
        """Ask the events address for the challenge, as Slack does when it is entered."""
        challenge = secrets.token_hex(16)
        body = {"token": "local", "challenge": challenge, "type": "url_verification"}
        try:
            answer = await self._post(self._state.app.events_url, json.dumps(body), JSON, {})
        except NotAcknowledged:
            return False
        return challenge in (answer.get("challenge"), answer.get("text"))

    async def _post(self, url: str, body: str, content_type: str, more: dict[str, str]) -> Json:
        self._session = self._session or aiohttp.ClientSession()
        timeout = aiohttp.ClientTimeout(total=self._state.seed.ack_seconds)
        headers = {"Content-Type": content_type, "User-Agent": "Slackbot 1.0", **self._signature(body), **more}
        try:
            async with self._session.post(
                url, data=body.encode(), headers=headers, timeout=timeout, max_redirects=MOST_REDIRECTS
            ) as answer:
                text = await answer.text()
        except TimeoutError as error:
            raise NotAcknowledged("http_timeout") from error
        except aiohttp.TooManyRedirects as error:
            raise NotAcknowledged("too_many_redirects") from error
        except aiohttp.ClientError as error:
            raise NotAcknowledged("connection_failed") from error
        if not answer.ok:
            raise NotAcknowledged("http_error", again=answer.headers.get("X-Slack-No-Retry") != "1")
        return _content(text)

    def _signature(self, body: str) -> dict[str, str]:
        stamp = str(int(time.time()))
        secret = self._state.app.signing_secret.encode()
        signature = hmac.new(secret, f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={signature}"}


def _content(text: str) -> Json:
    if not text.strip():
        return {}
    try:
        found = json.loads(text)
    except ValueError:
        return {"text": text}
    return found if isinstance(found, dict) else {"text": text}
