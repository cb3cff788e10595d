"""A burst is given time to end; a tap and a whole answer are not kept waiting."""

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from proli.chat.settling import answers_in_full
from proli.conversations.models import Conversation, Message, MessageKind
from proli.mind.hearing.burst import CANCEL
from proli.platform.agent_settings import AgentSettings
from tests.chaos.waiting import until
from tests.conftest import SUNDAY_MORNING
from tests.conversations.conftest import Desk, desk

__all__ = ["desk"]
ZONE = ZoneInfo("Asia/Jerusalem")
OFFERED = ["2070-11-24T08:00:00+00:00", "2070-11-24T12:00:00+00:00"]


def whole(asked: str | None, words: str, *, offered: Sequence[str] = (), kind: MessageKind = MessageKind.text) -> bool:
    conversation = Conversation(asked=asked, offered=list(offered))
    message = Message(kind=kind, text=words, sent_at=SUNDAY_MORNING)
    return answers_in_full(conversation, message, zone=ZONE)


@pytest.mark.parametrize(
    ("asked", "words", "offered"),
    [
        ("time", "2", OFFERED),
        ("time", "מחר ב-16:00", ()),
        ("time", "tomorrow at 4pm", ()),
        ("time", "כן", OFFERED[:1]),
        ("city", "רמת גן", ()),
        ("address", "ביאליק 30", ()),
        ("address", "רחוב ביאליק 30 קומה 2", ()),
        (CANCEL, "כן", ()),
        (CANCEL, "לא", ()),
    ],
)
def test_an_answer_that_leaves_nothing_open_is_whole(asked: str, words: str, offered: Sequence[str]) -> None:
    assert whole(asked, words, offered=offered)


@pytest.mark.parametrize(
    ("asked", "words", "offered"),
    [
        (None, "ביאליק 30", ()),
        ("time", "7", OFFERED),
        ("time", "מחר", ()),
        ("time", "כן", OFFERED),
        ("time", "מחר ב-16:00 ו", ()),
        ("city", "רמת גן,", ()),
        ("city", "אני גר ברמת", ()),
        ("address", "רחוב ביאליק", ()),
        ("address", "ביאליק 30 אבל אל תבואו לפני שאני חוזר מהעבודה כי אין אף אחד בבית", ()),
        ("trade", "נזילה", ()),
        (CANCEL, "רגע", ()),
    ],
)
def test_one_that_may_go_on_is_not(asked: str | None, words: str, offered: Sequence[str]) -> None:
    assert not whole(asked, words, offered=offered)


def test_a_voice_note_may_always_go_on() -> None:
    assert not whole("city", "רמת גן", kind=MessageKind.audio)


@pytest.fixture
async def patient(desk: Desk) -> Desk:
    """A conversation whose bursts are given a minute, in which the town was asked for."""
    await desk.receive(desk.said("שלום, יש לי נזילה מתחת לכיור", "M1"))
    await desk.world.queue.drain()
    assert (await desk.conversation()).asked == "city"
    desk.world.runtime.settings.agent = AgentSettings(settle_s=60, settle_max_s=120)
    return desk


async def waits_s(desk: Desk) -> float:
    """In how many seconds the conversation is looked at."""
    async with desk.world.runtime.db.begin_operator() as session:
        due = text("SELECT extract(epoch FROM scheduled_at - now()) FROM procrastinate_jobs WHERE status = 'todo'")
        return float((await session.scalars(due)).one())


async def answered(desk: Desk) -> bool:
    await desk.world.queue.drain()
    return len(await desk.replies()) == 2


async def test_a_tap_is_answered_at_once(patient: Desk) -> None:
    await patient.receive(replace(patient.said("רמת גן", "M2"), button_id="city"))
    assert await answered(patient)


async def test_a_whole_answer_is_not_given_the_time_of_a_burst(patient: Desk) -> None:
    await patient.receive(patient.said("רמת גן", "M2"))
    await until(lambda: answered(patient), "the town was kept waiting")


async def test_what_may_go_on_is_looked_at_early_and_then_given_its_time(patient: Desk) -> None:
    await patient.receive(patient.said("זה ברמת", "M2"))
    assert await waits_s(patient) < 1
    await until(lambda: looked_at(patient), "nobody looked")
    assert len(await patient.replies()) == 1


async def looked_at(desk: Desk) -> bool:
    await desk.world.queue.drain()
    return await waits_s(desk) > 5


async def test_long_words_and_an_unasked_conversation_have_the_usual_time(desk: Desk) -> None:
    desk.world.runtime.settings.agent = AgentSettings(settle_s=60, settle_max_s=120)
    await desk.receive(desk.said("רמת גן", "M1"))
    assert await waits_s(desk) > 5
