"""`baton rehearse` and `baton scenario` as operators and CI servers meet them: what is printed, and the exit code."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from bot.commands import rehearse
from storage.database import Database
from tests import weeks
from tests.bot.terminal import Terminal

pytestmark = pytest.mark.usefixtures("clean_environment", "restored_logging")

HOLDS = "says: How long is a gift card valid?\nchecks:\n  must_say: 3 years\n"
BREAKS = "says: How long is a gift card valid?\nchecks:\n  must_say: 9 years\n"


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Terminal:
    """A terminal without any setting, whose cache is empty."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Terminal(capsys, monkeypatch)


@pytest.fixture
def scenarios(tmp_path: Path) -> Path:
    """A folder with a scenario that holds."""
    folder = tmp_path / "scenarios"
    folder.mkdir()
    (folder / "card.yaml").write_text(HOLDS)
    return folder


async def test_a_rehearsal_that_holds_ends_with_zero(terminal: Terminal, scenarios: Path, tmp_path: Path) -> None:
    code, out, err = await terminal.run("rehearse", "--demo", str(scenarios))
    assert (code, err) == (0, "")
    assert "1 in all, 1 as wanted" in out
    assert (tmp_path / "cache" / "baton" / "rehearsed.jsonl").exists()
    assert not (tmp_path / "baton.db").exists(), "the sample shop needs no database"


async def test_one_that_breaks_ends_with_one_and_names_the_place(terminal: Terminal, scenarios: Path) -> None:
    (scenarios / "worse.yaml").write_text(BREAKS)
    code, out, _ = await terminal.run("rehearse", "--demo", str(scenarios))
    assert code == 1
    assert "BROKE  worse (scenarios/worse.yaml:1)" in out


async def test_json_and_junit_say_the_same(terminal: Terminal, scenarios: Path, tmp_path: Path) -> None:
    (scenarios / "worse.yaml").write_text(BREAKS)
    xml = tmp_path / "junit.xml"
    code, out, _ = await terminal.run("rehearse", "--demo", str(scenarios), "--json", "--junit", str(xml))
    told = json.loads(out)
    suite = next(iter(ET.parse(xml).getroot()))
    assert (code, told["ready"]) == (1, False)
    assert [each["name"] for each in told["scenarios"]] == ["card", "worse"]
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")


async def test_articles_of_a_folder_are_enough_without_slack_and_without_a_database(
    terminal: Terminal, scenarios: Path, tmp_path: Path
) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "card.md").write_text(
        "# Gift cards\n\n## How long is a gift card valid?\n\nA gift card is valid 3 years."
    )
    code, out, _ = await terminal.run("rehearse", str(scenarios), "--knowledge", str(articles))
    assert (code, "on 1 article." in out) == (0, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "Name scenarios"),
        (["--demo", "--last", "3d"], "The sample shop has no past"),
        (["--last", "soon"], "such as 30d"),
        (["--last", "0d"], "such as 30d"),
        (["--demo", "--threshold", "2"], "less than or equal to 1"),
        (["--demo", "--stage", "pilot"], "'shadow', 'copilot', 'autopilot'"),
        (["--demo", "--parallel", "0"], "greater than or equal to 1"),
    ],
)
async def test_a_wrong_use_ends_with_two(terminal: Terminal, words: list[str], told: str) -> None:
    code, out, err = await terminal.run("rehearse", *words)
    assert (code, out) == (2, "")
    assert told in " ".join(err.replace("│", " ").split())


async def test_a_scenario_with_a_mistake_ends_with_two_and_its_line(terminal: Terminal, scenarios: Path) -> None:
    (scenarios / "bad.yaml").write_text("says: hi\nchecks:\n  must_cit: x\n")
    for command in (["rehearse", "--demo"], ["scenario", "check"]):
        code, out, err = await terminal.run(*command, str(scenarios))
        assert (code, out) == (2, "")
        assert err == f"{scenarios}/bad.yaml:3: checks.must_cit: there is no such field; did you mean must_cite?\n"


async def test_scenarios_can_be_checked_without_being_played(terminal: Terminal, scenarios: Path) -> None:
    assert await terminal.run("scenario", "check", str(scenarios)) == (0, "1 scenario can be played.\n", "")


async def test_without_a_workspace_slack_is_not_asked_whatever_is_set(terminal: Terminal, scenarios: Path) -> None:
    terminal.set(slack_bot_token="xoxb-1", slack_api_url="http://127.0.0.1:1/api/")
    code, _, err = await terminal.run("rehearse", str(scenarios))
    assert code == 1
    assert "No workspace is known yet" in err


async def test_a_team_without_a_past_is_ready(database: Database, database_url: str, terminal: Terminal) -> None:
    await weeks.add_workspace(database, ["returns"])
    terminal.set(database_url=database_url)
    code, out, _ = await terminal.run("rehearse", "--last", "4w")
    assert code == 0
    assert "0 decisions in 0 conversations" in out


async def test_xml_that_cannot_be_written_ends_with_a_sentence(terminal: Terminal, scenarios: Path) -> None:
    code, _, err = await terminal.run("rehearse", "--demo", str(scenarios), "--junit", "/no/such/folder/x.xml")
    assert (code, err) == (1, "The JUnit XML cannot be written to /no/such/folder/x.xml: No such file or directory\n")


async def test_a_state_that_cannot_be_kept_ends_with_a_sentence(terminal: Terminal, scenarios: Path) -> None:
    code, _, err = await terminal.run("rehearse", "--demo", str(scenarios), "--state", str(scenarios))
    assert code == 1
    assert "Name another file with --state" in err


@pytest.mark.parametrize(("given", "hours"), [("12h", 12), ("30d", 720), (" 2W ", 336)])
def test_times_are_read(given: str, hours: int) -> None:
    assert rehearse.lasting(given).total_seconds() == hours * 3600
