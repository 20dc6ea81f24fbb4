"""`baton topics` and `baton topic` as an operator meets them."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.commands import topic as work
from bot.settings import Settings
from bot.trust import basis as bases
from bot.trust.basis import Basis
from handoff import confidence
from storage import topics
from storage.database import Database
from storage.evidence import ConfidenceFit
from storage.kinds import Stage
from storage.tables import Topic
from tests import evidence, weeks
from tests.bot.terminal import Terminal
from tests.weeks import WORKSPACE

pytestmark = pytest.mark.usefixtures("clean_environment", "restored_logging")


@pytest.fixture
async def shop(database: Database, database_url: str, terminal: Terminal) -> Terminal:
    """A terminal whose database has two topics in copilot, of which one has its certificate."""
    await weeks.add_workspace(database, ["returns", "delivery"])
    terminal.set(database_url=database_url)
    basis = await _basis(database)
    async with database.transaction() as session:
        for name in ("returns", "delivery"):
            row = await topics.by_name(session, WORKSPACE, name)
            assert row
            row.stage = Stage.COPILOT
        session.add(
            evidence.certificate(
                workspace_id=WORKSPACE,
                drafter_version=basis.versions.drafter,
                confidence_version=basis.versions.confidence,
            )
        )
    await evidence.add_clean(database, 30, wrong=2, topic="delivery", drafter_version=basis.versions.drafter)
    return terminal


async def _basis(database: Database) -> Basis:
    settings = Settings(_env_file=None)  # pyright: ignore[reportCallIssue]
    return await bases.of_settings(settings, database, WORKSPACE)


async def topic_of(database: Database, name: str = "returns") -> Topic | None:
    async with database.reading() as session:
        return await topics.by_name(session, WORKSPACE, name)


async def test_topics_tell_where_each_one_stands(shop: Terminal) -> None:
    code, out, _ = await shop.run("topics")
    assert code == 0
    assert "Returns (returns): copilot: agents approve every reply" in out
    assert "\n  At most 5 % of autonomous replies wrong, 90 % sure, from 61 reviews" in out
    assert "more clean reviews would prove the tolerance of 5 %" in out
    assert "too few to tell" in out


async def test_topics_as_json_hold_words_and_figures(shop: Terminal) -> None:
    _, out, _ = await shop.run("topics", "--json")
    told: dict[str, Any] = json.loads(out)
    by_name = {each["name"]: each for each in told["topics"]}
    assert by_name["returns"]["proof"]["threshold"] == 0.62
    assert by_name["returns"]["can_be_promoted"] is True
    assert by_name["delivery"]["missing"]["clean_reviews_needed"] > 0
    assert by_name["delivery"]["evidence"] == 30
    assert by_name["delivery"]["error"]["value"] < by_name["delivery"]["error"]["high"]
    assert "monitor_words" in by_name["delivery"]


async def test_without_topics_it_says_where_they_come_from(
    database: Database, database_url: str, terminal: Terminal
) -> None:
    await weeks.add_workspace(database)
    terminal.set(database_url=database_url)
    _, out, _ = await terminal.run("topics")
    assert "No topics yet" in out


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_topic_is_shown_with_its_plot(shop: Terminal, tmp_path: Path) -> None:
    code, out, err = await shop.run("topic", "show", "delivery", "--png", str(tmp_path / "plot.png"))
    assert code == 0
    assert "Delivery, from 30 reviews: answering everything" in out
    assert "The plot is in" in err
    assert (tmp_path / "plot.png").read_bytes().startswith(b"\x89PNG")
    _, out, _ = await shop.run("topic", "show", "delivery", "--json")
    assert len(json.loads(out)["risk_coverage"]) == 30


async def test_a_topic_that_is_not_there_is_named_beside_those_that_are(shop: Terminal) -> None:
    for wish in ("show fog", "set fog --tolerance 0.1", "history fog", "merge returns fog"):
        code, _, err = await shop.run("topic", *wish.split())
        assert (code, err) == (1, "There is no topic fog. Known: delivery, returns.\n")


async def test_a_tolerance_and_a_stage_are_set_and_written_down(shop: Terminal, database: Database) -> None:
    code, out, _ = await shop.run(
        "topic", "set", "returns", "--tolerance", "0.1", "--stage", "shadow", "--why", "a test"
    )
    assert code == 0
    assert "Returns: set the tolerance from 5 % to 10 %." in out
    topic = await topic_of(database)
    assert topic and (topic.tolerance, topic.stage) == (0.1, Stage.SHADOW)
    _, out, _ = await shop.run("topic", "history", "returns")
    assert "returned it from copilot to shadow (a test)" in out
    _, out, _ = await shop.run("topic", "history", "returns", "--json")
    assert [each["event"] for each in json.loads(out)] == ["demoted", "tolerance_set"]


@pytest.mark.parametrize("share", ["0", "1", "0.9"])
async def test_a_tolerance_that_cannot_be_meant_is_refused_with_a_word(shop: Terminal, share: str) -> None:
    code, _, err = await shop.run("topic", "set", "returns", "--tolerance", share)
    assert code == 1
    assert "A tolerance lies between 0.5 % and 50 %" in err


async def test_setting_nothing_is_a_wrong_use(shop: Terminal) -> None:
    code, _, err = await shop.run("topic", "set", "returns")
    assert code == 2
    assert "--tolerance" in err


async def test_a_promotion_shows_both_promises_and_asks(
    shop: Terminal, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([False, True])
    monkeypatch.setattr(work.typer, "confirm", lambda _: next(answers))
    code, out, _ = await shop.run("topic", "promote", "returns")
    assert code == 0
    assert "of all messages at most" in out
    assert "Nothing was changed." in out
    code, out, _ = await shop.run("topic", "promote", "returns")
    assert (code, "moved it from copilot to autopilot with threshold 0.62" in out) == (0, True)
    topic = await topic_of(database)
    assert topic and topic.certificate_id == "certificate-1"


async def test_without_a_certificate_a_promotion_takes_a_word_more(shop: Terminal, database: Database) -> None:
    code, out, _ = await shop.run("topic", "promote", "delivery", "--yes")
    assert code == 1
    assert "`--unproved` starts it knowingly" in out
    code, out, _ = await shop.run("topic", "promote", "delivery", "--unproved", "--yes")
    assert (code, "marked unproved everywhere" in out) == (0, True)
    topic = await topic_of(database, "delivery")
    assert topic and (topic.stage, topic.certificate_id) == (Stage.AUTOPILOT, "")


async def test_topics_are_renamed_merged_and_deleted(shop: Terminal, database: Database) -> None:
    _, out, _ = await shop.run("topic", "rename", "returns", "refunds", "--title", "Refunds")
    assert "Write `topic: refunds` into your articles too" in out
    _, out, _ = await shop.run("topic", "merge", "refunds", "delivery")
    assert "merged refunds into it" in out
    assert await topic_of(database, "refunds") is None
    code, out, _ = await shop.run("topic", "delete", "delivery", "--yes")
    assert (code, await topic_of(database, "delivery")) == (0, None)
    code, _, err = await shop.run("topic", "merge", "delivery", "delivery")
    assert (code, "There is no topic delivery" in err) == (1, True)


async def test_a_confidence_model_is_adopted_after_reading_what_that_does(shop: Terminal, database: Database) -> None:
    code, _, err = await shop.run("adopt", "--yes")
    assert (code, "waits to be adopted" in err) == (1, True)
    assert (await shop.run("topic", "promote", "returns", "--yes"))[0] == 0
    model = confidence.ConfidenceModel("fit-00000001", 0.5, {"strength": confidence.Weight(2.0, 0.5)})
    figures = {"candidate": {"log_loss": 0.3}, "serving": {"log_loss": 0.5}, "reviews": 200}
    async with database.transaction() as session:
        given: dict[str, Any] = {"weights": model.as_json(), "metrics": figures, "trained_until": evidence.BEGAN}
        session.add(ConfidenceFit(workspace_id=WORKSPACE, version=model.version, reviews=200, **given))
    _, out, _ = await shop.run("topics")
    assert "A better confidence model waits (fit-00000001)" in out
    assert "log loss 0.300 (now 0.500)" in out
    code, out, _ = await shop.run("adopt", "--yes")
    assert (code, "This change will return 1 topic to copilot: Returns." in out) == (0, True)
    topic = await topic_of(database)
    assert topic and topic.stage == Stage.COPILOT
    assert (await _basis(database)).versions.confidence == "fit-00000001"
    assert (await shop.run("adopt", "fit-00000001", "--yes"))[0] == 1
