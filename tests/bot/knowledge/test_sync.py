"""A sync writes what changed and nothing else, and takes away only what is surely gone."""

from pathlib import Path

import pytest

from bot.knowledge import documents
from bot.knowledge import sync as syncing
from bot.knowledge.documents import Reading, Same, SourceProblem
from bot.knowledge.search import search
from bot.knowledge.sync import Manner, SyncSummary, sync
from storage import knowledge
from storage.database import Database
from storage.library import Article
from storage.tables import Workspace


@pytest.fixture(autouse=True)
async def workspace(database: Database) -> None:
    async with database.transaction() as session:
        session.add(Workspace(id="T1"))


def counts(summary: SyncSummary) -> dict[str, int]:
    return {name: len(keys) for name, keys in vars(summary).items() if keys}


def write(folder: Path, **articles: str) -> None:
    for name, text in articles.items():
        (folder / f"{name}.md").write_text(text)


async def titles(database: Database, question: str) -> list[str]:
    async with database.reading() as session:
        return [found.title for found in await search(session, "T1", question)]


async def test_only_what_changed_is_written(database: Database, tmp_path: Path) -> None:
    write(tmp_path, boots="# Boots\n\nWax the leather.", tents="# Tents\n\nDry the tent.", stoves="# Stoves\n\nGas.")
    assert counts(await sync(database, "T1", tmp_path)) == {"added": 3}
    assert counts(await sync(database, "T1", tmp_path)) == {"unchanged": 3}
    write(tmp_path, tents="# Tents\n\nSeal the seams.", lamps="# Lamps\n\nCharge it.")
    (tmp_path / "stoves.md").unlink()
    summary = await sync(database, "T1", tmp_path)
    assert summary == SyncSummary(["lamps.md"], ["tents.md"], ["stoves.md"], ["boots.md"], [])
    assert await titles(database, "seal the seams") == ["Tents"]
    assert await titles(database, "dry gas") == []


async def test_an_article_that_comes_back_keeps_its_id(database: Database, tmp_path: Path) -> None:
    write(tmp_path, boots="# Boots\n\nWax.", tents="# Tents\n\nDry.")
    await sync(database, "T1", tmp_path)
    async with database.reading() as session:
        before = (await knowledge.known_articles(session, "T1", str(tmp_path)))["boots.md"].id
    (tmp_path / "boots.md").unlink()
    await sync(database, "T1", tmp_path)
    write(tmp_path, boots="# Boots\n\nWax.")
    assert (await sync(database, "T1", tmp_path)).added == ["boots.md"]
    async with database.reading() as session:
        row = await session.get(Article, ("T1", before))
    assert row is not None
    assert row.removed_at is None
    assert await titles(database, "wax") == ["Boots"]


async def test_a_document_that_breaks_keeps_what_is_stored_of_it(database: Database, tmp_path: Path) -> None:
    write(tmp_path, boots="# Boots\n\nWax.", tents="# Tents\n\nDry.")
    await sync(database, "T1", tmp_path)
    write(tmp_path, boots="---\ntitle: [\n---\nWax.")
    summary = await sync(database, "T1", tmp_path)
    assert [each.key for each in summary.failed] == ["boots.md"]
    assert summary.removed == []
    assert await titles(database, "wax") == ["Boots"]


async def test_an_unreadable_line_takes_no_article_of_its_file_away(database: Database, tmp_path: Path) -> None:
    source = tmp_path / "kb.jsonl"
    source.write_text('{"id":"a","title":"Boots","content":"Wax."}\n{"id":"b","title":"Tents","content":"Dry."}')
    await sync(database, "T1", source)
    source.write_text('{"id":"a","title":"Boots","content":"Wax."}\n{"id":"b","title":"Te')
    assert counts(await sync(database, "T1", source)) == {"unchanged": 1, "failed": 1}
    assert await titles(database, "dry") == ["Tents"]


async def test_the_first_of_two_articles_with_one_id_is_taken(database: Database, tmp_path: Path) -> None:
    source = tmp_path / "kb.jsonl"
    source.write_text('{"id":"a","title":"One","content":"Wax."}\n{"id":"a","title":"Two","content":"Wax."}')
    summary = await sync(database, "T1", source)
    assert [each.why for each in summary.failed] == [
        "the id occurs twice, and the first was taken: give this one an id of its own"
    ]
    assert await titles(database, "wax") == ["One"]


async def test_an_emptied_source_changes_nothing_and_says_so(database: Database, tmp_path: Path) -> None:
    write(tmp_path, boots="# Boots\n\nWax.")
    await sync(database, "T1", tmp_path)
    (tmp_path / "boots.md").unlink()
    with pytest.raises(SourceProblem, match="nothing was changed"):
        await sync(database, "T1", tmp_path)
    assert await titles(database, "wax") == ["Boots"]


async def test_another_source_stays_as_it_is(database: Database, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write(tmp_path / name, boots=f"# Boots {name}\n\nWax.")
        await sync(database, "T1", tmp_path / name)
    assert sorted(await titles(database, "wax")) == ["Boots one", "Boots two"]


async def test_progress_is_heard_of_every_batch(database: Database, tmp_path: Path) -> None:
    write(tmp_path, **{f"a{number}": f"Text {number}" for number in range(120)})
    heard: list[tuple[int, int]] = []
    await sync(database, "T1", tmp_path, lambda done, total: heard.append((done, total)))
    assert heard == [(50, 120), (100, 120), (120, 120)]


async def test_headings_without_text_are_named_as_failed(database: Database, tmp_path: Path) -> None:
    write(tmp_path, boots="# Boots\n\nWax.", bare="# Only\n\n## Headings")
    summary = await sync(database, "T1", tmp_path)
    assert [(each.key, each.why) for each in summary.failed] == [("bare.md", "no text under its headings")]


async def test_the_language_is_told_or_detected(database: Database, tmp_path: Path) -> None:
    write(
        tmp_path,
        told="---\nlanguage: nl\n---\nOk.",
        seen="# Rückgabe\n\nSie können die Ware innerhalb von 60 Tagen zurückschicken, wenn sie nicht getragen ist.",
    )
    await sync(database, "T1", tmp_path)
    async with database.reading() as session:
        known = await knowledge.known_articles(session, "T1", str(tmp_path))
        rows = [await session.get(Article, ("T1", known[key].id)) for key in ("told.md", "seen.md")]
    assert [row.language for row in rows if row] == ["nl", "de"]


async def test_a_source_that_lost_more_than_half_is_asked_about(database: Database, tmp_path: Path) -> None:
    write(tmp_path, **{f"a{number}": f"Text {number}" for number in range(5)})
    await sync(database, "T1", tmp_path)
    for number in range(3):
        (tmp_path / f"a{number}.md").unlink()
    write(tmp_path, a4="Changed text")
    with pytest.raises(SourceProblem, match=r"2 of the 5 articles.*--allow-removal"):
        await sync(database, "T1", tmp_path)
    assert await titles(database, "changed") == []
    assert counts(await sync(database, "T1", tmp_path, manner=Manner(allow_removal=True))) == {
        "changed": 1,
        "removed": 3,
        "unchanged": 1,
    }


async def test_a_dry_run_says_what_would_change_and_changes_nothing(database: Database, tmp_path: Path) -> None:
    write(tmp_path, boots="# Boots\n\nWax.", tents="# Tents\n\nDry.")
    await sync(database, "T1", tmp_path)
    write(tmp_path, boots="# Boots\n\nOil.", lamps="# Lamps\n\nCharge.")
    (tmp_path / "tents.md").unlink()
    told = await sync(database, "T1", tmp_path, manner=Manner(dry_run=True))
    assert (told.added, told.changed, told.removed) == (["lamps.md"], ["boots.md"], ["tents.md"])
    assert await titles(database, "dry") == ["Tents"]
    assert await titles(database, "oil charge") == []


async def test_a_change_of_a_property_alone_is_a_change(database: Database, tmp_path: Path) -> None:
    write(tmp_path, boots="# Boots\n\nWax.")
    await sync(database, "T1", tmp_path)
    write(tmp_path, boots="---\naudience: internal\nvalid_until: 2020-01-01\n---\n# Boots\n\nWax.")
    assert (await sync(database, "T1", tmp_path)).changed == ["boots.md"]
    assert await titles(database, "wax") == []


async def test_a_replaced_article_is_found_no_more_and_a_wrong_name_is_noted(
    database: Database, tmp_path: Path
) -> None:
    write(tmp_path, old="# Old\n\nWax.", new="---\nreplaces: [old.md, lost.md]\n---\n# New\n\nWax.")
    summary = await sync(database, "T1", tmp_path)
    assert [each.why for each in summary.notes] == ["replaces lost.md, which is no other article"]
    assert await titles(database, "wax") == ["New"]
    (tmp_path / "new.md").unlink()
    await sync(database, "T1", tmp_path)
    assert await titles(database, "wax") == ["Old"]


async def test_a_page_that_was_saved_anew_without_a_change_is_not_parsed_a_third_time(
    database: Database, tmp_path: Path
) -> None:
    (tmp_path / "a.html").write_text("<p>Wax the boots.</p>")
    await sync(database, "T1", tmp_path)
    (tmp_path / "a.html").write_text("<!-- saved again --><p>Wax the boots.</p>")
    assert (await sync(database, "T1", tmp_path)).unchanged == ["a.html"]
    async with database.reading() as session:
        known = (await knowledge.known_articles(session, "T1", str(tmp_path)))["a.html"]
    reading = Reading(version=syncing.INDEX_VERSION + syncing.CUT_ANEW)
    assert list(documents.read_all(tmp_path, reading, {"a.html": known.fingerprint})) == [Same("a.html")]


async def test_all_articles_are_written_anew_when_they_are_cut_in_another_way(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, boots="# Boots\n\nWax.")
    (tmp_path / "tents.html").write_text("<p>Dry the tent.</p>")
    await sync(database, "T1", tmp_path)
    monkeypatch.setattr(syncing, "INDEX_VERSION", "another")
    assert counts(await sync(database, "T1", tmp_path)) == {"changed": 2}


async def test_only_articles_whose_words_are_cut_in_another_way_are_written_anew_when_some_are(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, boots="# Boots\n\nWax.", hindi="# वापसी\n\nतीस दिन.")
    await sync(database, "T1", tmp_path)
    monkeypatch.setattr(syncing, "CUT_ANEW", "another")
    assert counts(await sync(database, "T1", tmp_path)) == {"changed": 1, "unchanged": 1}
