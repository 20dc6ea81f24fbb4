"""What the sample shop's reviews led to: one topic proved, one alarmed, and reviews that still wait."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from bot.demo import history, past_promotions, shop
from bot.settings import Settings
from storage import workspaces
from storage.database import Database
from storage.evidence import Certificate, Review, TopicChange
from storage.kinds import Stage, TopicEvent
from storage.tables import Decision, Topic

UNTIL = datetime(2026, 11, 23, 8, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.fixture
async def settled(database: Database, database_url: str, tmp_path: Path) -> Database:
    """The shop with its history, and what followed from it."""
    async with database.transaction() as session:
        await workspaces.remember(session, shop.TEAM_ID, name=shop.NAME, bot_user_id="U0BATON00")
        await session.flush()
        session.add_all([topic.row(shop.TEAM_ID) for topic in shop.TOPICS])
    await history.write(database, shop.TEAM_ID, until=UNTIL)
    settings = Settings(_env_file=None, database_url=database_url)  # pyright: ignore[reportCallIssue]
    await past_promotions.settle(settings, database, shop.TEAM_ID, until=UNTIL)
    return database


async def test_the_proved_topic_runs_on_its_certificate_and_the_broken_one_under_approval(settled: Database) -> None:
    async with settled.reading() as session:
        topics = {each.name: each for each in (await session.exec(select(Topic))).all()}
        certificates = {each.topic: each for each in (await session.exec(select(Certificate))).all()}
        changes = {each.topic: each for each in (await session.exec(select(TopicChange))).all()}
    proved, broken = topics[past_promotions.PROMOTED], topics[past_promotions.ALARMED]
    assert proved.certificate_id == certificates[proved.name].id
    assert proved.threshold == certificates[proved.name].threshold
    assert changes[proved.name].event == TopicEvent.PROMOTED
    assert (broken.stage, broken.certificate_id) == (Stage.COPILOT, "")
    assert broken.alarmed_at is not None
    assert "reviewed autonomous replies" in changes[broken.name].why
    unproved = [each for each in topics.values() if each.stage == Stage.AUTOPILOT and not each.certificate_id]
    assert len(unproved) == 4


async def test_a_few_drafts_wait_and_the_rest_carries_the_confidence_of_its_decision(settled: Database) -> None:
    async with settled.reading() as session:
        reviews = (await session.exec(select(Review))).all()
        decisions = {each.id: each for each in (await session.exec(select(Decision))).all()}
    waiting = [each for each in reviews if each.verdict is None]
    assert 0 < len(waiting) < 15
    assert any(each.reading == 2 for each in reviews)
    for review in reviews:
        decision = decisions[review.decision_id]
        assert (review.confidence, review.topic) == (decision.confidence, decision.topic)
