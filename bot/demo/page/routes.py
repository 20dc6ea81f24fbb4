"""The page's addresses: the shell, its static files, and the fragments that the script asks for anew."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from aiohttp import web
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from bot.demo.page import fragments
from bot.demo.page.messages import Reader
from bot.demo.page.stream import Stream
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
EMPTY_CUSTOMER = "Nothing was asked yet. Write a question below, or press one of the things to try."
EMPTY_DESK = "Nobody waits for a person. When a conversation is handed over, its card comes here."
EMPTY_MANAGERS = "No report yet. It comes every week, and whenever you type /baton report."
WORDS_OF_ERRORS = {
    "not_in_channel": "This person is not in the channel.",
    "channel_not_found": "There is no such channel.",
    "user_not_found": "There is no such person.",
}


@dataclass(frozen=True)
class Try:
    """A question to try: its name, its words, and what it shows.

    One `in_thread` goes on with the conversation that is open, or with the newest; the others begin a new one.
    """

    title: str
    text: str
    shows: str
    in_thread: bool = False


@dataclass(frozen=True)
class Pane:
    """One of the three panes: its title, who sits there first, and where they look.

    `hint` says below the title what this person does; `empty` is said in the channel where nothing was said yet.
    """

    title: str
    user: str
    channel: str
    hint: str = ""
    empty: str = ""


@dataclass(frozen=True)
class Panes:
    """The three panes."""

    customer: Pane
    desk: Pane
    managers: Pane


def attach(app: web.Application, workspace: Workspace, *, tries: Sequence[Try], panes: Panes) -> None:
    """Add the page to the workspace's server.

    Args:
        app: the server's application, before it starts.
        workspace: the workspace that the page shows.
        tries: questions that the customer's pane offers.
        panes: who sits where at first.
    """
    page = _Page(workspace, tuple(tries), panes)
    app.router.add_get("/", page.shell)
    app.router.add_get("/archives/{channel}/{message}", _permalink)
    app.router.add_static("/static/", HERE / "static")
    app.router.add_get("/page/stream", Stream(workspace.people).serve)
    app.router.add_post("/page/keep", page.keep)
    app.router.add_get("/page/channels", page.fragment(_channels))
    app.router.add_get("/page/messages", page.fragment(page.messages))
    app.router.add_get("/page/home", page.fragment(_home))
    app.router.add_get("/page/modal", page.fragment(_modal))


Fragment = Callable[[Workspace, Reader, web.Request], Markup]


def _channels(workspace: Workspace, reader: Reader, request: web.Request) -> Markup:
    current, first = request.query.get("current", ""), request.query.get("first", "")
    return fragments.channels(workspace.people, reader, current, first)


def _home(workspace: Workspace, reader: Reader, _request: web.Request) -> Markup:
    return fragments.home(workspace.people, reader)


def _modal(workspace: Workspace, reader: Reader, _request: web.Request) -> Markup:
    return fragments.modal(workspace.people, reader)


async def _permalink(request: web.Request) -> web.Response:
    """The address of a message leads to the page, which opens the place."""
    digits = request.match_info["message"].removeprefix("p")
    place = {"channel": request.match_info["channel"], "thread": f"{digits[:-6]}.{digits[-6:]}"}
    raise web.HTTPFound(f"/?{urlencode(place)}")


class _Page:
    def __init__(self, workspace: Workspace, tries: tuple[Try, ...], panes: Panes) -> None:
        self._workspace, self._tries, self._panes = workspace, tries, panes
        self._empty = {
            panes.customer.channel: panes.customer.empty or EMPTY_CUSTOMER,
            panes.desk.channel: panes.desk.empty or EMPTY_DESK,
            panes.managers.channel: panes.managers.empty or EMPTY_MANAGERS,
        }
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
            shortcuts=[(key, name) for key, name, kind in state.app.shortcuts if kind == "global"],
        )
        return web.Response(text=html, content_type="text/html", headers=SECURITY)

    def messages(self, workspace: Workspace, reader: Reader, request: web.Request) -> Markup:
        channel, thread = request.query.get("channel", ""), request.query.get("thread") or None
        since, empty = request.query.get("since", ""), self._empty.get(channel, "")
        return fragments.history(workspace.people, reader, channel, thread, since=since, empty=empty)

    async def keep(self, request: web.Request) -> web.Response:
        """Keep the files of a form's file field; they are shown nowhere until the form is submitted."""
        user = request.query.get("user", "")
        if user not in self._workspace.state.users:
            return web.json_response({"ok": False, "error": "user_not_found"}, status=400)
        sent = [each for each in (await request.post()).values() if isinstance(each, web.FileField)]
        upload = self._workspace.people.upload
        files = [upload(user, each.filename, each.file.read()) for each in sent]
        return web.json_response({"files": files})

    def fragment(self, render: Fragment) -> Callable[[web.Request], Awaitable[web.Response]]:
        return partial(self._fragment, render)

    async def _fragment(self, render: Fragment, request: web.Request) -> web.Response:
        reader = Reader(request.query.get("user", ""), self._workspace.state)
        try:
            html = render(self._workspace, reader, request)
        except SlackError as error:
            words = WORDS_OF_ERRORS.get(error.code, error.code)
            html = Markup('<li class="empty" data-key="error">{}</li>').format(words)
        return web.Response(text=html, content_type="text/html", headers=SECURITY)
