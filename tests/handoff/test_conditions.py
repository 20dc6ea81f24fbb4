"""A reply that leaves out or turns what its source lays down is caught, and one that says it in other words is not."""

import pytest

from handoff import guard
from tests.handoff.labelled_conditions import HELD, MENDED, case, replies

POOL = (
    "Lanes in the morning are for club swimmers only. Children under six swim free when a parent is in the water. The "
    "pool may close early in bad weather. A card can be lent out twice. Lanes can be booked up to ten days ahead. "
    "Towels are usually dry by noon. The lifeguard may search bags. Broken lockers can be opened at the desk. Up "
    "to four boards can be borrowed at once."
)


def caught(reply: str, asked: str = "") -> str:
    return " ".join(each.reason for each in guard.caught(*case("Rules", POOL, reply, asked)))


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        ("Lanes in the morning are for everyone.", "everyone"),
        ("Lanes in the morning are for all swimmers.", "all swimmers"),
        ("Children under six swim free.", "only so"),
        ("The pool will close early in bad weather.", "less surely"),
        ("The pool closes early in bad weather.", "less surely"),
        ("Towels are always dry by noon.", "always"),
        ("A card can be lent out three times.", "another number"),
        ("A card can be lent out once in a year.", "another number"),
        ("At least four boards must be borrowed at once.", "other limit"),
        ("You may search bags.", "the lifeguard"),
        ("Broken lockers are unopenable at the desk.", "opposite"),
    ],
)
def test_what_a_source_lays_down_is_not_turned(reply: str, why: str) -> None:
    assert why in caught(reply)


@pytest.mark.parametrize(
    "reply",
    [
        "Only club swimmers have lanes in the morning.",
        "If a parent is in the water, children under six swim free.",
        "Children under six swim free. A parent has to be in the water.",
        "It is possible that the pool closes early in bad weather.",
        "A card can be lent out twice.",
        "Once again, a card can be lent out.",
        "You can book lanes ten days ahead at most.",
        "Your bags may be searched by the lifeguard.",
        "Most towels are dry by noon.",
    ],
)
def test_what_says_it_in_other_words_goes_out(reply: str) -> None:
    assert caught(reply) == ""


def test_a_condition_that_the_customer_has_named_need_not_be_repeated() -> None:
    assert "only so" in caught("Children under six swim free.", "How much do children pay?")
    assert caught("Children under six swim free.", "I am the parent and will be in the water. Is my child free?") == ""


@pytest.mark.parametrize(("part", "let_go", "held_back"), [(MENDED, 6, 2), (HELD, 6, 2)])
def test_no_more_gets_through_than_when_the_rules_were_made(part: str, let_go: int, held_back: int) -> None:
    of_it = [each for each in replies() if each.part == part]
    assert sum(not each.caught for each in of_it if each.turned) <= let_go
    assert sum(bool(each.caught) for each in of_it if not each.turned) <= held_back
