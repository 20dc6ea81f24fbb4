"""What of a message is searched by: without the company's own name, and in which parts its meaning is read."""

import pytest

from bot.knowledge import asking
from bot.knowledge.asking import without_name
from handoff.draft import Author, Turn


@pytest.mark.parametrize(
    ("said", "company", "left"),
    [
        ("Would Northpeak sponsor our run?", "Northpeak", "Would sponsor our run?"),
        ("would NORTHPEAK’s team sponsor us", "Northpeak, Inc.", "would team sponsor us"),
        ("Does Summit  Gear sell tents?", "Summit Gear GmbH & Co. KG", "Does sell tents?"),
        ("Northpeaks are mountains", "Peak", "Northpeaks are mountains"),
        ("Northpeak?", "Northpeak", "Northpeak?"),
        ("A C++ workshop", "C++", "A workshop"),
        ("anything", "", "anything"),
    ],
)
def test_a_name_is_taken_out_as_customers_write_it_unless_nothing_else_is_said(
    said: str, company: str, left: str
) -> None:
    found = without_name(said, company)
    assert isinstance(found, str)
    assert found.split() == left.split()


def test_only_what_customers_say_loses_the_name() -> None:
    asked = [Turn(Author.BOT, "Northpeak sells tents."), Turn(Author.CUSTOMER, "Northpeak sells tents.")]
    texts = [turn.text for turn in without_name(asked, "Northpeak") if isinstance(turn, Turn)]
    assert [text.split() for text in texts] == [["Northpeak", "sells", "tents."], ["sells", "tents."]]


@pytest.mark.parametrize(
    "text",
    ["", "short", "a" * 5_000, "A sentence of mine. " * 900, "line\n" * 3_000, "\n\n".join(["paragraph " * 70] * 30)],
)
def test_parts_lose_no_word_that_is_read_and_are_few(text: str) -> None:
    parts = asking.parts(text)
    assert 1 <= len(parts) <= asking.MOST_PARTS
    read = text if len(text) <= 8_000 else text[:6_000] + "\n" + text[-2_000:]
    assert "".join("".join(parts).split()) == "".join(read.split())
