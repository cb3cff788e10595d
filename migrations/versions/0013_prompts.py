"""Guidance of a business's own for the agent, in versions; turns are listed newest first."""

import sqlalchemy as sa
from alembic import op

revision = "0013_prompts"
down_revision = "0012_reports"

ROLE = "proli_app"
CURRENT = "nullif(current_setting('proli.business_id', true), '')::bigint"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "prompts",
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("business_id", sa.BigInteger(), sa.ForeignKey("businesses.id", ondelete="CASCADE"), nullable=False),
        sa.Column("channel", sa.Enum("whatsapp", "voice", native_enum=False, length=40), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Enum("draft", "published", "archived", native_enum=False, length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.BigInteger(), nullable=False, server_default="1"),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.UniqueConstraint("business_id", "channel", "number"),
    )
    for status in ("draft", "published"):
        op.create_index(
            f"uq_prompts_one_{status}",
            "prompts",
            ["business_id", "channel"],
            unique=True,
            postgresql_where=sa.text(f"status = '{status}'"),
        )
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON prompts TO {ROLE}")
    op.execute("ALTER TABLE prompts ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY business ON prompts USING (business_id = {CURRENT})")
    op.execute(
        "CREATE TRIGGER prompts_count_change BEFORE UPDATE ON prompts "
        "FOR EACH ROW EXECUTE FUNCTION proli_count_change()"
    )
    op.execute(
        "CREATE TRIGGER prompts_tell_change AFTER INSERT OR UPDATE ON prompts FOR EACH ROW "
        "EXECUTE FUNCTION proli_tell_change('prompts', 'id')"
    )
    op.create_index("ix_turns_newest", "turns", ["business_id", "created_at", "id"])
