"""A visit whose time does not suit stands until another is approved, and nobody drives in vain to it meanwhile."""

import pytest
from sqlalchemy import select

from proli.leads.models import EntryKind, LeadEntry
from tests.conftest import ManualClock
from tests.journeys.test_changed_minds import booked, visits
from tests.journeys.test_handed_over import office, words
from tests.journeys.test_two_requests import KEPT, both_booked, held, says, standing, wiring_begun
from tests.journeys.world import Phone, World

__all__ = ["office"]

UNSUITED = "לא מתאים"


async def told(phone: Phone) -> str:
    return words(await phone.unread()).replace("\u2068", "").replace("\u2069", "")


@pytest.mark.parametrize(
    "said",
    [
        "מחר לא מתאים לי בסוף", "משהו צץ, לא נוכל מחר", "מחר אי אפשר", "הילדה חולה אי אפשר מחר", "לצערי מחר לא מסתדר",
        "אנחנו לא בבית מחר", "מחר לא עובד לי", "אין מי שיפתח מחר", "לא נהיה מחר, נסענו", "tomorrow doesnt work for me",
        "לא לבוא מחר, הילד חולה",
    ],
)  # fmt: skip
async def test_a_time_that_does_not_suit_is_known_to_whoever_comes_and_to_the_office_at_once(
    world: World, office: Phone, said: str
) -> None:
    await booked(world)
    answer = await says(world, said)
    assert "13:00" in answer
    if "לבטל" not in answer:
        assert "נשאר כפי שנקבע" in answer or "stands as planned" in answer
    assert await visits(world) == ["24 13:00"]
    assert UNSUITED in await told(world.yossi)
    assert said.rsplit(maxsplit=1)[-1] in await told(office)


@pytest.mark.parametrize("said", ["וואי לא לבוא! הילד חולה, נקבע לשבוע הבא", "אל תבואו מחר, תבואו ביום רביעי"])
async def test_who_forbids_the_visit_and_names_another_time_is_offered_that_time(
    world: World, office: Phone, said: str
) -> None:
    await booked(world)
    answer = await says(world, said)
    assert "מה מתאים?" in answer
    assert "נשאר כפי שנקבע" in answer
    assert await visits(world) == ["24 13:00"]
    assert UNSUITED in await told(world.yossi)
    assert UNSUITED in await told(office)


async def test_who_forbids_it_and_names_none_has_cancelled(world: World, office: Phone) -> None:
    await booked(world)
    assert "בוטל" in await says(world, "וואי לא לבוא! הילד חולה")
    assert await visits(world) == []
    assert UNSUITED not in await told(world.yossi)


@pytest.mark.parametrize(
    "said",
    ["בסוף כן מתאים", "בסוף אהיה בבית", "הסתדר, כן מתאים מחר", "טעיתי אני כן בבית מחר", "תבואו כרגיל", "בסוף כן אוכל",
     "תשכחו מזה, תבואו כמו שקבענו", "עזבו, שיבוא מחר", "מחר כן מתאים לי"],
)  # fmt: skip
async def test_who_takes_it_back_is_believed_and_both_hear_that_too(world: World, office: Phone, said: str) -> None:
    await booked(world)
    await says(world, "מחר לא מתאים לי בסוף")
    assert UNSUITED in await told(world.yossi)
    await told(office)
    answer = await says(world, said)
    assert "הודענו לצוות שהמועד מתאים" in answer
    assert "מתאים בכל זאת" in await told(world.yossi)
    assert "מתאים בכל זאת" in await told(office)
    assert await visits(world) == ["24 13:00"]


async def test_taken_back_while_another_time_is_asked_for_the_visit_stays_as_it_was(world: World) -> None:
    await booked(world)
    await says(world, "לא נוכל מחר")
    await says(world, "אז ביום רביעי ב-10")
    assert await held(world) == {"plumber": "26 10:00"}
    await says(world, "בסוף כן מתאים מחר")
    assert await held(world) == {}
    assert await visits(world) == ["24 13:00"]
    assert "מתאים בכל זאת" in await told(world.yossi)


async def test_said_again_nobody_is_told_anew(world: World, office: Phone) -> None:
    await booked(world)
    for said in ("לא נוכל מחר", "מחר לא מתאים"):
        await says(world, said)
    assert (await told(world.yossi)).count(UNSUITED) == 1
    async with world.runtime.db.begin(world.business_id) as session:
        lines = await session.scalars(select(LeadEntry).where(LeadEntry.kind == EntryKind.time_refused))
        assert len(lines.all()) == 1


@pytest.mark.parametrize(
    "said",
    [
        "לא אהיה בבית ביום רביעי", "אם לא אהיה בבית תתקשרו", "לא אהיה בבית אבל השכן יפתח",
        "אפשר לבוא גם כשאני לא בבית?",
        "אי אפשר לחנות ברחוב", "לא נוח לחנות ליד הבית", "כן מתאים", "הברז החדש לא טוב",
    ],
)  # fmt: skip
async def test_what_refuses_no_time_worries_nobody(world: World, said: str) -> None:
    await booked(world)
    await says(world, said)
    assert UNSUITED not in await told(world.yossi)


async def test_at_night_whoever_comes_hears_in_the_morning_and_nothing_of_what_was_taken_back_by_then(
    world: World, clock: ManualClock
) -> None:
    await booked(world)
    await told(world.yossi)
    clock.advance(hours=14)
    await says(world, "מחר לא מתאים לי בסוף")
    assert await told(world.yossi) == ""
    clock.advance(minutes=5)
    await says(world, "בסוף כן מתאים")
    clock.advance(hours=10)
    await world.queue.drain(until=clock.now())
    assert "מתאים" not in await told(world.yossi)


@pytest.mark.parametrize(
    "said", ["לא אהיה בבית מחר", "לא נוכל מחר", "יצא לי משהו מחר", "מחר אני לא נמצא", "אין אף אחד בבית מחר"]
)
async def test_beside_a_request_half_told_the_visit_is_meant_and_the_other_goes_on(
    world: World, office: Phone, said: str
) -> None:
    await wiring_begun(world)
    assert "נשאר כפי שנקבע" in await says(world, said)
    assert UNSUITED in await told(world.yossi)
    assert "נזילה" in await told(office)
    assert "הכתובת המדויקת" in await says(world, "רמת גן")
    assert await standing(world) == {"plumber": ("booked", "24 10:00"), "electrician": ("contacted", None)}


async def test_of_two_visits_the_one_on_the_day_is_refused_and_without_a_day_it_is_asked_which(world: World) -> None:
    others = await both_booked(world)
    assert "על איזה ביקור מדובר" in await says(world, "לא אהיה בבית")
    assert UNSUITED not in await told(world.yossi)
    await says(world, "של מחר")
    assert UNSUITED in await told(world.yossi)
    assert UNSUITED not in await told(others["locksmith"])
    await says(world, "לא אהיה בבית ביום רביעי")
    assert UNSUITED in await told(others["locksmith"])
    assert await standing(world) == KEPT


@pytest.mark.parametrize(
    "said",
    [
        "החשמלאי לא צריך, רק את יוסי", "בסוף לא צריך חשמלאי", "עזבו את החשמלאי תשאירו רק את יוסי",
        "תוותרו על החשמלאי", "לא צריך חשמלאי רק אינסטלטור", "וואלה החשמלאי כבר לא רלוונטי", "החשמלאי לא צריך בסוף",
        "החשמלאי לא צריך, תשאירו את האינסטלטור", "don't need the electrician, just the plumber",
    ],
)  # fmt: skip
async def test_the_request_half_told_is_given_up_by_its_name_and_the_visit_stays(world: World, said: str) -> None:
    await wiring_begun(world)
    answer = await says(world, said)
    assert "ללא שינוי: אינסטלציה" in answer or "Unchanged" in answer
    assert await standing(world) == {"plumber": ("booked", "24 10:00"), "electrician": ("cancelled", None)}


@pytest.mark.parametrize(
    "said", ["המים לא צריך לסגור?", "תבטלו, רק את התזכורת", "החשמלאי לא צריך מפתח", "לא צריך לחכות לו", "רק יוסי יבוא?"]
)
async def test_what_gives_up_nobody_by_name_cancels_nothing(world: World, said: str) -> None:
    await wiring_begun(world)
    await says(world, said)
    assert await standing(world) == {"plumber": ("booked", "24 10:00"), "electrician": ("contacted", None)}


async def test_a_question_of_either_is_answered_of_that_one_and_the_telling_goes_on(world: World) -> None:
    await wiring_begun(world)
    answer = await says(world, "באיזו שעה האינסטלטור מגיע?")
    assert "10:00" in answer
    assert "לגבי חשמל: באיזו עיר" in answer
    answer = await says(world, "כמה זמן לוקח החשמלאי?")
    assert "אין לנו כאן תשובה מדויקת" in answer
    assert "באיזו עיר" in answer
    assert "הכתובת המדויקת" in await says(world, "רמת גן")
