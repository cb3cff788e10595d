"""What a professional does in writing is in the record like what they do on their own page: by the same names.

What stands in a request's timeline besides, as that they are late, the database adds by itself.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from proli.accounts.actor import Actor
from proli.accounts.trail import keep
from proli.platform.db import BusinessSession
from proli.professionals.models import Professional


def keep_own(
    session: BusinessSession,
    professional: Professional,
    action: str,
    subject: str,
    *,
    now: datetime,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Once this transaction commits, it is on record that the professional did this."""
    keep(session, action, subject, actor=Actor.professional(professional.name), now=now, details=details)
