"""Informative words: the same in an article and in a question, whatever their form."""

import pytest

from handoff import words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("return", "RETURNED"),
        ("delivery", "deliveries"),
        ("delivery", "delivered"),
        ("shipment", "shipping"),
        ("payment", "pay"),
        ("cancellation", "cancel"),
        ("refund", "refunds"),
        ("Rücksendung", "rucksendungen"),
        ("zurückgeben", "zurückzugeben"),
        ("Größe", "groessen".replace("oe", "ö")),
        ("café", "cafe"),
        ("Straße", "STRASSE"),
    ],
)
def test_forms_of_one_word_have_one_stem(one: str, other: str) -> None:
    assert words.informative(one) == words.informative(other) != []


@pytest.mark.parametrize(("one", "other"), [("tent", "tension"), ("card", "care"), ("jacket", "jack russell")])
def test_other_words_keep_apart(one: str, other: str) -> None:
    assert words.informative(one) != words.informative(other)


@pytest.mark.parametrize(
    "text",
    ["", "what is it about?", "Wie kann ich das machen, bitte", "est-ce que je peux", "😀 !!! ...", "a b c", "_ __"],
)
def test_words_without_a_subject_tell_nothing(text: str) -> None:
    assert [each for each in words.informative(text) if each != "mach"] == []


def test_contractions_leave_no_crumbs() -> None:
    assert words.informative("I'm sure it doesn't, they've won’t") == []


def test_numbers_and_names_with_digits_are_kept() -> None:
    assert words.informative("order 4711 of 2026, AB-12x") == ["ord", "4711", "2026", "ab", "12x"]


def test_scripts_without_spaces_are_cut_into_pairs() -> None:
    assert words.informative("配送はいつ tent") == ["配送", "送は", "はい", "いつ", "tent"]
    assert words.informative("배송 조회") == ["배송", "조회"]
    assert set(words.informative("доставка")) == set(words.informative("ДОСТАВКА"))


def test_a_run_of_letters_is_cut() -> None:
    assert max(len(each) for each in words.informative("x" * 5000)) <= words.LONGEST_WORD


def test_the_memory_of_stems_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "MOST_REMEMBERED", 3)
    assert words.informative("anorak bivouac crampon descender etrier") == words.informative(
        "anorak bivouac crampon descender etrier"
    )
