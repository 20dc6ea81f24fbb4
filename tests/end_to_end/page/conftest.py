"""A browser with the page of a workspace in which a tiny app is at work."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, ViewportSize

from bot.demo.page import Pane, Panes, Try, attach
from bot.demo.workspace import Seed, SeedApp, SeedChannel, SeedUser, Workspace, WorkspaceServer, serve
from tests.end_to_end.conftest import PATIENCE
from tests.end_to_end.page import tiny_app
from tests.end_to_end.page.tiny_app import TinyApp

BOT = "U0BATON00"
SEED = Seed(
    team_name="Test shop",
    users=(
        SeedUser("U1", "ada", "Ada Lind", title="customer"),
        SeedUser("U2", "ben", "Ben Okafor", title="agent"),
        SeedUser("U3", "mia", "Mia Sato", title="manager"),
    ),
    channels=(
        SeedChannel("C1", "support", ("U1", "U2", BOT), topic="Ask us anything"),
        SeedChannel("C2", "desk", ("U2", "U3", BOT), kind="private"),
        SeedChannel("C3", "managers", ("U3", BOT), kind="private"),
    ),
    app=SeedApp(name="Tiny", commands=("/tiny",), shortcuts=(("remember", "Remember this", "message"),)),
    ack_seconds=60.0,
    trigger_seconds=60.0,
)
PANES = Panes(
    Pane("Customer", "U1", "C1", "asks in #support"),
    Pane("Agents' desk", "U2", "C2", "answers"),
    Pane("Managers", "U3", "C3", "reads"),
)
TRIES = (
    Try("A first question", "count my tents", "A button comes."),
    Try("A second one", "and my mats", "Goes on.", in_thread=True),
)


@dataclass
class Shown:
    """The page in a browser, and what stands behind it."""

    page: Page
    workspace: Workspace
    app: TinyApp
    url: str
    complaints: list[str]
    """What the browser wrote to its console."""

    def pane(self, key: str) -> Locator:
        """One of the panes."""
        return self.page.locator(f'[data-pane="{key}"]')

    async def say(self, key: str, words: str) -> None:
        """Write in a pane."""
        box = self.pane(key).get_by_role("textbox", name="Message", exact=True)
        await box.fill(words)
        await box.press("Enter")

    def gives_up_soon(self) -> None:
        """Let the workspace wait only a moment for the app from now on."""
        self.workspace.state.seed = replace(self.workspace.state.seed, ack_seconds=0.5)


@pytest_asyncio.fixture(loop_scope="session")
async def server() -> AsyncIterator[WorkspaceServer]:
    served = await serve(Workspace(SEED), extend=lambda app, it: attach(app, it, tries=TRIES, panes=PANES))
    yield served
    await served.close()


@pytest_asyncio.fixture(loop_scope="session")
async def shown(browser: Browser, server: WorkspaceServer) -> AsyncIterator[Shown]:
    async with tiny_app.running(server) as app:
        context = await browser.new_context(viewport=ViewportSize(width=1500, height=900))
        context.set_default_timeout(PATIENCE)
        page = await context.new_page()
        errors: list[str] = []
        complaints: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        await page.goto(server.url)
        await page.locator('[data-connection="up"]').wait_for()
        await page.locator(
            '[data-pane="managers"] [data-channel="D3"], [data-pane="managers"] [data-kind="im"]'
        ).wait_for()
        yield Shown(page, server.workspace, app, server.url, complaints)
        await context.close()
    assert errors == []
