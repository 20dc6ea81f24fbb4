"""The forms that split and merge, and what stands in the desk thread after."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.views import threads
from bot.views.desk import Line
from bot.views.ids import ThreadsRef, UndoRef
from bot.views.threads import Choice
from handoff.draft import Author
from storage.kinds import ConversationState
from tests.bot.views.checking import fits, view_fits

PLACE = {"handoff_id": "h1", "conversation_id": "c1"}
SEEN, UNDO = ThreadsRef(**PLACE, seen="abc"), UndoRef(**PLACE, other_id="c2", other_handoff_id="h2")
AT = datetime(2026, 3, 1, tzinfo=UTC)


def marked_up(shown: Any) -> Iterator[str]:
    """Every text in which Slack would make a mention of what is marked as one."""
    if isinstance(shown, dict):
        if shown.get("type") == "mrkdwn":
            yield shown["text"]
        yield from (each for value in shown.values() for each in marked_up(value))
    elif isinstance(shown, list | tuple):
        yield from (each for value in shown for each in marked_up(value))


@pytest.mark.parametrize("text", ["", "Two?", "<!channel> & *more*", "&<>" * 9000, "line\n" * 4000])
def test_whatever_a_customer_wrote_fits_and_calls_nobody(text: str) -> None:
    choices = [Choice(f"c{number}", text, ConversationState.WAITING, True, AT) for number in range(10)]
    said = [Line(Author.CUSTOMER, "U1", text)] * 40
    shown = [
        view_fits(threads.split_form(SEEN, [text] * 5, text, text)),
        view_fits(threads.merge_form(SEEN, choices)),
        fits(threads.was_split("U9", text, UNDO)).blocks,
        fits(threads.was_merged("U9", said, "https://x.example/archives/C1/p1", UNDO)).blocks,
    ]
    assert not any("<!channel>" in each for each in marked_up(shown))
