"""What a draft knows of the files that came with a message. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.drafting.joining import ONE_QUESTION_AT_A_TIME
from bot.thinking.considering import Considered
from handoff import sent_files


def told(considered: Considered, files: Sequence[Mapping[str, Any]]) -> Considered:
    """With what the pictures show, or that a file was not looked into, among the reasons that agents read."""
    shown = considered.draft.pictures if considered.draft else ""
    about = f"What the customer's picture shows: {shown}" if shown else ""
    unread = sent_files.UNREAD if left_unread(considered, files) else ""
    if not about and not unread:
        return considered
    first, *rest = considered.verdict.reasons or ("",)
    reasons = tuple(filter(None, (first, about, unread, *rest)))
    return replace(considered, verdict=replace(considered.verdict, reasons=reasons))


def left_unread(considered: Considered, files: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the draft was made without a look into one of the files, and says nothing of it itself.

    A model is told of pictures that it cannot see; of other files no drafter knows.
    """
    if considered.draft is None or not files:
        return False
    none_seen = considered.draft.drafter in ONE_QUESTION_AT_A_TIME
    return none_seen or any(not str(file.get("mimetype", "")).startswith("image/") for file in files)
