"""What customers are told of their visit, read again at the moment of telling."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import select

from proli.accounts.actor import BY_SYSTEM
from proli.contacts.actions import may_be_written_first
from proli.conversations.buttons import Button
from proli.conversations.models import Author, Conversation, Message
from proli.conversations.outbox import queue_text
from proli.conversations.reasons import PersonReason
from proli.knowledge.text import isolate
from proli.leads.actions import call_for_person
from proli.notifications.events import CustomerNewsDue
from proli.notifications.links import VisitLinks
from proli.notifications.queries import VisitDetails, find_customer_conversation, get_visit, open_line
from proli.notifications.ratings import USEFUL_FOR, expect_rating, is_asked, rating_buttons
from proli.notifications.timing import LATE, ON_THE_WAY, QuietTimes, customer_hears_at
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.playbooks.texts import Saying
from proli.playbooks.trades import say_trade
from proli.playbooks.words import say_hour, say_phone, say_when
from proli.scheduling.models import Booking, BookingStatus, EndReason
from proli.scheduling.reopening import find_reopened

OF_VISIT: Final = re.compile(r"booking:(\d{1,18}):")
News = Literal["confirmed", "moved", "off", "done"]
LINKED: Final[Mapping[News, str]] = {"confirmed": "visit_link", "moved": "visit_link"}
"""The news that end with a link, and in which words."""


def when_of(visit: VisitDetails, now: datetime, language: str) -> str:
    return say_when(visit.booking.starts_at, now=now, zone=visit.zone, language=language)


async def tell_customer(
    session: BusinessSession,
    visit: VisitDetails,
    text: str,
    *,
    key: str,
    now: datetime,
    buttons: Sequence[Button] = (),
    useful_until: datetime | None = None,
) -> Conversation | None:
    """The customer is written to, on a line that is opened when they have never written themselves; returns it.

    Where none can be, staff see it.
    """
    lead, contact = visit.lead, visit.contact
    conversation = await find_customer_conversation(session, lead) or await open_line(session, contact)
    if conversation is None:
        call_for_person(session, lead, PersonReason.customer_not_told, actor=BY_SYSTEM, now=now)
        return None
    await queue_text(
        session, conversation, text,
        dedup_key=key, author=Author.system, buttons=buttons, useful_until=useful_until, now=now,
    )  # fmt: skip
    # The lead is written to last: whoever serves a conversation has it locked and then takes the lead.
    if lead.conversation_id is None:
        lead.conversation_id = conversation.id
    return conversation


async def bring_news(
    session: BusinessSession, visit: VisitDetails, news: News, *, now: datetime, links: VisitLinks | None = None
) -> None:
    """The customer is told now, or when quiet hours and rest are over; nothing when there is nothing to tell."""
    if words_for(visit, news, now=now) is None:
        return
    conversation = await find_customer_conversation(session, visit.lead)
    wrote_at = conversation.last_inbound_at if conversation else None
    asleep = QuietTimes.of(visit).until(now)
    hears_at = asleep if news == "done" else customer_hears_at(visit, wrote_at=wrote_at, now=now)
    if hears_at <= now:
        await tell_news(session, visit, news, now=now, links=links)
        return
    due = CustomerNewsDue(business_id=session.require_business(), booking_id=visit.booking.id, news=news)
    await emit(session, due, at=hears_at)


async def news_due(
    session: BusinessSession, *, booking_id: int, news: News, now: datetime, links: VisitLinks | None = None
) -> None:
    """What waited for the end of rest is told; what may always wait waits again, where rest has come back."""
    tells = bring_news if news == "done" else tell_news
    await tells(session, await get_visit(session, booking_id), news, now=now, links=links)


async def tell_news(
    session: BusinessSession, visit: VisitDetails, news: News, *, now: datetime, links: VisitLinks | None = None
) -> None:
    """The customer knows, if it is still true; of a visit that has begun without it there is nothing to say."""
    text = words_for(visit, news, now=now)
    over = visit.booking.starts_at <= now
    if news == "done":
        await tell_done(session, visit, text, now=now, links=links)
    elif text is not None and not over:
        if links is not None and news in LINKED:
            text = text.followed_by(visit.say(LINKED[news], link=links.to(visit, now=now)))
        until = None if news == "off" else visit.booking.ends_at
        await tell_customer(session, visit, text, key=key_of(visit, news), now=now, useful_until=until)


async def tell_done(
    session: BusinessSession, visit: VisitDetails, text: Saying | None, *, now: datetime, links: VisitLinks | None
) -> None:
    """The customer is thanked, and asked how it was, unless they have said so already or nobody wants to know."""
    if text is None:
        return
    asks = await is_asked(session, visit)
    if asks:
        text = text.followed_by(visit.say("rate_ask"))
    if asks and links is not None:
        text = text.followed_by(visit.say("rate_link", link=links.to(visit, now=now)))
    key, buttons = await key_of_end(session, visit, "done"), rating_buttons(visit) if asks else ()
    line = await tell_customer(session, visit, text, key=key, now=now, buttons=buttons, useful_until=now + USEFUL_FOR)
    if asks and line is not None:
        await expect_rating(session, line, visit, now=now)


def key_of(visit: VisitDetails, what: str) -> str:
    """What a message of the visit as it stands is for: it may be said again once the visit has moved."""
    moves = visit.booking.moves
    return f"booking:{visit.booking.id}:{what}" + (f":{moves}" if moves else "")


async def key_of_end(session: BusinessSession, visit: VisitDetails, what: str) -> str:
    """As `key_of`, of what is told or asked of the end of a visit: again where it was taken back that it had come."""
    entry = await find_reopened(session, visit.booking)
    return key_of(visit, what if entry is None else f"{what}:{entry.id}")


def visit_of(key: str | None) -> int | None:
    """The booking that a message with such a key was about."""
    found = OF_VISIT.match(key or "")
    return int(found[1]) if found else None


def words_for(visit: VisitDetails, news: News, *, now: datetime) -> Saying | None:
    """The words, None when the booking no longer says so."""
    status, language = visit.booking.status, visit.language
    match news:
        case "confirmed" | "moved" if visit.in_question(now):
            return visit.say("visit_in_question", when=when_of(visit, now, language))
        case "confirmed" | "moved" if status == BookingStatus.confirmed and not told_in_chat(visit):
            return visit.say(
                "visit_confirmed" if news == "confirmed" else "visit_moved",
                professional=isolate(visit.professional.name),
                trade=say_trade(visit.lead.trade or "", language),
                when=when_of(visit, now, language),
                address=visit.address,
                phone=say_phone(visit.professional.phone_e164),
            )
        case "off" if status == BookingStatus.cancelled and not expects_it(visit.booking):
            was = say_when(visit.told_at, now=now, zone=visit.zone, language=language)
            return visit.say("visit_cancelled_customer", when=was)
        case "done" if status == BookingStatus.done and may_be_written_first(visit.contact):
            return visit.say("visit_done", business=isolate(visit.business.name))
        case _:
            return None


def expects_it(booking: Booking) -> bool:
    """Whether it was the customer's own wish, or they hear of the new hour instead."""
    return booking.actor.is_customer or booking.reason == EndReason.moved


def told_in_chat(visit: VisitDetails) -> bool:
    """Whether the agent has said it already, in the turn that booked without anybody's approval."""
    return not visit.playbook.approval and visit.booking.actor.is_customer


async def announce_on_the_way(session: BusinessSession, *, booking_id: int, now: datetime) -> None:
    """The customer who waits at home knows, at any hour, unless the professional has said since that they are away."""
    visit = await get_visit(session, booking_id)
    if visit.booking.status == BookingStatus.confirmed and not visit.in_question(now):
        name, phone = isolate(visit.professional.name), say_phone(visit.professional.phone_e164)
        text = visit.say("on_the_way", professional=name, phone=phone)
        until = now + ON_THE_WAY
        await tell_customer(session, visit, text, key=key_of(visit, "on_the_way"), now=now, useful_until=until)


async def announce_late(session: BusinessSession, visit: VisitDetails, *, now: datetime) -> None:
    """The customer knows when the visit begins instead, while that is still ahead; who has heard of a delay that there
    is no more, that it begins at its own hour.
    """
    booking = visit.booking
    if booking.status != BookingStatus.confirmed or booking.comes_at <= now:
        return
    last, time = await find_told_late(session, visit), say_hour(booking.comes_at, visit.zone)
    if booking.expected_at is None and last is None:
        return
    before = (last.values or {})["time"] if last is not None else None
    if before == time:
        return
    text = visit.say(
        "running_late" if before is None else "running_late_again",
        professional=isolate(visit.professional.name),
        time=time,
        was=say_hour(booking.starts_at, visit.zone),
        before=before,
    )
    key = f"{key_of(visit, 'late')}:{booking.comes_at:%Y-%m-%dT%H:%MZ}" + (f":{last.id}" if last is not None else "")
    await tell_customer(session, visit, text, key=key, now=now)


async def find_told_late(session: BusinessSession, visit: VisitDetails) -> Message | None:
    """What the customer was told last of a delay of the visit as it stands."""
    said = select(Message).where(
        Message.conversation_id == visit.lead.conversation_id,
        Message.dedup_key.startswith(f"{key_of(visit, 'late')}:"),
        Message.code.in_(("running_late", "running_late_again")),
    )
    return await session.scalar(said.order_by(Message.id.desc()).limit(1))


async def announce_done(
    session: BusinessSession, *, booking_id: int, now: datetime, links: VisitLinks | None = None
) -> None:
    """The customer is thanked, and asked how it was, at an hour that is civil for it."""
    await bring_news(session, await get_visit(session, booking_id), "done", now=now, links=links)


async def remind(
    session: BusinessSession,
    *,
    booking_id: int,
    starts_at: datetime,
    code: str,
    now: datetime,
    planned_at: datetime | None,
) -> None:
    """The customer is reminded, if the visit still stands as it did, is not in question, has not begun, and they want
    to hear from us.

    Nothing goes out in quiet hours or rest, nor long after it was planned.
    """
    visit = await get_visit(session, booking_id)
    if visit.booking.status != BookingStatus.confirmed or visit.booking.starts_at != starts_at or starts_at <= now:
        return
    if visit.in_question(now):
        return
    if visit.booking.expected_at is not None:  # the customer has heard a later hour than this would tell
        return
    if (
        not may_be_written_first(visit.contact)
        or QuietTimes.of(visit).holds(now)
        or (planned_at is not None and now - planned_at > LATE)
    ):
        return
    text = visit.say(
        code if is_same_day(visit, now) else "reminder_day",
        professional=isolate(visit.professional.name),
        when=when_of(visit, now, visit.language),
        time=say_hour(starts_at, visit.zone),
        address=visit.address,
    )
    until = min(starts_at, (planned_at or now) + LATE)
    await tell_customer(session, visit, text, key=key_of(visit, code), now=now, useful_until=until)


def is_same_day(visit: VisitDetails, now: datetime) -> bool:
    """Tell whether "today" is true of the visit."""
    return visit.booking.starts_at.astimezone(visit.zone).date() == now.astimezone(visit.zone).date()


async def stays_as_it_was(
    session: BusinessSession, wished: VisitDetails, promised: Booking, *, times: str, now: datetime
) -> str | None:
    """That the hour to which a visit should have moved is not to be had, and that the visit stands, or what is to
    become of it; None when it is over, of which people hear.
    """
    if promised.over_at <= now:
        return None
    visit, when = await get_visit(session, promised.id), when_of(wished, now, wished.language)
    stays = when_of(visit, now, visit.language)
    if not visit.in_question(now):
        return wished.say("move_failed", when=when, stays=stays, times=times)
    lost = wished.say("nobody_left", when=when, times="").strip()
    return f"{lost}\n{visit.say('visit_in_question', when=stays)}"
