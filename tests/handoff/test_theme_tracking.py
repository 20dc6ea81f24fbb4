"""A group is a known theme when they share conversations or telling words."""

import pytest

from handoff.theme_tracking import Kind, likeness, matched

GIFT = {"gift": 2.0, "card": 1.0, "pay": 0.5}
PIN = {"pin": 2.0, "chang": 1.0}


def test_likeness_is_the_cosine_of_words() -> None:
    assert likeness(Kind("en", GIFT), Kind("en", GIFT)) == pytest.approx(1.0)
    assert likeness(Kind("en", GIFT), Kind("en", {"gift": 2.0})) == pytest.approx(2 / 5.25**0.5)
    assert likeness(Kind("en", GIFT), Kind("en", PIN)) == 0.0


def test_shared_conversations_make_alike_what_other_words_say() -> None:
    assert likeness(Kind("en", GIFT, {"a", "b", "c"}), Kind("en", PIN, {"a", "b", "x", "y"})) == pytest.approx(2 / 3)
    assert likeness(Kind("en", GIFT, {"a"}), Kind("en", PIN, {"a", "b"})) == 0.0


def test_other_languages_are_other_themes() -> None:
    assert likeness(Kind("en", GIFT), Kind("de", GIFT)) == 0.0


def test_the_likest_pairs_come_first_and_no_theme_is_two_groups() -> None:
    near = {"gift": 2.0, "card": 1.0, "pay": 0.4}
    known = {"k1": Kind("en", GIFT), "k2": Kind("en", PIN)}
    assert matched([Kind("en", {"gift": 1.0}), Kind("en", near), Kind("en", PIN)], known) == ["", "k1", "k2"]
    assert matched([Kind("en", {"tent": 1.0})], known) == [""]
    assert matched([], known) == []
