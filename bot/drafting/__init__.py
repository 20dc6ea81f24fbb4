"""Drafters: they propose a reply from what the search found."""

from bot.drafting import prompt
from bot.drafting.discreet import DiscreetDrafter
from bot.drafting.embedded import EmbeddedDrafter
from bot.drafting.masked import MaskedDrafter
from bot.drafting.port import Drafter
from bot.settings import Settings


def build(settings: Settings) -> Drafter:
    """The drafter that the settings name; the model's library is loaded only where it is used."""
    if settings.drafter == "openai":
        from bot.drafting import openai  # noqa: PLC0415 - heavy, and most installations start without it

        drafter = openai.build(settings)
        masked = MaskedDrafter(drafter) if settings.mask_personal_data else drafter
        return DiscreetDrafter(masked, prompt.own_rules())
    return EmbeddedDrafter()
