"""The scripted customer: tells when asked, reacts in order, and is the same every time."""

from collections.abc import Sequence
from typing import Any

import pytest

from bot.rehearsal.customer import ScriptedCustomer
from bot.rehearsal.results import Step
from bot.rehearsal.scenario import Scenario
from handoff import mood, smalltalk
from handoff.draft import Author, Turn
from storage.kinds import Action

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl")


def scenario(**changes: Any) -> Scenario:
    return Scenario.model_validate({"name": "n", "says": "Help", "checks": {"must_answer": True}, **changes})


def step(action: Action, reply: str = "") -> Step:
    return Step(said="Help", action=action, reply=reply)


async def said(customer: ScriptedCustomer, *steps: Step) -> str:
    return await customer.goes_on(steps)


async def test_a_fact_is_told_when_a_question_names_its_word_and_only_once() -> None:
    facts = [{"when": ["order number"], "says": "LF1"}, {"when": ["country", "where"], "says": "France"}]
    customer = ScriptedCustomer(scenario(customer={"facts": facts}), 1)
    assert await said(customer, step(Action.CLARIFY, "What is your Order number?")) == "LF1"
    assert await said(customer, step(Action.CLARIFY, "What is your order number?")) == ""
    assert await said(customer, step(Action.ANSWER, "Free in some. To which country shall it go?")) == "France"


async def test_a_fact_is_not_told_to_a_statement_or_within_a_word() -> None:
    facts = [{"when": ["order", "age"], "says": "LF1"}]
    customer = ScriptedCustomer(scenario(customer={"facts": facts}), 1)
    assert await said(customer, step(Action.ANSWER, "Open your order. Is the package there?")) == ""
    assert await said(customer, step(Action.HAND_OFF, "Which order? A person comes.")) == ""


async def test_two_facts_are_told_together() -> None:
    facts = [{"when": "order", "says": "LF1."}, {"when": "country", "says": "France."}]
    customer = ScriptedCustomer(scenario(customer={"facts": facts}), 1)
    assert await said(customer, step(Action.CLARIFY, "Which order, from which country?")) == "LF1. France."


async def test_reactions_come_in_order_by_what_baton_did_and_then_the_customer_leaves() -> None:
    reactions = {"answer": [{"says": "And then?"}, "insists"], "clarify": "asks_for_person", "handoff": "leaves"}
    customer = ScriptedCustomer(scenario(reactions=reactions), 1)
    assert await said(customer, step(Action.ANSWER)) == "And then?"
    wish = await said(customer, step(Action.CLARIFY))
    assert "person" in wish or "someone" in wish
    assert await said(customer, step(Action.ANSWER)) == "Help"
    assert await said(customer, step(Action.ANSWER)) == ""
    assert await said(customer, step(Action.PROPOSE)) == ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", range(4))
async def test_the_script_is_understood_in_every_language(language: str, seed: int) -> None:
    async def reaction(act: str) -> str:
        changes = {"customer": {"language": language}, "reactions": {"answer": act}}
        return await said(ScriptedCustomer(scenario(**changes), seed), step(Action.ANSWER))

    assert smalltalk.is_thanks(await reaction("thanks"))
    assert mood.read([Turn(Author.CUSTOMER, await reaction("asks_for_person"))]).wants_person
    assert mood.read([Turn(Author.CUSTOMER, await reaction("gets_angry"))]).frustration >= 0.6


async def test_the_same_seed_says_the_same_and_another_may_not() -> None:
    async def words(seed: int) -> Sequence[str]:
        changes = {"reactions": {"answer": ["gets_angry"] * 6}}
        customer = ScriptedCustomer(scenario(**changes), seed)
        steps: list[Step] = []
        found: list[str] = []
        for _ in range(6):
            steps.append(step(Action.ANSWER))
            found.append(await customer.goes_on(steps))
        return found

    assert await words(1) == await words(1)
    assert len({tuple(await words(seed)) for seed in range(8)}) > 1
