"""`baton versions`: the present version, the one on trial, and what a takeover would do."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select, update

from bot.drafting.embedded import EmbeddedDrafter
from bot.settings import Settings
from bot.thinking import challenger
from bot.thinking.versions import version_of
from handoff import confidence
from storage.database import Database
from storage.endings import Rating
from storage.evidence import Look
from storage.row import now
from storage.tables import Conversation, Topic
from tests import evidence, weeks
from tests.bot import recorded
from tests.bot.terminal import Terminal

pytestmark = pytest.mark.usefixtures("clean_environment", "restored_logging")

PRESENT = version_of(EmbeddedDrafter())


@pytest.fixture
async def team(database: Database, database_url: str, terminal: Terminal) -> Terminal:
    """A terminal whose database knows a team with one topic."""
    await weeks.add_workspace(database, ["returns"])
    terminal.set(database_url=database_url)
    return terminal


def on_trial(terminal: Terminal) -> str:
    """Name a version on trial; returns its key."""
    terminal.set(challenger_drafter="openai", challenger_model="newer", openai_api_key="sk-nobody")
    named: dict[str, Any] = {"challenger_drafter": "openai", "challenger_model": "newer", "openai_api_key": "sk-nobody"}
    built = challenger.build(Settings(_env_file=None, **named), "", EmbeddedDrafter())  # pyright: ignore[reportCallIssue]
    assert built is not None
    return built.version


async def test_without_a_challenger_the_way_to_one_is_told(team: Terminal) -> None:
    code, out, err = await team.run("versions")
    assert (code, err) == (0, "")
    assert PRESENT in out
    assert "embedded extractive" in out
    assert "BATON_CHALLENGER_DRAFTER" in out
    assert "on trial:" not in out


async def test_a_challenger_that_cannot_run_is_explained(team: Terminal) -> None:
    team.set(challenger_drafter="embedded")
    code, out, _ = await team.run("versions")
    assert code == 0
    assert "name the present version: nothing to compare." in out


async def test_two_versions_stand_side_by_side(team: Terminal, database: Database) -> None:
    rival = on_trial(team)
    drafted: dict[str, Any] = {"drafter_version": PRESENT}
    silent: dict[str, Any] = {"drafter_version": rival, "dollars": 0.5, "role": "shadow"}
    await recorded.add(database, 1, draft=drafted, decision=drafted)  # before both run
    await recorded.add(database, 4, draft=silent, decision={"drafter_version": rival, "role": "shadow"})
    await recorded.add(database, 5, draft=drafted, decision=drafted | {"confidence": 0.4, "action": "propose"})
    await recorded.add(
        database, 6, without_draft=True, decision={"drafter_version": rival, "reason": "model_failed",
                                                  "confidence": None, "role": "shadow", "action": "hand_off"}
    )  # fmt: skip
    _, out, _ = await team.run("versions", "--json")
    told = json.loads(out)
    assert told["trial"]["version"]["key"] == rival
    assert told["trial"]["version"]["model"] == "newer"
    assert told["trial"]["drafted"]["in_silence"] == 1
    assert told["trial"]["drafted"]["dollars"] == 0.5
    assert (told["trial"]["decided"]["sure_enough"], told["trial"]["decided"]["failed"]) == (1, 1)
    assert (told["present"]["decided"]["sure_enough"], told["present"]["decided"]["weighed"]) == (0, 1)


async def test_reviewers_compare_them_by_the_uniform_sample_alone(team: Terminal, database: Database) -> None:
    rival = on_trial(team)
    await recorded.add(database, 0, draft={"drafter_version": rival, "role": "shadow"})
    later = recorded.START + timedelta(days=1)

    def judged(first: int, count: int, wrong: int, **fields: Any) -> list[Any]:
        return [
            evidence.review(number, drafted_at=later, verdict="wrong" if number < first + wrong else "right", **fields)
            for number in range(first, first + count)
        ]

    rows = [
        *judged(0, 100, 5, drafter_version=rival),
        *judged(1_000, 100, 30, drafter_version=PRESENT),
        *judged(2_000, 50, 50, drafter_version=rival, audit=False, drawn="targeted"),
    ]
    rows[50] = evidence.review(50, drafted_at=later, drafter_version=rival, verdict="right")
    rows.append(evidence.review(9_999, draft_id="d000050", reading=2, drafted_at=later, drafter_version=rival,
                                verdict="harmful"))  # fmt: skip
    await evidence.add(database, rows)
    _, out, _ = await team.run("versions")
    assert "6 of 100 (6 %" in out  # the second reading counts
    assert "30 of 100 (30 %" in out
    assert "Fewer of its drafts were wrong: \u221224 points" in out


async def test_what_a_version_on_trial_did_before_there_was_the_present_one_is_held_against_nothing(
    team: Terminal, database: Database
) -> None:
    rival, day = on_trial(team), timedelta(days=1)
    await recorded.add(database, 0, draft={"drafter_version": rival})
    await recorded.add(database, 20 * 24, draft={"drafter_version": PRESENT})
    early, late = recorded.START + day, recorded.START + 21 * day
    rows = [evidence.review(each, drafted_at=early, verdict="wrong", drafter_version=rival) for each in range(30)]
    for first, version in ((100, rival), (200, PRESENT)):
        rows += [
            evidence.review(first + each, drafted_at=late, verdict="right", drafter_version=version)
            for each in range(10)
        ]
    unreadable: dict[str, Any] = {"verdict": "unsure", "reviewer_id": "baton"}
    rows += [evidence.review(300 + each, drafted_at=late, drafter_version=rival, **unreadable) for each in range(5)]
    await evidence.add(database, rows)
    _, out, _ = await team.run("versions")
    assert "Since both run, 22 November 2026" in out
    assert out.count("0 of 10 (0 %") == 2


async def test_customers_compare_what_either_answered(team: Terminal, database: Database) -> None:
    rival = on_trial(team)
    number = 0
    for version, scores in ((rival, [5] * 36 + [2] * 4), (PRESENT, [5] * 8 + [1] * 32)):
        for score in scores:
            number += 1
            conversation_id, _ = await recorded.add(
                database, number, draft={"drafter_version": version}, decision={"drafter_version": version}
            )
            async with database.transaction() as session:
                ended: dict[str, Any] = {"state": "resolved", "resolved_by": "ai", "resolved_at": now()}
                await session.exec(
                    update(Conversation).where(col(Conversation.id) == conversation_id).values(topic="returns", **ended)
                )
                session.add(Rating(workspace_id="T1", conversation_id=conversation_id, customer_id="UADA", score=score))
    _, out, _ = await team.run("versions")
    assert "36 of 40" in out
    assert "8 of 40" in out
    assert "Customers were more satisfied with it" in out


async def test_what_a_takeover_would_do_is_foretold(team: Terminal, database: Database) -> None:
    rival = on_trial(team)
    await recorded.add_certificate(database, drafter_version=PRESENT, confidence_version=confidence.VERSION)
    proved: dict[str, Any] = {"certificate_id": "cert1", "certified_drafter": PRESENT}
    async with database.transaction() as session:
        await session.exec(update(Topic).values(**proved, certified_confidence=confidence.VERSION))
    _, out, _ = await team.run("versions")
    assert "If it took over now: This change will return 1 topic to copilot: Returns." in out
    assert "present   At most 5 % of autonomous replies wrong" in out
    await recorded.add_certificate(
        database, "cert2", drafter_version=rival, confidence_version=confidence.VERSION, reviews=60
    )
    _, out, _ = await team.run("versions")
    assert "By a certificate of their own go on: Returns." in out


async def test_looking_at_the_versions_spends_no_look_at_the_evidence(team: Terminal, database: Database) -> None:
    rival = on_trial(team)
    own: dict[str, Any] = {"drafter_version": rival, "confidence_version": confidence.VERSION}
    await evidence.add_clean(database, 200, **own)
    _, out, _ = await team.run("versions", "--json")
    assert json.loads(out)["trial"]["topics"][0]["evidence"] == 200
    async with database.reading() as session:
        assert (await session.exec(select(Look))).all() == []
