"""Opens the database for a command, and finds which workspace it is about."""

from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager

import typer
from sqlmodel import col, select

from bot.settings import Settings
from storage import workspaces
from storage.database import Database
from storage.problem import Problem
from storage.tables import Workspace


class CommandProblem(Problem):
    """A command cannot do what was asked; the message says what to do."""


@asynccontextmanager
async def opened(settings: Settings) -> AsyncGenerator[Database]:
    """The database, with its tables at the newest version.

    Raises:
        DatabaseProblem: when it cannot be used.
    """
    database = await Database.open(settings.database_url, connections=2)
    try:
        await database.upgrade()
        yield database
    finally:
        await database.close()


async def upgrade(settings: Settings) -> None:
    """Bring the tables to the newest version, and say which one that is.

    Raises:
        DatabaseProblem: when the database cannot be used.
    """
    database = await Database.open(settings.database_url, connections=2)
    try:
        before = await database.revision()
        await database.upgrade()
        after = await database.revision()
    finally:
        await database.close()
    if before == after:
        typer.echo(f"The tables are at the newest version, {after}.")
    else:
        typer.echo(f"The tables went from version {before or 'none'} to {after}.")


async def workspace_id(database: Database, settings: Settings, wanted: str | None = None) -> str:
    """The workspace that was named, or the only one that is known, or the one that the bot token belongs to.

    Raises:
        CommandProblem: when it cannot be told, with what to do.
    """
    async with database.reading() as session:
        known = (await session.exec(select(Workspace.id).order_by(col(Workspace.id)))).all()
    if wanted and wanted in known:
        return wanted
    if wanted:
        raise CommandProblem(f"There is no workspace {wanted}. Known: {', '.join(known) or 'none'}.")
    if len(known) == 1:
        return known[0]
    if known:
        raise CommandProblem(f"There are several workspaces; name one with --workspace: {', '.join(known)}.")
    return await _first(database, settings)


async def _first(database: Database, settings: Settings) -> str:
    """Ask Slack whose token this is, and remember it."""
    if not settings.slack_bot_token:
        raise CommandProblem(
            "No workspace is known yet. Set BATON_SLACK_BOT_TOKEN and run `baton doctor`; or try `baton demo` first."
        )
    from slack_sdk.web.async_client import AsyncWebClient  # noqa: PLC0415 - heavy, and most commands do not ask Slack

    client = AsyncWebClient(settings.slack_bot_token.get_secret_value(), base_url=settings.slack_api_url, timeout=20)
    with asking_slack("which workspace this is"):
        who = await client.auth_test()
    team_id, name, bot_user_id = str(who["team_id"]), str(who["team"]), str(who["user_id"])
    async with database.transaction() as session:
        await workspaces.remember(session, team_id, name=name, bot_user_id=bot_user_id)
    return team_id


@contextmanager
def asking_slack(what: str) -> Generator[None]:
    """Tell in words when Slack, or the line to it, does not answer what is asked within the block.

    Raises:
        CommandProblem: that Slack does not say `what`, and why.
    """
    import aiohttp  # noqa: PLC0415 - heavy, and most commands do not ask Slack
    from slack_sdk.errors import SlackApiError, SlackClientError  # noqa: PLC0415

    try:
        yield
    except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError) as error:
        why = error.response.get("error") if isinstance(error, SlackApiError) else str(error) or type(error).__name__
        raise CommandProblem(f"Slack does not say {what} ({why}). Run `baton doctor`.") from error
