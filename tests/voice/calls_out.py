"""A business that calls, at Twilio's own API on loopback."""

from collections.abc import AsyncGenerator
from datetime import datetime

import httpx2
import pytest
from sqlalchemy import select, update

from proli.accounts.actor import BY_AGENT, Actor
from proli.accounts.models import Business
from proli.contacts.addresses import ensure_contact
from proli.leads.actions import open_lead
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.platform.settings import Settings
from proli.voice.calling_back import call_by_staff
from proli.voice.models import OutgoingCall
from tests.conftest import ManualClock
from tests.doubles.twilio import CALLER, Twilio
from tests.doubles.twilio_rest import TwilioApi, running_twilio_api
from tests.voice.conftest import Desk


@pytest.fixture
async def api(settings: Settings, twilio: Twilio) -> AsyncGenerator[TwilioApi]:
    async with running_twilio_api() as double:
        settings.voice = settings.voice.model_copy(update={"twilio_url": double.url, "ears": "typed"})
        settings.http = settings.http.model_copy(update={"public_url": twilio.public_url})
        yield double


async def switch(desk: Desk, **on: bool) -> None:
    async with desk.runtime.db.begin_operator() as session:
        await session.execute(update(Business).values(**on))


async def someone(desk: Desk, phone: str = CALLER) -> tuple[int, int]:
    """A customer with a request: ids of both."""
    async with desk.runtime.db.begin(desk.business_id) as session:
        contact = await ensure_contact(session, phone_e164=phone, name="רותי")
        lead = await open_lead(
            session, contact_id=contact.id, conversation_id=None, actor=BY_AGENT, now=desk.runtime.clock.now()
        )
        return contact.id, lead.id


async def planned(desk: Desk) -> list[OutgoingCall]:
    async with desk.runtime.db.begin(desk.business_id) as session:
        return list(await session.scalars(select(OutgoingCall).order_by(OutgoingCall.id)))


async def wait_until(runtime: Runtime, queue: Queue, at: datetime) -> None:
    """It is then, and everything that is due was done."""
    assert isinstance(runtime.clock, ManualClock)
    runtime.clock.at = max(runtime.clock.at, at)
    await queue.drain(until=runtime.clock.at)


async def rung(desk: Desk, api: TwilioApi, twilio: Twilio, queue: Queue) -> tuple[str, httpx2.Response]:
    """Staff wanted a customer to be called, and they have answered: the CallSid, and what Twilio is to do."""
    contact_id, lead_id = await someone(desk)
    now = desk.runtime.clock.now()
    async with desk.runtime.db.begin(desk.business_id) as session:
        await call_by_staff(session, contact_id, at=None, lead_id=lead_id, actor=Actor.staff("דנה"), now=now)
    await queue.drain(until=now)
    sid = f"CA{len(api.made):032x}"
    return sid, await twilio.of_out(api.made[-1], sid, "in-progress", AnsweredBy="human")
