"""Cues: named lists of patterns over folded text, each standing between word boundaries, of which any one will do."""

import re
from functools import cache
from typing import Final

from proli.knowledge.reading.lexicon import read_table

_FINALS: Final = str.maketrans("ךםןףץ", "כמנפצ")
_SEPARATE: Final = r"(?<![^\W\d_])(?:[ושהבלמכ]|וש|כש|של|ול)?(?:%s)(?![^\W\d_])"


@cache
def cues_of(file: str) -> dict[str, re.Pattern[str]]:
    """The patterns of a table by name; final letters are folded in them as in the text, a Hebrew prefix is theirs."""
    return {
        name: re.compile("|".join(_SEPARATE % pattern.translate(_FINALS) for pattern in patterns))
        for name, patterns in read_table(file).items()
    }
