"""What the form of a split proposes."""

import pytest

from bot.desk.splitting import in_two

RETURNS, INVOICE, PERSON = "How do I return boots?", "Can I pay by invoice?", "I want to talk to a person."


@pytest.mark.parametrize(
    ("said", "stays", "second"),
    [
        ([f"{RETURNS} {INVOICE}"], RETURNS, INVOICE),
        ([f"{RETURNS} {INVOICE} {PERSON}"], f"{RETURNS}\n{PERSON}", INVOICE),
        ([f"{RETURNS} {PERSON}"], f"{RETURNS} {PERSON}", ""),
        ([RETURNS, INVOICE, PERSON], f"{RETURNS}\n{PERSON}", INVOICE),
        ([RETURNS, PERSON], f"{RETURNS}\n{PERSON}", ""),
        ([RETURNS], RETURNS, ""),
    ],
)
def test_a_wish_for_a_person_is_no_second_question(said: list[str], stays: str, second: str) -> None:
    assert in_two(said) == (stays, second)
