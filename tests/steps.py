"""How many functions a piece of work calls: a measure of its time that no busy machine changes."""

import sys
from collections.abc import Callable


def steps(work: Callable[[], object]) -> int:
    """The calls of functions while `work` is done, those of the interpreter's own included."""
    calls = 0

    def count(_: object, event: str, __: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls
