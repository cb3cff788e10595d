"""Google's voice: each sentence is asked for as it is said, and what is said again and again is kept."""

from collections import OrderedDict
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Final

from proli.knowledge.spoken.saying import as_spoken, sentences
from proli.platform.settings import split
from proli.voice.live.google.reaching import Google, load
from proli.voice.live.voices import Language
from proli.voice.talking import RATE

CODES: Final = {"he": "he-IL", "en": "en-US"}
MOST_BYTES: Final = 8_000_000
"""Of sound that is kept: eight minutes of it."""
MOST_SEEN: Final = 2_000
TIMEOUT_S: Final = 5.0
"""Whoever listens is patient for less; then another voice speaks."""
LONGEST_BYTES: Final = 5_000
"""Google takes no longer text."""


@dataclass
class Kept:
    """The sound of sentences that were said twice, the newest of them.

    What is said once, as all that names a caller, is not kept but for a digest of it.
    """

    _sounds: OrderedDict[bytes, bytes] = field(default_factory=OrderedDict[bytes, bytes])
    _seen: OrderedDict[bytes, None] = field(default_factory=OrderedDict[bytes, None])
    _bytes: int = 0

    def find(self, key: bytes) -> bytes | None:
        if key in self._sounds:
            self._sounds.move_to_end(key)
        return self._sounds.get(key)

    def add(self, key: bytes, sound: bytes) -> None:
        if key not in self._seen:
            self._seen[key] = None
            if len(self._seen) > MOST_SEEN:
                self._seen.popitem(last=False)
            return
        if key in self._sounds:
            return
        self._sounds[key] = sound
        self._bytes += len(sound)
        while self._bytes > MOST_BYTES:
            _, oldest = self._sounds.popitem(last=False)
            self._bytes -= len(oldest)


class GoogleVoice:
    """The voice of an installation, for all its calls."""

    name = "google"

    def __init__(self, google: Google) -> None:
        self._google = google
        self._kept = Kept()

    async def speak(self, text: str, language: Language) -> AsyncGenerator[bytes]:
        """The text in words alone, so that nothing is left for Google to guess: figures, hours, phones, prices."""
        for sentence in sentences(as_spoken(text, language)):
            key = blake2b(f"{language}\n{sentence}".encode(), digest_size=16).digest()
            sound = self._kept.find(key)
            if sound is None:
                sound = await self._asked(sentence, language)
                self._kept.add(key, sound)
            yield sound

    async def _asked(self, sentence: str, language: Language) -> bytes:
        """Its sound: 8 kHz, 16 bits."""
        client = await self._google.client("texttospeech")
        library = load("google.cloud.texttospeech_v1")
        answer: Any = await client.synthesize_speech(
            request=library.SynthesizeSpeechRequest(
                input={"text": sentence.encode()[:LONGEST_BYTES].decode(errors="ignore")},
                voice=self._voice(library, language),
                audio_config={"audio_encoding": library.AudioEncoding.LINEAR16, "sample_rate_hertz": RATE},
            ),
            retry=None,
            timeout=TIMEOUT_S,
        )
        return without_header(answer.audio_content)

    def _voice(self, library: Any, language: Language) -> Any:
        """The voice that is named for the language, else any woman's."""
        code = CODES[language]
        named = [name for name in split(self._google.settings.google_voices) if name.startswith(code)]
        gender = library.SsmlVoiceGender.FEMALE
        return {"language_code": code} | ({"name": named[0]} if named else {"ssml_gender": gender})


def without_header(sound: bytes) -> bytes:
    """The samples of a WAV file; sound that is none is taken as it is."""
    if not sound.startswith(b"RIFF"):
        return sound
    at = 12
    while at + 8 <= len(sound):
        size = int.from_bytes(sound[at + 4 : at + 8], "little")
        if sound[at : at + 4] == b"data":
            return sound[at + 8 : at + 8 + size] if size < len(sound) else sound[at + 8 :]
        at += 8 + size + size % 2
    raise ValueError("sound without samples")
