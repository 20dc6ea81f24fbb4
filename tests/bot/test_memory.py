"""What a process remembers of texts can be forgotten as a whole, and what it no longer uses is given back."""

import platform
import subprocess
import sys

import pytest

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


LEFT_LYING = """
import threading
from bot import memory

def resident():
    status = open("/proc/self/status").read()
    return int(status.partition("VmRSS:")[2].split()[0]) // 1024

def work():
    global last
    texts = [bytes(2000) for _ in range(30_000)]
    last = bytes(2000)  # lies above the others, so that what is freed below it stays

thread = threading.Thread(target=work)
thread.start()
thread.join()
before = resident()
memory.give_back()
print(before - resident())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only GNU's C library can be told")
def test_what_a_thread_used_and_freed_is_given_back() -> None:
    ran = subprocess.run([sys.executable, "-c", LEFT_LYING], capture_output=True, text=True, check=True)
    assert int(ran.stdout) > 30
