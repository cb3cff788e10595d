"""Row-level security: under the role of a business's transaction, only that business's rows exist."""

from alembic import op

revision = "0003"
down_revision = "0002"

ROLE = "proli_app"
CURRENT = "nullif(current_setting('proli.business_id', true), '')::bigint"
OWNED = (
    "bookings",
    "channel_accounts",
    "contacts",
    "conversations",
    "lead_entries",
    "leads",
    "messages",
    "offers",
    "prices",
    "professionals",
    "rankings",
    "tool_calls",
    "turns",
)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(f"""
        DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') THEN CREATE ROLE {ROLE} NOLOGIN; END IF;
            EXECUTE format('GRANT {ROLE} TO %I', current_user);
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END $$
    """)
    op.execute(f"GRANT USAGE ON SCHEMA public TO {ROLE}")
    for table in OWNED:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY business ON {table} USING (business_id = {CURRENT})")
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {ROLE}")
    op.execute("ALTER TABLE businesses ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY business ON businesses USING (id = {CURRENT})")
    op.execute(f"GRANT SELECT, UPDATE ON businesses TO {ROLE}")
    op.execute(f"GRANT INSERT ON procrastinate_jobs, procrastinate_events TO {ROLE}")
    op.execute(f"GRANT SELECT (id, status, queueing_lock, scheduled_at) ON procrastinate_jobs TO {ROLE}")
    op.execute(f"GRANT UPDATE (scheduled_at) ON procrastinate_jobs TO {ROLE}")
    op.execute(f"GRANT USAGE ON SEQUENCE procrastinate_jobs_id_seq, procrastinate_events_id_seq TO {ROLE}")
