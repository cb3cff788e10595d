"""A visit is done: which one, what was done, and what was taken for it."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from proli.accounts.actor import Actor
from proli.conversations.buttons import MOST_BUTTONS, ROW, Button, Tap
from proli.conversations.models import Message
from proli.desk.for_people import call_office
from proli.desk.kept import keep_own
from proli.desk.said_last import find_said_last
from proli.desk.saying import Said, visit_button
from proli.desk.unfinished import is_settled, list_unfinished, pick_unfinished
from proli.desk.work_told import work_in
from proli.dispatch.professionals_day import Work, finish_own, put_price_right
from proli.dispatch.queries import list_open_offers
from proli.knowledge.answers import find_answer
from proli.knowledge.finished import Finished, read_finished
from proli.knowledge.said import as_said
from proli.knowledge.taken import find_maybe
from proli.knowledge.text import ltr, without_marks
from proli.notifications.queries import VisitDetails
from proli.platform.db import BusinessSession
from proli.playbooks.texts import Saying, language_for, say
from proli.playbooks.words import say_price
from proli.professionals.models import Professional
from proli.scheduling.errors import BookingNotFound, BookingNotLive, TooEarly

DONE: Final = Tap("done", ROW, ROW)
"""Which visit, and the message that said so."""
PRICE: Final = Tap("price", ROW, r"\d{1,6}")
"""Which visit, and how many shekels were taken for it."""
PRICE_ELSE: Final = "price_else"
ASKED: Final = "done_tell_more"
OF_WORK: Final = (ASKED, "done_noted", "price_noted", "price_corrected", "done_all_noted")
"""What we say of work that is done."""
ANSWERS_FOR: Final = timedelta(hours=12)
_NUMBER: Final = re.compile(r"\d{1,6}")


async def report_done(
    session: BusinessSession,
    professional: Professional,
    message: Message,
    visits: Sequence[VisitDetails],
    *,
    now: datetime,
) -> Said:
    """What to say to "done"; of several visits it is asked which, unless it is said of all. `visits` are those that
    wait for it. Where none fits, people see to it, and the professional knows.
    """
    language, told = language_for(professional.language), read_finished(as_said(message.text))
    meant, work = (
        pick_unfinished(told, visits, now=now),
        await work_of(session, professional, message, visits, told, now=now),
    )
    if not meant:
        return await report_of_none(session, professional, message, work, now=now)
    if len(meant) == 1:
        return await finish(session, professional, meant[0].booking.id, work, now=now)
    if told.count in (0, len(meant)):
        return await finish_all(session, professional, message, meant, work, each=told.each, now=now)
    newest = meant[-MOST_BUTTONS:]
    buttons = [visit_button(DONE.id(one.booking.id, message.id), one, now=now) for one in newest]
    return Said(say("done_which", language), buttons)


async def report_of_none(
    session: BusinessSession, professional: Professional, message: Message, work: Work, *, now: datetime
) -> Said:
    language = language_for(professional.language)
    if work == Work("", None) and await is_settled(session, professional, now=now):
        return Said(say("outcome_known", language))
    await call_office(session, message, now=now)
    return Said(say("done_no_visit", language))


async def finish_all(
    session: BusinessSession,
    professional: Professional,
    message: Message,
    visits: Sequence[VisitDetails],
    work: Work,
    *,
    each: bool,
    now: datetime,
) -> Said:
    """All of them are done. A price that is not said to be that of each is for people."""
    language = language_for(professional.language)
    shared = Work(work.words, work.price_agorot if each or not work.price_agorot else None)
    done = list[int]()
    for booking_id in sorted(visit.booking.id for visit in visits):
        try:
            await finish_visit(session, professional, booking_id, shared, now=now)
        except (BookingNotFound, BookingNotLive, TooEarly):
            continue
        done.append(booking_id)
    told = say("done_all_noted", language, count=len(done), bookings=" ".join(map(str, done)))
    if shared.price_agorot is not None:
        price = say_price(shared.price_agorot, None, language=language)
        told = told.followed_by(say("price_of_each_noted", language, price=price))
    if len(done) < len(visits) or shared != work:
        await call_office(session, message, now=now)
        told = told.followed_by(say("passed_to_office", language))
    return Said(told)


async def hear_done(
    session: BusinessSession,
    professional: Professional,
    tapped: Message,
    booking_id: int,
    said_id: int,
    *,
    now: datetime,
) -> Said:
    """What to say to a tap on one of several visits: what was said before it is of that visit."""
    said = await session.scalar(
        select(Message).where(Message.id == said_id, Message.conversation_id == tapped.conversation_id)
    )
    visits = await list_unfinished(session, professional, now=now)
    told = read_finished(as_said(said.text) if said is not None else "")
    work = await work_of(session, professional, said or tapped, visits, told, now=now)
    return await finish(session, professional, booking_id, work, now=now)


async def work_of(
    session: BusinessSession,
    professional: Professional,
    message: Message,
    visits: Sequence[VisitDetails],
    told: Finished,
    *,
    now: datetime,
) -> Work:
    """What a report tells of the work. Numbers of addresses and of open offers are no prices."""
    offers = await list_open_offers(session, professional.id, at=min(message.sent_at, now))
    others = {int(number) for one in visits for number in _NUMBER.findall(one.address)} | {one.id for one in offers}
    at = message.sent_at.astimezone(visits[0].zone) if visits else None
    return work_in(told.rest, other_numbers=others, at=at)


async def finish_visit(
    session: BusinessSession, professional: Professional, booking_id: int, work: Work, *, now: datetime
) -> None:
    """
    Raises:
        BookingNotFound, BookingNotLive, TooEarly
    """
    actor = Actor.professional(professional.name)
    await finish_own(session, booking_id, professional_id=professional.id, actor=actor, now=now, work=work)
    keep_own(session, professional, "booking.done", f"booking:{booking_id}", now=now)


async def finish(
    session: BusinessSession, professional: Professional, booking_id: int, work: Work, *, now: datetime
) -> Said:
    language = language_for(professional.language)
    try:
        await finish_visit(session, professional, booking_id, work, now=now)
    except (BookingNotFound, BookingNotLive, TooEarly):
        return Said(say("no_visit_now", language))
    noted = say("done_noted", language, booking=booking_id)
    if work.price_agorot is None:
        asks, maybe = say(ASKED, language, done=noted, booking=booking_id), find_maybe(work.words)
        return Said(asks) if maybe is None else ask_if_price(asks, booking_id, maybe, language)
    return Said(noted.followed_by(price_words(work.price_agorot, booking_id, language)))


def ask_if_price(asks: Saying, booking_id: int, shekels: int, language: str) -> Said:
    """A number that may be the price is not taken for it, and it is asked."""
    price = say_price(shekels * 100, None, language=language)
    button = Button(PRICE.id(booking_id, shekels), say("button_price", language, price=without_marks(price)))
    return Said(asks.followed_by(say("price_maybe", language, number=ltr(str(shekels)), maybe=shekels)), [button])


async def hear_price(
    session: BusinessSession, professional: Professional, booking_id: int, shekels: int, *, now: datetime
) -> Said:
    """What to say to a tap that tells the price of a visit that is done."""
    language, actor = language_for(professional.language), Actor.professional(professional.name)
    try:
        await put_price_right(
            session, booking_id, professional_id=professional.id, price_agorot=shekels * 100, actor=actor, now=now
        )
    except (BookingNotFound, BookingNotLive):
        return Said(say("no_visit_now", language))
    return Said(price_words(shekels * 100, booking_id, language))


def price_words(price_agorot: int, booking_id: int, language: str) -> Saying:
    return say("price_noted", language, price=say_price(price_agorot, None, language=language), booking=booking_id)


async def told_more(
    session: BusinessSession, professional: Professional, message: Message, *, now: datetime
) -> Said | None:
    """What to say to the price of the visit of which we have just asked it; None when it is something else."""
    last = await find_said_last(session, message)
    if last is None or last.code not in (ASKED, PRICE_ELSE) or message.sent_at - last.sent_at > ANSWERS_FOR:
        return None
    maybe = (last.values or {}).get("maybe")
    work = work_in(as_said(message.text), asked=True)
    if maybe is not None and work.price_agorot is None and find_answer(as_said(message.text)) == "approve":
        work = Work("", int(maybe) * 100)
    if maybe is not None and find_answer(as_said(message.text)) == "decline":
        return Said(say(PRICE_ELSE, language_for(professional.language), booking=(last.values or {})["booking"]))
    if work.price_agorot is None or "?" in message.text:
        return None
    booking_id = int((last.values or {})["booking"])
    await finish_visit(session, professional, booking_id, work, now=now)
    return Said(price_words(work.price_agorot, booking_id, language_for(professional.language)))
