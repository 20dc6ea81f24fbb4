import re

import pytest

from handoff.lexicon import patterns, sayings, threats
from tests.benchmarks.mood_conversations import OTHER_TRADES, load


@pytest.mark.parametrize(
    ("given", "text", "found"),
    [
        ([r"\bfed up\b|🙄", r"^no$"], "so fed up", True),
        ([r"\bfed up\b|🙄", r"^no$"], "unfed up", False),
        ([r"\bfed up\b|🙄", r"^no$"], "oh 🙄", True),
        ([r"\bfed up\b|🙄", r"^no$"], "no", True),
        ([r"\ba(?:b|c)\b", r"[|]x", r"\|y"], "ac", True),
        ([r"\ba(?:b|c)\b", r"[|]x", r"\|y"], "|x", True),
        ([r"\ba(?:b|c)\b", r"[|]x", r"\|y"], "|y", True),
        ([r"\ba(?:b|c)\b", r"[|]x", r"\|y"], "x y", False),
    ],
)
def test_joined_patterns_find_what_each_finds(given: list[str], text: str, found: bool) -> None:
    assert bool(re.search(patterns.joined(given), text)) is found


def test_every_saying_finds_the_same_when_joined() -> None:
    texts = [turn.text.casefold() for each in (*load(), *load(OTHER_TRADES)) for turn in each.turns]
    for saying in (*sayings.SAYINGS, *threats.THREATS):
        apart = [re.compile(pattern) for pattern in saying.patterns]
        for text in texts:
            assert saying.is_in(text) == any(pattern.search(text) for pattern in apart), (saying.sign, text)


def test_a_pattern_is_compiled_when_a_text_first_asks_for_it() -> None:
    pattern = patterns.Pattern((r"\bfed up\b", r"^no$"), re.IGNORECASE)
    assert "compiled" not in vars(pattern)
    assert pattern.search("Fed up") and pattern.fullmatch("no") and not pattern.search("unfed up")
    assert "compiled" in vars(pattern)


def test_getting_ready_compiles_the_patterns_that_no_text_asked_for_yet() -> None:
    pattern = patterns.Pattern("a (b)")
    patterns.prepare()
    assert "compiled" in vars(pattern)
    assert pattern.sub(r"\1", "a b c") == "b c" and pattern.findall("a b") == ["b"]
