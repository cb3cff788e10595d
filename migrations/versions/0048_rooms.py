"""Jobs of the agent that wait are done under the names of the rooms in which their handlers stand now."""

from alembic import op

revision = "0048_rooms"
down_revision = "0047_apart"


def rename(old: str, new: str) -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(
        f"""
        UPDATE procrastinate_jobs
        SET task_name = replace(task_name, '{old}', '{new}'),
            lock = replace(lock, '{old}', '{new}'),
            queueing_lock = replace(queueing_lock, '{old}', '{new}')
        WHERE task_name LIKE '{old}.%'
        """
    )


def upgrade() -> None:
    rename("agent.jobs", "chat.jobs")


def downgrade() -> None:
    rename("chat.jobs", "agent.jobs")
