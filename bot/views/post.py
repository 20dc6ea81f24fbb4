"""What a view returns."""

from collections.abc import Sequence, Sized
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from slack_sdk.models.basic_objects import JsonObject
from slack_sdk.models.blocks import Block, PlainTextObject
from slack_sdk.models.views import View as ViewModel

from bot.views import mrkdwn

MOST_TEXT = 4000
"""Characters of a message's text beside its blocks: as many as Slack advises."""

View = dict[str, Any]
"""A modal or an App Home, as the API takes it."""


@dataclass(frozen=True, slots=True)
class Post:
    """A message: `text` for notifications and screen readers, `blocks` for the eye."""

    text: str
    blocks: tuple[dict[str, Any], ...] = ()

    @classmethod
    def of(cls, text: str, blocks: Sequence[Block]) -> "Post":
        """A post of blocks, checked against Slack's limits."""
        return cls(text=mrkdwn.clip(text, MOST_TEXT), blocks=tuple(literal(as_json(block)) for block in blocks))

    def as_payload(self) -> dict[str, Any]:
        """The arguments of chat.postMessage."""
        return {"text": self.text, "blocks": list(self.blocks)} if self.blocks else {"text": self.text}


def as_view(view: ViewModel) -> View:
    """A modal or an App Home as the API takes it, its words literal, checked against Slack's limits."""
    return literal(as_json(view))


def modal(
    callback_id: str | None,
    title: str,
    blocks: Sequence[Block],
    *,
    close: str,
    submit: str = "",
    ref: str = "",
    notify_on_close: bool = False,
) -> View:
    """A modal as the API takes it.

    Args:
        callback_id: by which its listener knows it; None where nothing listens.
        title: at most 24 characters.
        blocks: what it shows, at most 100.
        close: the word on the button that leaves it.
        submit: the word on the button that sends it; without one it is only read.
        ref: what it is about, packed; it comes back with the press.
        notify_on_close: whether Slack tells when somebody leaves it.
    """
    return as_view(
        ViewModel(
            type="modal",
            callback_id=callback_id,
            title=PlainTextObject(text=title),
            submit=PlainTextObject(text=submit) if submit else None,
            close=PlainTextObject(text=close),
            private_metadata=ref or None,
            notify_on_close=notify_on_close or None,
            blocks=list(blocks),
        )
    )


def as_json(shown: JsonObject) -> dict[str, Any]:
    """What the SDK's `to_dict` makes of a block or a view, held against the same limits.

    The SDK looks through all names of each object for its checks, of which a reply has fifteen: that was a tenth of
    the time from a question to its answer.

    Raises:
        SlackObjectFormationError: when it is beyond one of Slack's limits.
    """
    if type(shown).to_dict is not JsonObject.to_dict:  # options and confirmations have ways of their own
        return shown.to_dict()
    for check in _checks(type(shown)):
        getattr(shown, check)()
    values = {key: getattr(shown, key, None) for key in sorted(shown.attributes)}
    return {key: _as_json(value) for key, value in values.items() if _says_something(value)}


@cache
def _checks(kind: type[JsonObject]) -> tuple[str, ...]:
    return tuple(name for name in dir(kind) if hasattr(getattr(kind, name, None), "validator"))


def _as_json(value: object) -> object:
    if isinstance(value, JsonObject):
        return as_json(value)
    return [_as_json(each) for each in cast("Sequence[object]", value)] if isinstance(value, list | tuple) else value


def _says_something(value: object) -> bool:
    return value is not None and (not isinstance(value, Sized) or len(value) > 0)


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
