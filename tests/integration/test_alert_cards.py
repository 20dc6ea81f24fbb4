"""The cards of alerts: they stand in the managers' channel, whichever it is by now, and say how things are."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.alerts import alerting
from bot.alerts import cards as alert_cards
from bot.demo.workspace import Person
from bot.team import Alerts
from handoff.watches import Kind
from storage import alerts, topics, workspaces
from storage.row import now
from storage.tables import Topic
from storage.watched import Alert
from tests.integration.dialogue import Json, by_bot, eventually, has_button, words
from tests.integration.test_alerts import TEAM, alerts_of, fall, posts_of, rated, watch
from tests.stage import DESK, MANAGERS, MIA, RANDOM, Stage, on_stage


@pytest.fixture
async def still(database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """A stage whose own sweep stands still, so that the test's sweeps alone look."""
    team = tmp_path / "baton.toml"
    team.write_text("[alerts]\nfalse_alarms_a_year = 0\n")
    async with on_stage(database_url, tmp_path, team_file=team) as stage:
        runtime = stage.bot.runtime
        runtime.team = runtime.team.model_copy(update={"alerts": Alerts()})
        yield stage


async def _card(stage: Stage, mia: Person, channel: str, part: str) -> Json:
    """The card of the alert on all topics, as it stands in a channel."""
    return await mia.reads(
        channel, until=lambda each: by_bot(part)(each) and "Ratings have fallen in" not in words(each)
    )


async def test_a_card_goes_on_in_the_new_channel_of_the_managers_and_presses_change_it_where_it_is(
    still: Stage,
) -> None:
    stage = still
    await fall(stage)
    await alerting.sweep(stage.bot.runtime)
    mia = await stage.person(MIA)
    old = await _card(stage, mia, MANAGERS, "Ratings have fallen")

    async def arrived() -> bool | None:
        return all(each.ts for each in await alerts_of(stage)) or None

    await eventually(arrived)
    stage.bot.runtime.channels = replace(stage.bot.runtime.channels, managers=DESK)
    await alert_cards.settle_here(stage.bot.runtime)
    # Before the next sweep the old card is all there is, and its buttons work where it stands.
    await mia.presses(old, "alert_seen", channel=MANAGERS)
    old = await _card(stage, mia, MANAGERS, f"Seen by <@{MIA}>")
    assert await alerting.sweep(stage.bot.runtime) == 2
    new = await _card(stage, mia, DESK, f"Seen by <@{MIA}>")
    await mia.reads(MANAGERS, until=lambda each: each["ts"] == old["ts"] and f"goes on in <#{DESK}>" in words(each))
    await mia.presses(new, "alert_mute", channel=DESK)
    await _card(stage, mia, DESK, "Muted until")
    await eventually(arrived)
    assert await alerting.sweep(stage.bot.runtime) == 0


async def test_a_card_that_slack_did_not_take_goes_to_the_new_channel_of_the_managers(still: Stage) -> None:
    stage = still
    stage.bot.runtime.channels = replace(stage.bot.runtime.channels, managers="C0GONE")
    await alert_cards.settle_here(stage.bot.runtime)
    await fall(stage)
    await alerting.sweep(stage.bot.runtime)
    assert {(each.channel_id, each.ts) for each in await alerts_of(stage)} == {("C0GONE", None)}

    async def refused() -> bool | None:
        return all(each.refused for each in await alerts_of(stage)) or None

    await eventually(refused)
    put = len(await posts_of(stage))
    assert await alerting.sweep(stage.bot.runtime) == 2
    assert await alerting.sweep(stage.bot.runtime) == 0  # it would be refused again, and managers know
    stage.bot.runtime.channels = replace(stage.bot.runtime.channels, managers=DESK)
    await alert_cards.settle_here(stage.bot.runtime)
    assert await alerting.sweep(stage.bot.runtime) == 2
    mia = await stage.person(MIA)
    card = await _card(stage, mia, DESK, "Ratings have fallen")

    async def arrived() -> bool | None:
        return card["ts"] in [each.ts for each in await alerts_of(stage)] or None

    await eventually(arrived)
    assert await alerting.sweep(stage.bot.runtime) == 0
    assert len(await posts_of(stage)) == put + 2
    assert not any(each.refused for each in await alerts_of(stage))


async def _refused(stage: Stage) -> None:
    """Alerts whose cards the managers' channel did not take."""
    stage.workspace.state.channels[MANAGERS].archived = True
    await fall(stage)
    await alerting.sweep(stage.bot.runtime)

    async def refused() -> bool | None:
        return all(each.refused for each in await alerts_of(stage)) or None

    await eventually(refused)


async def test_what_the_managers_channel_does_not_take_each_manager_reads_directly_and_once(still: Stage) -> None:
    stage = still
    await _refused(stage)
    assert await alerting.sweep(stage.bot.runtime) == 2
    assert await alerting.sweep(stage.bot.runtime) == 0
    own = stage.workspace.state.im(MIA)

    async def told() -> list[Json] | None:
        found = [each for each in own.messages.values() if by_bot("Slack did not take this in")(each)]
        return found if len(found) == len(await alerts_of(stage)) else None

    card = next(each for each in await eventually(told) if "Ratings have fallen in" not in words(each))
    assert f"<#{MANAGERS}>" in words(card)
    mia = await stage.person(MIA)
    await mia.presses(card, "alert_seen", channel=own.id)
    await mia.reads(own.id, until=by_bot(f"Seen by <@{MIA}>"))
    assert await alerting.sweep(stage.bot.runtime) == 0


async def test_what_nobody_could_be_told_directly_is_told_once_it_is_known_who_the_managers_are(
    still: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = still
    people, known = stage.bot.runtime.people, await stage.bot.runtime.people.managers()
    answers = iter((frozenset[str](), known))

    async def managers() -> frozenset[str]:
        return next(answers)

    await _refused(stage)
    monkeypatch.setattr(people, "managers", managers)
    told: list[int] = []
    for _ in range(2):
        await alert_cards.follow(stage.bot.runtime)
        told.append(len(await posts_of(stage, alert_cards.DIRECTLY)))
    assert told == [0, len(known) * len(await alerts_of(stage))]


async def test_managers_are_told_directly_once_by_processes_that_look_at_the_same_time(
    still: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _refused(still)
    untold = await alerts_of(still)

    async def both_find(*_: object) -> list[Alert]:
        return untold

    monkeypatch.setattr(alerts, "out_of_date", both_find)
    for _ in range(2):
        assert await alert_cards.follow(still.bot.runtime) == len(untold)
    managers = await still.bot.runtime.people.managers()
    assert len(await posts_of(still, alert_cards.DIRECTLY)) == len(managers) * len(untold) > 0


async def test_a_card_on_its_way_is_not_posted_in_another_channel_as_well(still: Stage) -> None:
    stage = still
    async with stage.database.transaction() as session:
        row = alerts.begin(session, TEAM, Kind.RATINGS, "", since=now(), read=alerts.Cursor(now(), ""))
        raised = alerts.raised(session, row, since=now(), figures={}, told=True)
        raised.channel_id = RANDOM
    assert await alert_cards.follow(stage.bot.runtime) == 0


async def test_of_processes_that_name_two_channels_the_one_that_started_last_keeps_the_cards(still: Stage) -> None:
    stage = still
    await fall(stage)
    first = stage.bot.runtime
    await alerting.sweep(first)

    async def arrived() -> bool | None:
        return all(each.ts for each in await alerts_of(stage)) or None

    await eventually(arrived)
    second = replace(first, channels=replace(first.channels, managers=DESK))
    assert await alerting.sweep(second) == 0  # a command in a terminal knows a channel too, and moves nothing
    await alert_cards.settle_here(second)
    assert await alerting.sweep(first) == 2
    for _ in range(2):
        await eventually(arrived)
        assert [await alerting.sweep(each) for each in (second, first)] == [0, 0]
    assert {each.channel_id for each in await alerts_of(stage)} == {DESK}
    async with stage.database.transaction() as session:
        (alert,) = [each for each in await alerts_of(stage) if not each.topic]
        await alert_cards.post(session, first, alert)  # also what the older one posts itself
    assert alert.channel_id == DESK


async def test_who_starts_says_where_the_cards_are(still: Stage) -> None:
    async with still.database.reading() as session:
        assert await workspaces.managers_channel(session, TEAM) == MANAGERS


async def test_a_card_whose_alert_ended_before_it_arrived_does_not_stand_on(still: Stage) -> None:
    stage = still
    for days_ago in range(99, 38, -1):
        await rated(stage, days_ago, 1)
    await watch(stage, 39)
    for days_ago in range(38, -1, -1):
        await rated(stage, days_ago, 6 if days_ago > 28 else 1)
    await alerting.sweep(stage.bot.runtime)  # after weeks without a process: it is read how it came and how it went

    async def arrived() -> bool | None:
        found = await alerts_of(stage)
        return all(each.ts and each.ended_at for each in found) or None

    await eventually(arrived)
    await alerting.sweep(stage.bot.runtime)
    mia = await stage.person(MIA)
    card = await _card(stage, mia, MANAGERS, "Over since")
    assert not has_button("alert_seen")(card)


async def test_the_alert_of_a_topic_that_is_deleted_is_over_with_it(still: Stage) -> None:
    stage = still
    await fall(stage)
    await alerting.sweep(stage.bot.runtime)

    async def arrived() -> bool | None:
        return all(each.ts for each in await alerts_of(stage)) or None

    await eventually(arrived)
    async with stage.database.transaction() as session:
        session.add(Topic(workspace_id=TEAM, name="returns", title="Returns"))
        await session.flush()
        topic = await topics.by_name(session, TEAM, "returns", lock=True)
        assert topic
        await topics.remove(session, topic, into=None)
    await alerting.sweep(stage.bot.runtime)
    mia = await stage.person(MIA)
    card = await mia.reads(MANAGERS, until=by_bot("the topic is no more"))
    assert "Ratings have fallen in" in words(card)
    assert not has_button("alert_seen")(card)
    assert [each.topic for each in await alerts_of(stage) if not each.ended_at] == [""]


async def test_a_card_says_that_its_alert_is_over_and_has_no_buttons_then(still: Stage) -> None:
    stage = still
    await fall(stage)
    await alerting.sweep(stage.bot.runtime)
    mia = await stage.person(MIA)
    card = await _card(stage, mia, MANAGERS, "Ratings have fallen")
    async with stage.database.transaction() as session:
        alert = await alerts.standing(session, TEAM, Kind.RATINGS, "")
        assert alert
        alerts.end(session, alert, "recovered")
        alert.ts, alert.channel_id, alert.stale = card["ts"], MANAGERS, True
    await alerting.sweep(stage.bot.runtime)
    over = await mia.reads(MANAGERS, until=lambda each: each["ts"] == card["ts"] and "Over since" in words(each))
    assert not has_button("alert_seen")(over)
    assert "What to do now" not in words(over)
