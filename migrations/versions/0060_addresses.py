"""Contacts have addresses, by which they are found; of two who were one person it is kept how to part them.

The phone on a contact's row is one of its addresses however the row came to be, which a trigger sees to.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0060_addresses"
down_revision = "0048_rooms"

ROLE = "proli_app"
CURRENT = "nullif(current_setting('proli.business_id', true), '')::bigint"
E164 = "'^\\+[1-9][0-9]{6,14}$'"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "contact_addresses",
        *owned(),
        sa.Column("contact_id", sa.BigInteger(), sa.ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("evidence", sa.String(40), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        created(),
        sa.UniqueConstraint("business_id", "kind", "value"),
        sa.CheckConstraint(f"kind <> 'phone' OR value ~ {E164}", name=op.f("ck_contact_addresses_e164")),
    )
    op.create_index("ix_contact_addresses_contact_id", "contact_addresses", ["contact_id"])
    op.create_table(
        "contact_merges",
        *owned(),
        sa.Column("kept_id", sa.BigInteger(), sa.ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False),
        *(sa.Column(name, JSONB(), nullable=False) for name in ("other", "moved", "changed", "spent", "along")),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        created(),
    )
    op.create_index("ix_contact_merges_kept_id", "contact_merges", ["kept_id"])
    for table in ("contact_addresses", "contact_merges"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY business ON {table} USING (business_id = {CURRENT})")
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {ROLE}")
    op.execute(f"GRANT USAGE ON SEQUENCE contacts_id_seq TO {ROLE}")
    take_over_what_stands()
    op.execute("""
        CREATE FUNCTION proli_note_phone() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            INSERT INTO contact_addresses (business_id, contact_id, kind, value, evidence, since)
            VALUES (new.business_id, new.id, 'phone', new.phone_e164, 'record', new.created_at)
            ON CONFLICT (business_id, kind, value) DO NOTHING;
            RETURN NULL;
        END $$
    """)
    op.execute("""
        CREATE TRIGGER contacts_note_phone AFTER INSERT ON contacts FOR EACH ROW
        WHEN (new.phone_e164 IS NOT NULL) EXECUTE FUNCTION proli_note_phone()
    """)
    op.execute("""
        CREATE TRIGGER contacts_note_new_phone AFTER UPDATE OF phone_e164 ON contacts FOR EACH ROW
        WHEN (new.phone_e164 IS DISTINCT FROM old.phone_e164 AND new.phone_e164 IS NOT NULL)
        EXECUTE FUNCTION proli_note_phone()
    """)
    op.drop_constraint("ck_contacts_reachable", "contacts")
    op.drop_column("contacts", "provisional_id")


def owned() -> tuple[sa.Column[int], sa.Column[int]]:
    return (
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("business_id", sa.BigInteger(), sa.ForeignKey("businesses.id", ondelete="CASCADE"), nullable=False),
    )


def created() -> sa.Column[object]:
    return sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False)


def take_over_what_stands() -> None:
    """Phones and provisional ids, and the chats from which people have written."""
    op.execute("""
        INSERT INTO contact_addresses (business_id, contact_id, kind, value, evidence, since)
        SELECT business_id, id, 'phone', phone_e164, 'record', created_at FROM contacts WHERE phone_e164 IS NOT NULL
    """)
    op.execute("""
        INSERT INTO contact_addresses (business_id, contact_id, kind, value, evidence, since)
        SELECT business_id, id, 'provisional', provisional_id, 'message', created_at FROM contacts
        WHERE provisional_id IS NOT NULL
    """)
    op.execute("""
        INSERT INTO contact_addresses (business_id, contact_id, kind, value, evidence, since)
        SELECT talk.business_id, talk.contact_id,
               CASE WHEN strpos(talk.chat_id, substr(contacts.phone_e164, 2)) > 0 THEN 'whatsapp'
                    ELSE 'provisional' END,
               talk.chat_id, 'message', talk.created_at
        FROM conversations AS talk JOIN contacts ON contacts.id = talk.contact_id
        WHERE talk.last_inbound_at IS NOT NULL AND talk.chat_id IS DISTINCT FROM contacts.phone_e164
        ORDER BY talk.id
        ON CONFLICT (business_id, kind, value) DO NOTHING
    """)
