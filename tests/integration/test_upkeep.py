"""What a running bot tidies up by itself."""

import fcntl
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select
from structlog.testing import capture_logs

from bot import app
from bot.schedule import Schedule
from storage import inbox
from storage.database import Database
from storage.inbox import Arrival
from storage.queues import Inbox, Outbox
from storage.row import now
from storage.tables import Workspace
from tests.stage import SEED, on_stage

Sweeps = dict[str, Callable[[], Awaitable[object]]]


@pytest.fixture
def sweeps(monkeypatch: pytest.MonkeyPatch) -> Sweeps:
    """The jobs that the bot schedules, to be run at will."""
    found: Sweeps = {}

    class Overheard(Schedule):
        def add_sweep(
            self, name: str, seconds: float, sweep: Callable[[], Awaitable[object]], *, at_start: bool = False
        ) -> None:
            found[name] = sweep
            super().add_sweep(name, seconds, sweep, at_start=at_start)

    monkeypatch.setattr(app, "Schedule", Overheard)
    return found


async def test_what_is_to_be_worked_each_night_is_planned(
    monkeypatch: pytest.MonkeyPatch, database_url: str, tmp_path: Path
) -> None:
    nights = list[str]()

    class Overheard(Schedule):
        def add_nightly(
            self, name: str, *, at: str, work: Callable[[datetime], Awaitable[object]], looks_again: bool = False
        ) -> None:
            nights.append(name)

    monkeypatch.setattr(app, "Schedule", Overheard)
    async with on_stage(database_url, tmp_path):
        assert sorted(nights) == ["nightly_fit", "nightly_themes", "settled_days"]


async def test_finished_rows_of_a_workspace_that_nobody_serves_any_more_are_forgotten_too(
    sweeps: Sweeps, database_url: str, tmp_path: Path
) -> None:
    async with on_stage(database_url, tmp_path) as stage:
        keys: dict[str, Any] = {"workspace_id": "TGONE", "id": "old", "lane": "old"}
        over = now() - timedelta(days=99)
        async with stage.database.transaction() as session:
            session.add(Workspace(id="TGONE"))
            session.add(Inbox(**keys, key="old", position="1", state="done", done_at=over))
            session.add(Outbox(**keys, method="chat.update", state="sent", sent_at=over))
        await sweeps["finished_rows"]()
        async with stage.database.reading() as session:
            left = [(await session.exec(select(table).where(table.id == "old"))).all() for table in (Inbox, Outbox)]
    assert left == [[], []]


async def test_finished_rows_are_forgotten_after_the_retention_and_unfinished_ones_are_not(
    sweeps: Sweeps, database_url: str, tmp_path: Path
) -> None:
    long_ago, lately = now() - timedelta(hours=3), now() - timedelta(hours=1)
    async with on_stage(database_url, tmp_path, data_retention=7_200) as stage:
        async with stage.database.transaction() as session:
            for name, state, at in (("old", "done", long_ago), ("new", "done", lately), ("dead", "dead", long_ago)):
                session.add(
                    Inbox(
                        workspace_id=SEED.team_id, id=name, key=name, lane=name, position="1", state=state, done_at=at
                    )
                )
            for name, state, at in (("old", "sent", long_ago), ("new", "sent", lately), ("no", "refused", long_ago)):
                session.add(
                    Outbox(workspace_id=SEED.team_id, id=name, lane=name, method="chat.update", state=state, sent_at=at)
                )
        await sweeps["finished_rows"]()
        async with stage.database.reading() as session:
            events = (await session.exec(select(Inbox.id).order_by(col(Inbox.id)))).all()
            posts = (await session.exec(select(Outbox.id).order_by(col(Outbox.id)))).all()
    assert (events, posts) == (["dead", "new"], ["new", "no"])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("lives", [True, False])
async def test_what_another_living_process_has_in_work_is_left_to_it(
    database: Database, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lives: bool
) -> None:
    async with database.transaction() as session:
        session.add(Workspace(id=SEED.team_id))
    await inbox.put(database, [Arrival(SEED.team_id, "key", "lane", "1", {"event": {"type": "nothing"}})])
    (event,) = await inbox.claim(database, seconds=3_600, limit=1)
    if lives:
        monkeypatch.setattr("storage.alone._locked", lambda _, way: way != fcntl.LOCK_EX)
    monkeypatch.setattr("bot.queues.worker.Worker.claim", _claims_nothing)
    with capture_logs() as lines:
        async with on_stage(database_url, tmp_path) as stage, stage.database.reading() as session:
            stored = (await session.exec(select(Inbox))).one()
    assert (stored.state, stored.lease) == (("running", event.lease) if lives else ("pending", None))
    assert [each["log_level"] for each in lines if each["event"] == "another_process_serves"] == ["error"] * lives


async def _claims_nothing(_worker: object, _limit: int) -> list[object]:
    return []
