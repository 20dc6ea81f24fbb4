"""Words that nobody wrote into an article, and the ones that are meant by them."""

import pytest

from handoff import spelling, words

ARTICLES = """
    refund return delivery address warranty label battery
    Rückgabe Frist Größe Versand Kosten Rücksendeetikett
"""
HELD = dict.fromkeys(words.informative(ARTICLES), 1)


def stem(word: str) -> str:
    (found,) = words.informative(word)
    return found


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("refnud", ["refund"]),
        ("refundd", ["refund"]),
        ("adress", ["address"]),
        ("warrenty", ["warranty"]),
        ("batery", ["battery"]),
        ("delivrey", ["delivery"]),
        ("Rueckgabe", ["Rückgabe"]),
        ("Rückgabefrist", ["Rückgabe"]),
        ("Versandkosten", ["Versand"]),
        ("Kostenversand", ["Kosten"]),
        ("Ruecksendeetikett", ["Rücksendeetikett"]),
    ],
)
def test_a_word_is_found_by_what_was_meant(written: str, meant: list[str]) -> None:
    typed = spelling.one_mistake(words.fold(written))
    assert set(map(stem, meant)) <= set(spelling.meant(stem(written), HELD, typed).terms)


def test_a_word_put_together_is_found_by_both_of_its_parts() -> None:
    held = {"tent": 3, "schlafsack": 1, "schlaf": 2, "zelt": 4, "sack": 1, "heringe": 1}
    assert spelling.meant("zeltsack", held).terms == ["zelt", "sack"]


@pytest.mark.parametrize("written", ["bread", "horse", "sourdough", "kubernetes", "cart", "table", "reform", "fuel"])
def test_another_word_is_no_mistake(written: str) -> None:
    assert spelling.meant(stem(written), HELD, spelling.one_mistake(written)) == spelling.NOTHING


@pytest.mark.parametrize("written", ["tent", "ab12345", "4711"])
def test_short_words_and_numbers_are_not_looked_at(written: str) -> None:
    assert not spelling.is_asked(written)


def test_of_words_that_are_equally_near_the_usual_one_is_taken() -> None:
    assert spelling.meant("retrun", {"return": 1, "retru": 9}).terms == ["retru"]
    assert spelling.meant("retrun", {"return": 9, "retru": 1}).terms == ["return"]
