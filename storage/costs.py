"""What models cost: calls are written with the running totals they add to, and read by day, topic or conversation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, text
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.kinds import CallPurpose, CostBy
from storage.spending import DailyCost, ModelCall

OK = "ok"
"""The outcome of a call that gave what was asked for."""

_ADD = text(
    "INSERT INTO daily_cost (workspace_id, day, topic, purpose, model, calls, failed, "
    "tokens_in, tokens_cached, tokens_out, dollars) "
    "VALUES (:workspace_id, :day, :topic, :purpose, :model, :calls, :failed, "
    ":tokens_in, :tokens_cached, :tokens_out, :dollars) "
    "ON CONFLICT (workspace_id, day, topic, purpose, model) DO UPDATE SET "
    "calls = daily_cost.calls + excluded.calls, failed = daily_cost.failed + excluded.failed, "
    "tokens_in = daily_cost.tokens_in + excluded.tokens_in, "
    "tokens_cached = daily_cost.tokens_cached + excluded.tokens_cached, "
    "tokens_out = daily_cost.tokens_out + excluded.tokens_out, dollars = daily_cost.dollars + excluded.dollars"
)


@dataclass(frozen=True, slots=True)
class Total:
    """What calls cost together."""

    name: str
    """The day, topic, conversation, model or purpose."""
    calls: int = 0
    failed: int = 0
    """Of them, those that gave nothing usable."""
    tokens_in: int = 0
    tokens_cached: int = 0
    tokens_out: int = 0
    dollars: float = 0.0


async def add(session: AsyncSession, calls: Sequence[ModelCall]) -> None:
    """Write calls down, and add them to the totals of their days.

    The totals come last and in one order: whoever waits for a row holds none that another waits for.
    """
    session.add_all(calls)
    await session.flush()
    connection = await session.connection()
    for values in _sums(calls):
        await connection.execute(_ADD, values)


def _sums(calls: Sequence[ModelCall]) -> list[dict[str, str | int | float]]:
    sums: dict[tuple[str, ...], dict[str, str | int | float]] = {}
    for each in calls:
        key = (each.workspace_id, each.day, each.topic, each.purpose, each.model)
        names = ("workspace_id", "day", "topic", "purpose", "model")
        counted = {
            "calls": 1,
            "failed": int(each.outcome != OK),
            "tokens_in": each.tokens_in,
            "tokens_cached": each.tokens_cached,
            "tokens_out": each.tokens_out,
            "dollars": each.dollars,
        }
        known = sums.setdefault(key, {**dict(zip(names, key, strict=True)), **dict.fromkeys(counted, 0)})
        for name, value in counted.items():
            known[name] += value  # pyright: ignore[reportOperatorIssue] - numbers by construction
    return [sums[key] for key in sorted(sums)]


async def spent_on(session: AsyncSession, workspace_id: str, day: str, purpose: CallPurpose | None = None) -> float:
    """The dollars of a day, for one purpose or for all."""
    wanted = select(func.sum(DailyCost.dollars)).where(DailyCost.workspace_id == workspace_id, DailyCost.day == day)
    if purpose:
        wanted = wanted.where(DailyCost.purpose == purpose)
    return float((await session.exec(wanted)).one() or 0.0)


async def spent_in(
    session: AsyncSession, workspace_id: str, conversation_id: str, purpose: CallPurpose | None = None
) -> float:
    """The dollars of a conversation, for one purpose or for all."""
    wanted = select(func.sum(ModelCall.dollars)).where(
        ModelCall.workspace_id == workspace_id, ModelCall.conversation_id == conversation_id
    )
    if purpose:
        wanted = wanted.where(ModelCall.purpose == purpose)
    return float((await session.exec(wanted)).one() or 0.0)


async def of_conversation(session: AsyncSession, workspace_id: str, conversation_id: str) -> list[Total]:
    """What a conversation cost, by purpose and model; the dearest first."""
    named = col(ModelCall.purpose) + " " + col(ModelCall.model)
    wanted = (
        select(named, *_summed_calls())
        .where(ModelCall.workspace_id == workspace_id, ModelCall.conversation_id == conversation_id)
        .group_by(named)
    )
    return _dearest_first(await _read(session, wanted))


async def totals(session: AsyncSession, workspace_id: str, first: str, last: str, by: CostBy) -> list[Total]:
    """What the days from `first` to `last` cost, both inclusive and such as 2026-11-26.

    Returns:
        Days in their order, everything else with the dearest first.
    """
    if by == CostBy.CONVERSATION:
        table, named, sums = ModelCall, col(ModelCall.conversation_id), _summed_calls()
    else:
        table, named, sums = DailyCost, col(getattr(DailyCost, by.value)), _summed_days()
    wanted = (
        select(named, *sums)
        .where(table.workspace_id == workspace_id, table.day >= first, table.day <= last)
        .group_by(named)
    )
    found = await _read(session, wanted)
    return sorted(found, key=lambda each: each.name) if by == CostBy.DAY else _dearest_first(found)


async def _read(session: AsyncSession, wanted: Any) -> list[Total]:
    rows: Sequence[Any] = (await session.exec(wanted)).all()
    return [Total(*row) for row in rows]


def _summed_calls() -> tuple[Any, ...]:
    failed = func.sum(case((col(ModelCall.outcome) != OK, 1), else_=0))
    return (
        func.count(),
        failed,
        func.sum(ModelCall.tokens_in),
        func.sum(ModelCall.tokens_cached),
        func.sum(ModelCall.tokens_out),
        func.sum(ModelCall.dollars),
    )


def _summed_days() -> tuple[Any, ...]:
    names = ("calls", "failed", "tokens_in", "tokens_cached", "tokens_out", "dollars")
    return tuple(func.sum(getattr(DailyCost, name)) for name in names)


def _dearest_first(found: list[Total]) -> list[Total]:
    return sorted(found, key=lambda each: (-each.dollars, -each.calls, each.name))
