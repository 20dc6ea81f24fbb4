"""The line to Slack: how long it waits for a sign of life."""

from pathlib import Path

import pytest

from tests.stage import on_stage

SLACK_WAITS_SECONDS = 3.0
"""https://docs.slack.dev/interactivity/handling-user-interaction: an acknowledgement comes within so long."""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_line_is_not_cut_while_a_press_over_it_is_still_in_time(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.stage.IN_TIME", ())
    async with on_stage(database_url, tmp_path) as stage:
        for line in stage.bot.connection._lines:  # pyright: ignore[reportPrivateUsage]
            session = line.client.current_session
            assert session is not None
            assert session._pong_heartbeat >= SLACK_WAITS_SECONDS  # pyright: ignore[reportPrivateUsage]
