"""`python -m benchmarks.spoken`: how many of 200 words of a front desk the offline voice says right.

`words.tsv` holds each word with its sounds, which were written before any code said them, and its right points. A word
is followed through the whole chain up to what espeak-ng reports that it says.
"""

import asyncio
import re
import statistics
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from proli.knowledge.spoken import phonemes
from proli.knowledge.spoken.saying import as_spoken
from proli.voice.offline.phonemes import hebrew_phonemes
from proli.voice.offline.pointing import pointed
from proli.voice.offline.program import program
from proli.voice.offline.speaking import RATE, SAMPLE_BYTES, speak, warm

WORDS: Final = Path(__file__).with_name("words.tsv")
UNSEEN: Final = Path(__file__).with_name("unseen.tsv")
"""Words for which nothing was mended, without stress."""
SENTENCES: Final = (
    "שלום, מדברת לאה. איך אפשר לעזור?",
    "הטכנאי יגיע ביום ג׳ 24.11 בין 14:00 ל-16:00.",
    "לאיזו כתובת להגיע?",
    "המחיר ₪250 עד ₪400, כולל הגעה.",
    "רשמתי: הרצל 12, קומה 3, דירה 7, תל אביב.",
    "אפשר להתקשר גם ל-052-765-4321.",
    "רגע, בודקת ביומן.",
    "הפגישה נקבעה למחר בשעה 16:15. תודה רבה ולהתראות!",
)
_IPA: Final = (
    ("tʃ", "C"), ("dʒ", "J"), ("ts", "c"), ("ʃ", "S"), ("ʒ", "Z"), ("χ", "x"), ("ħ", "x"), ("ɡ", "g"), ("ɹ", "r"),
    ("ʁ", "r"), ("ɾ", "r"), ("j", "y"), ("ˈ", "'"), ("ˌ", ""), ("ʔ", ""), ("ʕ", ""), ("ː", ""), ("ɛ", "e"), ("ɔ", "o"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    sounds: tuple[str, ...]
    """Any of these is right."""
    kind: str
    pointed: str

    def is_right(self, said: str) -> bool:
        """Its sounds, whatever the stress."""
        return _heard(said) in map(_heard, self.sounds)

    def is_stressed_right(self, said: str) -> bool:
        return _joint(said) in map(_joint, self.sounds)


def _joint(sounds: str) -> str:
    """ "t" and "s" beside each other sound as the one letter does."""
    return sounds.replace("ts", "c").replace("tS", "C")


def _heard(sounds: str) -> str:
    return _joint(sounds.replace("'", ""))


def read_words() -> list[Word]:
    rows = [line.split("\t") for line in WORDS.read_text("utf-8").splitlines()[1:]]
    return [Word(text, tuple(sounds.split("|")), kind, points) for text, sounds, kind, points in rows]


def read_unseen() -> list[Word]:
    rows = [line.split("\t") for line in UNSEEN.read_text("utf-8").splitlines()[1:]]
    return [Word(text, tuple(sounds.split("|")), kind, "") for text, sounds, kind in rows]


def report_unseen(words: list[Word]) -> None:
    said: dict[Word, str] = {}
    for name in ("espeak-ng alone", "whole chain"):
        said = {word: heard(hebrew_phonemes(word.text) if name == "whole chain" else word.text) for word in words}
        wrong = [word for word in words if not word.is_right(said[word])]
        print(f"unseen words, {name:30} sounds {share(len(words) - len(wrong), len(words))}")
    print("wrong:", ", ".join(f"{word.text} {pointed(word.text)} {said[word]}" for word in wrong))


def heard(written: str) -> str:
    """What espeak-ng reports that it says, in our letters."""
    call = [program(), "-v", "he", "-q", "--ipa", "-b", "1", "--stdin"]
    said = subprocess.run(call, input=written, capture_output=True, text=True, check=True).stdout.strip()
    for ipa, ours in _IPA:
        said = said.replace(ipa, ours)
    return re.sub(r"\s", "", said)


def without_list(word: Word) -> str:
    """The sounds by the rules alone, without the list of exceptions."""
    return phonemes.by_rule(pointed(word.text))


def share(right: int, of: int) -> str:
    return f"{right} of {of} ({right / of:.1%})"


def report(words: list[Word]) -> None:
    of = len(words)

    def score(name: str, say: Callable[[Word], str]) -> dict[str, str]:
        said = {word.text: say(word) for word in words}
        sounds = sum(word.is_right(said[word.text]) for word in words)
        stress = sum(word.is_stressed_right(said[word.text]) for word in words)
        print(f"{name:44} sounds {share(sounds, of):20} with stress {share(stress, of)}")
        return said

    score("espeak-ng alone", lambda word: heard(word.text))
    chain = score("whole chain", lambda word: heard(hebrew_phonemes(word.text)))
    score("whole chain without the list of exceptions", without_list)
    score("the rules on right points", lambda word: phonemes.sounds_of(word.pointed))
    listed = [word for word in words if phonemes.is_exception(word.text)]
    decided = [word for word in listed if not word.is_stressed_right(without_list(word))]
    print(f"\nthe list of exceptions has {len(listed)} of the words and decides {len(decided)}")
    wrong = [word for word in words if not word.is_stressed_right(chain[word.text])]
    ours = [word for word in wrong if not word.is_stressed_right(phonemes.sounds_of(word.pointed))]
    print(f"wrong: {len(wrong)}; by the rules {len(ours)}, by the points {len(wrong) - len(ours)}")
    for word in wrong:
        cause = "rules" if word in ours else "points"
        right = "|".join(word.sounds)
        print(f"  {word.text:12} {pointed(word.text):16} {cause:7} said {chain[word.text]:14} right {right}")


async def times() -> None:
    await warm()
    first: list[float] = []
    whole: list[float] = []
    for sentence in SENTENCES:
        began = time.perf_counter()
        heard_at, size = 0.0, 0
        async for piece in speak(sentence):
            heard_at = heard_at or time.perf_counter() - began
            size += len(piece)
        first.append(heard_at * 1000)
        whole.append((time.perf_counter() - began) * 1000)
        seconds = size / RATE / SAMPLE_BYTES
        print(
            f"  {seconds:4.1f} s of sound after {first[-1]:4.0f} ms, all in {whole[-1]:4.0f} ms: {as_spoken(sentence)}"
        )
    print(f"first sound: median {statistics.median(first):.0f} ms, most {max(first):.0f} ms")


if __name__ == "__main__":
    report(read_words())
    print()
    report_unseen(read_unseen())
    print()
    asyncio.run(times())
