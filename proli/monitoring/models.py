"""What is known of backups, which lie elsewhere."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from proli.platform.orm import Base


class BackupMade(Base):
    """A backup that was written whole. Operators' rows."""

    __tablename__ = "backups_made"

    made_at: Mapped[datetime] = mapped_column(index=True)
    """The moment that its rows are of."""
    rows: Mapped[int]
    bytes: Mapped[int]
