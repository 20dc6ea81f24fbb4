"""`baton alerts` and `baton alert` as an operator meets them."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select, update

from handoff.watches import Kind
from storage import alerts, workspaces
from storage.database import Database
from storage.row import now
from storage.watched import Alert, Watched
from tests.bot.terminal import Terminal

pytestmark = pytest.mark.usefixtures("clean_environment", "restored_logging")

FIGURES = {
    "since": (now() - timedelta(days=3)).date().toordinal(),
    "seen": 41,
    "bad": 17,
    "usual": 0.16,
    "learnt_from": 812,
    "years": 4.0,
    "conversations": ["c1", ""],
    "reasons": {},
}


@pytest.fixture
async def terminal(
    database: Database, database_url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    """A terminal on a workspace in which nothing is watched yet."""
    async with database.transaction() as session:
        await workspaces.remember(session, "T1", name="Northpeak", bot_user_id="U0BATON00")
    terminal = Terminal(capsys, monkeypatch)
    terminal.set(database_url=database_url)
    return terminal


async def raised(database: Database) -> str:
    """An alert on ratings that stands; returns its id."""
    async with database.transaction() as session:
        row = alerts.begin(session, "T1", Kind.RATINGS, "", since=now(), read=alerts.Cursor(now(), ""))
        await session.flush()
        return alerts.raised(session, row, since=now(), figures=FIGURES, told=True).id


async def test_nothing_watched_yet_is_said(terminal: Terminal) -> None:
    code, out, err = await terminal.run("alerts")
    assert (code, err) == (0, "")
    assert "no alert stands" in out
    assert "Nothing is watched yet: a running Baton begins to." in out


async def test_an_alert_whose_card_slack_did_not_take_says_what_to_do(terminal: Terminal, database: Database) -> None:
    alert_id = await raised(database)
    _, out, _ = await terminal.run("alerts")
    assert "BATON_MANAGERS_CHANNEL" not in out
    async with database.transaction() as session:
        await session.exec(update(Alert).values(channel_id="C0GONE"))
        await alerts.not_taken(session, "T1", alert_id, "C0GONE")
    _, out, _ = await terminal.run("alerts")
    assert "Slack did not take its card in C0GONE: name another channel (BATON_MANAGERS_CHANNEL)." in out


async def test_an_alert_is_told_with_what_to_do_and_how_often_chance_raises_one(
    terminal: Terminal, database: Database
) -> None:
    alert_id = await raised(database)
    code, out, _ = await terminal.run("alerts")
    assert code == 0
    assert "1 alert standing." in out
    assert f"{alert_id}  Ratings have fallen" in out
    assert "59 % (36–78 %) of 41 ratings were 4 or 5. Usually it is 84 % (learnt from 812)." in out
    assert [line for line in out.splitlines() if "conversation show" in line] == ["    baton conversation show c1"]
    assert "What to do: Read the conversations with the lowest ratings" in out
    assert "1 alert since then, right or false." in out
    assert "up to 1 false alarm a year" in out
    assert "ratings: still learning what is usual; at most 0.4 false alarms a year" in out
    _, out, _ = await terminal.run("alerts", "--json")
    told = json.loads(out)
    assert (told["false_alarms_a_year"], told["raised_since"]) == (1.0, 1)
    assert [(each["id"], each["kind"], each["ended_at"]) for each in told["alerts"]] == [(alert_id, "ratings", None)]
    assert [each["kind"] for each in told["series"]] == ["ratings"]


async def test_the_days_of_an_alert_are_those_of_the_team(terminal: Terminal, database: Database) -> None:
    await raised(database)
    async with database.transaction() as session:
        late = datetime(2026, 11, 26, 22, 30, tzinfo=UTC)
        await session.exec(update(Alert).values(ended_at=late, ended_as="recovered"))
    terminal.set(time_zone="Pacific/Auckland")
    _, out, _ = await terminal.run("alerts")
    assert "Over since 27 November: it is back to the usual." in out


async def test_who_looks_after_it_and_what_is_muted_is_noted_and_taken_back(
    terminal: Terminal, database: Database
) -> None:
    alert_id = await raised(database)
    assert (await terminal.run("alert", "seen", alert_id))[0] == 0
    assert (await terminal.run("alert", "mute", alert_id[:20]))[0] == 0
    _, out, _ = await terminal.run("alerts")
    assert "Seen by" in out
    assert "muted until" in out
    async with database.reading() as session:
        alert = (await session.exec(select(Alert))).one()
        assert alert.seen_by and alert.stale
    for word in ("seen", "mute"):
        assert (await terminal.run("alert", word, alert_id, "--undo"))[0] == 0
    async with database.reading() as session:
        assert not (await session.exec(select(Alert))).one().seen_by
        assert (await session.exec(select(col(Watched.muted_until)))).one() is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_an_unknown_alert_is_said(terminal: Terminal) -> None:
    code, _, err = await terminal.run("alert", "seen", "nonsense")
    assert code == 1
    assert "The id nonsense is that of no alert. `baton alerts` lists them." in err


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_team_without_alerts_reads_so(terminal: Terminal, tmp_path: Path) -> None:
    team = tmp_path / "baton.toml"
    team.write_text("[alerts]\nfalse_alarms_a_year = 0\n")
    terminal.set(team_file=str(team))
    assert "Alerts are off" in (await terminal.run("alerts"))[1]
