"""The page's addresses: the shell, its static files, and the fragments that the script asks for anew."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from bot.demo.page import fragments
from bot.demo.page.messages import Reader
from bot.demo.workspace import Workspace
from bot.demo.workspace.errors import SlackError

HERE = Path(__file__).parent
SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:; "
        "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True)
class Try:
    """A question to try: its name, its words, and what it shows."""

    title: str
    text: str
    shows: str


@dataclass(frozen=True)
class Pane:
    """One of the three panes: its title, who sits there first, and where they look."""

    title: str
    user: str
    channel: str
    hint: str = ""


@dataclass(frozen=True)
class Panes:
    """The three panes."""

    customer: Pane
    desk: Pane
    managers: Pane


def attach(app: web.Application, workspace: Workspace, *, tries: Sequence[Try], panes: Panes) -> None:
    """Add the page to the workspace's server."""
    page = _Page(workspace, tuple(tries), panes)
    app.router.add_get("/", page.shell)
    app.router.add_static("/static/", HERE / "static")
    app.router.add_get("/page/channels", page.fragment(_channels))
    app.router.add_get("/page/messages", page.fragment(_messages))
    app.router.add_get("/page/home", page.fragment(_home))
    app.router.add_get("/page/modal", page.fragment(_modal))


Fragment = Callable[[Workspace, Reader, web.Request], Markup]


def _channels(workspace: Workspace, reader: Reader, request: web.Request) -> Markup:
    return fragments.channels(workspace.people, reader, request.query.get("current", ""))


def _messages(workspace: Workspace, reader: Reader, request: web.Request) -> Markup:
    thread = request.query.get("thread") or None
    return fragments.history(workspace.people, reader, request.query["channel"], thread)


def _home(workspace: Workspace, reader: Reader, _request: web.Request) -> Markup:
    return fragments.home(workspace.people, reader)


def _modal(workspace: Workspace, reader: Reader, _request: web.Request) -> Markup:
    return fragments.modal(workspace.people, reader)


class _Page:
    def __init__(self, workspace: Workspace, tries: tuple[Try, ...], panes: Panes) -> None:
        self._workspace, self._tries, self._panes = workspace, tries, panes
        templates = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True)
        self._shell = templates.get_template("shell.html")

    async def shell(self, _request: web.Request) -> web.Response:
        state = self._workspace.state
        people = [user for user in state.users.values() if user.id != state.app.bot_user_id]
        html = self._shell.render(
            name=state.app.name,
            team=state.seed.team_name,
            panes=(
                ("customer", self._panes.customer),
                ("desk", self._panes.desk),
                ("managers", self._panes.managers),
            ),
            people=people,
            tries=self._tries,
            bot=state.app.bot_user_id,
        )
        return web.Response(text=html, content_type="text/html", headers=SECURITY)

    def fragment(self, render: Fragment) -> Callable[[web.Request], Awaitable[web.Response]]:
        return partial(self._fragment, render)

    async def _fragment(self, render: Fragment, request: web.Request) -> web.Response:
        reader = Reader(request.query.get("user", ""), self._workspace.state)
        try:
            html = render(self._workspace, reader, request)
        except SlackError as error:
            words = {"not_in_channel": "This person is not in the channel."}.get(error.code, error.code)
            html = Markup('<p class="empty">{}</p>').format(words)
        return web.Response(text=html, content_type="text/html", headers=SECURITY)
