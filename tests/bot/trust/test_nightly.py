"""The work of the night: models are fitted on reviews, adopted only where that costs no promise, never a worse one."""

import asyncio
import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from bot import trust
from bot.trust import basis as bases
from bot.trust import fits as adopting
from bot.trust import fitting, nightly
from bot.trust.fitting import Fitted, Label, Task
from bot.views.ids import ActionId
from handoff import confidence, looks, mood_model
from handoff.draft import Author
from storage import fits, topics
from storage.evidence import ConfidenceFit, MoodFit, Review
from storage.ids import new_id
from storage.kinds import FitState, ReviewVerdict, Stage
from storage.queues import Outbox
from storage.row import now
from storage.tables import Conversation, Message, Topic
from tests import evidence
from tests.bot.trust.certified import certify
from tests.stage import ADA, MIA, SEED, SUPPORT, on_stage
from tests.stage import Stage as Theatre

WORKSPACE = SEED.team_id
NIGHT = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
BETTER = {
    "candidate": {"log_loss": 0.3, "brier": 0.1, "ece": 0.02},
    "serving": {"log_loss": 0.5, "brier": 0.2, "ece": 0.1},
}


@pytest.fixture
async def theatre(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Theatre]:
    """A running bot with a topic in copilot, which does no nightly work of its own."""

    async def nothing(*_: object) -> None:
        return

    monkeypatch.setattr(trust, "learn", nothing)
    async with on_stage(database_url, tmp_path) as opened:
        async with opened.database.transaction() as session:
            session.add(Topic(workspace_id=WORKSPACE, name="returns", title="Returns", stage=Stage.COPILOT))
        yield opened


def telling(count: int, seed: int = 1) -> list[Review]:
    """Reviews in which the search's strength tells right from wrong, to which the prior gives little weight."""
    chance = random.Random(seed)
    rows: list[Review] = []
    for number in range(count):
        strength = chance.random()
        right = chance.random() < 0.05 + 0.9 * (strength > 0.5)
        signals = {"own_confidence": 0.7, "strength": strength, "coverage": chance.random()}
        verdict = ReviewVerdict.RIGHT if right else ReviewVerdict.WRONG
        rows.append(evidence.review(number, workspace_id=WORKSPACE, signals=signals, verdict=verdict))
    return rows


async def models(theatre: Theatre) -> list[ConfidenceFit]:
    async with theatre.database.reading() as session:
        return list(await fits.every(session, ConfidenceFit, WORKSPACE))


async def told(theatre: Theatre) -> str:
    async with theatre.database.reading() as session:
        rows = (await session.exec(select(Outbox).where(Outbox.purpose == "trust").order_by(Outbox.id))).all()
    return "\n".join(f"{row.payload['text']} {row.payload['blocks']}" for row in rows)


async def offered(theatre: Theatre) -> ConfidenceFit:
    """A candidate that was fitted before, on drafts made until a known moment."""
    model = confidence.ConfidenceModel("fit-00000001", 0.5, {"strength": confidence.Weight(2.0, 0.5)})
    fit = ConfidenceFit(
        workspace_id=WORKSPACE,
        version=model.version,
        weights=model.as_json(),
        reviews=200,
        trained_until=evidence.BEGAN,
        metrics=BETTER | {"reviews": 200},
    )
    async with theatre.database.transaction() as session:
        await fits.offer(session, fit)
    return fit


def no_fitting(monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(_: Task) -> Fitted:
        raise AssertionError("nothing was to be fitted")

    monkeypatch.setattr(fitting, "run", never)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_better_model_serves_where_no_topic_has_a_certificate_to_lose(theatre: Theatre) -> None:
    await evidence.add(theatre.database, telling(240))
    assert await nightly.learn(theatre.bot.runtime, NIGHT)
    (fit,) = await models(theatre)
    assert (fit.state, fit.reviews) == (FitState.SERVING, 240)
    assert fit.metrics["candidate"]["log_loss"] < fit.metrics["serving"]["log_loss"]
    assert fit.trained_until == evidence.BEGAN + timedelta(minutes=239)
    serving = (await theatre.bot.runtime.ground()).weighing.confidence
    assert serving.version == fit.version
    assert serving.score({"strength": 0.9}).value > 0.8
    assert serving.score({"strength": 0.1}).value < 0.3
    assert "A new confidence model is in use" in await told(theatre)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_model_that_is_not_better_is_never_offered(theatre: Theatre) -> None:
    chance = random.Random(3)
    rows = telling(200)
    for row in rows:
        row.verdict = chance.choice([ReviewVerdict.RIGHT, ReviewVerdict.WRONG])
        row.signals = {"own_confidence": 0.77}  # the prior says .5 of it, and so it is
    await evidence.add(theatre.database, rows)
    assert await nightly.learn(theatre.bot.runtime, NIGHT)
    assert await models(theatre) == []


async def test_a_night_is_worked_once_by_whichever_process_comes_first(
    theatre: Theatre, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_fitting(monkeypatch)
    worked = await asyncio.gather(*(nightly.learn(theatre.bot.runtime, NIGHT) for _ in range(3)))
    assert sorted(worked) == [False, False, True]
    assert not await nightly.learn(theatre.bot.runtime, NIGHT)
    assert await nightly.learn(theatre.bot.runtime, NIGHT + timedelta(days=1))


async def test_a_candidate_that_would_cost_a_certificate_waits_for_a_manager(theatre: Theatre) -> None:
    await certify(theatre)
    fit = await offered(theatre)
    await nightly.learn(theatre.bot.runtime, NIGHT)
    assert [each.state for each in await models(theatre)] == [FitState.CANDIDATE]
    mia = await theatre.person(MIA)
    home = str((await mia.opens_home())["blocks"])
    assert "A better confidence model is ready" in home
    assert "This change will return 1 topic to copilot: Returns." in home
    await mia.presses_in_view(await mia.opens_home(), ActionId.ADOPT_FIT)
    form = await mia.modal()
    assert "log loss 0.300 (now 0.500)" in str(form)
    assert (await mia.submits(form, {}))["result"] == "closed"
    assert [each.state for each in await models(theatre)] == [FitState.SERVING]
    async with theatre.database.reading() as session:
        topic = await topics.by_name(session, WORKSPACE, "returns")
    assert topic and topic.stage == Stage.COPILOT
    assert (await theatre.bot.runtime.ground()).weighing.confidence.version == fit.version
    assert "*Returns* returned to copilot" in await told(theatre)
    assert await adopting.adopt_by_hand(theatre.bot.runtime, fit.version, MIA) == adopting.GONE


async def test_a_candidate_is_adopted_when_later_reviews_prove_every_certified_topic_under_it(theatre: Theatre) -> None:
    await certify(theatre)
    fit = await offered(theatre)
    versions = (await bases.of_runtime(theatre.bot.runtime)).versions
    await evidence.add_clean(
        theatre.database,
        looks.planned(1, 0.05).reviews + 1,
        workspace_id=WORKSPACE,
        drafter_version=versions.drafter,
        signals={"strength": 0.8},
    )
    await nightly.learn(theatre.bot.runtime, NIGHT)
    assert [each.state for each in await models(theatre)] == [FitState.SERVING]
    async with theatre.database.reading() as session:
        topic = await topics.by_name(session, WORKSPACE, "returns")
    assert topic
    assert (topic.stage, topic.certified_confidence) == (Stage.AUTOPILOT, fit.version)


async def test_a_model_is_fitted_again_only_after_the_reviews_have_doubled(
    theatre: Theatre, monkeypatch: pytest.MonkeyPatch
) -> None:
    fit = await offered(theatre)
    async with theatre.database.transaction() as session:
        await fits.adopt(session, fit)
    await evidence.add(theatre.database, telling(399))
    no_fitting(monkeypatch)
    await nightly.learn(theatre.bot.runtime, NIGHT)
    assert len(await models(theatre)) == 1


async def test_a_stored_model_that_cannot_be_read_leaves_the_prior_in_use(theatre: Theatre) -> None:
    fit = await offered(theatre)
    async with theatre.database.transaction() as session:
        fit.weights = {"format": "of another time"}
        await fits.adopt(session, fit)
    theatre.bot.runtime.forget()
    assert (await theatre.bot.runtime.ground()).weighing.confidence is confidence.PRIOR


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_labelled_moods_are_read_from_the_conversations_that_still_stand(
    theatre: Theatre, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Task] = []

    async def fit(task: Task) -> Fitted:
        asked.append(task)
        model = mood_model.fitted(0.2, {"sense": 1.0})
        return Fitted(version=model.version, weights=model.to_json(), words="Better.")

    monkeypatch.setattr(fitting, "run", fit)
    monkeypatch.setattr(nightly, "LEAST_MOODS", 2)
    moment = now()
    async with theatre.database.transaction() as session:
        place: dict[str, Any] = {"channel_id": SUPPORT, "thread_ts": "1.0", "customer_id": ADA}
        session.add(Conversation(workspace_id=WORKSPACE, id="c000001", **place))
        await session.flush()
        said: dict[str, Any] = {"author": Author.CUSTOMER, "author_id": ADA, "conversation_id": "c000001"}
        for text, later in (("This is the third time I ask!!", -1), ("Thank you, solved.", 60)):
            created = moment + timedelta(seconds=later)
            session.add(Message(workspace_id=WORKSPACE, id=new_id(), text=text, created_at=created, **said))
    rows = [
        evidence.review(1, workspace_id=WORKSPACE, drafted_at=moment, customer_frustrated=True),
        evidence.review(2, workspace_id=WORKSPACE, drafted_at=moment, customer_frustrated=False),  # erased since
    ]
    await evidence.add(theatre.database, rows)
    await nightly.learn(theatre.bot.runtime, NIGHT)
    (task,) = [each for each in asked if each.kind == "mood"]
    assert [each.so for each in task.labels] == [True]
    async with theatre.database.reading() as session:
        (stored,) = await fits.every(session, MoodFit, WORKSPACE)
    assert (stored.state, stored.labels) == (FitState.SERVING, 1)
    assert (await theatre.bot.runtime.ground()).weighing.mood.version == stored.version


async def test_the_process_fits_a_model_or_says_why_not() -> None:
    labels = [Label(signals=each.signals, so=each.verdict == "right", group=each.draft_id) for each in telling(150)]
    fitted = await fitting.run(Task(kind="confidence", labels=labels, present=confidence.PRIOR.as_json()))
    assert fitted.better
    assert confidence.ConfidenceModel.from_json(fitted.weights or {}).version == fitted.version
    few = fitting.fit(Task(kind="mood", labels=labels[:5], present=mood_model.PRIOR.to_json()))
    assert not few.better
    assert "195 more" in few.words
