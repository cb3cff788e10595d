"""Nobody reads a code: what the database calls by a code has words on the page."""

from playwright.async_api import expect

from proli.accounts.actor import BY_AGENT, BY_CUSTOMER, Actor
from proli.accounts.models import AuditEntry
from proli.contacts.addresses import ensure_contact
from proli.leads.actions import open_lead, save_details
from tests.web.conftest import Site, at


async def test_the_history_of_a_lead_and_the_audit_speak_in_words(site: Site) -> None:
    now = site.runtime.clock.now()
    async with site.runtime.db.begin(site.business_id) as session:
        contact = await ensure_contact(session, phone_e164="+972527654321", name="נועה")
        lead = await open_lead(session, contact_id=contact.id, conversation_id=None, actor=BY_AGENT, now=now)
        details = {"trade": "electrician", "issue": "power_outage", "urgency": "high", "intent": "book"}
        save_details(session, lead, details, actor=BY_CUSTOMER, now=now)
        hours = {"was": {"0": [[480, 960]]}, "is": {"0": [[480, 1080]], "5": []}}
        session.add(
            AuditEntry(
                actor=Actor.staff("dana"),
                action="professional.changed",
                subject="professional:1",
                details={"hours": hours},
                at=now,
            )
        )
        lead_id = lead.id
    page = await site.signed_in()
    await page.goto(at(f"leads/{lead_id}"))
    await page.get_by_role("tab", name="היסטוריה").click()
    history = page.get_by_role("tabpanel")
    for words in ("חשמל", "אין חשמל", "דחוף", "הזמנת ביקור"):
        await expect(history.get_by_text(words, exact=True)).to_be_visible()
    await page.goto(at("settings/audit"))
    line = page.get_by_role("listitem").filter(has_text="שעות עבודה")
    await expect(line).to_contain_text("08:00–18:00")
    await expect(line).not_to_contain_text("480")


async def test_an_empty_field_shows_its_hint_where_the_page_begins(site: Site) -> None:
    page = await site.signed_in()
    await page.goto(at("leads"))
    search = page.get_by_placeholder("שם, טלפון או מה ביקשו")
    assert await search.evaluate("field => getComputedStyle(field).direction") == "rtl"
    await search.fill("leak")
    assert await search.evaluate("field => getComputedStyle(field).direction") == "ltr"
