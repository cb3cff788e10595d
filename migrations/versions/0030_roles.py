"""The operator's role, narrower grants, and jobs that are their business's own.

What they are is written in `proli.platform.database_roles`, which is gone through after every migration, so that no
table is forgotten. This revision makes databases that are up to date go through it too.
"""

revision = "0030_roles"
down_revision = "0042_moves"


def upgrade() -> None:
    """Nothing but the revision."""
