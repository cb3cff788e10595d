"""The short way through the outbox and the careful one are of one mind about what stands against a message."""

from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import text, update

from proli.conversations.express import Left, take_plain
from proli.conversations.models import Author, Conversation, Delivery, Message, Owner
from proli.conversations.outbox import Parcel, claim_parcel, queue_text
from proli.conversations.queries import get_conversation
from tests.conftest import ManualClock
from tests.conversations.conftest import Desk

SOON, AGO = timedelta(minutes=5), timedelta(minutes=-5)


@pytest.fixture
async def desk_with_gate(desk: Desk) -> Desk:
    """A conversation in which nothing waits, at a number that has sent before."""
    await desk.receive(desk.said("שלום", "M1"))
    await desk.world.queue.drain()
    clock = desk.world.runtime.clock
    assert isinstance(clock, ManualClock)
    clock.advance(seconds=60)
    return desk


async def test_what_goes_the_short_way_is_what_the_careful_one_would_send_untouched(desk_with_gate: Desk) -> None:
    desk = desk_with_gate
    runtime, business_id = desk.world.runtime, desk.world.business_id
    conversation_id, now = (await desk.conversation()).id, runtime.clock.now()
    cases = product(
        Author,
        Owner,
        (None, SOON, AGO, timedelta(0)),
        (Delivery.queued, Delivery.unknown),
        (0, 1),
        (None, AGO),
    )
    seen = set[tuple[bool, str]]()
    for at, (author, owner, useful, delivery, attempts, waited) in enumerate(cases):
        if author == Author.contact:
            continue
        async with runtime.db.begin(business_id) as session:
            conversation = await get_conversation(session, conversation_id)
            queued = await queue_text(
                session, conversation, f"שלום {at}", dedup_key=f"case:{at}", author=author, now=now
            )
            await session.execute(update(Conversation).values(owner=owner))
            state = {
                "delivery": delivery, "attempts": attempts,
                "attempted_at": now if attempts or delivery == Delivery.unknown else None,
                "useful_until": now + useful if useful is not None else None,
                "next_attempt_at": now + waited if waited is not None else None,
            }  # fmt: skip
            await session.execute(update(Message).where(Message.id == queued).values(state))
            await session.execute(text("UPDATE send_gates SET next_at = :now - interval '1 minute'"), {"now": now})
        asked = list[Conversation]()

        async def allows(conversation: Conversation, asked: list[Conversation] = asked) -> bool:
            asked.append(conversation)
            return True

        async with runtime.db.begin(business_id) as session:
            careful = await claim_parcel(session, conversation_id=conversation_id, now=now, allows=allows)
            became = await session.scalar(text("SELECT delivery FROM messages WHERE id = :id"), {"id": queued})
            await session.rollback()
        short = await take_plain(
            runtime.db, runtime.settings, business_id=business_id, conversation_id=conversation_id, now=now
        )
        untouched = (
            careful is not None and careful.in_doubt_since is None and careful.attempts == 1 and not careful.waited
        )
        assert isinstance(short, Parcel) is untouched, (author, owner, useful, delivery, attempts, waited)
        assert isinstance(short, Parcel | Left)
        if untouched:
            assert bool(asked) is (author != Author.human)
        seen.add((untouched, str(became)))
        async with runtime.db.begin(business_id) as session:
            await session.execute(text("DELETE FROM messages WHERE id = :id"), {"id": queued})
    assert {(True, "sending"), (False, "sending"), (False, "withheld"), (False, "lapsed")} == seen
