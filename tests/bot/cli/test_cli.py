"""The commands as an operator meets them: what they print, and with which code they end."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.demo.workspace import Workspace, serve
from storage import conversations, workspaces
from storage.database import Database
from storage.tables import Conversation
from tests import postgres, weeks
from tests.bot.terminal import Terminal
from tests.stage import ANSWERED, SEED, UNKNOWN, write_articles

pytestmark = pytest.mark.usefixtures("clean_environment", "restored_logging")


@pytest.fixture
async def known(database: Database, database_url: str, terminal: Terminal) -> Terminal:
    """A terminal whose database knows one workspace."""
    await weeks.add_workspace(database, ["returns"])
    terminal.set(database_url=database_url)
    return terminal


async def test_help_lists_every_command(terminal: Terminal) -> None:
    code, out, _ = await terminal.run("--help")
    assert code == 0
    for command in ("demo", "serve", "doctor", "report", "db", "knowledge", "conversation"):
        assert command in out
    listed = out[out.index("Commands") :]
    first = [listed.index(f" {command} ") for command in ("demo", "serve", "doctor", "report", "topics")]
    assert first == sorted(first), "what everybody runs first stands first"


def test_help_loads_neither_slack_nor_the_database() -> None:
    code = "import sys, bot.cli; print(*sorted({'slack_sdk', 'sqlmodel', 'aiohttp', 'openai'} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == []


def test_a_terminal_that_lacks_letters_shows_the_others() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "bot", "report", "--help"],
        cwd=Path(__file__).parents[3],
        env=os.environ | {"PYTHONIOENCODING": "latin-1", "COLUMNS": "80"},
        capture_output=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    assert b"Compare what AI and people resolved" in told.stdout


async def test_the_version_is_that_of_the_package(terminal: Terminal) -> None:
    assert await terminal.run("--version") == (0, "baton 0.1.0\n", "")


@pytest.mark.parametrize("words", [["--nope"], ["fly"], ["knowledge", "sync"], ["report", "--weeks", "0"]])
async def test_a_wrong_command_ends_with_two(terminal: Terminal, words: list[str]) -> None:
    code, out, err = await terminal.run(*words)
    assert (code, out) == (2, "")
    assert "Usage" in err


async def test_a_wrong_setting_ends_with_two_and_one_line(terminal: Terminal) -> None:
    terminal.set(mode="pigeon")
    code, out, err = await terminal.run("serve")
    assert (code, out) == (2, "")
    assert err.startswith("BATON_MODE is 'pigeon', which cannot be used")
    assert len(err.splitlines()) == 1


async def test_serving_without_tokens_names_them(terminal: Terminal) -> None:
    code, _, err = await terminal.run("serve")
    assert code == 2
    assert [line.split()[0] for line in err.splitlines()] == ["BATON_SLACK_BOT_TOKEN", "BATON_SLACK_APP_TOKEN"]


async def test_a_misspelt_variable_is_told_by_the_doctor_and_before_serving(terminal: Terminal) -> None:
    terminal.set(desk_chanel="C1")
    assert "there is no BATON_DESK_CHANEL\n" in (await terminal.run("doctor"))[1]
    _, _, err = await terminal.run("serve")
    assert err.startswith("BATON_DESK_CHANEL is no setting, and nothing reads it. Did you mean BATON_DESK_CHANNEL?\n")


async def test_a_database_that_cannot_be_used_ends_with_one_and_a_sentence(terminal: Terminal) -> None:
    terminal.set(database_url="mysql://localhost/baton")
    code, _, err = await terminal.run("db", "upgrade")
    assert (code, err) == (1, "Baton stores on SQLite or PostgreSQL, not on mysql.\n")


async def test_a_database_that_does_not_answer_is_told_in_one_line_that_says_what_to_look_at(
    terminal: Terminal,
) -> None:
    terminal.set(database_url="postgresql://nobody:secret@127.0.0.1:1/none")
    code, _, err = await terminal.run("topics")
    assert code == 1
    assert err.startswith("Cannot open the database postgresql")
    assert err.endswith("Check BATON_DATABASE_URL.\n")
    assert len(err.splitlines()) == 1
    assert "secret" not in err
    assert "sqlalche.me" not in err


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_an_upgrade_makes_the_tables_once(
    terminal: Terminal, kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if kind == "sqlite":
        terminal.set(database_url=f"sqlite:///{tmp_path}/new.db")
    else:
        terminal.set(database_url=postgres.create(request.getfixturevalue("postgres_url")))
    _, first, _ = await terminal.run("db", "upgrade")
    code, second, _ = await terminal.run("db", "upgrade")
    assert code == 0
    assert first.startswith("The tables went from version none to ")
    assert second.startswith("The tables are at the newest version")


async def test_articles_come_in_and_are_found(known: Terminal, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "articles")
    code, out, _ = await known.run("knowledge", "sync", str(folder))
    assert (code, out) == (0, "3 articles added, 0 changed, 0 removed, 0 unchanged, 0 could not be read\n")
    code, out, _ = await known.run("knowledge", "search", ANSWERED)
    assert code == 0
    assert out.startswith("1. Returning an item")
    assert "https://help.example.com/returns" in out
    assert "within 30 days" in out


async def test_the_same_as_json(known: Terminal, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "articles")
    _, out, _ = await known.run("knowledge", "sync", str(folder), "--json")
    assert json.loads(out)["added"] == ["delivery.md", "returns.md", "warranty.md"]
    _, out, _ = await known.run("knowledge", "search", ANSWERED, "--json", "--limit", "1")
    assert [found["title"] for found in json.loads(out)] == ["Returning an item"]


async def test_a_search_that_finds_nothing_says_what_follows(known: Terminal) -> None:
    assert await known.run("knowledge", "search", UNKNOWN) == (
        0,
        "Nothing found. A question like this goes to a person.\n",
        "",
    )


async def test_articles_that_cannot_be_read_are_named_and_end_with_one(known: Terminal, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "articles")
    (folder / "empty.md").write_text("---\ntitle: Empty\n---\n")
    code, out, _ = await known.run("knowledge", "sync", str(folder))
    assert code == 1
    assert "1 could not be read\n  empty.md: " in out


async def test_a_folder_that_is_not_there_is_named(known: Terminal) -> None:
    code, _, err = await known.run("knowledge", "sync", "/no/such/folder")
    assert (code, err) == (1, "There is no folder or file /no/such/folder.\n")


async def test_without_a_workspace_the_way_to_one_is_told(terminal: Terminal) -> None:
    code, _, err = await terminal.run("knowledge", "search", "hello")
    assert code == 1
    assert "BATON_SLACK_BOT_TOKEN" in err


async def test_the_first_workspace_is_asked_of_slack_by_its_token(terminal: Terminal, tmp_path: Path) -> None:
    server = await serve(Workspace(SEED))
    terminal.set(slack_bot_token=SEED.app.bot_token, slack_api_url=server.api_url)
    code, out, err = await terminal.run("knowledge", "sync", str(write_articles(tmp_path / "articles")))
    await server.close()
    assert (code, err) == (0, "")
    assert out.startswith("3 articles added")


async def test_among_several_workspaces_one_must_be_named(known: Terminal, database: Database) -> None:
    async with database.transaction() as session:
        await workspaces.remember(session, "T2", name="Other", bot_user_id="U2")
    code, _, err = await known.run("knowledge", "search", "hello")
    assert (code, err) == (1, "There are several workspaces; name one with --workspace: T1, T2.\n")
    assert (await known.run("knowledge", "search", "hello", "--workspace", "T2"))[0] == 0
    assert (await known.run("knowledge", "search", "hello", "--workspace", "T3"))[0] == 1


async def talked(database: Database) -> Conversation:
    async with database.transaction() as session:
        conversation = conversations.begin(
            session, "T1", channel_id="C0HELP", thread_ts="1700000000.000100", customer_id="U0ADA"
        )
        await session.flush()
        conversations.say(session, conversation, author="customer", author_id="U0ADA", text="Where is my parcel?")
    return conversation


async def test_a_conversation_is_told_by_its_id_and_by_its_link(known: Terminal, database: Database) -> None:
    conversation = await talked(database)
    code, told, _ = await known.run("conversation", "show", conversation.id)
    assert code == 0
    assert "Where is my parcel?" in told
    for link in (
        "https://local.slack.com/archives/C0HELP/p1700000000000100",
        "https://local.slack.com/archives/C0HELP/p1700000009000000?thread_ts=1700000000.000100&cid=C0HELP",
    ):
        assert (await known.run("conversation", "show", link))[1] == told


async def test_a_conversation_as_json_has_every_row(known: Terminal, database: Database) -> None:
    conversation = await talked(database)
    _, out, _ = await known.run("conversation", "show", conversation.id, "--json")
    story = json.loads(out)
    assert story["conversation"]["id"] == conversation.id
    assert [message["text"] for message in story["messages"]] == ["Where is my parcel?"]


async def test_a_conversation_nobody_knows_ends_with_one(known: Terminal) -> None:
    code, out, err = await known.run("conversation", "show", "nothing")
    assert (code, out) == (1, "")
    assert err.startswith("There is no conversation nothing.")


async def test_the_doctor_ends_with_one_while_something_is_broken(known: Terminal) -> None:
    code, out, _ = await known.run("doctor", "--json")
    checks = json.loads(out)
    assert code == 1
    assert (checks[0]["name"], checks[0]["ok"]) == ("bot token", False)
    code, table, _ = await known.run("doctor")
    assert code == 1
    assert "→ The bot token" in table
