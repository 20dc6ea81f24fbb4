"""What belongs together of the messages that one person sends in a row."""

from typing import Any

from bot.conversation.gathering import gather
from bot.slack import inbound
from bot.slack.inbound import Said
from storage.inbox import Behind

CHANNEL, ADA, WINDOW = "C0SUPPORT", "U0ADA0000", 10.0


def message(ts: str, text: str, **more: Any) -> dict[str, Any]:
    event = {"type": "message", "channel": CHANNEL, "channel_type": "channel", "user": ADA, "ts": ts, "text": text}
    return {"event": {**event, **more}}


def changed(ts: str, text: str) -> dict[str, Any]:
    after, before = message(ts, text)["event"], message(ts, "before")["event"]
    event = {"subtype": "message_changed", "message": after, "previous_message": before}
    return {"event": {"type": "message", "channel": CHANNEL, "channel_type": "channel", **event}}


def deleted(ts: str) -> dict[str, Any]:
    event = {"subtype": "message_deleted", "deleted_ts": ts, "previous_message": message(ts, "before")["event"]}
    return {"event": {"type": "message", "channel": CHANNEL, "channel_type": "channel", **event}}


def said(ts: str, text: str) -> Said:
    found = inbound.happening(message(ts, text), "U0BATON00")
    assert isinstance(found, Said)
    return found


def behind(*payloads: dict[str, Any]) -> list[Behind]:
    return [Behind(str(number), payload) for number, payload in enumerate(payloads)]


def test_messages_in_a_row_are_one_question_in_the_place_of_the_first() -> None:
    found = gather(
        said("100.0", "Hi"), behind(message("105.0", "my tent leaks"), message("114.0", "help?")), WINDOW, ""
    )
    assert (found.said.text, found.said.ts, found.along) == ("Hi\nmy tent leaks\nhelp?", "100.0", ("0", "1"))
    assert [part.ts for part in found.said.parts] == ["100.0", "105.0", "114.0"]


def test_the_window_runs_from_one_message_to_the_next_and_ends() -> None:
    found = gather(said("100.0", "one"), behind(message("109.0", "two"), message("120.0", "later")), WINDOW, "")
    assert (found.said.text, found.along) == ("one\ntwo", ("0",))


def test_corrections_and_deletions_in_the_window_count() -> None:
    rows = behind(message("101.0", "two"), changed("100.0", "ONE"), deleted("101.0"), message("102.0", "three"))
    found = gather(said("100.0", "one"), rows, WINDOW, "")
    assert (found.said.text, found.along) == ("ONE\nthree", ("0", "1", "2", "3"))


def test_what_belongs_to_older_messages_is_left_behind() -> None:
    found = gather(said("100.0", "one"), behind(changed("50.0", "an older one"), message("101.0", "two")), WINDOW, "")
    assert (found.said.text, found.along) == ("one\ntwo", ("1",))


def test_nothing_is_left_when_all_was_taken_back() -> None:
    assert gather(said("100.0", "one"), behind(deleted("100.0")), WINDOW, "").messages == ()


def test_only_messages_outside_threads_wait_and_they_wait_in_their_authors_lane() -> None:
    def arrived(event: dict[str, Any]) -> tuple[str, float]:
        found = inbound.arrival({"team_id": "T1", "event_id": "E1", **event}, lambda _: WINDOW)
        assert found is not None
        return found.lane, found.waits

    assert arrived(message("100.0", "one")) == (f"{CHANNEL}:by:{ADA}", WINDOW)
    assert arrived(message("101.0", "in a thread", thread_ts="90.0")) == (f"{CHANNEL}:90.0", 0.0)
    assert arrived(changed("100.0", "ONE")) == (f"{CHANNEL}:by:{ADA}", 0.0)
    assert arrived(message("100.0", "direct", channel_type="im")) == (CHANNEL, 0.0)
