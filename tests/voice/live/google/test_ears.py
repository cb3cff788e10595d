"""Google listens: whole calls over its double, and streams that end, break, refuse and keep silent."""

from dataclasses import replace
from functools import partial

import pytest

from proli.platform.queue import Queue
from proli.platform.settings import VoiceSettings
from proli.voice.live.ears import TypedEars
from proli.voice.live.google import reaching
from proli.voice.live.google.ears import GoogleEars, Lasting
from proli.voice.live.google.reaching import Google
from proli.voice.live.leah import Leah
from proli.voice.live.pace import Pace
from proli.voice.rules import CallOutcome
from tests.conftest import ManualClock
from tests.doubles.google_speech import GoogleSpeechDouble, Way
from tests.doubles.green_api import GreenApiDouble
from tests.doubles.serving import app_of
from tests.doubles.twilio import Twilio, order_of
from tests.patience import PATIENCE_S
from tests.ports import free_port
from tests.voice.conftest import Desk
from tests.voice.live.conftest import Call, conversation_of, in_call, lead_of
from tests.voice.live.google.conftest import said

SEARCH = "מחפשים דירה לשכירות בחיפה"
LONG = (
    "שלום מדבר אבי ואנחנו מחפשים דירה להשכרה בחיפה עם ארבעה חדרים ומרפסת וחניה קרוב לים וגם לבית ספר טוב עד שמונת "
    "אלפים שקלים בחודש ורוצים לראות דירה כבר השבוע"
)


async def speak(call: Call, text: str) -> None:
    """They say it, and hear the answer out."""
    await call.phone.say(said(text))
    assert await call.phone.hear_out(within_s=PATIENCE_S)


async def from_caller(call: Call) -> list[str]:
    return [text for who, text in await call.said() if who == "caller"]


async def test_what_is_said_aloud_is_understood(
    twilio: Twilio, desk: Desk, green_api: GreenApiDouble, speech: GoogleSpeechDouble
) -> None:
    async with in_call(twilio, desk) as call:
        await speak(call, SEARCH)
        assert await from_caller(call) == [SEARCH]
    assert (await lead_of(desk)).locality == "חיפה"
    (stream,) = speech.streams
    assert (stream.config.config.model, list(stream.config.config.language_codes)) == ("telephony", ["iw-IL"])
    assert stream.config.streaming_features.interim_results
    (known,) = stream.config.config.adaptation.phrase_sets
    assert {"מורן", "חיפה"} <= {one.value for one in known.inline_phrase_set.phrases}


async def test_words_that_become_final_after_the_turn_was_taken_are_not_heard_again(
    twilio: Twilio, desk: Desk, green_api: GreenApiDouble, speech: GoogleSpeechDouble
) -> None:
    speech.endpoint_s = 4.0
    async with in_call(twilio, desk) as call:
        await speak(call, SEARCH)
        await speak(call, "ארבעה חדרים")
        assert await from_caller(call) == [SEARCH, "ארבעה חדרים"]
    assert [stream.written for stream in speech.streams] == [[], [], []]


async def test_figures_and_lost_words_are_understood_as_far_as_they_are_there(
    twilio: Twilio, desk: Desk, green_api: GreenApiDouble, speech: GoogleSpeechDouble
) -> None:
    speech.says = {"ארבעה": "4", "דירה": "", "שמונת": "8000", "אלפים": ""}
    async with in_call(twilio, desk) as call:
        await speak(call, "מחפשים דירה לשכירות בחיפה ארבעה חדרים עד שמונת אלפים")
        assert await from_caller(call) == ["מחפשים לשכירות בחיפה 4 חדרים עד 8000"]
    lead = await lead_of(desk)
    assert lead.locality == "חיפה"
    assert (lead.needs["rooms_max"], lead.needs["budget_max"]) == (4, 8000)


class TestStreamsThatEnd:
    @pytest.fixture
    def lasting(self) -> Lasting:
        return Lasting(from_s=1.0, until_s=2.0)

    async def test_who_speaks_longer_than_a_stream_lasts_is_heard_whole_and_once(
        self, twilio: Twilio, desk: Desk, green_api: GreenApiDouble, speech: GoogleSpeechDouble
    ) -> None:
        async with in_call(twilio, desk) as call:
            await speak(call, LONG)
            assert await from_caller(call) == [LONG]
        assert len(speech.streams) > 3
        assert await conversation_of(desk)

    async def test_sentences_on_both_sides_of_a_seam_are_heard_once(
        self, twilio: Twilio, desk: Desk, green_api: GreenApiDouble, speech: GoogleSpeechDouble
    ) -> None:
        speech.endpoint_s = 0.2
        async with in_call(twilio, desk) as call:
            for text in (SEARCH, "ארבעה חדרים", "עד שמונת אלפים"):
                await speak(call, text)
            assert await from_caller(call) == [SEARCH, "ארבעה חדרים", "עד שמונת אלפים"]
        assert len(speech.streams) > 3


async def test_google_ends_a_stream_after_its_limit_and_another_goes_on(
    twilio: Twilio, desk: Desk, green_api: GreenApiDouble, speech: GoogleSpeechDouble
) -> None:
    speech.longest_s = 3.0
    async with in_call(twilio, desk) as call:
        await speak(call, LONG)
        assert await from_caller(call) == [LONG]
    assert len(speech.streams) > 1


async def test_a_stream_that_is_cut_in_the_midst_of_words_loses_and_doubles_none(
    twilio: Twilio, desk: Desk, green_api: GreenApiDouble, speech: GoogleSpeechDouble
) -> None:
    speech.ways.extend([Way(cut_after_words=2), Way(cut_after_words=3)])
    async with in_call(twilio, desk) as call:
        await speak(call, SEARCH)
        assert await from_caller(call) == [SEARCH]
    assert len(speech.streams) == 3


async def test_a_model_that_takes_no_phrases_listens_without_them(
    twilio: Twilio, desk: Desk, green_api: GreenApiDouble, speech: GoogleSpeechDouble
) -> None:
    speech.takes_phrases = False
    async with in_call(twilio, desk) as call:
        await speak(call, SEARCH)
        assert await from_caller(call) == [SEARCH]
    (stream,) = speech.streams
    assert not stream.config.config.adaptation.phrase_sets


class TestOthersHearOn:
    @pytest.fixture
    def pace(self, pace: Pace) -> Pace:
        return replace(pace, unheard_s=0.5)

    @pytest.fixture
    def talker(self, talker: Leah) -> Leah:
        return replace(talker, ears=(*talker.ears, TypedEars))

    async def goes_on(self, twilio: Twilio, desk: Desk) -> None:
        """The caller is asked once to say it again, and is heard."""
        async with in_call(twilio, desk, greeted=False) as call:
            assert await call.phone.hear_out(within_s=PATIENCE_S)
            await call.say(SEARCH)
            assert await from_caller(call) == [SEARCH]
            await call.hang_up()
        assert (await lead_of(desk)).locality == "חיפה"
        assert (await desk.until(lambda one: bool(one.fallbacks))).fallbacks == {"ears": 1}

    @pytest.mark.parametrize("code", ["PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "UNAVAILABLE"])
    async def test_where_google_refuses(
        self, twilio: Twilio, desk: Desk, green_api: GreenApiDouble, speech: GoogleSpeechDouble, code: str
    ) -> None:
        speech.always = Way(refused=(code, "no"))
        await self.goes_on(twilio, desk)
        assert speech.streams == []

    async def test_where_nothing_listens_at_the_address(
        self, twilio: Twilio, desk: Desk, green_api: GreenApiDouble, talker: Leah, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(reaching, "CONNECT_S", 1.0)
        nowhere = Google(VoiceSettings(google_speech_endpoint=f"http://127.0.0.1:{free_port()}"))
        app_of(desk.runtime).state.talker = replace(talker, ears=(partial(GoogleEars, nowhere), TypedEars))
        await self.goes_on(twilio, desk)
        await nowhere.close()

    async def test_where_it_stops_in_mid_call(
        self, twilio: Twilio, desk: Desk, green_api: GreenApiDouble, speech: GoogleSpeechDouble
    ) -> None:
        async with in_call(twilio, desk) as call:
            await speak(call, SEARCH)
            speech.ways.append(Way(refused=("UNAVAILABLE", "no")))
            speech.always = Way(refused=("PERMISSION_DENIED", "no"))
            speech.cuts = 1
            await call.until(lambda turns: turns[-1].text.startswith("סליחה, לא שמעתי"))
            await call.phone.hear_out(within_s=PATIENCE_S)
            await call.say("ארבעה חדרים")
            assert await from_caller(call) == [SEARCH, "ארבעה חדרים"]

    async def test_where_it_hears_and_writes_nothing(
        self, twilio: Twilio, desk: Desk, green_api: GreenApiDouble, speech: GoogleSpeechDouble
    ) -> None:
        speech.always = Way(deaf=True)
        async with in_call(twilio, desk) as call:
            for _ in range(3):
                await speak(call, SEARCH)
            await call.say(SEARCH)
            assert await from_caller(call) == [SEARCH]


async def test_without_others_the_caller_hears_so_and_the_call_goes_on_in_writing(
    twilio: Twilio, desk: Desk, queue: Queue, green_api: GreenApiDouble, speech: GoogleSpeechDouble, clock: ManualClock
) -> None:
    speech.always = Way(refused=("UNAUTHENTICATED", "no"))
    async with in_call(twilio, desk, greeted=False) as call:
        await call.phone.over.wait()
        assert (await call.said())[-1][1].startswith("סליחה, יש לי תקל")
    assert "Record" in order_of(await twilio.after()).verbs
    await twilio.status("completed")
    clock.advance(seconds=3)
    await queue.drain(until=clock.now())
    assert (await desk.call()).outcome is CallOutcome.dropped
    assert len(green_api.sent) == 1
