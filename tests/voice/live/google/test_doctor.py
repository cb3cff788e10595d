"""What the doctor says of Google's ears and voice."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest

from proli.cli.call_checks import look_at_speech
from proli.cli.findings import Finding
from proli.platform.settings import VoiceSettings
from tests.doubles.google_speech import GoogleSpeechDouble, Way
from tests.doubles.google_voices import GoogleVoicesDouble, running_google_voices


@pytest.fixture
async def speaks() -> AsyncGenerator[GoogleVoicesDouble]:
    async with running_google_voices() as double:
        yield double


async def findings(speech: GoogleSpeechDouble, speaks: GoogleVoicesDouble, **settings: Any) -> dict[str, Finding]:
    reached = {"google_speech_endpoint": speech.address, "google_voice_endpoint": speaks.address}
    asked = VoiceSettings.model_validate({"ears": "google", "voices": "google,offline"} | reached | settings)
    return {one.what: one async for one in look_at_speech(asked)}


async def test_google_that_listens_and_speaks_is_well(speech: GoogleSpeechDouble, speaks: GoogleVoicesDouble) -> None:
    found = await findings(speech, speaks, google_voices="he-IL-Wavenet-A")
    assert (found["ears google"].level, found["ears google"].found) == ("ok", "telephony in global listens")
    assert found["voice google"].level == "ok"
    assert speaks.asked == []


@pytest.mark.parametrize(
    ("settings", "what", "says"),
    [
        ({"google_model": "chirp_9"}, "ears google", 'The model "chirp_9" does not exist'),
        ({"google_voices": "he-IL-Nobody"}, "voice google", "no voice he-IL-Nobody; it has he-IL-Wavenet-A"),
        ({"google_speech_endpoint": ""}, "ears google", "PROLI_VOICE_GOOGLE_CREDENTIALS: not set"),
    ],
)
async def test_what_google_refuses_is_said(
    speech: GoogleSpeechDouble, speaks: GoogleVoicesDouble, settings: dict[str, str], what: str, says: str
) -> None:
    found = (await findings(speech, speaks, **settings))[what]
    assert found.level == "bad"
    assert says in found.found
    assert found.todo


async def test_a_key_without_the_right_is_said(speech: GoogleSpeechDouble, speaks: GoogleVoicesDouble) -> None:
    speech.always = Way(refused=("PERMISSION_DENIED", "Permission 'speech.recognizers.recognize' denied"))
    speaks.refused = ("PERMISSION_DENIED", "Cloud Text-to-Speech API has not been used in project 1 before")
    found = await findings(speech, speaks)
    assert "PermissionDenied" in found["ears google"].found
    assert "has not been used in project 1" in found["voice google"].found
