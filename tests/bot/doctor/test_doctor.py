"""The doctor, against a real workspace over real HTTP: what is broken is named, with how to mend it."""

from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot import doctor
from bot.costs import account
from bot.costs.account import Books
from bot.demo.workspace import SeedChannel, Workspace, WorkspaceServer, serve
from bot.doctor import Check
from bot.knowledge.sync import sync
from bot.slack import scopes
from handoff.draft import NoUsableDraft
from storage import workspaces
from storage.database import Database
from storage.kinds import CallPurpose
from tests import embedding_server
from tests.model_server import (
    CERTIFICATE,
    DROPS,
    KEY,
    MODEL,
    Abilities,
    Reply,
    fails,
    model_server,
    raw,
    refuses,
    says,
)
from tests.stage import BEN, DESK, SEED, settings_for, write_articles

ALL_GRANTED = replace(SEED, app=replace(SEED.app, scopes=tuple(sorted(scopes.needed()))))


@pytest.fixture
async def server() -> AsyncIterator[WorkspaceServer]:
    """A workspace that granted exactly what the manifest asks for."""
    opened = await serve(Workspace(ALL_GRANTED))
    yield opened
    await opened.close()


async def examined(server: WorkspaceServer, database_url: str, **changed: Any) -> dict[str, Check]:
    checks = await doctor.examine(settings_for(server, database_url, **changed))
    return {check.name: check for check in checks}


def failing(checks: dict[str, Check]) -> dict[str, Check]:
    return {name: check for name, check in checks.items() if not check.ok}


async def learnt(database: Database, folder: Path) -> None:
    async with database.transaction() as session:
        await workspaces.remember(session, SEED.team_id, name="Local", bot_user_id=SEED.app.bot_user_id)
    await sync(database, SEED.team_id, write_articles(folder))


async def test_a_whole_installation_passes_every_check(
    server: WorkspaceServer, database: Database, database_url: str, tmp_path: Path
) -> None:
    await learnt(database, tmp_path / "articles")
    checks = await examined(server, database_url)
    assert failing(checks) == {}
    assert list(checks) == [
        "bot token",
        "scopes",
        "clock",
        "app-level token",
        "support channel",
        "desk channel",
        "managers' channel",
        "agents",
        "managers",
        "database",
        "knowledge",
        "reports",
        "desk hours",
        "comparison",
        "model",
    ]
    assert checks["desk hours"].found == "none in the team's file, so the report counts all hours"
    assert checks["scopes"].found == "all granted"
    assert checks["agents"].found == "@agents with 2 people"
    assert doctor.as_table(list(checks.values())).endswith("Everything holds.")


async def test_the_checks_leave_no_trace_in_the_database(
    server: WorkspaceServer, database: Database, database_url: str
):
    await examined(server, database_url)
    async with database.reading() as session:
        assert await workspaces.topics(session, "T-doctor") == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
class TestWhatIsBroken:
    """One thing at a time."""

    async def test_a_wrong_bot_token_hides_the_rest_of_slack_but_not_the_database(
        self, server: WorkspaceServer, database_url: str
    ) -> None:
        checks = await examined(server, database_url, slack_bot_token="xoxb-wrong")
        assert checks["bot token"].found == "invalid_auth"
        assert "BATON_SLACK_BOT_TOKEN" in checks["bot token"].mend
        assert checks["database"].ok
        assert "scopes" not in checks

    async def test_the_holdout_is_shown(self, server: WorkspaceServer, database_url: str, tmp_path: Path) -> None:
        assert "no holdout" in (await examined(server, database_url))["comparison"].found
        file = tmp_path / "baton.toml"
        file.write_text("[comparison]\nholdout = 0.025\nresolution_days = 14\n")
        found = (await examined(server, database_url, team_file=file))["comparison"].found
        assert found == "a lot sends 2.5% straight to people; who returns within 14 days takes a resolution back"
        file.write_text("[comparison]\nholdout = 0.5\n")
        assert "comparison.holdout" in (await examined(server, database_url, team_file=file))["team's file"].mend

    async def test_the_hours_of_the_desk_are_shown_and_a_wrong_file_is_named_once(
        self, server: WorkspaceServer, database_url: str, tmp_path: Path
    ) -> None:
        file = tmp_path / "baton.toml"
        file.write_text('[desk]\nmon = "09:00-17:30"\nholidays = [2020-01-01, 9999-12-25]\nlanguages = ["en", "de"]\n')
        told: dict[str, Any] = {"team_file": file, "time_zone": "Europe/Berlin"}
        found = (await examined(server, database_url, **told))["desk hours"].found
        assert found == "mon 09:00-17:30 (Europe/Berlin); 1 holiday ahead; speaks en, de"
        file.write_text('[desk]\nmon = "9 to 5"\n')
        checks = await examined(server, database_url, **told)
        assert not checks["team's file"].ok
        assert "Write one such as" in checks["team's file"].mend

    async def test_a_missing_token_is_named_by_its_variable(self, server: WorkspaceServer, database_url: str) -> None:
        checks = await examined(server, database_url, slack_bot_token=None)
        assert checks["bot token"].found == "BATON_SLACK_BOT_TOKEN is not set"

    async def test_a_wrong_app_token_is_found_without_connecting(
        self, server: WorkspaceServer, database_url: str
    ) -> None:
        checks = await examined(server, database_url, slack_app_token="xapp-wrong")
        assert checks["app-level token"].found == "invalid_auth"

    async def test_by_http_the_signing_secret_counts_and_not_the_app_token(
        self, server: WorkspaceServer, database_url: str
    ) -> None:
        checks = await examined(server, database_url, mode="http", slack_app_token=None, slack_signing_secret=None)
        assert checks["signing secret"].found == "BATON_SLACK_SIGNING_SECRET is not set"
        assert "app-level token" not in checks

    async def test_a_missing_scope_is_named(self, database_url: str) -> None:
        granted = tuple(sorted(scopes.needed() - {"files:write"}))
        opened = await serve(Workspace(replace(SEED, app=replace(SEED.app, scopes=granted))))
        checks = await examined(opened, database_url)
        await opened.close()
        assert checks["scopes"].found == "missing files:write"
        assert "manifest" in checks["scopes"].mend

    async def test_without_the_pane_all_is_well_and_said_so(self, database_url: str) -> None:
        granted = tuple(sorted(scopes.needed() - {"assistant:write"}))
        opened = await serve(Workspace(replace(SEED, app=replace(SEED.app, scopes=granted))))
        checks = await examined(opened, database_url)
        await opened.close()
        assert checks["scopes"].ok
        assert "without assistant:write" in checks["scopes"].found

    @pytest.mark.parametrize("channel", ["#nowhere", "C0NOWHERE"])
    async def test_a_channel_that_is_not_there(self, server: WorkspaceServer, database_url: str, channel: str) -> None:
        checks = await examined(server, database_url, managers_channel=channel)
        assert list(failing(checks)) == ["managers' channel", "knowledge"]
        assert "/invite" in checks["managers' channel"].mend

    async def test_a_channel_that_the_bot_is_not_in(self, database_url: str) -> None:
        lonely = replace(SEED, channels=(*SEED.channels, SeedChannel("C0LONELY0", "lonely", (BEN,))))
        opened = await serve(Workspace(lonely))
        checks = await examined(opened, database_url, support_channels=("#lonely",))
        await opened.close()
        assert checks["support channel"].found == "#lonely (C0LONELY0): the bot is no member"

    async def test_a_channel_nobody_has_set(self, server: WorkspaceServer, database_url: str) -> None:
        checks = await examined(server, database_url, desk_channel="")
        assert checks["desk channel"].found == "BATON_DESK_CHANNEL is not set"

    async def test_a_desk_that_everybody_can_read_is_mentioned(self, database_url: str) -> None:
        public = tuple(replace(each, kind="channel") if each.id == DESK else each for each in SEED.channels)
        opened = await serve(Workspace(replace(SEED, channels=public)))
        checks = await examined(opened, database_url)
        await opened.close()
        assert checks["desk channel"].ok
        assert "everybody can read" in checks["desk channel"].found

    @pytest.mark.parametrize("agents", [("@nobody",), ("S0NOBODY0",), ("U0NOBODY0",), ()])
    async def test_agents_that_nobody_is(
        self, server: WorkspaceServer, database_url: str, agents: tuple[str, ...]
    ) -> None:
        checks = await examined(server, database_url, agents=agents)
        assert not checks["agents"].ok
        assert "BATON_AGENTS" in checks["agents"].mend

    async def test_slack_that_cannot_be_reached(self, server: WorkspaceServer, database_url: str) -> None:
        checks = await examined(server, database_url, slack_api_url="http://127.0.0.1:1/")
        assert checks["bot token"].found.startswith("Slack cannot be reached")

    async def test_a_database_that_is_not_there(self, server: WorkspaceServer, database_url: str) -> None:
        checks = await examined(server, "postgresql://nobody@127.0.0.1:1/none")
        assert checks["database"].found == "cannot be opened"

    async def test_a_database_without_tables(self, server: WorkspaceServer, tmp_path: Path, database_url: str) -> None:
        checks = await examined(server, f"sqlite:///{tmp_path}/new.db")
        assert checks["database"].mend == "baton db upgrade"

    async def test_a_database_of_a_newer_version_is_not_upgraded(
        self, server: WorkspaceServer, database: Database, database_url: str
    ) -> None:
        async with database.statement() as connection:
            await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        checks = await examined(server, database_url)
        assert checks["database"].mend.startswith("Run the newer Baton")

    async def test_no_articles_means_that_every_question_goes_to_a_person(
        self, server: WorkspaceServer, database_url: str
    ) -> None:
        checks = await examined(server, database_url)
        assert checks["knowledge"].mend.startswith("baton knowledge sync")

    async def test_a_model_without_a_key(self, server: WorkspaceServer, database_url: str) -> None:
        checks = await examined(server, database_url, drafter="openai")
        assert checks["model"].found == "BATON_OPENAI_API_KEY is not set"


WORKS = says({"works": True})


@pytest.mark.usefixtures("one_day")
async def test_what_became_of_todays_calls_is_told(
    server: WorkspaceServer, database: Database, database_url: str, tmp_path: Path
) -> None:
    await learnt(database, tmp_path / "articles")
    asks = {"drafter": "openai", "openai_base_url": "http://127.0.0.1:1/v1"}
    assert (await examined(server, database_url, **asks))["model calls"].found == "none today"
    books = Books(database, SEED.team_id, "UTC")
    for failing_now in (False, True):
        async with account.kept(books):
            for _ in range(5):
                with suppress(NoUsableDraft), account.call(CallPurpose.DRAFT, MODEL):
                    if failing_now:
                        raise NoUsableDraft("wrong_key")
        check = (await examined(server, database_url, **asks))["model calls"]
        assert check.ok is not failing_now
    assert check.found == f"today {MODEL}: 10 calls, 5 failed"
    assert "model_failed" in check.mend


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
class TestTheModel:
    """A tiny question to each model that is set, by a real local server."""

    async def asked(self, server: WorkspaceServer, database_url: str, url: str, **changed: Any) -> dict[str, Check]:
        given: dict[str, Any] = {"openai_api_key": KEY, "openai_model": MODEL, "openai_base_url": url} | changed
        return await examined(server, database_url, drafter="openai", **given)

    async def test_a_model_that_answers_tells_its_abilities(self, server: WorkspaceServer, database_url: str) -> None:
        async with model_server(WORKS) as model:
            check = (await self.asked(server, database_url, model.url, model_sees_images="yes"))["model"]
            assert len(model.requests[0].images) == 1
        assert check.ok
        assert check.found.startswith(f"{MODEL}-2026-01-01 answers at {model.url} in ")
        assert "JSON by schema, probabilities of tokens, pictures, no price known" in check.found

    async def test_a_model_that_can_do_less_passes_and_says_so(
        self, server: WorkspaceServer, database_url: str
    ) -> None:
        poor = Abilities(json_schema=False, json_object=False, wrapping="fence", logprobs=False)
        async with model_server(WORKS, poor) as model:
            check = (await self.asked(server, database_url, model.url))["model"]
        assert check.ok
        assert "JSON taken out of plain text, no probabilities of tokens, no pictures" in check.found

    @pytest.mark.parametrize(
        ("reply", "found", "mend"),
        [
            (fails(401, "invalid_api_key"), "wrong key: status 401 (invalid_api_key)", "Set BATON_OPENAI_API_KEY"),
            (fails(404, "model_not_found"), "unknown model: status 404", f"knows no model {MODEL}"),
            (fails(429, "insufficient_quota"), "no quota: status 429", "billing"),
            (fails(429), "rate limited: status 429", "higher limit"),
            (fails(503), "unreachable: status 503", "BATON_OPENAI_BASE_URL"),
            (fails(400, message="Max 1 message."), "rejected: status 400 (no code): ", "BATON_OPENAI_MODEL"),
            (raw("<html>It works!</html>"), "invalid output", "JSON schema"),
            (refuses(), "refused", "declined"),
            (DROPS, "unreachable", "network"),
        ],
    )
    async def test_a_model_that_fails_says_what_to_do(
        self, server: WorkspaceServer, database_url: str, reply: Reply, found: str, mend: str
    ) -> None:
        async with model_server(reply) as model:
            check = (await self.asked(server, database_url, model.url))["model"]
        assert not check.ok
        assert check.found.startswith(found)
        assert mend in check.mend

    async def test_a_certificate_of_nobody_is_told_with_how_to_trust_it(
        self, server: WorkspaceServer, database_url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with model_server(WORKS, tls=True) as model:
            check = (await self.asked(server, database_url, model.url))["model"]
            assert (check.ok, check.found) == (False, "untrusted")
            assert "SSL_CERT_FILE" in check.mend
            assert "ca-certificates" in check.mend
            monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
            assert (await self.asked(server, database_url, model.url))["model"].ok
            monkeypatch.setenv("SSL_CERT_FILE", "/nowhere.pem")
            check = (await self.asked(server, database_url, model.url))["model"]
            assert (check.ok, "SSL_CERT_FILE" in check.mend) == (False, True)

    async def test_a_model_that_takes_no_pictures_is_found_before_a_customer_sends_one(
        self, server: WorkspaceServer, database_url: str
    ) -> None:
        async with model_server(WORKS, Abilities(images=False)) as model:
            check = (await self.asked(server, database_url, model.url, model_sees_images="yes"))["model"]
        assert (check.ok, check.found[:10]) == (False, "cannot see")
        assert "BATON_MODEL_SEES_IMAGES=no" in check.mend

    async def test_the_model_that_stands_in_is_visited_too_and_named_by_its_own_settings(
        self, server: WorkspaceServer, database_url: str
    ) -> None:
        async with model_server(WORKS) as model:
            told = {"fallback_model": "other", "fallback_base_url": model.url, "fallback_api_key": "wrong"}
            checks = await self.asked(server, database_url, model.url, **told)
        assert checks["model"].ok
        assert "Set BATON_FALLBACK_API_KEY" in checks["fall-back model"].mend

    async def test_graders_are_visited_too_also_beside_the_embedded_drafter(
        self, server: WorkspaceServer, database_url: str
    ) -> None:
        async with model_server(WORKS) as model:
            told = {"grader_model": MODEL, "grader_base_url": model.url}
            well = await examined(server, database_url, **told, grader_api_key=KEY)
            ill = await examined(server, database_url, **told, grader_api_key="wrong")
        assert well["grader model"].ok
        assert well["model"].found.startswith("none needed")
        assert "Set BATON_GRADER_API_KEY" in ill["grader model"].mend

    async def test_the_embedding_model_is_asked_for_a_vector(self, server: WorkspaceServer, database_url: str) -> None:
        async with embedding_server.running(lambda texts: [[1.0, 2.0, 3.0] for _ in texts]) as vectors:
            told = {"embedding_model": "small-1", "embedding_base_url": vectors.url}
            well = (await examined(server, database_url, **told))["embedding model"]
            vectors.fails_with = 401
            ill = (await examined(server, database_url, **told))["embedding model"]
        assert well.ok
        assert well.found.endswith("with vectors of 3 numbers")
        assert not ill.ok
        assert ill.found == "wrong key; until it works, articles are found by words alone"
        assert "Set BATON_EMBEDDING_API_KEY" in ill.mend


@pytest.mark.parametrize(("seconds", "holds"), [(0, True), (-45, True), (45, True), (90, False), (-3_600, False)])
def test_a_clock_may_be_a_minute_off(seconds: int, holds: bool) -> None:
    theirs = format_datetime(datetime.now(UTC) - timedelta(seconds=seconds), usegmt=True)
    assert doctor.clock({"Date": theirs}).ok is holds
