"""Builds the Bolt app and the runtime; the only place where parts are wired."""

import asyncio
import gc
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Protocol, TypeVar

import aiohttp
import structlog
from pydantic import BaseModel
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot import drafting, listeners, process, resyncing, team, trust
from bot.alerts import alerting, cards
from bot.checking import building
from bot.checking.checks import Coin
from bot.conversation import offered, resolving, surveying
from bot.conversation.hurrying import Hurry
from bot.conversation.signs import Signs
from bot.costs.account import Books
from bot.costs.budget import Budget
from bot.knowledge import embedding_job, meaning
from bot.queues import dispatch, outcomes
from bot.queues.pump import Pump
from bot.queues.worker import Worker, lease_seconds
from bot.reports import by_clock
from bot.runtime import ReviewShares, Runtime
from bot.schedule import Schedule
from bot.settings import Settings
from bot.slack.channels import resolve_channels
from bot.slack.client import web_client
from bot.slack.connection import Connection
from bot.slack.door import Door, opened
from bot.slack.intake import Intake
from bot.slack.people import People
from bot.slack.sender import Sender
from bot.themes import naming, nightly
from bot.thinking import challenger as challengers
from handoff import mood
from handoff.gate import StartingPolicy
from handoff.lexicon import patterns
from handoff.pace import Pace
from storage import alone, inbox, kept_reports, lanes, outbox, workspaces
from storage.database import Database
from storage.inbox import Arrival
from storage.inbox import Claimed as Event
from storage.lanes import INBOX, OUTBOX
from storage.outbox import Claimed as Due
from storage.problem import Problem
from storage.row import now

log = structlog.get_logger(__name__)

SENDERS = 8
SWEEP_SECONDS = 30.0
OFFER_SWEEP_SECONDS = 5.0
SURVEY_SWEEP_SECONDS = 5.0
LEASE_SWEEP_SECONDS = 15.0
SIGNS_SWEEP_SECONDS = 60.0
VECTOR_SWEEP_SECONDS = 20.0
"""How soon passages that a sync brought get their vectors, and a model that failed is asked again."""
FORGET_SECONDS = 3_600.0
NIGHTLY = "03:30"
COLLECT_AFTER = (2_000, 5, 100)
"""New objects, and younger collections, after which garbage is looked for. A turn makes hundreds that stay a while, so
that with Python's own 700 a collection fell into nearly each, a twelfth of the time under load. Nothing else moves
meanwhile, so each is small: one over 10,000 new objects took 19 ms on a busy machine, one over twenty of those 134."""


ONE_ON_SQLITE = (
    "On SQLite one process serves: stop this one or the other. For several, use PostgreSQL (BATON_DATABASE_URL)."
)


class Identity(BaseModel):
    """What auth.test tells: the workspace, and the bot in it."""

    team_id: str
    team: str
    user_id: str
    url: str


class Closes(Protocol):
    """A part that holds a connection."""

    async def close(self) -> None:
        """Let go of it."""


Part = TypeVar("Part", bound=Closes | None)


class CannotStart(Problem):
    """The bot cannot start as it is set up; the message says what to do."""


@dataclass(frozen=True)
class Running:
    """A bot that is connected and at work."""

    app: AsyncApp
    runtime: Runtime
    intake: Intake
    worker: Pump[Event]
    sender: Pump[Due]
    signs: Signs
    hurry: Hurry
    posting_client: AsyncWebClient
    connection: Connection
    door: Door


@asynccontextmanager
async def running(settings: Settings) -> AsyncGenerator[Running]:
    """Start the bot, and stop it in the order that loses nothing: first what comes in, last what goes out.

    Raises:
        CannotStart: when Slack refuses a token or a channel is unknown.
        DatabaseProblem: when the database cannot be used.
    """
    async with AsyncExitStack() as stack:
        database = await Database.open(settings.database_url)
        stack.push_async_callback(database.close)
        await database.upgrade()
        session = await stack.enter_async_context(aiohttp.ClientSession())
        reader = web_client(settings, session)
        reader.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=2))
        runtime = await _runtime(settings, database, reader, stack)
        door = await stack.enter_async_context(opened())
        own = await door.do(Database.open(settings.database_url, connections=1, beside=database))
        stack.push_async_callback(lambda: door.close(own.close()))
        bot = _assemble(settings, runtime, web_client(settings, session), door, own)
        await _take_up_what_was_left(database, stack)
        await resyncing.at_start(settings, runtime)
        await trust.on_start(runtime)
        await cards.settle_here(runtime)
        stack.push_async_callback(bot.signs.close)
        bot.signs.start()
        stack.push_async_callback(bot.sender.close)
        bot.sender.start()
        stack.push_async_callback(bot.worker.close)
        bot.worker.start()
        stack.push_async_callback(bot.hurry.close)
        schedule = _schedule(settings, runtime)
        schedule.add_sweep("signs", SIGNS_SWEEP_SECONDS, bot.signs.look)
        stack.push_async_callback(schedule.close)
        await bot.connection.open()
        stack.push_async_callback(bot.connection.close)
        await schedule.start()  # customers come first, then what was missed while no process ran
        warming = asyncio.create_task(asyncio.to_thread(_get_ready_to_read))  # else the first customer waits for it
        stack.push_async_callback(asyncio.wait, [warming])
        yield bot


async def serve(settings: Settings, ready: asyncio.Event | None = None) -> None:
    """Run the bot until it is cancelled."""
    async with running(settings) as bot:
        gc.set_threshold(*COLLECT_AFTER)
        gc.freeze()  # collections look at what came since, and need not stop everything for long
        gc.enable()
        log.info("ready", workspace=bot.runtime.workspace_id, mode=settings.mode)
        if ready:
            ready.set()
        try:
            await bot.connection.lost()
        finally:
            process.end_soon()


def _get_ready_to_read() -> None:
    mood.prepare()
    patterns.prepare()


async def _runtime(settings: Settings, database: Database, client: AsyncWebClient, stack: AsyncExitStack) -> Runtime:
    who = await _who_we_are(client)
    decided = team.read(settings.team_file)
    async with database.transaction() as session:
        workspace = await workspaces.remember(session, who.team_id, name=who.team, bot_user_id=who.user_id)
    drafter = _closed_at_the_end(stack, drafting.build(settings))
    panel = _closed_at_the_end(stack, building.panel(settings))
    challenger = _closed_at_the_end(stack, challengers.build(settings, workspace.sampling_key, drafter))
    budget = Budget(Books(database, who.team_id, settings.time_zone), settings.daily_budget)
    coin = Coin(workspace.sampling_key, settings.audit_share)
    return Runtime(
        database=database,
        client=client,
        people=People(client, who.team_id, agents=settings.agents, managers=settings.managers),
        drafter=drafter,
        channels=await resolve_channels(client, settings, decided.channels),
        starting_policy=StartingPolicy(
            settings.starting_stage,
            settings.confidence_threshold,
            settings.frustration_limit,
            settings.tolerance,
        ),
        workspace_id=who.team_id,
        bot_user_id=who.user_id,
        team_url=who.url,
        time_zone=settings.time_zone,
        company=settings.company_name,
        silence=timedelta(seconds=settings.assumed_resolution_after),
        offer_waits=timedelta(seconds=settings.offer_before_handoff),
        surveys=settings.survey,
        sampling_key=workspace.sampling_key,
        reviews=ReviewShares(settings.audit_share, settings.targeted_share),
        certificate_risk=settings.certificate_risk,
        team=decided,
        posted=lambda: None,
        streams=settings.stream_replies,
        pace=Pace(settings.most_messages_a_minute),
        meaning=_closed_at_the_end(stack, meaning.build(settings)),
        challenger=challenger,
        namer=_closed_at_the_end(stack, naming.build(settings)),
        daily_budget=settings.daily_budget,
        checks=building.checks(settings, panel, budget, coin),
    )


def _closed_at_the_end(stack: AsyncExitStack, part: Part) -> Part:
    if part is not None:
        stack.push_async_callback(part.close)
    return part


async def _who_we_are(client: AsyncWebClient) -> Identity:
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        raise CannotStart(
            f"Slack refuses BATON_SLACK_BOT_TOKEN ({error.response.get('error')}). "
            "Copy the bot token (xoxb-…) from your app's page OAuth & Permissions; `baton doctor` checks it."
        ) from error
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise CannotStart(
            f"Slack cannot be reached at {client.base_url} ({type(error).__name__}). "
            "Check the network, and BATON_SLACK_API_URL."
        ) from error
    return Identity.model_validate(answer.data)


def _assemble(
    settings: Settings, runtime: Runtime, posting_client: AsyncWebClient, door: Door, inbox_database: Database
) -> Running:
    work = Worker(runtime, lambda event: dispatch.handle(runtime, event), lease_seconds=lease_seconds(settings))
    worker = Pump("inbox", claim=work.claim, work=work.handle, hands=settings.workers)
    out = Sender(runtime.database, posting_client, outcomes, lambda: sender.wake())  # noqa: PLW0108 - made below
    sender = Pump("outbox", claim=out.claim, work=out.post, hands=SENDERS)
    runtime.posted, runtime.hastened = sender.wake, worker.wake
    intake = Intake(inbox_database, worker.wake, runtime.gathers_for, door.loop)
    app = _bolt(settings, runtime)
    signs = Signs(runtime, posting_client, reaction=settings.thinking_reaction)
    hurry = Hurry(runtime)

    def heard(arrivals: Sequence[Arrival]) -> None:
        signs.heard(arrivals)
        hurry.heard(arrivals)

    intake.heard = heard
    listeners.register(app, runtime)
    connection = Connection(app, settings, intake, door)
    return Running(app, runtime, intake, worker, sender, signs, hurry, posting_client, connection, door)


def _bolt(settings: Settings, runtime: Runtime) -> AsyncApp:
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else None
    known = AuthorizeResult(
        enterprise_id=None, team_id=runtime.workspace_id, bot_user_id=runtime.bot_user_id, bot_token=token
    )

    async def authorize(**_: object) -> AuthorizeResult:
        return known  # asked once at the start, instead of once an event

    secret = settings.slack_signing_secret
    return AsyncApp(
        name="baton",
        signing_secret=secret.get_secret_value() if secret else None,
        # Without a token of its own: `authorize` names it, and Bolt warns of a second one.
        client=AsyncWebClient(base_url=settings.slack_api_url, session=runtime.client.session, retry_handlers=[]),
        authorize=authorize,
        request_verification_enabled=settings.mode == "http",
    )


async def _take_up_what_was_left(database: Database, stack: AsyncExitStack) -> None:
    """On SQLite this process is the only one: what was in work when the last one ended is free at once.

    Should another one serve all the same, what it has in work is left to it until its leases run out.
    """
    file = await database.file()
    if file is None:
        return

    async def take_up() -> None:
        for queue in (INBOX, OUTBOX):
            await lanes.expire_all(database, queue)
        await outbox.doubt_all(database)

    if not await stack.enter_async_context(alone.serving(file, take_up)):
        log.error("another_process_serves", advice=ONE_ON_SQLITE)


def _schedule(settings: Settings, runtime: Runtime) -> Schedule:
    schedule = Schedule(time_zone=settings.time_zone)
    alerting.schedule(schedule, runtime)
    by_clock.schedule(schedule, settings, runtime)
    schedule.add_nightly("nightly_fit", at=NIGHTLY, work=partial(trust.learn, runtime))
    schedule.add_nightly(nightly.JOB, at=NIGHTLY, work=nightly.job(runtime, runtime.namer), looks_again=True)
    resyncing.schedule(schedule, settings, runtime)
    schedule.add_sweep("assumed_resolutions", SWEEP_SECONDS, partial(resolving.resolve_silent, runtime))
    if settings.daily_budget:  # what silent drafts and other processes spent is noticed here
        schedule.add_sweep("daily_budget", SWEEP_SECONDS, partial(_tell_of_budget, runtime))
    schedule.add_sweep("lapsed_offers", OFFER_SWEEP_SECONDS, partial(offered.sweep, runtime))
    schedule.add_sweep("surveys", SURVEY_SWEEP_SECONDS, partial(surveying.sweep, runtime))
    if runtime.meaning:
        vectors = embedding_job.Sweep(runtime.books, runtime.meaning.endpoint)
        schedule.add_sweep("vectors", VECTOR_SWEEP_SECONDS, vectors.run)
    schedule.add_sweep("finished_rows", FORGET_SECONDS, partial(_forget_finished, settings, runtime.database))
    schedule.add_sweep("expired_leases", LEASE_SWEEP_SECONDS, partial(_return_expired, runtime.database))
    return schedule


async def _tell_of_budget(runtime: Runtime) -> None:
    async with runtime.database.transaction() as session:
        told = await runtime.budget.tell(session, runtime.channels.managers)
    if told:
        runtime.posted()


async def _forget_finished(settings: Settings, database: Database) -> None:
    before = now() - timedelta(seconds=settings.data_retention)
    async with database.reading() as session:
        served = await workspaces.ids(session)
    for workspace_id in served:  # one that moved to another database, or left, has no process of its own
        await inbox.forget_done(database, workspace_id, before=before)
        await outbox.forget_sent(database, workspace_id, before=before)
    async with database.transaction() as session:
        await kept_reports.forget(session, before=now() - timedelta(seconds=settings.report_retention))


async def _return_expired(database: Database) -> None:
    for queue in (INBOX, OUTBOX):
        await lanes.expire(database, queue)
