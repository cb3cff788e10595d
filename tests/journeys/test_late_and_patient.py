"""Who hears of a delay and does not mind is thanked, and does not read the notice again."""

import pytest

from tests.conftest import ManualClock
from tests.desk.workdays import two_visits
from tests.journeys.scenes import played_once
from tests.journeys.world import World


@played_once
async def late(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    await world.yossi.say("אאחר 20 דקות")
    (notice,) = await world.customer.unread()
    assert "העיכוב" in notice.text


@pytest.mark.parametrize(
    "said",
    ["אין בעיה", "בסדר", "מחכים", "אין בעיה נחכה", "לא נורא", "קורה", "קח את הזמן", "אוקי ממתינים", "👍", "אין לחץ",
     "סבבה", "no problem"],
)  # fmt: skip
async def test_who_does_not_mind_is_thanked(world: World, clock: ManualClock, said: str) -> None:
    await late(world, clock)
    (answer,) = await world.customer.say(said)
    assert answer.text in ("תודה על ההבנה.", "Thank you for your understanding.")


@pytest.mark.parametrize(
    "said", ["לא בסדר", "זה נורא", "בסדר אבל עד מתי?", "מתי הוא מגיע?", "אוקיי אבל יש לי פגישה ב-12"]
)
async def test_who_minds_or_asks_is_not_thanked_for_patience(world: World, clock: ManualClock, said: str) -> None:
    await late(world, clock)
    answers = await world.customer.say(said)
    assert answers
    assert "ההבנה" not in answers[0].text
