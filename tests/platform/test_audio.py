"""Recordings of every kind become plain WAV; whatever is no recording is refused, quickly and with a reason."""

import asyncio
import io
import wave
from time import perf_counter

import pytest

from proli.platform.audio import RATE, AudioRefused, Recording, read_recording
from tests.doubles.recordings import record, record_amr

LIMIT = 2_000_000


async def read(data: bytes, *, max_seconds: float = 300) -> Recording:
    return await read_recording(data, max_seconds=max_seconds, max_bytes=LIMIT)


async def refusal(data: bytes, *, max_seconds: float = 300) -> str:
    with pytest.raises(AudioRefused) as refused:
        await read(data, max_seconds=max_seconds)
    assert refused.value.code == "audio_refused"
    return str(refused.value.params["reason"])


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(record(2), id="ogg/opus"),
        pytest.param(record(2, container="mp4", codec="aac"), id="m4a"),
        pytest.param(record(2, container="mp3", codec="libmp3lame", rate=44_100), id="mp3"),
        pytest.param(record(2, container="adts", codec="aac"), id="aac"),
        pytest.param(record(2, container="wav", codec="pcm_s16le", rate=8_000), id="wav"),
        pytest.param(record(2, container="webm", codec="libopus"), id="webm"),
        pytest.param(record_amr(2), id="amr"),
    ],
)
async def test_what_phones_record_becomes_wav_of_16_khz_and_one_channel(data: bytes) -> None:
    recording = await read(data)
    with wave.open(io.BytesIO(recording.wav)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE, 1, 2)
        assert file.getnframes() == pytest.approx(recording.seconds * RATE, abs=1)
        sound = file.readframes(file.getnframes())
    assert recording.seconds == pytest.approx(2, abs=0.15)
    assert any(sound)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "unknown format", id="empty"),
        pytest.param(b"<html>expired", "unknown format", id="a page"),
        pytest.param(b"OggS", "broken", id="only the beginning"),
        pytest.param(b"OggS" + bytes(range(256)) * 20, "broken", id="noise after the beginning"),
        pytest.param(record()[:200], "broken", id="cut off in the headers"),
        pytest.param(b"\x00\x00\x00\x18ftypM4A " + b"\x00" * 100, "broken", id="m4a without anything"),
        pytest.param(b"#!AMR\n", "no sound", id="amr without frames"),
        pytest.param(b"x" * (LIMIT + 1), "too big", id="too big"),
    ],
)
async def test_what_is_no_recording_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    assert (await refusal(data)).startswith(reason)


@pytest.mark.parametrize(
    "listing",
    [b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", b"ffconcat version 1.0\nfile /etc/passwd\n"],
    ids=["hls", "concat"],
)
async def test_a_list_of_other_files_is_never_opened(listing: bytes) -> None:
    assert await refusal(listing) == "unknown format"


async def test_a_recording_that_is_too_long_is_refused_however_small_its_file() -> None:
    assert await refusal(record(20), max_seconds=10) == "too long"


async def test_a_file_that_says_it_is_played_once_an_hour_is_refused_before_it_is_stretched() -> None:
    data = bytearray(record(1, container="wav", codec="pcm_s16le", rate=8_000))
    data[24:28] = (1).to_bytes(4, "little")
    assert await refusal(bytes(data)) == "too long"


async def test_a_long_recording_does_not_hold_up_the_others() -> None:
    """The event loop goes on while minutes of sound are decoded."""
    data, longest, last = record(120), 0.0, perf_counter()
    reading = asyncio.create_task(read(data))
    while not reading.done():
        await asyncio.sleep(0.005)
        longest, last = max(longest, perf_counter() - last), perf_counter()
    assert (await reading).seconds == pytest.approx(120, abs=0.2)
    assert longest < 0.5


async def test_silence_is_told_from_sound() -> None:
    silent, faint, plain = [await read(record(2, amplitude=amplitude)) for amplitude in (0, 250, 8000)]
    assert silent.audible_s == 0
    assert silent.loudness_db < -80
    assert -50 < faint.loudness_db < -40
    assert -20 < plain.loudness_db < -10
    assert plain.audible_s == pytest.approx(2, abs=0.2)


async def test_a_constant_offset_is_no_sound() -> None:
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((3000).to_bytes(2, "little") * RATE)
    assert (await read(written.getvalue())).audible_s == 0


async def test_a_word_in_a_long_silence_is_audible() -> None:
    word = await read(record(0.5, container="wav", codec="pcm_s16le", rate=16_000))
    quiet = await read(record(10, container="wav", codec="pcm_s16le", rate=16_000, amplitude=0))
    with wave.open(io.BytesIO(quiet.wav)) as first, wave.open(io.BytesIO(word.wav)) as second:
        frames = first.readframes(first.getnframes()) + second.readframes(second.getnframes())
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(frames)
    assert (await read(written.getvalue())).audible_s == pytest.approx(0.5, abs=0.15)
