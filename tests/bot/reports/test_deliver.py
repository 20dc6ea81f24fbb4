"""A report in the outbox: the message, then the picture, in one lane."""

import base64

from sqlmodel import select

from bot import reports
from bot.views import report as report_view
from storage.database import Database
from storage.queues import Outbox
from tests.bot.reports.samples import EMPTY, FULL


async def rows(database: Database) -> list[Outbox]:
    async with database.reading() as session:
        return list((await session.exec(select(Outbox).order_by(Outbox.id))).all())


async def test_the_picture_follows_the_message_in_its_lane(database: Database) -> None:
    await reports.deliver(database, "T1", "CMANAGERS", FULL)
    message, picture = await rows(database)
    assert (message.method, picture.method) == ("chat.postMessage", "files.upload")
    assert message.lane == picture.lane and message.channel_id == picture.channel_id == "CMANAGERS"
    assert message.payload == report_view.message(FULL).as_payload()
    assert base64.b64decode(picture.payload["content_base64"]).startswith(b"\x89PNG")
    assert picture.payload["alt_text"] == report_view.chart_in_words(FULL)
    assert picture.payload["title"] == "Weekly report, 16–22 Nov 2026"


async def test_an_empty_week_is_a_message_alone(database: Database) -> None:
    await reports.deliver(database, "T1", "CMANAGERS", EMPTY)
    (message,) = await rows(database)
    assert message.method == "chat.postMessage"
