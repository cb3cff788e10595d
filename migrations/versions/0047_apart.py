"""An address is nobody's alone: accounts of the same one are told apart by their passwords."""

import sqlalchemy as sa
from alembic import op

revision = "0047_apart"
down_revision = "0022_budgets"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("users", sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_constraint("uq_users_email", "users", type_="unique")
    op.create_index(op.f("ix_users_email"), "users", ["email"])
