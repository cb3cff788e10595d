"""Calls that break off at random moments, with workers at work: everybody is written to once, and nobody is asked
what they have told. LONG_TESTS=1 plays a thousand and looks at how long it took.
"""

import asyncio
import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from loguru import logger
from sqlalchemy import select

from proli.contacts.models import Contact
from proli.leads.models import Lead, LeadStatus
from proli.leads.queries import find_open_lead
from proli.playbooks.loader import get_playbook
from proli.voice.talking import Farewell, Line, TheCall
from tests.chaos.waiting import until, working
from tests.doubles.green_api import GreenApiDouble
from tests.doubles.twilio import Twilio, line, new_call, order_of
from tests.voice.conftest import Desk, ListensOnly

LONG = bool(os.environ.get("LONG_TESTS"))
CALLS, AT_ONCE = (1000, 8) if LONG else (60, 8)
MOST_S = 5.0
FACTS = (("trade", "plumber"), ("locality", "רמת גן"), ("address", "ביאליק 17"))
ASKED_AS = {"trade": "trade", "locality": "city", "address": "address"}


class Going:
    """The machine's own time: a number's turns are given in time, which must go on."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@pytest.fixture
def clock() -> Going:
    return Going()


async def note(desk: Desk, call: TheCall, fact: tuple[str, str]) -> None:
    """What was told is on the request, which the first thing told opens."""
    assert call.contact_id is not None
    async with desk.runtime.db.begin(desk.business_id) as session:
        lead = await find_open_lead(session, call.contact_id)
        if lead is None:
            lead = Lead(contact_id=call.contact_id, status=LeadStatus.new)
            session.add(lead)
        setattr(lead, *fact)


async def check(desk: Desk, phone: str, text: str) -> None:
    """The message asks for what is not known, and for nothing else."""
    async with desk.runtime.db.begin(desk.business_id) as session:
        contact = (await session.scalars(select(Contact).where(Contact.phone_e164 == phone))).one()
        lead = await find_open_lead(session, contact.id)
    playbook = get_playbook("services")
    known = [ASKED_AS[name] for name, _ in FACTS if lead is not None and getattr(lead, name)]
    assert [field for field in known if playbook.ask(field, "he") in text] == []
    missing = next((field for field in ("trade", "city", "address", "time") if field not in known), None)
    assert missing is None or playbook.ask(missing, "he") in text or "אפשר לכתוב כאן במה מדובר" in text


async def drop(twilio: Twilio, phone: str, dice: random.Random, heard: Counter[str]) -> float:
    """Somebody calls and is gone at some moment: when that was. What they said is heard before their end is told."""
    call = new_call()
    order = order_of(await twilio.ring(call, From=phone))
    if dice.random() < 0.3:
        gone = time.monotonic()
        await twilio.status("no-answer", call, From=phone)
        return gone
    async with line(order, call) as caller:
        says = dice.randrange(6)
        for _ in range(says):
            await caller.speak()
            await asyncio.sleep(dice.random() / 20)
        gone = time.monotonic()
        if dice.random() < 0.5:
            await caller.hang_up()

    async def all_is_heard() -> bool:
        return heard[phone] == says

    await until(all_is_heard, f"{phone} was not heard to the end")
    await twilio.status("completed", call, From=phone)
    return gone


async def test_whoever_drops_at_a_random_moment_is_written_to_once_and_asked_nothing_twice(
    twilio: Twilio, desk: Desk, green_api: GreenApiDouble, talker: ListensOnly
) -> None:
    dice, waits, numbers = random.Random(13), list[float](), iter(range(CALLS))
    heard = Counter[str]()

    async def act(call: TheCall, there: Line) -> Farewell:
        facts = iter(FACTS)
        async for _ in there.frames():
            if (fact := next(facts, None)) is not None:
                await note(desk, call, fact)
            heard[call.phone_e164 or ""] += 1
        return Farewell()

    async def one(phone: str) -> None:
        gone, address = await drop(twilio, phone, dice, heard), f"{phone[1:]}@c.us"

        async def is_written_to() -> bool:
            return address in {sent.chat_id for sent in green_api.sent[-200:]}

        await until(is_written_to, f"{phone} was never written to")
        waits.append(time.monotonic() - gone)
        await check(desk, phone, next(sent.text for sent in green_api.sent if sent.chat_id == address))

    async def in_turn(numbers: Iterator[int]) -> None:
        for number in numbers:
            await one(f"+97250{number:07}")

    talker.act = act
    async with working(desk.runtime):
        await asyncio.gather(*(in_turn(numbers) for _ in range(AT_ONCE)))
        await asyncio.sleep(MOST_S)  # whatever would be said twice would be said by now
    chats = [sent.chat_id for sent in green_api.sent]
    assert len(chats) == len(set(chats)) == CALLS
    waits.sort()
    median, p95 = waits[len(waits) // 2], waits[int(len(waits) * 0.95)]
    logger.info("{} dropped calls: median {:.2f} s, p95 {:.2f} s, worst {:.2f} s", CALLS, median, p95, waits[-1])
    assert not LONG or p95 < MOST_S
