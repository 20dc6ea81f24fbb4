"""A scenario from a real conversation: its words masked, its course as reactions and checks, and it can be read."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.rehearsal import from_conversation, scenario_files
from storage.kinds import Action, HandoffReason
from storage.past_decisions import Past
from storage.tables import Conversation, Decision, DraftRow, Message

KEYS = {"a1": "returns/return-an-item.md"}


def message(number: int, author: str, text: str, **changes: Any) -> Message:
    return Message(
        workspace_id="T1", id=f"m{number}", conversation_id="c1", author=author, author_id="U0ADA0000", text=text,
        **changes,
    )  # fmt: skip


def decision(number: int, action: Action, reason: str = "", draft_id: str | None = None) -> Decision:
    return Decision(
        workspace_id="T1", id=f"d{number}", conversation_id="c1", message_id=f"m{number}", action=action, reason=reason,
        draft_id=draft_id,
    )  # fmt: skip


DRAFT = DraftRow(
    workspace_id="T1",
    id="f1",
    conversation_id="c1",
    message_id="m1",
    text="Choose Return.",
    citations=[{"article_id": "a1", "title": "Return an item"}, {"article_id": "gone", "title": "Old: terms"}],
)
PAST = Past(
    conversation=Conversation(
        workspace_id="T1", id="c1", channel_id="C1", thread_ts="1.1", customer_id="U0ADA0000", language="en"
    ),
    messages=[
        message(1, "customer", "Hi, Ada Lind here, ada@x.example. How do I return it?"),
        message(2, "bot", "Choose Return."),
        message(3, "customer", "It is LF1234567, and now?\nYes: no"),
        message(4, "bot", "A person comes."),
        message(5, "customer", "Call me: +49 30 1234567"),
        message(6, "agent", "I am Ben."),
    ],
    decisions=[
        decision(1, Action.ANSWER, draft_id="f1"),
        decision(3, Action.HAND_OFF, HandoffReason.NOTHING_FOUND),
    ],
    drafts={"f1": DRAFT},
    reviews=[],
)


def test_its_course_becomes_reactions_and_checks() -> None:
    told = yaml.safe_load(from_conversation.write(PAST, ["Ada Lind"], KEYS))
    assert told["says"] == "Hi, [name] here, [email]. How do I return it?"
    assert told["reactions"] == {"answer": [{"says": "It is LF0000000, and now?\nYes: no"}]}
    assert told["checks"] == {
        "must_answer": True,
        "must_hand_off": "nothing_found",
        "must_cite": ["returns/return-an-item", "Old: terms"],
        "most_turns": 2,
    }


def test_it_can_be_read_as_a_scenario(tmp_path: Path) -> None:
    path = tmp_path / "c1.yaml"
    path.write_text(from_conversation.write(PAST, [], KEYS))
    assert scenario_files.read([path])[0].scenario.customer.language == "en"


def test_nothing_of_the_person_is_left() -> None:
    text = from_conversation.write(PAST, ["Ada Lind", "ben"], KEYS)
    for hidden in ("Ada", "Lind", "ada@", "LF1234567", "1234567", "U0ADA0000", "Ben"):
        assert hidden not in text


def test_the_head_says_whether_names_were_known() -> None:
    assert "and the names it was told" in from_conversation.write(PAST, ["Ada"], KEYS)
    assert "no names: none were told" in from_conversation.write(PAST, [], KEYS)


def test_a_file_without_words_is_told_as_one() -> None:
    sent = Past(
        PAST.conversation, [message(1, "customer", "")], [decision(1, Action.HAND_OFF, HandoffReason.POLICY)], {}, []
    )
    told = yaml.safe_load(from_conversation.write(sent, [], {}))
    assert (told["says"], told["attaches_file"], told["checks"]["must_hand_off"]) == ("", True, "policy")


@pytest.mark.parametrize("author", ["agent", "customer"])
def test_without_words_of_the_customer_there_is_nothing_to_play(author: str) -> None:
    row = message(1, author, "x", deleted_at=PAST.conversation.opened_at if author == "customer" else None)
    with pytest.raises(ValueError, match="words are gone"):
        from_conversation.write(Past(PAST.conversation, [row], [], {}, []), [], {})
