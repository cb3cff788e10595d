"""Who signs in: users, their places in businesses, browsers that are signed in, links that were used."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006_users"
down_revision = "0005_rest"

ROLE = "proli_app"
CURRENT = "nullif(current_setting('proli.business_id', true), '')::bigint"
ROLES = ("owner", "manager", "agent", "viewer", "professional")


def identity() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True)


def made() -> sa.Column[Any]:
    return sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "users",
        identity(),
        sa.Column("email", sa.Text(), nullable=False, unique=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("operator", sa.Boolean(), nullable=False),
        sa.Column("password_hash", sa.Text()),
        sa.Column("totp", sa.LargeBinary()),
        sa.Column("totp_step", sa.BigInteger(), nullable=False),
        sa.Column("recovery", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("failures", sa.BigInteger(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True)),
        made(),
        sa.CheckConstraint("email = lower(email)", name="email_lower"),
    )
    op.create_table(
        "memberships",
        identity(),
        sa.Column("business_id", sa.BigInteger(), sa.ForeignKey("businesses.id", ondelete="CASCADE"), nullable=False),
        sa.Column(
            "user_id", sa.BigInteger(), sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("role", sa.Enum(*ROLES, native_enum=False, length=40), nullable=False),
        sa.Column("professional_id", sa.BigInteger(), sa.ForeignKey("professionals.id", ondelete="SET NULL")),
        made(),
        sa.UniqueConstraint("business_id", "user_id"),
    )
    op.create_table(
        "sign_ins",
        identity(),
        sa.Column(
            "user_id", sa.BigInteger(), sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("token", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column("former", sa.LargeBinary(), unique=True),
        sa.Column("rotated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("device", sa.Text(), nullable=False),
        made(),
    )
    op.create_table(
        "used_links",
        identity(),
        sa.Column("nonce", sa.Text(), nullable=False, unique=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        made(),
    )
    op.execute("ALTER TABLE memberships ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY business ON memberships USING (business_id = {CURRENT})")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON memberships TO {ROLE}")
    op.execute("ALTER TABLE users ENABLE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY business ON users USING (EXISTS (SELECT FROM memberships "
        f"WHERE memberships.user_id = users.id AND memberships.business_id = {CURRENT}))"
    )
    op.execute(f"GRANT SELECT (id, email, name, language, created_at) ON users TO {ROLE}")
