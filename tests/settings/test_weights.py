"""Weights tried before they are set: whom leads would have gone to."""

from sqlalchemy import select, update

from proli.dispatch.models import Ranking
from proli.professionals.models import Professional
from tests.console import Browser
from tests.journeys.world import YOSSI, World

PREVIEW = "/api/businesses/moran/weights/preview"
EVERYTHING = "שלום, צריך להתקין ברז חדש במטבח, ברמת גן, רחוב ביאליק 30 קומה 2, מחר בשעה 16:00"
NOTHING = dict.fromkeys(("rating", "distance", "load", "fairness", "earliest"), 0)


async def test_leads_that_would_have_gone_to_somebody_else_are_counted_and_shown(
    manager: Browser, world: World
) -> None:
    async with world.runtime.db.begin(world.business_id) as session:
        farther = update(Professional).where(Professional.phone_e164 == YOSSI).values(base_locality="גבעתיים")
        await session.execute(farther)
    await world.customer.say(EVERYTHING)
    (offer,) = await world.yossi.unread()
    await world.yossi.tap(offer, 1)
    async with world.runtime.db.begin(world.business_id) as session:
        lead_ids = (await session.scalars(select(Ranking.lead_id))).all()
    assert len(lead_ids) == 2, "once more after the refusal, which does not count"
    assert (await manager.call("POST", PREVIEW, {"weights": {}})).json() == {"leads": 1, "changed": 0, "examples": []}
    near = (await manager.call("POST", PREVIEW, {"weights": {**NOTHING, "distance": 1}})).json()
    assert (near["leads"], near["changed"]) == (1, 1)
    (example,) = near["examples"]
    assert example["lead_id"] == lead_ids[0]
    assert (example["was"]["name"], example["would_be"]["name"]) == ("יוסי כהן", "משה לוי")


async def test_weights_of_which_nothing_counts_are_refused(manager: Browser) -> None:
    refused = await manager.call("POST", PREVIEW, {"weights": NOTHING})
    assert (refused.status_code, refused.json()["code"]) == (422, "bad_setting")
