"""A process dies between an effect and its reply: the turn, tried again, acts no more and tells the truth once."""

import asyncio
import dataclasses
from datetime import datetime

import pytest
from sqlalchemy import select

from proli.chat.jobs import answer
from proli.conversations.events import MessageReceived
from proli.conversations.inbox import receive
from proli.conversations.incoming import HumanSaid
from proli.conversations.models import Conversation
from proli.leads.models import Lead
from proli.mind.models import ToolCall
from proli.platform.settings import Settings
from proli.scheduling.models import Booking, BookingStatus
from tests.conftest import SUNDAY_MORNING
from tests.doubles.models import ModelsDouble, Step, call, say
from tests.journeys.world import CUSTOMER, World
from tests.office import AT_FOUR, EVERYTHING, Office, model_settings

ASKED = "נשלחה לאיש מקצוע"
SAVE = call("save_details", trade="plumber", city="רמת גן", address="ביאליק 30 קומה 2", when="מחר ב-16:00")
REQUEST = call("request_visit", start=AT_FOUR)


class Killed(BaseException):
    """What no code of ours may catch."""


class LastBreath:
    """A clock that is looked at when a turn begins and when it is written; at the second look the process dies."""

    looks = 0

    def now(self) -> datetime:
        self.looks += 1
        if self.looks > 1:
            raise Killed
        return SUNDAY_MORNING


@pytest.fixture
async def office(world: World, models: ModelsDouble) -> Office:
    """Without a model on the ladder."""
    return Office(world, models)


async def die_answering(office: Office, text: str) -> None:
    """The customer says something, and the process dies before the reply is written."""
    world = office.world
    conversation_id = await world.customer.tell(text)
    event = MessageReceived(business_id=world.business_id, conversation_id=conversation_id)
    with pytest.raises(Killed):
        await answer(dataclasses.replace(world.runtime, clock=LastBreath()), event)
    assert await world.customer.unread() == []


async def replies_after(office: Office) -> list[str]:
    """What the customer gets once a living process has tried again, and again."""
    world = office.world
    await world.queue.drain()
    told = [message.text for message in await world.customer.unread()]
    await world.queue.drain()
    assert await world.customer.unread() == []
    return told


async def bookings(office: Office) -> list[BookingStatus]:
    return [booking.status for booking in await office.rows(Booking)]


async def test_a_visit_requested_before_dying_is_requested_once_and_told(office: Office) -> None:
    await die_answering(office, EVERYTHING)
    assert len(await office.offers()) == 1
    (reply,) = await replies_after(office)
    assert ASKED in reply
    assert "16:00" in reply
    assert [lead.attention for lead in await office.rows(Lead)] == [None]
    assert len(await office.offers()) == 1
    assert await bookings(office) == [BookingStatus.held]
    assert len(await office.world.yossi.unread()) == 1


async def test_a_chosen_time_requested_before_dying_is_told_as_requested(office: Office) -> None:
    await office.say("שלום, יש לי נזילה בכיור במטבח, ברמת גן, ביאליק 30 קומה 2, מחר אחרי 4")
    await die_answering(office, "הראשון")
    (reply,) = await replies_after(office)
    assert ASKED in reply
    assert len(await office.offers()) == 1


async def test_a_visit_cancelled_before_dying_is_told_as_cancelled(office: Office) -> None:
    await office.say(EVERYTHING)
    await die_answering(office, "אני רוצה לבטל")
    assert await bookings(office) == [BookingStatus.cancelled]
    (reply,) = await replies_after(office)
    assert "בוטלה" in reply
    assert await bookings(office) == [BookingStatus.cancelled]
    assert len(await office.rows(Lead)) == 1


async def test_a_person_called_before_dying_is_called_once_and_the_customer_hears(office: Office) -> None:
    """The conversation is the person's by then; that a person comes must be said all the same."""
    await die_answering(office, "אפשר לדבר עם נציג אנושי?")
    (reply,) = await replies_after(office)
    assert "נציג אנושי" in reply
    calls = [one for one in await office.rows(ToolCall) if one.tool == "hand_over"]
    assert len(calls) == 1


async def test_a_model_that_tries_again_after_dying_makes_no_second_offer(
    office: Office, models: ModelsDouble, settings: Settings
) -> None:
    settings.model = model_settings(models.url)
    models.script("gemini-a", SAVE, REQUEST, say("הבקשה נשלחה."))
    await die_answering(office, EVERYTHING)
    models.script("gemini-a", REQUEST, say("הבקשה למחר ב-16:00 נשלחה, והשעה שמורה."))
    assert await replies_after(office) == ["הבקשה למחר ב-16:00 נשלחה, והשעה שמורה."]
    assert len(await office.offers()) == 1
    assert "done_in_this_turn" in models.asked[-1].text
    (turn,) = await office.turns()
    assert [tool["tool"] for tool in turn.trace["tools"]] == ["save_details", "request_visit", "request_visit"]


async def test_a_turn_cut_off_while_a_model_thinks_is_finished_by_the_rules(
    office: Office, models: ModelsDouble, settings: Settings
) -> None:
    settings.model = model_settings(models.url)
    world = office.world
    conversation_id = await world.customer.tell(EVERYTHING)
    event = MessageReceived(business_id=world.business_id, conversation_id=conversation_id)
    turn = asyncio.ensure_future(answer(world.runtime, event))

    async def cut() -> None:
        turn.cancel()

    models.script("gemini-a", SAVE, REQUEST, Step(way="hang", before=cut))
    with pytest.raises(asyncio.CancelledError):
        await turn
    assert len(await office.offers()) == 1
    (reply,) = await replies_after(office)
    assert ASKED in reply
    assert len(await office.offers()) == 1
    assert await bookings(office) == [BookingStatus.held]


async def test_a_person_who_has_spoken_meanwhile_is_not_talked_over(office: Office) -> None:
    await die_answering(office, "אפשר לדבר עם נציג אנושי?")
    world = office.world
    async with world.runtime.db.begin(world.business_id) as session:
        conversation = (await session.scalars(select(Conversation))).one()
        said = HumanSaid(
            external_id="h-1", chat_id=conversation.chat_id, sent_at=SUNDAY_MORNING, phone_e164=CUSTOMER, text="כאן דוד"
        )
        account_id = conversation.channel_account_id
        await receive(session, account_id=account_id, incoming=said, settle_s=0, now=SUNDAY_MORNING)
    assert [text for text in await replies_after(office) if text != "כאן דוד"] == []
