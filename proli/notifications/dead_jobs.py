"""A job was given up: staff are called to the request or the conversation that it was about, or told that it was."""

from datetime import datetime
from zoneinfo import ZoneInfo

from proli.accounts.actor import BY_SYSTEM
from proli.accounts.queries import get_business
from proli.conversations.models import Conversation
from proli.conversations.reasons import PersonReason
from proli.conversations.waiting import call_person
from proli.dispatch.models import Offer
from proli.leads.actions import call_for_person
from proli.leads.models import Lead
from proli.notifications.actions import alert_staff, alert_staff_of_conversation, tell_staff
from proli.platform.db import BusinessSession
from proli.platform.jobs import JobDied
from proli.playbooks.texts import language_for, say
from proli.scheduling.models import Booking

REASON = PersonReason.job_failed


async def tell_of_dead_job(session: BusinessSession, dead: JobDied, *, now: datetime) -> None:
    """What it was about waits for a person, who knows; of one about nothing in particular staff hear once a day."""
    business = await get_business(session)
    key = f"job:{dead.task}:{now.astimezone(ZoneInfo(business.zone)).date()}"
    lead = await find_lead(session, dead)
    if lead is not None:
        call_for_person(session, lead, REASON, actor=BY_SYSTEM, now=now)
        await alert_staff(session, lead=lead, reason=REASON, key=f"{key}:lead:{lead.id}", now=now)
        return
    conversation = await session.get(Conversation, dead.about.get("conversation_id", 0))
    if conversation is not None:
        about, key = conversation.id, f"{key}:talk:{conversation.id}"
        await call_person(session, conversation_id=about, reason=REASON, now=now)
        await alert_staff_of_conversation(session, conversation_id=about, reason=REASON, key=key, now=now)
        return
    await tell_staff(session, say("staff_job_died", language_for(business.language)), key=key, now=now)


async def find_lead(session: BusinessSession, dead: JobDied) -> Lead | None:
    """The request that the job was about, by itself, its visit or an offer of it; None as well when that is gone."""
    about = dead.about
    booking = await session.get(Booking, about.get("booking_id", 0))
    offer = await session.get(Offer, about.get("offer_id", 0))
    lead_id = next((one.lead_id for one in (booking, offer) if one is not None), about.get("lead_id", 0))
    return await session.get(Lead, lead_id, with_for_update=True)
