"""Why a lead stands in the attention list."""

from sqlalchemy import select

from proli.accounts.actor import BY_SYSTEM
from proli.contacts.models import Contact
from proli.conversations.reasons import PersonReason
from proli.leads.actions import attend, call_for_person
from proli.leads.models import EntryKind, Lead, LeadEntry
from proli.platform.runtime import Runtime


async def test_a_danger_stays_the_reason_until_a_person_sees_to_it(runtime: Runtime, business_id: int) -> None:
    now = runtime.clock.now()
    async with runtime.db.begin(business_id) as session:
        contact = Contact(name="דנה", phone_e164="+972521234567")
        session.add(contact)
        await session.flush()
        lead = Lead(contact_id=contact.id)
        session.add(lead)
        await session.flush()
        for reason in (PersonReason.stuck, PersonReason.danger, PersonReason.nobody_fits, PersonReason.danger):
            call_for_person(session, lead, reason, actor=BY_SYSTEM, now=now)
        assert lead.attention == PersonReason.danger
        await attend(session, lead, actor=BY_SYSTEM, now=now)
        call_for_person(session, lead, PersonReason.nobody_fits, actor=BY_SYSTEM, now=now)
        assert lead.attention == PersonReason.nobody_fits
        called = select(LeadEntry.details).where(LeadEntry.kind == EntryKind.attention).order_by(LeadEntry.id)
        reasons = [details["reason"] for details in await session.scalars(called)]
    assert reasons == ["stuck", "danger", "nobody_fits"]
