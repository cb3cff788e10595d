"""The job queue, with wake-ups only for jobs that are due at once.

A notification takes a lock that makes commits stand in line; a job with a start in the future does not need one.
"""

import procrastinate.schema
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.get_bind().exec_driver_sql(procrastinate.schema.SchemaManager.get_schema().replace("%", "%%"))
    op.execute("DROP TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 ON procrastinate_jobs")
    op.execute("""
        CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1
            AFTER INSERT ON procrastinate_jobs
            FOR EACH ROW WHEN (new.status = 'todo' AND new.scheduled_at IS NULL)
            EXECUTE PROCEDURE procrastinate_notify_queue_job_inserted_v1()
    """)
