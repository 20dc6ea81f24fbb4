"""Log lines hold neither secrets nor, at info, what anybody said."""

import io
import json
import logging
from typing import Literal

import pytest
import structlog

from bot import logs

pytestmark = pytest.mark.usefixtures("restored_logging")


def written(level: Literal["debug", "info"], form: Literal["text", "json"], **keys: object) -> str:
    stream = io.StringIO()
    logs.configure(level, form, stream)
    structlog.get_logger("test").info("posted", **keys)
    return stream.getvalue()


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize(
    ("value", "secret"),
    [
        ("xoxb-1234-abcd", "1234-abcd"),
        ("xapp-1-A0-zz", "A0-zz"),
        ("Bearer sk-proj-abcdef", "proj-abcdef"),
        ("postgresql://me:hunter2@db/baton", "hunter2"),
        ({"token": "xoxp-99-secret"}, "99-secret"),
    ],
)
def test_secrets_are_masked_wherever_they_stand(form: Literal["text", "json"], value: object, secret: str) -> None:
    line = written("info", form, found=value)
    assert secret not in line
    assert "…" in line or "\\u2026" in line


def test_what_people_say_is_left_out_at_info_and_kept_at_debug() -> None:
    assert "my address" not in written("info", "json", text="my address is")
    assert "my address" in written("debug", "json", text="my address is")


def test_an_error_is_logged_without_the_local_variables_of_its_frames() -> None:
    stream = io.StringIO()
    logs.configure("info", "text", stream)
    spoken = "a customer's words"
    try:
        raise RuntimeError(f"failed after {len(spoken)} characters")
    except RuntimeError:
        structlog.get_logger("test").exception("broken")
    assert "failed after 18 characters" in stream.getvalue()
    assert spoken not in stream.getvalue()


def test_json_lines_are_objects_with_event_level_and_time() -> None:
    line = json.loads(written("info", "json", workspace="T1"))
    assert {"event": "posted", "level": "info", "workspace": "T1"}.items() <= line.items()
    assert line["timestamp"].endswith("Z")


def test_libraries_that_log_whole_messages_speak_up_at_warning_alone() -> None:
    stream = io.StringIO()
    logs.configure("info", "text", stream)
    logging.getLogger("slack_bolt.AsyncApp").info("body with a message")
    logging.getLogger("slack_bolt.AsyncApp").warning("trouble with xoxb-1234-abcd")
    assert "a message" not in stream.getvalue()
    assert "trouble with xoxb-…" in stream.getvalue()
