"""The words that the articles hold which are open to a reader: for one that none of them holds, those near to it."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Integer, Text, bindparam, text
from sqlmodel.ext.asyncio.session import AsyncSession

MOST = 4_000
"""Words that are looked at; a prefix of two letters has some hundreds in a large knowledge base."""


async def near(
    session: AsyncSession, workspace_id: str, prefixes: Collection[str], named: Collection[str], shelves: Sequence[int]
) -> dict[str, int]:
    """The words on these shelves that begin with one of the prefixes, or are named, with how many passages hold each.

    Each prefix is a range of the primary key; of very many words, those that most passages hold.
    """
    ranges = sorted({each for each in prefixes if each})
    if not (ranges or named) or not shelves:
        return {}
    asked: dict[str, Any] = {"workspace": workspace_id, "named": sorted(named), "shelves": list(shelves), "most": MOST}
    for number, prefix in enumerate(ranges):
        asked |= {f"from{number}": prefix, f"to{number}": _beyond(prefix)}
    statement = text(_statement(len(ranges))).bindparams(
        bindparam("named", type_=Text, expanding=True), bindparam("shelves", type_=Integer, expanding=True)
    )
    rows = (await (await session.connection()).execute(statement, asked)).all()
    return {row.term: int(row.held) for row in rows}


def _beyond(prefix: str) -> str:
    """A word after all that begin with a prefix, in whichever order the database has; that of letters is the same."""
    return f"{prefix}zzzz" if prefix.isascii() else prefix[:-1] + chr(ord(prefix[-1]) + 1)


def _statement(ranges: int) -> str:
    """A branch for each range, and one for those that are named: joined by OR, all words would be walked through."""
    each = "SELECT term, shelf, passages FROM knowledge_term WHERE workspace_id = :workspace AND term"
    branches = [f"{each} IN :named", *(f"{each} >= :from{n} AND term < :to{n}" for n in range(ranges))]
    return (
        f"SELECT term, CAST(sum(passages) AS bigint) AS held FROM ({' UNION '.join(branches)}) AS found "  # noqa: S608
        "WHERE shelf IN :shelves AND term <> '' "
        "GROUP BY term HAVING sum(passages) > 0 ORDER BY held DESC, term LIMIT :most"
    )
