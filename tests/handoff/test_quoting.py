"""What Baton repeats of a customer's words."""

import pytest

from bot.views import customer, flow
from handoff.quoting import quotable

SAID = (
    "Is my card 4000 0000 0000 0002 good for <https://evil.example/x>, or [card-1]? See [here](https://evil.example)."
)


@pytest.mark.parametrize("secret", ["4000", "evil.example", "[card-1]"])
def test_what_a_customer_gave_away_and_where_it_leads_are_not_repeated(secret: str) -> None:
    assert secret not in quotable(SAID)
    repeated = [
        customer.rest_handed_off([SAID], "en"),
        flow.second_question("U1", SAID, "en"),
        flow.goes_on_there(SAID, "https://team.slack.example/archives/C1/p1", "en"),
        flow.joined(SAID, "en"),
    ]
    assert not any(secret in f"{post.text} {post.blocks}" for post in repeated)


def test_plain_words_are_repeated_as_they_are() -> None:
    said = "Wie lange dauert die Lieferung von A-1234 für 49,90 € (Express)?"
    assert quotable(said) == said
