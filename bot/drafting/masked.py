"""Keeps personal data from a model: the drafter inside reads placeholders, and the reply gets back what is its own.

Pictures go through as they are: nothing here reads what stands in them.
"""

import asyncio
from dataclasses import replace

from bot.drafting.floor import Floor
from bot.drafting.port import DraftRequest
from handoff.draft import Claim, Draft, Mood
from handoff.masking import Masking, unplanted

MARK = "-masked"
"""Ends the prompt's version: the same words reach the model in another form, so other replies may come."""
LONG = 2_000
"""Characters of a conversation from which the search for personal data leaves the event loop."""


class MaskedDrafter(Floor):
    """A drafter whose model never sees what customers give away about themselves."""

    @property
    def prompt_version(self) -> str:
        """Another one than below."""
        return f"{self.below.prompt_version}{MARK}"

    async def draft(self, request: DraftRequest) -> Draft:
        """Propose a reply.

        Raises:
            handoff.draft.NoUsableDraft: as the drafter inside does.
        """
        length = sum(len(turn.text) for turn in request.turns)
        masking, masked = await asyncio.to_thread(_masked, request) if length > LONG else _masked(request)
        draft = await self.below.draft(masked)  # it may be of another model than the first one
        return replace(_shown(draft, masking), prompt_version=f"{draft.prompt_version}{MARK}")


def _masked(request: DraftRequest) -> tuple[Masking, DraftRequest]:
    masking = Masking.of(request.turns, request.passages)
    turns = [replace(turn, text=masking.hide(turn.text)) for turn in request.turns]
    passages = [unplanted(passage) for passage in request.passages]
    return masking, replace(request, turns=turns, passages=passages)


def _shown(draft: Draft, masking: Masking) -> Draft:
    """The draft in the customer's own words; one whose placeholder stands for nothing is not sent without an agent."""
    reply, question = masking.show(draft.text), masking.show(draft.clarifying_question)
    signs = tuple(masking.show(sign).text for sign in draft.mood.signs)
    return replace(
        draft,
        text=reply.text,
        clarifying_question=question.text if question.whole else "",
        answerable=draft.answerable and reply.whole,
        claims=tuple(Claim(masking.show(claim.text).text, claim.citations) for claim in draft.claims),
        pictures=masking.show(draft.pictures).text,
        open_questions=tuple(masking.show(each).text for each in draft.open_questions),
        mood=Mood(draft.mood.sentiment, draft.mood.frustration, draft.mood.wants_person, signs),
    )
