"""A follow-up that only asks for the price is known as one, and an answer to it names a price."""

from datetime import UTC, datetime

import pytest

from handoff import follow_ups, signals
from handoff.draft import Author, Draft, Mood, Turn
from tests.bot.drafting.requests import passage

AT = datetime(2026, 11, 26, tzinfo=UTC)


def turns(*said: str) -> list[Turn]:
    return [Turn(Author.CUSTOMER, text, AT) for text in said]


@pytest.mark.parametrize(
    "text", ["How much is that?", "And how much?", "Wie viel ist das?", "C'est combien ?", "¿Cuánto es?", "Quanto è?"]
)
def test_it_is_one(text: str) -> None:
    assert follow_ups.asks_price(turns("How fast is express delivery?", text))


@pytest.mark.parametrize("text", ["Why?", "Is it?", "And then?", "How much is a tent?", "How much longer now?"])
def test_other_follow_ups_and_new_questions_are_none(text: str) -> None:
    assert not follow_ups.asks_price(turns("How fast is express delivery?", text))


def test_a_first_message_follows_nothing() -> None:
    assert not follow_ups.asks_price(turns("How much is that?"))
    assert not follow_ups.asks_price([])


@pytest.mark.parametrize("text", ["It costs 12 euros.", "$5 a month", "4,90 €", "Returns are free.", "Versand gratis"])
def test_a_price_is_named(text: str) -> None:
    assert follow_ups.names_price(text)


@pytest.mark.parametrize("text", ["It takes 2 days.", "Five years of warranty", "Freedom of choice"])
def test_no_price_is_named(text: str) -> None:
    assert not follow_ups.names_price(text)


@pytest.mark.parametrize(("said", "unknown"), [("How much is that?", 0.0), ("Why?", 1.0)])
def test_its_words_are_those_of_what_it_follows(said: str, unknown: float) -> None:
    there = passage("p", "Delivery", "Express delivery is fast and costs 12 euros.")
    draft = Draft(
        "Express delivery costs 12 euros.", ("p",), "", answerable=True, own_confidence=0.9, mood=Mood(), language="en"
    )
    found = signals.signals(draft, [there], turns("How fast is express delivery?", said))
    assert found["unknown_words"] == unknown
