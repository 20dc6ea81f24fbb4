"""What a reply grants rests on a source that grants the same thing; what is said of something else grants nothing."""

from dataclasses import replace

import pytest

from handoff import guard
from handoff.draft import Author, Turn
from handoff.guard import Claim
from tests.handoff.labelled_replies import case

RETOLD = [
    ("returns", "Do I pay for sending it back from Vienna? I live in Austria", "No, returns from Austria are free."),
    (
        "returns",
        "I live in Germany, what does it cost me to return boots?",
        "Since you live in Germany, returning your boots is free of charge.",
    ),
    (
        "returns",
        "",
        "Returning an item costs you nothing if you live in Germany or Austria; "
        "from elsewhere in the EU, the label costs €4.90.",
    ),
    (
        "returns",
        "Is it free from Italy?",
        "Not quite: from other EU countries the label costs €4.90, which we take off your refund. "
        "Only returns from Germany and Austria are free.",
    ),
    ("returns", "Can I return my gift card?", "I'm afraid gift cards can't be returned."),
    (
        "returns",
        "",
        "Your money is refunded within 14 days "
        "after the parcel reaches our warehouse, to the card or account you used.",
    ),
    ("returns", "I never wore it", "As long as the item is unused, you can send it back within 60 days of delivery."),
    ("returns", "Do you accept worn underwear?", "Sorry, we do not accept worn underwear as a return."),
    ("returns", "", "You're welcome to return unused items within 60 days."),
    ("returns", "", "You can hand in the parcel at any post office once the label is on it."),
    (
        "delivery",
        "How much is shipping for an order of 120 euros?",
        "Shipping is free for orders over €100, so you pay nothing for delivery.",
    ),
    ("delivery", "My basket is 130 euros", "With an order over 100 euros, delivery is free."),
    ("delivery", "", "Delivery is free once your order is above €100."),
    (
        "delivery",
        "Do you ship to parcel lockers in Zurich?",
        "Unfortunately we don't deliver to parcel lockers in Switzerland.",
    ),
    ("delivery", "When does it leave?", "If you order before 2 pm on a working day, your parcel leaves the same day."),
    ("delivery", "I want it fast", "The fastest option is Express: 1 working day for €14.90."),
    ("delivery", "Is express free above 100?", "Express costs €14.90 and takes 1 working day."),
    (
        "delivery",
        "",
        "Shipping to Austria is €5.90 and takes 3–5 working days; you can track it at https://track.northpeak.example.",
    ),
    (
        "warranty",
        "Is a torn zipper covered?",
        "The warranty covers faults of material and workmanship, but not wear, tears or wrong washing.",
    ),
    (
        "warranty",
        "My tent pole broke",
        "I'm sorry about your tent pole. Tents are covered for 5 years against faults of material and workmanship. "
        "Please send us a photo of the fault and your order number.",
    ),
    ("warranty", "Does it cover a backpack for 5 years?", "Yes, backpacks have a warranty of 5 years."),
    ("warranty", "Is washing damage covered?", "No, damage from wrong washing is not covered."),
    ("warranty", "", "If a repair isn't possible, we replace the item."),
    (
        "warranty",
        "can I call you any time?",
        "You can call the workshop on +43 316 555 0123 from Tuesday to Thursday, 9:00 to 12:30.",
    ),
    ("warranty", "", "To claim the warranty, just send a photo of the fault together with your order number."),
    ("gift", "Can I use two codes?", "No, only one code per order is allowed."),
    ("gift", "", "A gift card can be used for several orders and stays valid for 3 years from the day of purchase."),
    ("gift", "Does HELLO10 work on sale items?", "Unfortunately not: codes do not apply to sale items."),
    ("gift", "", "The code HELLO10 gives new customers 10 % off their first order."),
    (
        "rueckgabe",
        "Kostet die Rücksendung was? Ich wohne in Wien",
        "Nein, aus Deutschland und Österreich ist die Rücksendung kostenlos.",
    ),
    ("rueckgabe", "", "Aus Österreich können Sie Ihr Paket kostenlos zurücksenden."),
    ("rueckgabe", "", "Gutscheine sind von der Rückgabe ausgeschlossen, sie können nicht zurückgegeben werden."),
    ("returns", "Wie teuer?", "Rücksendungen aus Deutschland und Österreich sind kostenlos."),
    ("returns", "C'est gratuit depuis l'Autriche ?", "Oui, les retours depuis l'Autriche sont gratuits."),
    ("returns", "", "Feel free to write to returns@northpeak.example at any time."),
    ("returns", "Can I return unused boots?", "Yes, you can."),
    ("delivery", "Does delivery to Germany cost 4.90?", "Yes, that's right."),
]
"""Right replies in other words than their source's: (source, what the customer said, reply)."""


@pytest.mark.parametrize(("source", "said", "reply"), RETOLD)
def test_what_is_retold_passes(source: str, said: str, reply: str) -> None:
    assert guard.caught(*case(source, said, reply)) == ()


@pytest.mark.parametrize(
    ("source", "said", "reply"),
    [
        ("returns", "Is my tent free?", "Your tent is free because you are a loyal customer."),
        ("returns", "From Norway too?", "Returns from Norway are at our expense, that is, free of charge."),
        ("delivery", "", "Express delivery is free for orders over €100."),
        ("delivery", "I spent 20 euros", "Delivery is on us."),
        ("delivery", "", "Delivery is free."),
        ("warranty", "And theft?", "Yes, the warranty covers theft."),
        ("warranty", "", "The warranty is for life."),
        ("warranty", "", "The warranty applies even if you washed it wrongly."),
        ("returns", "No label?", "You do not need a label."),
        ("returns", "", "We no longer take returns from Germany."),
        ("rueckgabe", "Aus der Schweiz auch?", "Die Rücksendung aus der Schweiz ist kostenlos."),
        ("gift", "", "The post office gives you a gift card."),
    ],
)
def test_what_no_source_grants_of_the_same_is_caught(source: str, said: str, reply: str) -> None:
    found = [each.claim for each in guard.caught(*case(source, said, reply))]
    assert {Claim.GRANT, Claim.CONTRADICTION} & {*found}


def test_a_yes_grants_what_was_asked_for() -> None:
    asked = "Your warranty includes scratches from dogs, correct?"
    assert Claim.GRANT in [each.claim for each in guard.caught(*case("warranty", asked, "Correct."))]
    assert guard.caught(*case("returns", "Are returns from Austria free?", "Yes, they are.")) == ()


@pytest.mark.parametrize(
    "reply",
    [
        "You can return used items within 60 days of delivery.",
        "You can return unused items after 60 days of delivery.",
    ],
)
def test_a_word_or_an_amount_turned_round_is_caught(reply: str) -> None:
    assert guard.caught(*case("returns", "", reply))


def test_an_amount_that_a_source_says_of_something_else_is_caught() -> None:
    draft, passages, turns = case("returns", "", "You get the refund within 5 years.")
    other = replace(case("warranty", "", "")[1][0], passage_id="p2")
    both = replace(draft, citations=("p1", "p2"))
    assert Claim.FACT in [each.claim for each in guard.caught(both, [*passages, other], turns)]
    warranty = replace(both, text="Tents have a warranty of 5 years.")
    assert guard.caught(warranty, [*passages, other], turns) == ()


def test_an_amount_of_its_neighbour_is_caught() -> None:
    draft, passages, turns = case("delivery", "", "")
    prices = "Standard delivery costs 4.90 euros.\n\nExpress delivery costs 12 euros."
    source = [replace(passages[0], text=prices)]
    swapped = replace(draft, text="Express delivery costs 4.90 euros and standard delivery 12 euros.")
    assert [each.claim for each in guard.caught(swapped, source, turns)] == [Claim.FACT]
    right = replace(draft, text="Express delivery costs 12 euros and standard delivery 4.90 euros.")
    assert guard.caught(right, source, turns) == ()


def test_a_model_cannot_turn_the_comparison_off_by_the_language_it_names() -> None:
    draft, passages, turns = case("warranty", "", "The warranty covers theft.")
    assert guard.caught(replace(draft, language="fr"), passages, turns)


def test_what_an_agent_granted_is_granted() -> None:
    draft, passages, turns = case("warranty", "", "The repair of your tent is free of charge.")
    assert guard.caught(draft, passages, turns)
    assert guard.caught(draft, passages, [Turn(Author.AGENT, "The repair of the tent is free for you."), *turns]) == ()
