"""What the doctor looks up in the database: that it can be written, and what of it is in trouble."""

from collections.abc import AsyncIterator
from contextlib import suppress

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import planned_reports, team
from bot.costs.account import Books
from bot.doctor.check import Check
from bot.knowledge import meaning
from bot.models import chosen
from bot.settings import Settings
from bot.views import undelivered
from storage import costs, kept_reports, knowledge, knowledge_sources
from storage.database import NEWEST_REVISION, OF_A_NEWER_BATON, Database
from storage.kinds import CostBy
from storage.problem import Problem
from storage.tables import Workspace

LEAST_FAILURES = 5
"""From which on a model that fails half of its calls is worth a warning."""


async def checks(settings: Settings, team_id: str) -> AsyncIterator[Check]:
    """Whether it can be used, and what of the knowledge, the reports and the calls of models in it is in trouble."""
    try:
        database = await Database.open(settings.database_url, connections=1)
    except Problem as problem:
        yield Check("database", ok=False, found="cannot be opened", mend=str(problem))
        return
    try:
        revision = await database.revision()
        if revision != NEWEST_REVISION:
            found = f"tables of version {revision}, this Baton needs {NEWEST_REVISION}" if revision else "no tables yet"
            mend = OF_A_NEWER_BATON if revision > NEWEST_REVISION else "baton db upgrade"
            yield Check("database", ok=False, found=found, mend=mend)
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
