"""Reads of what people want and of what was deleted."""

from collections.abc import Sequence

from sqlalchemy import select

from proli.contacts.models import Consent
from proli.platform.db import BusinessSession
from proli.privacy.models import Receipt


async def list_consents(session: BusinessSession, contact_id: int, *, limit: int = 100) -> Sequence[Consent]:
    """What a contact has said about being written to first, the newest first."""
    own = select(Consent).where(Consent.contact_id == contact_id)
    return (await session.scalars(own.order_by(Consent.id.desc()).limit(limit))).all()


async def list_receipts(session: BusinessSession, *, limit: int) -> Sequence[Receipt]:
    """What was deleted, the newest first."""
    return (await session.scalars(select(Receipt).order_by(Receipt.id.desc()).limit(limit))).all()
