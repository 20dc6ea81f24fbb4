"""The search index over passages: FTS5 on SQLite, a tsvector with GIN on PostgreSQL.

SQLModel cannot declare these, so they are plain statements; the first migration runs them. Both databases
index the same terms, already cut, folded and stemmed by `handoff.words`, so that both find the same. A term is
stored as `<workspace>.<term>`: a workspace's postings lie together, and a query reads no other workspace's.
"""

from collections.abc import Sequence

ALL_PASSAGES = ""
"""The term that stands for every passage in the counts."""

TITLE_WEIGHT, HEADINGS_WEIGHT, BODY_WEIGHT = 3.0, 2.0, 1.0

_KNOWLEDGE_TERM = """
CREATE TABLE knowledge_term (
    workspace_id TEXT NOT NULL,
    term TEXT NOT NULL,
    passages INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, term)
)"""
"""In how many passages a term occurs; the empty term counts all passages. Tells informative words from others."""

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
