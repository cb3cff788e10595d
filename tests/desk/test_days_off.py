"""A professional who writes is off on days, or busy for hours: what is open passes on, what stands is for people."""

import pytest
from sqlalchemy import select

from proli.dispatch.models import Offer, OfferStatus
from proli.platform.settings import HttpSettings
from proli.professionals.models import Professional
from proli.scheduling.models import BookingStatus
from tests.conftest import ManualClock
from tests.desk.workdays import (
    ASKED,
    STAFF,
    attentions,
    bookings,
    called_for,
    exceptions,
    two_visits,
    with_staff,
    words,
)
from tests.journeys.world import YOSSI, World


async def test_a_day_off_is_stored_and_can_be_taken_back(world: World) -> None:
    (said,) = await world.yossi.say("מחר אני לא עובד")
    assert "מחר" in said.text
    assert await exceptions(world) == {"2070-11-24": []}
    assert "בשעות הרגילות" in words(await world.yossi.tap(said, 0))
    assert await exceptions(world) == {}


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("יום חופש ב-3.12", ["2070-12-03"]),
        ("בחופש מ-3.12 עד 5.12", ["2070-12-03", "2070-12-04", "2070-12-05"]),
        ("לא עובד מחר ומחרתיים", ["2070-11-24", "2070-11-25"]),
        ("חולה עד יום שלישי", ["2070-11-23", "2070-11-24", "2070-11-25"]),
        ("חולה", ["2070-11-23"]),
        ("I'm off tomorrow", ["2070-11-24"]),
    ],
)
async def test_the_days_that_are_named_are_off(world: World, said: str, days: list[str]) -> None:
    await world.yossi.say(said)
    assert await exceptions(world) == {day: [] for day in days}
    assert await called_for(world) is None


async def test_a_day_off_without_a_day_is_asked_for_one(world: World) -> None:
    (asked,) = await world.yossi.say("יום חופש")
    assert [button["text"] for button in asked.buttons] == ["היום", "מחר"]
    assert await exceptions(world) == {}
    await world.yossi.tap(asked, 1)
    assert await exceptions(world) == {"2070-11-24": []}


@pytest.mark.parametrize("said", ["לא עובד ב-3.12 וב-5.12", "אני בחופש 3-5.12", "לא עובד מחר וגם אאחר היום 20 דקות"])
async def test_days_that_cannot_be_told_for_sure_go_to_a_person(world: World, said: str) -> None:
    assert "הועברה למשרד" in words(await world.yossi.say(said))
    assert await exceptions(world) == {}
    assert await called_for(world) == "professional_wrote"


async def test_visits_that_stand_on_a_day_off_are_for_people_and_told_to_the_professional(
    world: World, clock: ManualClock
) -> None:
    await with_staff(world)
    await two_visits(world, clock)
    told = words(await world.yossi.say("חולה היום"))
    assert "בלפור 11" in told
    assert "ויצמן 3" in told
    assert await attentions(world) == ["professional_off", "professional_off"]
    alert = words(await world.phone(STAFF, "מורן").unread())
    assert "בלפור 11" in alert
    assert "ויצמן 3" in alert
    assert await world.customer.unread() == []
    assert [one.status for one in await bookings(world)] == [BookingStatus.confirmed] * 2


async def test_visits_of_a_day_off_that_is_taken_back_need_nobody(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    said = await world.yossi.say("חולה היום")
    assert await attentions(world) == ["professional_off", "professional_off"]
    await world.yossi.tap(next(one for one in said if one.buttons), 0)
    assert await attentions(world) == [None, None]


async def test_staff_get_a_link_by_which_the_day_is_planned_anew(world: World, clock: ManualClock) -> None:
    world.runtime.settings.http = HttpSettings(public_url="https://proli.example")
    await with_staff(world)
    await two_visits(world, clock)
    day = f"{clock.now():%Y-%m-%d}"
    await world.yossi.say("חולה היום")
    alert = words(await world.phone(STAFF, "מורן").unread())
    async with world.runtime.db.begin(world.business_id) as session:
        yossi = (await session.scalars(select(Professional.id).where(Professional.phone_e164 == YOSSI))).one()
    where = f"https://proli.example/b/moran/calendar?mode=day&professional={yossi}&replan={yossi}&date={day}"
    assert alert.splitlines()[-1] == where


async def test_an_offer_of_a_day_off_passes_on_at_once(world: World) -> None:
    await world.customer.say(ASKED.format(street="רחוב בלפור 11", day="מחר", hour=10))
    await world.yossi.unread()
    await world.yossi.say("מחר אני לא עובד")
    async with world.runtime.db.begin(world.business_id) as session:
        statuses = (await session.scalars(select(Offer.status).order_by(Offer.id))).all()
    assert list(statuses) == [OfferStatus.declined, OfferStatus.open]
    assert await world.moshe.unread()


@pytest.mark.parametrize(
    ("said", "day", "spans"),
    [
        ("תפוס עד 15:00", "2070-11-23", [[480, 540], [900, 1080]]),
        ("busy until 4pm", "2070-11-23", [[480, 540], [960, 1080]]),
        ("תפוס מחר מ-12 עד 15", "2070-11-24", [[480, 720], [900, 1080]]),
        ("מחר תפוס מ 13 עד 15", "2070-11-24", [[480, 780], [900, 1080]]),
        ("תפוס מחר בין 13 ל 15", "2070-11-24", [[480, 780], [900, 1080]]),
        ("תפוס היום מ 14 עד 16", "2070-11-23", [[480, 840], [960, 1080]]),
        ("busy tomorrow from 13 to 15", "2070-11-24", [[480, 780], [900, 1080]]),
        ("מחר אני לא זמין בין 9 ל 12", "2070-11-24", [[480, 540], [720, 1080]]),
        ("לא פנוי ביום שלישי מ9 עד 12", "2070-11-25", [[480, 540], [720, 1080]]),
        ("לא עובד היום אחרי 15:00", "2070-11-23", [[480, 900]]),
    ],
)
async def test_hours_that_are_busy_are_open_no_more(world: World, said: str, day: str, spans: list[list[int]]) -> None:
    await world.yossi.say(said)
    assert await exceptions(world) == {day: spans}
    assert await called_for(world) is None


@pytest.mark.parametrize("said", ["הלקוח לא פנוי מחר בין 9 ל 12", "לא זמין", "תפוס עם 2 לקוחות", "לא פנוי מחר ב 10"])
async def test_words_of_no_hours_of_ones_own_close_none(world: World, said: str) -> None:
    await world.yossi.say(said)
    assert await exceptions(world) == {}


async def test_visits_that_stand_in_busy_hours_are_for_people_like_those_of_a_day_off(
    world: World, clock: ManualClock
) -> None:
    await with_staff(world)
    await two_visits(world, clock)
    told = words(await world.yossi.say("תפוס עד 11"))
    assert "בלפור 11" in told
    assert "המשרד יטפל" in told
    assert "ויצמן 3" not in told
    assert await attentions(world) == ["professional_off", None]
    alert = words(await world.phone(STAFF, "מורן").unread())
    assert "בלפור 11" in alert
    assert "ויצמן 3" not in alert


async def test_an_offer_of_busy_hours_passes_on_at_once(world: World) -> None:
    await world.customer.say(ASKED.format(street="רחוב בלפור 11", day="מחר", hour=10))
    await world.yossi.unread()
    await world.yossi.say("תפוס מחר מ-9 עד 12")
    async with world.runtime.db.begin(world.business_id) as session:
        statuses = (await session.scalars(select(Offer.status).order_by(Offer.id))).all()
    assert list(statuses) == [OfferStatus.declined, OfferStatus.open]


@pytest.mark.parametrize(("said", "asks"), [("תפוס עד 4", "לאיזה יום"), ("busy until 4pm", "לאיזה יום")])
async def test_busy_until_an_hour_that_is_over_is_not_taken_for_tomorrow(
    world: World, clock: ManualClock, said: str, asks: str
) -> None:
    clock.advance(hours=7, minutes=34)  # 16:34
    assert asks in words(await world.yossi.say(said))
    assert await exceptions(world) == {}
    await world.yossi.say("תפוס מחר עד 16")
    assert list(await exceptions(world)) == ["2070-11-24"]


async def test_busy_as_the_answer_to_an_offer_declines_it_and_changes_no_hours(world: World) -> None:
    await world.customer.say(ASKED.format(street="רחוב בלפור 11", day="מחר", hour=10))
    await world.yossi.unread()
    await world.yossi.say("דחה, אני עסוק עד 18")
    async with world.runtime.db.begin(world.business_id) as session:
        assert (await session.scalars(select(Offer.status).order_by(Offer.id))).first() == OfferStatus.declined
    assert await exceptions(world) == {}
