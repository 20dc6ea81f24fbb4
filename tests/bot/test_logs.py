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


@pytest.mark.parametrize("level", ["info", "debug"])
@pytest.mark.parametrize("key", ["note", "text"])
def test_personal_data_stays_out_at_every_level(level: Literal["debug", "info"], key: str) -> None:
    said = "ada@example.com, 4111 1111 1111 1111, +43 660 1234567, password is Hunter2!"
    line = written(level, "json", **{key: said, "nested": {"who": "bob@example.com"}})
    for hidden in ("ada@", "4111", "1234567", "Hunter2", "bob@"):
        assert hidden not in line


def test_the_text_of_an_error_is_masked() -> None:
    stream = io.StringIO()
    logs.configure("info", "text", stream)
    try:
        raise ValueError("cannot insert ('ada@example.com', 'DE89 3704 0044 0532 0130 00')")
    except ValueError:
        structlog.get_logger("test").exception("broken")
    assert "cannot insert ('[email]', '[iban]')" in stream.getvalue()


def test_ids_and_times_of_our_own_stay_readable() -> None:
    line = written("info", "json", conversation="01jabcdefghjkmnpqr", thread="1732622000.123456", channel="C0SUPPORT")
    assert "01jabcdefghjkmnpqr" in line
    assert "1732622000.123456" in line


@pytest.mark.parametrize("form", ["text", "json"])
def test_words_of_others_neither_command_a_terminal_nor_begin_a_line(form: Literal["text", "json"]) -> None:
    line = written("info", form, name="\x1b[2J\x9b31mred\u202e\r\n2026-01-01 [error] forged")
    assert not set("\x1b\x9b\u202e\r") & set(line)
    assert len(line.splitlines()) == 1
    assert "forged" in line
