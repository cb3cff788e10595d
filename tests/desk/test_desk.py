"""The professional's own mode: what is said to an open offer has the effect that was meant, or none."""

from collections.abc import Sequence
from datetime import datetime

import pytest
from sqlalchemy import select, text, update

from proli.accounts.models import Business
from proli.channels.simulator.channel import ensure_account
from proli.conversations.inbox import receive
from proli.conversations.incoming import Received
from proli.conversations.models import Conversation, Message
from proli.dispatch.models import Offer, OfferStatus
from proli.leads.models import Lead
from proli.professionals.models import Professional
from tests.journeys.scenes import played_once, remembered
from tests.journeys.world import MOSHE, YOSSI, Phone, World

STAFF = "+972500000090"
EVERYTHING = "שלום, צריך להתקין ברז חדש במטבח, ברמת גן, רחוב ביאליק 30 קומה 2, מחר בשעה {hour}:00"


@played_once
async def offered(world: World, *, hour: int = 16, phone: str = "+972500000001") -> Message:
    await world.phone(phone, "דנה").say(EVERYTHING.format(hour=hour))
    (offer,) = await world.yossi.unread()
    return offer


async def offers(world: World) -> Sequence[Offer]:
    async with world.runtime.db.begin(world.business_id) as session:
        return (await session.scalars(select(Offer).order_by(Offer.id))).all()


@remembered
async def only_yossi(world: World) -> None:
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Professional).where(Professional.phone_e164 == MOSHE).values(active=False))


async def statuses(world: World) -> list[OfferStatus]:
    return [offer.status for offer in await offers(world)]


def words(messages: Sequence[Message]) -> str:
    return "\n".join(message.text for message in messages)


async def tell(
    world: World, phone: Phone, said: str, *, sent_at: datetime, button_id: str | None = None, quoted: str | None = None
) -> None:
    """A message that was written at another moment than it comes in."""
    async with world.runtime.db.begin(world.business_id) as session:
        account_id = await ensure_account(session, world.runtime)
        incoming = Received(
            external_id=f"in-{said}-{sent_at.timestamp()}",
            chat_id=phone.phone_e164,
            sent_at=sent_at,
            phone_e164=phone.phone_e164,
            text=said,
            button_id=button_id,
            quoted_external_id=quoted,
        )
        await receive(session, account_id=account_id, incoming=incoming, settle_s=0, now=world.runtime.clock.now())


async def test_an_approval_that_tells_an_hour_approves(world: World) -> None:
    await offered(world)
    assert "העבודה נקבעה" in words(await world.yossi.say("מאשר, אגיע ב-16:00"))
    assert await statuses(world) == [OfferStatus.accepted]


@pytest.mark.parametrize(
    "said", ["אוקיי רגע", "כן, שנייה אני בודק", "ok, one sec", "אני כן עובד היום", "מחר כן עובד", "אישור תשלום התקבל"]
)
async def test_hesitation_and_other_news_approve_nothing(world: World, said: str) -> None:
    await offered(world)
    assert "ממתינה לתשובה" in words(await world.yossi.say(said))
    assert await statuses(world) == [OfferStatus.open]
    await world.yossi.say("אשר")
    assert await statuses(world) == [OfferStatus.accepted]


@pytest.mark.parametrize("said", ["מאשר, אגיע ב-17:00", "ok, at 14", "מאשר, אני אגיע בשעה שמונה בערב"])
async def test_an_approval_of_another_hour_than_the_one_offered_approves_nothing(world: World, said: str) -> None:
    await offered(world, hour=16)
    answer = words(await world.yossi.say(said))
    assert "עוד לא אושרה" in answer
    assert "16:00" in answer
    assert await statuses(world) == [OfferStatus.open]
    assert await called_for(world, YOSSI) == "professional_wrote"
    await world.yossi.say("אשר")
    assert await statuses(world) == [OfferStatus.accepted]


async def test_a_number_alone_is_about_what_was_said_last(world: World) -> None:
    """With a list of open offers before one's eyes, 1 is no button of an earlier message."""
    await only_yossi(world)
    await offered(world, hour=16)
    await offered(world, hour=10, phone="+972500000002")
    first, _ = await offers(world)
    assert "על איזו" in words(await world.yossi.say("1"))
    assert f"אשר {first.id}" in words(await world.yossi.say("1"))
    assert await statuses(world) == [OfferStatus.open, OfferStatus.open]


@pytest.mark.parametrize(("said", "becomes"), [("מאשר", OfferStatus.accepted), ("לא יכול", OfferStatus.declined)])
async def test_the_number_of_an_offer_completes_the_answer_that_was_asked_about(
    world: World, said: str, becomes: OfferStatus
) -> None:
    await only_yossi(world)
    await offered(world, hour=16)
    await offered(world, hour=10, phone="+972500000002")
    first, _ = await offers(world)
    assert "על איזו" in words(await world.yossi.say(said))
    told = words(await world.yossi.say(str(first.id)))
    assert await statuses(world) == [becomes, OfferStatus.open]
    assert ("העבודה נקבעה" if becomes == OfferStatus.accepted else "תועבר הלאה") in told
    assert len(told) < 400


async def test_the_number_of_an_offer_without_an_answer_is_asked_for_one(world: World) -> None:
    await only_yossi(world)
    await offered(world, hour=16)
    await offered(world, hour=10, phone="+972500000002")
    first, _ = await offers(world)
    await world.yossi.say("?")
    assert f"אשר {first.id}" in words(await world.yossi.say(f"{first.id}"))
    assert await statuses(world) == [OfferStatus.open, OfferStatus.open]


async def test_two_answers_with_their_numbers_are_both_taken(world: World) -> None:
    await only_yossi(world)
    await offered(world, hour=16)
    await offered(world, hour=10, phone="+972500000002")
    first, second = await offers(world)
    await world.yossi.say(f"אשר {first.id}, דחה {second.id}")
    assert await statuses(world) == [OfferStatus.accepted, OfferStatus.declined]


async def test_a_refusal_right_after_an_approval_is_about_that_visit(world: World) -> None:
    await only_yossi(world)
    await offered(world, hour=16)
    await offered(world, hour=10, phone="+972500000002")
    _, second = await offers(world)
    await world.yossi.say(f"אשר {second.id}")
    assert "עדיין רשום ביומן" in words(await world.yossi.say("בעצם לא יכול, תעביר למישהו אחר"))
    assert await statuses(world) == [OfferStatus.open, OfferStatus.accepted]
    assert await called_for(world, YOSSI) == "professional_wrote"
    async with world.runtime.db.begin(world.business_id) as session:
        assert (await session.get_one(Lead, second.lead_id)).attention == "professional_unable"


@pytest.mark.parametrize("said", ["אני חולה היום תבטל לי הכל", "תגיד ללקוח שאאחר בשעה", "the customer is not home"])
async def test_what_the_desk_does_not_know_goes_to_the_office_with_its_words(world: World, said: str) -> None:
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Business).values(staff_e164=STAFF))
    staff = world.phone(STAFF, "מורן")
    answer = words(await world.yossi.say(said))
    assert "הועברה למשרד" in answer
    assert await called_for(world, YOSSI) == "professional_wrote"
    assert said in words(await staff.unread())


@pytest.mark.parametrize("said", ["תודה", "👍", "תודה רבה", "אוקיי"])
async def test_thanks_call_nobody(world: World, said: str) -> None:
    await world.yossi.say(said)
    assert await called_for(world, YOSSI) is None


async def called_for(world: World, phone_e164: str) -> str | None:
    async with world.runtime.db.begin(world.business_id) as session:
        line = select(Conversation.called_for).where(Conversation.chat_id == phone_e164)
        return (await session.scalars(line)).one()


@pytest.mark.parametrize("said", ["מאשר, אגיע ב-16", "ok, at 16", "מאשר, 16:00", "אשר לשעה 16"])
async def test_an_hour_is_no_offers_number_even_where_an_offer_has_it(world: World, said: str) -> None:
    """Yossi's offer is another one; Moshe once had the one numbered 16."""
    async with world.runtime.db.owner() as connection:
        await connection.execute(text("ALTER TABLE offers ALTER COLUMN id RESTART WITH 17"))
    await offered(world)
    await world.yossi.say(said)
    assert await statuses(world) == [OfferStatus.accepted]


async def test_a_number_names_an_open_offer_of_ones_own_and_nothing_else(world: World) -> None:
    await only_yossi(world)
    await offered(world, hour=16)
    await offered(world, hour=10, phone="+972500000002")
    first, second = await offers(world)
    assert "על איזו" in words(await world.yossi.say("מאשר 987"))
    assert "על איזו" in words(await world.yossi.say("מאשר, אגיע מחר ב-13"))
    await world.yossi.say(f"אשר {second.id}")
    assert await statuses(world) == [OfferStatus.open, OfferStatus.accepted]
    assert first.status == OfferStatus.open


async def test_a_quoted_message_decides_before_a_number_does(world: World) -> None:
    await only_yossi(world)
    quoted = await offered(world, hour=16)
    await offered(world, hour=10, phone="+972500000002")
    _, second = await offers(world)
    said_at = world.runtime.clock.now()
    await tell(world, world.yossi, f"אשר {second.id}", sent_at=said_at, quoted=quoted.external_id)
    await world.queue.drain()
    assert await statuses(world) == [OfferStatus.accepted, OfferStatus.open]


@pytest.mark.parametrize(
    "said",
    ["לא הבנתי", "הלקוח לא עונה", "עוד לא סיימתי את הקודמת", "לא נורא, אגיע", "I don't understand", "not finished yet"],
)
async def test_a_no_to_something_else_leaves_the_offer_open_and_tells_how_to_answer(world: World, said: str) -> None:
    await offered(world)
    assert "ממתינה לתשובה" in words(await world.yossi.say(said))
    assert await statuses(world) == [OfferStatus.open]
    assert await world.moshe.unread() == []


async def test_digits_without_end_are_no_choice_and_no_fault(world: World) -> None:
    await offered(world)
    assert "ממתינה לתשובה" in words(await world.yossi.say("9" * 5000))
