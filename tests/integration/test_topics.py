"""Managers govern topics in Slack: App Home, the form, its second steps, and the plot."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.demo.workspace import Person
from bot.reports import reporting
from bot.slack.people import Role
from bot.trust import basis as bases
from bot.views.ids import ActionId
from handoff import looks, stages
from handoff.stages import Asked
from handoff.window import last_full_week
from storage import topics
from storage.evidence import TopicChange
from storage.kinds import Stage as TopicStage
from storage.kinds import TopicEvent
from storage.row import now
from storage.tables import Topic
from tests import evidence
from tests.integration.dialogue import Json, by_bot, words
from tests.locks import slack_is_asked_without_a_lock
from tests.stage import ADA, BEN, MANAGERS, MIA, SEED, Stage, on_stage

WORKSPACE = SEED.team_id
Typed = dict[str, dict[str, Json]]


@pytest.fixture
async def shop(database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """A workspace with two topics in copilot, of which one has earned its certificate."""
    async with on_stage(database_url, tmp_path) as opened:
        versions = (await bases.of_runtime(opened.bot.runtime)).versions
        async with opened.database.transaction() as session:
            for name in ("returns", "delivery"):
                session.add(Topic(workspace_id=WORKSPACE, name=name, title=name.capitalize(), stage=TopicStage.COPILOT))
            session.add(
                evidence.certificate(
                    workspace_id=WORKSPACE,
                    drafter_version=versions.drafter,
                    confidence_version=versions.confidence,
                )
            )
        given: dict[str, Any] = {"workspace_id": WORKSPACE, "drafter_version": versions.drafter}
        await evidence.add_clean(opened.database, 40, wrong=3, topic="delivery", **given)
        yield opened


async def topic_of(shop: Stage, name: str = "returns") -> Topic:
    async with shop.database.reading() as session:
        found = await topics.by_name(session, WORKSPACE, name)
    assert found
    return found


async def history(shop: Stage, name: str = "returns") -> list[TopicChange]:
    async with shop.database.reading() as session:
        return list(await topics.changes(session, WORKSPACE, name))


def typed(**fields: str) -> Typed:
    return {name: {name: {"type": "plain_text_input", "value": value}} for name, value in fields.items()}


def button(view: Json, action_id: str, topic: str) -> Json:
    """The view with only the block of this topic's button, for a page has one of each topic."""
    found = [each for each in view["blocks"] if action_id in str(each) and f'"{topic}"' in str(each)]
    return {**view, "blocks": found}


async def home_shows(person: Person, part: str) -> None:
    """Wait until App Home says something."""

    async def look() -> bool:
        return part in str(await person.opens_home())

    await person.until(look)


async def manages(person: Person, topic: str = "returns") -> Json:
    """Open the form of a topic from App Home."""
    home = await person.opens_home()
    await person.presses_in_view(button(home, ActionId.MANAGE_TOPIC, topic), ActionId.MANAGE_TOPIC)
    return await person.modal()


async def test_home_tells_managers_where_each_topic_stands(shop: Stage) -> None:
    home = str((await (await shop.person(MIA)).opens_home())["blocks"])
    assert "At most 5 % of autonomous replies wrong, 90 % sure, from 61 reviews; 58 % of drafts are sure enough" in home
    assert "more clean reviews would prove the tolerance of 5 %" in home
    assert "wrong (" in home  # the estimate with its interval
    assert "too few to tell" in home  # agreement of two readers


async def test_agents_and_customers_get_no_way_to_govern(shop: Stage) -> None:
    for user in (BEN, ADA):
        home = await (await shop.person(user)).opens_home()
        assert ActionId.MANAGE_TOPIC not in str(home)


async def test_a_topic_is_promoted_in_two_steps_with_both_promises_in_sight(shop: Stage) -> None:
    mia = await shop.person(MIA)
    form = await manages(mia)
    await mia.presses_in_view(form, ActionId.ASK_TO_PROMOTE)
    second = await mia.modal()
    assert second["callback_id"] == "promote_form"
    assert "At most 5 % of autonomous replies wrong" in str(second)
    assert "Of all messages at most" in str(second)
    assert (await topic_of(shop)).stage == TopicStage.COPILOT  # the first step changes nothing
    assert (await mia.submits(second, typed(why="The reviews are in")))["result"] == "closed"
    topic = await topic_of(shop)
    assert (topic.stage, topic.threshold, topic.certificate_id) == (TopicStage.AUTOPILOT, 0.62, "certificate-1")
    (change,) = await history(shop)
    assert (change.event, change.by, change.why) == (TopicEvent.PROMOTED, MIA, "The reviews are in")
    news = await mia.reads(MANAGERS, until=by_bot(f"*Returns*: <@{MIA}> moved it from copilot to autopilot"))
    assert "The reviews are in" in words(news)
    await home_shows(mia, "monitor: nothing reviewed since")


async def test_where_nothing_is_proved_a_start_takes_a_warning_and_is_marked(shop: Stage) -> None:
    mia = await shop.person(MIA)
    form = await manages(mia, "delivery")
    assert ActionId.ASK_TO_PROMOTE not in str(form)
    await mia.presses_in_view(form, ActionId.ASK_TO_START_UNPROVED)
    second = await mia.modal()
    assert "Nothing proves this topic yet" in str(second)
    refused = await mia.submits(second, typed(threshold="ninety"))
    assert refused["errors"] == {"threshold": "Write a number from 0 to 1, such as 0.6."}
    assert (await mia.submits(second, typed(threshold="0.9")))["result"] == "closed"
    topic = await topic_of(shop, "delivery")
    assert (topic.stage, topic.threshold, topic.unproved_by) == (TopicStage.AUTOPILOT, 0.9, MIA)
    await home_shows(mia, "autopilot, *unproved*")


async def test_a_tolerance_is_set_and_a_wrong_one_keeps_what_was_typed(shop: Stage) -> None:
    mia = await shop.person(MIA)
    form = await manages(mia)
    for wrong, why in (("plenty", "such as 5 for 5 %"), ("0", "less can hardly be proved"), ("100", "most replies")):
        refused = await mia.submits(form, typed(tolerance=wrong))
        assert why in refused["errors"]["tolerance"]
    assert (await mia.submits(form, typed(tolerance="10")))["result"] == "closed"
    assert (await topic_of(shop)).tolerance == 0.1


async def test_the_second_of_two_managers_reads_what_the_first_one_changed(shop: Stage) -> None:
    mia = await shop.person(MIA)
    form = await manages(mia)
    async with shop.database.transaction() as session:
        versions = (await bases.of_runtime(shop.bot.runtime)).versions
        await stages.set_tolerance(session, Asked(WORKSPACE, "returns", BEN), 0.02, versions)
    refused = await mia.submits(form, typed(tolerance="10"))
    assert refused["errors"]["tolerance"] == "Ben Okafor set the tolerance from 5 % to 2 % a moment ago; look again."
    assert (await topic_of(shop)).tolerance == 0.02


async def test_a_topic_goes_back_to_copilot_from_its_form_at_once(shop: Stage) -> None:
    mia = await shop.person(MIA)
    versions = (await bases.of_runtime(shop.bot.runtime)).versions
    async with shop.database.transaction() as session:
        await stages.promote(session, Asked(WORKSPACE, "returns", MIA), versions)
    form = await manages(mia)
    await mia.presses_in_view(form, ActionId.TO_COPILOT, values=typed(why="Fees changed"))
    assert (await topic_of(shop)).stage == TopicStage.COPILOT
    assert "Fees changed" in [each.why for each in await history(shop)]

    async def changed() -> Json | None:
        view = await mia.modal()
        return view if "copilot: agents approve" in str(view) else None

    await mia.until(changed)


async def test_the_history_names_who_changed_what(shop: Stage) -> None:
    mia = await shop.person(MIA)
    async with shop.database.transaction() as session:
        await stages.hold(session, Asked(WORKSPACE, "returns", MIA, why="A quiet week"), TopicStage.SHADOW)
    await mia.presses_in_view(await manages(mia), ActionId.TOPIC_HISTORY)
    shown = str(await mia.modal())
    assert f"<@{MIA}> returned it from copilot to shadow" in shown
    assert "A quiet week" in shown


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_plot_is_posted_to_who_asked_for_it(shop: Stage) -> None:
    mia = await shop.person(MIA)
    form = await manages(mia, "delivery")
    await mia.presses_in_view(form, ActionId.TOPIC_PLOT)
    opened = await shop.bot.runtime.client.conversations_open(users=MIA)
    channel = (opened.get("channel") or {})["id"]
    post = await mia.reads(channel, until=lambda message: bool(message.get("files")))
    assert post["files"][0]["name"] == "risk-delivery.png"
    assert "Delivery, from 40 reviews" in words(post)


async def test_presses_of_a_form_by_somebody_who_is_no_manager_any_more_change_nothing(
    shop: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    mia = await shop.person(MIA)
    form = await manages(mia)
    nobody = dict.fromkeys(Role, frozenset[str]())
    monkeypatch.setattr(shop.bot.runtime.people, "_members", nobody)
    refused = await mia.submits(form, typed(tolerance="10"))
    assert "Only the managers" in str(refused["errors"])
    await mia.presses_in_view(form, ActionId.TO_SHADOW)
    assert (await topic_of(shop)).tolerance == 0.05
    assert (await topic_of(shop)).stage == TopicStage.COPILOT


async def test_a_form_of_a_topic_that_was_renamed_meanwhile_says_so(shop: Stage) -> None:
    mia = await shop.person(MIA)
    form = await manages(mia)
    async with shop.database.transaction() as session:
        await stages.rename(session, Asked(WORKSPACE, "returns", MIA), "refunds")
    refused = await mia.submits(form, typed(tolerance="10"))
    assert "renamed, merged or deleted" in refused["errors"]["tolerance"]


async def test_who_was_faster_is_named_without_keeping_the_topic_meanwhile(
    shop: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    mia = await shop.person(MIA)
    form = await manages(mia)
    async with shop.database.transaction() as session:
        versions = (await bases.of_runtime(shop.bot.runtime)).versions
        await stages.set_tolerance(session, Asked(WORKSPACE, "returns", BEN), 0.02, versions)
    asked = slack_is_asked_without_a_lock(shop, monkeypatch, Topic)
    refused = await mia.submits(form, typed(tolerance="10"))
    assert "Ben Okafor" in refused["errors"]["tolerance"]
    assert BEN in asked


async def test_a_report_on_older_days_does_not_tell_how_near_a_certificate_is_today(shop: Stage) -> None:
    newest = await reporting.build(shop.bot.runtime, last_full_week(now(), "UTC"))
    older = await reporting.build(shop.bot.runtime, last_full_week(now() - timedelta(weeks=1), "UTC"))
    assert "close" in {move.change for move in newest.moves}
    assert "close" not in {move.change for move in older.moves}


def test_the_first_look_is_not_so_far_away_that_nobody_waits_for_it() -> None:
    assert looks.planned(1, 0.05).reviews <= 100
