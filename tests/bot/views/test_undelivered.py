"""What managers are told to do about a report that Slack does not take."""

from datetime import UTC, datetime

import pytest

from bot.views import undelivered
from storage.kept_reports import Listed


@pytest.mark.parametrize(
    ("trouble", "advice"),
    [
        ("is_archived", "Unarchive <#C1>. Or: Name another channel"),
        ("not_in_channel", "/invite @Baton` in <#C1>"),
        ("restricted_action", "Name another channel"),
        ("token_revoked", "`baton doctor` says what is wrong"),
        ("missing_scope", "`baton doctor` says what is wrong"),
    ],
)
def test_the_advice_is_about_the_channel_only_where_that_is_the_trouble(trouble: str, advice: str) -> None:
    kept = Listed(
        id="r1",
        schedule="weekly",
        every="week",
        first_day="2026-11-16",
        last_day="2026-11-22",
        time_zone="UTC",
        made_at=datetime(2026, 11, 23, 9, tzinfo=UTC),
        headline="No difference.",
        channel_id="C1",
        channel="#leads",
        ts=None,
        trouble=trouble,
        told_in="",
    )
    told = str(undelivered.undelivered(kept, tried_again=True).blocks)
    assert advice in told
    assert ("BATON_MANAGERS_CHANNEL" in told) == (trouble in {"is_archived", "restricted_action"})
