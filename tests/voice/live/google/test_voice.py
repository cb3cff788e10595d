"""Google speaks: what it is given to say, what is kept of it, and who speaks where it fails."""

import re
from collections.abc import AsyncGenerator
from importlib.util import find_spec

import pytest

from proli.platform.settings import Settings, VoiceSettings
from proli.voice.live.ears import TypedEars
from proli.voice.live.google.reaching import Google
from proli.voice.live.google.voice import LONGEST_BYTES, MOST_BYTES, GoogleVoice, Kept, without_header
from proli.voice.live.leah import Leah
from proli.voice.live.pace import Pace
from proli.voice.live.voices import Language, Voices
from tests.doubles.google_voices import GoogleVoicesDouble, running_google_voices, wav
from tests.doubles.green_api import GreenApiDouble
from tests.doubles.twilio import Twilio
from tests.voice.conftest import Desk
from tests.voice.live.conftest import Loud, Tone, in_call, lead_of


@pytest.fixture
async def speaks() -> AsyncGenerator[GoogleVoicesDouble]:
    async with running_google_voices() as double:
        yield double


@pytest.fixture
async def voice_of_google(speaks: GoogleVoicesDouble) -> AsyncGenerator[GoogleVoice]:
    google = Google(VoiceSettings(google_voice_endpoint=speaks.address, google_voices="he-IL-Wavenet-A"))
    yield GoogleVoice(google)
    await google.close()


@pytest.fixture
def talker(voice_of_google: GoogleVoice, voice: Tone, pace: Pace) -> Leah:
    return Leah(ears=(TypedEars,), voices=Voices((voice_of_google, voice), patience_s=1.0), activity=Loud, pace=pace)


async def sound_of(voice: GoogleVoice, text: str, language: Language = "he") -> bytes:
    return b"".join([piece async for piece in voice.speak(text, language)])


SAID: list[tuple[str, Language, str]] = [
    (
        "הפגישה נקבעה ליום שלישי, 24/11, בשעה 16:00.", "he",
        "הפגישה נקבעה ליום שלישי, העשרים וארבעה בנובמבר, בשעה ארבע אחר הצהריים.",
    ),
    (
        "אפשר להתקשר ל\u206603-700-0000\u2069 או לכתוב לנו.", "he",
        "אפשר להתקשר לאפס שלוש, שבע אפס אפס, אפס אפס אפס אפס או לכתוב לנו.",
    ),
    ("המחיר 1,250 ₪ לביקור.", "he", "המחיר אלף מאתיים וחמישים שקל לביקור."),
    ("הכתובת: ביאליק 30, קומה 2, דירה 5.", "he", "הכתובת: ביאליק שלושים, קומה שתיים, דירה חמש."),
    (
        "The visit is on 24/11 at 16:00 for ₪350.", "en",
        "The visit is on November twenty-fourth at four in the afternoon for three hundred and fifty shekels.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "language", "words"), SAID)
async def test_google_is_given_words_alone_and_nothing_to_guess(
    voice_of_google: GoogleVoice, speaks: GoogleVoicesDouble, text: str, language: Language, words: str
) -> None:
    sound = await sound_of(voice_of_google, text, language)
    assert " ".join(speaks.texts) == words
    assert len(sound) == sum(2 * 80 * len(said) for said in speaks.texts)


async def test_each_language_has_its_voice(voice_of_google: GoogleVoice, speaks: GoogleVoicesDouble) -> None:
    await sound_of(voice_of_google, "שלום.")
    await sound_of(voice_of_google, "It is 20:00.", "en")
    hebrew, english = (one.voice for one in speaks.asked)
    assert (hebrew.language_code, hebrew.name) == ("he-IL", "he-IL-Wavenet-A")
    assert (english.language_code, english.name, english.ssml_gender.name) == ("en-US", "", "FEMALE")
    assert not re.search(r"\d", speaks.texts[1])


async def test_what_was_said_twice_is_kept_and_what_was_said_once_is_not(
    voice_of_google: GoogleVoice, speaks: GoogleVoicesDouble
) -> None:
    first = await sound_of(voice_of_google, "רגע, בודקים.")
    for _ in range(3):
        assert await sound_of(voice_of_google, "רגע, בודקים.") == first
    assert len(speaks.asked) == 2
    assert len(first) == 2 * 80 * len("רגע, בודקים.")


def test_of_what_is_kept_the_oldest_goes_first() -> None:
    kept, sound = Kept(), bytes(MOST_BYTES // 3)
    for key in (b"a", b"b", b"c"):
        kept.add(key, sound)
        kept.add(key, sound)
    assert kept.find(b"a") == sound
    kept.add(b"d", sound)
    kept.add(b"d", sound)
    assert [kept.find(key) is not None for key in (b"a", b"b", b"c", b"d")] == [True, False, True, True]


async def test_the_longest_sentence_is_short_enough(voice_of_google: GoogleVoice, speaks: GoogleVoicesDouble) -> None:
    await sound_of(voice_of_google, "מילה" * 2_000)
    assert all(len(said.encode()) <= LONGEST_BYTES for said in speaks.texts)


def test_samples_are_taken_out_of_their_file() -> None:
    sound = wav(100)
    assert len(without_header(sound)) == 200
    extra = sound[:12] + b"LIST\x03\x00\x00\x00abc\x00" + sound[12:]
    assert without_header(extra) == without_header(sound)
    assert without_header(b"\x01\x02") == b"\x01\x02"


async def test_a_whole_call_is_spoken_by_google(
    twilio: Twilio, desk: Desk, green_api: GreenApiDouble, speaks: GoogleVoicesDouble, voice: Tone
) -> None:
    async with in_call(twilio, desk) as call:
        await call.say("מחפשים דירה לשכירות בחיפה")
        assert max(call.phone.heard) > 0
    assert len(speaks.asked) > 3
    assert voice.said == []


@pytest.mark.parametrize("how", ["RESOURCE_EXHAUSTED", "UNAVAILABLE", "silent"])
async def test_where_google_fails_in_mid_call_another_voice_says_the_same(
    twilio: Twilio, desk: Desk, green_api: GreenApiDouble, speaks: GoogleVoicesDouble, voice: Tone, how: str
) -> None:
    async with in_call(twilio, desk) as call:
        spoken = len(speaks.asked)
        speaks.silent, speaks.refused = how == "silent", None if how == "silent" else (how, "no")
        await call.say("מחפשים דירה לשכירות בחיפה")
        assert len(speaks.asked) == spoken + 1
        assert (await call.said())[-1][1].endswith(voice.said[-1])
        await call.hang_up()
    assert (await desk.until(lambda one: bool(one.fallbacks))).fallbacks == {"voice": 1}
    assert (await lead_of(desk)).locality == "חיפה"


@pytest.mark.skipif(find_spec("pipecat") is None, reason="proli[voice] is not installed")
def test_the_settings_choose_who_hears_and_speaks(settings: Settings) -> None:
    here = {"google_speech_endpoint": "http://127.0.0.1:1", "google_voice_endpoint": "http://127.0.0.1:1"}
    settings.voice = VoiceSettings.model_validate({"ears": "google,typed", "voices": "google"} | here)
    leah = Leah.of(settings)
    assert leah is not None
    assert [voice.name for voice in leah.voices.voices] == ["google", "offline"]
    assert len(leah.ears) == 2
    settings.voice = VoiceSettings(ears="google", voices="google")
    assert Leah.of(settings) is None
