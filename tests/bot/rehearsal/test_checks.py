"""The rules of a scenario, each against a conversation that keeps it and one that breaks it."""

from typing import Any

import pytest

from bot.rehearsal import checks
from bot.rehearsal.results import Checked, Cited, Outcome, Step
from bot.rehearsal.scenario import Scenario
from storage.kinds import Action

RETURNS = Cited(key="returns/return-an-item.md", title="Return an item", url="https://help.example/en/return-item/")
DELIVERY = Cited(key="delivery.md", title="Delivery", url="")
ARTICLES = (RETURNS, DELIVERY)

ANSWERED = Step(said="How?", action=Action.ANSWER, reply="You have **60 days**.\nPrint the label.", cited=(RETURNS,))
OTHER = ANSWERED.model_copy(update={"cited": (DELIVERY,)})
ASKED_BACK = Step(said="Help", action=Action.CLARIFY, reply="Is it about returns or delivery?")
WITH_PERSON = Step(said="A person!", action=Action.HAND_OFF, reason="wish", reasons=("They ask for a person.",))
PROPOSED = Step(
    said="Zip?", action=Action.PROPOSE, reason="policy", reply="A colleague comes.", proposal="It costs €29."
)


def results(*steps: Step, **wanted: Any) -> list[Checked]:
    weakness = wanted.pop("known_weakness", {})
    scenario = Scenario.model_validate({"name": "n", "says": "x", "checks": wanted, "known_weakness": weakness})
    return checks.check(scenario, steps, ARTICLES)


def holds(*steps: Step, **wanted: Any) -> bool:
    return all(each.outcome == Outcome.HELD for each in results(*steps, **wanted))


@pytest.mark.parametrize(
    ("wanted", "kept", "broken"),
    [
        ({"must_answer": True}, [ASKED_BACK, ANSWERED], [PROPOSED]),
        ({"must_clarify": True}, [ASKED_BACK, ANSWERED], [ANSWERED]),
        ({"must_hand_off": True}, [ANSWERED, WITH_PERSON], [ANSWERED]),
        ({"must_hand_off": "wish"}, [WITH_PERSON], [PROPOSED]),
        ({"must_hand_off": ["policy", "wish"]}, [PROPOSED], [ASKED_BACK]),
        ({"must_not_hand_off": True}, [ANSWERED], [PROPOSED]),
        ({"must_not_hand_off": True}, [ANSWERED], [ANSWERED, WITH_PERSON]),
        ({"must_cite": "returns/return-an-item"}, [ASKED_BACK, ANSWERED], [ASKED_BACK]),
        ({"must_cite": ["return an item", "delivery"]}, [ANSWERED, OTHER], [ANSWERED]),
        ({"must_cite_one_of": ["delivery", "return-item"]}, [ANSWERED], [ASKED_BACK]),
        ({"must_not_cite": "delivery"}, [ANSWERED], [OTHER]),
        ({"must_say": ["60 DAYS", "/label\\.$/"]}, [ANSWERED], [ASKED_BACK]),
        ({"must_say": "days. Print"}, [ANSWERED], [WITH_PERSON]),
        ({"must_say": "€29"}, [PROPOSED], [ANSWERED]),
        ({"must_not_say": "/\\b29\\b/"}, [ANSWERED], [PROPOSED]),
        ({"most_turns": 1}, [ANSWERED], [ASKED_BACK, ANSWERED]),
    ],
)  # fmt: skip
def test_a_rule_holds_and_breaks(wanted: dict[str, Any], kept: list[Step], broken: list[Step]) -> None:
    assert holds(*kept, **wanted)
    assert not holds(*broken, **wanted)


def test_what_the_customer_said_themselves_does_not_count_as_said() -> None:
    step = ANSWERED.model_copy(update={"said": "My card is 4111"})
    assert holds(step, must_not_say="4111")


def test_a_failed_check_says_what_was_done_instead_and_why() -> None:
    (found,) = results(ASKED_BACK, WITH_PERSON, must_answer=True)
    assert found.wanted == "must answer"
    assert found.why == "it asked back, then handed off (wish): They ask for a person"


def test_a_failed_check_of_words_quotes_what_was_written() -> None:
    (found,) = results(ANSWERED, must_say="90 days")
    assert found.why == "it wrote “You have 60 days. Print the label.”"


def test_an_article_that_is_not_there_is_told_apart_from_one_that_was_not_cited() -> None:
    (missing,) = results(ASKED_BACK, must_cite="warranty")
    (uncited,) = results(ANSWERED, must_cite="delivery")
    assert missing.why == "no article is called warranty"
    assert uncited.why.startswith("it cited returns/return-an-item.md, and answered")


@pytest.mark.parametrize("name", ["item", "an-item", "returns", ""])
def test_a_part_of_a_name_is_no_name(name: str) -> None:
    assert not checks.is_called(RETURNS, name)


def test_a_known_weakness_breaks_nothing_and_is_noticed_when_it_is_gone() -> None:
    why = {"must_answer": "reads no meaning"}
    (weak,) = results(WITH_PERSON, must_answer=True, known_weakness=why)
    (gone,) = results(ANSWERED, must_answer=True, known_weakness=why)
    assert (weak.outcome, weak.weakness) == (Outcome.KNOWN_WEAKNESS, "reads no meaning")
    assert gone.outcome == Outcome.HOLDS_NOW


def test_a_weakness_excuses_its_own_check_alone() -> None:
    found = results(ANSWERED, must_cite="delivery", must_not_say="60 days", known_weakness={"must_cite": "rare"})
    assert [each.outcome for each in found] == [Outcome.KNOWN_WEAKNESS, Outcome.FAILED]
