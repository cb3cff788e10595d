"""Which offer a professional's message is about, and which answer it holds."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from proli.conversations.models import Message
from proli.desk.answer_words import answer_in, numbers_in
from proli.desk.said_last import find_said_last
from proli.dispatch.models import Offer, OfferStatus
from proli.dispatch.queries import find_offer
from proli.knowledge.answers import Answer
from proli.knowledge.order import find_place
from proli.knowledge.said import as_said
from proli.notifications.offer_buttons import offer_of, read_offer_tap
from proli.platform.db import BusinessSession
from proli.professionals.models import Professional

OF_DESK: Final = re.compile(r"desk:(\d{1,18})")
BARE: Final = re.compile(r"#?\d{1,12}")
LISTED: Final = re.compile(r"(?m)^\W*(\d{1,12})\W* · ")
"""The number of an offer at the beginning of its line."""
RECENT: Final = timedelta(hours=2)


async def quoted_offer(session: BusinessSession, message: Message) -> int | None:
    if message.quoted_external_id is None:
        return None
    key = await session.scalar(
        select(Message.dedup_key).where(
            Message.channel_account_id == message.channel_account_id,
            Message.external_id == message.quoted_external_id,
        )
    )
    return offer_of(key)


async def numbered_offer(
    session: BusinessSession, professional: Professional, text: str, waiting: Sequence[Offer]
) -> int | None:
    """The offer that a number names: one that is open; or any of theirs in words that are a plain "approve 12"."""
    numbers = numbers_in(text)
    open_ids = {offer.id for offer in waiting}
    named = {number for number in numbers if number in open_ids}
    if len(named) == 1:
        return named.pop()
    if len(numbers) != 1 or named or len(text.split()) > 2:
        return None
    offer = await find_offer(session, numbers[0])
    return offer.id if offer is not None and offer.professional_id == professional.id else None


def bare_number(text: str, waiting: Sequence[Offer]) -> Offer | None:
    """The open offer whose number is all that was said."""
    said = text.strip()
    return next((one for one in waiting if BARE.fullmatch(said) and said.lstrip("#") == str(one.id)), None)


async def ordered_offer(session: BusinessSession, message: Message, waiting: Sequence[Offer]) -> Offer | None:
    """The open offer whose place among those of our last words, "which one?", is all that was said: "הראשון"."""
    last = await find_said_last(session, message) if message.button_id is None else None
    if last is None or last.code != "which_offer":
        return None
    ids = [int(number) for number in LISTED.findall(last.text)]
    place = find_place(as_said(message.text), count=len(ids), may_be_day=True)
    return None if place is None else next((one for one in waiting if one.id == ids[place]), None)


async def answer_asked_about(session: BusinessSession, message: Message) -> Answer | None:
    """The answer in the professional's message to which our last words, "which one?", replied."""
    last = await find_said_last(session, message)
    found = OF_DESK.fullmatch((last and last.dedup_key) or "")
    if found is None:
        return None
    same = Message.conversation_id == message.conversation_id
    asked = await session.scalar(select(Message).where(same, Message.id == int(found[1])))
    if asked is None:
        return None
    tap = read_offer_tap(asked.button_id)
    return answer_in(asked.text) if tap is None else tap[1]


async def just_approved(
    session: BusinessSession, professional: Professional, waiting: Sequence[Offer], *, at: datetime
) -> int | None:
    """The offer that the professional approved a moment ago, when no other has come since."""
    newest = (
        select(Offer)
        .where(
            Offer.professional_id == professional.id,
            Offer.status == OfferStatus.accepted,
            Offer.answered_at > at - RECENT,
            Offer.answered_at <= at,
        )
        .order_by(Offer.answered_at.desc())
        .limit(1)
    )
    approved = await session.scalar(newest)
    if approved is None or approved.answered_at is None:
        return None
    newer = any(one.id > approved.id or one.sends_at > approved.answered_at for one in waiting)
    return None if newer else approved.id
