"""`baton doctor`: looks at everything that a running Baton needs, and says how to mend what does not hold."""

import json
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import misspelt, planned_reports, team
from bot.costs import prices
from bot.costs.account import Books
from bot.knowledge import embedding, meaning
from bot.knowledge.embedding import NoVectors
from bot.models import chosen
from bot.models.causes import advice
from bot.models.chosen import Chosen
from bot.settings import Settings, description, variable
from bot.slack import scopes
from bot.slack.channels import UnknownChannel, resolve_channels
from bot.team import Comparison, Desk, TeamFile
from bot.views import undelivered
from storage import costs, kept_reports, knowledge, knowledge_sources
from storage.database import NEWEST_REVISION, Database
from storage.kinds import CostBy
from storage.problem import Problem
from storage.tables import Workspace

MOST_SKEW_SECONDS = 60.0
"""Slack refuses signatures that are five minutes old; a clock this far off is on its way there."""

LEAST_FAILURES = 5
"""From which on a model that fails half of its calls is worth a warning."""

BYTES_A_NUMBER = 4
"""Of a vector."""

Unreachable = (SlackClientError, aiohttp.ClientError, TimeoutError, OSError)


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, whether it holds, what was found, and how to mend it when it does not hold."""

    name: str
    ok: bool
    found: str
    mend: str = ""


async def examine(settings: Settings) -> list[Check]:
    """Look at everything; a check that fails keeps only those from running that need it."""
    return [check async for check in _checks(settings)]


async def _checks(settings: Settings) -> AsyncIterator[Check]:
    for each in misspelt.find():
        yield Check("setting", ok=False, found=f"there is no {each.name}", mend=each.advice)
    team_id = ""
    async with aiohttp.ClientSession() as session:
        client = _client(settings, session)
        match await _token(settings, client):
            case Check() as refused:
                yield refused
            case who:
                team_id = str(who["team_id"])
                yield Check("bot token", ok=True, found=f"{who['user']} in {who['team']} ({team_id})")
                yield _scopes(who.headers)
                yield clock(who.headers)
                async for check in _slack(settings, client):
                    yield check
    async for check in _database(settings, team_id):
        yield check
    decided = _decided(settings)
    if isinstance(decided, Check):
        yield decided
        decided, settings = TeamFile(), settings.model_copy(update={"team_file": None})
    yield _desk(decided.desk, settings.time_zone)
    yield _comparison(decided.comparison)
    async for check in _models(settings, decided):
        yield check


# --- Slack


def _client(settings: Settings, session: aiohttp.ClientSession) -> AsyncWebClient:
    return AsyncWebClient(
        settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else None,
        base_url=settings.slack_api_url,
        session=session,
        timeout=20,
        retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=2)],
    )


async def _token(settings: Settings, client: AsyncWebClient) -> AsyncSlackResponse | Check:
    """Who the bot token belongs to, or the check that failed."""
    if not settings.slack_bot_token:
        return _not_set("bot token", "slack_bot_token")
    try:
        return await client.auth_test()
    except Unreachable as error:
        return Check("bot token", ok=False, found=_why(error), mend=_token_advice(error, "slack_bot_token"))


async def _slack(settings: Settings, client: AsyncWebClient) -> AsyncIterator[Check]:
    yield await _connection(settings, client)
    async for check in _channels(settings, client):
        yield check
    for name in ("agents", "managers"):
        yield await _people(name, getattr(settings, name), client)


def _scopes(headers: Mapping[str, Any]) -> Check:
    granted = {scope.strip() for scope in _header(headers, "x-oauth-scopes").split(",")} - {""}
    if not granted:
        return Check("scopes", ok=True, found="Slack does not say which it granted")
    without = scopes.OPTIONAL - granted
    if missing := sorted(scopes.needed() - granted - scopes.OPTIONAL):
        return Check(
            "scopes",
            ok=False,
            found=f"missing {', '.join(missing)}",
            mend="Paste a manifest of the folder manifests/ into your app's page App Manifest, then reinstall the app.",
        )
    if without:
        words = "the assistant pane suggests no questions, and its chats have no titles"
        return Check("scopes", ok=True, found=f"all that must be; without {', '.join(sorted(without))} {words}")
    extra = sorted(granted - scopes.needed())
    return Check("scopes", ok=True, found=f"all granted; not needed: {', '.join(extra)}" if extra else "all granted")


def clock(headers: Mapping[str, Any]) -> Check:
    """Compare this machine's clock with the time that Slack's answer names."""
    try:
        theirs = parsedate_to_datetime(_header(headers, "date"))
    except ValueError:
        return Check("clock", ok=True, found="Slack does not say what time it is")
    skew = (datetime.now(UTC) - theirs).total_seconds()
    return Check(
        "clock",
        ok=abs(skew) <= MOST_SKEW_SECONDS,
        found=f"{abs(skew):.0f} s {'ahead of' if skew > 0 else 'behind'} Slack's",
        mend="Set this machine's clock, best by NTP: Slack's signatures expire after five minutes.",
    )


async def _connection(settings: Settings, client: AsyncWebClient) -> Check:
    if settings.mode == "http":
        if not settings.slack_signing_secret:
            return _not_set("signing secret", "slack_signing_secret")
        found = f"set; listening will be on {settings.http_host}:{settings.http_port}/slack/events"
        return Check("signing secret", ok=True, found=found)
    if not settings.slack_app_token:
        return _not_set("app-level token", "slack_app_token")
    try:
        await client.apps_connections_open(app_token=settings.slack_app_token.get_secret_value())
    except Unreachable as error:
        return Check("app-level token", ok=False, found=_why(error), mend=_token_advice(error, "slack_app_token"))
    return Check("app-level token", ok=True, found="Socket Mode opens a connection")


async def _channels(settings: Settings, client: AsyncWebClient) -> AsyncIterator[Check]:
    wanted = {
        "support channel": ("support_channels", settings.support_channels),
        "desk channel": ("desk_channel", tuple(filter(None, [settings.desk_channel]))),
        "managers' channel": ("managers_channel", tuple(filter(None, [settings.managers_channel]))),
    }
    for what, (name, channels) in wanted.items():
        if not channels:
            yield _not_set(what, name)
        for channel in channels:
            yield await _channel(what, name, channel, settings, client)


async def _channel(what: str, name: str, channel: str, settings: Settings, client: AsyncWebClient) -> Check:
    try:
        alone = {"support_channels": (channel,), "desk_channel": channel, "managers_channel": channel}
        channel_id = (await resolve_channels(client, settings.model_copy(update=alone))).desk
        info = cast("dict[str, Any]", (await client.conversations_info(channel=channel_id))["channel"])
    except UnknownChannel as problem:
        return Check(what, ok=False, found=f"{channel} is not known", mend=str(problem))
    except Unreachable as error:
        invite = "Check the id, and invite the bot: /invite @Baton in that channel."
        return Check(what, ok=False, found=f"{channel}: {_why(error)}", mend=f"{invite} It is {variable(name)}.")
    shown = f"#{info.get('name', channel)} ({channel_id})"
    if not info.get("is_member"):
        return Check(what, ok=False, found=f"{shown}: the bot is no member", mend="Write /invite @Baton in it.")
    if name == "desk_channel" and not info.get("is_private"):
        shown += ", which everybody can read: a private one protects your customers"
    return Check(what, ok=True, found=shown)


async def _people(name: str, listed: tuple[str, ...], client: AsyncWebClient) -> Check:
    if not listed:
        return Check(name, ok=name != "agents", found="none", mend=f"Set {variable(name)}. {description(name)}")
    counts: list[str] = []
    for entry in listed:
        try:
            counts.append(await _counted(entry, client))
        except LookupError as problem:
            return Check(name, ok=False, found=str(problem), mend=f"Correct {variable(name)}. {description(name)}")
        except Unreachable as error:
            return Check(name, ok=False, found=f"{entry}: {_why(error)}", mend=f"Correct {variable(name)}.")
    return Check(name, ok=True, found=", ".join(counts))


async def _counted(entry: str, client: AsyncWebClient) -> str:
    if entry.startswith(("U", "W")):
        user = cast("dict[str, Any]", (await client.users_info(user=entry))["user"])
        return f"{user.get('name', entry)} ({entry})"
    groups: list[dict[str, Any]] = (await client.usergroups_list()).get("usergroups") or []
    group = next((each for each in groups if entry in (each["id"], each["handle"], f"@{each['handle']}")), None)
    if group is None:
        raise LookupError(f"there is no user group {entry}")
    members: list[str] = (await client.usergroups_users_list(usergroup=group["id"])).get("users") or []
    if not members:
        raise LookupError(f"the user group {entry} is empty")
    return f"@{group['handle']} with {len(members)} people"


# --- the database and the knowledge in it


async def _database(settings: Settings, team_id: str) -> AsyncIterator[Check]:
    try:
        database = await Database.open(settings.database_url, connections=1)
    except Problem as problem:
        yield Check("database", ok=False, found="cannot be opened", mend=str(problem))
        return
    try:
        revision = await database.revision()
        if revision != NEWEST_REVISION:
            yield Check("database", ok=False, found=f"tables of version {revision or 'none'}", mend="baton db upgrade")
            return
        yield await _writable(database)
        yield await _knowledge(database, team_id)
        async for check in _sources(database, team_id):
            yield check
        if settings.embedding_model:
            yield Check("vectors", ok=True, found=await meaning.searched_where(database))
        async for check in _reports(settings, database, team_id):
            yield check
        if chosen.all_of(settings) or settings.embedding_model:
            yield await _calls(database, team_id, settings.time_zone)
    finally:
        await database.close()


class _Undo(Exception):
    """Ends a transaction that was only a trial."""


async def _writable(database: Database) -> Check:
    try:
        with suppress(_Undo):
            async with database.transaction() as session:
                session.add(Workspace(id="T-doctor"))
                await session.flush()
                raise _Undo
    except Exception as error:
        mend = "Give this user the right to write, and check that the disk is not full."
        return Check("database", ok=False, found=f"cannot be written: {error}", mend=mend)
    kind = "SQLite, for one process" if database.is_sqlite else "PostgreSQL"
    return Check("database", ok=True, found=f"{kind}, version {NEWEST_REVISION}, writable")


async def _knowledge(database: Database, team_id: str) -> Check:
    async with database.reading() as session:
        articles, passages = await knowledge.count(session, team_id or await _only_workspace(session))
    if not passages:
        mend = "baton knowledge sync DIR; until then every question goes to a person."
        return Check("knowledge", ok=False, found="no articles", mend=mend)
    return Check("knowledge", ok=True, found=f"{articles} articles in {passages} passages")


async def _sources(database: Database, team_id: str) -> AsyncIterator[Check]:
    """Each source whose last sync failed, or left articles unread."""
    async with database.reading() as session:
        troubled = await knowledge_sources.troubled(session, team_id or await _only_workspace(session))
    for source in troubled:
        found = source.trouble or f"{source.unread} of its articles could not be read"
        mend = f"baton knowledge sync {source.name} says more; its articles from before stay in use meanwhile."
        yield Check("source", ok=False, found=f"{source.name}: {found}", mend=mend)


async def _reports(settings: Settings, database: Database, team_id: str) -> AsyncIterator[Check]:
    """The plans of reports, and of each report the last one that was made, when it did not arrive."""
    try:
        plans = planned_reports.plans(settings, team.read(settings.team_file).reports)
    except Problem as problem:
        yield Check("reports", ok=False, found="cannot be planned", mend=str(problem))
        return
    async with database.reading() as session:
        workspace_id = team_id or await _only_workspace(session)
        made = [await kept_reports.listed(session, workspace_id, limit=1, schedule=plan.name) for plan in plans]
    held_up = [last for found in made for last in found if last.trouble]
    for last in held_up:
        found = f"{undelivered.name(last)} is not posted in {last.channel}: {undelivered.why(last.trouble)}"
        mend = f"{undelivered.mend(last, last.channel)} Then {undelivered.again(last)}"
        yield Check("reports", ok=False, found=found, mend=mend)
    if not held_up:
        yield Check("reports", ok=True, found=", ".join(plan.name for plan in plans) or "none comes by the clock")


async def _calls(database: Database, team_id: str, time_zone: str) -> Check:
    """What became of today's calls of models, as the running bot wrote them down."""
    async with database.reading() as session:
        workspace_id = team_id or await _only_workspace(session)
        today = Books(database, workspace_id, time_zone).day()
        found = await costs.totals(session, workspace_id, today, today, CostBy.MODEL)
    if not found:
        return Check("model calls", ok=True, found="none today")
    told = ", ".join(f"{each.name}: {each.calls:,} calls, {each.failed:,} failed" for each in found)
    bad = any(each.failed >= LEAST_FAILURES and each.failed * 2 >= each.calls for each in found)
    mend = "The log names the cause of each, and what to do (model_failed)."
    return Check("model calls", ok=not bad, found=f"today {told}", mend=mend)


async def _only_workspace(session: AsyncSession) -> str:
    known = (await session.exec(select(Workspace.id).order_by(col(Workspace.id)).limit(2))).all()
    return known[0] if len(known) == 1 else ""


# --- what the team decided


def _decided(settings: Settings) -> TeamFile | Check:
    try:
        return team.read(settings.team_file)
    except Problem as problem:
        return Check("team's file", ok=False, found="cannot be used", mend=str(problem))


def _desk(desk: Desk, time_zone: str) -> Check:
    """When people are at the desk, for the business hours of the report."""
    hours = desk.hours(time_zone)
    if hours is None:
        return Check("desk hours", ok=True, found="none in the team's file, so the report counts all hours")
    today = datetime.now(ZoneInfo(time_zone)).date()
    ahead = sum(day >= today for day in hours.holidays)
    spoken = f"; speaks {', '.join(desk.languages)}" if desk.languages else ""
    holidays = f"{ahead or 'no'} {'holiday' if ahead == 1 else 'holidays'} ahead"
    return Check("desk hours", ok=True, found=f"{hours} ({time_zone}); {holidays}{spoken}")


def _comparison(decided: Comparison) -> Check:
    """Whether a lot makes the comparison causal."""
    days = f"{decided.resolution_days} {'day' if decided.resolution_days == 1 else 'days'}"
    lot = f"a lot sends {decided.holdout:.0%} straight to people" if decided.holdout else "no holdout, so observational"
    return Check("comparison", ok=True, found=f"{lot}; who returns within {days} takes a resolution back")


# --- the models


async def _models(settings: Settings, decided: TeamFile) -> AsyncIterator[Check]:
    if settings.drafter == "embedded":
        yield Check("model", ok=True, found="none needed: the embedded drafter quotes your articles")
    asked = chosen.all_of(settings)
    if not asked and not settings.embedding_model:
        return
    from bot.models import visit  # noqa: PLC0415 - heavy, and only models need it

    own = prices.own(decided)
    for name, model in asked.items():
        found = await visit.visit(model, prices.of(model.model, own))
        yield Check(name, ok=found.ok, found=found.found, mend=found.mend)
    if model := chosen.embedding(settings):
        yield await _embedding(settings, model)


async def _embedding(settings: Settings, model: Chosen) -> Check:
    """Ask for the vector of a question, in the time that a customer would wait for it."""
    name, words = "embedding model", "until it works, articles are found by words alone"
    try:
        endpoint = embedding.build(settings)
    except Problem as problem:
        return Check(name, ok=False, found="the certificates cannot be read", mend=str(problem))
    assert endpoint is not None  # noqa: S101 - a model is named
    started = time.perf_counter()
    try:
        (vector,) = await endpoint.of_question(["Are you there?"])
    except NoVectors as failure:
        mend = advice(failure.cause, url=model.url, model=model.model, names=model.names)
        return Check(name, ok=False, found=f"{failure.cause.replace('_', ' ')}; {words}", mend=mend)
    finally:
        await endpoint.close()
    took, length = time.perf_counter() - started, len(vector) // BYTES_A_NUMBER
    found = f"{model.model} answers at {model.url} in {took:.1f} s with vectors of {length:,} numbers"
    return Check(name, ok=True, found=found)


# --- words


def _not_set(what: str, name: str) -> Check:
    return Check(what, ok=False, found=f"{variable(name)} is not set", mend=description(name))


def _why(error: Exception) -> str:
    if isinstance(error, SlackApiError):
        return str(error.response.get("error"))
    return f"Slack cannot be reached ({type(error).__name__})"


def _token_advice(error: Exception, name: str) -> str:
    if isinstance(error, SlackApiError):
        return f"Set {variable(name)} anew. {description(name)}"
    return f"Check the network, and {variable('slack_api_url')}."


def _header(headers: Mapping[str, Any], name: str) -> str:
    return next((str(value) for key, value in headers.items() if key.lower() == name), "")


def as_json(checks: list[Check]) -> str:
    """The checks as a list of objects."""
    return json.dumps([asdict(check) for check in checks], indent=2, ensure_ascii=False)


def as_table(checks: list[Check]) -> str:
    """The checks as people read them, with what to do below each that does not hold."""
    width = max(len(check.name) for check in checks)
    lines: list[str] = []
    for check in checks:
        lines.append(f"{'✓' if check.ok else '✗'} {check.name:<{width}}  {check.found}")
        if not check.ok and check.mend:
            lines.append(f"  {'':<{width}}  → {check.mend}")
    failed = sum(not check.ok for check in checks)
    lines.append("Everything holds." if not failed else f"{failed} of {len(checks)} checks do not hold.")
    return "\n".join(lines)
