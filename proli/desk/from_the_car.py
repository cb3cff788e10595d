"""A professional asks for the address or the phone of a visit, or wants its customer to be told something."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from proli.accounts.queries import get_business
from proli.conversations.models import Message
from proli.desk.at_door import tell_at_door, visits_near
from proli.desk.for_people import call_office
from proli.desk.offers import with_reminder
from proli.desk.saying import Said
from proli.desk.setting_out import hear_on_my_way
from proli.desk.unable import keep_visits, says_when_not, speaks_of_coming
from proli.desk.which_visit import name_visits, names_customer, names_of, promised_ahead, start_of
from proli.knowledge.answers import find_answer
from proli.knowledge.from_the_car import ToTell, asks_for_details, find_to_tell
from proli.knowledge.intents import find_intents
from proli.knowledge.leaving import find_leaving
from proli.knowledge.said import as_said
from proli.knowledge.text import isolate
from proli.knowledge.workday import read_workday
from proli.notifications.actions import when_of
from proli.notifications.queries import VisitDetails
from proli.platform.db import BusinessSession
from proli.playbooks.texts import language_for, say
from proli.playbooks.words import say_phone
from proli.professionals.models import Professional

_MOST = 3


async def hear_from_car(
    session: BusinessSession, professional: Professional, message: Message, *, now: datetime
) -> Said | None:
    """What to say to who asks for the address or phone of a visit, or wants its customer to hear what the desk tells by
    itself; None when the words are of something else.
    """
    text = as_said(message.text)
    if message.button_id is not None:
        return None
    local = now.astimezone(ZoneInfo((await get_business(session)).zone))
    ahead = await promised_ahead(session, professional, now=local)
    if asks_for_details(text, [name for one in ahead for name in names_of(one)]):
        said = tell_details(name_visits(text, ahead, now=local) or next_of(ahead), professional, now=local)
        return await with_reminder(session, professional, said, now=now)
    told = find_to_tell(text)
    if told is None:
        return None
    near = pick(told, text, await visits_near(session, professional, now=now), now=local)
    ours = near if told.outside else pick(told, text, ahead, now=local)
    if len(ours) != 1:
        return None
    said = await tell_by_desk(session, professional, message, told, ours[0], now=now)
    return await with_reminder(session, professional, said, now=now) if said is not None else None


async def tell_by_desk(
    session: BusinessSession,
    professional: Professional,
    message: Message,
    told: ToTell,
    visit: VisitDetails,
    *,
    now: datetime,
) -> Said | None:
    """What to say once the customer hears by a way of the desk's own: of the door, the way, or that nobody comes; None
    where it is something else, as a delay, which is heard with the day.
    """
    if told.outside:
        return await tell_at_door(session, professional, message, visit.booking.id, now=now)
    if read_workday(told.what).kinds or "?" in told.what:
        return None
    if "on_my_way" in find_intents(told.what) or find_leaving(told.what) is not None:
        return await hear_on_my_way(session, professional, visit.booking.id, now=now)
    if find_answer(told.what) == "decline" and speaks_of_coming(told.what) and not says_when_not(told.what):
        return await keep_visits(session, professional, message, [visit], now=now)
    return None


async def hear_for_customer(
    session: BusinessSession, professional: Professional, message: Message, *, now: datetime
) -> Said | None:
    """What to say to words that a customer is to be told and that the desk cannot tell by itself: people hear of them,
    and the professional that nothing was sent yet, with the phone. None when they are for no customer of theirs.
    """
    text = as_said(message.text)
    told = find_to_tell(text) if message.button_id is None else None
    if told is None:
        return None
    local = now.astimezone(ZoneInfo((await get_business(session)).zone))
    near = await visits_near(session, professional, now=now)
    ahead = await promised_ahead(session, professional, now=local)
    meant = pick(told, text, near, now=local) or pick(told, text, ahead, now=local)
    if len(meant) != 1:
        return None
    await call_office(session, message, now=now)
    language, visit = language_for(professional.language), meant[0]
    said = say("for_customer_passed", language, customer=isolate(visit.customer), phone=phone_of(visit))
    return await with_reminder(session, professional, Said(said), now=now)


def pick(told: ToTell, text: str, visits: Sequence[VisitDetails], *, now: datetime) -> Sequence[VisitDetails]:
    """The visits of the customer who is named; of who is only "the customer" the one that is next, and of a name in
    other letters than hers the only one. `now` is local.
    """
    named = name_visits(text, visits, now=now) or [one for one in visits if names_customer(told.whom, one)]
    if named or told.customer:
        return named or next_of(visits)[:1]
    only = len(visits) == 1 and told.whom.isascii() and not visits[0].customer.isascii()
    return visits if only else []


def next_of(visits: Sequence[VisitDetails]) -> Sequence[VisitDetails]:
    """The visit that somebody is on the way to, or else the next one; of those at one time, all."""
    if not visits:
        return []
    heading = [one for one in visits if one.booking.on_the_way_at is not None]
    first = (heading or visits)[0]
    return [one for one in visits if start_of(one) == start_of(first)]


def tell_details(visits: Sequence[VisitDetails], professional: Professional, *, now: datetime) -> Said:
    language = language_for(professional.language)
    if not visits:
        return Said(say("no_visit_now", language))
    lines = [
        say(
            "visit_details",
            language,
            when=when_of(one, now, language),
            customer=isolate(one.customer),
            address=isolate(one.address) if one.address else "-",
            phone=phone_of(one),
        )
        for one in visits[:_MOST]
    ]
    return Said("\n\n".join(lines))


def phone_of(visit: VisitDetails) -> str:
    return say_phone(visit.contact.phone_e164) if visit.contact.phone_e164 else "-"
