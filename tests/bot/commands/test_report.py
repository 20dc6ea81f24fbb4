"""`baton report` and `baton schedule` as an operator meets them."""

import asyncio
import csv
import errno
import io
import json
import os
import sys
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path

import pytest
from sqlmodel import select

from bot import reports
from bot.commands import patience as waiting
from bot.commands import report as comparison
from bot.commands import schedule
from bot.commands.patience import patience
from bot.commands.report import Shown, Wanted
from bot.demo.workspace import Workspace, serve
from storage import kept_reports, workspaces
from storage.database import Database
from storage.kinds import ResolvedBy
from storage.problem import WrongUse
from storage.queues import Outbox
from tests import weeks
from tests.bot.terminal import Terminal
from tests.stage import SEED

pytestmark = pytest.mark.usefixtures("clean_environment", "restored_logging")

STARTED = datetime.now(UTC)
TODAY = STARTED.date()
LAST_WEEK = reports.last_full_week(STARTED, "UTC")
MONDAY = LAST_WEEK.since.date()
CELLS = [
    weeks.Cell(ResolvedBy.AI, "returns", resolved=30, asked=25, rated=20, satisfied=16),
    weeks.Cell(ResolvedBy.HUMAN, "returns", resolved=25, asked=25, rated=20, satisfied=18),
]


class AtTheStart(datetime):
    """A clock that stands still: a week may end while tests run."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        return STARTED.astimezone(tz)


@pytest.fixture
async def empty(
    database: Database, database_url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    """A terminal whose database knows a workspace without a conversation."""
    async with database.transaction() as session:
        await workspaces.remember(session, "T1", name="Northpeak", bot_user_id="U0BATON00")
    for command in (comparison, schedule):
        monkeypatch.setattr(command, "datetime", AtTheStart)
    monkeypatch.setattr(waiting, "QUICK_SECONDS", 600)  # on a busy machine, words would come in between
    terminal = Terminal(capsys, monkeypatch)
    terminal.set(database_url=database_url)
    return terminal


@pytest.fixture
async def rated(empty: Terminal, database: Database) -> Terminal:
    """A terminal on a team whose last full week had 20 rated conversations of either kind."""
    await weeks.add(database, LAST_WEEK, CELLS)
    return empty


async def posts(database: Database) -> list[Outbox]:
    async with database.reading() as session:
        return list((await session.exec(select(Outbox).order_by(Outbox.id))).all())


def unframed(told: str) -> str:
    """A problem in one line, without the frame that a wrong option is told in."""
    return " ".join(told.replace("│", " ").split())


def named(folder: Path, pattern: str) -> list[str]:
    return sorted(path.name for path in folder.glob(pattern))


async def test_the_report_of_the_last_week_is_a_table(rated: Terminal) -> None:
    code, out, err = await rated.run("report")
    assert (code, err) == (0, "")
    assert "AI alone" in out
    assert "80" in out


async def test_the_report_is_json_and_csv_as_well(rated: Terminal) -> None:
    _, as_json, _ = await rated.run("report", "--json")
    assert as_json == (await rated.run("report", "--format", "json"))[1]
    _, as_csv, _ = await rated.run("report", "--format", "csv")
    assert [arm["ratings"] for arm in json.loads(as_json)["arms"]] == [20, 0, 20]
    assert [row["ratings"] for row in csv.DictReader(io.StringIO(as_csv)) if row["scope"] == "arm"] == ["20", "0", "20"]


async def test_the_days_of_a_report_can_be_chosen_in_any_time_zone(rated: Terminal) -> None:
    _, out, _ = await rated.run("report", "--from", "2020-01-06", "--to", "2020-01-12", "--json")
    assert json.loads(out)["window"]["since"].startswith("2020-01-06T00:00")
    days = ("--from", "2020-01-06", "--to", "2020-01-12")
    _, out, _ = await rated.run("report", *days, "--time-zone", "Asia/Tokyo", "--json")
    assert json.loads(out)["window"]["since"] == "2020-01-06T00:00:00+09:00"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_single_day_that_is_counted_is_named_once(rated: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "QUICK_SECONDS", 0)
    day = ("--from", "2020-01-06", "--to", "2020-01-06")
    _, _, err = await rated.run("report", *day, "--time-zone", "Asia/Tokyo")
    assert err.startswith("Counting 6 Jan 2020 …")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--weeks", "2", "--from", "2020-01-06"), "Give --weeks, or --from and --to, not both."),
        (("--from", "2020-01-06", "--to", "2020-01-01"), "--to 2020-01-01 is before --from 2020-01-06."),
        (("--from", "2199-01-01"), "--from 2199-01-01 is still to come; today is"),
        (("--to", "2199-01-01"), "--to 2199-01-01 is still to come; today is"),
        (("--time-zone", "Mars/Olympus"), "'Mars/Olympus' is no time zone. Write one such as Europe/Berlin"),
        (("--time-zone", "../../etc/passwd"), "is no time zone"),
        (("--kept", "last", "--weeks", "2"), "give --kept alone"),
        (("--list", "--weeks", "2"), "give it alone"),
        (("--list", "--post"), "give it alone"),
        (("--from", "1999-12-31"), "write a day of the years 2000 to 2199"),
        (("--to", "0001-01-03"), "write a day of the years 2000 to 2199"),
        (("--json", "--format", "html"), "--json and --format html are two forms"),
        (("--output", "report.PDF"), "A report is not written as .PDF. Name a file that ends in .json, .csv, .html"),
        (("--output", "no/such/folder/r.csv"), "There is no folder no/such/folder."),
        (("--output", "."), ". is a folder."),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_makes_no_sense_is_said(empty: Terminal, words: tuple[str, ...], told: str) -> None:
    code, out, err = await empty.run("report", *words)
    assert (code, out) == (2, "")
    assert told in unframed(err)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_window_at_the_ends_of_the_calendar_is_said_to_be_none(empty: Terminal, day: str) -> None:
    code, out, err = await empty.run("schedule", "run", "weekly", "--window", day)
    assert (code, out) == (2, "")
    assert "write a day of the years 2000 to 2199" in unframed(err)


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [
        (Wanted(), "2026-11-16", "2026-11-22"),
        (Wanted(weeks=3), "2026-11-02", "2026-11-22"),
        (Wanted(first=date(2026, 11, 20)), "2026-11-20", "2026-11-25"),
        (Wanted(first=date(2026, 11, 26)), "2026-11-26", "2026-11-26"),
        (Wanted(last=date(2026, 11, 26)), "2026-11-20", "2026-11-26"),
        (Wanted(weeks=None, first=date(2026, 3, 29), last=date(2026, 3, 29)), "2026-03-29", "2026-03-29"),
    ],
)
def test_days_that_are_not_said_are_filled_in(wanted: Wanted, first: str, last: str) -> None:
    now = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)  # already the 26th in Berlin
    found = comparison.window(wanted, "Europe/Berlin", now)
    assert found == reports.days(date.fromisoformat(first), date.fromisoformat(last), "Europe/Berlin")


async def test_a_file_gets_the_form_that_its_name_says(rated: Terminal, tmp_path: Path) -> None:
    forms = {"r.json": b"{", "r.csv": b"scope,", "r.txt": b"Weekly report", "r.html": b"<!doctype html>"}
    for name, begins in (forms | {"r.png": b"\x89PNG"}).items():
        code, out, err = await rated.run("report", "--output", str(tmp_path / name))
        assert (code, out, err) == (0, "", f"The report is in {tmp_path / name}.\n")
        assert (tmp_path / name).read_bytes().startswith(begins)
    code, _, _ = await rated.run("report", "--format", "json", "--output", str(tmp_path / "r.txt"))
    assert json.loads((tmp_path / "r.txt").read_text())["time_zone"] == "UTC"
    assert named(tmp_path, "*r.*") == ["r.csv", "r.html", "r.json", "r.png", "r.txt"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_picture_goes_to_a_pipe(rated: Terminal) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "report", "--format", "png"),
        *("--from", MONDAY.isoformat(), "--to", (MONDAY + timedelta(days=6)).isoformat()),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(reports.__file__).parents[2])},
    )
    out, _ = await process.communicate()
    assert process.returncode == 0
    assert out.startswith(b"\x89PNG")
    assert out.endswith(b"IEND\xaeB`\x82")


def test_a_picture_does_not_go_to_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    Shown("png").check()
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    Shown("text").check()
    with pytest.raises(WrongUse, match=r"--output report\.png"):
        Shown("png").check()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_file_that_cannot_be_written_is_left_as_it_was(
    rated: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = tmp_path / "r.csv"
    before.write_text("the one from last week")
    monkeypatch.setattr(Path, "replace", full)
    code, _, err = await rated.run("report", "--output", str(before))
    assert (code, err) == (1, f"The report cannot be written to {before}: No space left on device.\n")
    assert before.read_text() == "the one from last week"
    assert named(tmp_path, "*r.csv*") == ["r.csv"]


async def test_an_empty_database_says_what_to_do(empty: Terminal) -> None:
    code, out, err = await empty.run("report", "--json")
    assert code == 0
    assert json.loads(out)["opened"] == 0
    assert "There are no conversations yet in" in err
    assert "BATON_DATABASE_URL" in err
    assert "baton doctor" in err


async def test_a_report_to_post_needs_to_know_where(rated: Terminal) -> None:
    code, _, err = await rated.run("report", "--post")
    assert code == 2
    assert "BATON_SLACK_BOT_TOKEN is not set" in err


async def test_kept_reports_are_listed_and_shown_as_they_were_posted(rated: Terminal, database: Database) -> None:
    assert (await rated.run("report", "--list"))[1].startswith("No report is kept yet")
    assert (await rated.run("report", "--kept", "last"))[0] == 1
    made = await reports.build(database, "T1", LAST_WEEK, "UTC")
    kept_id = await reports.deliver(database, "T1", "C1", made, reports.Occasion("weekly", "week", "#managers"))
    await weeks.add(database, reports.days(MONDAY - timedelta(days=7), MONDAY - timedelta(days=1), "UTC"), CELLS)
    async with database.transaction() as session:  # the week looks otherwise by now
        await session.exec(weeks.every_rating(score=1))
    _, out, _ = await rated.run("report", "--list")
    assert kept_id in out
    assert made.comparison.headline in out
    assert "weekly, on its way to #managers" in out
    (row,) = json.loads((await rated.run("report", "--list", "--json"))[1])
    assert (row["id"], row["schedule"], row["first_day"]) == (kept_id, "weekly", MONDAY.isoformat())
    for named in (kept_id, "last"):
        assert (await rated.run("report", "--kept", named, "--json"))[1] == reports.to_json(made) + "\n"
    code, _, err = await rated.run("report", "--kept", "nothing")
    assert (code, err.startswith("No report is kept under nothing.")) == (1, True)


def planned(terminal: Terminal, tmp_path: Path, text: str, **more: str) -> None:
    file = tmp_path / "baton.toml"
    file.write_text(text)
    terminal.set(team_file=str(file), managers_channel="CMANAGERS", **more)


BOARD = """
[[reports]]
name = "for the board"
every = "month"
day = "last"
at = "18:00"
time_zone = "America/New_York"
channel = "CBOARD"
"""


async def test_planned_reports_are_listed_with_what_became_of_the_last(
    rated: Terminal, database: Database, tmp_path: Path
) -> None:
    planned(rated, tmp_path, BOARD)
    code, out, err = await rated.run("schedule", "list")
    assert (code, err) == (0, "")
    assert "weekly: every Monday at 09:00, on the last full week (UTC), to CMANAGERS\n  last  none yet" in out
    board = (
        "for the board: on the last day of each month at 18:00, on the last full month (America/New_York), to CBOARD"
    )
    assert board in out
    assert (await rated.run("schedule", "run", "weekly"))[0] == 0
    (message, _) = await posts(database)
    async with database.transaction() as session:
        await kept_reports.troubled(session, "T1", message.payload["about"]["kept_report_id"], "is_archived")
    weekly, board = json.loads((await rated.run("schedule", "list", "--json"))[1])
    assert (weekly["name"], weekly["every"], weekly["day"], weekly["at"]) == ("weekly", "week", "mon", "09:00")
    assert (weekly["last"]["first_day"], weekly["last"]["trouble"]) == (MONDAY.isoformat(), "is_archived")
    assert not weekly["due_now"]
    assert datetime.fromisoformat(weekly["next_at"]).weekday() == 0
    assert (board["name"], board["last"]) == ("for the board", None)
    assert "not posted in CMANAGERS: the channel is archived" in (await rated.run("schedule", "list"))[1]


async def test_a_report_is_run_once_unless_it_is_wanted_again(
    rated: Terminal, database: Database, tmp_path: Path
) -> None:
    planned(rated, tmp_path, BOARD)
    code, out, _ = await rated.run("schedule", "run", "WEEKLY")
    assert (code, "is in the outbox for CMANAGERS" in out) == (0, True)
    code, out, err = await rated.run("schedule", "run", "weekly")
    assert (code, out) == (1, "")
    assert "was made before: on its way to CMANAGERS" in err
    assert "--again" in err
    assert len(await posts(database)) == 2
    assert (await rated.run("schedule", "run", "weekly", "--again"))[0] == 0
    assert len(await posts(database)) == 4


async def test_a_report_can_be_run_on_an_earlier_month(rated: Terminal, database: Database, tmp_path: Path) -> None:
    planned(rated, tmp_path, BOARD)
    code, out, _ = await rated.run("schedule", "run", "for the board", "--window", "2024-02-10")
    assert (code, "on 1–29 Feb 2024" in out) == (0, True)
    (message,) = await posts(database)
    assert message.channel_id == "CBOARD"
    code, _, err = await rated.run("schedule", "run", "for the board", "--window", TODAY.isoformat())
    assert (code, "is not over. The newest is" in err) == (2, True)


async def test_a_report_to_a_channel_that_is_gone_is_kept(rated: Terminal, database: Database, tmp_path: Path) -> None:
    server = await serve(Workspace(SEED))
    access = {"slack_bot_token": SEED.app.bot_token, "slack_app_token": SEED.app.app_token}
    planned(rated, tmp_path, BOARD.replace("CBOARD", "#gone"), slack_api_url=server.api_url, **access)
    code, _, err = await rated.run("schedule", "run", "for the board")
    await server.close()
    assert code == 1
    assert "there is no channel #gone that Baton can see" in err
    async with database.reading() as session:
        kept = await kept_reports.latest(session, "T1")
    assert kept is not None
    assert f"baton report --kept {kept.id}" in err
    assert not await posts(database)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[reports]]\nname = "weekly"\n', "BATON_REPORT_DAY"),
        ('[[reports]]\nname = "a"\n[[reports]]\nname = "A"\n', 'two reports are called "A"'),
        ('[reports]\nname = "a"\n', "[[reports]], in two brackets"),
        ('[[reports]]\nname = "a"\nevery = "month"\nday = 31\n', '1 to 28 or "last"'),
        ('[[reports]]\nname = "a"\ntime_zone = "Mars"\n', "time zone such as Europe/Berlin"),
        ('[[reports]]\nname = "a/b"\n', "'a/b' is no name: write letters, digits"),
        ("[[reports]\n", "is no TOML"),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_plans_that_cannot_be_kept_are_named(empty: Terminal, tmp_path: Path, text: str, told: str) -> None:
    planned(empty, tmp_path, text)
    code, out, err = await empty.run("schedule", "list")
    assert (code, out) == (2, "")
    assert told in err


@pytest.mark.parametrize("words", [("schedule", "run", "weekly"), ("report", "--post")])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_channel_that_cannot_be_looked_up_is_told_in_one_line(
    rated: Terminal, database: Database, words: tuple[str, ...]
) -> None:
    rated.set(slack_bot_token="xoxb-1", slack_app_token="xapp-1", slack_api_url="http://127.0.0.1:1/")
    rated.set(managers_channel="#leads")
    code, out, err = await rated.run(*words)
    assert (code, out) == (1, "")
    assert err.startswith("Slack does not say which channel #leads is (")
    assert err.endswith("Run `baton doctor`.\n")
    async with database.reading() as session:
        assert await kept_reports.listed(session, "T1", limit=1) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_disk_that_is_full_is_told_in_one_line(empty: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> str:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(schedule, "as_text", full)
    assert await empty.run("schedule", "list") == (1, "", "Nothing more can be written: No space left on device.\n")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_days_are_read_as_people_write_them(empty: Terminal, tmp_path: Path) -> None:
    month, week = 'every = "month"\nday = "Last"\n', 'day = "Friday"\nat = 07:30:00\n'
    planned(empty, tmp_path, f'[[reports]]\nname = "m"\n{month}[[reports]]\nname = "w"\n{week}')
    _, out, _ = await empty.run("schedule", "list")
    assert "m: on the last day of each month at 09:00" in out
    assert "w: every Friday at 07:30" in out


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_without_the_weekly_one_a_team_may_have_its_own(empty: Terminal, tmp_path: Path) -> None:
    planned(empty, tmp_path, '[[reports]]\nname = "weekly"\nday = "Friday"\nat = 16:30:00\n', report_day="off")
    assert "weekly: every Friday at 16:30" in (await empty.run("schedule", "list"))[1]
    code, _, err = await empty.run("schedule", "run", "daily")
    assert (code, err) == (2, "No report is called daily. Those that come by the clock: weekly.\n")
    planned(empty, tmp_path, "", report_day="off")
    assert "No report comes by the clock" in (await empty.run("schedule", "list"))[1]


async def test_what_takes_long_is_said_on_stderr(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with patience("Counting"):
        await asyncio.sleep(0)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(waiting, "QUICK_SECONDS", 0)
    said = ""
    async with patience("Counting"):
        while not said:
            await asyncio.sleep(0)
            said = capsys.readouterr().err
    assert said == "Counting …\n"
