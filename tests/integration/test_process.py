"""Baton as a process of its own, as an operator runs it: `python -m bot serve`."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo.workspace import Person, Workspace, WorkspaceServer, serve
from tests.integration.dialogue import asks, bot_posts, by_bot
from tests.model_server import HANGS, MODEL, Asked, Reply, model_server
from tests.stage import ADA, ANSWERED, DESK, MANAGERS, SEED, SUPPORT, write_articles

PATIENCE = 120.0


@pytest.fixture
async def server() -> AsyncIterator[WorkspaceServer]:
    """A workspace."""
    opened = await serve(Workspace(SEED))
    yield opened
    await opened.close()


def environment(server: WorkspaceServer, database_url: str, **changed: str) -> dict[str, str]:
    settings = {
        "slack_bot_token": SEED.app.bot_token,
        "slack_app_token": SEED.app.app_token,
        "slack_api_url": server.api_url,
        "database_url": database_url,
        "support_channels": SUPPORT,
        "desk_channel": DESK,
        "managers_channel": MANAGERS,
        "agents": "@agents",
        "managers": "@managers",
        "log_format": "json",
    }
    others = {name: value for name, value in os.environ.items() if not name.startswith("BATON_")}
    return others | {f"BATON_{name.upper()}": value for name, value in (settings | changed).items()}


async def baton(*words: str, folder: Path, env: dict[str, str]) -> Process:
    root = str(Path(__file__).parents[2])
    env = env | {"PYTHONPATH": root}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, cwd=folder, env=env, stdout=PIPE, stderr=PIPE
    )


async def line_with(process: Process, words: str) -> str:
    """The next log line that holds these words."""
    assert process.stderr
    async with asyncio.timeout(PATIENCE):
        async for line in process.stderr:
            if words in line.decode():
                return line.decode()
    raise AssertionError(f"the process ended before it said {words!r}")


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_served_bot_answers_and_ends_cleanly_when_asked_to(
    server: WorkspaceServer, database_url: str, tmp_path: Path, sign: signal.Signals
) -> None:
    articles = str(write_articles(tmp_path / "articles"))
    serving = await baton("serve", folder=tmp_path, env=environment(server, database_url, knowledge_dir=articles))
    await line_with(serving, '"event": "ready"')
    async with Person(server.url, ADA) as ada:
        _, reply = await asks(ada, ANSWERED)
    assert "30 days" in str(reply)
    serving.send_signal(sign)
    out, err = await asyncio.wait_for(serving.communicate(), PATIENCE)
    assert serving.returncode == 0
    assert "Traceback" not in (out + err).decode()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"slack_bot_token": "xoxb-wrong"}, "Slack refuses BATON_SLACK_BOT_TOKEN (invalid_auth)"),
        ({"slack_app_token": "xapp-wrong"}, "Slack refuses BATON_SLACK_APP_TOKEN (invalid_auth)"),
        ({"desk_channel": "#nowhere"}, "There is no channel #nowhere"),
        ({"slack_api_url": "http://127.0.0.1:1/"}, "BATON_SLACK_API_URL"),
    ],
)
async def test_a_bot_that_cannot_start_says_why_in_one_line_and_ends_with_one(
    server: WorkspaceServer, database_url: str, tmp_path: Path, wrong: dict[str, str], words: str
) -> None:
    serving = await baton("serve", folder=tmp_path, env=environment(server, database_url, **wrong))
    _, err = await asyncio.wait_for(serving.communicate(), PATIENCE)
    assert serving.returncode == 1
    assert words in err.decode().splitlines()[-1]
    assert "Traceback" not in err.decode()


async def test_a_question_whose_model_is_awaited_at_the_end_is_answered_by_the_next_process(
    server: WorkspaceServer, database_url: str, tmp_path: Path
) -> None:
    articles = str(write_articles(tmp_path / "articles"))
    env = environment(server, database_url, knowledge_dir=articles)
    asked = asyncio.Event()

    def hangs(_: Asked) -> Reply:
        asked.set()
        return HANGS

    async with model_server(hangs) as model, Person(server.url, ADA) as ada:
        asks_it = {
            "DRAFTER": "openai",
            "OPENAI_BASE_URL": model.url,
            "OPENAI_API_KEY": model.key,
            "OPENAI_MODEL": MODEL,
        }
        hanging = {f"BATON_{name}": value for name, value in asks_it.items()} | {"BATON_OPENAI_TIMEOUT_SECONDS": "300"}
        serving = await baton("serve", folder=tmp_path, env=env | hanging)
        await line_with(serving, '"event": "ready"')
        question = await ada.says(SUPPORT, ANSWERED)
        await asyncio.wait_for(asked.wait(), PATIENCE)
        serving.send_signal(signal.SIGTERM)
        await asyncio.wait_for(serving.communicate(), PATIENCE)
        assert serving.returncode == 0
        serving = await baton("serve", folder=tmp_path, env=env)
        await line_with(serving, '"event": "ready"')
        await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("30 days"))
        assert len(await bot_posts(ada, question["ts"])) == 1
        serving.send_signal(signal.SIGTERM)
        await asyncio.wait_for(serving.communicate(), PATIENCE)
