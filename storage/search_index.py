"""The search index over passages: FTS5 on SQLite, a tsvector with GIN on PostgreSQL.

SQLModel cannot declare these, so they are plain statements; the first and the fourth migration run them. Both
databases index the same terms, already cut, folded and stemmed by `handoff.words`, so that both find the same. A
term is stored as `<workspace>.<term>`: a workspace's postings lie together, and a query reads no other workspace's.

Each passage stands on a shelf (`storage.shelves`): the ones that the same readers may read for the same time. A
search leaves shelves out before it ranks, at the price of an integer comparison.
"""

from collections.abc import Sequence

ALL_PASSAGES = ""
"""The term that stands for every passage in the counts."""

SHELF_BITS = 40
"""On SQLite, where FTS5 knows nothing but a row number, its bits from here on are the shelf."""

TITLE_WEIGHT, HEADINGS_WEIGHT, BODY_WEIGHT = 3.0, 2.0, 1.0

_KNOWLEDGE_TERM = """
CREATE TABLE knowledge_term (
    workspace_id TEXT NOT NULL,
    term TEXT NOT NULL,
    passages INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, term)
)"""
"""In how many passages a term occurs; the empty term counts all passages. Tells informative words from others."""

_TERM_ON_SHELF = """
CREATE TABLE knowledge_term (
    workspace_id TEXT NOT NULL,
    term TEXT NOT NULL,
    shelf INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, term, shelf)
)"""
"""The same by shelf, so that what a reader may not read tells them nothing."""

SQLITE: Sequence[str] = (
    """
CREATE TABLE passage_terms (
    number INTEGER PRIMARY KEY,
    workspace_id TEXT NOT NULL,
    passage_id TEXT NOT NULL,
    title TEXT NOT NULL,
    headings TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (workspace_id, passage_id),
    FOREIGN KEY (workspace_id, passage_id) REFERENCES passage (workspace_id, id) ON DELETE CASCADE
)""",
    """
CREATE VIRTUAL TABLE passage_index USING fts5(
    title, headings, body,
    content='passage_terms', content_rowid='number',
    tokenize="unicode61 remove_diacritics 0 tokenchars '.'"
)""",
    """
CREATE TRIGGER passage_terms_added AFTER INSERT ON passage_terms BEGIN
    INSERT INTO passage_index (rowid, title, headings, body)
    VALUES (new.number, new.title, new.headings, new.body);
END""",
    """
CREATE TRIGGER passage_terms_removed AFTER DELETE ON passage_terms BEGIN
    INSERT INTO passage_index (passage_index, rowid, title, headings, body)
    VALUES ('delete', old.number, old.title, old.headings, old.body);
END""",
    f"{_KNOWLEDGE_TERM} WITHOUT ROWID",
)

SQLITE_DROP: Sequence[str] = (
    "DROP TABLE IF EXISTS knowledge_term",
    "DROP TABLE IF EXISTS passage_index",
    "DROP TABLE IF EXISTS passage_terms",
)

SQLITE_SHELVED: Sequence[str] = (
    f"UPDATE passage_terms SET number = number + (1 << {SHELF_BITS})",  # noqa: S608 - constants only
    "INSERT INTO passage_index (passage_index) VALUES ('rebuild')",
    "ALTER TABLE knowledge_term RENAME TO knowledge_term_before",
    f"{_TERM_ON_SHELF} WITHOUT ROWID",
    "INSERT INTO knowledge_term SELECT workspace_id, term, 1, passages FROM knowledge_term_before",
    "DROP TABLE knowledge_term_before",
)
"""What brings an index without shelves on the first shelf of its workspace."""

SQLITE_UNSHELVED: Sequence[str] = (
    "UPDATE passage_terms SET number = -fresh.number FROM "
    "(SELECT number AS former, row_number() OVER (ORDER BY number) AS number FROM passage_terms) AS fresh "
    "WHERE passage_terms.number = fresh.former",
    "UPDATE passage_terms SET number = -number",
    "INSERT INTO passage_index (passage_index) VALUES ('rebuild')",
    "ALTER TABLE knowledge_term RENAME TO knowledge_term_shelved",
    f"{_KNOWLEDGE_TERM} WITHOUT ROWID",
    "INSERT INTO knowledge_term SELECT workspace_id, term, sum(passages) FROM knowledge_term_shelved GROUP BY 1, 2",
    "DROP TABLE knowledge_term_shelved",
)

POSTGRESQL: Sequence[str] = (
    """
CREATE TABLE passage_terms (
    workspace_id TEXT NOT NULL,
    passage_id TEXT NOT NULL,
    title TEXT NOT NULL,
    headings TEXT NOT NULL,
    body TEXT NOT NULL,
    terms TSVECTOR NOT NULL,
    PRIMARY KEY (workspace_id, passage_id),
    FOREIGN KEY (workspace_id, passage_id) REFERENCES passage (workspace_id, id) ON DELETE CASCADE
)""",
    "CREATE INDEX ix_passage_terms_terms ON passage_terms USING gin (terms)",
    _KNOWLEDGE_TERM,
)

POSTGRESQL_SHELVED: Sequence[str] = (
    "ALTER TABLE passage_terms ADD COLUMN shelf INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE passage_terms ALTER COLUMN shelf DROP DEFAULT",
    "ALTER TABLE knowledge_term ADD COLUMN shelf INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE knowledge_term ALTER COLUMN shelf DROP DEFAULT",
    "ALTER TABLE knowledge_term DROP CONSTRAINT knowledge_term_pkey",
    "ALTER TABLE knowledge_term ADD PRIMARY KEY (workspace_id, term, shelf)",
)

POSTGRESQL_UNSHELVED: Sequence[str] = (
    "ALTER TABLE passage_terms DROP COLUMN shelf",
    "ALTER TABLE knowledge_term RENAME TO knowledge_term_shelved",
    _KNOWLEDGE_TERM.replace("PRIMARY KEY", "CONSTRAINT knowledge_term_flat PRIMARY KEY"),
    "INSERT INTO knowledge_term SELECT workspace_id, term, sum(passages) FROM knowledge_term_shelved GROUP BY 1, 2",
    "DROP TABLE knowledge_term_shelved",
    "ALTER TABLE knowledge_term RENAME CONSTRAINT knowledge_term_flat TO knowledge_term_pkey",
)

POSTGRESQL_DROP: Sequence[str] = (
    "DROP TABLE IF EXISTS knowledge_term",
    "DROP TABLE IF EXISTS passage_terms",
)


def keyed(workspace_id: str, term: str) -> str:
    """The form in which a term of a workspace is indexed."""
    return f"{workspace_id}.{term}"


def lexeme(term: str) -> str:
    """A term as PostgreSQL quotes it in a tsvector or a tsquery."""
    escaped = term.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
