"""Rules come back in no dress, and nobody's data but one's own."""

import base64
import codecs
from pathlib import Path

import pytest

from bot.drafting import prompt
from handoff.draft import Author, Turn
from handoff.leaks import strangers, tells_rules
from tests.bot.drafting.requests import passage

RULES = prompt.own_rules()
SPOKEN = RULES[200:700]


@pytest.mark.parametrize(
    "told",
    [
        SPOKEN,
        SPOKEN.upper(),
        SPOKEN[::-1],
        codecs.encode(SPOKEN, "rot13"),
        base64.b64encode(SPOKEN.encode()).decode(),
        SPOKEN.encode().hex(),
        ".".join(SPOKEN),
        "\u200b".join(SPOKEN),
        "\n".join(SPOKEN.split()),
        " ".join(f"**{word}**" for word in SPOKEN.split()),
        f"You have 30 days. {SPOKEN[:90]}",
    ],
    ids="plain capitals backwards rot13 base64 hex dots unseen lines bold amid".split(),
)
def test_the_rules_are_recognised_in_any_dress(told: str) -> None:
    assert tells_rules(told, RULES)


def test_the_sample_shop_says_nothing_that_stands_in_the_rules() -> None:
    articles = Path("bot/demo/shop").rglob("*.md")
    texts = [path.read_text() for path in articles]
    assert texts
    assert not any(tells_rules(text, RULES) for text in texts)
    assert not tells_rules("You can return unused items within 30 days of delivery. Returns are free.", RULES)


def test_data_of_nobody_here_is_a_stranger_and_ones_own_and_the_companys_is_not() -> None:
    turns = [Turn(Author.CUSTOMER, "I am ada@example.com"), Turn(Author.AGENT, "Call +43 660 1234567")]
    cited = [passage("p", "Contact", "Write to help@shop.example.")]
    assert strangers("Ada@example.com, +436601234567, help@shop.example", turns, cited) == []
    found = strangers("carl@example.com or 4111 1111 1111 1111", turns, cited)
    assert [each.kind for each in found] == ["email", "card"]


def test_what_a_bystander_or_a_note_gives_away_is_a_strangers_all_the_same() -> None:
    turns = [Turn(Author.BYSTANDER, "I am dora@private.example"), Turn(Author.NOTE, "his phone: +43 664 7654321")]
    found = strangers("Ask dora@private.example or call +43 664 7654321.", turns, [])
    assert [each.kind.value for each in found] == ["email", "phone"]
