"""Whom nothing in writing reaches is reminded of a visit by a call, by the row of the visit as it is then."""

from datetime import timedelta

import pytest
from sqlalchemy.dialects.postgresql import Range

from proli.accounts.actor import BY_AGENT
from proli.notifications.events import ReminderDue
from proli.platform.db import BusinessSession
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.professionals.models import Professional
from proli.scheduling.models import Booking, BookingStatus
from proli.voice.out_rules import CallOutState, CallPurpose
from proli.voice.reminding import remind_by_call
from tests.conftest import ManualClock
from tests.doubles.twilio_rest import TwilioApi
from tests.voice.calls_out import api, planned, someone, switch
from tests.voice.conftest import Desk

__all__ = ["api"]
LANDLINE, MOBILE = "+97236000001", "+972500000001"


async def visit_of(session: BusinessSession, lead_id: int, clock: ManualClock) -> Booking:
    pro = Professional(name="יוסי", phone_e164="+972521112233", trades=["plumber"], hours={})
    session.add(pro)
    await session.flush()
    starts_at = clock.now() + timedelta(hours=2)
    visit = Booking(
        lead_id=lead_id, professional_id=pro.id, status=BookingStatus.confirmed, starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1), during=Range(starts_at, starts_at + timedelta(hours=1)), actor=BY_AGENT,
    )  # fmt: skip
    session.add(visit)
    await session.flush()
    return visit


@pytest.mark.parametrize(
    ("on", "phone", "moved"),
    [(True, LANDLINE, False), (True, LANDLINE, True), (True, MOBILE, False), (False, LANDLINE, False)],
)
async def test_only_whom_nothing_in_writing_reaches_is_called_and_only_of_a_visit_that_stands(
    runtime: Runtime, desk: Desk, api: TwilioApi, queue: Queue, clock: ManualClock, on: bool, phone: str, moved: bool
) -> None:
    await switch(desk, calls_reminders=on)
    _, lead_id = await someone(desk, phone)
    async with runtime.db.begin(desk.business_id) as session:
        visit = await visit_of(session, lead_id, clock)
        due = ReminderDue(
            business_id=desk.business_id, booking_id=visit.id, starts_at=visit.starts_at, code="reminder_hours"
        )
        for _ in range(2):
            await remind_by_call(session, due, now=clock.now())
        if moved:
            visit.status = BookingStatus.cancelled
    await queue.drain(until=clock.now())
    called = on and phone == LANDLINE
    found = await planned(desk)
    assert [one.purpose for one in found] == [CallPurpose.reminder] * called
    assert [made["To"] for made in api.made] == [[phone]] * (called and not moved)
    if called:
        assert found[0].state is (CallOutState.off if moved else CallOutState.ringing)
