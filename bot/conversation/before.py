"""What came before the message that is answered, as far as it changes what is said to it."""

from dataclasses import dataclass

from storage.tables import Message


@dataclass(frozen=True, slots=True)
class Before:
    """What the message follows on."""

    first: bool = False
    """Whether the bot has not yet spoken in the conversation."""
    came_back: bool = False
    """Whether the customer returns after a person had solved it; then people go on with it."""
    in_place_of: Message | None = None
    """What was said to the message before its customer corrected it."""


GOING_ON = Before()
"""The bot has spoken, nobody came back, and the message says something new."""
