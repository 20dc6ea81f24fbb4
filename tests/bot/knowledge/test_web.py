"""Pages, sitemaps and lists from a real web server: within bounds, asked for once, and never from a private network."""

import gzip
from collections.abc import AsyncIterator, Awaitable, Callable
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import web

from bot.knowledge import sources
from bot.knowledge.documents import Document, Found, Same, SourceProblem, Unread
from bot.knowledge.web import Web, addresses, fetch
from storage.knowledge import KnownArticle

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
BOMB = '<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><urlset><url>&b;</url></urlset>'


@dataclass
class Site:
    """A web site of a test."""

    url: str = ""
    pages: dict[str, Handler | str] = field(default_factory=dict[str, Handler | str])
    asked: list[str] = field(default_factory=list[str])

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path)
        found = self.pages.get(request.path)
        if found is None:
            raise web.HTTPNotFound
        if not isinstance(found, str):
            return await found(request)
        kind = "application/xml" if found.startswith("<?xml") else "text/html"
        headers = {"ETag": f'"{hash(found)}"'}
        if request.headers.get("If-None-Match") == headers["ETag"]:
            return web.Response(status=304)
        return web.Response(text=found, content_type=kind, headers=headers)

    def sitemap(self, *paths: str) -> None:
        listed = "".join(f"<url><loc>{self.url}{path}</loc></url>" for path in paths)
        kind = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        self.pages["/sitemap.xml"] = f'<?xml version="1.0"?><urlset {kind}>{listed}</urlset>'

    async def read(self, path: str = "/sitemap.xml", **known: KnownArticle) -> list[Found]:
        given = {f"{self.url}/{name}": article for name, article in known.items()}
        return await sources.read(f"{self.url}{path}", Web(known=given, private_addresses=True))


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """A site on this machine."""
    made = Site()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", made.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    place = web.TCPSite(runner, "127.0.0.1", 0)
    await place.start()
    assert place._server  # pyright: ignore[reportPrivateUsage]
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield made
    await runner.cleanup()


def whys(found: list[Found]) -> dict[str, str]:
    return {each.key.rpartition("/")[2]: each.why for each in found if isinstance(each, Unread)}


def read(found: list[Found]) -> list[Document]:
    return [each for each in found if isinstance(each, Document)]


async def test_a_sitemap_gives_its_pages_with_their_addresses(site: Site) -> None:
    site.sitemap("/boots", "/tents", "/boots")
    site.pages |= {"/boots": "<h1>Boots</h1><p>Wax.</p>", "/tents": "<h1>Tents</h1><p>Dry.</p>"}
    found = read(await site.read())
    assert [(each.title, each.key, each.url) for each in found] == [
        ("Boots", f"{site.url}/boots", f"{site.url}/boots"),
        ("Tents", f"{site.url}/tents", f"{site.url}/tents"),
    ]


async def test_a_page_that_is_as_it_was_is_not_sent_again(site: Site) -> None:
    site.sitemap("/boots")
    site.pages["/boots"] = "<h1>Boots</h1><p>Wax.</p>"
    (first,) = read(await site.read())
    known = KnownArticle("a", "h", removed=False, fingerprint=first.fingerprint, etag=first.etag)
    assert await site.read(boots=known) == [Same(f"{site.url}/boots")]
    read_otherwise = KnownArticle("a", "h", removed=False, fingerprint="x", etag=f"another {first.etag[13:]}")
    assert len(read(await site.read(boots=read_otherwise))) == 1


async def test_what_goes_wrong_with_a_page_is_named_and_stops_no_other(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    get = fetch.Fetcher.get

    async def patiently(fetcher: fetch.Fetcher, address: str, **known: str) -> fetch.Fetched:
        """Wait long for every page but for the one that never comes."""
        own = copy(fetcher)
        own._seconds = 0.2 if address.endswith("/silent") else 60.0  # pyright: ignore[reportPrivateUsage]
        return await get(own, address, **known)

    monkeypatch.setattr(fetch.Fetcher, "get", patiently)

    async def around(_: web.Request) -> web.StreamResponse:
        raise web.HTTPFound("/around")

    async def endless(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "text/html"})
        await answer.prepare(request)
        while True:
            await answer.write(b"<p>again and again</p>" * 50_000)

    async def silent(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        await request.content.wait_eof()
        import asyncio

        await asyncio.Event().wait()
        return answer

    async def picture(_: web.Request) -> web.StreamResponse:
        return web.Response(body=b"PNG", content_type="image/png")

    async def to_file(_: web.Request) -> web.StreamResponse:
        raise web.HTTPFound("file:///etc/passwd")

    names = ("gone", "around", "endless", "silent", "picture", "file", "fine")
    site.sitemap(*(f"/{name}" for name in names))
    site.pages |= {"/around": around, "/endless": endless, "/silent": silent, "/picture": picture}
    site.pages |= {"/file": to_file, "/fine": "<p>Fine.</p>"}
    found = await site.read()
    assert [each.body for each in read(found)] == ["Fine."]
    told = whys(found)
    assert told["gone"] == "the server answers 404 Not Found"
    assert told["around"] == "redirected more than 5 times"
    assert told["endless"] == "larger than 20 MB"
    assert told["silent"].startswith("no whole answer within")
    assert told["picture"].startswith("image/png is no Markdown")
    assert told["file"] == "not an address that begins with http:// or https://"


async def test_a_page_that_the_server_calls_gone_is_left_out(site: Site) -> None:
    async def gone(_: web.Request) -> web.StreamResponse:
        raise web.HTTPGone

    site.sitemap("/old", "/new")
    site.pages |= {"/old": gone, "/new": "<p>New.</p>"}
    assert [each.key for each in await site.read()] == [f"{site.url}/new"]


async def test_a_sitemap_that_is_a_bomb_no_xml_or_not_there_changes_nothing(site: Site) -> None:
    site.pages |= {"/bomb.xml": BOMB, "/broken.xml": '<?xml version="1.0"?><urlset><url>'}
    for path, why in (("/bomb.xml", "XML bomb"), ("/broken.xml", "no XML"), ("/none.xml", "404")):
        with pytest.raises(SourceProblem, match=f"{why}.*nothing was changed"):
            await site.read(path)


async def test_a_sitemap_may_be_packed_prefixed_or_plain_text(site: Site) -> None:
    site.pages["/boots"] = "<h1>Boots</h1><p>Wax.</p>"
    prefixed = f'<s:urlset xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9"><s:url><s:loc>{site.url}/boots'
    prefixed += "</s:loc></s:url></s:urlset>"

    async def packed(_: web.Request) -> web.StreamResponse:
        return web.Response(body=gzip.compress(prefixed.encode()), content_type="application/gzip")

    async def plain(_: web.Request) -> web.StreamResponse:
        return web.Response(text=f"\ufeff{site.url}/boots\r\n\r\n")

    site.pages |= {"/map.xml": prefixed, "/map.xml.gz": packed, "/map.txt": plain}
    for path in ("/map.xml", "/map.xml.gz", "/map.txt"):
        assert [each.title for each in read(await site.read(path))] == ["Boots"]


async def test_an_index_leads_to_its_sitemaps_and_one_that_fails_hides_pages(site: Site) -> None:
    site.sitemap("/boots")
    listed = f"<sitemap><loc>{site.url}/sitemap.xml</loc></sitemap><sitemap><loc>{site.url}/lost.xml</loc></sitemap>"
    site.pages |= {
        "/index.xml": f'<?xml version="1.0"?><sitemapindex>{listed}</sitemapindex>',
        "/boots": "<p>Wax.</p>",
    }
    found = await site.read("/index.xml")
    assert [each.body for each in read(found)] == ["Wax."]
    (lost,) = (each for each in found if isinstance(each, Unread))
    assert lost.hides == ""


async def test_other_sites_and_what_robots_may_not_read_are_left_out(site: Site) -> None:
    site.sitemap("/boots", "/private/x")
    assert isinstance(site.pages["/sitemap.xml"], str)
    away = "<url><loc>https://elsewhere.example/a</loc></url></urlset>"
    site.pages["/sitemap.xml"] = site.pages["/sitemap.xml"].replace("</urlset>", away)
    site.pages |= {"/robots.txt": "User-agent: *\nDisallow: /private/", "/boots": "<p>Wax.</p>"}
    found = await site.read()
    assert [each.body for each in read(found)] == ["Wax."]
    told = whys(found)
    assert "robots.txt" in told["x"]
    assert "on other sites" in told["a"]
    assert "/private/x" not in site.asked


async def test_a_file_of_addresses_and_a_single_page_are_sources(site: Site, tmp_path: Path) -> None:
    site.pages["/boots"] = "<h1>Boots</h1><p>Wax.</p>"
    listed = tmp_path / "pages.txt"
    listed.write_text(f"# ours\n{site.url}/boots\n{site.url}/none\n")
    found = await sources.read(listed, Web(private_addresses=True))
    assert ([each.title for each in read(found)], list(whys(found))) == (["Boots"], ["none"])
    assert [each.title for each in read(await site.read("/boots"))] == ["Boots"]


async def test_a_list_with_a_typing_error_is_no_article(tmp_path: Path) -> None:
    listed = tmp_path / "pages.txt"
    listed.write_text("https://shop.example/boots\nhttps://shop.example/tents\nhtps://shop.example/stoves\n")
    with pytest.raises(SourceProblem, match="lists addresses, one a line, and this is none: 'htps://shop"):
        await sources.read(listed, Web())
    listed.write_text("Where to find us\n\nOur shop is here:\nhttps://shop.example/boots\n")
    assert [each.title for each in read(await sources.read(listed, Web()))] == ["Where to find us"]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
    ],
)
def test_addresses_of_private_networks_are_not_public(address: str) -> None:
    assert not addresses.is_public(address)


def test_addresses_of_the_internet_are_public() -> None:
    assert all(map(addresses.is_public, ["1.1.1.1", "2606:4700:4700::1111", "64:ff9b::101:101"]))


async def test_without_leave_no_private_address_is_asked_neither_by_number_nor_by_name(site: Site) -> None:
    port = site.url.rpartition(":")[2]
    for host in ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"):
        with pytest.raises(SourceProblem, match=r"private network|cannot be (reached|fetched)"):
            await sources.read(f"http://{host}:{port}/boots", Web())
    assert site.asked == []


async def test_other_protocols_and_passwords_in_addresses_are_refused() -> None:
    for address, why in (("ftp://x.example/a", "begins with http"), ("https://me:pw@x.example/", "a password")):
        with pytest.raises(SourceProblem, match=why):
            await sources.read(address, Web())
