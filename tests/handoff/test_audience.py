"""Who may read what: a tag is enough, internal text is for agents alone, and a stranger reads what all may read."""

import pytest

from handoff.audience import Reader

STRANGER = Reader()
VIP = Reader(channel_id="C1", organisation="T2", groups=frozenset({"vip"}))


@pytest.mark.parametrize(
    "audience", ["customer", "channel:C1", "group:vip", "organisation:T2", "group:press group:vip"]
)
def test_one_tag_is_enough(audience: str) -> None:
    assert VIP.may_read(audience)


@pytest.mark.parametrize("audience", ["internal", "channel:C2", "group:press", "organisation:T3", ""])
def test_without_one_nothing_is_read(audience: str) -> None:
    assert not VIP.may_read(audience)


def test_a_stranger_reads_only_what_all_may_read() -> None:
    assert STRANGER.may_read("customer")
    assert not STRANGER.may_read("channel: group: organisation:")


def test_agents_read_everything() -> None:
    assert Reader(is_agent=True).may_read("internal")
