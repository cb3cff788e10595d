"""Staff know whom they could ask to move, when an emergency finds nobody who is free."""

from datetime import datetime

from proli.accounts.actor import BY_SYSTEM
from proli.accounts.queries import get_business
from proli.contacts.models import Contact
from proli.dispatch.events import RoomNeeded
from proli.dispatch.making_room import Room, find_room
from proli.knowledge.text import isolate
from proli.leads.actions import note
from proli.leads.models import EntryKind
from proli.leads.queries import get_lead, name_of
from proli.notifications.actions import request_words, tell_staff
from proli.notifications.customers import when_of
from proli.notifications.links import replan_links
from proli.notifications.queries import find_customer_conversation, get_visit
from proli.platform.db import BusinessSession
from proli.playbooks.texts import Saying, language_for, say
from proli.playbooks.words import say_when
from proli.scheduling.queries import find_promised


async def tell_of_room(session: BusinessSession, event: RoomNeeded, *, public_url: str | None, now: datetime) -> None:
    """Staff read which visits could make room for the emergency, as all stands now, and where they ask the customers;
    the request's timeline says it too. Nothing where somebody has been found, or where no visit could move.
    """
    lead = await get_lead(session, event.lead_id, lock=True)
    if lead.closed_at is not None or await find_promised(session, lead.id) is not None:
        return
    rooms = await find_room(session, lead, now=now)
    if not rooms:
        return
    business = await get_business(session)
    language = language_for(business.language)
    lines = [await line_of(session, one, language, now=now) for one in rooms]
    customer = isolate(name_of(lead, await session.get_one(Contact, lead.contact_id)) or "-")
    text = say(
        "staff_room", language,
        customer=customer, request=request_words(lead, language), visits="\n".join(lines),
    )  # fmt: skip
    if public_url is not None:
        days = [(one.professional.id, one.booking.starts_at) for one in rooms]
        links = replan_links(public_url, business, days)
        text = text.followed_by(say("staff_away_link", language, links="\n".join(links)))
    names = ", ".join(one.professional.name for one in rooms)
    note(session, lead, kind=EntryKind.room_found, actor=BY_SYSTEM, now=now, details={"with": names})
    like = await find_customer_conversation(session, lead)
    await tell_staff(session, text, key=f"room:{event.key}", like=like, now=now)


async def line_of(session: BusinessSession, room: Room, language: str, *, now: datetime) -> Saying:
    """Whose visit with whom, when, and to whom and when it could move."""
    visit = await get_visit(session, room.booking.id)
    return say(
        "room_line",
        language,
        professional=isolate(room.professional.name),
        when=when_of(visit, now, language),
        customer=isolate(visit.customer),
        address=visit.address,
        other=isolate(room.other.name),
        then=say_when(room.slot.start, now=now, zone=visit.zone, language=language),
    )
