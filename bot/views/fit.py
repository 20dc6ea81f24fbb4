"""A fitted confidence model as managers see it: how much better it is, and what adopting it would do."""

from typing import Any

from slack_sdk.models.blocks import (
    Block,
    InputBlock,
    MarkdownTextObject,
    PlainTextInputElement,
    PlainTextObject,
    SectionBlock,
)
from slack_sdk.models.views import View as ViewModel

from bot.views import mrkdwn
from bot.views.ids import ActionId, BlockId, CallbackId, FitRef
from bot.views.post import View

LONGEST_WHY = 300
NAMES = {"log_loss": "log loss", "brier": "Brier score", "ece": "calibration error"}
"""Of the figures, smaller is better in all."""


def metrics(found: dict[str, Any]) -> str:
    """The cross-validated figures of a model beside those of the one in use, as a sentence."""
    parts: list[str] = []
    for key, name in NAMES.items():
        value, before = found.get(key), (found.get("before") or {}).get(key)
        if isinstance(value, int | float):
            was = f" (now {before:.3f})" if isinstance(before, int | float) else ""
            parts.append(f"{name} {value:.3f}{was}")
    return f"Held back from it, it reaches {', '.join(parts)}; less is better." if parts else ""


def adopt_form(version: str, figures: str, foreseen: str) -> View:
    """What adopting it would do, and the question."""
    why = InputBlock(
        block_id=BlockId.WHY,
        label=PlainTextObject(text="Why? Kept in the history"),
        element=PlainTextInputElement(action_id=ActionId.WHY, max_length=LONGEST_WHY),
        optional=True,
    )
    blocks: list[Block] = [
        _section(f"*Confidence model {mrkdwn.escape(version)}*\n{mrkdwn.escape(figures)}"),
        _section(f"*What adopting it does*\n{mrkdwn.escape(foreseen)}"),
        _section("Every draft from now on is weighed by it. Reviews keep counting: they are weighed anew."),
        why,
    ]
    return ViewModel(
        type="modal",
        callback_id=CallbackId.ADOPT_FORM,
        title=PlainTextObject(text="Confidence model"),
        submit=PlainTextObject(text="Adopt"),
        close=PlainTextObject(text="Not now"),
        private_metadata=FitRef(version=version).pack(),
        blocks=blocks,
    ).to_dict()


def _section(text: str) -> Block:
    return SectionBlock(text=MarkdownTextObject(text=mrkdwn.clip(text, mrkdwn.SECTION)))
