"""Invitations are rows; guessing is counted before it is looked at; what happens to accounts is kept.

A member's professional is one of the same business. Members who have never been in become invitations that are over:
their owners invite them anew. Recovery codes that were hashed fast are hashed slowly on top.
"""

import hashlib
import secrets
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0025_accounts"
down_revision = "0041_early_news"

ROLE = "proli_app"
CURRENT = "nullif(current_setting('proli.business_id', true), '')::bigint"
ROLES = ("owner", "manager", "agent", "viewer", "professional")
HAPPENINGS = (
    "signed_in", "refused", "locked_out", "token_reused", "proved", "link_used", "joined", "password_changed",
    "factor_on", "factor_off", "recovery_used", "device_out", "everywhere_out", "exported",
)  # fmt: skip


def identity() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True)


def moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def made() -> sa.Column[Any]:
    return sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False)


def of_business(nullable: bool = False, **more: Any) -> sa.Column[int]:
    to = sa.ForeignKey("businesses.id", ondelete="CASCADE")
    return sa.Column("business_id", sa.BigInteger(), to, nullable=nullable, **more)


def of_user(name: str, **more: Any) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), sa.ForeignKey("users.id", ondelete="CASCADE"), **more)


def slowly(code: str, salt: str) -> str:
    return hashlib.scrypt(code.encode(), salt=bytes.fromhex(salt), n=2**14, r=8, p=1).hex()


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    own_professionals()
    add_invitations()
    change_users()
    change_devices()
    add_tries_and_events()
    tell_of_ends()


def own_professionals() -> None:
    op.create_unique_constraint("uq_professionals_business_id_id", "professionals", ["business_id", "id"])
    op.execute("""
        UPDATE memberships SET professional_id = NULL WHERE professional_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM professionals WHERE professionals.id = memberships.professional_id
            AND professionals.business_id = memberships.business_id)
    """)
    op.drop_constraint("fk_memberships_professional_id", "memberships", type_="foreignkey")
    refer_to_own_professional("memberships")


def refer_to_own_professional(table: str) -> None:
    op.execute(f"""
        ALTER TABLE {table} ADD CONSTRAINT fk_{table}_professional FOREIGN KEY (business_id, professional_id)
        REFERENCES professionals (business_id, id) ON DELETE SET NULL (professional_id)
    """)


def add_invitations() -> None:
    op.create_table(
        "invitations",
        identity(),
        of_business(),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Enum(*ROLES, native_enum=False, length=40), nullable=False),
        sa.Column("professional_id", sa.BigInteger()),
        sa.Column("token", sa.LargeBinary(), nullable=False, unique=True),
        moment("expires_at"),
        of_user("invited_by", index=True),
        moment("accepted_at", nullable=True),
        moment("ended_at", nullable=True),
        made(),
        sa.CheckConstraint("email = lower(email)", name="email_lower"),
    )
    refer_to_own_professional("invitations")
    op.create_index("ix_invitations_email", "invitations", ["business_id", "email"])
    op.create_index(
        "uq_invitations_one_open",
        "invitations",
        ["business_id", "email"],
        unique=True,
        postgresql_where=sa.text("accepted_at IS NULL AND ended_at IS NULL"),
    )
    op.execute("ALTER TABLE invitations ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY business ON invitations USING (business_id = {CURRENT})")
    op.execute(f"GRANT SELECT, INSERT ON invitations TO {ROLE}")
    op.execute(f"GRANT UPDATE (ended_at) ON invitations TO {ROLE}")
    never_in = """
        users.password_hash IS NULL AND NOT users.operator
        AND NOT EXISTS (SELECT FROM sign_ins WHERE sign_ins.user_id = users.id)
    """
    op.execute(f"""
        INSERT INTO invitations (business_id, email, name, role, professional_id, token, expires_at)
        SELECT business_id, email, name, role, professional_id,
            sha256(gen_random_uuid()::text::bytea || gen_random_uuid()::text::bytea), now()
        FROM memberships JOIN users ON users.id = memberships.user_id WHERE {never_in}
    """)
    op.execute(f"DELETE FROM memberships USING users WHERE users.id = memberships.user_id AND {never_in}")


def change_users() -> None:
    op.add_column("users", sa.Column("totp_offered", sa.LargeBinary()))
    op.add_column("users", sa.Column("links", sa.BigInteger(), server_default="0", nullable=False))
    op.drop_column("users", "failures")
    op.drop_column("users", "locked_until")
    op.drop_table("used_links")
    users = sa.table("users", sa.column("id", sa.BigInteger), sa.column("recovery", postgresql.ARRAY(sa.Text)))
    bind = op.get_bind()
    for user_id, recovery in bind.execute(sa.select(users.c.id, users.c.recovery)).all():
        salt = secrets.token_hex(16)
        slow = [f"{salt}${slowly(one, salt)}" for one in recovery]
        if slow:
            bind.execute(users.update().where(users.c.id == user_id).values(recovery=slow))


def change_devices() -> None:
    op.add_column("sign_ins", sa.Column("family", sa.LargeBinary()))
    op.add_column("sign_ins", moment("began_at", nullable=True))
    op.add_column("sign_ins", moment("proved_at", nullable=True))
    op.add_column("sign_ins", sa.Column("source", sa.Text(), server_default="", nullable=False))
    op.execute("UPDATE sign_ins SET family = token, began_at = created_at, proved_at = created_at")
    for name in ("family", "began_at", "proved_at"):
        op.alter_column("sign_ins", name, nullable=False)
    op.create_unique_constraint("uq_sign_ins_family", "sign_ins", ["family"])
    op.drop_constraint("uq_sign_ins_token", "sign_ins")
    op.drop_constraint("uq_sign_ins_former", "sign_ins")


def add_tries_and_events() -> None:
    op.create_table(
        "tries",
        identity(),
        sa.Column("key", sa.Text(), nullable=False, unique=True),
        sa.Column("count", sa.BigInteger(), nullable=False),
        moment("since"),
        moment("until", nullable=True),
        made(),
    )
    op.create_table(
        "security_events",
        identity(),
        sa.Column("kind", sa.Enum(*HAPPENINGS, native_enum=False, length=40), nullable=False),
        of_user("user_id"),
        of_business(nullable=True, index=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        moment("at"),
        made(),
    )
    op.create_index("ix_security_events_user", "security_events", ["user_id", "id"])
    op.create_index("ix_security_events_at", "security_events", ["at"])


def tell_of_ends() -> None:
    """Pages that are open learn at once that their device or their place in the business is gone."""
    for table, column in (("sign_ins", "id"), ("memberships", "user_id")):
        topic = "members" if table == "memberships" else table
        op.execute(f"""
            CREATE FUNCTION proli_tell_end_of_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM pg_notify('proli_changes', '0 {topic} ' || OLD.{column});
                RETURN NULL;
            END $$
        """)
    op.execute("""
        CREATE TRIGGER sign_ins_tell_end AFTER UPDATE OF ended_at ON sign_ins FOR EACH ROW
        WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL) EXECUTE FUNCTION proli_tell_end_of_sign_ins()
    """)
    op.execute("""
        CREATE TRIGGER memberships_tell_end AFTER DELETE OR UPDATE OF role ON memberships FOR EACH ROW
        EXECUTE FUNCTION proli_tell_end_of_memberships()
    """)
