"""The vectors of passages where PostgreSQL can search them itself: pgvector, from 0.8 on.

Where the extension is missing, or this user may not create it, the vectors of `storage.passage_vectors` are read into
memory instead, as on SQLite. What stands here is a copy of those, as 16-bit floats beside the shelf of their passage.

Few passages are compared one by one, which is exact. Where more are open to a reader, an HNSW index finds the nearest:
it walks on (an iterative scan) until enough of them are open, and when it gives up before, one by one it is after all.
(https://github.com/pgvector/pgvector#iterative-index-scans)
"""

from array import array
from collections.abc import Sequence

from sqlalchemy import Connection, Integer, TextClause, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import DBAPIError
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Database

TABLE = "passage_near"
LEAST_VERSION = (0, 8)
"""The first that goes on in its index where a filter left too few."""
EXACT_UP_TO = 20_000
"""Passages open to a reader that are compared one by one."""
MOST_INDEXED = 4_000
"""Numbers of a vector that HNSW takes as 16-bit floats; longer ones are compared one by one."""
COPIED_AT_ONCE = 500
BUILD_MEMORY = "256MB"
"""For making the index: 200,000 vectors of 384 numbers fit into it."""

NOT_POSTGRESQL = "SQLite"
NO_EXTENSION = "this PostgreSQL has no pgvector"
NOT_ALLOWED = "this user may not create it; an administrator can: CREATE EXTENSION vector"

STATEMENTS: Sequence[str] = (
    # The target keeps vectors of up to 4,000 numbers in the row, where comparing them needs no second look.
    """
CREATE TABLE passage_near (
    workspace_id TEXT NOT NULL,
    passage_id TEXT NOT NULL,
    model TEXT NOT NULL,
    shelf INTEGER NOT NULL,
    embedding halfvec NOT NULL,
    PRIMARY KEY (workspace_id, passage_id),
    FOREIGN KEY (workspace_id, passage_id) REFERENCES passage_vector (workspace_id, passage_id) ON DELETE CASCADE
) WITH (toast_tuple_target = 8160)""",
    "CREATE INDEX ix_passage_near_shelf ON passage_near (workspace_id, model, shelf)",
    # The database itself moves a vector with its passage: no way of putting one on another shelf can forget it. A
    # backup that is restored where there is no pgvector brings the trigger and not the table.
    """
CREATE FUNCTION passage_near_follows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF to_regclass('passage_near') IS NOT NULL THEN
        UPDATE passage_near SET shelf = NEW.shelf
        WHERE workspace_id = NEW.workspace_id AND passage_id = NEW.passage_id AND shelf <> NEW.shelf;
    END IF;
    RETURN NULL;
END $$""",
    "CREATE TRIGGER passage_near_follows AFTER INSERT ON passage_terms "
    "FOR EACH ROW EXECUTE FUNCTION passage_near_follows()",
)
DROP: Sequence[str] = (
    "DROP TRIGGER IF EXISTS passage_near_follows ON passage_terms",
    "DROP FUNCTION IF EXISTS passage_near_follows()",
    "DROP TABLE IF EXISTS passage_near",
)
"""The extension stays: others may use it."""


def create(connection: Connection) -> str:
    """Make the table, unless it is there.

    Returns:
        Why there is none; empty when there is one.
    """
    if connection.dialect.name != "postgresql":
        return NOT_POSTGRESQL
    if _exists(connection):
        return ""
    found = connection.execute(_EXTENSION).one_or_none()
    if found is None:
        return NO_EXTENSION
    try:
        with connection.begin_nested():
            if found.installed_version is None:
                connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS vector")
    except DBAPIError:
        if connection.execute(_EXTENSION).one().installed_version is None:  # else another process was quicker
            return NOT_ALLOWED
    version = str(connection.execute(_EXTENSION).one().installed_version)
    if tuple(int(part) for part in version.split(".")[:2]) < LEAST_VERSION:
        least = ".".join(map(str, LEAST_VERSION))
        return f"its pgvector is {version}, and {least} is needed: ALTER EXTENSION vector UPDATE"
    try:
        with connection.begin_nested():
            for statement in (*DROP, *STATEMENTS):  # what an extension that was dropped, or a backup, has left
                connection.exec_driver_sql(statement)
    except DBAPIError as error:
        if _exists(connection):  # another process was quicker
            return ""
        return f"its table cannot be made ({' '.join(str(error.orig).split())[:160]})"
    return ""


def _exists(connection: Connection) -> bool:
    return bool(connection.execute(_THERE).scalar())


async def prepare(database: Database) -> str:
    """Make the table where that has become possible; returns why there is none."""
    if database.is_sqlite:
        return NOT_POSTGRESQL
    async with database.reading() as session:
        if await is_there(session):
            return ""
    async with database.writing_connection() as connection:
        return await connection.run_sync(create)


async def why_not(database: Database) -> str:
    """Why PostgreSQL does not search the vectors and could not from the next sync on; empty when it does or can.

    It is tried, and undone.
    """
    if database.is_sqlite:
        return NOT_POSTGRESQL
    async with database.writing_connection() as connection:
        trial = await connection.begin_nested()
        why = await connection.run_sync(create)
        await trial.rollback()
    return why


async def is_there(session: AsyncSession) -> bool:
    """Whether PostgreSQL searches the vectors."""
    connection = await session.connection()
    return connection.dialect.name == "postgresql" and bool((await connection.execute(_THERE)).scalar())


async def put(session: AsyncSession, workspace_id: str, model: str, vectors: Sequence[tuple[str, bytes]]) -> None:
    """Copy stored vectors beside the shelf of their passage."""
    rows = [
        {"workspace": workspace_id, "passage": id_, "model": model, "embedding": literal(vector)}
        for id_, vector in vectors
    ]
    if rows:
        await (await session.connection()).execute(_PUT, rows)


async def follow(database: Database, workspace_id: str, model: str) -> int:
    """Copy the vectors of a model that are not here yet, and make the index once it pays.

    Returns:
        How many were copied; 0 where there is no pgvector.
    """
    async with database.reading() as session:
        if not await is_there(session):
            return 0
    of_model = {"workspace": workspace_id, "model": model}
    async with database.reading() as session:
        behind = (await (await session.connection()).execute(_BEHIND, of_model)).one()
    copied, after = 0, ""
    while behind.stored > behind.copied:
        asked = {**of_model, "after": after, "most": COPIED_AT_ONCE}
        async with database.reading() as session:
            rows = (await (await session.connection()).execute(_NOT_COPIED, asked)).all()
        if not rows:
            break
        async with database.transaction(durable=False) as session:
            await put(session, workspace_id, model, [(row.passage_id, bytes(row.vector)) for row in rows])
        copied, after = copied + len(rows), rows[-1].passage_id
    if behind.stored > EXACT_UP_TO:
        await _index(database, workspace_id, model)
    return copied


async def _index(database: Database, workspace_id: str, model: str) -> None:
    """Make the index for vectors of this model's length, unless there is one."""
    asked = {"workspace": workspace_id, "model": model}
    async with database.reading() as session:
        connection = await session.connection()
        numbers = (await connection.execute(_NUMBERS, asked)).scalar() or 0
        if not 0 < numbers <= MOST_INDEXED:
            return
        if (await connection.execute(_INDEXED, {"name": _index_name(numbers)})).scalar():
            return
    async with database.writing_connection() as connection:
        await connection.exec_driver_sql(f"SET LOCAL maintenance_work_mem = '{BUILD_MEMORY}'")
        await connection.exec_driver_sql(
            f"CREATE INDEX IF NOT EXISTS {_index_name(numbers)} ON passage_near "
            f"USING hnsw ((embedding::halfvec({numbers})) halfvec_ip_ops) WHERE vector_dims(embedding) = {numbers}"
        )


def _index_name(numbers: int) -> str:
    return f"ix_passage_near_{numbers}"


async def nearest(
    database: Database, workspace_id: str, model: str, vectors: Sequence[bytes], *, limit: int, shelves: Sequence[int]
) -> list[str]:
    """The ids of the `limit` passages whose vectors are nearest to any of these, nearest first.

    Args:
        database: PostgreSQL, with the table.
        workspace_id: of the passages.
        model: that made their vectors.
        vectors: 32-bit floats of length 1, all of one number.
        limit: how many.
        shelves: those that are open to the reader.
    """
    numbers = len(vectors[0]) // _BYTES
    asked = {"workspace": workspace_id, "model": model, "shelves": list(shelves), "limit": limit}
    asked |= {f"v{place}": literal(vector) for place, vector in enumerate(vectors)}
    async with database.reading() as session:
        open_ = (await (await session.connection()).execute(_OPEN, asked)).scalar() or 0
    if open_ > EXACT_UP_TO and numbers <= MOST_INDEXED:
        async with database.transaction(durable=False) as session:
            connection = await session.connection()
            await connection.exec_driver_sql(_SCAN)
            found = (await connection.execute(_by_index(numbers, len(vectors)), asked)).scalars().all()
        if len(found) == limit:
            return list(found)
    async with database.reading() as session:
        return list((await (await session.connection()).execute(_one_by_one(numbers, len(vectors)), asked)).scalars())


def literal(vector: bytes) -> str:
    """A vector as pgvector reads it."""
    numbers = array("f")
    numbers.frombytes(vector)
    return f"[{','.join(map(repr, numbers))}]"


_BYTES = 4
"""Of a number of a vector as it is stored."""
_SCAN = "SET LOCAL hnsw.ef_search = 200; SET LOCAL hnsw.iterative_scan = strict_order; SET LOCAL jit = off"
_MINE = "FROM passage_near WHERE workspace_id = :workspace AND model = :model AND shelf = ANY(:shelves)"


def _by_index(numbers: int, parts: int) -> TextClause:
    """The nearest to each part out of the index, then in the order in which one by one would put them."""
    each = " UNION ALL ".join(
        f"(SELECT passage_id, embedding {_MINE} AND vector_dims(embedding) = {numbers} "
        f"ORDER BY CAST(embedding AS halfvec({numbers})) <#> CAST(CAST(:v{part} AS text) AS halfvec({numbers})) "
        f"LIMIT :limit)"
        for part in range(parts)
    )
    once = f"SELECT DISTINCT ON (passage_id) passage_id, embedding FROM ({each}) AS found"  # noqa: S608 - numbers only
    return _asked(f"SELECT passage_id FROM ({once}) AS near {_in_order(parts)}")  # noqa: S608


def _one_by_one(numbers: int, parts: int) -> TextClause:
    return _asked(f"SELECT passage_id {_MINE} AND vector_dims(embedding) = {numbers} {_in_order(parts)}")


def _in_order(parts: int) -> str:
    # The inner cast gives the parameter a type of its own: as a halfvec, it would be rounded here too.
    distances = ", ".join(
        f"CAST(embedding AS vector) <#> CAST(CAST(:v{part} AS text) AS vector)" for part in range(parts)
    )
    return f"ORDER BY least({distances}), passage_id LIMIT :limit"


def _asked(statement: str) -> TextClause:
    return text(statement).bindparams(bindparam("shelves", type_=ARRAY(Integer)))


# Whoever drops the extension with all that depends on it leaves the table without its vectors.
_THERE = text(
    "SELECT EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass('passage_near') "
    "AND attname = 'embedding' AND NOT attisdropped)"
)
_EXTENSION = text("SELECT installed_version FROM pg_available_extensions WHERE name = 'vector'")
_PUT = text(
    "INSERT INTO passage_near (workspace_id, passage_id, model, shelf, embedding) "
    "SELECT t.workspace_id, t.passage_id, :model, t.shelf, CAST(:embedding AS halfvec) FROM passage_terms t "
    "JOIN passage_vector v ON v.workspace_id = t.workspace_id AND v.passage_id = t.passage_id "
    "WHERE t.workspace_id = :workspace AND t.passage_id = :passage "
    "ON CONFLICT (workspace_id, passage_id) DO UPDATE SET model = excluded.model, embedding = excluded.embedding"
)
_NOT_COPIED = text(
    "SELECT v.passage_id, v.vector FROM passage_vector v "
    "LEFT JOIN passage_near n ON n.workspace_id = v.workspace_id AND n.passage_id = v.passage_id AND n.model = v.model "
    "WHERE v.workspace_id = :workspace AND v.model = :model AND v.passage_id > :after AND n.passage_id IS NULL "
    "ORDER BY v.passage_id LIMIT :most"
)
_BEHIND = text(
    "SELECT (SELECT count(*) FROM passage_vector WHERE workspace_id = :workspace AND model = :model) AS stored, "
    "(SELECT count(*) FROM passage_near WHERE workspace_id = :workspace AND model = :model) AS copied"
)
_NUMBERS = text(
    "SELECT vector_dims(embedding) FROM passage_near WHERE workspace_id = :workspace AND model = :model LIMIT 1"
)
_INDEXED = text("SELECT to_regclass(:name) IS NOT NULL")
_OPEN = _asked(
    "SELECT CAST(sum(passages) AS bigint) FROM knowledge_term "
    "WHERE workspace_id = :workspace AND term = '' AND shelf = ANY(:shelves)"
)
