"""What a grader is told and shown. The rules are in `prompts/`; all that it judges goes in as data only."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from bot.checking.port import ClaimToGrade, GradeRequest
from bot.drafting import prompt as drafting
from bot.drafting.port import DraftRequest
from handoff.draft import FoundPassage

STYLES = ("support", "refute", "answer_first")
"""The rules of the first, second and third grader, and so on: who is asked otherwise errs otherwise."""

_OUR_TAG = re.compile(r"<(?=\s*/?\s*claims?\b)", re.IGNORECASE)


@cache
def rules(style: str) -> str:
    """The rules of a grader."""
    return (Path(__file__).parent / "prompts" / f"{style}.md").read_text(encoding="utf-8")


def shown(request: GradeRequest, passages: Sequence[FoundPassage], claims: Sequence[tuple[str, ClaimToGrade]]) -> str:
    """Passages, conversation and claims, in the order given, each inside tags that its text cannot close."""
    around = drafting.user(DraftRequest(request.turns, passages, (), ""))
    names = {passage.passage_id: name for name, passage in drafting.named(passages).items()}
    listed = "\n".join(_claim(name, claim, names) for name, claim in claims)
    return f"{_OUR_TAG.sub('‹', around)}\n\n<claims>\n{listed}\n</claims>"


def _claim(name: str, claim: ClaimToGrade, names: dict[str, str]) -> str:
    sources = " ".join(names[each] for each in claim.passages if each in names)
    return f'<claim id="{name}" sources="{sources}">\n{_OUR_TAG.sub("‹", claim.text)}\n</claim>'
