"""Whoever asks not to be called is written to, and nobody is told to call them."""

import pytest
from sqlalchemy import select

from proli.leads.models import Lead
from tests.journeys.world import World


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("אל תתקשרו אליי, תכתבו כאן", "נמשיך כאן בכתב"),
        ("נא לא להתקשר", "נמשיך כאן בכתב"),
        ("please don't call me", "keep to writing"),
        ("не звоните мне", "נמשיך כאן בכתב"),
    ],
)
async def test_a_request_goes_on_in_writing_and_says_so_to_whoever_comes(world: World, said: str, answer: str) -> None:
    await world.customer.say("יש לי נזילה בכיור ברמת גן")
    told = "\n".join(message.text for message in await world.customer.say(said))
    assert answer in told
    assert "בטלפון" not in told
    async with world.runtime.db.begin(world.business_id) as session:
        (lead,) = (await session.scalars(select(Lead))).all()
    assert lead.attention is None
    assert said in lead.description
