"""What a start loads, and what it leaves to whoever needs it first."""

import json
import subprocess
import sys

LEFT_TO_WHOEVER_NEEDS_IT = (
    *("openai", "matplotlib", "numpy", "scipy", "sklearn", "alembic", "yaml", "markdown_it"),
    *("bot.knowledge.documents", "bot.demo", "bot.rehearsal", "bot.audit"),
)
COMPILED = "[each for each in patterns._KNOWN if 'compiled' in vars(each)]"
BUILT = "[each.__name__ for each in (Report, Conversation) if each.__pydantic_complete__]"


def told_by(code: str) -> list[str]:
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def loaded_by(imports: str, *names: str) -> list[str]:
    return told_by(f"import sys, json, {imports}; print(json.dumps([n for n in {names!r} if n in sys.modules]))")


def test_a_start_loads_no_library_or_room_that_the_first_message_does_not_need() -> None:
    assert loaded_by("bot.cli, bot.app", *LEFT_TO_WHOEVER_NEEDS_IT) == []


def test_a_start_compiles_no_pattern_and_makes_out_no_validation_of_reports_and_rows() -> None:
    code = (
        "import json, bot.app; from handoff.lexicon import patterns; from handoff.report import Report;"
        f"from storage.tables import Conversation; print(json.dumps([len({COMPILED}), *{BUILT}]))"
    )
    assert told_by(code) == [0]


def test_help_and_the_report_load_nothing_of_a_running_bot() -> None:
    assert loaded_by("bot.cli", "slack_bolt", "sqlalchemy", "aiohttp", "pydantic_settings") == []
    assert loaded_by("bot.commands.report", "slack_bolt", "apscheduler", "bot.app") == []
