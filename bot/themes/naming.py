"""Has a model name new themes, where one is set; otherwise, and whenever it fails, their words name them.

What customers wrote is shown masked and as data, and a name is kept only when it is nothing but a few plain words.
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from pydantic import BaseModel, ConfigDict
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import team
from bot.costs import account, prices
from bot.costs.budget import Budget
from bot.models import chosen, forms
from bot.settings import Settings
from bot.themes import finding
from handoff import theme_names
from handoff.draft import NoUsableDraft
from storage import asked_in_vain, themes, workspaces
from storage.kinds import CallPurpose
from storage.theme_tables import Theme

if TYPE_CHECKING:
    from bot.models.endpoint import Endpoint

log = structlog.get_logger(__name__)

AT_ONCE = 12
"""Themes that are named by one call."""
SHOWN = 6
"""Questions of a theme that are read; those that differ are shown."""
MOST_TOKENS = 2_000
_TAG = re.compile(r"<(?=\s*/?\s*group\b)", re.IGNORECASE)


class Named(BaseModel):
    """The name of one group."""

    model_config = ConfigDict(extra="forbid")

    group: int
    name: str


class Names(BaseModel):
    """What the model must return."""

    model_config = ConfigDict(extra="forbid")

    names: list[Named]


def build(settings: Settings) -> "Endpoint | None":
    """The model that drafts, to be asked for names; None for the drafter without a model.

    Raises:
        Problem: when the team's file or the certificates cannot be read.
    """
    if settings.drafter != "openai":
        return None
    from bot.models import failures  # noqa: PLC0415 - heavy, and most installations start without it
    from bot.models.endpoint import Endpoint  # noqa: PLC0415

    model = chosen.main(settings)
    client = failures.client(key=model.key, url=model.url, seconds=settings.openai_timeout_seconds)
    price = prices.of(model.model, prices.own(team.read(settings.team_file)))
    return Endpoint(client, model.model, effort=model.effort, price=price)


async def name(budget: Budget, endpoint: "Endpoint") -> int:
    """Ask for names of the themes that have none of a model yet, the newest of them; no call when the budget is spent.

    Returns:
        How many were named.
    """
    database, workspace_id = budget.books.database, budget.books.workspace_id
    async with database.reading() as session:
        if await budget.held_back(session):
            return 0
        unnamed = await themes.without_name(session, workspace_id, limit=AT_ONCE)
        asked = [await _examples(session, theme) for theme in unnamed]
    if not unnamed:
        return 0
    async with account.kept(budget.books) as spent:
        told = await _told(endpoint, unnamed, asked)
        async with database.transaction() as session:
            named = await _keep(session, workspace_id, unnamed, asked, told) if told else 0
            await spent.write(session)
        spent.written()
    return named


async def _examples(session: AsyncSession, theme: Theme) -> list[str]:
    """Some questions of a theme, masked."""
    windows = await themes.windows_of(session, theme.workspace_id, theme.key, limit=1)
    cases = [(conversation_id, message_id) for each in windows for conversation_id, message_id in each.asked]
    found = await asked_in_vain.read(session, theme.workspace_id, cases[:SHOWN])
    return finding.examples([each.text for each in found])


async def _told(endpoint: "Endpoint", unnamed: Sequence[Theme], asked: Sequence[Sequence[str]]) -> Names | None:
    from bot.models.endpoint import Question  # noqa: PLC0415

    question = Question(
        system=_rules(),
        user="\n\n".join(
            shown(number, theme.language, texts)
            for number, (theme, texts) in enumerate(zip(unnamed, asked, strict=True), start=1)
        ),
        form=Names,
        schema=forms.strict(Names),
        name="names",
        most_tokens=MOST_TOKENS,
        purpose=CallPurpose.THEME_NAMES,
    )
    try:
        return (await endpoint.ask(question)).value
    except NoUsableDraft as failure:
        log.warning("themes_not_named", model=endpoint.model, cause=failure.cause)
        return None


def shown(number: int, language: str, texts: Sequence[str]) -> str:
    """A group inside tags that its text cannot close."""
    lines = "\n".join(f"- {_TAG.sub('‹', text)}" for text in texts)
    return f'<group number="{number}" language="{language}">\n{lines}\n</group>'


async def _keep(
    session: AsyncSession, workspace_id: str, unnamed: Sequence[Theme], asked: Sequence[Sequence[str]], told: Names
) -> int:
    """Keep the names that may be shown; a theme that got none keeps that of its words, and is not asked about again.

    One whose questions are others by now is asked about again: its name would be made of words that somebody erased.
    """
    given = {each.group: " ".join(each.name.split()) for each in told.names}
    named = 0
    # Alone, as whoever finds themes: both change many, each in an order of its own.
    await workspaces.hold(session, workspace_id)
    for number, (theme, read) in enumerate(zip(unnamed, asked, strict=True), start=1):
        row = await themes.by_key(session, workspace_id, theme.key, lock=True)
        if row is None or await _examples(session, row) != read:
            continue
        if theme_names.may_be_shown(given.get(number, "")):
            row.name, row.named_by_model = given[number], True
            named += 1
        else:
            row.name_refused = True
        session.add(row)
    return named


@cache
def _rules() -> str:
    return (Path(__file__).parent / "prompts" / "naming.md").read_text(encoding="utf-8")
