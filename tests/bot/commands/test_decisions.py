"""The commands of an auditor: a decision run again, all of them exported, those that an article misled."""

import json
import tracemalloc
from collections.abc import AsyncIterator
from math import inf
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, delete, select, update

from bot.commands import decision as commands
from bot.drafting.embedded import EmbeddedDrafter
from bot.thinking.versions import version_of
from handoff import confidence
from storage import decisions
from storage.database import Database
from storage.decisions import Wanted
from storage.evidence import Look, Review
from storage.ids import new_id
from storage.row import now
from storage.tables import Conversation, Decision, Message, Topic
from tests import evidence, weeks
from tests.bot import recorded
from tests.bot.terminal import Terminal

pytestmark = pytest.mark.usefixtures("clean_environment", "restored_logging")


@pytest.fixture
async def audited(
    database: Database, database_url: str, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Terminal]:
    """A terminal whose database knows a team with one topic and one article."""
    monkeypatch.setattr(commands, "QUIET_SECONDS", inf)  # however slow the machine is, an export tells no progress
    await weeks.add_workspace(database, ["returns"])
    await recorded.add_article(database)
    terminal.set(database_url=database_url)
    yield terminal


async def set_topic(database: Database, **fields: object) -> None:
    async with database.transaction() as session:
        await session.exec(update(Topic).values(**fields))


async def test_a_decision_cannot_be_changed_but_goes_with_its_conversation(database: Database) -> None:
    await weeks.add_workspace(database, ["returns"])
    conversation_id, decision_id = await recorded.add(database, reviews=({"verdict": "right"},))
    with pytest.raises(DBAPIError, match="a decision is never changed"):
        async with database.transaction() as session:
            await session.exec(update(Decision).values(action="hand_off"))
    async with database.reading() as session:
        kept = await decisions.by_id(session, recorded.TEAM, decision_id)
        assert kept is not None
        assert kept.action == "answer"
    async with database.transaction() as session:
        await session.exec(delete(Conversation).where(col(Conversation.id) == conversation_id))
    async with database.reading() as session:
        assert await decisions.by_id(session, recorded.TEAM, decision_id) is None
        assert (await session.exec(select(Review.verdict))).all() == ["right"]  # holds no word of it, and stays


async def test_by_the_same_policy_a_decision_goes_the_same_way(audited: Terminal, database: Database) -> None:
    _, decision_id = await recorded.add(database)
    code, out, err = await audited.run("decision", "replay", decision_id)
    assert (code, err) == (0, "")
    assert "It would go the same way: answer the customer." in out
    assert "Since then" not in out


async def test_a_stricter_threshold_turns_it_and_says_why(audited: Terminal, database: Database) -> None:
    _, decision_id = await recorded.add(database)
    _, out, _ = await audited.run("decision", "replay", decision_id, "--threshold", "0.9")
    assert "It would go the other way: then answer the customer, now hand off to a person (AI was unsure)." in out
    assert "The threshold was 0.6, and is 0.9." in out
    assert "Not sure enough of the draft (confidence 0.81, the threshold is 0.90)." in out


async def test_a_topic_that_went_to_copilot_since_proposes(audited: Terminal, database: Database) -> None:
    _, decision_id = await recorded.add(database)
    await set_topic(database, stage="copilot")
    _, out, _ = await audited.run("decision", "replay", decision_id, "--json")
    told = json.loads(out)
    assert told["other_way"]
    assert (told["then"]["action"], told["now"]["action"]) == ("answer", "propose")
    assert told["why"] == ["The topic was on autopilot, and is on copilot."]
    _, out, _ = await audited.run("decision", "replay", decision_id, "--stage", "autopilot", "--json")
    assert not json.loads(out)["other_way"]


@pytest.mark.parametrize(
    ("made", "now"),
    [
        ({"action": "hand_off", "reason": "wish", "without": True}, "wish"),
        ({"action": "hand_off", "reason": "frustration", "frustration": 0.7, "without": True}, "frustration"),
        ({"action": "hand_off", "reason": "nothing_found", "passages": [], "without": True}, "nothing_found"),
        ({"action": "hand_off", "reason": "model_failed", "without": True}, "model_failed"),
        ({"action": "hand_off", "reason": "policy", "reasons": ["Only a file."], "without": True}, "policy"),
        ({"action": "clarify", "reasons": ["The message asks nothing yet."], "without": True}, ""),
        (
            {
                "action": "hand_off",
                "reason": "policy",
                "reasons": ["The customer came back after a person had worked on it."],
            },
            "policy",
        ),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_no_threshold_decided_stays_as_it_was(
    audited: Terminal, database: Database, made: dict[str, object], now: str
) -> None:
    without = bool(made.pop("without", False))
    fields = made | ({"confidence": None} if without else {})
    _, decision_id = await recorded.add(database, decision=fields, without_draft=without)
    _, out, _ = await audited.run("decision", "replay", decision_id, "--threshold", "0.1", "--json")
    told = json.loads(out)
    assert not told["other_way"]
    assert told["now"]["reason"] == now


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_looser_limit_of_frustration_brings_back_no_draft_that_never_was(
    audited: Terminal, database: Database
) -> None:
    made = {"action": "hand_off", "reason": "frustration", "frustration": 0.7, "passages": [], "confidence": None}
    _, decision_id = await recorded.add(database, decision=made, without_draft=True)
    await set_topic(database, frustration_limit=0.9)
    _, out, _ = await audited.run("decision", "replay", decision_id)
    assert "no draft was made then" in out


async def test_what_it_rested_on_and_changed_since_is_named(audited: Terminal, database: Database) -> None:
    _, decision_id = await recorded.add(database, decision={"input_hash": "another"})
    async with database.transaction() as session:
        await session.exec(update(Message).values(text="May I return it?"))
    await recorded.set_article(database, "a1", content_hash="h2")
    _, out, _ = await audited.run("decision", "replay", decision_id)
    assert "The conversation reads otherwise now" in out
    assert "The article “Returning an item” was changed since." in out


async def test_another_tolerance_takes_the_threshold_that_reviews_prove_for_it(
    audited: Terminal, database: Database
) -> None:
    _, decision_id = await recorded.add(database)
    _, out, _ = await audited.run("decision", "replay", decision_id, "--tolerance", "0.1")
    assert "Nothing is proved for 10 %, so an agent decides." in out
    assert "now put the draft before an agent" in out
    own: dict[str, Any] = {"drafter_version": version_of(EmbeddedDrafter()), "confidence_version": confidence.VERSION}
    await evidence.add_clean(database, 200, **own)
    _, out, _ = await audited.run("decision", "replay", decision_id, "--tolerance", "0.1", "--json")
    told = json.loads(out)
    assert (told["now"]["action"], told["now"]["unproved"]) == ("answer", False)
    assert told["now"]["threshold"] == pytest.approx(0.49, abs=0.02)
    assert told["why"][-1].startswith("Tested now, once: Returns: at most 10 % of autonomous replies wrong, 90 % sure")
    async with database.reading() as session:
        assert (await session.exec(select(Look))).all() == []


async def test_signals_are_weighed_by_the_model_of_today(audited: Terminal, database: Database) -> None:
    made = {"confidence_version": "fit-gone", "signals": {"own_confidence": 0.1, "coverage": 0.1}}
    _, decision_id = await recorded.add(database, decision=made)
    _, out, _ = await audited.run("decision", "replay", decision_id)
    assert "then answer the customer, now hand off to a person (AI was unsure)" in out
    assert f"Confidence was weighed by fit-gone, today by {confidence.VERSION}: 0.81 became 0.0" in out
    assert "The confidence model fit-gone that weighed it is no longer on record." in out


async def test_a_decision_nobody_knows_ends_with_one(audited: Terminal) -> None:
    code, out, err = await audited.run("decision", "replay", "nothing")
    assert (code, out) == (1, "")
    assert err.startswith("There is no decision nothing. It may have been erased with its conversation.")


async def test_drafting_again_uses_the_articles_of_today(audited: Terminal, database: Database, tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "tents.md").write_text(
        "---\ntitle: Returning a tent\ntopic: returns\n---\n# Returning a tent\n\nYou may return an unused tent "
        "within 90 days.\n"
    )
    await audited.run("knowledge", "sync", str(tmp_path / "articles"))
    _, decision_id = await recorded.add(database)
    code, out, _ = await audited.run("decision", "replay", decision_id, "--draft-again")
    assert code == 0
    assert "within 90 days" in out
    assert "Version v1 drafted; today" in out


async def test_a_message_that_was_taken_back_cannot_be_drafted_again(audited: Terminal, database: Database) -> None:
    _, decision_id = await recorded.add(database)
    async with database.transaction() as session:
        await session.exec(update(Message).values(deleted_at=recorded.START))
    code, _, err = await audited.run("decision", "replay", decision_id, "--draft-again")
    assert code == 1
    assert "the customer took the message back" in err


async def test_an_exported_decision_explains_itself_without_a_word_of_the_customer(
    audited: Terminal, database: Database
) -> None:
    await recorded.add_certificate(database)
    review = {"verdict": "wrong", "fault": "outdated", "reviewer_id": "UBEN", "note": "tent is not unused"}
    made = {"certificate_id": "cert1", "unproved": False}
    await recorded.add(database, decision=made, draft={"dollars": 0.0021}, reviews=(review,), handed_off=True)
    code, out, err = await audited.run("decisions", "export")
    assert (code, err) == (0, "1 decision is listed.\n")
    told = json.loads(out)
    assert told["certificate"]["reviews"] == 312
    assert told["reviews"][0]["verdict"] == "wrong"
    assert told["contributions"][0] == ["own_confidence", 1.2]
    assert told["draft"]["cost"]["dollars"] == 0.0021
    assert told["versions"] == {"drafter": "v1", "confidence": confidence.VERSION}
    assert "unused" not in out
    assert "30 days" not in out


async def test_text_goes_along_only_when_asked(audited: Terminal, database: Database) -> None:
    await recorded.add(database, reviews=({"verdict": "wrong", "note": "not unused"},))
    _, out, _ = await audited.run("decisions", "export", "--with-text")
    text = json.loads(out)["text"]
    assert text["question"] == recorded.QUESTION
    assert text["draft"] == recorded.REPLY
    assert text["review_notes"] == ["not unused"]


async def test_an_export_is_a_whole_file_of_the_days_and_topic_asked_for(
    audited: Terminal, database: Database, tmp_path: Path
) -> None:
    for number in (1, 2, 30):
        await recorded.add(database, number)
    await recorded.add(database, 3, decision={"topic": "delivery"})
    target = tmp_path / "decisions.jsonl"
    code, out, err = await audited.run(
        "decisions", "export", str(target), "--from", "2026-11-02", "--to", "2026-11-02", "--topic", "returns"
    )
    assert (code, out, err) == (0, "", f"2 decisions are in {target}.\n")
    assert len(target.read_text().splitlines()) == 2
    assert not target.with_name("decisions.jsonl.part").exists()
    code, _, err = await audited.run("decisions", "export", "--from", "2026-11-03", "--to", "2026-11-02")
    assert (code, err) == (2, "--to 2026-11-02 is before --from 2026-11-03. Write the earlier day after --from.\n")


async def test_pages_follow_each_other_without_a_gap_also_within_one_moment(database: Database) -> None:
    await weeks.add_workspace(database, ["returns"])
    for number in (1, 1, 1, 2, 3):
        await recorded.add(database, number, thread=new_id())
    pages = [page async for page in decisions.pages(database, recorded.TEAM, Wanted(), size=2)]
    assert [len(page) for page in pages] == [2, 2, 1]
    ids = [each.decision.id for page in pages for each in page]
    assert len(set(ids)) == 5


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_memory_does_not_grow_with_the_number_of_decisions(database: Database) -> None:
    await weeks.add_workspace(database, ["returns"])
    await recorded.add(database)
    async with database.reading() as session:
        one = (await session.exec(select(Decision))).one().model_dump()

    async def peak() -> int:
        tracemalloc.start()
        async for _ in decisions.pages(database, recorded.TEAM, Wanted(), size=50):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    async def add(count: int) -> None:
        async with database.writing_connection() as connection:
            await connection.execute(insert(Decision), [one | {"id": new_id()} for _ in range(count)])

    await add(100)
    await peak()
    few = await peak()
    await add(2_000)
    assert await peak() < 1.5 * few


async def test_decisions_that_an_article_misled_are_listed(audited: Terminal, database: Database) -> None:
    _, misled = await recorded.add(database, 1)
    _, other = await recorded.add(database, 2, decision={"passages": []})
    code, out, err = await audited.run("decisions", "affected", "--article", "returns.md")
    assert (code, out) == (0, "")
    assert err == "1 decision read “Returning an item”, all as it is now.\n"
    await recorded.set_article(database, "a1", content_hash="h2")
    _, out, err = await audited.run("decisions", "affected", "--article", "returns.md")
    assert misled in out
    assert "cited it, changed since" in out
    assert other not in out
    assert "1 of them as it no longer is" in err
    _, out, _ = await audited.run("decisions", "affected", "--article", "a1", "--json")
    assert json.loads(out)["decision_id"] == misled


async def test_without_a_name_every_article_that_is_not_as_it_was_read_is_listed(
    audited: Terminal, database: Database
) -> None:
    _, first = await recorded.add(database, 1)
    read = {"passage_id": "p", "content_hash": "h2", "score": 1.0, "coverage": 0.5}
    _, second = await recorded.add(database, 2, decision={"passages": [read | {"article_id": "a1"}]})
    _, third = await recorded.add(database, 3, decision={"passages": [read | {"article_id": "a2"}]})
    await recorded.add_article(database, "a2", source="elsewhere")
    await recorded.set_article(database, "a2", content_hash="h2")
    code, out, err = await audited.run("decisions", "affected")
    assert (code, first in out, second in out, third in out) == (0, False, True, False)
    assert err == "1 decision rested on 1 article that changed or no longer holds.\n"
    changes: list[tuple[dict[str, Any], str]] = [
        ({"replaced_by": "a1"}, "replaced since"),
        ({"valid_until": now()}, "expired since"),
    ]
    for change, words in changes:
        await recorded.set_article(database, "a2", **({"replaced_by": ""} | change))
        _, out, _ = await audited.run("decisions", "affected", "--json")
        lines = {line["decision_id"]: line["since_then"] for line in map(json.loads, out.splitlines())}
        assert lines == {second: "changed since", third: words}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_decisions_that_read_articles_as_they_are_cost_a_look_into_the_index(database: Database) -> None:
    statement = decisions._NO_LONGER_SO.text  # pyright: ignore[reportPrivateUsage]
    async with database.reading() as session:
        connection = await session.connection()
        asked = {"workspace": "T1", "at": "2026-01-01"}
        rows = (await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", asked)).all()
    looks = [row[-1] for row in rows if "decision_article" in row[-1] or " read " in f"{row[-1]} "]
    assert len(looks) == 4
    assert all(look.startswith("SEARCH") for look in looks)


async def test_an_article_nobody_knows_or_two_know_is_asked_for_again(audited: Terminal, database: Database) -> None:
    code, _, err = await audited.run("decisions", "affected", "--article", "nope.md")
    assert code == 1
    assert err.startswith("There is no article nope.md.")
    await recorded.add_article(database, "a2", source="elsewhere")
    code, _, err = await audited.run("decisions", "affected", "--article", "returns.md")
    assert code == 1
    assert "a1  articles: returns.md" in err
