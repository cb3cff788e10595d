"""Runs migrations on the connection handed over by `proli.platform.migrations`."""

from alembic import context

from proli.platform.migrations import is_ours
from proli.platform.orm import Base
from proli.wiring import load_models

load_models()


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    include_object=is_ours,
    compare_server_default=False,
)
with context.begin_transaction():
    context.run_migrations()
