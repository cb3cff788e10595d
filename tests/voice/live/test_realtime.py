"""OpenAI listens: whole calls over its double, also in place of ears that fail."""

from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from proli.cli.calling.phone import Said
from proli.platform.queue import Queue
from proli.platform.settings import ModelSettings, Settings
from proli.voice.live import realtime as realtime_ears
from proli.voice.live.ears import TypedEars
from proli.voice.live.leah import Leah
from proli.voice.live.pace import Pace
from proli.voice.live.realtime import OpenAIEars, Written
from proli.voice.live.voices import Voices
from proli.voice.rules import CallOutcome
from tests.conftest import ManualClock
from tests.doubles.google_speech import spoken
from tests.doubles.green_api import GreenApiDouble
from tests.doubles.openai_realtime import KEY, OpenAIRealtimeDouble, running_openai_realtime
from tests.doubles.twilio import Twilio, order_of
from tests.patience import PATIENCE_S
from tests.voice.conftest import Desk
from tests.voice.live.conftest import Call, Loud, Tone, in_call, lead_of

SEARCH = "מחפשים דירה לשכירות בחיפה"


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection may take its time on a machine that is busy with other things."""
    monkeypatch.setattr(realtime_ears, "CONNECT_S", PATIENCE_S)


@pytest.fixture
async def realtime() -> AsyncGenerator[OpenAIRealtimeDouble]:
    async with running_openai_realtime() as double:
        yield double


@pytest.fixture
def settings(settings: Settings, realtime: OpenAIRealtimeDouble) -> Settings:
    settings.model = ModelSettings(ladder="", openai_api_key=SecretStr(KEY), openai_base_url=realtime.url)
    return settings


@pytest.fixture
def talker(voice: Tone, pace: Pace) -> Leah:
    return Leah(ears=(OpenAIEars,), voices=Voices((voice,)), activity=Loud, pace=pace)


async def speak(call: Call, text: str) -> None:
    await call.phone.say(Said(spoken(text), ()))
    assert await call.phone.hear_out(within_s=PATIENCE_S)


async def from_caller(call: Call) -> list[str]:
    return [text for who, text in await call.said() if who == "caller"]


@pytest.mark.parametrize("writes_along", [True, False])
async def test_what_is_said_aloud_is_understood(
    twilio: Twilio, desk: Desk, green_api: GreenApiDouble, realtime: OpenAIRealtimeDouble, writes_along: bool
) -> None:
    realtime.writes_along = writes_along
    async with in_call(twilio, desk) as call:
        await speak(call, SEARCH)
        await speak(call, "ארבעה חדרים")
        assert await from_caller(call) == [SEARCH, "ארבעה חדרים"]
    assert (await lead_of(desk)).locality == "חיפה"
    (session,) = realtime.sessions
    written = session["audio"]["input"]["transcription"]
    assert (written["model"], written["language"]) == ("gpt-live-transcribe", "he")
    assert "מורן" in written["keywords"]


async def test_words_that_become_final_after_the_turn_was_taken_are_not_heard_again(
    twilio: Twilio, desk: Desk, green_api: GreenApiDouble, realtime: OpenAIRealtimeDouble
) -> None:
    realtime.late_s = 3.0
    async with in_call(twilio, desk) as call:
        await speak(call, SEARCH)
        await speak(call, "ארבעה חדרים")
        assert await from_caller(call) == [SEARCH, "ארבעה חדרים"]


async def test_a_connection_that_breaks_in_a_call_is_opened_again(
    twilio: Twilio, desk: Desk, green_api: GreenApiDouble, realtime: OpenAIRealtimeDouble
) -> None:
    async with in_call(twilio, desk) as call:
        await speak(call, SEARCH)
        realtime.closes_after_words = 6
        await speak(call, "ארבעה חדרים")
        await speak(call, "עד שמונת אלפים שקלים")
        assert (await from_caller(call))[-1].endswith("עד שמונת אלפים שקלים")
    assert len(realtime.sessions) == 2


class TestOthersHearOn:
    @pytest.fixture
    def talker(self, talker: Leah) -> Leah:
        return replace(talker, ears=(*talker.ears, TypedEars))

    async def test_where_the_key_is_refused(
        self, twilio: Twilio, desk: Desk, settings: Settings, green_api: GreenApiDouble, realtime: OpenAIRealtimeDouble
    ) -> None:
        wrong = ModelSettings(ladder="", openai_api_key=SecretStr("sk-wrong"), openai_base_url=realtime.url)
        desk.runtime.settings.model = wrong
        async with in_call(twilio, desk, greeted=False) as call:
            assert await call.phone.hear_out(within_s=PATIENCE_S)
            await call.say(SEARCH)
            assert await from_caller(call) == [SEARCH]

    async def test_where_a_transcription_fails(
        self, twilio: Twilio, desk: Desk, green_api: GreenApiDouble, realtime: OpenAIRealtimeDouble
    ) -> None:
        realtime.fails, realtime.writes_along = "server_error", False
        async with in_call(twilio, desk) as call:
            await speak(call, SEARCH)
            assert (await call.said())[-1][1].startswith("סליחה, לא שמעתי")
            await call.say(SEARCH)
            assert await from_caller(call) == [SEARCH]


async def test_without_a_key_and_without_others_the_call_goes_on_in_writing(
    twilio: Twilio, desk: Desk, queue: Queue, green_api: GreenApiDouble, clock: ManualClock
) -> None:
    desk.runtime.settings.model = ModelSettings(ladder="")
    async with in_call(twilio, desk, greeted=False) as call:
        await call.phone.over.wait()
    assert "Record" in order_of(await twilio.after()).verbs
    await twilio.status("completed")
    clock.advance(seconds=3)
    await queue.drain(until=clock.now())
    assert (await desk.call()).outcome is CallOutcome.dropped
    assert len(green_api.sent) == 1


def test_ears_without_a_key_are_left_out(settings: Settings) -> None:
    settings.model = ModelSettings(ladder="")
    settings.voice = settings.voice.model_copy(update={"ears": "openai"})
    assert Leah.of(settings) is None


@given(st.permutations(["a", "b", "c"]), st.sets(st.sampled_from(["a", "b", "c"])))
def test_parts_are_told_once_and_in_the_order_in_which_they_were_said(order: list[str], taken: set[str]) -> None:
    written = Written()
    for part in ("a", "b", "c"):
        written.begins(part)
        if part in taken:
            written.taken()
    told = [heard.text for part in order for heard in written.finish(part, part) if heard.final]
    last = max((("a", "b", "c").index(part) for part in taken), default=-1)
    assert told == [part for number, part in enumerate(("a", "b", "c")) if number > last]
