"""The engine: transactions that hold, times in UTC, foreign keys, and migrations that match the tables."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import schema
from storage.database import NEWEST_REVISION, Database
from storage.engines import DatabaseProblem, async_url
from storage.ids import new_id
from storage.row import Row
from storage.tables import Conversation, Decision, Message, Topic, Workspace
from tests.locks import waits_for_a_lock

SEARCH_INDEX = ("passage_index", "passage_terms", "knowledge_term", "passage_near")


Way = Callable[[Database], AbstractAsyncContextManager[AsyncSession]]
WAYS = (Database.transaction, Database.late_transaction)


async def test_read_then_write_at_once_loses_no_update(database: Database) -> None:
    async with database.transaction() as session:
        session.add(Workspace(id="T1", name="0"))

    async def add_one() -> None:
        async with database.transaction() as session:
            wanted = select(Workspace).where(Workspace.id == "T1").with_for_update()
            workspace = (await session.exec(wanted)).one()
            workspace.name = str(int(workspace.name) + 1)
            session.add(workspace)

    await asyncio.gather(*(add_one() for _ in range(20)))
    async with database.reading() as session:
        assert (await session.exec(select(Workspace))).one().name == "20"


@pytest.mark.parametrize("transaction", WAYS)
async def test_an_error_rolls_everything_back_and_others_can_write(database: Database, transaction: Way) -> None:
    with pytest.raises(RuntimeError):
        async with transaction(database) as session:
            session.add(Workspace(id="T1"))
            await session.flush()
            raise RuntimeError
    async with database.transaction() as session:
        assert (await session.exec(select(Workspace))).all() == []
        session.add(Workspace(id="T2"))


async def test_a_snapshot_is_of_one_moment_and_the_next_reader_sees_the_present(database: Database) -> None:
    async def name_it(name: str) -> None:
        async with database.transaction() as session:
            await session.exec(update(Workspace).values(name=name))

    async with database.transaction() as session:
        session.add(Workspace(id="T1", name="before"))
    seen: list[str] = []
    async with database.snapshot() as session:
        for name in ("meanwhile", "after"):
            seen.append((await session.exec(select(Workspace.name))).one())
            await name_it(name)
    with pytest.raises(RuntimeError):
        async with database.snapshot() as session:
            seen.append((await session.exec(select(Workspace.name))).one())
            raise RuntimeError
    await name_it("now")
    assert seen == ["before", "before", "after"]
    async with AsyncExitStack() as stack:  # whichever connections there are
        for _ in range(4):
            reader = await stack.enter_async_context(database.reading())
            assert (await reader.exec(select(Workspace.name))).one() == "now"


async def test_times_come_back_in_utc(database: Database) -> None:
    noon = datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=5)))
    async with database.transaction() as session:
        session.add(Workspace(id="T1", created_at=noon))
    async with database.reading() as session:
        found = (await session.exec(select(Workspace))).one().created_at
    assert found == datetime(2026, 3, 1, 7, tzinfo=UTC)
    assert found.utcoffset() == timedelta(0)


async def test_a_message_without_its_conversation_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.transaction() as session:
            session.add(
                Message(workspace_id="T1", id="m", conversation_id="none", author="customer", author_id="U", text="x")
            )


async def test_a_share_above_one_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.transaction() as session:
            session.add(Workspace(id="T1"))
            await session.flush()
            session.add(Topic(workspace_id="T1", name="returns", threshold=1.2))


@pytest.mark.filterwarnings("ignore:Did not recognize type 'halfvec'")  # of an extension; no model has that table
async def test_the_migrations_make_exactly_the_tables(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        found = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), Row.metadata)
        return [each for each in found if not any(name in str(each) for name in SEARCH_INDEX)]

    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_an_upgrade_of_many_processes_at_once_is_made_once(database_url: str) -> None:
    url = async_url(database_url)
    await asyncio.gather(*(asyncio.to_thread(schema.upgrade, url) for _ in range(3)))
    database = await Database.open(database_url)
    assert await database.revision() == NEWEST_REVISION
    await database.close()


async def test_tables_of_a_newer_version_are_left_alone_with_a_clear_word(database: Database) -> None:
    async with database.statement() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseProblem, match=r"version 9999, .* none after .* newer Baton"):
        await database.upgrade()
    assert await database.revision() == "9999"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_writer_of_another_process_is_waited_for_without_stopping_the_loop(database_url: str) -> None:
    ours, theirs = await Database.open(database_url), await Database.open(database_url)
    async with theirs.transaction() as session:
        session.add(Workspace(id="T1"))
        await session.flush()

        async def write() -> None:
            async with ours.transaction() as other:
                other.add(Workspace(id="T2"))

        waiting = asyncio.create_task(write())
        for _ in range(5):
            await asyncio.sleep(0)
        assert not waiting.done()
        async with ours.reading() as reader:  # the loop runs on, and readers read
            assert (await reader.exec(select(Workspace))).all() == []
    await waiting
    async with ours.reading() as reader:
        assert len((await reader.exec(select(Workspace))).all()) == 2
    await ours.close()
    await theirs.close()


NAMED = {"sqlite": ":name", "postgresql": "%(name)s"}


def renames(database: Database) -> str:
    """A statement that adds a letter to the name of each workspace, in the database's own words."""
    return f"UPDATE workspace SET name = name || {NAMED[database.dialect]}"


async def test_what_is_written_at_once_holds_and_an_error_leaves_nothing_behind(database: Database) -> None:
    async with database.transaction() as session:
        session.add(Workspace(id="T1"))
    await database.at_once(renames(database), {"name": "a"})
    with pytest.raises(Exception, match="no_such_table"):
        await database.at_once("UPDATE no_such_table SET name = ''", {})
    await database.at_once(renames(database), {"name": "b"})
    async with database.reading() as session:
        assert (await session.exec(select(Workspace))).one().name == "ab"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_is_written_at_once_goes_before_the_writers_that_wait(database: Database) -> None:
    async def add(letter: str) -> None:
        async with database.writing_connection() as connection:
            await connection.exec_driver_sql("UPDATE workspace SET name = name || ?", (letter,))

    async with database.transaction() as session:
        session.add(Workspace(id="T1"))
        waiting = [asyncio.create_task(add(letter)) for letter in "xyz"]
        for _ in range(5):
            await asyncio.sleep(0)
        waiting.append(asyncio.create_task(database.at_once(renames(database), {"name": "a"})))
        for _ in range(5):
            await asyncio.sleep(0)
    await asyncio.gather(*waiting)
    async with database.reading() as session:
        assert (await session.exec(select(Workspace))).one().name == "axyz"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_is_written_at_once_waits_for_a_writer_of_another_process(database_url: str) -> None:
    ours, theirs = await Database.open(database_url), await Database.open(database_url)
    async with theirs.transaction() as session:
        session.add(Workspace(id="T1"))
        await session.flush()
        waiting = asyncio.create_task(ours.at_once(renames(ours), {"name": "a"}))
        for _ in range(5):
            await asyncio.sleep(0)
        assert not waiting.done()
    await waiting
    async with ours.reading() as reader:
        assert (await reader.exec(select(Workspace))).one().name == "a"
    await ours.close()
    await theirs.close()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_what_is_cancelled_again_while_it_ends_leaves_the_next_one_a_connection_that_lives(
    database: Database,
) -> None:
    async with database.transaction() as session:
        session.add(Workspace(id="T1"))
    async with database.transaction() as session:
        await _rename(session, "a")
        waiting = asyncio.create_task(database.at_once(renames(database), {"name": "b"}))
        await waits_for_a_lock(database)
        while not waiting.done():
            waiting.cancel()
            await asyncio.sleep(0)
    assert waiting.cancelled()
    await database.at_once(renames(database), {"name": "c"})
    async with database.reading() as reader:
        assert (await reader.exec(select(Workspace))).one().name in ("ac", "abc", "acb")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_nothing_else_goes_on_while_it_is_somebodys_turn_to_write(database: Database) -> None:
    async def add(name: str) -> None:
        async with database.transaction(durable=False) as session:
            session.add(Workspace(id=name))

    await add("T1")
    with pytest.raises(StopIteration):  # it runs to its end in one step of the loop
        add("T2").send(None)
    async with database.reading() as session:
        assert len((await session.exec(select(Workspace))).all()) == 2


async def _rename(session: AsyncSession, letter: str, *, lock: bool = True) -> None:
    wanted = select(Workspace).where(Workspace.id == "T1")
    workspace = (await session.exec(wanted.with_for_update() if lock else wanted)).one()
    workspace.name += letter
    session.add(workspace)


async def test_who_writes_late_lets_others_write_while_it_reads(database: Database) -> None:
    async with database.transaction() as session:
        session.add(Workspace(id="T1"))
    async with database.late_transaction() as late:
        assert (await late.exec(select(Workspace.name))).one() == ""
        async with database.transaction() as session:
            await _rename(session, "a")
        assert (await late.exec(select(Workspace.name))).one() == "a"
        late.add(Workspace(id="T2"))
    async with database.reading() as session:
        assert sorted((await session.exec(select(Workspace.id))).all()) == ["T1", "T2"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_once_it_writes_or_reads_to_change_others_wait(database: Database) -> None:
    async def add(name: str) -> None:
        async with database.transaction(durable=False) as session:
            session.add(Workspace(id=name))

    await add("T1")
    for number in (2, 3):
        async with database.late_transaction() as late:
            if number == 2:
                await _rename(late, "a")
            else:
                late.add(Workspace(id="T9"))
                await late.flush()
            other = asyncio.create_task(add(f"T{number}"))
            for _ in range(5):
                await asyncio.sleep(0)
            assert not other.done()
        await asyncio.wait_for(other, 60)


async def test_many_who_write_late_lose_no_update(database: Database) -> None:
    async with database.transaction() as session:
        session.add(Workspace(id="T1"))

    async def add_one() -> None:
        async with database.late_transaction() as late:
            await late.exec(select(Workspace.id))
            await _rename(late, "a")

    await asyncio.gather(*(add_one() for _ in range(20)))
    async with database.reading() as session:
        assert (await session.exec(select(Workspace.name))).one() == "a" * 20


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_late_writer_waits_for_one_of_another_process(database_url: str) -> None:
    ours, theirs = await Database.open(database_url), await Database.open(database_url)

    async def write() -> None:
        async with ours.late_transaction() as late:
            late.add(Workspace(id="T2"))

    async with theirs.transaction() as session:
        session.add(Workspace(id="T1"))
        await session.flush()
        waiting = asyncio.create_task(write())
        for _ in range(5):
            await asyncio.sleep(0)
        assert not waiting.done()
    await asyncio.wait_for(waiting, 60)
    await ours.close()
    await theirs.close()


@pytest.mark.parametrize("url", ["mysql://localhost/x", "nonsense", "", "sqlite://", "sqlite:///:memory:"])
def test_another_kind_of_database_gets_a_clear_word(url: str) -> None:
    with pytest.raises(DatabaseProblem, match=r"SQLite|sqlite"):
        async_url(url)


async def test_a_database_that_is_not_there_gets_a_clear_word() -> None:
    with pytest.raises(DatabaseProblem, match="BATON_DATABASE_URL") as problem:
        await Database.open("postgresql://me:secret@127.0.0.1:1/nothing")
    assert "secret" not in str(problem.value)


async def test_a_folder_that_cannot_be_made_gets_a_clear_word(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseProblem, match=r"Cannot make the folder .*file/data for the database: Not a directory"):
        await Database.open(f"sqlite:///{tmp_path}/file/data/baton.db")


def test_ids_sort_by_the_time_they_were_made() -> None:
    ids = [new_id() for _ in range(2000)]
    assert ids == sorted(set(ids))
    assert len(ids[0]) == 18


async def test_a_decision_cannot_be_changed_and_still_goes_with_its_conversation(database: Database) -> None:
    async with database.transaction() as session:
        session.add(Workspace(id="T1"))
        await session.flush()
        session.add(Conversation(workspace_id="T1", id="C", channel_id="C1", thread_ts="1.0", customer_id="U1"))
        await session.flush()
        session.add(Decision(workspace_id="T1", id="D", conversation_id="C", message_id="M", action="answer"))
    with pytest.raises(DBAPIError, match="a decision is never changed"):
        async with database.transaction() as session:
            await session.exec(update(Decision).values(threshold=0.1))
    async with database.transaction() as session:
        await session.exec(delete(Conversation))
    async with database.reading() as session:
        assert (await session.exec(select(Decision))).all() == []


async def test_a_commit_that_is_cancelled_ends_before_the_next_one_begins(database: Database) -> None:
    async def write(name: str) -> None:
        async with database.transaction() as session:
            session.add(Workspace(id=name))

    writes = [asyncio.create_task(write(f"T{number}")) for number in range(8)]
    for _ in range(40):
        await asyncio.sleep(0)
    for each in writes[::2]:
        each.cancel()
    await asyncio.gather(*writes, return_exceptions=True)
    await write("T9")
    async with database.reading() as session:
        found = {each.id for each in (await session.exec(select(Workspace))).all()}
    assert {"T1", "T3", "T5", "T7", "T9"} <= found


async def test_each_reader_that_nobody_uses_lets_go_of_its_pages_on_sqlite(database: Database) -> None:
    freed: list[int] = []

    @event.listens_for(database.engine.sync_engine, "before_cursor_execute")
    def on_statement(connection: Connection, _cursor: object, statement: str, *_: object) -> None:  # pyright: ignore[reportUnusedFunction]
        if statement == "PRAGMA shrink_memory":
            freed.append(id(connection.connection.dbapi_connection))

    async with AsyncExitStack() as stack:
        for _ in range(5):
            reader = await stack.enter_async_context(database.reading())
            assert (await reader.exec(select(Workspace))).all() == []
    async with database.reading() as used:
        assert (await used.exec(select(Workspace))).all() == []
        await database.let_go_of_pages()
    assert len(freed) == len(set(freed)) == (4 if database.is_sqlite else 0)
