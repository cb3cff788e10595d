"""A caller leaves word: it is recorded by Twilio, fetched, written down, passed on, and deleted there."""

import io
import wave
from collections.abc import AsyncGenerator

import pytest
from pydantic import SecretStr

from proli.conversations.models import Direction, Message
from proli.platform.agent_settings import SpeechSettings
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.platform.settings import Settings
from proli.privacy.models import Receipt
from proli.voice.jobs import find_at_provider
from proli.voice.models import CallRecording, CallTurn, RecordingPart
from proli.voice.rules import CallOutcome
from proli.voice.talking import Farewell, Line, TheCall
from tests.conftest import ManualClock
from tests.doubles.green_api import GreenApiDouble
from tests.doubles.models import OPENAI_KEY, ModelsDouble, running_models, say
from tests.doubles.serving import app_of
from tests.doubles.twilio import RECORDING, Order, Twilio, line, order_of
from tests.doubles.twilio_rest import TwilioApi, running_twilio_api
from tests.office import model_settings
from tests.voice.conftest import Desk, ListensOnly
from tests.voice.live.conftest import conversation_of, rows, tone

WORDS = "שלום, זאת רותי, יש לי נזילה במטבח. תחזרו אליי בבקשה"


def wav(seconds: float = 1.5) -> bytes:
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(tone(seconds))
    return written.getvalue()


@pytest.fixture
def talker() -> ListensOnly:
    async def gives_up(call: TheCall, _: Line) -> Farewell:
        return Farewell(leaves_word=True)

    return ListensOnly(act=gives_up)


@pytest.fixture
async def api(settings: Settings) -> AsyncGenerator[TwilioApi]:
    async with running_twilio_api() as double:
        settings.voice = settings.voice.model_copy(update={"twilio_url": double.url})
        double.recordings[RECORDING] = wav()
        yield double


@pytest.fixture
async def models(settings: Settings) -> AsyncGenerator[ModelsDouble]:
    async with running_models() as double:
        settings.model = model_settings(double.url, "", openai_api_key=None)
        settings.speech = SpeechSettings(
            transcriber="openai:whisper", base_url=f"{double.url}/v1", api_key=SecretStr(OPENAI_KEY)
        )
        yield double


async def invited(twilio: Twilio) -> Order:
    async with line(order_of(await twilio.ring())) as caller:
        await caller.closed()
    return order_of(await twilio.after())


async def test_word_that_is_left_is_kept_written_down_passed_on_and_deleted_at_the_provider(
    twilio: Twilio,
    desk: Desk,
    api: TwilioApi,
    models: ModelsDouble,
    queue: Queue,
    green_api: GreenApiDouble,
    clock: ManualClock,
) -> None:
    models.script("whisper", say(WORDS))
    order = await invited(twilio)
    assert order.verbs == ["Say", "Record", "Say", "Hangup"]
    assert "להשאיר לנו הודעה" in order.says
    clock.advance(seconds=60)
    await queue.drain(until=clock.now())
    assert (await desk.call()).ended_at is None
    thanks = order_of(await twilio.left_word(order))
    assert "ההודעה נשמרה" in thanks.says
    await twilio.recording(order)
    await twilio.status("completed")
    assert (await desk.call()).outcome is CallOutcome.voicemail
    await queue.drain()
    (turn,) = await rows(desk, CallTurn)
    assert (turn.speaker, turn.text) == ("caller", WORDS)
    (part,) = await rows(desk, RecordingPart)
    assert 1400 <= part.length_ms <= 1600
    (message,) = [one for one in await rows(desk, Message) if one.direction is Direction.inbound]
    assert message.text == WORDS
    assert (await conversation_of(desk)).called_for == "callback"
    (row,) = await rows(desk, CallRecording)
    assert row.fetched_at is not None
    assert (row.url, api.recordings, api.deleted) == (None, {}, [RECORDING])
    assert [(one.kind, one.count) for one in await rows(desk, Receipt)] == [("provider_recordings", 1)]
    assert [one.text for one in green_api.sent] == []


@pytest.mark.parametrize("first", ["status", "recording"])
async def test_in_whatever_order_it_is_told_the_call_came_to_word_that_is_passed_on_once(
    twilio: Twilio, desk: Desk, api: TwilioApi, queue: Queue, green_api: GreenApiDouble, first: str
) -> None:
    order = await invited(twilio)
    if first == "status":
        await twilio.status("completed")
        await twilio.left_word(order, CallStatus="completed")
        await twilio.recording(order)
    else:
        await twilio.recording(order)
        await queue.drain()
        await twilio.left_word(order)
        await twilio.left_word(order)
    await queue.drain()
    await twilio.status("completed")
    await queue.drain()
    assert (await desk.call()).outcome is CallOutcome.voicemail
    (message,) = [one for one in await rows(desk, Message) if one.direction is Direction.inbound]
    assert message.text == "(הודעה קולית, אפשר להאזין בדף השיחה)"
    assert len(await rows(desk, RecordingPart)) == 1
    assert api.deleted == [RECORDING]


async def test_a_recording_that_cannot_be_had_now_is_seen_to_by_the_sweep(
    twilio: Twilio, desk: Desk, api: TwilioApi, queue: Queue, runtime: Runtime, clock: ManualClock
) -> None:
    api.away = True
    order = await invited(twilio)
    await twilio.left_word(order)
    (row,) = await rows(desk, CallRecording)
    async with runtime.db.begin_operator() as session:
        assert await find_at_provider(session, [desk.business_id], row.created_at) == []
        found = await find_at_provider(session, [desk.business_id], clock.now().replace(year=2200))
    assert found == [(desk.business_id, row.id)]
    api.away = False
    await queue.drain()
    assert api.deleted == [RECORDING]
    async with runtime.db.begin_operator() as session:
        assert await find_at_provider(session, [desk.business_id], clock.now().replace(year=2200)) == []


async def test_a_recording_of_a_talk_that_the_provider_made_is_kept_as_ours_are(
    twilio: Twilio, desk: Desk, api: TwilioApi, queue: Queue, green_api: GreenApiDouble
) -> None:
    await twilio.ring()
    await twilio.tell("/webhooks/twilio/voice/recording", "recording_status_callback")
    await queue.drain()
    assert len(await rows(desk, RecordingPart)) == 1
    assert api.deleted == [RECORDING]
    assert [one for one in await rows(desk, Message) if one.direction is Direction.inbound] == []


async def test_where_no_line_can_be_opened_any_more_the_caller_may_leave_word(
    twilio: Twilio, desk: Desk, runtime: Runtime
) -> None:
    await twilio.ring()
    app_of(runtime).state.talker = None
    assert order_of(await twilio.after()).verbs == ["Say", "Record", "Say", "Hangup"]
    assert order_of(await twilio.after()).verbs == ["Say", "Record", "Say", "Hangup"]
    assert (await desk.call()).ended_at is None
