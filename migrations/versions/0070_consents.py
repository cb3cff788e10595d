"""What people said about being written to is kept as it was, and nobody can change it afterwards."""

import sqlalchemy as sa
from alembic import op

revision = "0070_consents"
down_revision = "0062_origins"

ROLE = "proli_app"
CURRENT = "nullif(current_setting('proli.business_id', true), '')::bigint"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "consents",
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("business_id", sa.BigInteger(), sa.ForeignKey("businesses.id", ondelete="CASCADE"), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), sa.ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False),
        sa.Column("wish", sa.String(40), nullable=False),
        sa.Column("message_id", sa.BigInteger(), sa.ForeignKey("messages.id", ondelete="SET NULL")),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
    )
    op.create_index("ix_consents_contact_id_id", "consents", ["contact_id", "id"])
    op.create_index("ix_consents_message_id", "consents", ["message_id"])
    op.execute("ALTER TABLE consents ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY business ON consents USING (business_id = {CURRENT})")
    op.execute(f"GRANT SELECT, INSERT, UPDATE (contact_id) ON consents TO {ROLE}")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("consents")
