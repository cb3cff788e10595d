"""Messages that would come too late do not go out."""

import sqlalchemy as sa
from alembic import op

revision = "0082_lapsed"
down_revision = "0076_send_gates"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("messages", sa.Column("useful_until", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("UPDATE messages SET delivery = 'withheld' WHERE delivery = 'lapsed'")
    op.drop_column("messages", "useful_until")
