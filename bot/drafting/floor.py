"""What a drafter that stands on another one has from it. Each floor adds one thing, and says which by its name."""

from bot.drafting.port import Drafter, DraftRequest
from handoff.draft import Draft


class Floor:
    """A drafter over another one. To certificates and versions it is the one below."""

    def __init__(self, below: Drafter) -> None:
        self.below = below

    @property
    def name(self) -> str:
        """Which drafter it is."""
        return self.below.name

    @property
    def model(self) -> str:
        """The model behind it."""
        return self.below.model

    @property
    def prompt_version(self) -> str:
        """Changes whenever the same request could be answered differently by the same model."""
        return self.below.prompt_version

    @property
    def sees_images(self) -> bool:
        """Whether it looks at pictures."""
        return self.below.sees_images

    async def draft(self, request: DraftRequest) -> Draft:
        """Propose a reply, as the drafter below.

        Raises:
            NoUsableDraft: as the drafter below.
        """
        return await self.below.draft(request)

    async def close(self) -> None:
        """Close the drafter below."""
        await self.below.close()
