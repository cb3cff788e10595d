"""What a message puts right in an address that is known, and an address that is told a piece a message."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from proli.knowledge.address import Address, find_address
from proli.knowledge.numbers import with_digits
from proli.knowledge.reading.address_parts import BLANK, as_number, corrects, read_parts
from proli.knowledge.reading.changed_mind import CHANGED
from proli.knowledge.reading.lexicon import word_list
from proli.knowledge.text import fold, normalise, tokens

_NUMBER: Final = r"(?P<number>\d{1,3}(?:\s?[א-ד](?!\w|(?<=\s.) ?-? ?\d))?)"
_ALONE: Final = re.compile(
    rf"\W*(?:(?:ב|ה)?(?:מספר|מס'?|בית|דום|number|no|house|д|дом|№|رقم)\W{{0,2}}(?:הבית\s)?)?{_NUMBER}\W*"
)
_STARRED: Final = re.compile(rf"\s*(?:\*+\s*{_NUMBER}|{_NUMBER.replace('number', 'before')}\s*\*+)\s*")
_INSTEAD: Final = re.compile(
    r"(?:(?:זה|מספר|it's|its|это)\s)*(?P<number>\d{1,3})\s?(?:,\s?)?(?:ו?לא|not|а не|не|مش)\s(?P<old>\d{1,3})\W*"
    r"|(?:לא|not|не)\s(?P<old2>\d{1,3}),?\s(?:אלא|but|а)\s(?P<number2>\d{1,3})\W*"
)
_HOUSE: Final = (
    r"(?:(?:מספר|מס'?|בית|number|no\.?|дом|№|رقم)\s)?\d{1,3}(?:\s?[א-ד](?!\w|(?<=\s.) ?-? ?\d))?(?![\w:.%/]\d|\d|\w)"
)
_NAME: Final = r"[^\W\d_][^\W_]*(?:['\"-][^\W\d_]+)*'?"
_ROAD: Final = r"(?:\s(?:street|st|road|rd|ave|avenue)(?!\w))?"
_NUMBER_FIRST: Final = rf"\d{{1,3}}[a-d]?\s(?!(?:but|rather|it'?s|and|not|this)(?!\w))[a-z][a-z'-]+{_ROAD}"
_PLACE: Final = (
    rf"(?:{_NUMBER_FIRST}|(?:{_NAME}\s){{0,4}}{_HOUSE}(?:\s(?:{_NAME}\s)?(?:street|st|road|rd|ave|avenue)(?!\w))?)"
)
_REFUSED: Final = re.compile(
    rf"(?<!\w)(?:ו?לא|(?:and |it'?s |its |is |isn't )?not|isn't|а не|не|و?مش|ليس)\s(?P<place>{_PLACE})"
    r"(?=\W*$|\s*[,;!?،]|\s*\.(?!\d)|\s(?:אלא|but|rather|а|но|بل|لكن|זה|it's|its|это)(?!\w))(?P<but>\W*(?:(?:אלא|but|rather|а|но|بل|لكن)(?!\w))?)",
    re.IGNORECASE,
)
"""A place that is named because it is not meant, and what leads on to the one that is."""
_SORRY: Final = (
    r"סליחה|סורי|רגע|בעצם|טעות|התכוונתי|כלומר|זה|זו|ל|ב|אלא|sorry|wait|actually|i mean|it's|its|it is|at|but|this is"
    r"|это|а|точнее|هو"
)
_LEAST: Final = re.compile(
    rf"\W*(?:(?:{_SORRY})\W+)*(?:ב|ל)?-?(?P<house>{_HOUSE})\W*(?:תודה|בבקשה|thanks|please|спасибо|شكرا)?\W*",
    re.IGNORECASE,
)
"""Nothing but the number of a house."""
_LABEL: Final = re.compile(r"(?:ה?רחוב|רח'?|מספר|מס'?|בית|קומה|דירה|כניסה|street|number|floor|apartment|apt)[:\s]*")
_GOES_ON: Final = re.compile(r"\W*\d{1,3}[א-ד]?[\s,]+(?:קומה|דירה|כניסה|floor|apartment|apt|этаж|кв|квартира)\b")
_BARE: Final = re.compile(r"\d{1,3}[א-ד]?")
_FEW_WORDS: Final = 5
_NEXT: Final = 25
_CHANGE: Final = re.compile(
    rf"(?<!\w)(?:{CHANGED}|(?:אה,? |אוי,? |רגע,? )?לא,? (?:רגע|סליחה|אה|טעות|זה)"
    r"|(?:אה|אוי|רגע|אופס),? לא|סליחה|סורי|טעות|תיקון|טעיתי"
    r"|התבלבלתי|התכוונתי(?: ל-?)?|ליתר דיוק|sorry|i mean|no,? (?:make it|wait|it'?s)|нет,?|точнее|لا،?)(?!\w)"
    r",?:? ?(?:זה |ברחוב )?",
    re.IGNORECASE,
)
_WORKPLACE: Final = re.compile(
    r"[\s,]*(?:(?:רגע|אה|אוי|wait|oh|no),?\s)*(?:זה|זאת|זו|that's|that is|это) (?:(?:רק|בכלל|just|only) )?"
    r"(?:(?:my|our|the) )?ה?(?:עבודה|משרד|עסק|חנות|work|office|shop|работа|офис)(?:\s(?:שלי|שלנו|моя|мой))?"
    r"[\s,.-]*(?:(?:ו?ה?(?:בית|דירה|כתובת)(?: שלי| שלנו)?"
    r"|(?:my |our )?(?:home|house|flat|apartment|address)|дом)[\s,]*)?"
    r"(?:(?:זה|זאת|ב|is|это)\s)?",
    re.IGNORECASE,
)
"""The place that was told is where they work; the one that follows is meant."""
_TIMED: Final = re.compile(r"(?<!\w)[בל]?(?:מחר|מחרתיים|היום|יום|שעה|tomorrow|today)(?!\w)|\d:\d")
_SPEAKER: Final = word_list("speaking_of_home")
_AROUND: Final = word_list("address_words") | word_list("wrong") | word_list("negations") | word_list("courtesy")
_LEAST_OF_HOUSES: Final = 32
"""A bare number from here on is neither an hour nor a day of the month."""


def settled_on(text: str) -> Address | None:
    """The second of two places in one message, where words of changing one's mind lead from the first to it."""
    for change in [*_WORKPLACE.finditer(normalise(text)), *_CHANGE.finditer(normalise(text))]:
        first, second = normalise(text)[: change.start()], normalise(text)[change.end() :]
        if _TIMED.search(second[:_NEXT]):
            continue
        was, now = find_address(first, asked=True), find_address(second, asked=True)
        if was is not None and was.number is not None and now is not None and now.street and now.number:
            return now
    return None


def put_right(
    text: str, *, known: Mapping[str, Any] | None, address: str | None, asked: str | None, timed: bool
) -> Address | None:
    """The address as it is after this message; None when it changes nothing in it.

    `known` are the parts of the `address` that is known. A bare number is the house's where only that is missing; a
    street with its number, and nothing else, is an address, unless it is a question, or the message is `timed`: then
    the number is an hour. What a word of correction stands beside is an address too.
    """
    if address is None:
        return None
    number = _house(text, known or {}, asked=asked)
    if number is not None:
        return Address(None, as_number(number), None, None, None)
    if (parts := _parts_alone(text)) is not None:
        return parts
    found = find_address(text.replace("*", " "), asked=True)
    if found is None:
        return None
    whole = found.street is not None and found.number is not None
    short = whole and not timed and "?" not in text and len(tokens(text)) <= _FEW_WORDS
    return found if short or corrects(fold(text)) or speaks_of_address(text) else None


def instead_of(text: str, *, known: Mapping[str, Any] | None, asked: str | None, timed: bool) -> Address | None:
    """The place that is meant where another is named as not meant: "לא הרצל 15 אלא הרצל 51", "51, not 15".

    Two bare numbers are houses where the one that is not meant is known for the house, or neither can be an hour.
    """
    plain = normalise(with_digits(text))
    left = read_parts(fold(plain)).left
    refused = next((one for one in _REFUSED.finditer(left) if not corrects(one["place"])), None)
    if refused is None or (wrong := find_address(plain[slice(*refused.span("place"))], asked=True)) is None:
        wrong = _house_in(refused["place"]) if refused else None
    if refused is None or wrong is None:
        return None
    if wrong.street is None and (before := find_address(_clause_before(plain, refused.start()), asked=True)):
        wrong = before if before.number == wrong.number else wrong
    sides = (_clause_after(plain, refused.end()), _clause_before(plain, refused.start()))
    meant = next((found for side in sides if (found := _place_in(side)) is not None), None)
    if meant is None or (meant.street, meant.number) == (wrong.street, wrong.number):
        return None
    if meant.street is None and wrong.street is None and not _of_house(meant, wrong, known or {}, asked, timed=timed):
        return None
    street = meant.street or wrong.street
    return replace(meant, street=_without_prefix(street, known or {})) if street else meant


def _place_in(side: str) -> Address | None:
    """The street with its number, or the bare number, that stands there."""
    found = _house_in(side) or find_address(side, asked=True)
    return found if found is not None and found.number is not None else None


def _house_in(side: str) -> Address | None:
    alone = _LEAST.fullmatch(side)
    digits = re.search(r"\d{1,3}(?:\s?[א-ד](?!\w|(?<=\s.) ?-? ?\d))?", alone["house"]) if alone else None
    return Address(None, as_number(digits[0].replace(" ", "")), None, None, None) if digits else None


def _clause_after(text: str, at: int) -> str:
    return re.split(r"[.;!?\n](?!\d)", text[at:], maxsplit=1)[0]


def _clause_before(text: str, at: int) -> str:
    return re.split(r"[.;!?\n](?!\d)", text[:at])[-1]


def _of_house(meant: Address, wrong: Address, known: Mapping[str, Any], asked: str | None, *, timed: bool) -> bool:
    """Whether two bare numbers are those of the house in a street that is known."""
    if not known.get("street"):
        return False
    least = min(int(re.sub(r"\D", "", str(one.number))) for one in (meant, wrong))
    return known.get("number") == wrong.number or (not timed and least >= _LEAST_OF_HOUSES) or asked == "address"


def _without_prefix(street: str, known: Mapping[str, Any]) -> str:
    """The street without the "in" or "at" before it, where it is the one that is known."""
    said = known.get("street")
    return said if said and street[1:] == said and street[0] in "בל" else street


def told_on(text: str, *, known: Mapping[str, Any] | None) -> Address | None:
    """The address that begins with the known street when the message goes on with its number: "83 קומה 2"."""
    street = (known or {}).get("street")
    if not street or (known or {}).get("number") is not None or not _GOES_ON.match(fold(text)):
        return None
    return find_address(f"{street} {text.strip()}", asked=True)


def loses_house(found: Address, known: Mapping[str, Any] | None) -> bool:
    """Whether a street alone would take the place of a house that is known: "החניה ברחוב מאחור"."""
    return found.street is not None and found.number is None and (known or {}).get("number") is not None


def doubts_address(text: str) -> bool:
    """Whether the message says that the address is wrong or another one, whatever it is then."""
    folded = fold(text)
    wrong = {word.text for word in tokens(text)} & word_list("wrong")
    return speaks_of_address(text) and (bool(wrong) or corrects(folded))


def speaks_of_address(text: str) -> bool:
    """Whether a word for an address, or for the number of a house, stands in the message."""
    return bool({word.text for word in tokens(text)} & word_list("address_words"))


def says_more(text: str, *, besides: Iterable[str | None]) -> bool:
    """Whether the message says more than these addresses, corrected or not: a code, or more than a few words."""
    told = {word.text for address in besides for word in tokens(address or "")} | _AROUND
    others = [word.text for word in tokens(with_digits(text)) if word.text not in told and word.text[1:] not in told]
    return len(others) >= _FEW_WORDS or any(re.search(r"\d{3}", word) for word in others)


def in_pieces(text: str) -> str:
    """The lines of a burst with a label and its value, and a street and its bare number, on one line."""
    lines: list[str] = []
    for line in text.splitlines():
        piece, before = line.strip(" ."), lines[-1].strip(" .") if lines else ""
        label = _LABEL.fullmatch(before.split(" ")[-1]) if before else None
        number = with_digits(piece, asked=True)
        if label or (_BARE.fullmatch(number) and before and not re.search(r"\d", before) and before.count(" ") < 3):
            lines[-1] = f"{before} {number}."
        elif _LABEL.fullmatch(piece) and before and piece.startswith(("מס", "number", "בית")):
            lines[-1] = f"{before} {piece}"
        else:
            lines.append(line)
    return "\n".join(lines)


def _parts_alone(text: str) -> Address | None:
    """Floor, apartment and entrance, where nothing else is told: of a neighbour's floor nobody is told."""
    parts = read_parts(fold(with_digits(text)))
    rest = [word.text for word in tokens(parts.left.replace(BLANK, " "))]
    if not parts or any(word not in _AROUND and word not in _SPEAKER for word in rest):
        return None
    return Address(None, None, parts.floor, parts.apartment, parts.entrance)


def _house(text: str, known: Mapping[str, Any], *, asked: str | None) -> str | None:
    """The number of the house, told by itself."""
    plain = with_digits(text, asked=asked == "address")
    if (starred := _STARRED.fullmatch(plain)) is not None:
        return starred["number"] or starred["before"]
    if (instead := _INSTEAD.fullmatch(plain)) is not None:
        new, old = instead["number"] or instead["number2"], instead["old"] or instead["old2"]
        return new if str(known.get("number")) == old else None
    alone = _ALONE.fullmatch(plain)
    if alone is None or known.get("number") is not None or not known.get("street"):
        return None
    labelled = not re.match(r"\W*\d", plain)
    of_house = asked == "address" or labelled or int(re.sub(r"\D", "", alone["number"])) >= _LEAST_OF_HOUSES
    return alone["number"].replace(" ", "") if of_house else None
