"""A report in the outbox: the message, then the picture, in one lane."""

import base64

import pytest
from sqlmodel import select

from bot import reports
from bot.reports import keeping
from bot.views import report as report_view
from bot.views import report_alt
from handoff.report import Report
from storage import kept_reports
from storage.database import Database
from storage.kept_reports import Listed
from storage.queues import Outbox
from tests.bot.reports.samples import EMPTY, FULL, ONE_ARM


async def rows(database: Database) -> list[Outbox]:
    async with database.reading() as session:
        return list((await session.exec(select(Outbox).order_by(Outbox.id))).all())


async def listed(database: Database) -> list[Listed]:
    async with database.reading() as session:
        return await kept_reports.listed(session, "T1", limit=10)


async def test_the_picture_follows_the_message_in_its_lane(database: Database) -> None:
    await reports.deliver(database, "T1", "CMANAGERS", FULL)
    message, picture = await rows(database)  # FULL knows one week alone, so there is no trend to draw
    assert (message.method, picture.method) == ("chat.postMessage", "files.upload")
    assert message.lane == picture.lane and message.channel_id == picture.channel_id == "CMANAGERS"
    (kept,) = await listed(database)
    assert message.payload == {**report_view.message(FULL, kept.id).as_payload(), "about": {"kept_report_id": kept.id}}
    assert base64.b64decode(picture.payload["content_base64"]).startswith(b"\x89PNG")
    assert picture.payload["alt_text"] == report_alt.chart_in_words(FULL)
    assert picture.payload["title"] == "Weekly report, 16–22 Nov 2026"


async def test_a_report_is_kept_in_the_transaction_that_posts_it(database: Database) -> None:
    kept_id = await reports.deliver(database, "T1", "CMANAGERS", FULL, reports.Occasion("weekly", "week", "#managers"))
    (kept,) = await listed(database)
    assert kept.id == kept_id
    assert (kept.schedule, kept.every, kept.channel, kept.channel_id) == ("weekly", "week", "#managers", "CMANAGERS")
    assert (kept.first_day, kept.last_day, kept.headline) == ("2026-11-16", "2026-11-22", FULL.comparison.headline)
    assert kept.ts is None


@pytest.mark.parametrize("report", [FULL, ONE_ARM, EMPTY], ids=["full", "one arm", "empty"])
async def test_a_kept_report_is_read_as_it_was_made(database: Database, report: Report) -> None:
    kept_id = await reports.deliver(database, "T1", "CMANAGERS", report)
    async with database.reading() as session:
        kept = await kept_reports.get(session, "T1", kept_id)
    assert kept is not None
    found = keeping.read(kept)
    assert found == report
    assert found.model_dump_json() == report.model_dump_json()
    assert (kept.since, kept.until) == (report.window.since, report.window.until)


async def test_a_report_of_another_version_says_how_it_is_made_anew(database: Database) -> None:
    kept_id = await reports.deliver(database, "T1", "CMANAGERS", FULL)
    async with database.transaction() as session:
        kept = await kept_reports.get(session, "T1", kept_id)
        assert kept is not None
        kept.report = '{"workspace_id": "T1"}'
        with pytest.raises(keeping.Unreadable, match="--from 2026-11-16 --to 2026-11-22"):
            keeping.read(kept)


async def test_an_empty_week_is_a_message_alone(database: Database) -> None:
    await reports.deliver(database, "T1", "CMANAGERS", EMPTY)
    (message,) = await rows(database)
    assert message.method == "chat.postMessage"
