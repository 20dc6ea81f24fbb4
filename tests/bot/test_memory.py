"""What a process remembers of texts can be forgotten as a whole."""

from bot import memory
from handoff import mood, words
from handoff.draft import Author, Turn

SAID = "Does my extraordinary quokka need an ironmongery visa?"


def _sizes() -> list[int]:
    return [clear.__self__.cache_info().currsize for clear in memory._caches()]  # pyright: ignore


def test_every_cache_is_emptied() -> None:
    mood.read([Turn(Author.CUSTOMER, SAID)])
    words.informative(SAID)
    assert sum(_sizes()) > 0
    assert "quokka" in words._remembered  # pyright: ignore[reportPrivateUsage]
    memory.forget()
    assert sum(_sizes()) == 0
    assert not words._remembered  # pyright: ignore[reportPrivateUsage]
    assert words.informative(SAID)
