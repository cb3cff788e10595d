"""Callers leave word: that they were asked to, and what became of the provider's recording."""

from alembic import op

revision = "0109_voicemail"
down_revision = "0108_transfers"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("ALTER TABLE calls ADD COLUMN word_at timestamptz")
    op.execute("ALTER TABLE call_recordings ADD COLUMN fetched_at timestamptz, ADD COLUMN deleted_at timestamptz")
    op.execute(
        "CREATE INDEX ix_call_recordings_there ON call_recordings (business_id, created_at) "
        "WHERE state = 'completed' AND deleted_at IS NULL"
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("DROP INDEX ix_call_recordings_there")
    op.execute("ALTER TABLE call_recordings DROP COLUMN deleted_at, DROP COLUMN fetched_at")
    op.execute("ALTER TABLE calls DROP COLUMN word_at")
