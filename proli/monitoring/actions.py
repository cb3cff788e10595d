"""That a backup was made is known to the installation that it is of."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete

from proli.monitoring.models import BackupMade
from proli.platform.db import BusinessSession

KNOWN_FOR: Final = timedelta(days=400)


async def note_backup(session: BusinessSession, *, made_at: datetime, rows: int, size: int) -> None:
    """The figures and the doctor tell of the backup from now on; those of long ago are forgotten. Needs the operator's
    session.
    """
    session.add(BackupMade(made_at=made_at, rows=rows, bytes=size))
    await session.execute(delete(BackupMade).where(BackupMade.made_at < made_at - KNOWN_FOR))
