"""Names the embedding model by which the passages of drafts were found as well.

Another model finds others, so that a certificate of the version before does not hold for them.
"""

from dataclasses import replace

from bot.drafting.floor import Floor
from bot.drafting.port import Drafter, DraftRequest
from handoff.draft import Draft


class DrafterByMeaning(Floor):
    """The drafter below; its prompt's version names the embedding model as well."""

    def __init__(self, below: Drafter, embedding_model: str) -> None:
        super().__init__(below)
        self._mark = f"+{embedding_model}"

    @property
    def prompt_version(self) -> str:
        """Changes with the embedding model as well."""
        return f"{self.below.prompt_version}{self._mark}"

    async def draft(self, request: DraftRequest) -> Draft:
        """Propose a reply, as the drafter below.

        Raises:
            handoff.draft.NoUsableDraft: as the drafter below.
        """
        draft = await self.below.draft(request)
        return replace(draft, prompt_version=f"{draft.prompt_version}{self._mark}")
