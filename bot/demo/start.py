"""Starts the whole demo in one process: the local workspace with its page, the sample shop, and Baton in it."""

import errno
import itertools
import tempfile
import webbrowser
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import web
from pydantic import SecretStr

from bot import app, logs
from bot.demo import history, page, past_promotions, shop
from bot.demo.page import Pane, Panes
from bot.demo.shop import organisation
from bot.demo.workspace import Workspace, WorkspaceServer, serve
from bot.knowledge import sync
from bot.settings import Settings
from storage import workspaces
from storage.database import Database
from storage.problem import Problem

PORTS_TRIED = 20
SILENCE_SECONDS = 900.0
"""In the demo silence counts as solved sooner, so that it can be seen."""

PANES = Panes(
    customer=Pane(
        "Customer",
        shop.CUSTOMERS[0].id,
        organisation.SUPPORT,
        hint="Ask as a customer",
    ),
    desk=Pane("Agents' desk", shop.AGENTS[0].id, organisation.DESK, hint="Claim and answer"),
    managers=Pane("Managers", shop.MANAGERS[0].id, organisation.MANAGERS_CHANNEL, hint="Type /baton report"),
)

Say = Callable[[str], None]


class NoFreePort(Problem):
    """No port is free for the page; name another one with --port."""


async def run(*, port: int, open_browser: bool, history_weeks: int, data_dir: Path | None, say: Say) -> None:
    """Run the demo until it is cancelled.

    Args:
        port: where the page is to be; when it is busy the next free one is taken, and 0 lets the system choose.
        open_browser: whether to open the page.
        history_weeks: how many simulated weeks the shop looks back on; 0 for none.
        data_dir: where the database is kept; in a temporary folder when nothing is given.
        say: told in short lines how it goes.

    Raises:
        NoFreePort: when the port and those after it are busy.
    """
    logs.configure("warning", "text")
    async with running(port=port, history_weeks=history_weeks, data_dir=data_dir, say=say) as (server, bot):
        say(f"Baton is at work in the shop {shop.NAME}. Open {server.url} and ask; Ctrl-C ends it.")
        if open_browser:
            webbrowser.open(server.url)
        await bot.connection.lost()


@asynccontextmanager
async def running(
    *, port: int, history_weeks: int, data_dir: Path | None, say: Say
) -> AsyncGenerator[tuple[WorkspaceServer, app.Running]]:
    """The demo while it runs: the workspace's server, whose `url` is the page, and the bot in it."""
    async with AsyncExitStack() as stack:
        server = await _serve(port, say)
        stack.push_async_callback(server.close)
        folder = data_dir or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="baton-demo-")))
        settings = _settings(server, folder)
        await _stock(settings, history_weeks, say)
        bot = await stack.enter_async_context(app.running(settings))
        yield server, bot


async def _serve(port: int, say: Say) -> WorkspaceServer:
    workspace = Workspace(shop.seed())

    def extend(application: web.Application, workspace: Workspace) -> None:
        page.attach(application, workspace, tries=shop.TRIES, panes=PANES)

    for tried in itertools.islice(itertools.count(port), PORTS_TRIED):
        try:
            server = await serve(workspace, port=tried, extend=extend)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            continue
        if tried != port:
            say(f"Port {port} is busy; taking {tried}.")
        return server
    raise NoFreePort(f"The ports {port} to {port + PORTS_TRIED - 1} are busy. Name another one with --port.")


def _settings(server: WorkspaceServer, folder: Path) -> Settings:
    """The settings of the shop. Those that belong to a real workspace are given here, whatever the environment says."""
    seed = server.workspace.seed.app
    return Settings(
        _env_file=None,  # pyright: ignore[reportCallIssue] - pydantic-settings takes it, its stubs do not say so
        slack_bot_token=SecretStr(seed.bot_token),
        slack_app_token=SecretStr(seed.app_token),
        slack_signing_secret=SecretStr(seed.signing_secret),
        slack_api_url=server.api_url,
        mode="socket",
        database_url=f"sqlite:///{folder / 'demo.db'}",
        support_channels=organisation.SUPPORT_CHANNELS,
        desk_channel=organisation.DESK,
        managers_channel=organisation.MANAGERS_CHANNEL,
        agents=(organisation.AGENTS_GROUP,),
        managers=(organisation.MANAGERS_GROUP,),
        company_name=shop.NAME,
        knowledge_dir=None,
        team_file=shop.TEAM_FILE,
        time_zone=shop.TIME_ZONE,
        assumed_resolution_after=SILENCE_SECONDS,
    )


async def _stock(settings: Settings, history_weeks: int, say: Say) -> None:
    """Fill the database with what the shop knows and looks back on."""
    database = await Database.open(settings.database_url, connections=2)
    try:
        await database.upgrade()
        async with database.transaction() as session:
            bot_user_id = organisation.APP.bot_user_id
            await workspaces.remember(session, shop.TEAM_ID, name=shop.NAME, bot_user_id=bot_user_id)
            await session.flush()
            await workspaces.add_missing_topics(
                session, shop.TEAM_ID, [topic.row(shop.TEAM_ID) for topic in shop.TOPICS]
            )
        articles = await sync.sync(database, shop.TEAM_ID, shop.ARTICLES)
        say(f"{len(articles.added) + len(articles.unchanged)} help articles read.")
        if history_weeks:
            until = datetime.now(UTC)
            past = await history.write(database, shop.TEAM_ID, until=until, weeks=history_weeks)
            if past.conversations:
                await past_promotions.settle(settings, database, shop.TEAM_ID, until=until)
            say(f"{past.conversations} conversations of the last {history_weeks} weeks simulated, and marked so.")
    finally:
        await database.close()
