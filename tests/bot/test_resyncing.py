"""Sources are read again by the clock, once for all processes, and managers hear of a failure once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot import resyncing
from storage import knowledge_sources
from storage.database import Database
from storage.library import Article
from storage.queues import Outbox
from tests.stage import SEED, Stage, on_stage, write_articles

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
Reader = Callable[[datetime], object]


async def read(stage: Stage, source: Path, at: datetime) -> None:
    settings = stage.settings.model_copy(update={"knowledge_sources": (str(source),)})
    await resyncing.read_due(settings, stage.bot.runtime, at)


async def told(database: Database) -> list[str]:
    async with database.reading() as session:
        rows = await session.exec(select(Outbox.payload).where(Outbox.purpose == resyncing.PURPOSE))
        return [str(payload["text"]) for payload in rows]


async def titles(database: Database, source: Path) -> set[str]:
    async with database.reading() as session:
        return set((await session.exec(select(Article.title).where(Article.source == str(source)))).all())


async def test_a_source_is_read_once_an_hour_however_many_ask(database_url: str, tmp_path: Path) -> None:
    async with on_stage(database_url, tmp_path) as stage:
        folder = write_articles(tmp_path / "help")
        await read(stage, folder, START)
        (folder / "new.md").write_text("# New\n\nWords.")
        await read(stage, folder, START + HOUR / 2)
        assert "New" not in await titles(stage.database, folder)
        await read(stage, folder, START + HOUR)
        assert "New" in await titles(stage.database, folder)


async def test_managers_hear_of_a_failure_once_and_of_the_next_one_again(database_url: str, tmp_path: Path) -> None:
    async with on_stage(database_url, tmp_path) as stage:
        folder = tmp_path / "help"
        await read(stage, folder, START)
        await read(stage, folder, START + HOUR)
        assert [f"could not be brought up to date from {folder}" in text for text in await told(stage.database)] == [
            True
        ]
        async with stage.database.reading() as session:
            (troubled,) = await knowledge_sources.troubled(session, SEED.team_id)
        assert troubled.trouble == f"There is no folder or file {folder}."
        write_articles(folder)
        await read(stage, folder, START + 2 * HOUR)
        async with stage.database.reading() as session:
            assert await knowledge_sources.troubled(session, SEED.team_id) == []
        (folder / "bad.md").write_text("---\naudience: everybody\n---\nWords.")
        await read(stage, folder, START + 3 * HOUR)
        await read(stage, folder, START + 4 * HOUR)
        assert [f"1 article of {folder} could not be read" in text for text in await told(stage.database)] == [
            False,
            True,
        ]


async def test_one_source_that_fails_stops_no_other(database_url: str, tmp_path: Path) -> None:
    async with on_stage(database_url, tmp_path) as stage:
        folder = write_articles(tmp_path / "help")
        settings = stage.settings.model_copy(update={"knowledge_sources": ("ftp://x.example/a", str(folder))})
        await resyncing.read_due(settings, stage.bot.runtime, START)
        assert len(await titles(stage.database, folder)) == 3


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_source_that_another_sync_has_is_left_to_it(database_url: str, tmp_path: Path) -> None:
    async with on_stage(database_url, tmp_path) as stage:
        folder = write_articles(tmp_path / "help")
        async with stage.database.transaction() as session:
            await knowledge_sources.hold(session, SEED.team_id, str(folder), "somebody")
        await read(stage, folder, START)
        assert (await titles(stage.database, folder), await told(stage.database)) == (set(), [])
