"""Calls that Google's double hears."""

from collections.abc import AsyncGenerator
from functools import partial
from importlib.util import find_spec

import pytest

from proli.cli.calling.phone import Said
from proli.platform.settings import VoiceSettings
from proli.voice.live.google import reaching
from proli.voice.live.google.ears import GoogleEars, Lasting
from proli.voice.live.google.reaching import Google, is_installed
from proli.voice.live.leah import Leah
from proli.voice.live.pace import Pace
from proli.voice.live.voices import Voices
from tests.doubles.google_speech import GoogleSpeechDouble, running_google_speech, spoken
from tests.patience import PATIENCE_S
from tests.voice.live.conftest import Loud, Tone

collect_ignore = (
    []
    if find_spec("grpc") and is_installed("google.cloud.speech_v2")
    else ["test_doctor.py", "test_ears.py", "test_voice.py"]
)


def said(text: str) -> Said:
    """Words as sound alone."""
    return Said(spoken(text), ())


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection may take its time on a machine that is busy with other things."""
    monkeypatch.setattr(reaching, "CONNECT_S", PATIENCE_S)


@pytest.fixture
async def speech() -> AsyncGenerator[GoogleSpeechDouble]:
    async with running_google_speech() as double:
        yield double


@pytest.fixture
def lasting() -> Lasting:
    return Lasting()


@pytest.fixture
async def google(speech: GoogleSpeechDouble) -> AsyncGenerator[Google]:
    reached = Google(VoiceSettings(ears="google", google_speech_endpoint=speech.address))
    yield reached
    await reached.close()


@pytest.fixture
def talker(google: Google, voice: Tone, pace: Pace, lasting: Lasting) -> Leah:
    return Leah(ears=(partial(GoogleEars, google, lasting=lasting),), voices=Voices((voice,)), activity=Loud, pace=pace)
