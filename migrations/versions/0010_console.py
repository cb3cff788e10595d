"""The console: changes are told to whoever watches, stages of a business's own, tasks."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010_console"
down_revision = "0009_professional_versions"

ROLE = "proli_app"
CURRENT = "nullif(current_setting('proli.business_id', true), '')::bigint"
STATUSES = ("new", "contacted", "offered", "booked", "done", "cancelled")
TOLD = {
    "messages": ("conversations", "conversation_id"),
    "conversations": ("conversations", "id"),
    "leads": ("leads", "id"),
    "lead_entries": ("leads", "lead_id"),
    "tasks": ("leads", "lead_id"),
    "offers": ("leads", "lead_id"),
    "bookings": ("bookings", "id"),
    "professionals": ("professionals", "id"),
    "stages": ("stages", "id"),
    "channel_accounts": ("channels", "id"),
}
"""Table: what the console calls its rows, and the column that says which one."""


def owned() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("business_id", sa.BigInteger(), sa.ForeignKey("businesses.id", ondelete="CASCADE"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
    ]


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "stages",
        *owned(),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Enum(*STATUSES, native_enum=False, length=40), nullable=False),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_stages_business", "stages", ["business_id", "position"])
    op.add_column("leads", sa.Column("stage_id", sa.BigInteger(), sa.ForeignKey("stages.id", ondelete="SET NULL")))
    op.create_table(
        "tasks",
        *owned(),
        sa.Column("lead_id", sa.BigInteger(), sa.ForeignKey("leads.id", ondelete="CASCADE"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True)),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.Column("actor", sa.Text(), nullable=False),
    )
    op.create_index("ix_tasks_lead", "tasks", ["lead_id"])
    op.create_index("ix_tasks_open", "tasks", ["business_id", "due_at"], postgresql_where=sa.text("done_at IS NULL"))
    for table in ("stages", "tasks"):
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {ROLE}")
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY business ON {table} USING (business_id = {CURRENT})")
    op.create_index("ix_bookings_calendar", "bookings", ["business_id", "starts_at"])
    tell_changes()


def tell_changes() -> None:
    op.execute("""
        CREATE UNLOGGED TABLE watchers (
            business_id bigint PRIMARY KEY REFERENCES businesses (id) ON DELETE CASCADE, until timestamptz NOT NULL)
    """)
    op.execute("""
        CREATE FUNCTION proli_tell_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, public AS $$
        BEGIN
            IF EXISTS (SELECT FROM watchers WHERE business_id = NEW.business_id AND until > now()) THEN
                PERFORM pg_notify('proli_changes', NEW.business_id || ' ' || TG_ARGV[0] || ' '
                    || (to_jsonb(NEW) ->> TG_ARGV[1]));
            END IF;
            RETURN NULL;
        END $$
    """)
    for table, (topic, column) in TOLD.items():
        op.execute(
            f"CREATE TRIGGER {table}_tell_change AFTER INSERT OR UPDATE ON {table} FOR EACH ROW "
            f"EXECUTE FUNCTION proli_tell_change('{topic}', '{column}')"
        )
