"""The size of a home or a plot in square metres."""

import re
from typing import Final

from proli.knowledge.reading.amounts import to_number
from proli.knowledge.reading.beside import ends

_SIZE: Final = re.compile(
    r"(?<![\d.,])(?:(?P<low>\d{2,4})\s?(?:-|עד|to|ל-?)\s?)?(?P<n>\d{2,3}(?:,\d{3})?|\d{2,5})\s?-?(?:מ\"ר"
    r"|מטר מרובע\w*|מטרימ|מטר|מ'|מר(?!\w)|sq\.?\s?m(?:eters?|etres?)?|sqm|square met\w+"
    r"|m2|м2|кв\.?\s?м\w*|квадрат\w*|метр\w*|متر)(?!\w)(?!\s?(?:מה|ל?מה?ימ|from|от))"
)
_DUNAM: Final = re.compile(
    r"(?<![\d.])(?:(?P<n>\d{1,6}(?:\.\d{1,3})?)(?P<half> ו-?חצי)?|(?P<part>חצי|רבע"
    r"|half an?))?\s?ד(?:ו)?נ[ו]?מ(?:ימ)?(?P<tail> ו-?חצי)?(?!\w)|(?<![\d.])(?P<en>\d{1,6}(?:\.\d{1,3})?) dunams?"
)
_OTHER: Final = re.compile(
    r"(?<!\w)[וה]?(?:מרפסת|גינה|גינת|חצר|מחסנ|מגרש(?: של)?|סלונ|מרתפ|גג|balcony|garden|yard|terrace"
    r"|plot)(?: (?:שמש|צמוד\w*|פרטית?|גדולה?|של|בגודל|of|about|בערכ)){0,2} -?$"
)
_BARE: Final = re.compile(r"(?<![\d.,])\d{2,4}(?![\d.,])")


def find_size(text: str, *, asked: bool, plot: bool) -> int | None:
    """Square metres named in the folded text; those of a balcony or a garden are not of the home."""
    for found in _SIZE.finditer(text):
        if plot or not ends(_OTHER, text, found.start()):
            return round(to_number(found["low"] or found["n"]))
    if plot and (found := _DUNAM.search(text)):
        if found["en"]:
            return round(float(found["en"]) * 1000)
        part = 0.5 if found["part"] in ("חצי", "half a", "half an") else 0.25
        number = float(found["n"]) if found["n"] else part if found["part"] else 1
        return round((number + (0.5 if found["half"] or found["tail"] else 0)) * 1000)
    if asked and (bare := _BARE.search(text)):
        return int(bare[0])
    return None
