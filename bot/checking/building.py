"""The panel of graders that the settings name."""

from bot import team
from bot.checking import masked
from bot.checking.checks import Ceilings, Checks, Coin
from bot.checking.masked import MaskedGrader
from bot.checking.panel import Panel, version_of
from bot.checking.port import Grader
from bot.checking.resting import RestingGrader
from bot.costs import prices
from bot.costs.budget import Budget
from bot.models import chosen
from bot.settings import Settings


def panel(settings: Settings) -> Panel | None:
    """The graders; None when the settings name no model for them. Its library is loaded only where it is used.

    Raises:
        Problem: when the team's file or the certificates cannot be read.
    """
    model = chosen.grader(settings)
    if model is None:
        return None
    from bot.checking.model_grader import ModelGrader  # noqa: PLC0415 - heavy, and most installations start without it
    from bot.models import failures  # noqa: PLC0415
    from bot.models.endpoint import Endpoint  # noqa: PLC0415

    price = prices.of(model.model, prices.own(team.read(settings.team_file)))
    graders: list[Grader] = []
    for number in range(settings.graders):
        client = failures.client(key=model.key, url=model.url, seconds=settings.grader_timeout_seconds)
        grader = ModelGrader(Endpoint(client, model.model, price=price), number)
        masked_or_not = MaskedGrader(grader) if settings.mask_personal_data else grader
        graders.append(RestingGrader(masked_or_not, settings.grader_timeout_seconds))
    return Panel(graders)


def version(settings: Settings) -> str:
    """The part of the version of every draft that the graders make; empty without any."""
    model = chosen.grader(settings)
    if model is None:
        return ""
    from bot.checking import model_grader  # noqa: PLC0415 - heavy, and most installations start without it

    mark = masked.MARK if settings.mask_personal_data else ""
    numbers = range(settings.graders)
    url = model.url.rstrip("/")
    return version_of(f"{model_grader.version(model.model, url, n)}{mark}" for n in numbers)


def checks(
    settings: Settings, made: Panel | None, budget: Budget | None = None, coin: Coin | None = None
) -> Checks | None:
    """The cross-checks by these settings; without a budget, as in a rehearsal, under no ceiling."""
    if made is None:
        return None
    return Checks(
        panel=made,
        seconds=settings.grader_timeout_seconds,
        turn_seconds=settings.openai_timeout_seconds + settings.grader_timeout_seconds,
        budget=budget,
        ceilings=Ceilings(settings.cross_check_ceiling, settings.cross_check_daily_ceiling),
        coin=coin,
    )
