"""What this process remembers of texts that it has read: bounded, made for speed alone, and forgotten on demand."""

import sys
from collections.abc import Callable, Iterator

from handoff import words

HOUSES = ("bot.", "handoff.")


def forget() -> None:
    """Forget every text, and what was made of it; whatever is needed again is read again."""
    for clear in _caches():
        clear()
    words.forget()


def _caches() -> Iterator[Callable[..., object]]:
    """What empties each cache of a function of this house."""
    for name, module in list(sys.modules.items()):
        if name.startswith(HOUSES):
            for value in list(vars(module).values()):
                clear = getattr(value, "cache_clear", None)
                if callable(clear):
                    yield clear
