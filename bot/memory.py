"""What this process holds in memory beyond its work.

What it remembers of texts that it has read is bounded, made for speed alone, and forgotten on demand. What it no longer
uses can be given back.
"""

import sys
from collections.abc import Callable, Iterator

from handoff import words

HOUSES = ("bot.", "handoff.")


def forget() -> None:
    """Forget every text, and what was made of it; whatever is needed again is read again."""
    for clear in _caches():
        clear()
    words.forget()


def give_back() -> bool:
    """Give the system back what was used and is free; without being told, the C library keeps most of it.

    It is kept for each thread that a query has run in, so that a large report would leave tens of megabytes.

    Returns:
        Whether something was given back; never where the C library is not GNU's, which alone can be told.
    """
    import ctypes  # noqa: PLC0415 - not needed to start

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    return bool(trim and trim(0))


def _caches() -> Iterator[Callable[..., object]]:
    """What empties each cache of a function of this house."""
    for name, module in list(sys.modules.items()):
        if name.startswith(HOUSES):
            for value in list(vars(module).values()):
                clear = getattr(value, "cache_clear", None)
                if callable(clear):
                    yield clear
