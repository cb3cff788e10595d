"""Our own recordings of calls, where a business wants them."""

import sqlalchemy as sa
from alembic import op

revision = "0106_recordings"
down_revision = "0105_calls_told"

ROLE = "proli_app"
CURRENT = "nullif(current_setting('proli.business_id', true), '')::bigint"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("businesses", sa.Column("records_calls", sa.Boolean(), server_default="false", nullable=False))
    op.create_table(
        "recording_parts",
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        *(part_of(table, name) for table, name in (("businesses", "business_id"), ("calls", "call_id"))),
        part_of("call_streams", "stream_id"),
        sa.Column("contact_id", sa.BigInteger(), sa.ForeignKey("contacts.id", ondelete="CASCADE")),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("length_ms", sa.BigInteger(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.UniqueConstraint("stream_id", "number"),
    )
    op.execute("ALTER TABLE recording_parts ALTER COLUMN data SET STORAGE EXTERNAL")  # Opus does not grow smaller
    op.create_index("ix_recording_parts_call_id", "recording_parts", ["call_id"])
    op.create_index("ix_recording_parts_contact_id", "recording_parts", ["contact_id"])
    op.create_index("ix_recording_parts_business_id_began_at", "recording_parts", ["business_id", "began_at"])
    op.execute("ALTER TABLE recording_parts ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY business ON recording_parts USING (business_id = {CURRENT})")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON recording_parts TO {ROLE}")
    op.execute(
        "CREATE TRIGGER recording_parts_tell_change AFTER INSERT ON recording_parts FOR EACH ROW "
        "EXECUTE FUNCTION proli_tell_change('calls', 'call_id')"
    )


def part_of(table: str, name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), sa.ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=False)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("recording_parts")
    op.drop_column("businesses", "records_calls")
