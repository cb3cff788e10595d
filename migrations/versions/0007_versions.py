"""Leads know how often and when they were last changed, so that two people do not overwrite each other unseen."""

import sqlalchemy as sa
from alembic import op

revision = "0007_versions"
down_revision = "0006_users"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("leads", sa.Column("version", sa.BigInteger(), nullable=False, server_default="1"))
    op.add_column(
        "leads", sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now())
    )
    op.execute("UPDATE leads SET changed_at = created_at")
    op.execute("""
        CREATE FUNCTION proli_count_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN NEW.version := OLD.version + 1; NEW.changed_at := now(); RETURN NEW; END $$
    """)
    op.execute(
        "CREATE TRIGGER leads_count_change BEFORE UPDATE ON leads FOR EACH ROW EXECUTE FUNCTION proli_count_change()"
    )
    op.create_index("ix_leads_changed", "leads", ["business_id", "changed_at", "id"])
    op.create_index("ix_leads_created", "leads", ["business_id", "id"])
