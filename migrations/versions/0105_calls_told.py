"""Pages that watch a business hear of its calls while they last."""

from alembic import op

revision = "0105_calls_told"
down_revision = "0104_unable"

TOLD = {
    "voice_numbers": ("calls", "id", ""),
    "calls": (
        "calls", "id",
        " OF number_id, contact_id, lead_id, direction, phone_e164, state, outcome, summary, connected_at, ended_at, "
        "duration_s",
    ),
    "call_turns": ("calls", "call_id", ""),
    "call_recordings": ("calls", "call_id", ""),
}  # fmt: skip
"""Table: what the console calls its rows, the column that says which one, and which changes are told. That a call has
given a sign, as every line does all the time, is not."""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table, (topic, column, changes) in TOLD.items():
        op.execute(
            f"CREATE TRIGGER {table}_tell_change AFTER INSERT OR UPDATE{changes} ON {table} FOR EACH ROW "
            f"EXECUTE FUNCTION proli_tell_change('{topic}', '{column}')"
        )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in TOLD:
        op.execute(f"DROP TRIGGER {table}_tell_change ON {table}")
