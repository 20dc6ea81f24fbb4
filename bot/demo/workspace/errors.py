"""How Slack says no."""

from typing import Any


class SlackError(Exception):
    """An answer with `ok: false`; `more` is merged into it."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.code, self.more = code, more


class RateLimited(SlackError):
    """HTTP 429 with Retry-After, in whole seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__("ratelimited")
        self.seconds = seconds
