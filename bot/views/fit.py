"""A fitted confidence model as managers see it: how much better it is, and what adopting it would do."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import (
    Block,
)

from bot.views import block, mrkdwn
from bot.views.ids import CallbackId, FitRef
from bot.views.post import View, modal

LONGEST_WHY = 300
NAMES = {"log_loss": "log loss", "brier": "Brier score", "ece": "calibration error"}
"""Of the figures, smaller is better in all."""


def metrics(found: Mapping[str, Any]) -> str:
    """The figures of a model beside those of the one in use, on reviews that it had not seen, as a sentence."""
    candidate, serving = found.get("candidate") or {}, found.get("serving") or {}
    parts = [
        f"{name} {candidate[key]:.3f} (now {serving[key]:.3f})"
        for key, name in NAMES.items()
        if key in candidate and key in serving
    ]
    if not parts:
        return ""
    return f"On {found.get('reviews', 0):,} reviews that it had not seen: {', '.join(parts)}; less is better."


def adopt_form(version: str, figures: str, foreseen: str) -> View:
    """What adopting it would do, and the question."""
    blocks: list[Block] = [
        block.section(f"*Confidence model {mrkdwn.escape(version)}*\n{mrkdwn.escape(figures)}"),
        block.section(f"*What adopting it does*\n{mrkdwn.escape(foreseen)}"),
        block.section("Every draft from now on is weighed by it. Reviews keep counting: they are weighed anew."),
    ]
    return modal(
        CallbackId.ADOPT_FORM,
        "Confidence model",
        blocks,
        submit="Adopt",
        close="Not now",
        ref=FitRef(version=version).pack(),
    )
