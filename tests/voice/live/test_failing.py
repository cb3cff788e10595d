"""Whatever fails or keeps silent in a call: nobody listens to a dead line, and nobody is left."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace
from itertools import pairwise
from time import monotonic

import pytest

from proli.cli.calling.phone import Said
from proli.knowledge.text import without_marks
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.platform.settings import Settings
from proli.scheduling.models import Booking
from proli.voice.live.ears import Heard, TypedEars
from proli.voice.live.leah import Leah
from proli.voice.live.pace import Pace
from proli.voice.live.voices import HASTY_S, Voices
from proli.voice.live.voices import PATIENCE_S as PATIENCE_OF_VOICES_S
from proli.voice.rules import CallOutcome
from proli.voice.talking import Audio, TheCall, Words
from tests.conftest import ManualClock
from tests.doubles.green_api import GreenApiDouble
from tests.doubles.models import ModelsDouble, Step, running_models, say
from tests.doubles.serving import app_of
from tests.doubles.twilio import Twilio, order_of
from tests.office import model_settings
from tests.patience import PATIENCE_S
from tests.voice.conftest import Desk
from tests.voice.live.conftest import Loud, Tone, conversation_of, in_call, lead_of, rows, words

SHORTEST_FILLER_S = 0.8
"""How long "one moment" takes to be said."""
TURN_END_S, THOUGHT_S, OFFLINE_S = 0.7, 0.5, 0.25
"""The silence by which a turn that is plainly over has ended, a thought of the rules agent, and the first sound of the
offline voice: as measured (docs/decisions/0051, benchmarks/turn_ends)."""
FINE = Pace(idle_s=PATIENCE_S, unheard_s=PATIENCE_S, wait_s=PATIENCE_S, mind_s=PATIENCE_S)


@dataclass
class Ears:
    """Ears that break with the first sound that is loud, or hear it and write nothing."""

    runtime: Runtime
    call: TheCall
    breaks: bool = False
    lag_ms: int = 0

    def __post_init__(self) -> None:
        self._loud = asyncio.Event()

    def feed(self, frame: Audio | Words) -> None:
        if isinstance(frame, Audio) and frame.data != b"\xff" * len(frame.data):
            self._loud.set()

    def taken(self, quiet_s: float) -> None: ...

    async def heard(self) -> AsyncGenerator[Heard]:
        await self._loud.wait()
        if self.breaks:
            raise OSError("the recogniser is gone")
        await asyncio.sleep(PATIENCE_S)
        yield Heard("", False)


def test_nobody_listens_to_a_dead_line_for_three_seconds() -> None:
    pace = Pace()
    longest = {
        "ears": pace.unheard_s + OFFLINE_S,
        "mind": TURN_END_S + pace.wait_s + OFFLINE_S,
        "mind again": pace.wait_again_s - SHORTEST_FILLER_S + OFFLINE_S,
        "voice": TURN_END_S + THOUGHT_S + HASTY_S + OFFLINE_S,
        "the last voice": PATIENCE_OF_VOICES_S,
    }
    assert {what: silent_s for what, silent_s in longest.items() if silent_s >= 3} == {}


async def test_a_voice_that_keeps_silent_is_waited_for_no_longer_than_that(voice: Tone) -> None:
    voice.silent = True
    began = monotonic()
    async for _ in Voices((voice, Tone("other")), patience_s=0.3).speak("שלום", "he"):
        break
    assert 0.3 <= monotonic() - began < 3


class TestSilence:
    @pytest.fixture
    def pace(self) -> Pace:
        return replace(FINE, idle_s=0.6)

    async def test_who_says_nothing_is_asked_twice_then_left_and_written_to(
        self, twilio: Twilio, desk: Desk, queue: Queue, green_api: GreenApiDouble
    ) -> None:
        async with in_call(twilio, desk) as call:
            await call.phone.over.wait()
        said = [text for _, text in await call.said()]
        assert [text.split(".")[0] for text in said[1:]] == [
            "הלו? אני כאן, אפשר לדבר", "עדיין לא שומעים אותך", "לא שומעים אותך, אז נסיים כאן",
        ]  # fmt: skip
        ended = await desk.until(lambda one: one.ended_at is not None)
        assert ended.outcome is CallOutcome.dropped
        await queue.drain()
        assert len(green_api.sent) == 1

    async def test_words_that_are_taken_back_leave_no_dead_line(
        self, twilio: Twilio, desk: Desk, green_api: GreenApiDouble
    ) -> None:
        async with in_call(twilio, desk) as call:
            await call.phone.say(Said(b"", [(0.0, "אה שלום", False), (0.1, "", True)]))
            assert await call.phone.hear_out(within_s=PATIENCE_S)
            assert [who for who, _ in await call.said()] == ["agent", "agent"]
            assert (await call.said())[1][1].startswith("הלו?")

    async def test_who_speaks_after_all_is_not_left(
        self, twilio: Twilio, desk: Desk, green_api: GreenApiDouble
    ) -> None:
        async with in_call(twilio, desk) as call:
            await call.phone.hear_out(within_s=PATIENCE_S)
            await call.say("מחפשים דירה לשכירות בחיפה")
            await call.until(lambda turns: turns[-2].text.startswith("הלו"))
            assert (await lead_of(desk)).locality == "חיפה"


class TestEars:
    @pytest.fixture
    def pace(self) -> Pace:
        return replace(FINE, unheard_s=0.5)

    @pytest.fixture
    def talker(self, voice: Tone, pace: Pace) -> Leah:
        return Leah(ears=(Ears,), voices=Voices((voice,)), activity=Loud, pace=pace)

    async def test_ears_that_write_nothing_are_noticed_twice_and_then_a_person_is_called(
        self, twilio: Twilio, desk: Desk, queue: Queue, green_api: GreenApiDouble, clock: ManualClock
    ) -> None:
        async with in_call(twilio, desk) as call:
            for _ in range(3):
                await call.phone.say(words("מחפשים דירה", seconds=0.6))
                await call.phone.hear_out(within_s=PATIENCE_S)
            await call.phone.over.wait()
        said = [text for _, text in await call.said()]
        assert [text[:16] for text in said[1:]] == ["סליחה, לא שמעתי."] * 2 + ["סליחה, יש לי תקל"]
        assert "Record" in order_of(await twilio.after()).verbs
        await twilio.status("completed")
        clock.advance(seconds=3)
        await queue.drain(until=clock.now())
        assert (await desk.call()).outcome is CallOutcome.dropped
        assert (await conversation_of(desk)).called_for == "agent_failed"
        assert len(green_api.sent) == 1

    async def test_where_there_are_others_they_hear_on(
        self, twilio: Twilio, desk: Desk, green_api: GreenApiDouble, talker: Leah
    ) -> None:
        def broken(runtime: Runtime, call: TheCall) -> Ears:
            return Ears(runtime, call, breaks=True)

        app_of(desk.runtime).state.talker = replace(talker, ears=(broken, TypedEars))
        async with in_call(twilio, desk) as call:
            await call.phone.say(Said(words("מחפשים דירה").sound, ()))
            assert await call.phone.hear_out(within_s=PATIENCE_S)
            assert (await call.said())[1][1].startswith("סליחה, לא שמעתי")
            await call.say("מחפשים דירה לשכירות בחיפה")
        assert (await lead_of(desk)).locality == "חיפה"


class TestVoices:
    @pytest.fixture
    def other(self) -> Tone:
        return Tone("other")

    @pytest.fixture
    def talker(self, voice: Tone, other: Tone, pace: Pace) -> Leah:
        return Leah(ears=(TypedEars,), voices=Voices((voice, other), patience_s=0.5), activity=Loud, pace=pace)

    @pytest.mark.parametrize("how", ["breaks", "silent"])
    async def test_where_a_voice_fails_another_says_it_and_the_first_one_rests(
        self, twilio: Twilio, desk: Desk, green_api: GreenApiDouble, voice: Tone, other: Tone, how: str
    ) -> None:
        setattr(voice, how, True)
        async with in_call(twilio, desk) as call:
            ((_, greeting),) = await call.said()
            await call.say("מחפשים דירה לשכירות בחיפה")
        assert len(voice.said) == 1
        assert other.said[0] == voice.said[0]
        assert greeting.endswith(other.said[2])

    async def test_without_any_voice_the_provider_says_it_a_person_is_called_and_the_call_goes_on_in_writing(
        self,
        twilio: Twilio,
        desk: Desk,
        queue: Queue,
        green_api: GreenApiDouble,
        voice: Tone,
        other: Tone,
        clock: ManualClock,
    ) -> None:
        voice.breaks = other.breaks = True
        began, order = monotonic(), order_of(await twilio.ring())
        for _ in range(3):
            async with in_call(twilio, desk, greeted=False, order=order) as call:
                await call.phone.over.wait()
            order = order_of(await twilio.after())
        assert "Record" in order.verbs
        assert "להשאיר לנו הודעה" in order.says
        assert monotonic() - began < 30
        assert (len(voice.said), len(other.said)) == (1, 1)
        await twilio.status("completed")
        clock.advance(seconds=3)
        await queue.drain(until=clock.now())
        assert (await desk.call()).outcome is CallOutcome.dropped
        assert (await conversation_of(desk)).called_for == "agent_failed"
        assert len(green_api.sent) == 1


class TestMind:
    @pytest.fixture
    async def models(self) -> AsyncGenerator[ModelsDouble]:
        async with running_models() as double:
            yield double

    @pytest.fixture
    def settings(self, settings: Settings, models: ModelsDouble) -> Settings:
        settings.model = model_settings(models.url, "google:gemini-a", timeout_s=60)
        return settings

    async def test_a_model_answers_aloud_and_knows_that_it_is_a_call(
        self, twilio: Twilio, desk: Desk, green_api: GreenApiDouble, models: ModelsDouble
    ) -> None:
        models.script("gemini-a", say("בשמחה. באיזו עיר?"))
        async with in_call(twilio, desk) as call:
            await call.say("שלום מחפשים דירה")
            assert (await call.said())[-1] == ("agent", "בשמחה. באיזו עיר?")
        (asked,) = models.asked_of("gemini-a")
        assert "This is a phone call" in asked.text

    async def test_while_a_model_is_slow_the_caller_is_asked_to_wait_and_then_the_rules_answer(
        self, twilio: Twilio, desk: Desk, green_api: GreenApiDouble, models: ModelsDouble, talker: Leah
    ) -> None:
        models.always("gemini-a", Step(way="hang"))
        hasty = replace(talker, pace=replace(FINE, wait_s=0.3, wait_again_s=0.8, mind_s=8.0))
        app_of(desk.runtime).state.talker = hasty
        async with in_call(twilio, desk) as call:
            await call.phone.say(words("מחפשים דירה לשכירות בחיפה"))
            await call.until(lambda turns: len(turns) > 2 and "חיפה" in turns[-1].text and turns[-1].speaker == "agent")
            await call.phone.hear_out(within_s=PATIENCE_S)
            fillers = [without_marks(text) for who, text in (await call.said())[2:-1] if who == "agent"]
            await call.hang_up()
        assert len(fillers) >= 2
        assert all(one != other for one, other in pairwise(fillers))
        assert (await lead_of(desk)).locality == "חיפה"
        assert (await desk.until(lambda one: bool(one.fallbacks))).fallbacks == {"mind": 1}

    async def test_a_proof_holds_aloud_too(
        self, twilio: Twilio, desk: Desk, green_api: GreenApiDouble, models: ModelsDouble
    ) -> None:
        models.script("gemini-a", say("הפגישה נקבעה למחר בשעה 10:00."), say("הפגישה נקבעה למחר בשעה 10:00."))
        async with in_call(twilio, desk) as call:
            await call.say("תקבעי לי פגישה למחר בעשר")
            assert "נקבעה" not in (await call.said())[-1][1]
        assert await rows(desk, Booking) == []
