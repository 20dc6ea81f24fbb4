"""What a rehearsal prints, and what a CI server reads of it."""

import xml.etree.ElementTree as ET

import pytest

from bot.commands import rehearse
from bot.rehearsal import junit, printing
from bot.rehearsal.results import Rehearsal
from storage.kinds import Action
from tests.bot.rehearsal.outcomes import (
    FAILED,
    GONE,
    HELD,
    UNJUDGED,
    WEAK,
    played,
    rehearsal,
    replayed,
    risk,
)

GOOD = rehearsal(scenarios=(played("a", HELD), played("b", HELD, WEAK), played("c", UNJUDGED)))
BROKEN = rehearsal(scenarios=(played("a", HELD), played("b", FAILED, WEAK)))


def test_a_good_one_is_ready_and_keeps_known_weaknesses_in_sight() -> None:
    told = printing.tell(GOOD)
    assert "3 in all, 2 as wanted, 0 broke, 1 with a known weakness" in told
    assert "known weakness  b (must cite a): rare words" in told
    assert "not judged      1 question: no model is configured." in told
    assert told.endswith("READY: every check and every tolerance that could be tested holds.\n")
    assert not GOOD.broke


def test_a_broken_one_names_the_place_the_check_and_what_was_said() -> None:
    told = printing.tell(BROKEN)
    assert "BROKE  b (s/b.yaml:1)\n    - must say 60 days: it wrote “nothing”" in told
    assert "customer: Hello <b>" in told
    assert "baton (answer, confidence 0.70 of 0.60): Hi" in told
    assert told.endswith("NOT READY: 1 of 2 scenarios broke (b).\n")


def test_a_weakness_that_is_gone_is_told_with_what_to_do() -> None:
    told = printing.tell(rehearsal(scenarios=(played("a", GONE),)))
    assert "holds now       a: must cite a. Take known_weakness.must_cite out of s/a.yaml." in told


def test_conversations_that_go_the_other_way_are_told_then_and_now_and_why() -> None:
    other = replayed(Action.ANSWER, Action.HAND_OFF, verdict="wrong", because=("The threshold was 0.6, and is 0.9.",))
    told = printing.tell(rehearsal(since="2026-11-01", replayed=(other, replayed(Action.CLARIFY, Action.CLARIFY))))
    assert "2 decisions in 1 conversation, 1 the same way now, 1 another way." in told
    assert "    1  answer -> hand off" in told
    assert "c1  2026-11-02, the reply then was reviewed as wrong" in told
    assert "then  answer, confidence 0.70 of 0.60: Sure enough." in told
    assert "now   hand off, low_confidence, confidence 0.70 of 0.90" in told
    assert "why   The threshold was 0.6, and is 0.9." in told


def test_of_many_only_the_first_are_printed_and_json_holds_them_all() -> None:
    many = rehearsal(since="2026-11-01", replayed=(replayed(Action.ANSWER, Action.HAND_OFF),) * 25)
    assert printing.tell(many).count("then  answer") == 20
    assert "and 5 more; --json names them all" in printing.tell(many)
    assert rehearse.as_text(many).count('"decision_id"') == 25


@pytest.mark.parametrize(
    ("wrong", "words"),
    [(2, "2 of 20 reviewed replies wrong, 10.0%: BREAKS the tolerance of 5.0%"), (1, "within the tolerance of 5.0%")],
)
def test_risk_against_coverage_is_told_in_words(wrong: int, words: str) -> None:
    told = printing.tell(rehearsal(topics=(risk(wrong, 20),)))
    assert "returns: answers 50% of 100 messages alone (then 60%)" in told
    assert words in told
    assert "(at most 20.0%, 90 % sure)" in told
    assert "30 of the 50 replies are not reviewed as they would be now" in told
    assert ("NOT READY: the tolerance breaks in returns." in told) == (wrong == 2)


def test_without_reviews_the_error_is_called_unknown_and_breaks_nothing() -> None:
    found = rehearsal(topics=(risk(0, 0),))
    assert "its error is not known" in printing.tell(found)
    assert not found.broke


def test_what_the_ceiling_left_out_breaks_it() -> None:
    left_out = rehearsal(since="2026-11-01", not_replayed=("c9",), ceiling=0.5)
    assert left_out.broke
    assert "1 conversation left out" in printing.tell(left_out)
    assert "the ceiling is $0.50" in printing.tell(left_out)


def test_a_scenario_that_was_not_played_breaks_it() -> None:
    assert rehearsal(scenarios=(played("a", problem="not played: the ceiling"),)).broke


def suites(found: Rehearsal) -> dict[str, ET.Element]:
    document = ET.fromstring(junit.to_xml(found))
    return {str(suite.get("name")): suite for suite in document}


def test_junit_counts_and_names_each_scenario_and_each_tolerance() -> None:
    found = suites(
        rehearsal(
            scenarios=(played("a", HELD), played("b", FAILED), played("c", WEAK), played("d", problem="silent")),
            topics=(risk(2, 20), risk(0, 20), risk(0, 0)),
        )
    )
    scenarios, tolerances = found["scenarios"], found["tolerances"]
    assert [scenarios.get(name) for name in ("tests", "failures", "errors", "skipped")] == ["4", "1", "1", "1"]
    assert [tolerances.get(name) for name in ("tests", "failures", "skipped")] == ["3", "1", "1"]
    failure = scenarios.find("testcase[@name='b']/failure")
    assert failure is not None
    assert failure.get("message") == "must say 60 days: it wrote “nothing”"
    assert "Hi & bye" in str(failure.text)


def test_junit_names_conversations_that_were_left_out() -> None:
    found = suites(rehearsal(not_replayed=("c9",)))
    assert found["tolerances"].get("failures") == "1"


def test_the_same_results_are_the_same_text() -> None:
    assert junit.to_xml(BROKEN) == junit.to_xml(Rehearsal.model_validate_json(BROKEN.model_dump_json()))
    assert rehearse.as_text(BROKEN) == rehearse.as_text(Rehearsal.model_validate_json(BROKEN.model_dump_json()))
