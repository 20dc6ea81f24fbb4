"""The page's addresses, asked over HTTP."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import FormData

from bot.demo import page
from bot.demo.page import Pane, Panes, Try
from bot.demo.workspace import Person, Seed, SeedApp, SeedChannel, SeedUser, Workspace, WorkspaceServer, serve
from tests.bot.demo.page.every_block import MESSAGE
from tests.bot.demo.page.reading import Read, dangers

STATIC = Path(page.__file__).parent / "static"
EVIL = '<script>alert("x")</script>'
BOT = "U0BATON00"


@pytest.fixture
def workspace() -> Workspace:
    app = SeedApp(
        commands=("/baton",), shortcuts=(("note", "Make a note", "message"), ("new", "Something new", "global"))
    )
    return Workspace(
        Seed(
            users=(
                SeedUser("U1", "ada", "Ada Lind"),
                SeedUser("U2", "ben", "Ben Okafor", title="agent"),
                SeedUser("U3", "evil", EVIL, title=EVIL),
                SeedUser("U4", "gus", "Gus Guest", team_id="T0OTHER00"),
            ),
            channels=(
                SeedChannel("C1", "support", ("U1", "U2", "U3", "U4", BOT), topic="Ask us", shared=True),
                SeedChannel("C2", "desk", ("U2", BOT), kind="private"),
            ),
            app=app,
        )
    )


@pytest.fixture
async def server(workspace: Workspace) -> AsyncIterator[WorkspaceServer]:
    panes = Panes(
        Pane("Customer", "U1", "C1", "asks"),
        Pane("Desk", "U2", "C2"),
        Pane("Managers", "U3", "C1", empty="Nobody asked."),
    )
    tries = (Try("A question", 'How "long"? <b>', "an answer"), Try("More", "And then?", "goes on", in_thread=True))
    served = await serve(workspace, extend=lambda app, it: page.attach(app, it, tries=tries, panes=panes))
    yield served
    await served.close()


@pytest.fixture
async def web(server: WorkspaceServer) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(server.url) as session:
        yield session


async def piece(web: aiohttp.ClientSession, name: str, **query: str) -> str:
    async with web.get(f"/page/{name}", params=query) as answer:
        assert answer.status == 200
        return await answer.text()


async def test_the_shell_names_the_panes_the_people_and_what_to_try(web: aiohttp.ClientSession) -> None:
    async with web.get("/") as answer:
        html = await answer.text()
    read = Read(html)
    assert [each["data-pane"] for each in read.all("section")] == ["customer", "desk", "managers"]
    assert [each["data-try"] for each in read.all("button") if "data-try" in each] == ['How "long"? <b>', "And then?"]
    assert html.count("<option") == 12
    assert "&lt;script&gt;alert" in html
    assert EVIL not in html


async def test_no_script_but_the_pages_own_may_run(web: aiohttp.ClientSession) -> None:
    async with web.get("/") as answer:
        policy = answer.headers["Content-Security-Policy"]
        html = await answer.text()
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert all(each["src"].startswith("/static/") for each in Read(html).all("script"))


@pytest.mark.parametrize("name", sorted(each.name for each in STATIC.iterdir()))
async def test_static_files_are_served_and_load_nothing_from_elsewhere(web: aiohttp.ClientSession, name: str) -> None:
    async with web.get(f"/static/{name}") as answer:
        assert answer.status == 200
        text = (await answer.text()).replace("http://www.w3.org/2000/svg", "")
    assert "://" not in text.replace("https?:", "")


async def test_a_message_is_shown_to_those_who_are_there(web: aiohttp.ClientSession, workspace: Workspace) -> None:
    message = await workspace.people.post("U1", "C1", "Where is my *tent*? :tent:")
    html = await piece(web, "messages", user="U2", channel="C1")
    assert "<strong>tent</strong>? ⛺" in html
    assert f'data-ts="{message["ts"]}"' in html
    assert "not in the channel" in await piece(web, "messages", user="U1", channel="C2")
    assert "no such channel" in await piece(web, "messages", user="U1", channel="C9")
    assert "no such person" in await piece(web, "messages", user="U9", channel="C1")


async def test_neither_words_nor_names_become_html(web: aiohttp.ClientSession, workspace: Workspace) -> None:
    await workspace.people.post("U3", "C1", EVIL)
    await workspace.people.post("U3", "C1", "ok")
    workspace.messages.post(
        workspace.state.channel("C1"), {"user": BOT, "bot_id": "B1", "username": EVIL, "text": "<@U3>"}
    )
    html = await piece(web, "messages", user="U1", channel="C1")
    assert dangers(html) == []
    assert Read(html).text.count(EVIL) >= 4


async def test_an_empty_place_says_what_comes_there(web: aiohttp.ClientSession) -> None:
    assert "its card comes here" in await piece(web, "messages", user="U2", channel="C2")
    assert "Nobody asked." in await piece(web, "messages", user="U1", channel="C1")
    assert "Ask us" in await piece(web, "messages", user="U1", channel="C1")
    assert "as soon as it is connected" in await piece(web, "home", user="U1")
    assert await piece(web, "modal", user="U1") == ""


async def test_a_thread_is_reached_from_its_root_and_shows_its_replies(
    web: aiohttp.ClientSession, workspace: Workspace
) -> None:
    root = await workspace.people.post("U1", "C1", "A question")
    reply = await workspace.people.post("U2", "C1", "An answer", root["ts"])
    channel = await piece(web, "messages", user="U1", channel="C1")
    assert "An answer" not in channel
    (link,) = [each for each in Read(channel).all("button") if "data-latest" in each]
    assert (link["data-open-thread"], link["data-latest"]) == (root["ts"], reply["ts"])
    assert "1 reply" in Read(channel).text
    assert "An answer" in await piece(web, "messages", user="U1", channel="C1", thread=root["ts"])


async def test_what_is_new_begins_below_a_line(web: aiohttp.ClientSession, workspace: Workspace) -> None:
    first = await workspace.people.post("U1", "C1", "before")
    await workspace.people.post("U1", "C1", "after")
    html = await piece(web, "messages", user="U2", channel="C1", since=first["ts"])
    assert html.index("before") < html.index("fresh-line") < html.index("after")
    assert "fresh-line" not in await piece(web, "messages", user="U1", channel="C1", since=first["ts"])


async def test_only_ones_own_messages_can_be_edited(web: aiohttp.ClientSession, workspace: Workspace) -> None:
    message = await workspace.people.post("U1", "C1", "See <https://example.com> <@U2> &amp; co")
    own = await piece(web, "messages", user="U1", channel="C1")
    assert Read(own).all("li")[1]["data-raw"] == "See https://example.com @Ben Okafor & co"
    assert 'data-message-act="edit"' in own
    others = await piece(web, "messages", user="U2", channel="C1")
    assert 'data-message-act="edit"' not in others
    assert 'data-message-act="shortcut:note"' in others
    workspace.people.edit("U1", "C1", message["ts"], "Never mind")
    assert "(edited)" in await piece(web, "messages", user="U2", channel="C1")


async def test_files_are_shown_as_pictures_or_as_links(web: aiohttp.ClientSession, server: WorkspaceServer) -> None:
    picture = bytes.fromhex("89504e470d0a1a0a")
    async with Person(server.url, "U1") as ada:
        await ada.uploads("C1", "a tent?.png", picture, "look")
        await ada.uploads("C1", "list/1.csv", b"a,b\n")
    html = await piece(web, "messages", user="U2", channel="C1")
    source = Read(html).all("img")[0]["src"]
    async with web.get(source) as answer:
        assert await answer.read() == picture
    assert "list" in Read(html).all("a")[-1]["href"]


async def test_reactions_tell_who_and_whether_it_was_you(web: aiohttp.ClientSession, workspace: Workspace) -> None:
    message = await workspace.people.post("U1", "C1", "hello")
    workspace.people.react("U2", "C1", message["ts"], "eyes")
    (mine,) = [
        each
        for each in Read(await piece(web, "messages", user="U2", channel="C1")).all("button")
        if each.get("class") == "reaction"
    ]
    (theirs,) = [
        each
        for each in Read(await piece(web, "messages", user="U1", channel="C1")).all("button")
        if each.get("class") == "reaction"
    ]
    assert (mine["aria-pressed"], theirs["aria-pressed"], mine["title"]) == ("true", "false", "Ben Okafor")


async def test_only_the_person_meant_sees_an_ephemeral_message(
    web: aiohttp.ClientSession, workspace: Workspace
) -> None:
    workspace.messages.ephemeral(workspace.state.channel("C1"), "U1", {"user": BOT, "bot_id": "B1", "text": "psst"})
    assert "Only visible to you" in await piece(web, "messages", user="U1", channel="C1")
    assert "psst" not in await piece(web, "messages", user="U2", channel="C1")


async def test_who_speaks_through_the_app_or_from_elsewhere_is_marked(
    web: aiohttp.ClientSession, workspace: Workspace
) -> None:
    await workspace.people.post("U4", "C1", "hi")
    workspace.messages.post(
        workspace.state.channel("C1"), {"user": BOT, "bot_id": "B1", "username": "Ben", "text": "hi"}
    )
    text = Read(await piece(web, "messages", user="U1", channel="C1")).text
    assert "Gus Guestother organisation" in text
    assert "Benvia Baton" in text


async def test_the_tabs_count_what_is_unread_but_in_the_channel_in_sight(
    web: aiohttp.ClientSession, workspace: Workspace
) -> None:
    await workspace.people.post("U1", "C1", "one")
    await workspace.people.post("U1", "C1", "two")
    elsewhere = await piece(web, "channels", user="U2", current="C2", first="C2")
    assert 'aria-label="2 unread"' in elsewhere
    assert 'unread"' not in await piece(web, "channels", user="U2", current="C1", first="C2")
    assert [each["data-channel"] for each in Read(elsewhere).all("button")] == ["C2", "C1", "home"]


async def test_every_block_arrives_whole(web: aiohttp.ClientSession, workspace: Workspace) -> None:
    workspace.messages.post(
        workspace.state.channel("C1"), {"user": BOT, "bot_id": "B1", "text": "x", "blocks": MESSAGE}
    )
    html = await piece(web, "messages", user="U1", channel="C1")
    assert Read(html).is_whole
    assert dangers(html) == []


async def test_the_address_of_a_message_leads_to_the_page(web: aiohttp.ClientSession) -> None:
    async with web.get("/archives/C1/p1700000000123456", allow_redirects=False) as answer:
        assert answer.status == 302
        assert answer.headers["Location"] == "/?channel=C1&thread=1700000000.123456"


async def test_the_files_of_a_form_are_kept_for_their_person(web: aiohttp.ClientSession) -> None:
    form = FormData()
    form.add_field("file", b"paid", filename="receipt.txt")
    async with web.post("/page/keep", params={"user": "U1"}, data=form) as answer:
        (file,) = (await answer.json())["files"]
    assert (file["name"], file["user"], file["size"]) == ("receipt.txt", "U1", 4)
    async with web.post("/page/keep", params={"user": "U9"}, data=FormData({"a": "b"})) as answer:
        assert answer.status == 400


async def test_a_closing_workspace_ends_the_stream(server: WorkspaceServer) -> None:
    async with aiohttp.ClientSession(server.url) as session, session.get("/page/stream?user=U1") as stream:
        assert b"hello" in await stream.content.readline()
        await server.close()
        assert b"data" not in await stream.content.read()


async def test_one_stream_tells_what_changes_for_everyone_on_the_page(
    web: aiohttp.ClientSession, workspace: Workspace
) -> None:
    async with web.get("/page/stream", params=[("user", "U1"), ("user", "U2"), ("user", "U1")]) as stream:
        assert b"hello" in await stream.content.readline()
        await stream.content.readline()
        workspace.messages.ephemeral(workspace.state.channel("C1"), "U2", {"user": BOT, "bot_id": "B1", "text": "psst"})
        change = json.loads((await stream.content.readline()).removeprefix(b"data:"))
        assert (change["type"], change["user"]) == ("ephemeral", "U2")
