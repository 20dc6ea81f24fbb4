"""Who may be let read an answer that an agent teaches."""

import pytest

from bot.desk.teaching import offered_to


@pytest.mark.parametrize(
    ("rested_on", "offered"),
    [
        (set[str](), ("customer", "channel:C1", "internal")),
        ({"customer"}, ("customer", "channel:C1", "internal")),
        ({"customer", "group:gold"}, ("group:gold", "internal")),
        ({"organisation:T9"}, ("organisation:T9", "internal")),
        ({"channel:C1"}, ("channel:C1", "internal")),
        ({"channel:C2"}, ("channel:C2", "internal")),
        ({"channel:C1 channel:C2"}, ("channel:C1 channel:C2", "channel:C1", "internal")),
        ({"group:gold", "group:silver"}, ("internal",)),
        ({"internal", "customer"}, ("internal",)),
        ({"internal", "channel:C1"}, ("internal",)),
    ],
)
def test_nobody_is_offered_who_may_not_read_all_that_it_rests_on(rested_on: set[str], offered: tuple[str, ...]) -> None:
    assert offered_to(rested_on, "C1") == offered
