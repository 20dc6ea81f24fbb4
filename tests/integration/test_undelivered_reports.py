"""A report whose channel is gone: managers are told once, what to do is said, and the report is not lost."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, delete, select, update

from bot import doctor, reports
from bot.desk import overview
from bot.queues import outcomes
from bot.reports import Charts, by_clock, keeping, undelivered
from bot.schedule import Schedule
from bot.slack import sender
from storage import kept_reports
from storage.kept_reports import KeptReport
from storage.kinds import ResolvedBy
from storage.queues import Outbox
from tests import weeks
from tests.integration.dialogue import eventually, words
from tests.stage import BOT, MANAGERS, MIA, RANDOM, Stage, on_stage

BOARD = RANDOM
WEEK = reports.days(date(2026, 11, 16), date(2026, 11, 22), "UTC")


async def post_report(stage: Stage, channel_id: str, **occasion: str) -> str:
    """A report on its way to a channel; returns the id under which it is kept."""
    runtime = stage.bot.runtime
    report = await reports.build(stage.database, runtime.workspace_id, WEEK, "UTC")
    kept_id = await reports.deliver(
        stage.database, runtime.workspace_id, channel_id, report, reports.Occasion(**occasion)
    )
    runtime.posted()
    return kept_id


async def in_trouble(stage: Stage, kept_id: str, trouble: str) -> KeptReport:
    """The kept report, once Slack has said what is in its way."""

    async def look() -> KeptReport | None:
        async with stage.database.reading() as session:
            kept = await kept_reports.get(session, stage.bot.runtime.workspace_id, kept_id)
        return kept if kept and kept.trouble == trouble else None

    return await eventually(look)


async def told_directly(stage: Stage) -> Any:
    """The direct message that Mia gets, when she is told, and told again."""

    async def look() -> Any:
        await undelivered.tell(stage.bot.runtime)
        return next(iter(direct_messages(stage)), None)

    return await eventually(look)


def direct_messages(stage: Stage) -> list[Any]:
    return [each for each in stage.workspace.state.im(MIA).messages.values() if each.get("user") == BOT]


def archive(stage: Stage, channel_id: str) -> None:
    stage.workspace.state.channels[channel_id].archived = True


def leave(stage: Stage, channel_id: str) -> None:
    stage.workspace.people.remove_member(stage.workspace.state.channels[channel_id], BOT)


def vanish(stage: Stage, channel_id: str) -> None:
    del stage.workspace.state.channels[channel_id]


@pytest.mark.parametrize(
    ("happen", "trouble", "advice"),
    [
        (archive, "is_archived", f"Unarchive <#{MANAGERS}>"),
        (leave, "channel_not_found", f"/invite @Baton` in <#{MANAGERS}>"),  # private: unseen from outside
        (vanish, "channel_not_found", "BATON_MANAGERS_CHANNEL"),
    ],
)
async def test_when_the_managers_channel_is_gone_each_manager_reads_it_directly_and_once(
    stage: Stage, happen: Any, trouble: str, advice: str
) -> None:
    happen(stage, MANAGERS)
    kept_id = await post_report(stage, MANAGERS, schedule="weekly", every="week")
    kept = await in_trouble(stage, kept_id, trouble)
    told = words(await told_directly(stage))
    assert "The report “weekly” on 16–22 Nov 2026 could not be posted" in told
    assert advice in told
    assert f"baton report --kept {kept_id}" in told
    assert "--window 2026-11-16 --again" in told
    assert keeping.read(kept).first_day == date(2026, 11, 16)
    async with stage.database.reading() as session:
        assert await kept_reports.untold(session, stage.bot.runtime.workspace_id) == []
    assert len(direct_messages(stage)) == 1


async def test_app_home_and_doctor_name_a_report_that_did_not_arrive(stage: Stage) -> None:
    archive(stage, MANAGERS)
    kept_id = await post_report(stage, MANAGERS, schedule="weekly", every="week", channel="#support-managers")
    await in_trouble(stage, kept_id, "is_archived")
    home = str(await overview.home(stage.bot.runtime, MIA))
    assert f"It could not be posted in <#{MANAGERS}>: the channel is archived. It is kept" in home
    (found,) = [check for check in await doctor.examine(stage.settings) if check.name == "reports"]
    assert not found.ok
    assert found.found.endswith("is not posted in #support-managers: the channel is archived")
    assert found.mend.startswith("Unarchive #support-managers.")
    assert found.mend.endswith('Then baton schedule run "weekly" --window 2026-11-16 --again')
    stage.workspace.state.channels[MANAGERS].archived = False
    await in_trouble(stage, kept_id, "")
    (found,) = [check for check in await doctor.examine(stage.settings) if check.name == "reports"]
    assert (found.ok, found.found) == (True, "weekly")
    assert "could not be posted" not in str(await overview.home(stage.bot.runtime, MIA))


async def test_of_another_channel_the_managers_read_in_theirs(stage: Stage) -> None:
    leave(stage, BOARD)
    kept_id = await post_report(stage, BOARD, schedule="for the board", every="month")
    await in_trouble(stage, kept_id, "not_in_channel")
    await undelivered.tell(stage.bot.runtime)
    mia = await stage.person(MIA)
    told = await mia.reads(MANAGERS, until=lambda message: "could not be posted" in words(message))
    assert f"Write `/invite @Baton` in <#{BOARD}>" in words(told)
    assert not direct_messages(stage)


async def test_with_both_channels_gone_the_word_comes_directly(stage: Stage) -> None:
    archive(stage, BOARD)
    vanish(stage, MANAGERS)
    kept_id = await post_report(stage, BOARD)
    await in_trouble(stage, kept_id, "is_archived")
    message = await told_directly(stage)
    assert "--from 2026-11-16 --to 2026-11-22 --post" in words(message)
    await undelivered.tell(stage.bot.runtime)
    assert len(direct_messages(stage)) == 1


async def test_once_the_channel_is_back_the_report_arrives_by_itself(stage: Stage) -> None:
    archive(stage, MANAGERS)
    kept_id = await post_report(stage, MANAGERS)
    await in_trouble(stage, kept_id, "is_archived")
    stage.workspace.state.channels[MANAGERS].archived = False
    kept = await in_trouble(stage, kept_id, "")
    assert kept.ts in stage.workspace.state.channels[MANAGERS].messages
    await undelivered.tell(stage.bot.runtime)
    assert not direct_messages(stage)


async def test_charts_do_not_come_alone_once_their_report_was_given_up(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "GIVE_UP_AFTER", 1)
    await stage.bot.sender.close()
    archive(stage, MANAGERS)
    report = await reports.build(stage.database, stage.bot.runtime.workspace_id, WEEK, "UTC")
    async with stage.database.transaction() as session:
        reports.put(session, stage.bot.runtime.workspace_id, MANAGERS, report, Charts(comparison=b"a", trend=b"b"))
    by_hand = sender.Sender(stage.database, stage.bot.posting_client, outcomes, lambda: None)
    while claimed := await by_hand.claim(10):
        for row in claimed:
            await by_hand.post(row)
        stage.workspace.state.channels[MANAGERS].archived = False  # too late for the message
    async with stage.database.reading() as session:
        states = (await session.exec(select(Outbox.state).where(Outbox.purpose == "report"))).all()
    assert states == ["refused"] * 3
    assert not any(each.get("files") for each in stage.workspace.state.channels[MANAGERS].messages.values())


async def test_a_chart_comes_also_when_its_report_was_forgotten_meanwhile(stage: Stage) -> None:
    await stage.bot.sender.close()
    report = await reports.build(stage.database, stage.bot.runtime.workspace_id, WEEK, "UTC")
    async with stage.database.transaction() as session:
        reports.put(session, stage.bot.runtime.workspace_id, MANAGERS, report, Charts(comparison=b"a"))
    by_hand = sender.Sender(stage.database, stage.bot.posting_client, outcomes, lambda: None)
    for _ in ("message", "chart"):
        (row,) = await by_hand.claim(10)
        await by_hand.post(row)
        async with stage.database.transaction() as session:  # as when somebody is erased whom it names
            gone = delete(Outbox).where(col(Outbox.id) == row.id, col(Outbox.state) == "sent")
            assert (await session.exec(gone)).rowcount == 1


async def test_a_chart_in_doubt_is_not_taken_for_that_of_the_same_report_before_it(stage: Stage) -> None:
    await stage.bot.sender.close()
    workspace_id = stage.bot.runtime.workspace_id
    report = await reports.build(stage.database, workspace_id, WEEK, "UTC")
    by_hand = sender.Sender(stage.database, stage.bot.posting_client, outcomes, lambda: None)
    for again in (False, True):
        async with stage.database.transaction() as session:
            reports.put(session, workspace_id, MANAGERS, report, Charts(comparison=b"a"))
            await session.flush()
            # As after a crash: nobody knows whether it was posted.
            await session.exec(update(Outbox).where(col(Outbox.state) == "pending").values(doubtful=again))
        while claimed := await by_hand.claim(10):
            for row in claimed:
                await by_hand.post(row)

        async def shown(charts: int = 2 if again else 1) -> bool | None:  # a file appears some time after its upload
            posted = stage.workspace.state.channels[MANAGERS].messages.values()
            return sum(bool(each.get("files")) for each in posted) == charts or None

        await eventually(shown)


async def test_a_managers_channel_that_is_renamed_while_baton_runs_gets_its_report(
    database_url: str, tmp_path: Path
) -> None:
    async with on_stage(database_url, tmp_path, managers_channel="#support-managers") as stage:
        workspace_id = stage.bot.runtime.workspace_id
        await weeks.add(stage.database, WEEK, [weeks.Cell(ResolvedBy.AI, "returns", 20)], workspace_id)
        stage.workspace.state.channels[MANAGERS].name = "leads"
        jobs = Schedule(time_zone="UTC", clock=lambda: WEEK.until + timedelta(hours=9))
        by_clock.schedule(jobs, stage.settings, stage.bot.runtime)
        weekly = jobs._scheduler.get_job("report week weekly")  # pyright: ignore[reportPrivateUsage]
        assert weekly
        await weekly.func()
        async with stage.database.reading() as session:
            kept = await kept_reports.about(session, workspace_id, "weekly", "2026-11-16", "2026-11-22")
        assert kept
        assert (kept.channel, kept.channel_id, kept.trouble) == ("#support-managers", MANAGERS, "")
        mia = await stage.person(MIA)
        await mia.reads(MANAGERS, until=lambda message: "16–22 Nov 2026" in words(message))


async def test_a_report_whose_name_of_a_channel_means_nothing_stops_no_start(database_url: str, tmp_path: Path) -> None:
    team = '[[reports]]\nname = "for the board"\nevery = "month"\nday = "last"\nchannel = "#gone"\n'
    async with on_stage(database_url, tmp_path, team=team) as stage:
        jobs = Schedule(time_zone="UTC")
        by_clock.schedule(jobs, stage.settings, stage.bot.runtime)
        names = {job.id for job in jobs._scheduler.get_jobs()}  # pyright: ignore[reportPrivateUsage]
        assert {"report week weekly", "report month for the board", "undelivered_reports"} <= names
