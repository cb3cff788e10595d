"""What Google's ears are sent: how to listen, and then the sound as it comes."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any, Final

from proli.voice.live.google.reaching import Google, load
from proli.voice.live.google.tape import Tape
from proli.voice.live.hints import Hints
from proli.voice.talking import RATE

LANGUAGES: Final = {"he": "iw-IL", "en": "en-US"}
"""Hebrew has its old code there."""
LEAST: Final = RATE * 60 // 1000
"""60 ms of sound in a message: less costs more than it gains."""
SETTLES_S: Final = 0.15
"""Between how to listen and the first sound: of a stream that is refused as something is being sent, gRPC tells
"Internal error from Core" and not why."""
MOST: Final = 8_000
"""Google takes 15 KB; more than LEAST is sent only of sound that waits."""


async def requests(google: Google, hints: Hints, tape: Tape, begins: int) -> AsyncGenerator[Any]:
    """The messages of one stream, without end: the sound from this place of the tape on."""
    speech, at = load("google.cloud.speech_v2"), begins
    yield opening(google, hints)
    await asyncio.sleep(SETTLES_S)
    while True:
        await tape.reaches(at + LEAST)
        at = max(at, tape.start)
        sound = tape.read(at, MOST)
        at += len(sound)
        yield speech.StreamingRecognizeRequest(audio=sound)


def opening(google: Google, hints: Hints) -> Any:
    """The first message of a stream."""
    config = listening(google.settings.google_model, hints.language, hints.phrases if google.takes_phrases else ())
    return load("google.cloud.speech_v2").StreamingRecognizeRequest(
        recognizer=google.recognizer(), streaming_config=config
    )


def listening(model: str, language: str, phrases: Any) -> Any:
    """Sound as telephones have it, with results that may still change, and what is likely to be said."""
    speech = load("google.cloud.speech_v2")
    form = speech.ExplicitDecodingConfig(
        encoding=speech.ExplicitDecodingConfig.AudioEncoding.MULAW, sample_rate_hertz=RATE, audio_channel_count=1
    )
    config = speech.RecognitionConfig(explicit_decoding_config=form, model=model, language_codes=[LANGUAGES[language]])
    if phrases:
        known = speech.PhraseSet(phrases=[{"value": one} for one in phrases])
        config.adaptation = speech.SpeechAdaptation(phrase_sets=[{"inline_phrase_set": known}])
    return speech.StreamingRecognitionConfig(config=config, streaming_features={"interim_results": True})
