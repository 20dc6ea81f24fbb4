"""The account of calls: whoever asks a model notes it here, and a turn writes down all that were made for it.

    async with account.kept(books) as kept:
        …                                        # anywhere below:
            with account.call(CallPurpose.DRAFT, model) as made:
                completion = await …
                made.paid(Usage(…))
        async with database.transaction() as session:
            …
            await kept.write(session, conversation_id, topic)
        kept.written()

What is not written by then (the turn failed, or was cancelled) is written at the end by itself: it was paid for.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from handoff.draft import Usage
from storage import costs
from storage.costs import OK
from storage.database import Database
from storage.ids import new_id
from storage.kinds import CallPurpose
from storage.row import now
from storage.spending import ModelCall

log = structlog.get_logger(__name__)

GIVEN_UP = "given_up"
"""The outcome of a call that somebody stopped waiting for: a deadline, or the end of the bot."""


@dataclass
class Call:
    """A call under way, and then what came of it."""

    purpose: CallPurpose
    model: str
    usage: Usage = field(default_factory=Usage)
    elapsed_ms: float = 0.0
    outcome: str = OK
    at: datetime = field(default_factory=now)

    def paid(self, usage: Usage) -> None:
        """Note what the server says it took."""
        self.usage = usage


@dataclass(frozen=True, slots=True)
class Books:
    """Where calls are written down."""

    database: Database
    workspace_id: str
    time_zone: str
    """Of the team: its days are the account's days."""

    def day(self, moment: datetime | None = None) -> str:
        """The team's day of a moment, now if none is given; such as 2026-11-26."""
        return (moment or now()).astimezone(ZoneInfo(self.time_zone)).date().isoformat()


@dataclass
class Account:
    """The calls that were made for one piece of work."""

    books: Books | None
    """None where calls are only counted."""
    calls: list[Call] = field(default_factory=list[Call])

    @property
    def dollars(self) -> float:
        """What they cost so far."""
        return sum(each.usage.dollars for each in self.calls)

    def spent_for(self, purpose: CallPurpose) -> float:
        """What they cost so far for one purpose."""
        return sum(each.usage.dollars for each in self.calls if each.purpose == purpose)

    async def write(self, session: AsyncSession, conversation_id: str = "", topic: str = "") -> None:
        """Write the calls down in this transaction, as late in it as can be: the day's totals are shared by all."""
        if self.calls and self.books:
            await costs.add(session, [_row(self.books, each, conversation_id, topic) for each in self.calls])

    def written(self) -> None:
        """The transaction that they were written in holds."""
        self.calls.clear()


_open: ContextVar[Account | None] = ContextVar("open_account", default=None)


@asynccontextmanager
async def kept(books: Books) -> AsyncGenerator[Account]:
    """Gather the calls that are made inside, also those of tasks begun there."""
    account = Account(books)
    token = _open.set(account)
    try:
        yield account
    finally:
        _open.reset(token)
        if account.calls:
            await _write_alone(account, books)


async def _write_alone(account: Account, books: Books) -> None:
    try:
        async with books.database.transaction() as session:
            await account.write(session)
    except Exception:
        log.exception("calls_not_written", calls=len(account.calls), dollars=round(account.dollars, 6))
    account.written()


@contextmanager
def counted() -> Generator[Account]:
    """Count the calls that are made inside, and write nothing: what they cost is told by whoever counts."""
    account = Account(None)
    token = _open.set(account)
    try:
        yield account
    finally:
        _open.reset(token)


@contextmanager
def call(purpose: CallPurpose, model: str) -> Generator[Call]:
    """Make one call of a model inside; its time and, when it ends in an error, that error are noted.

    An error that carries a `cause` (as `NoUsableDraft` does) is told by it, any other by its name.
    """
    made, started = Call(purpose, model), time.perf_counter()
    try:
        yield made
    except BaseException as error:
        made.outcome = _told(error)
        raise
    finally:
        made.elapsed_ms = (time.perf_counter() - started) * 1000
        if account := _open.get():
            account.calls.append(made)


def dollars() -> float:
    """What the calls of the open account cost so far; 0 where none is kept."""
    account = _open.get()
    return account.dollars if account else 0.0


def _told(error: BaseException) -> str:
    if isinstance(error, asyncio.CancelledError):
        return GIVEN_UP
    return str(getattr(error, "cause", "")) or type(error).__name__


def _row(books: Books, made: Call, conversation_id: str, topic: str) -> ModelCall:
    return ModelCall(
        workspace_id=books.workspace_id,
        id=new_id(),
        day=books.day(made.at),
        conversation_id=conversation_id,
        topic=topic,
        purpose=made.purpose,
        model=made.model,
        tokens_in=made.usage.tokens_in,
        tokens_cached=made.usage.tokens_cached,
        tokens_out=made.usage.tokens_out,
        dollars=made.usage.dollars,
        elapsed_ms=made.elapsed_ms,
        outcome=made.outcome,
        created_at=made.at,
    )
