"""Fills a database with weeks of conversations by statements alone, so that a million take a minute or two.

Each table gets its rows from a row of numbers, in the words of either database. Every conversation has a question, a
draft, a decision and a call of a model, was resolved and was asked how it went; every other one was rated, three in ten
went to a person, and their time was measured. Numbers decide everything, so that two databases with the same week hold
the same rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Float, Integer, Table
from sqlmodel import SQLModel

from handoff.window import Window
from storage.database import Database
from storage.endings import Rating, Resolution, Survey
from storage.spending import Effort, ModelCall
from storage.tables import Conversation, Decision, DraftRow, Handoff, Message, Topic, Workspace

TOPICS = 12
AT_ONCE = 100_000
HISTORY = timedelta(weeks=52)
FIRST_OF_WEEK = 1_000_000_000
"""Numbers from here on are of the week, the same in every database."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a database writes what the others write otherwise."""

    numbers: str
    key: str
    moment: str
    yes: str
    no: str


DIALECTS = {
    "sqlite": Dialect(
        numbers="WITH RECURSIVE numbers(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM numbers WHERE n < {last}) ",
        key="printf('%018d', {0})",
        moment="strftime('%Y-%m-%d %H:%M:%f000', {0}, 'unixepoch')",
        yes="1",
        no="0",
    ),
    "postgresql": Dialect(
        numbers="WITH numbers(n) AS (SELECT generate_series({first}::bigint, {last}::bigint)) ",
        key="lpad(({0})::text, 18, '0')",
        moment="to_timestamp({0})",
        yes="true",
        no="false",
    ),
}


async def fill(database: Database, workspace_id: str, week: Window, *, of_week: int, before: int) -> None:
    """Fill an empty database: `of_week` conversations in the week, `before` in the year before it."""
    async with database.transaction() as session:
        session.add(Workspace(id=workspace_id, name="Northpeak", bot_user_id="U0BATON00", sampling_key="bench"))
        await session.flush()
        session.add_all(
            Topic(workspace_id=workspace_id, name=f"topic-{number}", title=f"Topic {number}")
            for number in range(TOPICS)
        )
    parts = [(0, before, week.since - HISTORY, HISTORY), (FIRST_OF_WEEK, of_week, week.since, week.until - week.since)]
    for first, many, since, span in parts:
        for start in range(0, many, AT_ONCE):
            numbers = (first + start, first + min(many, start + AT_ONCE) - 1)
            await _insert(database, workspace_id, numbers, ended=_ended(first, many, since, span))
    if database.dialect == "postgresql":  # as its own upkeep does; SQLite has none, in a running Baton either
        async with database.engine.connect() as connection:
            by_itself = await connection.execution_options(isolation_level="AUTOCOMMIT")
            await by_itself.exec_driver_sql("VACUUM ANALYZE")


def _ended(first: int, many: int, since: datetime, span: timedelta) -> str:
    """When the conversation of number n ended, in seconds since 1970: evenly over the stretch."""
    return f"({since.timestamp():.0f} + ((n - {first}) * {span.total_seconds():.0f} + {many // 2}) / {max(many, 1)})"


async def _insert(database: Database, workspace_id: str, numbers: tuple[int, int], *, ended: str) -> None:
    words = DIALECTS[database.dialect]
    for model, where, given in _tables(words, workspace_id, ended):
        table: Table = model.__table__  # type: ignore[attr-defined]
        columns = {column.name: given.get(column.name) or _usual(column, words) for column in table.columns}
        names, values = ", ".join(columns), ", ".join(columns.values())
        drawn = words.numbers.format(first=numbers[0], last=numbers[1])
        statement = f"INSERT INTO {table.name} ({names}) {drawn}SELECT {values} FROM numbers"
        async with database.writing_connection(durable=False) as connection:
            await connection.exec_driver_sql(f"{statement} WHERE {where}")


def _usual(column: Column[Any], words: Dialect) -> str:
    if column.nullable:
        return "NULL"
    if isinstance(column.type, Boolean):
        return words.no
    if isinstance(column.type, Integer | Float):
        return "0"
    return "'[]'" if isinstance(column.type, JSON) else "''"


def _rest(by: int, of: str = "n") -> str:
    """The rest of a division; % would be read as a parameter's sign."""
    return f"({of} - ({of} / {by}) * {by})"


def _tables(words: Dialect, workspace_id: str, ended: str) -> list[tuple[type[SQLModel], str, Mapping[str, str]]]:
    """Each table, which numbers have a row in it, and what stands there."""
    key, opened = words.key.format("n"), f"({ended} - 900 - {_rest(3_000)})"
    with_person = f"{_rest(10)} IN (3, 6, 9)"
    by = f"CASE WHEN {_rest(10)} IN (3, 6) THEN 'human' WHEN {with_person} THEN 'ai_then_human' ELSE 'ai' END"
    ids = {"workspace_id": f"'{workspace_id}'", "id": key, "conversation_id": key, "message_id": key, "draft_id": key}
    common = {
        **ids,
        "topic": f"'topic-' || {_rest(TOPICS)}",
        "customer_id": f"'U' || {_rest(20_000)}",
        "role": "'serving'",
    }
    moments = {
        "opened_at": words.moment.format(opened),
        "first_reply_at": words.moment.format(f"({opened} + 20 + {_rest(200)})"),
        "resolved_at": words.moment.format(ended),
        "created_at": words.moment.format(f"({opened} + 5)"),
    }
    result = {
        "resolved_by": by,
        "confirmation": f"CASE WHEN {_rest(4)} = 0 THEN 'confirmed' ELSE 'assumed' END",
        "offered": f"CASE WHEN {_rest(10)} IN (3, 6) THEN 'people' ELSE 'ai' END",
    }
    person = f"CASE WHEN {with_person} THEN {words.moment.format(f'({opened} + 600)')} END"
    return [
        (
            Conversation,
            "n >= 0",
            common
            | moments
            | result
            | {
                "channel_id": "'C0SUPPORT'",
                "thread_ts": key,
                "state": "'resolved'",
                "language": "'en'",
                "ai_replied": f"CASE WHEN {_rest(10)} IN (3, 6) THEN {words.no} ELSE {words.yes} END",
                "first_human_reply_at": person,
            },
        ),
        (Resolution, "n >= 0", common | moments | result),
        (
            Survey,
            "n >= 0",
            common
            | {
                "resolved_at": words.moment.format(ended),
                "asked_at": words.moment.format(f"({ended} + 60)"),
                "answered_at": f"CASE WHEN {_rest(2)} = 0 THEN {words.moment.format(f'({ended} + 360)')} END",
                "expires_at": words.moment.format(f"({ended} + 259200)"),
            },
        ),
        (
            Rating,
            f"{_rest(2)} = 0",
            common
            | {"score": f"1 + {_rest(5, 'n / 2')}", "rated_at": words.moment.format(f"({ended} + 360)")}
            | {"comment": f"CASE WHEN {_rest(40)} = 0 THEN 'It took long, but it helped.' ELSE '' END"},
        ),
        (
            Message,
            "n >= 0",
            common
            | moments
            | {
                "author": "'customer'",
                "author_id": f"'U' || {_rest(20_000)}",
                "text": f"'Where is the parcel of my order number ' || n || ' about subject ' || {_rest(37)} || '?'",
                "channel_id": "'C0SUPPORT'",
                "ts": key,
                "draft_id": "''",
            },
        ),
        (
            DraftRow,
            "n >= 0",
            common
            | moments
            | {
                "text": "'It is on its way and arrives within three days.'",
                "answerable": words.yes,
                "own_confidence": f"0.5 + {_rest(50)} / 100.0",
                "helpful_at": f"CASE WHEN {_rest(7)} = 0 THEN {words.moment.format(f'({opened} + 60)')} END",
                "unhelpful_at": f"CASE WHEN {_rest(90)} = 1 THEN {words.moment.format(f'({opened} + 60)')} END",
            },
        ),
        (
            Decision,
            "n >= 0",
            common
            | moments
            | {
                "action": f"CASE WHEN {with_person} THEN 'hand_off' ELSE 'answer' END",
                "reason": f"CASE WHEN {_rest(10)} = 3 THEN 'low_confidence' WHEN {with_person} THEN 'wish' ELSE '' END",
                "confidence": f"0.5 + {_rest(50)} / 100.0",
                "signals": "'{}'",
                "reader": "'{}'",
                "stage": "'autopilot'",
            },
        ),
        (
            Handoff,
            with_person,
            common
            | moments
            | {
                "state": "'done'",
                "reason": f"CASE WHEN {_rest(10)} = 3 THEN 'low_confidence' ELSE 'wish' END",
                "desk_channel_id": "'C0DESK000'",
                "desk_ts": key,
                "claimed_at": words.moment.format(f"({opened} + 300)"),
                "claimed_by": f"'UAGENT' || {_rest(30)}",
                "done_at": words.moment.format(ended),
            },
        ),
        (
            ModelCall,
            "n >= 0",
            common
            | moments
            | {
                "day": "'2026-01-01'",
                "purpose": "'draft'",
                "model": "'small'",
                "tokens_in": "900",
                "tokens_out": "80",
                "dollars": "0.001",
                "outcome": "'ok'",
            },
        ),
        (
            Effort,
            with_person,
            common
            | {
                "person_id": f"'UAGENT' || {_rest(30)}",
                "kind": "'conversation'",
                "seconds": f"60 + {_rest(300)}",
                "at": words.moment.format(ended),
            },
        ),
    ]
