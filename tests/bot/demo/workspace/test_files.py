"""Files: uploaded in three steps, shared a moment later, read behind the token."""

import asyncio
from typing import Any

import aiohttp
import pytest

from bot.demo.workspace import Faults
from tests.bot.demo.workspace.place import ADA, BOT, ELSEWHERE, GENERAL, Json, Place, refusal

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


async def _uploaded(home: Place, name: str = "chart.png", content: bytes = PNG) -> str:
    asked = await home.client.files_getUploadURLExternal(filename=name, length=len(content))
    async with aiohttp.ClientSession() as session, session.post(asked["upload_url"], data=content) as answer:
        assert answer.status == 200
    return str(asked["file_id"])


async def test_the_sdks_upload_posts_a_file_share(home: Place) -> None:
    ada = await home.person(ADA)
    root = await ada.says(GENERAL, "Report, please")
    await home.client.files_upload_v2(
        channel=GENERAL,
        thread_ts=root["ts"],
        filename="chart.png",
        content=PNG,
        title="Week 47",
        initial_comment="Here",
    )
    shared = await ada.reads(GENERAL, thread=root["ts"], until=lambda message: "files" in message)
    assert (shared["subtype"], shared["text"], shared["user"]) == ("file_share", "Here", BOT)
    file = shared["files"][0]
    assert (file["title"], file["mimetype"], file["size"]) == ("Week 47", "image/png", len(PNG))


async def test_a_file_is_shared_only_a_moment_after_the_upload(home: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    ada, file_id = await home.person(ADA), await _uploaded(home)
    files, moment_over = home.workspace.people.files, asyncio.Queue[tuple[Any, ...]]()
    share = files.share
    monkeypatch.setattr(files, "share", lambda *given: moment_over.put_nowait(given))
    await home.client.files_completeUploadExternal(files=[{"id": file_id}], channel_id=GENERAL)
    assert (await home.client.files_info(file=file_id))["file"]["shares"] == {}
    share(*await asyncio.wait_for(moment_over.get(), 60))
    message = await ada.reads(GENERAL, until=lambda found: "files" in found)
    shares = (await home.client.files_info(file=file_id))["file"]["shares"]["public"][GENERAL]
    assert [each["ts"] for each in shares] == [message["ts"]]


async def test_a_finished_upload_may_never_be_shared(home: Place) -> None:
    ada = await home.person(ADA)
    home.workspace.faults = Faults(lose_shares=1)
    for name in ("lost.png", "shared.png"):
        await home.client.files_upload_v2(channel=GENERAL, filename=name, content=PNG)
    await ada.reads(GENERAL, until=lambda message: "files" in message)
    assert [message["files"][0]["name"] for message in await ada.history(GENERAL)] == ["shared.png"]


async def test_people_share_files_and_the_app_hears_of_both(home: Place) -> None:
    app, heard = home.app(), asyncio.Queue[Json]()

    @app.event("message")
    async def message(event: Json) -> None:
        heard.put_nowait(event)

    @app.event("file_shared")
    async def shared(event: Json) -> None:
        heard.put_nowait(event)

    await home.connect(app)
    ada = await home.person(ADA)
    await ada.uploads(GENERAL, "photo.png", PNG, "It broke")
    events = [await asyncio.wait_for(heard.get(), 60) for _ in range(2)]
    by_type = {event["type"]: event for event in events}
    assert by_type["message"]["subtype"] == "file_share"
    assert by_type["file_shared"]["file_id"] == by_type["message"]["files"][0]["id"]


async def test_a_files_bytes_are_for_those_with_the_token(home: Place) -> None:
    ada = await home.person(ADA)
    said = await ada.uploads(GENERAL, "my photo.png", PNG)
    file = said["files"][0]
    async with aiohttp.ClientSession() as session:
        bearer = {"Authorization": f"Bearer {home.client.token}"}
        async with session.get(file["url_private"], headers=bearer) as answer:
            assert await answer.read() == PNG
        async with session.get(file["url_private"], allow_redirects=False) as answer:
            assert answer.status == 302
        async with session.get(file["permalink"]) as answer:
            assert (answer.content_type, await answer.read()) == ("image/png", PNG)


async def test_a_browser_saves_what_is_no_picture(home: Place) -> None:
    ada = await home.person(ADA)
    said = await ada.uploads(GENERAL, "page.html", b"<script>alert(1)</script>")
    async with aiohttp.ClientSession() as session, session.get(said["files"][0]["permalink"]) as answer:
        assert answer.content_type == "application/octet-stream"
        assert "sandbox" in answer.headers["Content-Security-Policy"]


async def test_what_cannot_be_shared_is_refused(home: Place) -> None:
    file_id = await _uploaded(home)
    share = home.client.files_completeUploadExternal
    assert await refusal(share(files=[{"id": file_id}], channel_id=ELSEWHERE)) == "not_in_channel"
    assert await refusal(share(files=[{"id": "F0"}], channel_id=GENERAL)) == "file_not_found"
    empty = (await home.client.files_getUploadURLExternal(filename="x", length=3))["file_id"]
    assert await refusal(share(files=[{"id": empty}], channel_id=GENERAL)) == "file_not_found"
    assert await refusal(home.client.files_getUploadURLExternal(filename="x", length=0)) == "invalid_arguments"
    assert await refusal(home.client.api_call("files.upload")) == "method_deprecated"


@pytest.mark.parametrize(
    ("name", "content", "kind"), [("a.csv", b"a,b", "text/csv"), ("b.png", b"no", "application/octet-stream")]
)
async def test_what_a_file_is_comes_from_its_bytes(home: Place, name: str, content: bytes, kind: str) -> None:
    file_id = await _uploaded(home, name, content)
    assert (await home.client.files_info(file=file_id))["file"]["mimetype"] == kind
    await home.client.files_delete(file=file_id)
    assert await refusal(home.client.files_info(file=file_id)) == "file_not_found"
