"""A professional who wants no messages gets none that they have not asked for."""

import pytest
from sqlalchemy import select

from proli.contacts.models import Consent, Contact
from proli.dispatch.models import Offer, OfferStatus
from proli.professionals.models import Professional
from tests.journeys.world import YOSSI, World

EVERYTHING = "שלום, צריך להתקין ברז חדש במטבח, ברמת גן, רחוב ביאליק 30 קומה 2, מחר בשעה 16:00"


@pytest.mark.parametrize("words", ["אל תשלחו לי יותר הודעות", "stop sending me messages", "תפסיקו לשלוח לי"])
async def test_whoever_wants_no_messages_is_offered_nothing_and_how_we_know_is_kept(world: World, words: str) -> None:
    (said,) = await world.yossi.say(words)
    assert "רשמנו" in said.text or "Noted" in said.text
    await world.customer.say(EVERYTHING)
    async with world.runtime.db.begin(world.business_id) as session:
        consent = (await session.scalars(select(Consent))).one()
        yossi = (await session.scalars(select(Professional).where(Professional.phone_e164 == YOSSI))).one()
        contact = (await session.scalars(select(Contact).where(Contact.phone_e164 == YOSSI))).one()
        offers = (await session.scalars(select(Offer))).all()
    assert (consent.words, consent.contact_id, str(consent.actor).startswith("professional")) == (
        words,
        contact.id,
        True,
    )
    assert contact.opted_out_at is not None
    assert offers
    assert all(offer.professional_id != yossi.id for offer in offers)
    assert await world.yossi.unread() == []


async def test_a_bare_stop_while_an_offer_waits_is_about_the_offer(world: World) -> None:
    await world.customer.say(EVERYTHING)
    await world.yossi.unread()
    await world.yossi.say("stop")
    async with world.runtime.db.begin(world.business_id) as session:
        assert (await session.scalars(select(Consent))).all() == []
        assert (await session.scalars(select(Offer.status))).first() in {OfferStatus.open, OfferStatus.declined}


async def test_what_they_ask_is_still_answered(world: World) -> None:
    await world.yossi.say("אל תשלחו לי יותר הודעות")
    assert "אין ביקורים" in (await world.yossi.say("היום"))[-1].text
