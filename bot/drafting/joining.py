"""Makes one reply of the replies to the questions of a message, for drafters that read one question at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from handoff.draft import Draft, Usage

ONE_QUESTION_AT_A_TIME = frozenset({"embedded"})
"""Drafters, by name, that read no meaning: a message that asks two things is put to them question by question."""


def joined(drafts: Sequence[Draft], open_questions: Iterable[str] = ()) -> Draft:
    """One draft that says what all of them say, each thing once; it is as sure as the least sure of them.

    Args:
        drafts: the replies to the questions that are answered, in the order of the questions, at least one.
        open_questions: those that are not.
    """
    first = drafts[0]
    return replace(
        first,
        text="\n\n".join(dict.fromkeys(draft.text for draft in drafts)),
        citations=tuple(dict.fromkeys(citation for draft in drafts for citation in draft.citations)),
        own_confidence=min(draft.own_confidence for draft in drafts),
        claims=tuple(claim for draft in drafts for claim in draft.claims),
        open_questions=tuple(open_questions),
        usage=sum((draft.usage for draft in drafts), Usage()),
    )
