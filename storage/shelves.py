"""Shelves: the passages that the same readers may read for the same time stand together in the search index.

There are few of them, for articles have few audiences and mostly no dates; so a search first picks the shelves that
are open to its reader now, and then ranks only what stands on these. How often a term occurs is counted by shelf as
well: what somebody may not read changes neither what they find nor how it is weighed.
"""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.library import Shelf

OUT_OF_USE = 0
"""The number of the shelf that is open to nobody: for passages of replaced articles."""


_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtext('shelf ' || :workspace))")
"""On SQLite there is one writer anyway."""


class Standing(NamedTuple):
    """What decides on which shelf the passages of an article stand."""

    audience: str = "customer"
    valid_from: datetime | None = None
    valid_until: datetime | None = None


EVERYBODY = Standing()
"""For everyone, and for ever."""


async def numbers(session: AsyncSession, workspace_id: str, wanted: Collection[Standing]) -> dict[Standing, int]:
    """The numbers of the shelves of a workspace for these standings; missing ones are set up."""
    found = await _known(session, workspace_id)
    if set(wanted) <= found.keys():
        return found
    # Two syncs at once must not set up the same shelf under two numbers.
    connection = await session.connection()
    if connection.dialect.name == "postgresql":
        await connection.execute(_ONE_AT_A_TIME, {"workspace": workspace_id})
    found = await _known(session, workspace_id)
    last = max(found.values(), default=0)
    for number, standing in enumerate(sorted(set(wanted) - found.keys(), key=repr), last + 1):
        session.add(Shelf(workspace_id=workspace_id, number=number, **standing._asdict()))
        found[standing] = number
    await session.flush()
    return found


async def _known(session: AsyncSession, workspace_id: str) -> dict[Standing, int]:
    of_workspace = select(Shelf).where(Shelf.workspace_id == workspace_id).order_by(col(Shelf.number))
    return {
        Standing(shelf.audience, shelf.valid_from, shelf.valid_until): shelf.number
        for shelf in await session.exec(of_workspace)
    }
