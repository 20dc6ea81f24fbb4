"""Ids that sort by the time they were made, also within one millisecond of one process."""

import secrets
import threading
import time
from datetime import datetime

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_RANDOM_BITS = 42
_LENGTH = 18

_lock = threading.Lock()
_last = [0]


def new_id() -> str:
    """Make an id: 18 characters, 48 bits of milliseconds and 42 random bits, always above this process's last one."""
    with _lock:
        fresh = (time.time_ns() // 1_000_000 << _RANDOM_BITS) | secrets.randbits(_RANDOM_BITS - 1)
        value = _last[0] = max(fresh, _last[0] + 1)
    return _written(value)


def first_at(moment: datetime) -> str:
    """An id not above any that was or will be made at a moment or later, by a clock that shows the same time."""
    return _written(int(moment.timestamp() * 1000) << _RANDOM_BITS)


def _written(value: int) -> str:
    return "".join(_ALPHABET[(value >> shift) & 31] for shift in range(5 * (_LENGTH - 1), -1, -5))
