"""Leah connects callers to people: who asks for one, who is in danger, and whose talk leads nowhere."""

import pytest
from sqlalchemy import select

from proli.accounts.models import Business
from proli.evals.stage import employ
from proli.knowledge.text import without_marks
from proli.platform.db import Database
from proli.playbooks.loader import get_playbook
from proli.voice.live.thought import reason_to_lead_on
from proli.voice.rules import CallOutcome, TransferReason
from tests.doubles.green_api import GreenApiDouble
from tests.doubles.twilio import Order, Twilio, order_of
from tests.voice.conftest import Desk
from tests.voice.live.conftest import conversation_of, in_call, lead_of
from tests.voice.transfers import DANA, PEOPLE, take_calls, transfer_of

HUMAN = "אני רוצה לדבר עם בן אדם"


async def nobody_takes(twilio: Twilio, order: Order) -> Order:
    """Both are rung, and nobody takes the call."""
    for _ in PEOPLE:
        order = order_of(await twilio.dialled(order))
    return order


async def test_who_asks_for_a_person_is_connected_and_comes_back_when_nobody_takes_the_call(
    twilio: Twilio, desk: Desk, green_api: GreenApiDouble
) -> None:
    await take_calls(desk)
    async with in_call(twilio, desk) as call:
        await call.say("מחפשת דירה לקנייה ברעננה")
        await call.say(HUMAN)
        await call.phone.over.wait()
        assert (await call.said())[-1] == ("agent", "אני מעבירה אותך עכשיו לאדם מהצוות. רגע על הקו, בבקשה.")
    order = order_of(await twilio.after())
    assert order.phone == DANA
    assert "רעננה" in order_of(await twilio.picks_up(order)).says
    order = await nobody_takes(twilio, order)
    async with in_call(twilio, desk, order=order) as call:
        assert "אף אחד מהצוות לא פנוי כרגע" in (await call.said())[-1][1]
        await call.say("שיתקשרו אליי מחר בבוקר")
        await call.phone.over.wait()
        assert "יחזרו אליך בהקדם" in (await call.said())[-1][1]
    assert (await desk.until(lambda one: one.ended_at is not None)).outcome is CallOutcome.finished
    assert (await conversation_of(desk)).called_for == "human_asked"
    assert (await lead_of(desk)).locality == "רעננה"


async def test_outside_of_the_hours_of_the_list_it_is_said_that_somebody_gets_back(
    twilio: Twilio, desk: Desk, green_api: GreenApiDouble
) -> None:
    await take_calls(desk, [{**one, "always": False} for one in PEOPLE])
    async with desk.runtime.db.begin(desk.business_id) as session:
        business = await session.get_one(Business, desk.business_id)
        business.transfers = {**business.transfers, "hours": {}}
    async with in_call(twilio, desk) as call:
        await call.say(HUMAN)
        assert "שיחזור אליך בהקדם" in (await call.said())[-1][1]
        await call.hang_up()
    assert (await conversation_of(desk)).called_for == "human_asked"


class TestDanger:
    @pytest.fixture
    async def business_id(self, db: Database) -> int:
        async with db.begin_operator() as session:
            business_id = (await session.scalars(select(Business.id))).one()
        async with db.begin(business_id) as session:
            employ(session, get_playbook("services"))
        return business_id

    async def test_who_is_in_danger_hears_what_to_do_then_a_professional_is_asked_then_a_person_is_rung(
        self, twilio: Twilio, desk: Desk, green_api: GreenApiDouble
    ) -> None:
        await take_calls(desk)
        async with in_call(twilio, desk) as call:
            await call.say("יש ריח חזק של גז בכל הדירה")
            said = (await call.said())[-1][1]
            assert "לפתוח חלונות" in said
            while not call.phone.over.is_set() and len(await call.said()) < 12:
                await call.say("ביאליק 30 רמת גן")
        assert without_marks((await call.said())[-1][1]).endswith("רגע על הקו, בבקשה.")
        assert order_of(await twilio.after()).phone == DANA
        assert (await transfer_of(desk)).reason is TransferReason.danger


async def test_a_mind_that_is_gone_leads_to_a_person(
    twilio: Twilio, desk: Desk, green_api: GreenApiDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object, **__: object) -> None:
        raise OSError("the database of the mind is gone")

    await take_calls(desk)
    monkeypatch.setattr("proli.voice.live.thought.Mind.answer", fails)
    async with in_call(twilio, desk) as call:
        await call.say("מחפשת דירה לקנייה ברעננה")
        await call.phone.over.wait()
        assert "יש לי תקלה רגעית. אני מעבירה אותך" in (await call.said())[-1][1]
    assert order_of(await twilio.after()).phone == DANA


@pytest.mark.parametrize(
    ("called", "danger", "asks", "reason"),
    [
        ("human_asked", 0, False, TransferReason.asked), ("stuck", 0, False, TransferReason.trouble),
        ("complaint", 0, False, None), (None, 0, False, None), ("danger", 1, True, None),
        (None, 2, False, TransferReason.danger), ("danger", 3, True, TransferReason.danger),
    ],
)  # fmt: skip
def test_why_a_caller_is_connected(called: str | None, danger: int, asks: bool, reason: TransferReason | None) -> None:
    assert reason_to_lead_on(called, danger=danger, asks=asks) is reason
