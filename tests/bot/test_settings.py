"""Settings come from the environment, and a bad one is answered in words."""

from pathlib import Path

import pytest

from bot import misspelt, settings
from bot.settings import Settings, SettingsProblem, variable
from tests.syntax import attributes

BOT = Path(settings.__file__).parent


pytestmark = pytest.mark.usefixtures("clean_environment")


def problem(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> str:
    monkeypatch.setenv(variable(name), value)
    with pytest.raises(SettingsProblem) as raised:
        settings.load()
    return str(raised.value)


def test_without_any_variable_everything_has_a_default() -> None:
    loaded = settings.load()
    assert (loaded.mode, loaded.drafter, loaded.database_url) == ("socket", "embedded", "sqlite:///baton.db")


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("BATON_COMPANY_NAME=File\nBATON_TIME_ZONE=Europe/Berlin\n")
    monkeypatch.setenv("BATON_COMPANY_NAME", "Environment")
    loaded = settings.load()
    assert (loaded.company_name, loaded.time_zone) == ("Environment", "Europe/Berlin")


def test_the_example_file_is_a_working_env_file(tmp_path: Path) -> None:
    lines = (BOT.parent / ".env.example").read_text().splitlines()
    filled = [line.removeprefix("#") for line in lines if line.startswith("#BATON_")]
    (tmp_path / ".env").write_text("\n".join(filled))
    assert len(filled) == len(Settings.model_fields)
    assert settings.load() == Settings(_env_file=None)  # pyright: ignore[reportCallIssue]


@pytest.mark.parametrize(
    ("written", "channels"),
    [("C1", ("C1",)), (" #help , C1 ,", ("#help", "C1")), ("", ())],
)
def test_lists_are_separated_by_commas(
    monkeypatch: pytest.MonkeyPatch, written: str, channels: tuple[str, ...]
) -> None:
    monkeypatch.setenv("BATON_SUPPORT_CHANNELS", written)
    assert settings.load().support_channels == channels


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("90", 90), ("90s", 90), ("30m", 1_800), ("24h", 86_400), ("1.5 H", 5_400), ("3d", 259_200)],
)
def test_a_duration_has_a_unit_or_is_in_seconds(monkeypatch: pytest.MonkeyPatch, written: str, seconds: float) -> None:
    monkeypatch.setenv("BATON_ASSUMED_RESOLUTION_AFTER", written)
    assert settings.load().assumed_resolution_after == seconds


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("slack_bot_token", "http_port", "knowledge_dir", "confidence_threshold"):
        monkeypatch.setenv(variable(name), "")
    loaded = settings.load()
    assert (loaded.slack_bot_token, loaded.http_port, loaded.knowledge_dir) == (None, 3000, None)


def test_an_api_address_without_its_slash_gets_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BATON_SLACK_API_URL", "http://localhost:9/api")
    assert settings.load().slack_api_url == "http://localhost:9/api/"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("mode", "carrier-pigeon"),
        ("confidence_threshold", "1.2"),
        ("frustration_limit", "-0.1"),
        ("assumed_resolution_after", "soon"),
        ("assumed_resolution_after", "0"),
        ("report_time", "24:00"),
        ("report_day", "monday"),
        ("time_zone", "Mars/Olympus"),
        ("http_port", "70000"),
        ("slack_api_url", "slack.com"),
        ("workers", "0"),
        ("survey", "perhaps"),
        ("log_level", "loud"),
    ],
)
def test_a_bad_value_is_answered_by_its_variable_the_value_and_what_to_write(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    told = problem(monkeypatch, name, value)
    assert told.startswith(f"{variable(name)} is '{value}', which cannot be used: ")
    assert settings.description(name) in told
    assert "\n" not in told
    assert "pydantic" not in told


def test_every_bad_value_has_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BATON_WORKERS", "many")
    assert len(problem(monkeypatch, "mode", "x").splitlines()) == 2


def test_secrets_are_not_shown() -> None:
    loaded = Settings(slack_bot_token="xoxb-very-secret", openai_api_key="sk-very-secret")  # pyright: ignore[reportArgumentType]
    assert "very-secret" not in f"{loaded!r} {loaded.model_dump_json()}"


def test_a_connection_by_socket_needs_both_tokens() -> None:
    with pytest.raises(SettingsProblem, match=r"BATON_SLACK_BOT_TOKEN[^\n]+\nBATON_SLACK_APP_TOKEN"):
        settings.load().require_slack()


def test_a_connection_by_http_needs_the_signing_secret() -> None:
    with pytest.raises(SettingsProblem, match="BATON_SLACK_SIGNING_SECRET is not set"):
        settings.load(mode="http", slack_bot_token="xoxb-1").require_slack()


def test_serving_needs_to_know_the_channels_and_the_agents() -> None:
    with pytest.raises(SettingsProblem, match="BATON_SUPPORT_CHANNELS is not set"):
        settings.load().require_channels()
    settings.load(support_channels="C1", desk_channel="C2", managers_channel="C3", agents="U1").require_channels()


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_read_somewhere(name: str) -> None:
    readers = [path for path in BOT.rglob("*.py") if path.name != "settings.py" and name in attributes(path)]
    assert readers, f"nothing reads {variable(name)}"


def test_a_variable_that_no_setting_has_is_told_with_the_one_that_was_meant(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert misspelt.find() == []
    monkeypatch.setenv("BATON_DESK_CHANEL", "C1")
    monkeypatch.setenv("BATON_DESK_CHANNEL", "C1")
    (tmp_path / ".env").write_text("# BATON_NOT_SAID=1\nBATON_QUITE_ELSE=1\nBATON_EMPTY=\nexport BATON_MANAGER=@m\n")
    assert [(each.name, each.meant) for each in misspelt.find()] == [
        ("BATON_DESK_CHANEL", "BATON_DESK_CHANNEL"),
        ("BATON_MANAGER", "BATON_MANAGERS"),
        ("BATON_QUITE_ELSE", ""),
    ]
