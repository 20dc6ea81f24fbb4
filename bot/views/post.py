"""What a view returns."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View as ViewModel

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
        return cls(text=text, blocks=tuple(literal(block.to_dict()) for block in blocks))

    def as_payload(self) -> dict[str, Any]:
        """The arguments of chat.postMessage."""
        return {"text": self.text, "blocks": list(self.blocks)} if self.blocks else {"text": self.text}


def as_view(view: ViewModel) -> View:
    """A modal or an App Home as the API takes it, its words literal; the SDK checks it against Slack's limits."""
    return literal(view.to_dict())


def literal(shown: dict[str, Any]) -> dict[str, Any]:
    """A block or a view whose words stay as they are: Slack makes links and mentions of those alone that are marked so.

    Without it Slack turns each address and each @name that a customer or a model wrote into something to press.
    """
    return {key: _literal(value) for key, value in shown.items()} | (
        {"verbatim": True} if shown.get("type") == "mrkdwn" else {}
    )


def _literal(value: object) -> object:
    if isinstance(value, dict):
        return literal(cast("dict[str, Any]", value))
    return [_literal(each) for each in cast("list[object]", value)] if isinstance(value, list) else value
