"""A channel account knows its own number, and everybody may ask whether a number is one of this installation's.

The function is the owner's, as a business does not see the accounts of others; it says yes or no and nothing more.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021_own_numbers"
down_revision = "0030_roles"

ROLE = "proli_app"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("channel_accounts", sa.Column("phone_e164", sa.Text(), nullable=True))
    op.create_index("ix_channel_accounts_phone_e164", "channel_accounts", ["phone_e164"])
    op.execute("""
        CREATE FUNCTION proli_is_ours(phone text) RETURNS boolean
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
            SELECT EXISTS (SELECT FROM channel_accounts WHERE phone_e164 = phone) $$
    """)
    op.execute("REVOKE ALL ON FUNCTION proli_is_ours FROM public")
    op.execute(f"GRANT EXECUTE ON FUNCTION proli_is_ours TO {ROLE}")
