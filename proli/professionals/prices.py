"""Lines of the price list, as managers write them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from proli.knowledge.trades import issue_name
from proli.platform.db import BusinessSession
from proli.playbooks.trades import known_trades
from proli.professionals.errors import BadPrice, PriceNotFound
from proli.professionals.models import Price
from proli.professionals.queries import get_professional


async def list_price_lines(session: BusinessSession) -> Sequence[Price]:
    """The whole list, whoever's prices they are."""
    return (await session.scalars(select(Price).order_by(Price.trade, Price.id))).all()


async def get_price(session: BusinessSession, price_id: int, *, lock: bool = False) -> Price:
    """With `lock`, nobody else changes it until the end of the transaction."""
    found = await session.get(Price, price_id, with_for_update=lock or None, populate_existing=lock)
    if found is None:
        raise PriceNotFound(price_id=price_id)
    return found


async def write_price(session: BusinessSession, price: Price, values: Mapping[str, Any]) -> Price:
    """The line says so, with its new version; a new line is in the list.

    Raises:
        BadPrice: a trade or an issue that does not exist, no label, or a range that ends below its beginning.
        ProfessionalNotFound: it would be the price of nobody here.
    """
    for name, value in values.items():
        setattr(price, name, value)
    if price.trade not in known_trades():
        raise BadPrice(field="trade", known=list(known_trades()))
    if price.issue is not None and issue_name(price.trade, price.issue, "en") is None:
        raise BadPrice(field="issue")
    if not price.label.strip():
        raise BadPrice(field="label")
    if price.to_agorot is not None and price.to_agorot < price.from_agorot:
        raise BadPrice(field="to_agorot")
    if price.professional_id is not None:
        await get_professional(session, price.professional_id)
    session.add(price)
    await session.flush()
    await session.refresh(price)
    return price
