"""What a view returns."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block

View = dict[str, Any]
"""A modal or an App Home, as the API takes it."""


@dataclass(frozen=True, slots=True)
class Post:
    """A message: `text` for notifications and screen readers, `blocks` for the eye."""

    text: str
    blocks: tuple[dict[str, Any], ...] = ()

    @classmethod
    def of(cls, text: str, blocks: Sequence[Block]) -> "Post":
        """A post of blocks; the SDK checks them against Slack's limits as it turns them into JSON."""
        return cls(text=text, blocks=tuple(block.to_dict() for block in blocks))

    def as_payload(self) -> dict[str, Any]:
        """The arguments of chat.postMessage."""
        return {"text": self.text, "blocks": list(self.blocks)} if self.blocks else {"text": self.text}
