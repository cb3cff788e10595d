"""Mu-law both ways, and the model that tells speech from all else."""

import importlib.util
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proli.platform.settings import VoiceSettings
from proli.voice.live.activity import SileroActivity
from proli.voice.offline.speaking import speak
from proli.voice.ulaw import SILENT, from_ulaw, to_ulaw
from tests.voice.live.conftest import tone

FRAME = 160
needs_model = pytest.mark.skipif(importlib.util.find_spec("pipecat") is None, reason="proli[voice] is not installed")
needs_voice = pytest.mark.skipif(
    shutil.which("espeak-ng") is None or importlib.util.find_spec("nakdimon") is None,
    reason="the offline voice is not installed",
)


def test_each_byte_of_mu_law_is_a_sample_and_back() -> None:
    every = bytes(byte for byte in range(256) if byte != 0x7F)
    assert to_ulaw(from_ulaw(every)) == every
    assert from_ulaw(b"\x7f\xff\x80\x00") == (0).to_bytes(2, "little") * 2 + b"\x7c\x7d" + b"\x84\x82"
    assert to_ulaw(bytes(320)) == SILENT * 160


@given(st.integers(-32_768, 32_767))
def test_a_sample_comes_back_nearly_as_it_was(sample: int) -> None:
    back = from_ulaw(to_ulaw(sample.to_bytes(2, "little", signed=True)))
    assert abs(int.from_bytes(back, "little", signed=True) - sample) <= max(8, abs(sample) / 16)


@pytest.fixture
def settings() -> VoiceSettings:
    return VoiceSettings()


async def changes(settings: VoiceSettings, sound: bytes) -> list[tuple[bool, float]]:
    """When speech began and ended, in seconds from the beginning."""
    activity, found = SileroActivity(settings), list[tuple[bool, float]]()
    for at in range(0, len(sound) - FRAME, FRAME):
        if (speaks := await activity.feed(sound[at : at + FRAME])) is not None:
            found.append((speaks, at / 8000))
    await activity.close()
    return found


@needs_model
@needs_voice
async def test_hebrew_speech_is_told_from_silence_and_from_a_tone(settings: VoiceSettings) -> None:
    speech = to_ulaw(b"".join([piece async for piece in speak("שלום, אני מחפשת דירה ברעננה.")]))
    quiet, beep = SILENT * 8000, to_ulaw(tone(1.0))
    (began, since), *_, (ended, until) = await changes(settings, quiet + speech + quiet)
    assert (began, ended) == (True, False)
    assert 1.0 <= since <= 1.4
    assert abs(until - (1.0 + len(speech) / 8000 + settings.vad_stop_s)) < 0.5
    assert await changes(settings, quiet + beep + quiet) == []
