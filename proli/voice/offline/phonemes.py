"""Text as the program espeak-ng takes it: Hebrew as sounds in brackets, other letters as they are."""

import re
from typing import Final

from proli.knowledge.spoken.phonemes import sounds_of_words
from proli.voice.offline.pointing import pointed

_SOUNDS: Final = str.maketrans({"c": "ts", "C": "tS", "J": "dZ", "y": "j", "r": "R"})
"""Its names of our sounds, where they differ; its R is a rolled one, which is nearer than the English one."""
_WORD: Final = r"[א-ת][\u05b0-\u05ea'׳\"״-]*"
_PIECE: Final = re.compile(rf"(?P<word>{_WORD})|[A-Za-z0-9']+|[,.!?;:]")
_BESIDE: Final = "]] [["


def hebrew_phonemes(text: str) -> str:
    """ "[[Sal'om]] , [[tod'a Rab'a]] ." for "שלום, תודה רבה."."""
    found = list(_PIECE.finditer(pointed(text)))
    sounds = iter(sounds_of_words([piece[0] for piece in found if piece["word"]]))
    written = (f"[[{next(sounds).translate(_SOUNDS)}]]" if piece["word"] else piece[0].lower() for piece in found)
    return " ".join(written).replace(_BESIDE, " ")


def english_text(text: str) -> str:
    """The text without what the program would take for orders."""
    return re.sub(r"[^\w\s,.!?;:'-]", " ", text)
