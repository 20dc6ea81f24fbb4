"""What counts as a person's time for a deed."""

from datetime import UTC, datetime, timedelta

import pytest

from handoff.effort import worked

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
MINUTES = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("began", "minutes"),
    [((-3.0, None), 3.0), ((-30.0, -2.0), 2.0), ((-30.0, None), 5.0), ((1.0, -3.0), 0.0), ((None, None), 0.0)],
)
def test_a_deed_took_the_time_since_the_latest_moment_it_can_have_begun_within_a_pause(
    began: tuple[float | None, ...], minutes: float
) -> None:
    since = tuple(None if each is None else NOON + each * MINUTES for each in began)
    assert worked(NOON, since=since, longest=5 * MINUTES) == minutes * 60
