"""What somebody writes to keep Baton busy is read as quickly as anything of its length."""

import time
from collections.abc import Callable

import pytest

from handoff import guard, statements
from handoff.anonymising import mask
from handoff.draft import Author, Draft, FoundPassage, Mood, Turn
from handoff.facts import facts

MOST_SECONDS = 1.5
"""Of the thread's own work, which is less than a tenth of it; growing with the square of the length, it was 5 to 10."""
SOURCE = FoundPassage("p1", "a1", "Refunds", "", "", "Refunds take 3 days. Returns take 30.", "", "en", 1.0, 1.0)


def guarded(text: str) -> None:
    draft = Draft(text, ("p1",), "refunds", answerable=True, own_confidence=0.9, mood=Mood(), language="en")
    guard.caught(draft, [SOURCE], [Turn(Author.CUSTOMER, "How long does a refund take?")])


def several_facts(text: str) -> None:
    for number in range(4):
        facts(f"{number}{text}")


@pytest.mark.parametrize(
    ("read", "part", "length"),
    [
        (guarded, "\n", 48_000),
        (guarded, "3 days ", 16_000),
        (several_facts, "\n", 20_000),
        (mask, "A-", 48_000),
        (statements.of_reply, "[", 48_000),
    ],
)
def test_no_text_is_read_in_the_square_of_its_length(read: Callable[[str], object], part: str, length: int) -> None:
    read("A refund takes 3 days.")  # what is loaded once is no part of it
    text = f"Refunds {part * (length // len(part))}"
    begun = time.thread_time()
    read(text)
    assert time.thread_time() - begun < MOST_SECONDS
