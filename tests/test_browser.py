"""The browser of the page's tests is one that can be driven."""

import sys

import pytest

from tests import browser


def test_a_browser_whose_driver_does_not_start_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(browser.NAMED, sys.executable)  # which tells its version, as a browser does
    assert browser.find.__wrapped__() == sys.executable
    starts = browser._starts  # pyright: ignore[reportPrivateUsage]
    monkeypatch.setattr(browser, "_starts", lambda *command: "playwright" not in command and starts(*command))
    assert browser.find.__wrapped__() is None
