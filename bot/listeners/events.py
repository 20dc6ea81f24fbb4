"""Events are stored by the intake before any listener sees them; here they are only acknowledged."""

from slack_bolt.async_app import AsyncApp

EVENTS = ("message", "app_mention", "member_left_channel")
"""What the worker handles from the inbox."""


def register(app: AsyncApp) -> None:
    """Register a listener for each event, for Bolt does not acknowledge an event that has none."""
    for name in EVENTS:
        app.event(name)(_acknowledge)


async def _acknowledge() -> None:
    """Nothing is left to do: the event is in the inbox."""
