"""The team's file: what it says is taken, what it leaves out is as usual, and what it gets wrong is named."""

from pathlib import Path

import pytest

from bot import team
from bot.team import TeamFileProblem


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
