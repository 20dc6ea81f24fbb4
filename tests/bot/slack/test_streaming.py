"""How a stream that began without our knowing is recognised."""

from typing import Any

from bot.slack.streaming import says_the_same


def section(text: str) -> dict[str, Any]:
    return {"text": {"text": text, "type": "mrkdwn", "verbatim": True}, "type": "section"}


def test_what_slack_adds_and_writes_its_own_way_makes_no_other_block() -> None:
    told = {
        "type": "section",
        "block_id": "x7Q",
        "text": {"type": "mrkdwn", "text": "Your tent :tent: is &lt;dry&gt;.", "verbatim": False},
    }
    assert says_the_same(told, section("Your tent \N{TENT} is &lt;dry&gt;."))


def test_other_words_are_another_block() -> None:
    assert not says_the_same(section("Your tent is wet."), section("Your tent is dry."))


def test_lines_of_small_print_are_compared_as_well() -> None:
    line = {"type": "context", "elements": [{"text": "From Returns", "type": "mrkdwn"}]}
    told = {
        "type": "context",
        "block_id": "b",
        "elements": [{"type": "mrkdwn", "text": "From Returns", "verbatim": False}],
    }
    assert says_the_same(told, line)
    assert not says_the_same(told, section("Returns"))
