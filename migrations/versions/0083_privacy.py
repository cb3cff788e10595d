"""What is deleted leaves a receipt, people can be erased, and the record of who did what is searched and ends in time.

The database itself adds to the record what anybody but staff has done to a request: their routes do that for staff. The
record loses entries by one function alone, which takes none that are younger than half a year.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0083_privacy"
down_revision = "0082_lapsed"

ROLE = "proli_app"
CURRENT = "nullif(current_setting('proli.business_id', true), '')::bigint"
SEARCHED = ("actor", "action", "subject")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "receipts",
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("business_id", sa.BigInteger(), sa.ForeignKey("businesses.id", ondelete="CASCADE"), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
    )
    op.create_index("ix_receipts_business_id_id", "receipts", ["business_id", "id"])
    op.execute("ALTER TABLE receipts ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY business ON receipts USING (business_id = {CURRENT})")
    op.execute(f"GRANT SELECT, INSERT ON receipts TO {ROLE}")
    op.add_column("contacts", sa.Column("erased_at", sa.DateTime(timezone=True)))
    op.add_column("businesses", sa.Column("retention", JSONB(), server_default="{}", nullable=False))
    for column in SEARCHED:
        op.create_index(f"ix_audit_entries_{column}", "audit_entries", ["business_id", column, "id"])
    op.create_index("ix_audit_entries_at", "audit_entries", ["business_id", "at"])
    op.create_index("ix_messages_sent", "messages", ["business_id", "sent_at"])
    op.create_index(
        "ix_messages_media", "messages", ["business_id", "sent_at"], postgresql_where=sa.text("media IS NOT NULL")
    )
    op.execute("UPDATE audit_entries SET details = '{}' WHERE action IN ('contact.merged', 'contact.parted')")
    op.execute("""
        CREATE FUNCTION proli_keep_entry() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            INSERT INTO audit_entries (business_id, actor, action, subject, details, at)
            VALUES (new.business_id, new.actor, 'lead.' || new.kind, 'lead:' || new.lead_id, '{}', new.at);
            RETURN NULL;
        END $$
    """)
    op.execute("""
        CREATE TRIGGER lead_entries_keep AFTER INSERT ON lead_entries FOR EACH ROW
        WHEN (new.actor NOT LIKE 'staff:%') EXECUTE FUNCTION proli_keep_entry()
    """)
    op.execute("""
        CREATE FUNCTION proli_forget_audit(business bigint, before timestamptz, most bigint) RETURNS bigint
        LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
            WITH old AS (
                SELECT id FROM audit_entries
                WHERE business_id = business AND at < least(before, now() - interval '180 days')
                ORDER BY at LIMIT most
            ), gone AS (DELETE FROM audit_entries USING old WHERE audit_entries.id = old.id RETURNING 1)
            SELECT count(*) FROM gone
        $$
    """)
    op.execute("REVOKE EXECUTE ON FUNCTION proli_forget_audit FROM PUBLIC")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("DROP FUNCTION proli_forget_audit")
    op.execute("DROP TRIGGER lead_entries_keep ON lead_entries")
    op.execute("DROP FUNCTION proli_keep_entry")
    op.drop_index("ix_messages_media", "messages")
    op.drop_index("ix_messages_sent", "messages")
    op.drop_index("ix_audit_entries_at", "audit_entries")
    for column in SEARCHED:
        op.drop_index(f"ix_audit_entries_{column}", "audit_entries")
    op.drop_column("businesses", "retention")
    op.drop_column("contacts", "erased_at")
    op.drop_table("receipts")
