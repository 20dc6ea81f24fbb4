"""`baton knowledge` as an operator meets it: several sources, what would change, what is known, and undoing it."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import update

from storage.database import Database
from storage.library import KnowledgeSource
from storage.row import now
from tests import embedding_server, weeks
from tests.bot.terminal import Terminal
from tests.stage import write_articles

pytestmark = pytest.mark.usefixtures("clean_environment", "restored_logging")


@pytest.fixture
async def known(
    database: Database, database_url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    """A terminal whose database knows one workspace."""
    await weeks.add_workspace(database, ["returns"])
    terminal = Terminal(capsys, monkeypatch)
    terminal.set(database_url=database_url)
    return terminal


async def test_several_sources_are_read_and_one_that_is_missing_stops_no_other(known: Terminal, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "help")
    (tmp_path / "note.txt").write_text("Shops close at noon on Saturdays.")
    code, out, err = await known.run("knowledge", "sync", str(folder), "/none", str(tmp_path / "note.txt"))
    assert code == 1
    assert err == "There is no folder or file /none.\n"
    assert f"{folder}:\n3 articles added" in out
    assert "note.txt:\n1 article added" in out


async def test_scripts_read_what_could_not_be_synced_beside_what_could(known: Terminal, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "help")
    code, out, err = await known.run("knowledge", "sync", str(folder), "/none", "--json")
    read, unread = json.loads(out)
    assert (code, len(read["added"]), unread) == (
        1,
        3,
        {"source": "/none", "problem": "There is no folder or file /none."},
    )
    assert err == "There is no folder or file /none.\n"
    code, out, _ = await known.run("knowledge", "sync", "/none", "--json")
    assert (code, json.loads(out)["source"]) == (1, "/none")


async def test_ten_thousand_lines_with_bad_ones_do_not_flood_the_terminal(known: Terminal, tmp_path: Path) -> None:
    lines = ["{broken" if n % 4 == 0 else json.dumps({"id": n, "content": f"text {n}"}) for n in range(1, 101)]
    (tmp_path / "kb.jsonl").write_text("\n".join(lines))
    code, out, _ = await known.run("knowledge", "sync", str(tmp_path / "kb.jsonl"))
    assert code == 1
    told = out.splitlines()
    assert told[0] == "75 articles added, 0 changed, 0 removed, 0 unchanged, 25 could not be read"
    assert told[1].startswith("  kb.jsonl line 4: no JSON")
    assert told[-2:] == [
        "  … and 5 more; --json names all",
        "  What these may hide is taken for unchanged: nothing was removed for it.",
    ]
    assert len(told) == 23


async def test_a_dry_run_names_what_would_change(known: Terminal, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "help")
    code, out, _ = await known.run("knowledge", "sync", str(folder), "--dry-run")
    assert (code, out.splitlines()[:2]) == (
        0,
        [
            "3 articles would be added, 0 would be changed, 0 would be removed, 0 unchanged, 0 could not be read",
            "  add delivery.md",
        ],
    )
    assert (await known.run("knowledge", "list"))[1] == ""


async def test_an_audience_is_remembered_with_the_source_and_a_wrong_one_is_refused(
    known: Terminal, tmp_path: Path
) -> None:
    folder = write_articles(tmp_path / "help")
    code, _, err = await known.run("knowledge", "sync", str(folder), "--audience", "staff")
    assert code == 1
    assert "write customer, internal" in err
    await known.run("knowledge", "sync", str(folder), "--audience", "internal")
    _, out, _ = await known.run("knowledge", "sync", str(folder), "--json")
    assert len(json.loads(out)["unchanged"]) == 3
    _, out, _ = await known.run("knowledge", "list", "--audience", "internal", "--topic", "returns", "--json")
    assert [(each["key"], each["state"]) for each in json.loads(out)] == [("returns.md", "in use")]


async def test_a_source_is_listed_forgotten_and_brought_back(known: Terminal, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "help")
    await known.run("knowledge", "sync", str(folder))
    _, out, _ = await known.run("knowledge", "sources")
    assert out.startswith(f"{folder}\n    3 articles; read ")
    code, out, _ = await known.run("knowledge", "forget", str(folder))
    assert code == 0
    assert out == f"3 articles are out of use. `baton knowledge sync {folder}` brings them back.\n"
    _, out, _ = await known.run("knowledge", "list", "--state", "removed", "--json")
    assert len(json.loads(out)) == 3
    _, out, _ = await known.run("knowledge", "sync", str(folder))
    assert out.startswith("3 articles added")
    code, _, err = await known.run("knowledge", "forget", "elsewhere")
    assert code == 1
    assert str(folder) in err


async def test_a_source_says_when_its_last_sync_failed_is_at_work_or_was_broken_off(
    known: Terminal, database: Database, tmp_path: Path
) -> None:
    folder = write_articles(tmp_path / "help")
    await known.run("knowledge", "sync", str(folder))
    folder.rename(tmp_path / "gone")
    await known.run("knowledge", "sync", str(folder))
    _, out, _ = await known.run("knowledge", "sources", "--json")
    (line,) = json.loads(out)
    assert line["synced_at"] < line["tried_at"]
    tried = datetime.fromisoformat(line["tried_at"])
    _, out, _ = await known.run("knowledge", "sources")
    assert f"\n    the last sync of {tried:%Y-%m-%d %H:%M} failed: " in out
    held = {"trouble": "", "held_by": "a sync", "held_until": now() + timedelta(days=1)}
    async with database.transaction() as session:
        await session.exec(update(KnowledgeSource).values(**held))
    _, out, _ = await known.run("knowledge", "sources")
    assert f"\n    the sync of {tried:%Y-%m-%d %H:%M} is at work" in out
    async with database.transaction() as session:  # it died, for it says no more that it is at work
        await session.exec(update(KnowledgeSource).values(held_until=now() - timedelta(days=1)))
    _, out, _ = await known.run("knowledge", "sources")
    told = f"the sync of {tried:%Y-%m-%d %H:%M} was broken off: `baton knowledge sync {folder}` begins it again"
    assert told in out
    (tmp_path / "gone").rename(folder)
    async with database.transaction() as session:
        await session.exec(update(KnowledgeSource).values(held_by="", held_until=None))
    await known.run("knowledge", "sync", str(folder))
    _, out, _ = await known.run("knowledge", "sources")
    assert "sync" not in out


async def test_the_states_of_articles_are_told(known: Terminal, tmp_path: Path) -> None:
    for name, about in (("a", "valid_until: 2020-01-01"), ("b", "valid_from: 2999-01-01"), ("c", "replaces: d.md")):
        (tmp_path / f"{name}.md").write_text(f"---\n{about}\n---\nWords.")
    (tmp_path / "d.md").write_text("Words.")
    await known.run("knowledge", "sync", str(tmp_path))
    _, out, _ = await known.run("knowledge", "list", "--json")
    assert [each["state"] for each in json.loads(out)] == ["expired", "not yet valid", "in use", "replaced"]
    code, _, err = await known.run("knowledge", "list", "--state", "lost")
    assert code == 2
    assert "Write one of: in use" in err


async def test_a_sync_makes_vectors_where_a_model_is_set_and_says_so(known: Terminal, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "help")
    async with embedding_server.running(lambda texts: [[1.0, float(len(text))] for text in texts]) as server:
        known.set(embedding_model="small-1", embedding_base_url=server.url)
        _, out, _ = await known.run("knowledge", "sync", str(folder), "--dry-run")
        assert (server.asked, "vectors" in out) == ([], False)
        code, out, _ = await known.run("knowledge", "sync", str(folder))
        made = sum(map(len, server.asked))
        assert (code, out.splitlines()[-1]) == (0, f"{made} vectors made by small-1")
        assert made >= 3
        _, out, err = await known.run("knowledge", "sync", str(folder), "--json")
        assert len(json.loads(out)["unchanged"]) == 3
        assert err == "0 vectors made by small-1\n"


async def test_articles_are_synced_though_a_model_gives_no_vectors_and_it_says_why(
    known: Terminal, tmp_path: Path
) -> None:
    folder = write_articles(tmp_path / "help")
    async with embedding_server.running(lambda _: []) as server:
        server.fails_with = 401
        known.set(embedding_model="small-1", embedding_base_url=server.url)
        code, out, _ = await known.run("knowledge", "sync", str(folder))
    assert code == 0
    assert "3 articles added" in out
    assert "small-1 gives no vectors (wrong_key). " in out
    assert out.endswith("Articles are found by words until it does; baton serve tries it again.\n")
