"""Events are stored by the intake before any listener sees them; here they are only acknowledged."""

from slack_bolt.async_app import AsyncApp

from bot.slack.inbound import STORED

OF_THE_OLDER_PANE = ("assistant_thread_started", "assistant_thread_context_changed")
"""What an app hears that has Slack's older assistant pane; of its context Baton makes no use."""


def register(app: AsyncApp) -> None:
    """Register a listener for each event, for Bolt does not acknowledge an event that has none."""
    for name in (*STORED, *OF_THE_OLDER_PANE):
        app.event(name)(_acknowledge)


async def _acknowledge() -> None:
    """Nothing is left to do: the event is in the inbox."""
