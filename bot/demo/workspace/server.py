"""The workspace as one HTTP server: Slack's side under /api/, the people's side under /client/."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from bot.demo.workspace import client_routes
from bot.demo.workspace.api_endpoint import ApiEndpoint
from bot.demo.workspace.delivery import Delivery
from bot.demo.workspace.faults import Faults
from bot.demo.workspace.file_endpoint import FileEndpoint
from bot.demo.workspace.messages import Messages
from bot.demo.workspace.modals import Modals
from bot.demo.workspace.people import People
from bot.demo.workspace.seed import Seed
from bot.demo.workspace.state import State

MOST_UPLOAD = 64 * 2**20


class Workspace:
    """A Slack workspace in memory."""

    def __init__(self, seed: Seed) -> None:
        self.seed = seed
        self.state = State(seed)
        self.delivery = Delivery(self.state)
        self.messages = Messages(self.state, self.delivery)
        self.people = People(self.messages, Modals(self.messages))

    @property
    def faults(self) -> Faults:
        """The trouble that is on."""
        return self.delivery.faults

    @faults.setter
    def faults(self, faults: Faults) -> None:
        self.delivery.faults = faults


class WorkspaceServer:
    """A workspace that is being served."""

    def __init__(self, workspace: Workspace, runner: web.AppRunner, url: str) -> None:
        self.workspace, self._runner, self.url = workspace, runner, url
        self.api_url = f"{url}api/"

    async def close(self) -> None:
        """Stop serving."""
        self.workspace.people.end_watching()
        await self.workspace.delivery.close()
        await self._runner.cleanup()


async def serve(
    workspace: Workspace,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    extend: Callable[[web.Application, Workspace], None] | None = None,
) -> WorkspaceServer:
    """Serve a workspace on loopback; `extend` adds routes, such as the page."""
    app = web.Application(client_max_size=MOST_UPLOAD, middlewares=[_same_origin])
    people = workspace.people
    api, files = ApiEndpoint(people), FileEndpoint(people)
    app.router.add_route("*", "/api/{method}", api.call)
    app.router.add_post("/answers/{key}", api.answer_url)
    app.router.add_get("/link/", workspace.delivery.sockets.serve)
    app.router.add_post("/upload/{file_id}", files.upload)
    app.router.add_get("/files-pri/{key}/{name}", files.for_apps)
    app.router.add_get("/files/{file_id}/{name}", files.for_people)
    client_routes.add(app, people)
    if extend:
        extend(app, workspace)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    await site.start()
    address = runner.addresses[0]
    url = f"http://{address[0]}:{address[1]}/"
    people.serve_at(url)
    return WorkspaceServer(workspace, runner, url)


@web.middleware
async def _same_origin(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Keep other web sites that are open in the same browser from acting here."""
    origin = request.headers.get("Origin")
    if origin and request.method == "POST" and urlsplit(origin).netloc != request.host:
        return web.json_response({"ok": False, "error": "wrong_origin"}, status=403)
    return await handler(request)
