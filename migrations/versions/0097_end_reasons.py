"""Why a booking ended is a code; what was said to it stands beside."""

import sqlalchemy as sa
from alembic import op

revision = "0097_end_reasons"
down_revision = "0095_asked_hours"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("bookings", sa.Column("reason_words", sa.Text(), server_default="", nullable=False))
    op.execute("UPDATE bookings SET reason = 'moved' WHERE reason = 'rescheduled'")
    op.execute("""
        UPDATE bookings
        SET reason = 'called_off',
            reason_words = CASE WHEN reason IN ('staff', 'board', 'move_asked') THEN '' ELSE reason END
        WHERE reason NOT IN ('moved', 'declined', 'expired', 'withdrawn', 'move_unanswered', 'called_off')
    """)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("UPDATE bookings SET reason = reason_words WHERE reason_words <> ''")
    op.drop_column("bookings", "reason_words")
