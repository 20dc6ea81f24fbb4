"""Who may read an article, how long it holds, what stands in its place, where it came from, and who read it.

Revision: 0003
After: 0002
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TEXT, TIME = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
INDEXES = {"ix_article_replaces": "replaces", "ix_article_replaced": "replaced_by"}
"""By name, the column that is filled in the rows they hold."""


def _new_columns() -> dict[str, list[sa.Column]]:
    return {
        "article": [
            sa.Column("kind", TEXT(), nullable=False, server_default=sa.text("'article'")),
            sa.Column("audience", TEXT(), nullable=False, server_default=sa.text("'customer'")),
            sa.Column("valid_from", TIME(), nullable=True),
            sa.Column("valid_until", TIME(), nullable=True),
            *(
                sa.Column(name, TEXT(), nullable=False, server_default=sa.text("''"))
                for name in ("replaced_by", "replaces", "fingerprint", "etag", "last_modified")
            ),
        ],
    }


def _answer_tables() -> None:
    """Answers that people taught, and what was done to each."""
    workspace = ("workspace_id", TEXT())
    op.create_table(
        "answer_pair",
        sa.Column(*workspace, nullable=False),
        sa.Column("article_id", TEXT(), nullable=False),
        sa.Column("conversation_id", TEXT(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("given_by", TEXT(), nullable=False),
        sa.Column("taught_by", TEXT(), nullable=False),
        sa.Column("taught_at", TIME(), nullable=False),
        sa.Column("rests_on", sa.JSON(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("used_at", TIME(), nullable=True),
        sa.Column("forgotten_by", TEXT(), nullable=False),
        sa.Column("forgotten_at", TIME(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"]),
        sa.ForeignKeyConstraint(
            ["workspace_id", "article_id"], ["article.workspace_id", "article.id"], ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "article_id"),
    )
    op.create_index("uq_answer_pair_conversation", "answer_pair", ["workspace_id", "conversation_id"], unique=True)
    op.create_index("ix_answer_pair_taught", "answer_pair", ["workspace_id", "taught_at"])
    op.create_table(
        "answer_change",
        sa.Column(*workspace, nullable=False),
        sa.Column("id", TEXT(), nullable=False),
        sa.Column("article_id", TEXT(), nullable=False),
        sa.Column("event", TEXT(), nullable=False),
        sa.Column("by", TEXT(), nullable=False),
        sa.Column("at", TIME(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"]),
        sa.ForeignKeyConstraint(
            ["workspace_id", "article_id"], ["article.workspace_id", "article.id"], ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id"),
    )
    op.create_index("ix_answer_change_pair", "answer_change", ["workspace_id", "article_id", "id"])


def upgrade() -> None:
    """Go forward."""
    _answer_tables()
    for table, columns in _new_columns().items():
        for column in columns:
            op.add_column(table, column)
    for name, filled in INDEXES.items():
        where = sa.text(f"{filled} <> ''")
        op.create_index(name, "article", ["workspace_id", "id"], sqlite_where=where, postgresql_where=where)
    op.create_table(
        "knowledge_source",
        sa.Column("workspace_id", TEXT(), nullable=False),
        sa.Column("name", TEXT(), nullable=False),
        sa.Column("audience", TEXT(), nullable=False),
        sa.Column("topic", TEXT(), nullable=False),
        sa.Column("synced_at", TIME(), nullable=True),
        sa.Column("tried_at", TIME(), nullable=True),
        sa.Column("trouble", TEXT(), nullable=False),
        sa.Column("unread", sa.Integer(), nullable=False),
        sa.Column("held_by", TEXT(), nullable=False),
        sa.Column("held_until", TIME(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_knowledge_source_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "name", name=op.f("pk_knowledge_source")),
    )
    op.create_table(
        "decision_article",
        sa.Column("workspace_id", TEXT(), nullable=False),
        sa.Column("article_id", TEXT(), nullable=False),
        sa.Column("content_hash", TEXT(), nullable=False),
        sa.Column("decision_id", TEXT(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "decision_id"],
            ["decision.workspace_id", "decision.id"],
            name=op.f("fk_decision_article_workspace_id_decision_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "article_id", "content_hash", "decision_id", name=op.f("pk_decision_article")
        ),
    )
    op.create_index("ix_decision_article_decision", "decision_article", ["workspace_id", "decision_id"])
    _link_decisions()


def _link_decisions() -> None:
    """The database itself writes which articles a decision read: no way of storing one can forget it."""
    if op.get_bind().dialect.name == "sqlite":
        read = (
            "INSERT OR IGNORE INTO decision_article (workspace_id, article_id, content_hash, decision_id) "
            "SELECT {row}.workspace_id, json_extract(value, '$.article_id'), "
            "coalesce(json_extract(value, '$.content_hash'), ''), {row}.id "
        )
        told = "WHERE json_extract(value, '$.article_id') IS NOT NULL"
        op.execute(f"{read.format(row='decision')} FROM decision, json_each(decision.passages) {told}")
        op.execute(
            "CREATE TRIGGER decision_reads AFTER INSERT ON decision "
            f"BEGIN {read.format(row='new')} FROM json_each(new.passages) {told}; END"
        )
        return
    read = (
        "INSERT INTO decision_article (workspace_id, article_id, content_hash, decision_id) "
        "SELECT {row}.workspace_id, passage ->> 'article_id', coalesce(passage ->> 'content_hash', ''), {row}.id "
    )
    told = "WHERE passage ->> 'article_id' IS NOT NULL ON CONFLICT DO NOTHING"
    of_all = "FROM decision CROSS JOIN LATERAL json_array_elements(decision.passages) AS passage"
    op.execute(f"{read.format(row='decision')} {of_all} {told}")
    op.execute(
        "CREATE FUNCTION decision_reads() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"{read.format(row='NEW')} FROM json_array_elements(NEW.passages) AS passage {told}; RETURN NULL; END $$"
    )
    op.execute("CREATE TRIGGER decision_reads AFTER INSERT ON decision FOR EACH ROW EXECUTE FUNCTION decision_reads()")


def downgrade() -> None:
    """Go back."""
    op.drop_table("answer_change")
    op.drop_table("answer_pair")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER decision_reads")
    else:
        op.execute("DROP TRIGGER decision_reads ON decision")
        op.execute("DROP FUNCTION decision_reads()")
    for table in ("decision_article", "knowledge_source"):
        op.drop_table(table)
    for name in INDEXES:
        op.drop_index(name, "article")
    for table, columns in _new_columns().items():
        for column in columns:
            op.drop_column(table, column.name)
