"""Articles bring their topics along, and one sync at a time works on a source."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge import library, sources
from bot.knowledge.documents.document import SourceBusy
from bot.settings import Settings
from storage import knowledge_sources, workspaces
from storage.database import Database
from storage.library import KnowledgeSource
from storage.row import now
from storage.tables import Topic
from tests import weeks
from tests.stage import write_articles


def settings() -> Settings:
    return Settings(starting_stage="copilot", confidence_threshold=0.8, frustration_limit=0.5)


async def topics(database: Database) -> dict[str, Topic]:
    async with database.reading() as session:
        return {topic.name: topic for topic in await workspaces.topics(session, weeks.WORKSPACE)}


async def test_a_topic_that_articles_name_begins_with_the_starting_policy(database: Database, tmp_path: Path) -> None:
    await weeks.add_workspace(database)
    await library.update(settings(), database, weeks.WORKSPACE, write_articles(tmp_path / "articles"))
    found = await topics(database)
    assert list(found) == ["delivery", "repairs", "returns"]
    returns = found["returns"]
    assert (returns.title, returns.stage) == ("Returns", "copilot")
    assert (returns.threshold, returns.frustration_limit) == (0.8, 0.5)


async def test_what_a_manager_has_set_for_a_topic_stays(database: Database, tmp_path: Path) -> None:
    await weeks.add_workspace(database)
    async with database.transaction() as session:
        session.add(Topic(workspace_id=weeks.WORKSPACE, name="returns", title="Sending back", stage="shadow"))
    await library.update(settings(), database, weeks.WORKSPACE, write_articles(tmp_path / "articles"))
    returns = (await topics(database))["returns"]
    assert (returns.title, returns.stage) == ("Sending back", "shadow")


async def held(database: Database, folder: Path) -> KnowledgeSource:
    async with database.reading() as session:
        row = await session.get(KnowledgeSource, (weeks.WORKSPACE, sources.name_of(folder)))
    assert row
    return row


async def test_a_long_sync_keeps_its_source_and_another_one_is_told_so(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await weeks.add_workspace(database)
    folder, read, at_work, said = write_articles(tmp_path / "articles"), sources.read, asyncio.Event(), asyncio.Event()
    monkeypatch.setattr(library, "SAID_EVERY_SECONDS", 0.001)
    still_at_work = knowledge_sources.still_at_work

    async def says_so(*given: Any) -> bool:
        assert await still_at_work(*given)
        said.set()
        return True

    monkeypatch.setattr(knowledge_sources, "still_at_work", says_so)

    async def slowly(*given: Any) -> Any:
        said.clear()
        await said.wait()  # it goes on saying that it is at work
        at_work.set()
        with pytest.raises(SourceBusy, match=r"Another sync of .* is under way"):
            await library.update(settings(), database, weeks.WORKSPACE, folder)
        return await read(*given)

    monkeypatch.setattr(sources, "read", slowly)
    summary = await library.update(settings(), database, weeks.WORKSPACE, folder)
    assert at_work.is_set()
    assert len(summary.added) == 3
    assert (await held(database, folder)).held_by == ""


async def test_a_sync_that_was_killed_keeps_nobody_waiting_for_long_and_is_gone_on_with(
    database: Database, tmp_path: Path
) -> None:
    await weeks.add_workspace(database)
    folder = write_articles(tmp_path / "articles")
    async with database.transaction() as session:
        row = await knowledge_sources.hold(session, weeks.WORKSPACE, sources.name_of(folder), "killed")
        assert row
        assert row.held_until
        assert row.held_until - now() <= timedelta(minutes=2)
        row.held_until = now()
        session.add(row)
    assert len((await library.update(settings(), database, weeks.WORKSPACE, folder)).added) == 3


async def test_a_sync_that_was_taken_for_dead_does_not_let_go_of_what_another_holds(
    database: Database, tmp_path: Path
) -> None:
    await weeks.add_workspace(database)
    name = sources.name_of(tmp_path)
    async with database.transaction() as session:
        await knowledge_sources.hold(session, weeks.WORKSPACE, name, "second")
        await session.flush()
        assert not await knowledge_sources.still_at_work(session, weeks.WORKSPACE, name, "first")
        await knowledge_sources.let_go(session, weeks.WORKSPACE, name, "first", trouble="late", unread=0)
    row = await held(database, tmp_path)
    assert (row.held_by, row.trouble) == ("second", "")
