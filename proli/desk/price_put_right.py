"""A professional puts the price of the visit right that they have finished last."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from proli.accounts.actor import Actor
from proli.conversations.buttons import MOST_BUTTONS
from proli.conversations.models import Message
from proli.desk.finishing import ANSWERS_FOR, ASKED, OF_WORK, PRICE, price_words
from proli.desk.offers import pass_on_words, with_reminder
from proli.desk.said_last import find_said_last
from proli.desk.saying import Said, visit_button
from proli.dispatch.professionals_day import put_price_right
from proli.dispatch.queries import list_open_offers
from proli.knowledge.said import as_said
from proli.knowledge.taken import LEAST, PutRight, find_put_right
from proli.notifications.queries import get_visit
from proli.platform.db import BusinessSession
from proli.playbooks.texts import language_for, say
from proli.playbooks.words import say_price
from proli.professionals.models import Professional
from proli.scheduling.errors import BookingNotFound, BookingNotLive
from proli.scheduling.models import Booking


async def hear_put_right(
    session: BusinessSession, professional: Professional, message: Message, *, now: datetime
) -> Said | None:
    """What to say to another price for the last visit, while it is recent; None when the words are of something else.

    Of which of several visits that were finished at once it is, is asked.
    """
    told = find_put_right(as_said(message.text))
    noted = await find_said_last(session, message, codes=OF_WORK) if told is not None else None
    if told is None or noted is None or message.sent_at - noted.sent_at > ANSWERS_FOR:
        return None
    if not await is_of_price(session, professional, message, noted, told, now=now):
        return None
    booking_id = (noted.values or {}).get("booking")
    bookings = [int(one) for one in (noted.values or {}).get("bookings", "").split()]
    if booking_id is None and bookings:
        return await ask_whose_price(session, bookings, told.price, language_for(professional.language))
    if booking_id is None:
        return Said(await pass_on_words(session, professional, message, now=now))
    said = await put_right(session, professional, message, int(booking_id), told, now=now)
    return await with_reminder(session, professional, said, now=now) if said is not None else None


async def ask_whose_price(session: BusinessSession, bookings: Sequence[int], price: int, language: str) -> Said:
    """Of which of several visits that were finished at once it is."""
    visits = [await get_visit(session, one) for one in bookings[-MOST_BUTTONS:]]
    buttons = [visit_button(PRICE.id(one.booking.id, price), one) for one in visits]
    return Said(say("price_which", language, price=say_price(price * 100, None, language=language)), buttons)


async def is_of_price(
    session: BusinessSession,
    professional: Professional,
    message: Message,
    noted: Message,
    told: PutRight,
    *,
    now: datetime,
) -> bool:
    """Whether the words are of the price that was noted: they name a price, or follow the note closely enough."""
    if told.by == "price":
        return True
    booking_id = (noted.values or {}).get("booking")
    if told.instead_of is not None:
        stands = select(Booking.price_agorot).where(Booking.id == int(booking_id or 0))
        return await session.scalar(stands) == told.instead_of * 100
    if noted.code == ASKED or told.price < LEAST:
        return False
    if told.by == "mistake":
        last = await find_said_last(session, message, by_desk=True)
        return last is not None and last.id == noted.id
    last = await find_said_last(session, message)
    offers = await list_open_offers(session, professional.id, at=min(message.sent_at, now))
    return last is not None and last.id == noted.id and told.price not in {one.id for one in offers}


async def put_right(
    session: BusinessSession, professional: Professional, message: Message, booking_id: int, told: PutRight, *,
    now: datetime,
) -> Said | None:  # fmt: skip
    """The price stands as told, and both are said; None where the visit is done no more."""
    language, actor, price = (
        language_for(professional.language),
        Actor.professional(professional.name),
        told.price * 100,
    )
    try:
        was = await put_price_right(
            session, booking_id, professional_id=professional.id, price_agorot=price, actor=actor, now=now
        )
    except (BookingNotFound, BookingNotLive):
        return None
    if was == price and told.by == "little":  # "לא 450"
        return Said(await pass_on_words(session, professional, message, now=now))
    if was is None or was == price:
        return Said(price_words(price, booking_id, language))
    prices = {"price": say_price(price, None, language=language), "old_price": say_price(was, None, language=language)}
    return Said(say("price_corrected", language, **prices, booking=booking_id))
