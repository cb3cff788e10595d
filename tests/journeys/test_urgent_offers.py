"""An offer is called urgent where somebody said so, is in danger, or wants it now; not because leaks mostly are."""

import pytest

from tests.journeys.test_two_requests import says
from tests.journeys.world import World

HOME = "רמת גן, רחוב ביאליק 12"


@pytest.mark.parametrize(
    ("said", "urgent"),
    [
        (f"יש לי נזילה בכיור, {HOME}, מחר בשעה 10:00", False),
        (f"נזילה בתקרה, {HOME}, ביום רביעי ב-9 בבוקר", False),
        (f"סתימה בכיור {HOME} מחר ב12", False),
        (f"הברז מטפטף, {HOME}, מחר ב-16:00", False),
        (f"האסלה סתומה, {HOME}, מחר ב-8 בבוקר", False),
        (f"leak under the sink, {HOME}, tomorrow at 10:00", False),
        (f"נזילה, לא דחוף, {HOME}, מחר בשעה 10:00", False),
        (f"נזילה דחוף!! {HOME}, מחר בשעה 10:00", True),
        (f"יש לי נזילה בכיור, {HOME}, זה דחוף לי, מחר בשעה 10:00", True),
        (f"נזילה בכיור, {HOME}, היום בשעה 15:00", True),
        (f"יש לי נזילה בכיור, {HOME}, כמה שיותר מהר", True),
        (f"הצפה בבית, המים לא נסגרים, {HOME}, עכשיו", True),
    ],
)
async def test_an_offer_is_urgent_by_what_was_said_and_when_it_is_wanted(
    world: World, *, said: str, urgent: bool
) -> None:
    answer = await says(world, said)
    offers = [one.text for one in await world.yossi.unread() if one.buttons]
    assert len(offers) == 1, answer
    assert offers[0].startswith(("דחוף!", "Urgent!")) == urgent
