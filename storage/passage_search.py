"""Finds the passages that are nearest to the terms of a question, in one statement on each database.

Terms come already cut and stemmed (`handoff.words`); the choice of the nearest is made here, the ranking among them
by who asks.
"""

import json
from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import DateTime, Text, TextClause, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.search_index import ALL_PASSAGES, BODY_WEIGHT, HEADINGS_WEIGHT, SHELF_BITS, TITLE_WEIGHT

if TYPE_CHECKING:
    import aiosqlite

MOST_HITS = 20_000
"""How often the terms that choose the nearest may occur; the rarest term chooses however often it does."""
MORE_CANDIDATES = 4
MOST_WEIGHED = 40
"""Terms up to which PostgreSQL weighs each by its rarity before the ranking does."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage near to a query, and how often it holds the query's terms."""

    passage_id: str
    article_id: str
    title: str
    url: str
    heading_path: str
    text: str
    topic: str
    language: str
    content_hash: str
    """Of the article as it was when the passage was cut from it."""
    kind: str
    """Of the article: an ArticleKind."""
    title_terms: Sequence[str]
    heading_terms: Sequence[str]
    body_terms: Sequence[str]
    occurs: dict[str, tuple[int, int, int]]
    """How often each term of the query that it holds occurs in its title, its headings and its body."""

    @property
    def terms(self) -> int:
        """How many terms it has in all."""
        return len(self.title_terms) + len(self.heading_terms) + len(self.body_terms)


@dataclass(frozen=True, slots=True)
class Nearest:
    """The candidates of a query, nearest first, and in how many of the open passages each of its terms occurs."""

    candidates: Sequence[Candidate]
    passages_with: dict[str, int]
    """Holds `ALL_PASSAGES` too; a term that is missing occurs nowhere."""


@dataclass(frozen=True, slots=True)
class OpenTo:
    """Whom and when a search is for: it leaves out everything else before it ranks, and counts it nowhere."""

    tags: Collection[str] | None
    """The tags of audiences that its reader has, any of which lets them read an article; None reads everything."""
    at: datetime
    """Articles must hold at this moment, in UTC."""


async def nearest(
    session: AsyncSession, workspace_id: str, terms: Sequence[str], limit: int, open_to: OpenTo
) -> Nearest:
    """Find the `limit` passages that are nearest to `terms` (distinct, at least one), in one statement.

    A passage is near that holds any of the terms, nearer the rarer they are and the more it is about them. Only
    the passages returned are read in full, so that the cost hardly grows with their length; and in a large knowledge
    base the rarest terms alone decide which ones they are, so that it hardly grows with their number.
    """
    statement = _NEAREST_POSTGRESQL_BY_MANY if len(terms) > MOST_WEIGHED else _NEAREST_POSTGRESQL
    rows = await _rows(session, (_NEAREST_SQLITE, statement), workspace_id, terms, open_to, limit=limit)
    return _nearest(rows, workspace_id, terms)


async def these(
    session: AsyncSession, workspace_id: str, passage_ids: Sequence[str], terms: Sequence[str], open_to: OpenTo
) -> Nearest:
    """The passages of these ids, as far as they are open to the reader, held against the terms; in no order."""
    named = json.dumps(passage_ids)
    rows = await _rows(session, (_THESE_SQLITE, _THESE_POSTGRESQL), workspace_id, terms, open_to, passages=named)
    return _nearest(rows, workspace_id, terms)


async def open_shelves(session: AsyncSession, workspace_id: str, open_to: OpenTo) -> list[int]:
    """The numbers of the shelves that are open to the reader."""
    rows = await _rows(session, (_SHELVES_SQLITE, _SHELVES_POSTGRESQL), workspace_id, (), open_to)
    return [row[0] for row in rows]


async def _rows(
    session: AsyncSession,
    statements: tuple[str, TextClause],
    workspace_id: str,
    terms: Sequence[str],
    open_to: OpenTo,
    **more: int | str,
) -> Sequence[Any]:
    connection = await session.connection()
    everything, tags = open_to.tags is None, sorted(open_to.tags or ())
    asked: dict[str, Any] = {"workspace": workspace_id, "everything": everything, **more}
    on_sqlite, on_postgresql = statements
    if connection.dialect.name == "sqlite":
        asked |= {"terms": json.dumps([ALL_PASSAGES, *terms]), "tags": json.dumps(tags)}
        asked["now"] = open_to.at.strftime("%Y-%m-%d %H:%M:%S.%f")
        # Straight to the driver: one hop to its thread in place of four, on every message.
        driver = (await connection.get_raw_connection()).driver_connection
        return list(await cast("aiosqlite.Connection", driver).execute_fetchall(on_sqlite, asked))
    asked |= {"terms": [ALL_PASSAGES, *terms], "tags": tags, "now": open_to.at}
    return (await connection.execute(on_postgresql, asked)).all()


def _nearest(rows: Sequence[Any], workspace_id: str, terms: Sequence[str]) -> Nearest:
    distinct = frozenset(terms)
    counts: dict[str, int] = json.loads(rows[0][-1]) if rows else {}
    return Nearest([_candidate(row, distinct, len(workspace_id) + 1) for row in rows], counts)


def _candidate(row: Any, asked: AbstractSet[str], prefix: int) -> Candidate:
    title, headings, body = ([key[prefix:] for key in terms.split()] for terms in row[10:13])
    there = asked & {*title, *headings, *body}
    occurs = {term: (title.count(term), headings.count(term), body.count(term)) for term in there}
    return Candidate(*row[:10], title_terms=title, heading_terms=headings, body_terms=body, occurs=occurs)


# In the order of Candidate's fields, then the terms of the three indexed fields.
_COLUMNS = """
    p.id, p.article_id, a.title, a.url, p.heading_path, p.text, a.topic, a.language, a.content_hash, a.kind,
    t.title AS title_terms, t.headings AS heading_terms, t.body AS body_terms"""

_JOINED = """
    JOIN passage p ON p.workspace_id = t.workspace_id AND p.id = t.passage_id
    JOIN article a ON a.workspace_id = p.workspace_id AND a.id = p.article_id
        AND a.removed_at IS NULL AND a.replaced_by = ''"""

_IN_FORCE = """
    workspace_id = :workspace AND (valid_from IS NULL OR valid_from <= :now)
        AND (valid_until IS NULL OR valid_until > :now)"""

_TAGGED_SQLITE = """EXISTS (
        SELECT 1 FROM json_each(:tags) AS tag WHERE instr(' ' || audience || ' ', ' ' || tag.value || ' ')
    )"""
_TAGGED_POSTGRESQL = "string_to_array(audience, ' ') && :tags"
_OPEN = f"SELECT number FROM shelf WHERE {_IN_FORCE} AND (:everything OR {{tagged}})"  # noqa: S608 - constants only

_COUNTED = """
    SELECT term, CAST(sum(passages) AS bigint) AS everywhere,
        CAST(sum(CASE WHEN shelf IN (SELECT number FROM open) THEN passages ELSE 0 END) AS bigint) AS passages
    FROM knowledge_term WHERE workspace_id = :workspace AND term IN ({terms}) GROUP BY term"""

# A passage that holds only words that very many hold is never among the nearest: these words wait for the ranking.
_TELLING = f"""
    SELECT term, passages FROM (
        SELECT term, passages, everywhere, sum(everywhere) OVER (ORDER BY everywhere, term) AS hits
        FROM counted WHERE term <> '' AND passages > 0
    ) AS growing WHERE hits <= {MOST_HITS} OR hits = everywhere"""  # noqa: S608 - constants only

# Where words wait, more passages are fetched, so that these words can still choose among them.
_ENOUGH = f"""(
    SELECT CASE WHEN (SELECT count(*) FROM telling) < (
        SELECT count(*) FROM counted WHERE term <> '' AND passages > 0
    ) THEN {MORE_CANDIDATES} * :limit ELSE :limit END
)"""  # noqa: S608 - constants only

# The bm25 function in the ORDER BY beats FTS5's own `rank` column by a third here.
_NEAREST_SQLITE = f"""
WITH open AS MATERIALIZED (
    {_OPEN.format(tagged=_TAGGED_SQLITE)}
), counted AS MATERIALIZED (
    {_COUNTED.format(terms="SELECT value FROM json_each(:terms)")}
), telling AS MATERIALIZED (
    {_TELLING}
), near AS MATERIALIZED (
    SELECT rowid AS number, bm25(passage_index, {TITLE_WEIGHT}, {HEADINGS_WEIGHT}, {BODY_WEIGHT}) AS distance
    FROM passage_index WHERE passage_index MATCH (
            SELECT coalesce(group_concat('"' || replace(:workspace || '.' || term, '"', '""') || '"', ' OR '), '""')
            FROM telling
        )
        AND rowid >= (SELECT min(number) FROM open) << {SHELF_BITS}
        AND rowid < (SELECT max(number) + 1 FROM open) << {SHELF_BITS}
        AND (rowid >> {SHELF_BITS}) IN (SELECT number FROM open)
    ORDER BY distance LIMIT {_ENOUGH}
)
SELECT {_COLUMNS},
    (SELECT json_group_object(term, passages) FROM counted WHERE passages > 0) AS counts
FROM near JOIN passage_terms t ON t.number = near.number {_JOINED}
ORDER BY near.distance, t.number
"""  # noqa: S608 - constants only

_RANK = "ts_rank('{{0.3, 0.3, 0.6, 1.0}}', {terms}, {query}, 1)"
# PostgreSQL's rank knows no rarity of words: it draws a wide net by the plain rank, and weighs each term of
# what is in the net by its rarity, as FTS5 does. With very many terms that would cost more than to rank a wider net.
_WEIGHED = f"""
    SELECT passage_id, (
        SELECT sum(rarity * {_RANK.format(terms="net.terms", query="weighed.query")}) FROM weighed
    ) AS closeness
    FROM net ORDER BY closeness DESC, passage_id LIMIT {_ENOUGH}"""  # noqa: S608 - constants only
_UNWEIGHED = "SELECT passage_id, closeness FROM net"


def _open_to_reader(statement: str) -> TextClause:
    tags, at = bindparam("tags", type_=ARRAY(Text)), bindparam("now", type_=DateTime(timezone=True))
    return text(statement).bindparams(tags, at)


def _nearest_postgresql(near: str, net: str) -> TextClause:
    return _open_to_reader(
        f"""
WITH open AS MATERIALIZED (
    {_OPEN.format(tagged=_TAGGED_POSTGRESQL)}
), counted AS MATERIALIZED (
    {_COUNTED.format(terms="SELECT unnest(CAST(:terms AS text[]))")}
), telling AS MATERIALIZED (
    {_TELLING}
), weighed AS MATERIALIZED (
    SELECT CAST(quote_literal(:workspace || '.' || term) AS tsquery) AS query,
        ln(1 + ((SELECT passages FROM counted WHERE term = '') - passages + 0.5) / (passages + 0.5)) AS rarity
    FROM telling
), asked AS MATERIALIZED (
    SELECT CAST(string_agg(quote_literal(:workspace || '.' || term), ' | ') AS tsquery) AS query FROM telling
), net AS MATERIALIZED (
    SELECT passage_id, terms, {_RANK.format(terms="terms", query="asked.query")} AS closeness
    FROM asked JOIN passage_terms ON workspace_id = :workspace AND terms @@ asked.query
        AND shelf = ANY(ARRAY(SELECT number FROM open))
    ORDER BY closeness DESC, passage_id LIMIT {net}
), near AS MATERIALIZED (
    {near}
)
SELECT {_COLUMNS},
    CAST((SELECT json_object_agg(term, passages) FROM counted WHERE passages > 0) AS text) AS counts
FROM near
    JOIN passage_terms t ON t.workspace_id = :workspace AND t.passage_id = near.passage_id {_JOINED}
ORDER BY near.closeness DESC, t.passage_id
"""  # noqa: S608 - constants only
    )


_THESE_SQLITE = f"""
WITH open AS MATERIALIZED (
    {_OPEN.format(tagged=_TAGGED_SQLITE)}
), counted AS MATERIALIZED (
    {_COUNTED.format(terms="SELECT value FROM json_each(:terms)")}
)
SELECT {_COLUMNS},
    (SELECT json_group_object(term, passages) FROM counted WHERE passages > 0) AS counts
FROM passage_terms t {_JOINED}
WHERE t.workspace_id = :workspace AND t.passage_id IN (SELECT value FROM json_each(:passages))
    AND (t.number >> {SHELF_BITS}) IN (SELECT number FROM open)
"""  # noqa: S608 - constants only
_THESE_POSTGRESQL = _open_to_reader(f"""
WITH open AS MATERIALIZED (
    {_OPEN.format(tagged=_TAGGED_POSTGRESQL)}
), counted AS MATERIALIZED (
    {_COUNTED.format(terms="SELECT unnest(CAST(:terms AS text[]))")}
)
SELECT {_COLUMNS},
    CAST((SELECT json_object_agg(term, passages) FROM counted WHERE passages > 0) AS text) AS counts
FROM passage_terms t {_JOINED}
WHERE t.workspace_id = :workspace
    AND t.passage_id IN (SELECT json_array_elements_text(CAST(:passages AS json)))
    AND t.shelf IN (SELECT number FROM open)
""")  # noqa: S608 - constants only
_SHELVES_SQLITE = _OPEN.format(tagged=_TAGGED_SQLITE)
_SHELVES_POSTGRESQL = _open_to_reader(_OPEN.format(tagged=_TAGGED_POSTGRESQL))
_NEAREST_POSTGRESQL = _nearest_postgresql(_WEIGHED, "5 * :limit")
_NEAREST_POSTGRESQL_BY_MANY = _nearest_postgresql(_UNWEIGHED, _ENOUGH)
