"""Which pictures are fetched, and from where: the bot's token goes to Slack alone."""

import pytest

from bot.slack.pictures import at_slack, kind_of

API = "https://slack.com/api/"


@pytest.mark.parametrize(
    ("url", "api", "ours"),
    [
        ("https://files.slack.com/files-pri/T1-F1/a.png", API, True),
        ("https://files.slack.com:443/a.png", API, True),
        ("http://127.0.0.1:8100/files-pri/T1-F1/a.png", "http://127.0.0.1:8100/api/", True),
        ("http://files.slack.com/a.png", API, False),
        ("https://files.slack.com.evil.example/a.png", API, False),
        ("https://evilslack.com/a.png", API, False),
        ("https://files.slack.com:8443/a.png", API, False),
        ("https://files.slack.com@evil.example/a.png", API, False),
        ("http://127.0.0.1:9999/a.png", "http://127.0.0.1:8100/api/", False),
        ("file:///etc/passwd", API, False),
        ("", API, False),
    ],
)
def test_the_token_goes_to_slack_alone(url: str, api: str, ours: bool) -> None:
    assert at_slack(url, api) is ours


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\nxx", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"<!DOCTYPE html>", ""),
        (b"<svg/>", ""),
        (b"", ""),
    ],
)
def test_a_picture_is_known_by_its_bytes(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind
