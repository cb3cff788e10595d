"""What customers say in the game: each conversation is drawn from the seed and its number, whatever is answered."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

TOWNS = ("רמת גן", "חיפה", "באר שבע")
STREETS = ("ביאליק", "הרצל", "סוקולוב", "ויצמן", "אחד העם", "רש״י", "הנביאים", "בן גוריון")
FAULTS = ("נזילה בכיור", "סתימה בכיור במטבח", "נזילה מתחת לכיור", "ברז מטפטף במקלחת")
HOURS = (8, 10, 12, 14, 16, 18)
WORKDAYS = {1, 2, 3, 4, 7}
VOICE = "voice"
"""Said instead of words: a voice note, which nobody here can write down."""


@dataclass(frozen=True, slots=True)
class Said:
    words: str
    at_once: bool = False
    """Written without waiting for an answer to what was said before: part of a burst."""
    when_booked: bool = False
    """Written once the visit has been confirmed, if it ever is."""


@dataclass(frozen=True, slots=True)
class Script:
    kind: str
    said: Sequence[Said]
    repeated: Sequence[bool]
    """Which of them the provider tells twice."""
    swapped: bool
    """Whether the provider tells a burst in another order."""


@dataclass(frozen=True, slots=True)
class Wish:
    town: str
    street: str
    house: int
    fault: str
    day: date
    hour: int

    @property
    def place(self) -> str:
        return f"רחוב {self.street} {self.house}, {self.town}"

    @property
    def time(self) -> str:
        return f"בתאריך {self.day:%d/%m/%Y} בשעה {self.hour}:00"

    @property
    def whole(self) -> str:
        return f"יש לי {self.fault}, {self.town}, רחוב {self.street} {self.house}, {self.time}"


type Writes = Callable[[Wish], Sequence[Said]]


def at_once(wish: Wish) -> Sequence[Said]:
    return [Said(wish.whole)]


def in_a_burst(wish: Wish) -> Sequence[Said]:
    return [
        Said(f"שלום, יש לי {wish.fault}"),
        Said(f"אני ב{wish.town}, רחוב {wish.street} {wish.house}", at_once=True),
        Said(wish.time, at_once=True),
    ]


def step_by_step(wish: Wish) -> Sequence[Said]:
    return [Said(f"היי, יש לי {wish.fault}"), Said(wish.town), Said(f"{wish.street} {wish.house}"), Said(wish.time)]


def booked_and_cancelled(wish: Wish) -> Sequence[Said]:
    return [Said(wish.whole), Said("אני רוצה לבטל את הביקור", when_booked=True), Said("כן, לבטל")]


def changing_their_mind(wish: Wish) -> Sequence[Said]:
    return [Said(wish.whole), Said("בעצם כבר לא צריך, תבטלו בבקשה", at_once=True)]


def asking(wish: Wish) -> Sequence[Said]:
    return [Said(f"כמה עולה ביקור של אינסטלטור ב{wish.town}?"), Said("תודה רבה, אחשוב על זה")]


def opting_out(wish: Wish) -> Sequence[Said]:
    return [Said(f"שלום, יש לי {wish.fault}"), Said("הסירו אותי, לא לשלוח לי יותר הודעות")]


def speaking(wish: Wish) -> Sequence[Said]:
    return [Said(VOICE), Said(wish.whole)]


def only_speaking(_: Wish) -> Sequence[Said]:
    return [Said(VOICE)]


def asking_for_a_person(wish: Wish) -> Sequence[Said]:
    return [Said(f"יש לי {wish.fault} ואני רוצה לדבר עם נציג אנושי")]


def in_english(wish: Wish) -> Sequence[Said]:
    return [
        Said("Hello, there is a leak under my kitchen sink"),
        Said(f"Ramat Gan, {wish.house} Bialik Street"),
        Said(f"{wish.day:%d/%m/%Y} at {wish.hour}:00"),
    ]


KINDS: tuple[tuple[int, Writes], ...] = (
    (30, at_once),
    (12, in_a_burst),
    (12, step_by_step),
    (10, booked_and_cancelled),
    (5, changing_their_mind),
    (9, asking),
    (5, opting_out),
    (4, speaking),
    (4, only_speaking),
    (4, asking_for_a_person),
    (5, in_english),
)
"""Of a hundred conversations so many of each."""
REPEATED, SWAPPED = 0.12, 0.3


def draw(seed: int, number: int, *, today: date) -> Script:
    """What customer `number` will say; of the day only the dates wished for depend."""
    chance = random.Random(f"customer {number} of {seed}")
    (writes,) = chance.choices([kind for _, kind in KINDS], [weight for weight, _ in KINDS])
    said = writes(wish(chance, number, today))
    repeated = [chance.random() < REPEATED for _ in said]
    return Script(writes.__name__, said, repeated, swapped=chance.random() < SWAPPED)


def wish(chance: random.Random, number: int, today: date) -> Wish:
    days = [day for day in (today + timedelta(days=ahead) for ahead in range(2, 13)) if day.isoweekday() in WORKDAYS]
    return Wish(
        town=TOWNS[number % len(TOWNS)],
        street=chance.choice(STREETS),
        house=1 + number // len(TOWNS) % 180,
        fault=chance.choice(FAULTS),
        day=chance.choice(days),
        hour=chance.choice(HOURS),
    )
