"""What a turn costs the database, from the webhook to the note of its send: statements, and waits for an answer.

The ceilings are what was counted. One that is passed is no accident of the day: find the statement in the list that the
failure prints, and lower the ceiling when one is saved.
"""

from collections.abc import AsyncIterator

import pytest

from tests.conftest import copy_of
from tests.doubles.counted_database import Asked, CountedDatabase, counted
from tests.journeys.whatsapp import Phone, WhatsApp

CUSTOMER = "+972541234567"
OPENING = "שלום, יש לי נזילה מתחת לכיור במטבח, ברמת גן"
ADDRESS = "ביאליק 30"
BOOKING = "מחר בשעה 16:00"
THANKS = "תודה"


@pytest.fixture
async def counting(server: str) -> AsyncIterator[CountedDatabase]:
    with copy_of(server, "moran") as url:
        async with counted(url) as database:
            yield database


@pytest.fixture
def database_url(counting: CountedDatabase) -> str:
    return counting.url


async def cost_of(counting: CountedDatabase, phone: Phone, words: str) -> Asked:
    counting.asked.take()
    assert await phone.say(words), "nothing was answered"
    return counting.asked.take()


def assert_within(asked: Asked, *, statements: int, round_trips: int) -> None:
    counted = f"{len(asked.statements)} statements in {len(asked.round_trips)} round trips"
    listed = "\n".join(" | ".join(" ".join(one.split())[:120] for one in trip) for trip in asked.round_trips)
    assert len(asked.statements) <= statements and len(asked.round_trips) <= round_trips, f"{counted}:\n{listed}"


async def test_a_turn_asks_the_database_no_more_than_it_did(whatsapp: WhatsApp, counting: CountedDatabase) -> None:
    """One that opens a request, one that adds to it, one that books with the offer to the professional, one that is
    courtesy alone."""
    phone = whatsapp.phone(CUSTOMER)
    assert_within(await cost_of(counting, phone, OPENING), statements=33, round_trips=26)
    assert_within(await cost_of(counting, phone, ADDRESS), statements=24, round_trips=17)
    assert_within(await cost_of(counting, phone, BOOKING), statements=80, round_trips=69)
    assert_within(await cost_of(counting, phone, THANKS), statements=18, round_trips=11)


async def test_a_turn_asks_no_more_after_a_long_conversation(whatsapp: WhatsApp, counting: CountedDatabase) -> None:
    phone = whatsapp.phone(CUSTOMER)
    await phone.say(OPENING)
    early = await cost_of(counting, phone, ADDRESS)
    for number in range(12):
        await phone.say(f"הדירה בקומה {number}")
    late = await cost_of(counting, phone, "ביאליק 32")
    assert_within(late, statements=len(early.statements), round_trips=len(early.round_trips))
