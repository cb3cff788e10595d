"""Reads of professionals and prices."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import and_, exists, or_, select

from proli.contacts.models import Contact
from proli.platform.db import BusinessSession
from proli.professionals.errors import ProfessionalNotFound
from proli.professionals.models import Price, Professional

WANTS_MESSAGES: Final = ~(
    exists()
    .where(
        Contact.business_id == Professional.business_id,
        Contact.phone_e164 == Professional.phone_e164,
        Contact.opted_out_at.is_not(None),
    )
    .correlate(Professional)
)
"""Of a professional who has not said that they want none."""
TAKES_REQUESTS: Final = and_(Professional.active, WANTS_MESSAGES)
"""Of a professional who can be asked for a visit."""


async def get_professional(session: BusinessSession, professional_id: int, *, lock: bool = False) -> Professional:
    """With `lock`, nobody else who locks it takes a slot of the professional until the end of the (sub)transaction."""
    locking = {"key_share": True} if lock else None
    found = await session.get(Professional, professional_id, with_for_update=locking, populate_existing=lock)
    if found is None:
        raise ProfessionalNotFound(professional_id=professional_id)
    return found


async def list_everybody(session: BusinessSession) -> Sequence[Professional]:
    """Everybody who gives the service, those who do no more last."""
    return (await session.scalars(select(Professional).order_by(Professional.active.desc(), Professional.name))).all()


async def find_by_phone(session: BusinessSession, phone_e164: str) -> Professional | None:
    """The active professional who writes from this phone."""
    return await session.scalar(select(Professional).where(Professional.phone_e164 == phone_e164, Professional.active))


async def list_for_trades(session: BusinessSession, trades: Sequence[str]) -> Sequence[Professional]:
    """Professionals who do one of the trades and take requests."""
    found = select(Professional).where(TAKES_REQUESTS, Professional.trades.overlap(list(trades)))
    return (await session.scalars(found.order_by(Professional.id))).all()


async def list_prices(session: BusinessSession, *, trade: str | None, professional_id: int | None) -> Sequence[Price]:
    """The price list that holds: the professional's own once one is chosen, and the business's."""
    theirs = Price.professional_id.is_(None)
    if professional_id is not None:
        theirs = or_(theirs, Price.professional_id == professional_id)
    statement = select(Price).where(theirs).order_by(Price.trade, Price.id)
    return (await session.scalars(statement if trade is None else statement.where(Price.trade == trade))).all()
