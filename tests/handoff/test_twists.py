"""Each way of twisting what a source says is told, and the same said faithfully is not."""

import pytest

from handoff.lexicon.places import places
from handoff.statements import of_source
from handoff.twists import Twisted

SOURCE = """
## How long it takes

- **Germany**: 1–2 working days, €4.90
- **Austria and Denmark**: 2–4 working days, €7.90

## Express delivery

Express delivery is offered within Germany. It arrives before noon.

## What cannot be returned

These we cannot take back:

- gas cartridges
- rope by the metre

## Boots

Boots can be returned unused and clean. The trail test works once per customer and year. We check boots within 3 days.
We repair first; if that is not possible we replace. Items marked as final piece can only be exchanged.

## Standard transfers

- Settle within 12 hours.

## Instant transfers

- Reach the recipient at once.

## Is the parcel insured?

No. The insurance has to be bought apart.

You can cancel an order as long as its status is Received, and never once it is Packed. Five wrong passwords lock an
account. You can transfer up to $500 per day. The invoice shows the full price.
"""


def why(reply: str, *, same_language: bool = True) -> str:
    twisted = Twisted([("Delivery and more", SOURCE)], same_language=same_language)
    return next(twisted.reasons(reply), "")


@pytest.mark.parametrize(
    ("false", "faithful"),
    [
        ("Express delivery is offered within Austria.", "Express delivery is offered within Germany."),
        ("Shipping to Austria takes 1–2 working days.", "Shipping to Denmark takes 2–4 working days."),
        ("Gas cartridges can be returned.", "Gas cartridges cannot be returned."),
        ("Boots can be returned unused and dirty.", "Boots can be returned unused and clean."),
        ("The trail test works once per item.", "The trail test works once per customer."),
        ("The carrier checks boots within 3 days.", "We check boots within 3 days."),
        ("We replace first.", "We repair first."),
        ("Items marked as final piece can be returned.", "Items marked as final piece can be exchanged."),
        ("Instant transfers settle within 12 hours.", "Standard transfers settle within 12 hours."),
        ("You can cancel an order as long as its status is Packed.", "You can cancel an order while it is Received."),
        ("Three wrong passwords lock an account.", "Five wrong passwords lock an account."),
        ("You can transfer up to $500 per month.", "You can transfer up to $500 each day."),
        ("Every order of boots is certainly repaired.", "We repair boots first."),
        ("Express delivery is cheaper than boots.", "Express delivery arrives before noon."),
        ("Express delivery arrives after noon.", "Express delivery arrives before noon."),
        ("Only agents reach the recipient.", "The recipient is reached at once."),
        ("The parcel is insured.", "The parcel is not insured."),
    ],
)
def test_a_twist_is_told_and_the_same_said_faithfully_is_not(false: str, faithful: str) -> None:
    assert why(false), false
    assert why(faithful) == "", faithful


def test_in_another_language_a_place_that_is_denied_cannot_be_affirmed() -> None:
    twisted = Twisted([("Abroad", "We do not ship to Canada. We ship to Norway.")], same_language=False)
    assert next(twisted.reasons("Nous livrons aussi au Canada."), "")
    assert not next(twisted.reasons("Nous livrons en Norvège."), "")
    assert not next(twisted.reasons("Nous ne livrons pas au Canada."), "")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("from the United Kingdom and Österreich", {"GB", "AT"}),
        ("tell us in the US or the EU", {"US", "EU"}),
        ("outside the EU", set[str]()),
        ("let us know", set[str]()),
    ],
)
def test_places_are_known_in_several_languages(text: str, named: set[str]) -> None:
    assert places(text) == named


def test_what_stands_under_a_heading_or_a_lead_that_denies_is_denied() -> None:
    told = {each.text: each.main.denies for each in of_source("Returns", SOURCE)}
    assert told["gas cartridges"]
    assert told["rope by the metre"]
    assert not told["Boots can be returned unused and clean."]
