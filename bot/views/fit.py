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
NAMES = {"log_loss": "log loss", "brier": "Brier score"}
"""Of the figures that statisticians read, smaller is better in all."""
CALIBRATION = "ece"


def metrics(found: Mapping[str, Any]) -> str:
    """How good a model is beside the one in use, on reviews that it had not seen: in plain words, then in figures."""
    candidate, serving = found.get("candidate") or {}, found.get("serving") or {}
    both = candidate.keys() & serving.keys()
    parts = [f"{name} {candidate[key]:.3f} (now {serving[key]:.3f})" for key, name in NAMES.items() if key in both]
    if not parts:
        return ""
    seen = f"On {found.get('reviews', 0):,} reviews that it had not seen"
    figures = f"{', '.join(parts)}; less is better."
    if CALIBRATION not in both:
        return f"{seen}: {figures}"
    off, off_now = (f"{each[CALIBRATION] * 100:.1f}" for each in (candidate, serving))
    plain = f"its confidence is {off} points off the share of right replies (now {off_now})"
    return f"{seen}, {plain}. In figures: {figures}"


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
