"""How Slack says no, and how an app fails to answer."""

from typing import Any


class SlackError(Exception):
    """An answer with `ok: false`; `more` is merged into it."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.code, self.more = code, more

    @classmethod
    def with_messages(cls, code: str, *messages: str) -> "SlackError":
        """An error that says in `response_metadata` what is wrong where."""
        return cls(code, response_metadata={"messages": [f"[ERROR] {each}" for each in messages]})


class RateLimited(SlackError):
    """HTTP 429 with Retry-After, in whole seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__("ratelimited")
        self.seconds = seconds


class NotAcknowledged(TimeoutError):
    """The app did not acknowledge.

    Args:
        reason: as Slack names it in `retry_reason`, such as `timeout`, `http_error` or `connection_failed`.
        again: whether the app wants it once more.
    """

    def __init__(self, reason: str, *, again: bool = True) -> None:
        super().__init__(reason)
        self.reason, self.again = reason, again
