"""What a verdict sets in motion: the monitor, the looks, certificates, alarms, and what a new version does."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from bot import trust
from bot.trust import basis as bases
from bot.trust import governing, looking, standings
from bot.trust.basis import Basis
from bot.views import topic_words
from handoff import looks, stages
from handoff.stages import Asked
from storage import audits, certificates, topics
from storage.evidence import Certificate, Look, Monitor, Review
from storage.kinds import ReviewVerdict, Stage
from storage.queues import Outbox
from storage.row import now
from storage.tables import Conversation, Topic
from tests import evidence
from tests.bot.trust.certified import certify
from tests.stage import MANAGERS, SEED, SUPPORT, on_stage
from tests.stage import Stage as Theatre

FIRST_LOOK = looks.planned(1, 0.05).reviews
WORKSPACE = SEED.team_id


@pytest.fixture
async def theatre(database_url: str, tmp_path: Path) -> AsyncIterator[Theatre]:
    """A running bot with a topic in copilot."""
    async with on_stage(database_url, tmp_path) as opened:
        async with opened.database.transaction() as session:
            session.add(Topic(workspace_id=WORKSPACE, name="returns", title="Returns", stage=Stage.COPILOT))
        yield opened


async def basis_of(theatre: Theatre) -> Basis:
    return await bases.of_runtime(theatre.bot.runtime)


async def reviews(theatre: Theatre, count: int, **changed: Any) -> None:
    """Verdicts that were given before Baton took note of them."""
    versions = (await basis_of(theatre)).versions
    given: dict[str, Any] = {"workspace_id": WORKSPACE, "drafter_version": versions.drafter}
    given = given | {"confidence_version": versions.confidence} | changed
    await evidence.add_clean(theatre.database, count, **given)


async def judge(theatre: Theatre, number: int, **changed: Any) -> None:
    """One more verdict, with all that it sets in motion."""
    versions = (await basis_of(theatre)).versions
    row = evidence.review(
        number,
        **({"workspace_id": WORKSPACE, "drafter_version": versions.drafter} | changed),
    )
    async with theatre.database.transaction() as session:
        session.add(row)
        await trust.after_review(session, theatre.bot.runtime, row)


async def told(theatre: Theatre) -> list[str]:
    """What the managers were told, in order."""
    async with theatre.database.reading() as session:
        rows = (await session.exec(select(Outbox).where(Outbox.purpose == "trust").order_by(Outbox.id))).all()
    assert all(row.channel_id == MANAGERS for row in rows)
    return [f"{row.payload['text']} {row.payload['blocks']}" for row in rows]


async def topic_of(theatre: Theatre) -> Topic:
    async with theatre.database.reading() as session:
        found = await topics.by_name(session, WORKSPACE, "returns")
    assert found
    return found


async def test_the_review_that_completes_the_evidence_brings_a_certificate_and_the_managers_read_it(
    theatre: Theatre,
) -> None:
    await reviews(theatre, FIRST_LOOK - 2)
    await judge(theatre, FIRST_LOOK)
    assert await told(theatre) == []
    await judge(theatre, FIRST_LOOK + 1)
    (news,) = await told(theatre)
    assert "Returns can go to autopilot" in news
    assert f"at most 5 % of autonomous replies wrong, 90 % sure, from {FIRST_LOOK} reviews" in news
    assert "of all messages" in news
    assert "ask_to_promote" in news
    assert (await topic_of(theatre)).stage == Stage.COPILOT


async def test_a_look_is_made_once_however_often_the_page_is_opened(theatre: Theatre) -> None:
    await reviews(theatre, FIRST_LOOK - 1, wrong=20)
    await judge(theatre, FIRST_LOOK)
    basis = await basis_of(theatre)
    async with theatre.database.reading() as session:
        for _ in range(3):
            await standings.every(session, basis)
        standing = await standings.named(session, basis, "returns")
        made = (await session.exec(select(Look))).all()
    assert [(each.number, each.passed) for each in made] == [(1, False)]
    assert standing and standing.proof is None
    assert "more clean reviews would prove the tolerance of 5 %" in topic_words.evidence(standing)


async def test_evidence_ends_before_the_first_draft_that_still_waits(theatre: Theatre) -> None:
    await reviews(theatre, 10)
    await reviews(theatre, 1, first=10, id="waits", verdict=None, reviewed_at=None)
    await reviews(theatre, 30, first=20)
    async with theatre.database.reading() as session:
        gathered = await looking.gather(session, await basis_of(theatre), "returns")
    assert len(gathered.evidence) == 10


async def test_only_the_uniform_sample_of_the_version_in_use_is_evidence(theatre: Theatre) -> None:
    await reviews(theatre, 5)
    await reviews(theatre, 5, first=10, audit=False)
    await reviews(theatre, 5, first=20, drafter_version="another")
    await reviews(theatre, 5, first=30, topic="delivery")
    async with theatre.database.reading() as session:
        gathered = await looking.gather(session, await basis_of(theatre), "returns")
    assert len(gathered.evidence) == 5


async def test_the_worse_of_two_readings_counts(theatre: Theatre) -> None:
    await reviews(theatre, 2)
    await reviews(theatre, 1, first=0, id="second", draft_id="d000000", reading=2, verdict=ReviewVerdict.UNSURE)
    async with theatre.database.reading() as session:
        gathered = await looking.gather(session, await basis_of(theatre), "returns")
    assert sorted(each.wrong for each in gathered.evidence) == [False, True]


async def test_drafts_that_taught_the_model_prove_nothing_about_it(theatre: Theatre) -> None:
    await reviews(theatre, 10)
    basis = await basis_of(theatre)
    taught = replace(basis, weighing=replace(basis.weighing, trained_until=evidence.BEGAN + timedelta(minutes=6)))
    async with theatre.database.reading() as session:
        gathered = await looking.gather(session, taught, "returns")
    assert len(gathered.evidence) == 3


async def test_a_broken_promise_demotes_the_topic_at_once_and_the_managers_read_why(theatre: Theatre) -> None:
    await certify(theatre)
    place = {"channel_id": SUPPORT, "thread_ts": "1700000000.000100", "customer_id": "U0ADA0000", "topic": "returns"}
    async with theatre.database.transaction() as session:
        session.add(Conversation(workspace_id=WORKSPACE, id="c000001", **place))  # pyright: ignore[reportArgumentType]
    for number in range(12):
        if (await topic_of(theatre)).stage != Stage.AUTOPILOT:
            break
        wrong = {"verdict": ReviewVerdict.WRONG, "fault": "out_of_date"}
        await judge(theatre, number, answered=True, drafted_at=now(), **wrong)
    topic = await topic_of(theatre)
    assert (topic.stage, topic.certificate_id) == (Stage.COPILOT, "")
    assert topic.alarmed_at
    news = (await told(theatre))[-1]
    assert "Returns is back in copilot" in news
    assert "reviewed autonomous replies were wrong since the topic went to autopilot" in news
    assert "p1700000000000100" in news  # the reply behind it
    assert "the conversation was erased" in news
    assert "moved it from copilot to autopilot" in news  # what changed lately
    assert "What to do now" in news


async def test_only_autonomous_replies_since_the_promotion_move_the_monitor(theatre: Theatre) -> None:
    await certify(theatre)
    await judge(theatre, 1, answered=True, drafted_at=now() - timedelta(days=3), verdict=ReviewVerdict.WRONG)
    await judge(theatre, 2, answered=False, drafted_at=now(), verdict=ReviewVerdict.WRONG)
    await judge(theatre, 3, answered=True, audit=False, drafted_at=now(), verdict=ReviewVerdict.WRONG)
    await judge(theatre, 4, answered=True, drafted_at=now(), verdict=ReviewVerdict.INCOMPLETE)
    await judge(theatre, 5, answered=True, drafted_at=now())
    async with theatre.database.reading() as session:
        watched = await certificates.monitor(session, WORKSPACE, "returns")
    assert watched and (watched.seen, watched.wrong) == (2, 1)


async def test_a_second_reading_and_a_lost_state_are_replayed(theatre: Theatre) -> None:
    await certify(theatre)
    moment = now()
    for number in range(3):
        await judge(theatre, number, answered=True, drafted_at=moment + timedelta(seconds=number))
    second: dict[str, Any] = {"id": "again", "draft_id": "d000001", "reading": 2, "answered": True}
    await judge(theatre, 1, **second, drafted_at=moment + timedelta(seconds=1), verdict=ReviewVerdict.HARMFUL)
    async with theatre.database.transaction() as session:
        watched = await certificates.monitor(session, WORKSPACE, "returns")
        assert watched and (watched.seen, watched.wrong) == (3, 1)
        watched.state = {"format": "of another time"}
    await judge(theatre, 4, answered=True, drafted_at=moment + timedelta(seconds=9))
    async with theatre.database.reading() as session:
        watched = await certificates.monitor(session, WORKSPACE, "returns")
    assert watched and (watched.seen, watched.wrong) == (4, 1)


async def test_a_topic_that_began_on_autopilot_is_watched_too(theatre: Theatre) -> None:
    async with theatre.database.transaction() as session:
        topic = await topics.by_name(session, WORKSPACE, "returns")
        assert topic
        topic.stage = Stage.AUTOPILOT
    await judge(theatre, 1, answered=True, drafted_at=now(), verdict=ReviewVerdict.WRONG)
    async with theatre.database.reading() as session:
        watched = (await session.exec(select(Monitor))).one()
    assert (watched.seen, watched.wrong) == (1, 1)


async def test_after_an_alarm_evidence_begins_anew(theatre: Theatre) -> None:
    await reviews(theatre, FIRST_LOOK - 1)
    await judge(theatre, FIRST_LOOK)
    async with theatre.database.transaction() as session:
        await stages.alarm(session, WORKSPACE, "returns", why="test")
    basis = await basis_of(theatre)
    async with theatre.database.reading() as session:
        gathered = await looking.gather(session, basis, "returns")
    assert (gathered.evidence, gathered.last_look) == ([], 0)
    later = {"drafted_at": now() + timedelta(seconds=1)}
    await reviews(theatre, FIRST_LOOK - 1, first=1000, **later)
    await judge(theatre, 2000, **later)
    async with theatre.database.reading() as session:
        made = (await session.exec(select(Look))).all()
        issued = (await session.exec(select(Certificate).where(Certificate.withdrawn_at == None))).all()  # noqa: E711
    assert len(made) == len(issued) == 1


async def test_a_tolerance_that_the_reviews_at_hand_prove_keeps_the_topic_on_autopilot(theatre: Theatre) -> None:
    await reviews(theatre, looks.planned(1, 0.02).reviews)
    await certify(theatre)
    basis = await basis_of(theatre)
    async with theatre.database.transaction() as session:
        asked = Asked(WORKSPACE, "returns", "U0MIA0000")
        assert (await governing.set_tolerance(session, basis, asked, 0.02)).done
    topic = await topic_of(theatre)
    assert (topic.stage, topic.tolerance) == (Stage.AUTOPILOT, 0.02)
    assert topic.certificate_id not in ("", "certificate-1")


async def test_another_version_returns_proved_topics_to_copilot_when_the_bot_starts(theatre: Theatre) -> None:
    await certify(theatre)
    async with theatre.database.transaction() as session:
        topic = await topics.by_name(session, WORKSPACE, "returns")
        assert topic
        topic.certified_drafter = "the-version-before"
    runtime = theatre.bot.runtime
    basis = await basis_of(theatre)
    async with theatre.database.transaction() as session:
        await certificates.withdraw(session, WORKSPACE, "returns", because="test")
    async with theatre.database.reading() as session:
        words = await trust.preview(session, WORKSPACE, basis.versions)
    assert words == "This change will return 1 topic to copilot: Returns."
    await asyncio.gather(*(trust.on_start(runtime) for _ in range(3)))
    assert (await topic_of(theatre)).stage == Stage.COPILOT
    news = [each for each in await told(theatre) if "Another version of Baton serves now" in each]
    assert len(news) == 1
    assert "*Returns* returned to copilot" in news[0]


async def test_the_same_version_changes_nothing_at_the_start(theatre: Theatre) -> None:
    await certify(theatre)
    await trust.on_start(theatre.bot.runtime)
    assert (await topic_of(theatre)).stage == Stage.AUTOPILOT
    assert await told(theatre) == []


async def test_a_review_of_a_topic_that_is_gone_is_kept_and_moves_nothing(theatre: Theatre) -> None:
    await judge(theatre, 1, topic="gone", answered=True)
    async with theatre.database.reading() as session:
        assert len((await session.exec(select(Review))).all()) == 1
        assert await audits.waiting_by_topic(session, WORKSPACE) == {}


@pytest.mark.parametrize(
    ("typed", "share"),
    [
        ("5", 0.05),
        ("5 %", 0.05),
        (" 2.5% ", 0.025),
        ("0,5", 0.005),
        ("100", 1.0),
        ("five", None),
        ("", None),
        ("-1", None),
    ],
)
def test_a_percentage_is_read_as_people_type_it(typed: str, share: float | None) -> None:
    assert governing.read_percent(typed) == share


@pytest.mark.parametrize(("typed", "share"), [("0.6", 0.6), ("0,75", 0.75), ("1", 1.0), ("60", None), ("60 %", None)])
def test_a_threshold_is_read_as_people_type_it(typed: str, share: float | None) -> None:
    assert governing.read_share(typed) == share
