"""Rehearsals on real parts: the shop's scenarios, past conversations of a real bot, and what must never happen."""

import json
import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest
import respx
from pydantic import SecretStr
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import text
from sqlmodel import select

from bot.commands import rehearse, scenario
from bot.commands.rehearse import Wanted
from bot.commands.workspace import CommandProblem
from bot.demo import shop
from bot.models import failures
from bot.rehearsal.finished import Finished
from bot.rehearsal.grounds import Overrides
from bot.rehearsal.results import Outcome, Rehearsal, Replayed
from bot.settings import Settings
from handoff import confidence
from handoff.confidence import ConfidenceModel
from storage.database import Database
from storage.evidence import ConfidenceFit, Review
from storage.ids import new_id
from storage.kinds import Action, DraftRole, Drawn, FitState, ReviewVerdict
from storage.row import Row, now
from storage.tables import Conversation, Decision, Message
from tests.bot.drafting.answers import ANSWER, URL, completion
from tests.integration.dialogue import asks, by_bot
from tests.stage import ADA, ANSWERED, SEED, SUPPORT, UNKNOWN, Stage

ONLY_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ALWAYS = timedelta(days=3_000)


@pytest.fixture(name="httpx2_mock")
def httpx2_mock_for_drafters(httpx2_mock: respx.Router, monkeypatch: pytest.MonkeyPatch) -> respx.Router:
    """Models are asked over httpx2, for that is where respx stands; in a bot they are asked over aiohttp."""
    monkeypatch.setattr(failures, "DefaultAioHttpClient", httpx2.AsyncClient)
    return httpx2_mock


def alone(**given: Any) -> Settings:
    """Settings that know no environment, no Slack and no database."""
    return Settings(_env_file=None, database_url="sqlite:////nowhere/at/all.db", **given)  # pyright: ignore[reportCallIssue]


async def rehearsed(settings: Settings, wanted: Wanted) -> Rehearsal:
    return (await rehearse.rehearse(settings, wanted))[0]


async def test_the_shipped_scenarios_come_out_as_they_say() -> None:
    found = await rehearsed(alone(), Wanted(demo=True))
    wrong = {each.name: [check.why for check in each.having(Outcome.FAILED)] for each in found.scenarios if each.broke}
    assert wrong == {}
    gone = [f"{each.name}: {check.name}" for each in found.scenarios for check in each.having(Outcome.HOLDS_NOW)]
    assert gone == [], "these weaknesses are gone: take their known_weakness out of the scenario"
    assert len(found.scenarios) >= 30
    assert not found.broke


async def test_a_changed_knowledge_base_breaks_what_rests_on_it(tmp_path: Path) -> None:
    articles = shutil.copytree(shop.ARTICLES, tmp_path / "articles")
    (articles / "payments" / "gift-cards-and-codes.md").unlink()
    found = await rehearsed(alone(), Wanted(demo=True, knowledge=articles))
    broke = {each.name for each in found.scenarios if each.broke}
    assert "answer-gift-card-validity" in broke
    assert "answer-delivery-abroad" not in broke


async def test_a_changed_policy_breaks_what_rests_on_it() -> None:
    found = await rehearsed(alone(), Wanted(demo=True, overrides=Overrides(threshold=1.0)))
    assert {"answer-gift-card-validity", "german-delivery"} <= {each.name for each in found.scenarios if each.broke}
    copilot = await rehearsed(alone(), Wanted(demo=True, overrides=Overrides(stage="copilot")))
    step = next(each for each in copilot.scenarios if each.name == "answer-gift-card-validity").steps[0]
    assert (step.action, step.stage) == (Action.PROPOSE, "copilot")
    assert "3 years" in step.proposal
    assert "3 years" not in step.reply


async def test_the_same_rehearsal_twice_is_the_same_whatever_runs_beside_it() -> None:
    one = await rehearsed(alone(), Wanted(demo=True, parallel=1))
    other = await rehearsed(alone(), Wanted(demo=True, parallel=16))
    assert rehearse.as_text(one) == rehearse.as_text(other)


@pytest.fixture
async def talked(stage: Stage) -> AsyncIterator[Stage]:
    """A stage on which Ada asked three things; an answer was reviewed as wrong."""
    ada = await stage.person(ADA)
    question, _ = await asks(ada, ANSWERED)
    await ada.says(SUPPORT, "How long does express delivery take?", thread=question["ts"])
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("one working day"))
    await asks(ada, UNKNOWN)
    yield stage


async def counted(database: Database) -> dict[str, int]:
    """The rows of every table."""
    async with database.engine.connect() as connection:
        return {
            name: (await connection.execute(text(f"SELECT count(*) FROM {name}"))).scalar_one()
            for name in sorted(Row.metadata.tables)
        }


async def reviewed(database: Database, verdict: ReviewVerdict, *, audit: bool = True) -> None:
    """A verdict on the first answer."""
    async with database.transaction() as session:
        answered = select(Decision).where(Decision.action == Action.ANSWER).order_by(Decision.id)
        decision = (await session.exec(answered)).first()
        assert decision is not None
        drawn = select(Review).where(Review.draft_id == decision.draft_id)
        for each in (await session.exec(drawn)).all():
            await session.delete(each)
        await session.flush()
        session.add(
            Review(
                workspace_id=decision.workspace_id,
                id=new_id(),
                draft_id=decision.draft_id or "",
                conversation_id=decision.conversation_id,
                decision_id=decision.id,
                topic=decision.topic,
                drafter_version=decision.drafter_version,
                audit=audit,
                audit_share=0.1,
                probability=0.1,
                drawn=Drawn.AUDIT if audit else Drawn.TARGETED,
                verdict=verdict,
            )
        )


def past(**changes: Any) -> Wanted:
    return Wanted(last=ALWAYS, **changes)


def by_words(found: Rehearsal, action: Action) -> list[Replayed]:
    return [each for each in found.replayed if each.then.action == action]


async def test_past_conversations_go_the_same_way_when_nothing_changed(talked: Stage) -> None:
    found = await rehearsed(talked.settings, past())
    assert [each.then.action for each in found.replayed] == [Action.ANSWER, Action.ANSWER, Action.HAND_OFF]
    assert not any(each.other_way or each.input_changed for each in found.replayed)
    assert [each.same_reply for each in found.replayed] == [True, True, False]
    assert [each.then.confidence for each in found.replayed] == pytest.approx(
        [each.now.confidence for each in found.replayed], abs=1e-3
    )
    assert not found.broke


async def test_nothing_is_written_and_nobody_is_told(talked: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    await talked.bot.worker.close()
    await talked.bot.sender.close()
    before = await counted(talked.database)

    async def call(*_: object, **__: object) -> None:
        raise AssertionError("Slack was called")

    monkeypatch.setattr(AsyncWebClient, "api_call", call)
    found = await rehearsed(talked.settings, past(sources=[shop.SCENARIOS], overrides=Overrides(threshold=0.0)))
    assert len(found.replayed) == 3
    assert len(found.scenarios) >= 30
    assert await counted(talked.database) == before


async def test_a_higher_threshold_sends_answers_the_other_way_and_says_why(talked: Stage) -> None:
    found = await rehearsed(talked.settings, past(overrides=Overrides(threshold=1.0)))
    changed = [each for each in found.replayed if each.other_way]
    assert [(each.then.action, each.now.action) for each in changed] == [(Action.ANSWER, Action.HAND_OFF)] * 2
    assert changed[0].because == ("The threshold was 0.60, and is 1.00.",)
    assert changed[0].now.reason == "low_confidence"


@ONLY_SQLITE
async def test_another_stage_turns_answers_into_proposals(talked: Stage) -> None:
    found = await rehearsed(talked.settings, past(overrides=Overrides(stage="copilot")))
    changed = [each for each in found.replayed if each.other_way]
    assert [each.now.action for each in changed] == [Action.PROPOSE] * 2
    assert "The stage was autopilot, and is copilot." in changed[0].because
    assert all(each.able_at for each in changed)


@ONLY_SQLITE
async def test_changed_articles_are_rehearsed_without_being_stored(talked: Stage, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / "sponsoring.md").write_text(
        "---\ntitle: Sponsoring\ntopic: company\n---\n\n## Do we sponsor championships?\n\n"
        "We sponsor paragliding championships in Bhutan each May.\n"
    )
    before = await counted(talked.database)
    found = await rehearsed(talked.settings, past(knowledge=folder))
    ways = [(each.then.action, each.now.action) for each in found.replayed]
    assert ways == [(Action.ANSWER, Action.HAND_OFF)] * 2 + [(Action.HAND_OFF, Action.ANSWER)]
    assert await counted(talked.database) == before


async def test_a_reviewed_mistake_that_would_be_made_again_breaks_the_tolerance(talked: Stage) -> None:
    await reviewed(talked.database, ReviewVerdict.WRONG)
    found = await rehearsed(talked.settings, past())
    topic = next(each for each in found.topics if each.topic == "returns")
    assert (topic.at_threshold.reviewed, topic.at_threshold.wrong, topic.broke) == (1, 1, True)
    assert found.broke
    higher = await rehearsed(talked.settings, past(overrides=Overrides(threshold=1.0)))
    assert not higher.broke
    tolerant = await rehearsed(talked.settings, past(overrides=Overrides(tolerance=1.0)))
    assert not tolerant.broke


@ONLY_SQLITE
@pytest.mark.parametrize("audit", [True, False])
async def test_only_reviews_of_the_uniform_coin_count(talked: Stage, audit: bool) -> None:
    await reviewed(talked.database, ReviewVerdict.RIGHT, audit=audit)
    found = await rehearsed(talked.settings, past())
    topic = next(each for each in found.topics if each.topic == "returns")
    assert topic.at_threshold.reviewed == int(audit)
    assert by_words(found, Action.ANSWER)[0].verdict == "right"


async def fitted(database: Database, **changes: Any) -> ConfidenceModel:
    """A confidence model that the team's reviews taught until now, in use."""
    model = replace(confidence.PRIOR, version="fit-12345678", **changes)
    async with database.transaction() as session:
        session.add(
            ConfidenceFit(
                workspace_id=SEED.team_id,
                version=model.version,
                weights=model.as_json(),
                reviews=300,
                trained_until=now(),
                state=FitState.SERVING,
            )
        )
    return model


@ONLY_SQLITE
async def test_what_taught_the_confidence_model_is_no_evidence_about_it(talked: Stage) -> None:
    await reviewed(talked.database, ReviewVerdict.WRONG)
    model = await fitted(talked.database)
    found = await rehearsed(talked.settings, past())
    assert found.weighed_by == [model.version]
    assert not found.broke
    assert by_words(found, Action.ANSWER)[0].verdict == "wrong"
    await reviewed(talked.database, ReviewVerdict.WRONG)
    assert (await rehearsed(talked.settings, past())).broke


@ONLY_SQLITE
async def test_another_confidence_model_is_named_as_why(talked: Stage, tmp_path: Path) -> None:
    state = tmp_path / "state.jsonl"
    await rehearsed(talked.settings, past(state=state))
    await fitted(talked.database, bias=-20.0)
    found = await rehearsed(talked.settings, past(state=state))
    changed = [each for each in found.replayed if each.other_way]
    assert [each.now.reason for each in changed] == ["low_confidence"] * 2
    assert changed[0].because == (f"Confidence was weighed by {confidence.PRIOR.version}, and is by fit-12345678.",)


@ONLY_SQLITE
async def test_what_a_silent_version_decided_is_not_taken_again(talked: Stage) -> None:
    async with talked.database.transaction() as session:
        first = (await session.exec(select(Decision).order_by(Decision.id))).first()
        assert first is not None
        told = first.model_dump() | {"id": new_id(), "role": DraftRole.SHADOW, "draft_id": None}
        session.add(Decision.model_validate(told))
    assert len((await rehearsed(talked.settings, past())).replayed) == 3


@ONLY_SQLITE
async def test_a_conversation_that_was_edited_since_is_told(talked: Stage) -> None:
    async with talked.database.transaction() as session:
        for message in (await session.exec(select(Message).where(Message.text == ANSWERED))).all():
            message.text = "How long is the warranty on backpacks?"
            session.add(message)
    found = await rehearsed(talked.settings, past())
    assert [each.input_changed for each in found.replayed] == [True, True, False]


@ONLY_SQLITE
async def test_a_rehearsal_goes_on_where_it_stopped(
    talked: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = past(sources=[shop.SCENARIOS], state=tmp_path / "state.jsonl")
    first = await rehearsed(talked.settings, wanted)
    made: list[str] = []
    put = Finished.put

    def note(finished: Finished, key: str, result: Any) -> None:
        made.append(key)
        put(finished, key, result)

    monkeypatch.setattr(Finished, "put", note)
    again = await rehearsed(talked.settings, wanted)
    assert (made, rehearse.as_text(again)) == ([], rehearse.as_text(first))
    lines = (tmp_path / "state.jsonl").read_text().splitlines()
    (tmp_path / "state.jsonl").write_text("\n".join(lines[: len(lines) // 2]))
    assert rehearse.as_text(await rehearsed(talked.settings, wanted)) == rehearse.as_text(first)
    assert 0 < len(made) < len(lines)
    made.clear()
    await rehearsed(talked.settings, past(state=tmp_path / "state.jsonl", overrides=Overrides(threshold=0.9)))
    assert len(made) == 2, "another policy is another input"


@ONLY_SQLITE
async def test_a_new_review_is_a_new_input(talked: Stage, tmp_path: Path) -> None:
    await rehearsed(talked.settings, past(state=tmp_path / "state.jsonl"))
    await reviewed(talked.database, ReviewVerdict.WRONG)
    assert (await rehearsed(talked.settings, past(state=tmp_path / "state.jsonl"))).broke


async def test_a_scenario_from_a_conversation_can_be_rehearsed(
    talked: Stage, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with talked.database.reading() as session:
        first = (await session.exec(select(Conversation).order_by(Conversation.id))).first()
    assert first is not None
    out = tmp_path / "made.yaml"
    await scenario.from_one(talked.settings, first.id, names=[], out=out, team=None)
    assert "Ada" not in out.read_text()
    found = await rehearsed(talked.settings, Wanted(sources=[out]))
    assert [len(each.steps) for each in found.scenarios] == [2]
    assert not found.broke
    with pytest.raises(CommandProblem, match="cannot be written"):
        await scenario.from_one(talked.settings, first.id, names=[], out=out, team=None)
    with pytest.raises(CommandProblem, match="There is no conversation nope"):
        await scenario.from_one(talked.settings, "nope", names=[], out=None, team=None)
    capsys.readouterr()
    await scenario.from_one(talked.settings, first.id, names=["returns"], out=None, team=None)
    assert "and the names it was told" in capsys.readouterr().out


WITH_MODEL = """\
customer:
  who: Ada
  played_by: model
says: How long is a gift card valid?
checks:
  must_say: 3 years
  judge: Is it kind?
"""


def answers(customer: Callable[[], str], *, holds: bool = True) -> Callable[[httpx.Request], httpx.Response]:
    """A server that answers as drafter, customer and judge, by the form that is asked for."""

    def answer(request: httpx.Request) -> httpx.Response:
        form = json.loads(request.content)["response_format"]["json_schema"]["schema"]["properties"]
        if "leaves" in form:
            said = customer()
            told: dict[str, Any] = {"message": said, "leaves": not said}
        elif "holds" in form:
            told = {"why": "It greets nobody.", "holds": holds}
        else:
            told = {**ANSWER, "reply": "It is valid for 3 years.", "topic": "payments"}
        return httpx.Response(200, json=completion(json.dumps(told)))

    return answer


def with_model(**given: Any) -> Settings:
    return alone(
        drafter="openai",
        openai_api_key=SecretStr("k"),
        openai_base_url="https://models.example/v1",
        openai_model="gpt-4.1-mini",
        **given,
    )


@pytest.fixture
def modelled(tmp_path: Path) -> Path:
    """A scenario for a model."""
    (tmp_path / "kind.yaml").write_text(WITH_MODEL)
    return tmp_path / "kind.yaml"


@pytest.mark.parametrize("holds", [True, False])
async def test_a_model_drafts_plays_and_judges_where_it_is_wanted(
    modelled: Path, httpx2_mock: respx.Router, holds: bool
) -> None:
    lines = iter(["And where do I see what is left?", ""])
    httpx2_mock.post(URL).mock(side_effect=answers(lambda: next(lines), holds=holds))
    found = await rehearsed(with_model(), Wanted(demo=True, sources=[modelled]))
    (played,) = found.scenarios
    assert (played.played_by, [step.said for step in played.steps][1:]) == (
        "model",
        ["And where do I see what is left?"],
    )
    assert found.broke is not holds
    assert found.dollars == pytest.approx(5 * 0.00056)


async def test_without_a_model_the_script_plays_and_nobody_judges(modelled: Path) -> None:
    found = await rehearsed(alone(), Wanted(demo=True, sources=[modelled]))
    (played,) = found.scenarios
    assert (played.played_by, found.broke) == ("script", False)
    assert [check.name for check in played.having(Outcome.NOT_JUDGED)] == ["judge"]


async def test_the_ceiling_stops_before_it_is_passed_and_leaves_nothing_out_silently(
    tmp_path: Path, httpx2_mock: respx.Router
) -> None:
    for number in range(10):
        (tmp_path / f"{number}.yaml").write_text("says: How long is a gift card valid?\nchecks: {must_say: 3 years}\n")
    httpx2_mock.post(URL).mock(side_effect=answers(lambda: ""))
    state = tmp_path / "state.jsonl"
    wanted = Wanted(demo=True, sources=[tmp_path], most_dollars=0.002, state=state)
    found = await rehearsed(with_model(), wanted)
    stopped = [each for each in found.scenarios if each.problem]
    assert len(stopped) == 7
    assert found.dollars == pytest.approx(3 * 0.00056)
    assert "the ceiling of $0.00 was reached" in stopped[0].problem
    assert found.broke
    more = Wanted(demo=True, sources=[tmp_path], most_dollars=1.0, state=state)
    whole, paid = await rehearse.rehearse(with_model(), more)
    assert not whole.broke
    assert paid == pytest.approx(7 * 0.00056)
    assert whole.dollars == pytest.approx(10 * 0.00056)


async def test_a_model_without_a_known_price_takes_no_ceiling() -> None:
    settings = with_model().model_copy(update={"openai_model": "house-model"})
    with pytest.raises(CommandProblem, match="house-model is not known, so --max-dollars cannot be kept"):
        await rehearsed(settings, Wanted(demo=True, most_dollars=1.0))


async def test_a_model_that_fails_is_asked_again_next_time(
    modelled: Path, tmp_path: Path, httpx2_mock: respx.Router
) -> None:
    httpx2_mock.post(URL).respond(status_code=401, json={"error": {"message": "no"}})
    wanted = Wanted(demo=True, sources=[modelled], state=tmp_path / "state.jsonl")
    assert (await rehearsed(with_model(), wanted)).broke
    httpx2_mock.post(URL).mock(side_effect=answers(lambda: ""))
    assert not (await rehearsed(with_model(), wanted)).broke
