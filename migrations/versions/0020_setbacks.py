"""A new fact that joins a waiting job gives it all its tries again; the job's arguments stay out of sight."""

from alembic import op

revision = "0020_setbacks"
down_revision = "0017_spelling"

ROLE = "proli_app"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("UPDATE procrastinate_jobs SET attempts = 100 * coalesce((args ->> 'attempt')::int, 0)")
    op.execute(f"GRANT SELECT (attempts), UPDATE (attempts) ON procrastinate_jobs TO {ROLE}")
