"""The panel of graders that the settings name."""

from bot import team
from bot.checking import masked
from bot.checking.checks import Ceilings, Checks, Coin
from bot.checking.masked import MaskedGrader
from bot.checking.panel import Panel, version_of
from bot.checking.port import Grader
from bot.costs.budget import Budget
from bot.settings import Settings


def panel(settings: Settings) -> Panel | None:
    """The graders; None when the settings name no model for them. Its library is loaded only where it is used.

    An address of its own gets no key but its own: the drafter's key is no business of another server.

    Raises:
        Problem: when the team's file or the certificates cannot be read.
    """
    if not settings.grader_model:
        return None
    from bot.checking.model_grader import ModelGrader  # noqa: PLC0415 - heavy, and most installations start without it
    from bot.drafting import failures, prices  # noqa: PLC0415
    from bot.drafting.endpoint import Endpoint  # noqa: PLC0415

    url = _url(settings)
    same = url == settings.openai_base_url.rstrip("/")
    own = settings.grader_api_key or (settings.openai_api_key if same else None)
    price = prices.of(settings.grader_model, prices.own(team.read(settings.team_file)))
    graders: list[Grader] = []
    for number in range(settings.graders):
        client = failures.client(
            key=own.get_secret_value() if own else "", url=url, seconds=settings.grader_timeout_seconds
        )
        grader = ModelGrader(Endpoint(client, settings.grader_model, price=price), number)
        graders.append(MaskedGrader(grader) if settings.mask_personal_data else grader)
    return Panel(graders)


def version(settings: Settings) -> str:
    """The part of the version of every draft that the graders make; empty without any."""
    if not settings.grader_model:
        return ""
    from bot.checking import model_grader  # noqa: PLC0415 - heavy, and most installations start without it

    mark = masked.MARK if settings.mask_personal_data else ""
    numbers = range(settings.graders)
    return version_of(f"{model_grader.version(settings.grader_model, _url(settings), n)}{mark}" for n in numbers)


def _url(settings: Settings) -> str:
    return (settings.grader_base_url or settings.openai_base_url).rstrip("/")


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
