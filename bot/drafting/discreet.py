"""Keeps a model from telling what it must not: its rules, or data of people who are not in the conversation."""

from dataclasses import replace

import structlog

from bot.drafting.floor import Floor
from bot.drafting.port import Drafter, DraftRequest
from handoff import leaks
from handoff.draft import Draft, NoUsableDraft

log = structlog.get_logger(__name__)


class DiscreetDrafter(Floor):
    """A drafter whose drafts are read before anybody else does.

    Args:
        inner: the drafter that asks a model.
        rules: what the model is told, of which no long span may come back.
    """

    def __init__(self, inner: Drafter, rules: str) -> None:
        super().__init__(inner)
        self._rules = rules

    async def draft(self, request: DraftRequest) -> Draft:
        """Propose a reply.

        Raises:
            handoff.draft.NoUsableDraft: as the drafter inside does, and when the draft tells the rules.
        """
        draft = await self.below.draft(request)
        said = "\n".join((draft.text, draft.clarifying_question, *draft.mood.signs, draft.pictures))
        if leaks.tells_rules(said, self._rules):
            raise NoUsableDraft("told_its_rules", draft.usage)
        strange = leaks.strangers(f"{draft.text}\n{draft.clarifying_question}", request.turns, request.passages)
        if not strange:
            return draft
        log.warning("personal_data_of_nobody_here", kinds=sorted({each.kind.value for each in strange}))
        return replace(draft, answerable=False, clarifying_question="")
