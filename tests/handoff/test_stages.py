"""The stages of a topic: who may let it act alone, what takes that away, and what is written down."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from handoff import stages
from handoff.stages import Asked, Changed, Outcome, Versions
from storage import certificates, topics, workspaces
from storage.database import Database
from storage.evidence import Certificate, Monitor, Review, TopicChange
from storage.ids import new_id
from storage.kinds import Stage, TopicEvent
from storage.library import Article
from storage.tables import Conversation, Topic
from tests import evidence, weeks
from tests.weeks import WORKSPACE

NOW = Versions("drafter-1", "prior-1")
NEXT = Versions("drafter-2", "prior-1")
Work = Callable[[AsyncSession], Awaitable[Changed]]


def asked(topic: str = "returns", *, by: str = "U0MIA0000", revision: int | None = None, why: str = "") -> Asked:
    return Asked(WORKSPACE, topic, by, revision, why)


@pytest.fixture
async def shop(database: Database) -> Database:
    """A workspace with two topics in copilot."""
    await weeks.add_workspace(database, ["returns", "delivery"])
    async with database.transaction() as session:
        for topic in await workspaces.topics(session, WORKSPACE):
            topic.stage = Stage.COPILOT
            session.add(topic)
    return database


async def do(database: Database, work: Work) -> Changed:
    async with database.transaction() as session:
        return await work(session)


async def certify(
    database: Database, versions: Versions = NOW, *, topic: str = "returns", tolerance: float = 0.05, **more: Any
) -> Certificate:
    row = evidence.certificate(
        workspace_id=WORKSPACE,
        id=new_id(),
        topic=topic,
        drafter_version=versions.drafter,
        confidence_version=versions.confidence,
        tolerance=tolerance,
        **({"threshold": 0.7} | more),
    )
    async with database.transaction() as session:
        session.add(row)
    return row


async def topic_of(database: Database, name: str = "returns") -> Topic:
    async with database.reading() as session:
        found = await topics.by_name(session, WORKSPACE, name)
    assert found
    return found


async def history(database: Database, name: str = "returns") -> list[TopicChange]:
    async with database.reading() as session:
        return list(await topics.changes(session, WORKSPACE, name))


async def promoted(database: Database, **certificate: Any) -> Certificate:
    row = await certify(database, **certificate)
    assert (await do(database, lambda s: stages.promote(s, asked(), NOW))).done
    return row


async def test_without_a_certificate_nothing_is_promoted(shop: Database) -> None:
    changed = await do(shop, lambda s: stages.promote(s, asked(), NOW))
    assert changed.outcome == Outcome.UNPROVED
    assert (await topic_of(shop)).stage == Stage.COPILOT
    assert await history(shop) == []


async def test_a_promotion_deploys_the_certificate_binds_its_versions_and_is_written_down(shop: Database) -> None:
    certificate = await promoted(shop)
    topic = await topic_of(shop)
    assert (topic.stage, topic.threshold, topic.certificate_id) == (Stage.AUTOPILOT, 0.7, certificate.id)
    assert (topic.certified_drafter, topic.certified_confidence) == ("drafter-1", "prior-1")
    (change,) = await history(shop)
    assert (change.event, change.by) == (TopicEvent.PROMOTED, "U0MIA0000")
    assert (change.before["stage"], change.after["stage"]) == (Stage.COPILOT, Stage.AUTOPILOT)
    async with shop.reading() as session:
        watched = await certificates.monitor(session, WORKSPACE, "returns")
    assert watched and (watched.tolerance, watched.seen) == (0.05, 0)


@pytest.mark.parametrize(
    "certificate", [{"versions": NEXT}, {"tolerance": 0.1}, {"topic": "delivery"}], ids=["version", "looser", "topic"]
)
async def test_a_certificate_of_another_version_tolerance_or_topic_promotes_nothing(
    shop: Database, certificate: dict[str, Any]
) -> None:
    await certify(shop, **certificate)
    assert (await do(shop, lambda s: stages.promote(s, asked(), NOW))).outcome == Outcome.UNPROVED


async def test_a_start_without_proof_is_marked_with_who_chose_it(shop: Database) -> None:
    changed = await do(shop, lambda s: stages.start_unproved(s, asked(why="the season begins"), threshold=0.8))
    topic = await topic_of(shop)
    assert changed.done
    assert (topic.stage, topic.threshold, topic.certificate_id, topic.unproved_by) == (
        Stage.AUTOPILOT,
        0.8,
        "",
        "U0MIA0000",
    )
    (change,) = await history(shop)
    assert (change.event, change.after["unproved"], change.why) == ("started_unproved", True, "the season begins")


@pytest.mark.parametrize("threshold", [-0.1, 1.1])
async def test_a_start_on_a_threshold_that_is_none_is_refused(shop: Database, threshold: float) -> None:
    changed = await do(shop, lambda s: stages.start_unproved(s, asked(), threshold=threshold))
    assert changed.outcome == Outcome.OUT_OF_RANGE


async def test_an_alarm_ends_autopilot_at_once_and_only_a_new_certificate_brings_it_back(shop: Database) -> None:
    old = await promoted(shop)
    changed = await do(shop, lambda s: stages.alarm(s, WORKSPACE, "returns", why="9 of 60 were wrong."))
    topic = await topic_of(shop)
    assert changed.done
    assert (topic.stage, topic.certificate_id) == (Stage.COPILOT, "")
    assert topic.alarmed_at
    async with shop.reading() as session:
        withdrawn = await session.get(Certificate, (WORKSPACE, old.id))
    assert withdrawn and withdrawn.withdrawn_because == "9 of 60 were wrong."
    assert (await do(shop, lambda s: stages.promote(s, asked(), NOW))).outcome == Outcome.UNPROVED
    unproved = await do(shop, lambda s: stages.start_unproved(s, asked(), threshold=0.9))
    assert unproved.outcome == Outcome.ALARMED
    await promoted(shop)
    assert (await topic_of(shop)).alarmed_at is None
    assert [each.event for each in await history(shop)] == ["promoted", "alarmed", "promoted"]
    assert (await history(shop))[1].by == "baton"


async def test_a_stricter_tolerance_withdraws_the_certificate_and_returns_the_topic_to_copilot(shop: Database) -> None:
    certificate = await promoted(shop)
    changed = await do(shop, lambda s: stages.set_tolerance(s, asked(), 0.02, NOW))
    assert changed.done
    topic = await topic_of(shop)
    assert (topic.stage, topic.tolerance, topic.certificate_id) == (Stage.COPILOT, 0.02, "")
    async with shop.reading() as session:
        withdrawn = await session.get(Certificate, (WORKSPACE, certificate.id))
    assert withdrawn and withdrawn.withdrawn_at


async def test_a_stricter_tolerance_that_is_proved_already_keeps_autopilot_with_its_threshold(shop: Database) -> None:
    await promoted(shop)
    strict = await certify(shop, tolerance=0.02, threshold=0.9)
    await do(shop, lambda s: stages.set_tolerance(s, asked(), 0.02, NOW))
    topic = await topic_of(shop)
    assert (topic.stage, topic.certificate_id, topic.threshold) == (Stage.AUTOPILOT, strict.id, 0.9)


async def test_a_looser_tolerance_keeps_certificate_and_threshold_and_watches_the_new_promise(shop: Database) -> None:
    certificate = await promoted(shop)
    await do(shop, lambda s: stages.set_tolerance(s, asked(), 0.1, NOW))
    topic = await topic_of(shop)
    assert (topic.stage, topic.certificate_id, topic.threshold) == (Stage.AUTOPILOT, certificate.id, 0.7)
    async with shop.reading() as session:
        watched = await certificates.monitor(session, WORKSPACE, "returns")
    assert watched and watched.tolerance == 0.1


@pytest.mark.parametrize("tolerance", [0.0, 0.004, 0.51, 1.0, float("nan")])
async def test_a_tolerance_that_cannot_be_meant_is_refused(shop: Database, tolerance: float) -> None:
    changed = await do(shop, lambda s: stages.set_tolerance(s, asked(), tolerance, NOW))
    assert changed.outcome == Outcome.OUT_OF_RANGE
    assert (await topic_of(shop)).tolerance == 0.05


async def test_the_second_of_two_managers_learns_what_the_first_one_changed(shop: Database) -> None:
    revision = (await topic_of(shop)).revision
    await do(shop, lambda s: stages.set_tolerance(s, asked(by="U0FIRST00", revision=revision), 0.02, NOW))
    changed = await do(shop, lambda s: stages.set_tolerance(s, asked(revision=revision), 0.1, NOW))
    assert changed.outcome == Outcome.STALE
    assert changed.change and (changed.change.by, changed.change.after["tolerance"]) == ("U0FIRST00", 0.02)
    assert (await topic_of(shop)).tolerance == 0.02


async def test_of_managers_at_the_same_moment_exactly_one_changes_the_topic(shop: Database) -> None:
    revision = (await topic_of(shop)).revision
    wishes = [
        do(shop, lambda s, share=share: stages.set_tolerance(s, asked(revision=revision), share, NOW))
        for share in (0.01, 0.02, 0.03, 0.04)
    ]
    outcomes = sorted(changed.outcome for changed in await asyncio.gather(*wishes))
    assert outcomes == ["done", "stale", "stale", "stale"]
    assert len(await history(shop)) == 1


async def test_holding_a_topic_keeps_its_certificate_for_a_later_promotion(shop: Database) -> None:
    certificate = await promoted(shop)
    await do(shop, lambda s: stages.hold(s, asked(), Stage.COPILOT))
    topic = await topic_of(shop)
    assert (topic.stage, topic.certificate_id, topic.certified_drafter) == (Stage.COPILOT, "", "")
    assert (await do(shop, lambda s: stages.promote(s, asked(), NOW))).done
    assert (await topic_of(shop)).certificate_id == certificate.id


async def test_autopilot_is_reached_by_a_promotion_alone(shop: Database) -> None:
    with pytest.raises(ValueError, match="promotion"):
        await do(shop, lambda s: stages.hold(s, asked(), Stage.AUTOPILOT))


async def test_what_is_so_already_is_not_written_down_again(shop: Database) -> None:
    held = await do(shop, lambda s: stages.hold(s, asked(), Stage.COPILOT))
    same = await do(shop, lambda s: stages.set_tolerance(s, asked(), 0.05, NOW))
    assert (held.outcome, same.outcome) == (Outcome.SAME, Outcome.SAME)
    assert await history(shop) == []


async def test_a_new_certificate_moves_the_threshold_of_a_topic_on_autopilot(shop: Database) -> None:
    await promoted(shop)
    looser = await certify(shop, threshold=0.55)
    await do(shop, lambda s: stages.take_certificate(s, looser))
    topic = await topic_of(shop)
    assert (topic.certificate_id, topic.threshold) == (looser.id, 0.55)


async def test_a_certificate_promotes_no_topic_by_itself(shop: Database) -> None:
    certificate = await certify(shop)
    await do(shop, lambda s: stages.take_certificate(s, certificate))
    topic = await topic_of(shop)
    assert (topic.stage, topic.certificate_id) == (Stage.COPILOT, "")


async def test_another_version_returns_proved_topics_to_copilot_and_comes_back_with_its_certificate(
    shop: Database,
) -> None:
    await promoted(shop)
    changed = await do(shop, lambda s: stages.follow_version(s, WORKSPACE, "returns", NEXT))
    assert changed.done
    assert (await topic_of(shop)).stage == Stage.COPILOT
    assert (await history(shop))[0].event == TopicEvent.VERSION_CHANGED
    assert (await do(shop, lambda s: stages.promote(s, asked(), NOW))).done  # the version before serves again


async def test_another_version_with_a_certificate_of_its_own_stays_on_autopilot(shop: Database) -> None:
    await promoted(shop)
    own = await certify(shop, NEXT, threshold=0.8)
    await do(shop, lambda s: stages.follow_version(s, WORKSPACE, "returns", NEXT))
    topic = await topic_of(shop)
    assert (topic.stage, topic.certificate_id, topic.threshold) == (Stage.AUTOPILOT, own.id, 0.8)
    assert topic.certified_drafter == "drafter-2"


async def test_an_unproved_topic_is_bound_to_no_version(shop: Database) -> None:
    await do(shop, lambda s: stages.start_unproved(s, asked(), threshold=0.8))
    changed = await do(shop, lambda s: stages.follow_version(s, WORKSPACE, "returns", NEXT))
    assert changed.outcome == Outcome.SAME


async def add_belongings(database: Database) -> None:
    await evidence.add(database, [evidence.review(1)])
    async with database.transaction() as session:
        given: dict[str, Any] = {"id": "a1", "source": "s", "source_key": "k", "title": "Returning", "topic": "returns"}
        session.add(Article(workspace_id=WORKSPACE, **given))
        place: dict[str, Any] = {"channel_id": "C1", "thread_ts": "1.0", "customer_id": "U1", "topic": "returns"}
        session.add(Conversation(workspace_id=WORKSPACE, id="c1", **place))


async def topics_named(database: Database) -> dict[str, str]:
    async with database.reading() as session:
        tables = (Review, Article, Conversation, Certificate, Monitor)
        rows = [(await session.exec(select(table))).first() for table in tables]
    return {type(row).__name__: row.topic for row in rows if row}


async def test_a_renamed_topic_keeps_evidence_certificate_and_past(shop: Database) -> None:
    await add_belongings(shop)
    certificate = await promoted(shop)
    changed = await do(shop, lambda s: stages.rename(s, asked(), "refunds", title="Refunds"))
    assert changed.done
    topic = await topic_of(shop, "refunds")
    assert (topic.stage, topic.certificate_id, topic.title) == (Stage.AUTOPILOT, certificate.id, "Refunds")
    assert set((await topics_named(shop)).values()) == {"refunds"}
    assert [each.event for each in await history(shop, "refunds")] == ["renamed", "promoted"]
    async with shop.reading() as session:
        assert await topics.by_name(session, WORKSPACE, "returns") is None


@pytest.mark.parametrize("name", ["delivery", "", "  ", "x" * 61])
async def test_a_name_that_is_taken_or_none_is_refused(shop: Database, name: str) -> None:
    assert (await do(shop, lambda s: stages.rename(s, asked(), name))).outcome == Outcome.TAKEN
    assert (await topic_of(shop)).name == "returns"


async def test_a_merger_returns_the_topic_to_copilot_with_the_stricter_limits_and_new_evidence(shop: Database) -> None:
    await add_belongings(shop)
    await certify(shop, topic="delivery")
    await do(shop, lambda s: stages.promote(s, asked("delivery"), NOW))
    await do(shop, lambda s: stages.set_tolerance(s, asked(), 0.02, NOW))
    assert (await do(shop, lambda s: stages.merge(s, asked(), "delivery"))).done
    topic = await topic_of(shop, "delivery")
    assert (topic.stage, topic.certificate_id, topic.tolerance) == (Stage.COPILOT, "", 0.02)
    assert (await topics_named(shop))["Article"] == "delivery"
    assert (await topics_named(shop))["Review"] == "returns"  # it told of the topic as it was
    async with shop.reading() as session:
        assert await topics.new_ground_since(session, WORKSPACE, "delivery")
    assert (await do(shop, lambda s: stages.promote(s, asked("delivery"), NOW))).outcome == Outcome.UNPROVED


async def test_a_topic_is_merged_neither_into_itself_nor_into_nothing(shop: Database) -> None:
    for into in ("returns", "nowhere"):
        assert (await do(shop, lambda s, into=into: stages.merge(s, asked(), into))).outcome == Outcome.GONE
    assert (await topic_of(shop)).stage == Stage.COPILOT


async def test_a_topic_that_articles_name_is_not_deleted(shop: Database) -> None:
    await add_belongings(shop)
    assert (await do(shop, lambda s: stages.delete(s, asked()))).outcome == Outcome.IN_USE


async def test_a_deleted_topic_comes_back_in_copilot(shop: Database) -> None:
    await promoted(shop)
    assert (await do(shop, lambda s: stages.delete(s, asked()))).done
    async with shop.transaction() as session:
        again = Topic(workspace_id=WORKSPACE, name="returns", stage=Stage.AUTOPILOT)
        fresh = Topic(workspace_id=WORKSPACE, name="repairs", stage=Stage.AUTOPILOT)
        await workspaces.add_missing_topics(session, WORKSPACE, [again, fresh])
    assert (await topic_of(shop)).stage == Stage.COPILOT
    assert (await topic_of(shop, "repairs")).stage == Stage.AUTOPILOT
    assert (await do(shop, lambda s: stages.promote(s, asked(), NOW))).outcome == Outcome.UNPROVED


async def test_a_topic_that_is_not_there_is_said_to_be_gone(shop: Database) -> None:
    changes = [
        lambda s: stages.promote(s, asked("fog"), NOW),
        lambda s: stages.start_unproved(s, asked("fog"), threshold=0.5),
        lambda s: stages.hold(s, asked("fog"), Stage.SHADOW),
        lambda s: stages.set_tolerance(s, asked("fog"), 0.1, NOW),
        lambda s: stages.alarm(s, WORKSPACE, "fog", why="?"),
        lambda s: stages.follow_version(s, WORKSPACE, "fog", NEXT),
        lambda s: stages.rename(s, asked("fog"), "mist"),
        lambda s: stages.merge(s, asked("fog"), "returns"),
        lambda s: stages.delete(s, asked("fog")),
    ]
    for change in changes:
        assert (await do(shop, change)).outcome == Outcome.GONE
