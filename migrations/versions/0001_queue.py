"""The job queue, made for load.

Wake-ups are sent only for jobs that are due at once: a notification takes a lock that makes commits stand in line, and
a job with a start in the future does not need one. Jobs are fetched in index order whatever the statistics say: those
of a queue are always out of date, and a plan that sorts the whole queue makes every fetch cost as much as its length.
The diary of every job's states is not kept: jobs that succeed are deleted with it, and those that fail are logged.
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
    for diary in ("status_events_insert", "status_events_update", "scheduled_events"):
        op.execute(f"DROP TRIGGER procrastinate_trigger_{diary}_v1 ON procrastinate_jobs")
    op.execute("ALTER FUNCTION procrastinate_fetch_job_v2 SET enable_sort = off SET enable_bitmapscan = off")
    op.execute(
        "ALTER TABLE procrastinate_jobs SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500)"
    )
