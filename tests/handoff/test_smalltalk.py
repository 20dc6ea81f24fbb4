"""Messages that ask nothing."""

import pytest

from handoff import smalltalk


@pytest.mark.parametrize("text", ["", "   ", "😀👍", ":wave: :+1:", "...", "?!", "\u200f"])
def test_nothing_is_said(text: str) -> None:
    assert smalltalk.nothing_said(text)


@pytest.mark.parametrize("text", ["a", "42", "مرحبا", "返品", ":wave: hi"])
def test_something_is_said(text: str) -> None:
    assert not smalltalk.nothing_said(text)


@pytest.mark.parametrize(
    "text",
    ["Hi", "hello there!", "Guten Tag", "bonjour :wave:", "Good morning", "Hey, how are you today?", "How’s it going?"],
)
def test_a_greeting_is_only_a_greeting(text: str) -> None:
    assert smalltalk.is_greeting(text)


@pytest.mark.parametrize(
    "text", ["Hi, where is my order?", "hello tent", "", "morning delivery?", "how?", "how are you with tents?"]
)
def test_a_greeting_with_more_is_a_question(text: str) -> None:
    assert not smalltalk.is_greeting(text)


@pytest.mark.parametrize("text", ["thanks!", "Thank you so much", "Danke schön", "that helped, thanks", "merci :pray:"])
def test_thanks_are_only_thanks(text: str) -> None:
    assert smalltalk.is_thanks(text)


@pytest.mark.parametrize(
    "text", ["thanks, but it is still broken", "ok", "good", "thanks for nothing", "did that work?", "thanks?"]
)
def test_what_says_more_is_not_thanks(text: str) -> None:
    assert not smalltalk.is_thanks(text)
