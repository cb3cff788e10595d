"""Callers are connected to people: who takes calls, and each time somebody was rung for one."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0108_transfers"
down_revision = "0107_fallbacks"

ROLE = "proli_app"
CURRENT = "nullif(current_setting('proli.business_id', true), '')::bigint"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("ALTER TABLE businesses ADD COLUMN transfers jsonb NOT NULL DEFAULT '{}'")
    op.execute("ALTER TABLE calls ADD COLUMN taken_by text")
    op.create_table(
        "call_transfers",
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        *(part_of(table, name) for table, name in (("businesses", "business_id"), ("calls", "call_id"))),
        sa.Column("contact_id", sa.BigInteger(), sa.ForeignKey("contacts.id", ondelete="CASCADE")),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("people", postgresql.JSONB(), nullable=False),
        sa.Column("step", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
    )
    op.create_index("ix_call_transfers_call_id", "call_transfers", ["call_id"])
    op.create_index("ix_call_transfers_contact_id", "call_transfers", ["contact_id"])
    op.create_index(
        "uq_call_transfers_open", "call_transfers", ["call_id"], unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )  # fmt: skip
    op.execute("ALTER TABLE call_transfers ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY business ON call_transfers USING (business_id = {CURRENT})")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON call_transfers TO {ROLE}")
    op.execute(
        "CREATE TRIGGER call_transfers_tell_change AFTER INSERT OR UPDATE ON call_transfers FOR EACH ROW "
        "EXECUTE FUNCTION proli_tell_change('calls', 'call_id')"
    )


def part_of(table: str, name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), sa.ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=False)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("call_transfers")
    op.execute("ALTER TABLE calls DROP COLUMN taken_by")
    op.execute("ALTER TABLE businesses DROP COLUMN transfers")
