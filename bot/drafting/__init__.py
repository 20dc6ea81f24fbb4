"""Drafters: they propose a reply from what the search found.

A model that drafts stands under floors, each of which adds one thing, the lowest first:

    OpenAIDrafter   asks the model once, in the dialect that its server speaks
    Retrying        asks again after what passes by itself; the time limit of the model
    Breaking        leaves a model alone that keeps failing
    FallingOver     asks a second model, which stands under floors of its own
    MaskedDrafter   keeps personal data from both
    DiscreetDrafter lets no draft out that tells the rules, or data of nobody here

Over any drafter, DrafterByMeaning names the embedding model by which its passages were found.
"""

from bot import team
from bot.drafting import prompt
from bot.drafting.breaker import Breaking
from bot.drafting.by_meaning import DrafterByMeaning
from bot.drafting.discreet import DiscreetDrafter
from bot.drafting.embedded import EmbeddedDrafter
from bot.drafting.fallback import FallingOver
from bot.drafting.masked import MaskedDrafter
from bot.drafting.port import Drafter
from bot.drafting.retrying import Retrying
from bot.models import chosen
from bot.models.chosen import Chosen
from bot.settings import Settings
from bot.team import TeamFile

FIRST_SHARE = 0.6
"""Of the time for a draft, what the first model may use when another one stands behind it."""


def build(settings: Settings) -> Drafter:
    """The drafter that the settings name; the model's library is loaded only where it is used.

    Raises:
        Problem: when the prompt file, the team's file or the certificates cannot be read.
    """
    drafter = _by_words(settings)
    if settings.embedding_model:
        return DrafterByMeaning(drafter, settings.embedding_model)
    return drafter


def _by_words(settings: Settings) -> Drafter:
    if settings.drafter == "embedded":
        return EmbeddedDrafter()
    drafter = _models(settings)
    masked = MaskedDrafter(drafter) if settings.mask_personal_data else drafter
    return DiscreetDrafter(masked, f"{prompt.every_rule()}\n\n{prompt.rules_of(settings.prompt_file)}")


def _models(settings: Settings) -> Drafter:
    decided = team.read(settings.team_file)
    first, second, seconds = chosen.main(settings), chosen.fallback(settings), settings.openai_timeout_seconds
    if second is None:
        return _floors(settings, first, decided, seconds)
    return FallingOver(
        _floors(settings, first, decided, seconds * FIRST_SHARE),
        _floors(settings, second, decided, seconds * (1 - FIRST_SHARE)),
    )


def _floors(settings: Settings, model: Chosen, decided: TeamFile, seconds: float) -> Drafter:
    from bot.drafting import openai  # noqa: PLC0415 - heavy, and most installations start without it

    asks = openai.build(settings, model, decided, seconds)
    return Breaking(Retrying(asks, seconds), url=model.url, names=model.names)
