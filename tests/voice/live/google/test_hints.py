"""What Google is told that callers are likely to say, and how it is reached."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from proli.platform.db import Database
from proli.platform.errors import ConfigurationError
from proli.platform.settings import VoiceSettings
from proli.voice.live import hints
from proli.voice.live.google.reaching import Google, read_key
from proli.voice.live.google.tape import LONGEST, Tape
from proli.voice.live.hints import find_hints, phrases_of


def test_phrases_are_few_short_and_each_of_them_once() -> None:
    many = [f"מקום {number}" for number in range(2_000)]
    found = phrases_of(["", "  ", "א" * 101, "דנה  כהן", "דנה כהן", *many])
    assert found[0] == "דנה כהן"
    assert len(found) == hints.MOST <= 1_200
    assert all(0 < len(one) <= 100 for one in found)


async def test_a_business_names_itself_its_trades_people_and_towns(db: Database, business_id: int) -> None:
    async with db.begin(business_id) as session:
        found = await find_hints(session, None)
    assert found.language == "he"
    assert {"מורן", "דני 1", "חיפה"} <= set(found.phrases)
    assert found.phrases[0] == "מורן"


def test_the_tape_keeps_the_newest_half_minute() -> None:
    tape = Tape()
    for number in range(200):
        tape.add(bytes([number]) * 2_000)
    assert tape.end == 400_000
    assert tape.end - tape.start == LONGEST
    assert tape.read(0, 10) == tape.read(tape.start, 10)
    assert tape.read(tape.end - 5, 100) == bytes([199]) * 5


def test_without_a_key_google_is_not_asked(tmp_path: Path) -> None:
    for path in (None, tmp_path / "key.json"):
        with pytest.raises(ConfigurationError, match=r"PROLI_VOICE_GOOGLE_CREDENTIALS|pip install"):
            Google(VoiceSettings(google_credentials=path)).check("speech")


def test_what_is_no_key_is_said_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "key.json").write_text("{}")
    with pytest.raises(ConfigurationError, match="is no key of Google's"):
        read_key(tmp_path / "key.json")


@pytest.mark.parametrize("endpoint", ["http://speech.example.com:443", "http://10.0.0.1:80", "https://x", "a b"])
def test_nothing_but_this_machine_is_spoken_to_without_tls(endpoint: str) -> None:
    with pytest.raises(ValidationError, match="only before an address of this machine"):
        VoiceSettings(google_speech_endpoint=endpoint)


def test_each_service_has_its_address() -> None:
    here = Google(VoiceSettings(google_location="eu", google_voice_endpoint="http://127.0.0.1:9"))
    assert here.address("speech") == "eu-speech.googleapis.com"
    assert (here.address("texttospeech"), here.is_plain("texttospeech")) == ("http://127.0.0.1:9", True)
    assert Google(VoiceSettings()).address("speech") == "speech.googleapis.com"


@pytest.mark.parametrize(("name", "value"), [("ears", "whisper"), ("voices", "google,typed")])
def test_other_ears_and_voices_are_refused(name: str, value: str) -> None:
    with pytest.raises(ValidationError, match="is none: write"):
        VoiceSettings.model_validate({name: value})
