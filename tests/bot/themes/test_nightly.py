"""The night finds the themes of the last full week, once among all processes."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.themes import finding, nightly
from handoff import window
from storage import job_runs
from storage.row import now
from tests import vain
from tests.bot.themes.test_finding import GIFT_CARDS
from tests.stage import SEED, on_stage


async def test_of_two_processes_one_finds_the_themes_of_the_week(database_url: str, tmp_path: Path) -> None:
    async with on_stage(database_url, tmp_path) as stage:
        runtime = stage.bot.runtime
        due = now() - timedelta(days=30)  # not a night that the start catches up on
        week = window.last_full_week(due, runtime.time_zone)
        for text in GIFT_CARDS:
            await vain.asked(stage.database, text, week.since + timedelta(days=1), workspace_id=SEED.team_id)
        work = nightly.job(runtime, None)
        with capture_logs() as logs:
            await asyncio.gather(work(due), work(due))
    of_week = [each for each in logs if each.get("week") == week.since.date().isoformat()]
    assert [(each["themes"], each["named"]) for each in of_week] == [(1, 0)]


async def test_a_night_whose_process_was_killed_is_taken_over_when_its_lease_ends(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with on_stage(database_url, tmp_path) as stage:
        runtime, due = stage.bot.runtime, now() - timedelta(days=30)
        async with stage.database.transaction() as session:  # the killed one came as far as this
            assert await job_runs.hold(session, runtime.workspace_id, nightly.JOB, due, seconds=nightly.HELD_SECONDS)
        work, week = nightly.job(runtime, None), window.last_full_week(due, runtime.time_zone)
        with capture_logs() as logs:
            await work(due)
            monkeypatch.setattr(nightly, "HELD_SECONDS", 0.0)
            await work(due)
            await work(due)
    of_week = [each for each in logs if each.get("week") == week.since.date().isoformat()]
    assert len(of_week) == 1


async def test_a_night_that_is_broken_off_is_left_to_the_next_start(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with on_stage(database_url, tmp_path) as stage:
        due, begun, find = now() - timedelta(days=30), asyncio.Event(), finding.anew

        async def never(*_: object) -> None:
            begun.set()
            await asyncio.Event().wait()  # a long night

        work = nightly.job(stage.bot.runtime, None)
        monkeypatch.setattr(finding, "anew", never)
        night = asyncio.ensure_future(work(due))
        await begun.wait()
        night.cancel()
        await asyncio.gather(night, return_exceptions=True)
        monkeypatch.setattr(finding, "anew", find)
        with capture_logs() as logs:
            await work(due)
            await work(due)
    week = window.last_full_week(due, stage.bot.runtime.time_zone).since.date().isoformat()
    assert [each.get("week") for each in logs].count(week) == 1
