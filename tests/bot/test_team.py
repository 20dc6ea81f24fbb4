"""The team's file: what it says is taken, what it leaves out is as usual, and what it gets wrong is named."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot import team
from bot.team import TeamFileProblem
from handoff.survey import SurveyRules


def written(folder: Path, text: str) -> Path:
    path = folder / "baton.toml"
    path.write_text(text)
    return path


def test_without_a_file_everything_is_as_usual() -> None:
    assert team.read(None) == team.TeamFile()


def test_what_the_file_says_is_taken(tmp_path: Path) -> None:
    found = team.read(
        written(
            tmp_path,
            """
[voice]
tone = "warm and brief"
rules = ["Never promise a date."]
[subjects.to_people]
"legal threats" = ["lawyer", "small claims"]
[desk]
mon = "09:00-17:30"
tue = ["09:00-12:00", "13:00-17:30"]
holidays = [2026-12-25, "2026-12-26"]
languages = ["en", "de"]
[channels."#support"]
gather_seconds = 6
privately_first = true
""",
        )
    )
    assert found.voice.tone == "warm and brief"
    assert found.subjects.to_people["legal threats"] == ("lawyer", "small claims")
    assert found.channel("C0SUPPORT", "#support").privately_first
    assert not found.channel("C0OTHER").privately_first
    assert found.desk.languages == ("en", "de")
    hours = found.desk.hours("Europe/Berlin")
    assert hours is not None
    assert str(hours) == "mon 09:00-17:30; tue 09:00-12:00, 13:00-17:30"
    assert hours.holidays == {date(2026, 12, 25), date(2026, 12, 26)}


def test_a_desk_without_hours_has_none() -> None:
    assert team.Desk(languages=("en",)).hours("UTC") is None


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('mon = "9-17"', 'Write one such as "09:00-17:30"'),
        ('monday = "09:00-17:30"', "Write mon, tue"),
        ("mon = 9", "desk.mon: 9 is no span of time. Write one"),
        ("mon = [9]", "Write one such as"),
        ("holidays = ['25.12.2026']", "Write them as in [2026-12-25"),
        ("holidays = [2026-12-24T14:00:00]", "Write them as in [2026-12-25"),
        ("holidays = 3", "Write them as in"),
        ("languages = ['German']", 'Write one such as "en"'),
        ("longest_gap_minutes = 0", "desk.longest_gap_minutes"),
    ],
)
def test_desk_hours_that_cannot_be_say_what_to_write(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(TeamFileProblem, match=r"desk") as refused:
        team.read(written(tmp_path, f"[desk]\n{line}\n"))
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("text", "named"),
    [("[voice", "no TOML"), ("[voice]\ntune = 'x'", "voice.tune"), ("[channels.a]\ngather_seconds = -1", "channels.a")],
)
def test_what_it_gets_wrong_is_named(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(TeamFileProblem, match=named):
        team.read(written(tmp_path, text))


def test_a_missing_file_is_a_clear_problem(tmp_path: Path) -> None:
    with pytest.raises(TeamFileProblem, match=r"cannot be read"):
        team.read(tmp_path / "nowhere.toml")


def test_the_times_of_the_survey_are_read_as_people_write_them(tmp_path: Path) -> None:
    rules = team.read(
        written(tmp_path, '[survey]\ndelay = "5m"\ncontact_days = 30\nreminder_after = "2d"')
    ).survey.rules
    assert rules == SurveyRules(timedelta(minutes=5), timedelta(days=30), timedelta(days=2), timedelta(days=7))


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ('delay = "2d"', "survey.delay"),
        ('delay = "soon"', "survey.delay"),
        ("contact_days = -1", "survey.contact_days"),
        ('expires_after = "5m"', "survey.expires_after"),
        ('reminder_after = "8d"', "reminder_after has to be shorter"),
    ],
)
def test_times_of_the_survey_that_cannot_be_are_refused(tmp_path: Path, words: str, named: str) -> None:
    with pytest.raises(TeamFileProblem, match=named):
        team.read(written(tmp_path, f"[survey]\n{words}\n"))
