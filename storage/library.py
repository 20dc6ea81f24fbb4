"""The knowledge base as tables: articles, where they come from, and their passages in the search index."""

from datetime import datetime

from sqlalchemy import Column, Index, LargeBinary, Text, text
from sqlmodel import Field

from storage.kinds import ArticleKind
from storage.row import Row, belongs_to, now


class Article(Row, table=True):
    """A document of the knowledge base."""

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    id: str = Field(primary_key=True)
    source: str
    """Where it was synced from: a folder or a file, as given."""
    source_key: str
    """Its path or id within the source."""
    title: str
    url: str = ""
    topic: str = ""
    language: str = ""
    kind: str = ArticleKind.ARTICLE
    audience: str = "customer"
    """Who may read it: tags separated by spaces, any of which will do (`handoff.audience`)."""
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    """Outside of these times it is neither found nor cited."""
    replaced_by: str = ""
    """The id of the article that stands in its place; it is no longer found then."""
    replaces: str = ""
    """The keys, ids or addresses of the articles that it stands in for, a line each."""
    content_hash: str = ""
    """Of everything that readers and decisions rest on: the text and the properties."""
    fingerprint: str = ""
    """Of the bytes that it was read from and how; the same ones are not parsed again. Empty where parsing is cheap."""
    etag: str = ""
    last_modified: str = ""
    """What its web server said of the version that is stored, to be asked whether there is a newer one."""
    updated_at: datetime = Field(default_factory=now)
    removed_at: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether it may be found and cited at a moment."""
        in_time = (not self.valid_from or self.valid_from <= at) and (not self.valid_until or at < self.valid_until)
        return in_time and not self.removed_at and not self.replaced_by

    __table_args__ = (
        Index("uq_article_source_key", "workspace_id", "source", "source_key", unique=True),
        Index(
            "ix_article_replaces",
            "workspace_id",
            "id",
            sqlite_where=text("replaces <> ''"),
            postgresql_where=text("replaces <> ''"),
        ),
        Index(
            "ix_article_replaced",
            "workspace_id",
            "id",
            sqlite_where=text("replaced_by <> ''"),
            postgresql_where=text("replaced_by <> ''"),
        ),
    )


class KnowledgeSource(Row, table=True):
    """Where articles come from, and how its last sync ended."""

    __tablename__ = "knowledge_source"  # pyright: ignore[reportAssignmentType]

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    name: str = Field(primary_key=True)
    """A path or an address; articles name it as their `source`."""
    audience: str = ""
    topic: str = ""
    """What holds for its articles that say nothing themselves."""
    synced_at: datetime | None = None
    """When it was last read without trouble."""
    tried_at: datetime | None = None
    """When the last sync of it began, however that ended."""
    trouble: str = ""
    """Why the last sync failed, as a whole; empty when it did not."""
    unread: int = 0
    """How many of its articles could not be read the last time."""
    held_by: str = ""
    held_until: datetime | None = None
    """The sync that works on it, so that two never write the same articles."""


class DecisionArticle(Row, table=True):
    """Which decisions read an article, by what it said then; the database writes it with the decision."""

    __tablename__ = "decision_article"  # pyright: ignore[reportAssignmentType]

    workspace_id: str = Field(primary_key=True)
    article_id: str = Field(primary_key=True)
    content_hash: str = Field(primary_key=True)
    decision_id: str = Field(primary_key=True)

    __table_args__ = (
        belongs_to("decision", "decision_id"),
        Index("ix_decision_article_decision", "workspace_id", "decision_id"),
    )


class Passage(Row, table=True):
    """A piece of an article. The search index over it is made by the migration (FTS5, tsvector)."""

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    id: str = Field(primary_key=True)
    article_id: str
    ordinal: int
    heading_path: str = ""
    text: str = Field(sa_column=Column(Text, nullable=False))

    __table_args__ = (
        belongs_to("article", "article_id"),
        Index("ix_passage_article", "workspace_id", "article_id", "ordinal"),
    )


class PassageVector(Row, table=True):
    """What a passage means to an embedding model: 32-bit floats of length 1."""

    __tablename__ = "passage_vector"  # pyright: ignore[reportAssignmentType] - the library's own type is narrower

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    passage_id: str = Field(primary_key=True)
    model: str
    vector: bytes = Field(sa_column=Column(LargeBinary, nullable=False))

    __table_args__ = (
        belongs_to("passage", "passage_id"),
        Index("ix_passage_vector_model", "workspace_id", "model"),
    )


class Shelf(Row, table=True):
    """Where passages stand in the search index whose articles the same readers may read for the same time."""

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    audience: str
    valid_from: datetime | None = None
    valid_until: datetime | None = None
