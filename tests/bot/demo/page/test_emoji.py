"""Emoji by name."""

import pytest

from bot.demo.page import emoji


def test_names_become_pictures_and_unknown_names_stay() -> None:
    assert emoji.replace("ok :+1: :no_such_one:") == "ok 👍 :no_such_one:"


def test_a_skin_tone_is_left_out() -> None:
    assert emoji.replace(":wave::skin-tone-3:") == "👋"
    assert emoji.character("wave::skin-tone-3") == "👋"


def test_times_of_day_are_no_emoji() -> None:
    assert emoji.replace("at 10:30:45") == "at 10:30:45"


@pytest.mark.parametrize(
    ("text", "holds"), [(":tada:", True), ("🎉 👍", True), ("", False), ("ok :tada:", False), ("12", False)]
)
def test_only_a_few_emoji_alone_are_shown_large(text: str, holds: bool) -> None:
    assert emoji.is_only_emoji(text) is holds


def test_every_name_has_one_picture() -> None:
    assert len(emoji.SHORTCODES) > 300
    assert not any(picture.isascii() for picture in emoji.SHORTCODES.values())
