"""Whoever speaks while we do is listened to at once, and only what they have heard was said."""

import asyncio
from time import monotonic

import pytest
from loguru import logger

from proli.knowledge.text import without_marks
from proli.voice.rules import CallOutcome
from tests.doubles.green_api import GreenApiDouble
from tests.doubles.twilio import Twilio
from tests.patience import PATIENCE_S
from tests.voice.conftest import Desk
from tests.voice.live.conftest import Call, Tone, conversation_of, in_call, lead_of, thread, words

SLOW_S = 0.04


@pytest.fixture
def voice() -> Tone:
    return Tone(letter_s=SLOW_S)


async def hears(call: Call, seconds: float) -> None:
    """The caller has listened to us for so long."""
    async with asyncio.timeout(PATIENCE_S):
        while call.phone.plays_since is None or monotonic() - call.phone.plays_since < seconds:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_speech_ends_ours_at_once_and_only_what_was_heard_is_remembered(
    twilio: Twilio, desk: Desk, green_api: GreenApiDouble
) -> None:
    async with in_call(twilio, desk, greeted=False) as call:
        await hears(call, 1.0)
        began = monotonic()
        await call.phone.say(words("רגע אני מחפשת דירה לשכירות בחיפה", seconds=1.5))
        (cleared,) = call.phone.cleared
        logger.info("From the caller's first sound to `clear`: {:.0f} ms", (cleared - began) * 1000)
        assert cleared - began < 1.5
        await call.until(lambda turns: len(turns) == 3)
        greeting, said, reply = await call.turns()
        whole = "שלום, כאן לאה, העוזרת הדיגיטלית של מורן. לתשומת ליבך, השיחה מתועדת. במה אפשר לעזור?"
        assert greeting.cut_off
        assert greeting.text
        assert whole.startswith(without_marks(greeting.text))
        assert len(without_marks(greeting.text)) * SLOW_S <= cleared - began + 2.5
        assert said.text == "רגע אני מחפשת דירה לשכירות בחיפה"
        assert [one.text for one in (await thread(desk))[:2]] == [greeting.text, said.text]
        assert not reply.cut_off
        await call.phone.hear_out(within_s=PATIENCE_S)
        assert len(call.phone.cleared) == 1


@pytest.mark.parametrize("meant", ["אהה", "כן", "אוקיי", "מממ", "כן כן הבנתי"])
async def test_who_only_says_go_on_does_not_interrupt(
    twilio: Twilio, desk: Desk, green_api: GreenApiDouble, meant: str
) -> None:
    async with in_call(twilio, desk, greeted=False) as call:
        await hears(call, 0.5)
        await call.phone.say(words(meant, seconds=0.4))
        await call.until(lambda turns: turns[0].ended_at is not None)
        ((_, greeting),) = await call.said()
        assert greeting.endswith("במה אפשר לעזור?")
        assert call.phone.cleared == []
        await call.say("מחפשים דירה לשכירות בחיפה")
        assert (await call.said())[1] == ("caller", "מחפשים דירה לשכירות בחיפה")


async def test_a_voice_of_which_no_word_is_written_yet_takes_the_floor_when_it_lasts(
    twilio: Twilio, desk: Desk, green_api: GreenApiDouble
) -> None:
    async with in_call(twilio, desk, greeted=False) as call:
        await hears(call, 0.5)
        said = words("אני רוצה למכור דירה ברעננה", seconds=1.6)
        said.words = said.words[-1:]
        began = monotonic()
        await call.phone.say(said)
        (cleared,) = call.phone.cleared
        assert 0.5 < cleared - began < 1.5
        await call.until(lambda turns: len(turns) == 3)
        assert (await lead_of(desk)).intent == "sell"


async def test_times_that_were_not_heard_were_not_offered(
    twilio: Twilio, desk: Desk, green_api: GreenApiDouble, voice: Tone
) -> None:
    voice.letter_s = 0.005
    async with in_call(twilio, desk) as call:
        voice.letter_s = SLOW_S
        await call.phone.say(words("מחפשת דירה לקנייה ברעננה ארבעה חדרים עד שלושה מיליון ביום שלישי בבוקר"))
        await hears(call, 0.1)
        assert len((await conversation_of(desk)).offered) > 1
        await call.phone.say(words("רגע שנייה אני רוצה לשאול משהו", seconds=0.4))
        await call.until(lambda turns: len(turns) < 3 or turns[2].cut_off)
        conversation = await conversation_of(desk)
        assert conversation.offered == []
        assert conversation.asked != "time"


async def test_what_comes_while_we_think_is_thought_of_together(
    twilio: Twilio, desk: Desk, green_api: GreenApiDouble, voice: Tone
) -> None:
    voice.letter_s = 0.005
    async with in_call(twilio, desk) as call:
        await call.phone.say(words("אני מחפשת דירה לשכירות בחיפה."))
        await call.until(lambda turns: turns[-1].speaker == "caller")
        await call.phone.say(words("שלושה חדרים עד חמשת אלפים", seconds=0.4))
        await call.phone.hear_out(within_s=PATIENCE_S)
        lead = await lead_of(desk)
        assert (lead.locality, lead.needs["rooms_min"]) == ("חיפה", 3)
        assert [turn.text for turn in await call.turns() if turn.speaker == "caller"] == [
            "אני מחפשת דירה לשכירות בחיפה.", "שלושה חדרים עד חמשת אלפים",
        ]  # fmt: skip


async def test_a_provider_that_loses_marks_costs_a_moment_and_no_words(
    twilio: Twilio, desk: Desk, green_api: GreenApiDouble, voice: Tone
) -> None:
    voice.letter_s = 0.01
    async with in_call(twilio, desk, greeted=False) as call:
        call.phone.keeps_marks = True
        await call.phone.hear_out(within_s=PATIENCE_S)
        await call.until(lambda turns: turns[0].ended_at is not None)
        (greeting,) = await call.turns()
        assert not greeting.cut_off
        await call.say("מחפשים דירה לשכירות בחיפה")
        assert [speaker for speaker, _ in await call.said()] == ["agent", "caller", "agent"]


async def test_who_hangs_up_in_mid_sentence_is_heard_and_the_call_goes_on_in_writing(
    twilio: Twilio, desk: Desk, green_api: GreenApiDouble, voice: Tone
) -> None:
    voice.letter_s = 0.005
    async with in_call(twilio, desk) as call:
        await call.say("אני מחפשת דירה לקנייה")
        await call.phone.say(words("ברעננה ארבעה חדרים ו", final=False))
        await call.hang_up()
    ended = await desk.call()
    assert ended.outcome is CallOutcome.dropped
    lead = await lead_of(desk)
    assert (lead.locality, lead.needs["rooms_min"]) == ("רעננה", 4)
    last = (await call.turns())[-1]
    assert (last.speaker, last.text) == ("caller", "ברעננה ארבעה חדרים ו")
