"""Why a message did not go out is a code, beside what the provider said of it.

A worker of the release before writes no code: such a message is then told without its reason.
"""

import sqlalchemy as sa
from alembic import op

revision = "0072_failures"
down_revision = "0071_sweeps"

TABLES = ("messages", "early_news")
KNOWN = """
    UPDATE {table} SET failure = CASE
        WHEN error = 'over_budget' THEN 'over_budget'
        WHEN error ~* 'no whatsapp|not registered|noaccount|not exist' THEN 'no_whatsapp'
        WHEN error ~* 'quota|466|monthly' THEN 'quota'
        WHEN error ~* 'not authori[sz]ed|unauthori[sz]ed|401' THEN 'signed_out'
        WHEN error ~* 'out of reach|was lost|unreadable|timed? ?out' THEN 'unreachable'
        ELSE 'refused' END
    WHERE error IS NOT NULL
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in TABLES:
        op.add_column(table, sa.Column("failure", sa.Text()))
        op.execute(KNOWN.format(table=table))


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in TABLES:
        op.drop_column(table, "failure")
