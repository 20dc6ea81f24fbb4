"""What is worth storing of Slack's events, and what a stored one says."""

from typing import Any

import pytest

from bot.slack import inbound
from bot.slack.inbound import Deleted, Edited, Left, Said

MESSAGE = {"type": "message", "channel": "C1", "channel_type": "channel", "user": "U1", "text": "hi", "ts": "5.1"}


def body(event: dict[str, Any], event_id: str = "Ev1") -> dict[str, Any]:
    return {"type": "event_callback", "team_id": "T9", "event_id": event_id, "event": event} | {
        "authorizations": [{"team_id": "T1"}]
    }


def happened(event: dict[str, Any]) -> Any:
    arrival = inbound.arrival(body(event))
    assert arrival is not None
    return inbound.happening(arrival.payload, "UBOT")


def test_a_message_and_the_mention_of_it_are_one_event() -> None:
    message, mention = inbound.arrival(body(MESSAGE)), inbound.arrival(body(MESSAGE | {"type": "app_mention"}, "Ev2"))
    assert message is not None
    assert mention is not None
    assert (message.key, message.lane, message.workspace_id) == (mention.key, mention.lane, "T1")


def test_a_thread_is_a_lane_and_a_direct_message_channel_is_one() -> None:
    lanes = [
        inbound.arrival(body(MESSAGE | more)).lane  # type: ignore[union-attr]
        for more in ({}, {"ts": "6.0", "thread_ts": "5.1"}, {"ts": "7.0"}, {"channel_type": "im", "ts": "8.0"})
    ]
    assert lanes == ["C1:5.1", "C1:5.1", "C1:7.0", "C1"]


@pytest.mark.parametrize(
    "event",
    [
        MESSAGE | {"bot_id": "B1"},
        MESSAGE | {"subtype": "channel_join"},
        MESSAGE | {"subtype": "bot_message"},
        {key: value for key, value in MESSAGE.items() if key != "user"},
        {"type": "reaction_added"},
        {
            "type": "message",
            "subtype": "message_changed",
            "channel": "C1",
            "message": MESSAGE,
            "previous_message": MESSAGE,
        },
        {
            "type": "message",
            "subtype": "message_changed",
            "channel": "C1",
            "message": MESSAGE | {"bot_id": "B1", "text": "new"},
            "previous_message": MESSAGE,
        },
    ],
    ids=["bot", "join", "bot-message", "nobody", "reaction", "unfurl", "own-edit"],
)
def test_what_asks_nothing_of_us_is_not_stored(event: dict[str, Any]) -> None:
    assert inbound.arrival(body(event)) is None


def test_a_persons_words_are_read_plainly() -> None:
    said = happened(MESSAGE | {"text": "<@UBOT> see <https://x.example|this> &amp; &lt;that&gt;\0", "user_team": "T2"})
    assert isinstance(said, Said)
    assert said.text == "see this (https://x.example) & <that>"
    assert said.mentions_bot
    assert said.team_id == "T2"


def test_an_edit_a_deletion_a_tombstone_and_a_leaving_are_told_apart() -> None:
    changed = {"type": "message", "subtype": "message_changed", "channel": "C1", "ts": "9", "previous_message": MESSAGE}
    edit = happened(changed | {"message": MESSAGE | {"text": "new"}})
    assert isinstance(edit, Edited)
    assert (edit.ts, edit.text) == ("5.1", "new")
    tombstone = {"type": "message", "subtype": "tombstone", "ts": "5.1", "user": "USLACKBOT"}
    assert happened(changed | {"message": tombstone}) == Deleted("C1", "5.1")
    gone = {"type": "message", "subtype": "message_deleted", "channel": "C1", "deleted_ts": "5.1", "ts": "9"}
    assert happened(gone | {"previous_message": MESSAGE}) == Deleted("C1", "5.1")
    assert happened({"type": "member_left_channel", "user": "U1", "channel": "C1"}) == Left("C1", "U1")
