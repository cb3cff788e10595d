"""Who may do what in the database.

The owner of the tables migrates and does nothing else. A server logs in twice: as one who can become nobody but a
business (`proli_app`, which row-level security shows its own rows alone), and as one who can also be the operator
(`proli_operator`, who sees all businesses and can change neither tables nor the record of changes). Neither login has a
right of its own, so that leaving a role leads nowhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from psycopg import sql
from psycopg.conninfo import make_conninfo
from sqlalchemy import Connection, text
from sqlalchemy.engine import URL, make_url

APP: Final = "proli_app"
OPERATOR: Final = "proli_operator"
BUSINESS_LOGIN: Final = "proli_business_login"
OPERATOR_LOGIN: Final = "proli_operator_login"
OF_EVENT: Final = "nullif(current_setting('proli.business_id', true), '')::bigint"

MAKE: Final = """
    DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN CREATE ROLE {role} NOLOGIN; END IF;
        EXECUTE format('GRANT {role} TO %I', current_user);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END $$
"""
GRANTS: Final = (
    f"GRANT USAGE ON SCHEMA public TO {APP}, {OPERATOR}",
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {OPERATOR}",
    f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {OPERATOR}",
    f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {OPERATOR}",
    f"REVOKE UPDATE, DELETE ON audit_entries FROM {OPERATOR}, {APP}",
    f"REVOKE UPDATE ON security_events FROM {OPERATOR}",
    f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {OPERATOR}",
    "GRANT SELECT ON alembic_version TO PUBLIC",
    f"REVOKE UPDATE ON memberships FROM {APP}",
    f"GRANT UPDATE (role, professional_id) ON memberships TO {APP}",
)
JOBS: Final = f"""
    DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_policies WHERE tablename = 'procrastinate_jobs' AND policyname = 'business') THEN
            ALTER TABLE procrastinate_jobs ENABLE ROW LEVEL SECURITY;
            CREATE POLICY business ON procrastinate_jobs TO {APP}
                USING ((args -> 'event' ->> 'business_id')::bigint = {OF_EVENT});
        END IF;
    END $$
"""
"""A business may add and join its own jobs; those of others are not there."""
OPERATES: Final = f"""
    DO $$ DECLARE named text; BEGIN
        FOR named IN SELECT relname FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace
            AND NOT EXISTS (SELECT FROM pg_policies WHERE tablename = relname AND policyname = 'operator')
        LOOP EXECUTE format('CREATE POLICY operator ON %I TO {OPERATOR} USING (true)', named); END LOOP;
    END $$
"""  # noqa: S608 - nothing from outside


@dataclass(frozen=True, slots=True)
class Logins:
    """The addresses at which a server comes to the database."""

    business: URL
    operator: URL

    @property
    def apart(self) -> bool:
        return self.business != self.operator

    @property
    def named(self) -> Sequence[tuple[URL, Sequence[str]]]:
        return ((self.business, (APP,)), (self.operator, (APP, OPERATOR)))


def embedded_logins(owner: str) -> Logins:
    """The logins beside the owner of an embedded database, which asks for no password."""
    url = make_url(owner)
    return Logins(url.set(username=BUSINESS_LOGIN, password=None), url.set(username=OPERATOR_LOGIN, password=None))


def are_arranged(connection: Connection, logins: Logins) -> bool:
    """Whether the logins are there; who owns the tables needs none."""
    names = {url.username for url, _ in logins.named}
    found = connection.execute(
        text("SELECT count(*) FROM pg_roles WHERE rolname = ANY(:names)"), {"names": sorted(map(str, names))}
    )
    return found.scalar_one() == len(names)


def arrange_roles(connection: Connection, logins: Logins) -> None:
    """Roles, grants and policies are as they should be for the tables that there are; to be done as their owner."""
    run(connection, "SET LOCAL lock_timeout = '5s'")
    for role in (APP, OPERATOR):
        run(connection, MAKE.format(role=role))
    run(connection, JOBS)
    run(connection, OPERATES)
    for grant in GRANTS:
        run(connection, grant)
    if logins.apart:
        for url, roles in logins.named:
            make_login(connection, url, roles)


def make_login(connection: Connection, url: URL, roles: Sequence[str]) -> None:
    """Whoever the address names can log in, and be nothing but the roles.

    The database forgets no password: one that is in the address is set anew.
    """
    assert url.username is not None
    name = sql.Identifier(url.username).as_string()
    known = connection.execute(text("SELECT true FROM pg_roles WHERE rolname = :name"), {"name": url.username})
    said = f"LOGIN NOINHERIT {f'PASSWORD {sql.Literal(url.password).as_string()}' if url.password else ''}"
    verb = "ALTER" if known.scalar() else "CREATE"
    run(connection, f"{verb} ROLE {name} {said}")
    for role in roles:
        run(connection, f"GRANT {role} TO {name}")


def run(connection: Connection, statement: str) -> None:
    connection.exec_driver_sql(statement.replace("%", "%%"))


def conninfo_as(url: URL, role: str) -> str:
    """How libpq comes so that every statement is the role's, for what begins no transactions of its own."""
    parts: dict[str, Any] = url.translate_connect_args(username="user", database="dbname") | dict(url.query)
    parts["options"] = f"{parts.get('options', '')} -c role={role}".strip()
    return make_conninfo(**parts)
