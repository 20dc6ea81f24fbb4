"""How long an event belongs to a worker."""

import pytest

from bot import settings
from bot.queues.worker import lease_seconds


@pytest.mark.parametrize(
    ("given", "longer_than"),
    [
        ({"inbox_lease_seconds": 300.0}, 299.0),
        ({"drafter": "openai", "openai_timeout_seconds": 600.0}, 600.0),
        (
            {"drafter": "openai", "openai_timeout_seconds": 100.0, "grader_model": "g", "grader_timeout_seconds": 90},
            190.0,
        ),
        (
            {
                "drafter": "openai",
                "openai_timeout_seconds": 90.0,
                "challenger_drafter": "openai",
                "challenger_share": 0.2,
            },
            180.0,
        ),
    ],
)
def test_a_lease_is_longer_than_any_turn(given: dict[str, object], longer_than: float) -> None:
    assert lease_seconds(settings.load(**given)) > longer_than
