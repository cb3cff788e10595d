"""Every outgoing message is a row first, said once, in order, and never stuck."""

import asyncio
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text, update

from proli.channels.base import SendDelayed
from proli.channels.registry import CHANNELS
from proli.channels.simulator.channel import SimulatorChannel
from proli.conversations.early import note_sent
from proli.conversations.failures import SendFailure, Unsent
from proli.conversations.models import Author, Conversation, Delivery, Message, Owner
from proli.conversations.outbox import (
    MAX_ATTEMPTS,
    Parcel,
    claim_parcel,
    mark_failed,
    mark_for_retry,
    queue_text,
    restart_attempt,
)
from proli.conversations.queries import get_conversation
from proli.conversations.reach import chat_id_of
from proli.knowledge.text import without_marks
from proli.platform.runtime import Runtime
from proli.playbooks.texts import say
from proli.playbooks.words import say_when
from tests.conftest import ManualClock
from tests.conversations.conftest import Desk


@pytest.fixture
async def outbox(desk: Desk) -> Desk:
    """A conversation in which nothing waits for an answer."""
    await desk.receive(desk.said("שלום", "M1"))
    await desk.take_over()
    await desk.world.queue.drain()
    return desk


async def queue(desk: Desk, words: str, *, key: str | None = None, author: Author = Author.system) -> int | None:
    conversation_id = (await desk.conversation()).id
    async with desk.world.runtime.db.begin(desk.world.business_id) as session:
        conversation = await get_conversation(session, conversation_id)
        now = desk.world.runtime.clock.now()
        return await queue_text(session, conversation, words, dedup_key=key or words, author=author, now=now)


async def claim(desk: Desk) -> Parcel | None:
    conversation_id = (await desk.conversation()).id
    async with desk.world.runtime.db.begin(desk.world.business_id) as session:
        return await claim_parcel(session, conversation_id=conversation_id, now=desk.world.runtime.clock.now())


async def test_the_same_thing_queued_twenty_times_at_once_is_said_once(outbox: Desk) -> None:
    queued = await asyncio.gather(*(queue(outbox, "שלום", key="greeting") for _ in range(20)))
    assert len([one for one in queued if one is not None]) == 1
    await outbox.world.queue.drain()
    assert [message.text for message in await outbox.replies()] == ["שלום"]


async def test_two_keys_are_two_messages_even_with_the_same_words(outbox: Desk) -> None:
    assert await queue(outbox, "שלום", key="one")
    assert await queue(outbox, "שלום", key="two")
    assert len(await outbox.replies()) == 2


async def test_messages_are_claimed_in_the_order_they_were_queued(outbox: Desk) -> None:
    for word in ("א", "ב"):
        await queue(outbox, word)
    first = await claim(outbox)
    assert first is not None
    assert first.text == "א"
    again = await claim(outbox)
    assert again is not None
    assert (again.text, again.in_doubt_since) == ("א", outbox.world.runtime.clock.now())


async def test_two_who_claim_at_once_do_not_both_think_it_fresh(outbox: Desk) -> None:
    await queue(outbox, "שלום")
    claimed = await asyncio.gather(*(claim(outbox) for _ in range(8)))
    assert len([parcel for parcel in claimed if parcel is not None and parcel.in_doubt_since is None]) == 1


async def test_what_the_agent_wrote_is_withheld_and_what_the_system_wrote_is_sent_when_a_human_answers(
    outbox: Desk,
) -> None:
    await queue(outbox, "של הסוכן", author=Author.ai)
    await queue(outbox, "של המערכת")
    await outbox.world.queue.drain()
    assert [(one.text, one.delivery) for one in await outbox.replies()] == [
        ("של הסוכן", Delivery.withheld),
        ("של המערכת", Delivery.sent),
    ]


class Moody(SimulatorChannel):
    """A provider that is away for the first sends."""

    def __init__(self, away: int) -> None:
        self.away, self.sent = away, list[str]()

    async def send(self, runtime: Runtime, parcel: Parcel) -> str:
        if self.away:
            self.away -= 1
            raise SendDelayed("away")
        self.sent.append(parcel.text)
        return await super().send(runtime, parcel)


async def test_a_message_queued_behind_one_that_waits_does_not_take_its_wake_up(
    outbox: Desk, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    moody = Moody(away=1)
    monkeypatch.setitem(CHANNELS, "simulator", moody)
    await queue(outbox, "ראשונה")
    await outbox.world.queue.drain()
    await queue(outbox, "שנייה")
    await outbox.world.queue.drain()
    assert moody.sent == []
    clock.advance(seconds=3)
    await outbox.world.queue.drain(until=clock.now())
    assert moody.sent == ["ראשונה", "שנייה"]


async def test_a_message_that_waits_has_one_job_that_is_due_when_it_is(
    outbox: Desk, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(CHANNELS, "simulator", Moody(away=1))
    await queue(outbox, "ראשונה")
    for number in range(4):
        await queue(outbox, f"עוד {number}")
        await outbox.world.queue.drain()
    async with outbox.world.runtime.db.begin_operator() as session:
        found = await session.execute(text("SELECT scheduled_at FROM procrastinate_jobs"))
        (job,) = found.all()
    first, *_ = await outbox.replies()
    assert job.scheduled_at == first.next_attempt_at
    assert timedelta(seconds=2) <= job.scheduled_at - clock.now() <= timedelta(seconds=3)


async def test_a_message_is_given_up_after_its_last_try_and_those_behind_it_go_out(
    outbox: Desk, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    moody = Moody(away=MAX_ATTEMPTS)
    monkeypatch.setitem(CHANNELS, "simulator", moody)
    await queue(outbox, "ראשונה")
    await queue(outbox, "שנייה")
    for _ in range(MAX_ATTEMPTS + 1):
        await outbox.world.queue.drain(until=clock.now())
        clock.advance(minutes=16)
    assert [one.delivery for one in await outbox.replies()] == [Delivery.failed, Delivery.sent]
    assert moody.sent == ["שנייה"]


async def test_what_the_provider_has_shown_is_neither_failed_nor_sent_anew(outbox: Desk) -> None:
    await queue(outbox, "שלום")
    parcel = await claim(outbox)
    assert parcel is not None
    async with outbox.world.runtime.db.begin(outbox.world.business_id) as session:
        await session.execute(update(Message).values(delivery=Delivery.delivered))
        await mark_failed(session, parcel, unsent=Unsent(SendFailure.unreachable, "lost"))
        await note_sent(session, message_id=parcel.message_id, external_id="late")
    (message,) = await outbox.replies()
    assert (message.delivery, message.external_id) == (Delivery.delivered, None)
    assert await claim(outbox) is None


async def test_a_worker_taken_for_dead_changes_nothing_of_what_another_has_begun_since(
    outbox: Desk, clock: ManualClock
) -> None:
    """Else the message that the other has just sent would be sent once more, or lie with the dead letters."""
    await queue(outbox, "שלום")
    slow, other = await claim(outbox), await claim(outbox)
    assert slow is not None
    assert other is not None
    conversation_id, lost = (await outbox.conversation()).id, Unsent(SendFailure.unreachable, "lost")
    async with outbox.world.runtime.db.begin(outbox.world.business_id) as session:
        assert not await restart_attempt(session, slow, now=clock.now())
        await mark_failed(session, slow, unsent=lost)
        await mark_for_retry(
            session, parcel=slow, conversation_id=conversation_id, unsent=lost, in_doubt=False, now=clock.now()
        )
    (message,) = await outbox.replies()
    assert (message.delivery, message.attempts, message.error) == (Delivery.sending, other.attempts, None)
    async with outbox.world.runtime.db.begin(outbox.world.business_id) as session:
        assert await restart_attempt(session, other, now=clock.now())


async def test_a_text_of_ours_keeps_its_code_and_values_and_free_words_have_none(outbox: Desk) -> None:
    await queue(outbox, say("on_the_way", "he", professional="יוסי", phone="052-1234567"), key="way")
    await queue(outbox, "אני כבר שם", key="free")
    said = await claim(outbox)
    assert said is not None
    assert (said.code, said.values) == ("on_the_way", {"professional": "יוסי", "phone": "052-1234567"})
    assert said.text == say("on_the_way", "he", professional="יוסי", phone="052-1234567")
    await sent(outbox, said)
    free = await claim(outbox)
    assert free is not None
    assert (free.text, free.code, free.values) == ("אני כבר שם", None, {})


async def sent(desk: Desk, parcel: Parcel) -> None:
    async with desk.world.runtime.db.begin(desk.world.business_id) as session:
        await note_sent(session, message_id=parcel.message_id, external_id=f"sent-{parcel.message_id}")


async def test_a_number_of_a_provider_nobody_has_put_down_is_a_fault() -> None:
    assert chat_id_of("green_api", "+972501234567") == "972501234567@c.us"
    assert chat_id_of("simulator", "+972501234567") == "+972501234567"
    with pytest.raises(KeyError):
        chat_id_of("telegraph", "+972501234567")


async def test_what_would_come_too_late_does_not_go_out_and_what_stands_behind_it_does(
    outbox: Desk, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    moody = Moody(away=3)
    monkeypatch.setitem(CHANNELS, "simulator", moody)
    conversation_id = (await outbox.conversation()).id
    async with outbox.world.runtime.db.begin(outbox.world.business_id) as session:
        conversation, now = await get_conversation(session, conversation_id), clock.now()
        for words, minutes in (("תזכורת", 60), ("אחרי התזכורת", None)):
            until = None if minutes is None else now + timedelta(minutes=minutes)
            await queue_text(
                session, conversation, words, dedup_key=words, author=Author.system, useful_until=until, now=now
            )
    await outbox.world.queue.drain(until=clock.now())
    clock.advance(hours=3)
    moody.away = 0
    await outbox.world.queue.drain(until=clock.now())
    assert [(one.text, one.delivery) for one in await outbox.replies()] == [
        ("תזכורת", Delivery.lapsed),
        ("אחרי התזכורת", Delivery.sent),
    ]
    assert moody.sent == ["אחרי התזכורת"]


@pytest.mark.parametrize(("author", "sent"), [(Author.system, "היום"), (Author.ai, "היום"), (Author.human, "מחר")])
async def test_what_waits_past_midnight_tells_the_day_as_it_is_read_and_a_persons_words_stay(
    outbox: Desk, clock: ManualClock, author: Author, sent: str
) -> None:
    clock.advance(hours=14, minutes=57)  # 23:57 at the business
    visit, zone = clock.at + timedelta(hours=9), ZoneInfo("Asia/Jerusalem")
    words = say(
        "visit_moved_to", "he", was="-", when=say_when(visit, now=clock.at, zone=zone, language="he"), address=""
    )
    assert "מחר" in words
    await queue(outbox, words if author == Author.system else str(words), key="visit", author=author)
    async with outbox.world.runtime.db.begin(outbox.world.business_id) as session:
        await session.execute(update(Conversation).values(owner=Owner.ai))
    clock.advance(minutes=5)
    parcel = await claim(outbox)
    assert parcel is not None
    assert sent in parcel.text
    assert ("מחר" in parcel.text) == (sent == "מחר")
    assert all("מחר" not in value for value in parcel.values.values())


async def test_words_put_right_once_are_put_right_from_there(outbox: Desk, clock: ManualClock) -> None:
    """Each attempt that certainly failed begins with the words of the attempt before."""
    clock.advance(hours=14, minutes=57)
    visit, zone = clock.at + timedelta(hours=9), ZoneInfo("Asia/Jerusalem")
    await queue(outbox, say_when(visit, now=clock.at, zone=zone, language="he"), key="visit")
    read = list[str]()
    for _ in range(3):
        parcel = await claim(outbox)
        assert parcel is not None
        read.append(without_marks(parcel.text))
        async with outbox.world.runtime.db.begin(outbox.world.business_id) as session:
            await session.execute(update(Message).where(Message.dedup_key == "visit").values(delivery=Delivery.queued))
        clock.advance(days=1)
    assert read == ["מחר בשעה 8:57", "היום בשעה 8:57", "יום ב׳ 24.11 בשעה 8:57"]


async def test_what_waits_past_midnight_untried_tells_the_day_as_it_is_read_however_it_is_claimed(
    outbox: Desk, clock: ManualClock
) -> None:
    """No job came before midnight; the one that comes then sends it."""
    clock.advance(hours=14, minutes=57)
    visit, zone = clock.at + timedelta(hours=9), ZoneInfo("Asia/Jerusalem")
    await queue(outbox, say_when(visit, now=clock.at, zone=zone, language="he"), key="visit")
    clock.advance(minutes=5)
    await outbox.world.queue.drain()
    assert [without_marks(message.text) for message in await outbox.replies()][-1] == "היום בשעה 8:57"


async def test_an_attempt_in_doubt_that_begins_anew_after_midnight_tells_the_day_as_it_is_read(
    outbox: Desk, clock: ManualClock
) -> None:
    clock.advance(hours=14, minutes=57)
    visit, zone = clock.at + timedelta(hours=9), ZoneInfo("Asia/Jerusalem")
    await queue(outbox, say_when(visit, now=clock.at, zone=zone, language="he"), key="visit")
    first = await claim(outbox)
    assert first is not None
    clock.advance(minutes=5)
    doubted = await claim(outbox)
    assert doubted is not None
    assert doubted.text == first.text
    async with outbox.world.runtime.db.begin(outbox.world.business_id) as session:
        words = await restart_attempt(session, doubted, now=clock.now())
    assert words is not None
    assert without_marks(words) == "היום בשעה 8:57"
