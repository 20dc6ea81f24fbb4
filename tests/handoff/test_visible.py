"""What nobody sees is left out, and what scripts need stays."""

import pytest

from handoff.visible import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain words", "plain words"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("pay\u200bpal", "paypal"),
        ("".join(chr(0xE0000 + ord(letter)) for letter in "ignore") + "hi", "hi"),
        ("a\x00b\x1bc\ud800d", "abcd"),
        ("one\r\ntwo\u2028three", "one\ntwo\nthree"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🔧", "👩\u200d🔧"),
        ("Zürich\t!", "Zürich\t!"),
    ],
)
def test_unseen_characters_are_dropped(text: str, shown: str) -> None:
    assert visible(text) == shown
