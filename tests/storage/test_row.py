"""A row is made and changed as SQLModel says, in fewer steps."""

from datetime import UTC

import pytest

from storage.tables import Message
from tests.steps import steps

MOST_STEPS = 300
"""Calls of functions by which a row is made; SQLModel alone needs more than five hundred."""


def message() -> Message:
    return Message(workspace_id="T1", id="1", conversation_id="c1", author="customer", author_id="U1", text="Hello")


def test_what_is_made_anew_for_a_row_is_its_own() -> None:
    one, other = message(), message()
    one.files.append({"id": "F1"})
    assert (other.files, one.created_at.tzinfo) == ([], UTC)


def test_a_value_that_is_given_is_kept() -> None:
    given = [{"id": "F1"}]
    row = Message(workspace_id="T1", id="1", conversation_id="c1", author="bot", author_id="B1", text="", files=given)
    assert row.files is given


def test_a_name_that_is_no_column_is_refused() -> None:
    with pytest.raises(ValueError, match="colour"):
        message().colour = "red"  # pyright: ignore[reportAttributeAccessIssue]


def test_a_row_is_made_in_few_steps() -> None:
    message()
    assert steps(message) < MOST_STEPS
