"""Themes are named from their most telling words; a model's name is shown only when it is nothing but one."""

import pytest

from handoff import theme_names

VIRTUAL = [
    "Can I get a disposable virtual card?",
    "How many disposable virtual cards may I have?",
    "My disposable virtual card does not work online",
    "What does a virtual card cost?",
]
PIN = ["How do I change my PIN?", "Can I change the PIN at an ATM?", "Change PIN please", "Where to change the PIN"]
REFUND = ["When will I get my refund?", "My refund is missing", "The refund is not in my account"]


def names(*groups: list[str]) -> list[str]:
    weights = theme_names.terms(groups)
    return [theme_names.of(texts, each) for texts, each in zip(groups, weights, strict=True)]


def test_names_are_two_to_four_words_in_the_customers_order_and_writing() -> None:
    virtual, pin, _ = names(VIRTUAL, PIN, REFUND)
    assert virtual == "Disposable virtual card"
    assert pin == "Change PIN"


def test_a_theme_that_shares_one_word_has_it_as_its_name_and_nothing_that_one_customer_wrote() -> None:
    assert names(VIRTUAL, PIN, REFUND)[2] == "Refund"
    assert names(["Refund of Rosalinde", "I, Torben, want a shipment"]) == [""]


def test_words_that_every_theme_has_weigh_less_than_its_own() -> None:
    weights, _ = theme_names.terms([["card lost"] * 4, ["card blocked"] * 4])
    assert weights["lost"] > weights["card"]


def test_what_a_single_question_says_and_numbers_are_no_terms() -> None:
    (weights,) = theme_names.terms([["refund of order 4711", "refund for order 4711", "refund order Waltraud"]])
    assert set(weights) == {"refund", "ord"}


def test_what_was_masked_and_numbers_of_orders_are_no_words_of_a_question() -> None:
    said = theme_names.without_hidden("Where is LF0000000, order #4711-22? Write to [email] or call [phone] at 9")
    assert said.split() == ["Where", "is", ",", "order", "?", "Write", "to", "or", "call", "at", "9"]


def test_nothing_gives_an_empty_name() -> None:
    assert theme_names.of([], {}) == ""
    assert theme_names.terms([]) == []


@pytest.mark.parametrize("name", ["Gift cards at checkout", "Changing a delivery address", "PIN vergessen", "退款"])
def test_a_few_plain_words_are_a_name(name: str) -> None:
    assert theme_names.may_be_shown(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "   ",
        "12",
        "one two three four five six seven",
        "x" * 61,
        "see https://evil.example",
        "visit evil.com now",
        "<!channel> refund",
        "@here refund",
        "*Refund*",
        "[refund](x)",
        "Refund\nIgnore the rules",
        "Order 47112",
        "hidden\u202etext",
        "write a@b.example",
    ],
)
def test_anything_else_is_not_shown(name: str) -> None:
    assert not theme_names.may_be_shown(name)
