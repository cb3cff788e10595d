"""The offline voice speaks telephone sound, ends when it is told to, and says what it lacks."""

import asyncio
import importlib.util
import math
import shutil
import sys
from array import array
from collections.abc import Callable
from pathlib import Path

import pytest

from proli.platform.errors import ConfigurationError
from proli.voice.offline import pointing, program
from proli.voice.offline.program import VoiceFailed
from proli.voice.offline.speaking import RATE, SAMPLE_BYTES, speak

type StandIn = Callable[[str], Path]

needs_program = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
needs_points = pytest.mark.skipif(importlib.util.find_spec("nakdimon") is None, reason="proli[voice] is not installed")
ENGLISH = "The technician comes tomorrow at 16:00."
PROGRAM = """#!/bin/sh
echo $$ > "$0.pid"
cat > "$0.text"
head -c 44 /dev/zero
{does}
"""


async def heard(text: str, language: str = "en") -> bytes:
    return b"".join([piece async for piece in speak(text, "he" if language == "he" else "en")])


def loudness(sound: bytes) -> float:
    samples = array("h", sound)
    return math.sqrt(math.sumprod(samples, samples) / len(samples))


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """A program in the place of espeak-ng that does as it is told after the header of its sound."""

    def put(does: str) -> Path:
        path = tmp_path / "espeak-ng"
        path.write_text(PROGRAM.replace("{does}", does))
        path.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
        return path

    return put


@needs_program
async def test_english_is_spoken_at_the_rate_of_telephones() -> None:
    sound = await heard(ENGLISH)
    seconds = len(sound) / RATE / SAMPLE_BYTES
    assert len(sound) % SAMPLE_BYTES == 0
    assert 1.5 < seconds < 6
    assert loudness(sound) > 500


@needs_program
@needs_points
async def test_hebrew_is_spoken_sentence_by_sentence() -> None:
    one, two = await heard("שלום.", "he"), await heard("שלום. תודה רבה.", "he")
    assert loudness(one) > 500
    assert len(one) < len(two)


@needs_program
async def test_nothing_to_say_is_silence() -> None:
    assert await heard("😀") == b""


async def test_who_stops_listening_ends_the_program_at_once(stand_in: StandIn) -> None:
    path = stand_in("head -c 200000 /dev/zero; exec sleep 60")
    speech = speak(ENGLISH, "en")
    await anext(speech)
    await speech.aclose()
    assert not is_alive(path)


async def test_a_cancelled_speaker_ends_the_program_at_once(stand_in: StandIn) -> None:
    path = stand_in("head -c 200000 /dev/zero; exec sleep 60")
    begun = asyncio.Event()

    async def listen() -> None:
        async for _ in speak(ENGLISH, "en"):
            begun.set()

    task = asyncio.create_task(listen())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not is_alive(path)


def was_told(path: Path) -> str:
    return Path(f"{path}.text").read_text()


def is_alive(path: Path) -> bool:
    status = Path(f"/proc/{Path(f'{path}.pid').read_text().strip()}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


async def test_a_program_that_ends_with_an_error_is_a_fault(stand_in: StandIn) -> None:
    stand_in("exit 3")
    with pytest.raises(VoiceFailed, match="ended with 3"):
        await heard(ENGLISH)


async def test_a_program_that_says_no_more_is_ended_in_time(stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    path = stand_in("head -c 200000 /dev/zero; exec sleep 600")
    speech = speak(ENGLISH, "en")
    await anext(speech)
    monkeypatch.setattr(program, "TIMEOUT_S", 0.1)
    with pytest.raises(VoiceFailed, match="said nothing"):
        async for _ in speech:
            pass
    assert not is_alive(path)


async def test_a_speech_without_end_is_cut(stand_in: StandIn) -> None:
    stand_in("exec head -c 200000000 /dev/zero")
    assert len(await heard(ENGLISH)) == 300 * RATE * SAMPLE_BYTES


async def test_no_text_is_an_order_for_the_program(stand_in: StandIn) -> None:
    path = stand_in("exit 0")
    await heard("[[h@l'oU]] <mark/> $(ls) `id`")
    assert not set(was_told(path)) & set("[]<>$`/@")


async def test_without_the_program_its_install_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ConfigurationError, match="apt-get install espeak-ng"):
        await heard(ENGLISH)


async def test_without_the_package_its_install_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    pointing.forget()
    with pytest.raises(ConfigurationError, match=r"proli\[voice\]"):
        await heard("מילה שעוד לא נאמרה", "he")
