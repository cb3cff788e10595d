"""Whatever a stranger sends is read in a time that grows as its length does, and no more than anybody can mean."""

import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

from proli.knowledge import (
    contact_ways,
    dangers,
    intents,
    money,
    numbers,
    people,
    places,
    requests,
    times,
    trades,
    visits,
    where,
)
from proli.knowledge import property as homes
from proli.knowledge.address import find_address
from proli.knowledge.address_corrections import instead_of, put_right, says_more
from proli.knowledge.answers import find_answer
from proli.knowledge.cancelling import find_stance, only_keeps
from proli.knowledge.for_a_while import find_while
from proli.knowledge.free_again import says_free
from proli.knowledge.from_the_car import asks_for_details, find_to_tell
from proli.knowledge.hindered import is_hindered
from proli.knowledge.keyboards import as_meant
from proli.knowledge.not_coming import refuses
from proli.knowledge.reading.gazetteer import gazetteer
from proli.knowledge.reading.lexicon import read_table, read_words
from proli.knowledge.said import LONGEST, as_said, burst_as_said, recently_said
from proli.knowledge.self_corrections import as_corrected
from proli.knowledge.sooner import asks_sooner
from proli.knowledge.spoken.heard import digits_heard, spelled
from proli.knowledge.spoken.saying import as_spoken, sentences, so_far
from proli.knowledge.text import language_of, tokens, without_fillers
from proli.knowledge.turn_ends import says_goodbye, takes_floor, wait_after

NOW: Final = datetime(2026, 11, 29, 10, 0, tzinfo=ZoneInfo("Asia/Jerusalem"))
OFFERED: Final = (NOW, NOW + timedelta(hours=2), NOW + timedelta(days=1))
SHORT, LONG = 1_024, 4_096
GROWTH: Final = 9.0
"""What takes the time of its text takes four times as long; what takes its square, sixteen times."""
TOO_LITTLE_S: Final = 0.01
TRIES: Final = 6
MIXTURES: Final = 12 if os.environ.get("LONG_TESTS") else 4

READERS: Final[dict[str, Callable[[str], Any]]] = {
    "tokens": tokens,
    "as_meant": as_meant,
    "without_fillers": without_fillers,
    "language_of": language_of,
    "with_digits": numbers.with_digits,
    "with_digits, asked": lambda text: numbers.with_digits(text, asked=True),
    "find_while": find_while,
    "asks_sooner": asks_sooner,
    "is_hindered": is_hindered,
    "says_free": says_free,
    "refuses": refuses,
    "find_to_tell": find_to_tell,
    "asks_for_details": lambda text: asks_for_details(text, ["דנה"]),
    "find_intents": intents.find_intents,
    "find_answer": find_answer,
    "find_choice": lambda text: intents.find_choice(text, count=3, offered=OFFERED),
    "find_time": lambda text: times.find_time(text, now=NOW),
    "find_time, asked": lambda text: times.find_time(text, now=NOW, asked=True),
    "find_time of a move": lambda text: times.find_time(text, now=NOW, question="move_in"),
    "find_named_time": lambda text: times.find_named_time(text, now=NOW),
    "find_recurring": times.find_recurring,
    "speaks_of_visit": times.speaks_of_visit,
    "find_trades": trades.find_trades,
    "find_urgency": trades.find_urgency,
    "find_danger": dangers.find_danger,
    "find_places": places.find_places,
    "find_locality": places.find_locality,
    "read_where": lambda text: where.read_where(text, asked=None, homes=False),
    "read_where of homes": lambda text: where.read_where(text, asked="city", homes=True),
    "find_address": find_address,
    "find_address, asked": lambda text: find_address(text, asked=True),
    "find_phones": people.find_phones,
    "find_prices": people.find_prices,
    "find_name": people.find_name,
    "find_name, asked": lambda text: people.find_name(text, asked=True),
    "find_money": money.find_money,
    "find_money, asked": lambda text: money.find_money(text, deal="sale", asked=True, home=True),
    "find_needs": lambda text: homes.find_needs(text, now=NOW.date()),
    "find_needs, budget": lambda text: homes.find_needs(text, asked="budget", now=NOW.date()),
    "find_needs, rooms": lambda text: homes.find_needs(text, asked="rooms", now=NOW.date()),
    "find_stance": lambda text: find_stance(text, standing=True),
    "only_keeps": only_keeps,
    "refuses_calls": contact_ways.refuses_calls,
    "find_request": lambda text: requests.find_request(text, homes=False, has_booking=True),
    "find_request after a visit": lambda text: requests.find_request(text, homes=False, has_booking=True, visited=True),
    "read_talk": lambda text: visits.read_talk(text, visit=NOW + timedelta(days=2), now=NOW),
    "instead_of": lambda text: instead_of(text, known={"street": "הרצל", "number": 7}, asked=None, timed=False),
    "as_corrected": lambda text: as_corrected(text, spoken=True),
    "with_digits of a house": lambda text: numbers.with_digits(text, house=True),
    "put_right": lambda text: put_right(text, known={}, address="הרצל", asked=None, timed=False),
    "says_more": lambda text: says_more(text, besides=("הרצל 7",)),
    "as_spoken": as_spoken,
    "as_spoken in English": lambda text: as_spoken(text, "en"),
    "sentences": sentences,
    "so_far": so_far,
    "spelled": spelled,
    "digits_heard": digits_heard,
    "wait_after": wait_after,
    "wait_after, asked for a phone": lambda text: wait_after(text, asked="phone"),
    "says_goodbye": lambda text: says_goodbye(text, served=True),
    "takes_floor": lambda text: takes_floor(text, asked="yes_no"),
    "find_request of homes": lambda text: requests.find_request(text, homes=True, has_booking=False),
}
CLOCK: Final = "מחר היום בין עד אחרי לפני שבת פסח יום שני בבוקר בעוד שעה שבוע או לא רק בעצם tomorrow at"
SHAPES: Final = {
    "dashes": "-",
    "dashes apart": "- ",
    "one letter": "א",
    "one digit": "7",
    "digits apart": "7 ",
    "exclamations": "!",
    "dots": ".",
    "amounts": "1,000,000 ",
    "hours": "מחר ב-5 או ",
    "spans": "בין 2 ל-4 ",
    "dates": "1.12 ",
    "weeks": "שבוע הבא ",
    "a town": "תל אביב ",
    "towns": "מתל אביב לחיפה ",
    "a quarter": "פלורנטין ",
    "addresses": "רחוב הרצל 5, ",
    "counts": "2 או 3 או ",
    "words nobody knows": "אבגד ",
    "one long word": "אבגדהוזחטיכלמנסעפצקרשת",
    "letters and hyphens": "ל-",
    "phones": "052-1234567 ",
    "spoken digits": "אפס חמש שתיים ",
    "names": "שמי דני כהן ",
    "faults": "נזילה בכיור, ",
    "danger": "ריח גז ",
    "complaints": "הוא היה גרוע, הכל עדיין לא ",
    "no calls": "אל תתקשרו אליי, ",
    "cancelling": "אל תבואו לפני 10, תבטלו אם ",
    "orders": "please don't cancel the other one. ",
    "rooms": "3-4 חדרים, ",
    "prices": "5000 שקל ",
    "sighs": "אה, ",
    "no": "לא ",
    "two sides": "למכור דירה ברמת גן ולקנות בתל אביב ",
    "emoji": "😀",
    "Russian": "привет завтра ",
    "Arabic": "مرحبا غدا ",
}


def repeated(shape: str) -> Callable[[int], str]:
    return lambda size: (shape * (size // len(shape) + 1))[:size]


def words_of_the_lexicon() -> list[str]:
    listed = [str(word) for word in _flat(read_table("intents.yaml"))] + [
        str(w) for w in _flat(read_table("trades.yaml"))
    ]
    names = [*sorted(gazetteer().by_name)[:200], *sorted(read_words("given_names.txt"))[:100]]
    clock = CLOCK.split()
    signs = [*"-,.!?:/()\"'+*₪%&@#\n0123456789", "10:00", "1.12", "052-1234567", "אלף", "מיליון", "\u200f", "😀"]
    return [*listed, *names, *(clock + signs) * 20]


def _flat(table: Any) -> list[Any]:
    if isinstance(table, dict):
        return [one for value in table.values() for one in _flat(value)]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    return [one for value in table for one in _flat(value)] if isinstance(table, list) else [table]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]


def mixed(seed: int) -> Callable[[int], str]:
    chance = random.Random(seed)
    some = chance.sample(words_of_the_lexicon(), chance.choice((3, 10, 200)))
    between = chance.choice((" ", "", ", ", "-"))
    return lambda size: between.join(random.Random(seed).choices(some, k=size))[:size]


@dataclass
class Stopwatch:
    """The processor's time for one reader, the least of several tries, so that a busy machine does not count."""

    reader: Callable[[str], Any]
    text_of: Callable[[int], str]
    tries: int = 0

    def spent(self, size: int) -> float:
        """The time for a text of this size that has not been read before."""
        self.tries += 1
        text = self.text_of(size - 3) + f" {self.tries:02}"
        began = time.process_time()
        self.reader(text)
        return time.process_time() - began

    def grows_too_fast(self) -> float | None:
        """How much longer the long text takes, when that is too much however often it is tried."""
        short, long = self.spent(SHORT), self.spent(LONG)
        for _ in range(TRIES):
            if long < TOO_LITTLE_S or long < GROWTH * short:
                return None
            short, long = max(short, self.spent(SHORT)), min(long, self.spent(LONG))
        return long / short


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    """The tables are read."""
    for read in READERS.values():
        read("שלום, נזילה בכיור, הרצל 5 תל אביב, מחר ב-10. I am Dan, 052-1234567, דירת 3 חדרים, after Pesach")


@pytest.mark.parametrize("shape", SHAPES)
def test_the_same_over_and_over_is_read_in_the_time_of_its_length(shape: str) -> None:
    assert too_slow(repeated(SHAPES[shape])) == {}


@pytest.mark.parametrize("seed", range(MIXTURES))
def test_any_words_and_signs_are_read_in_the_time_of_their_length(seed: int) -> None:
    assert too_slow(mixed(seed)) == {}


def too_slow(text_of: Callable[[int], str]) -> dict[str, float]:
    grown = {name: Stopwatch(read, text_of).grows_too_fast() for name, read in READERS.items()}
    return {name: round(times, 1) for name, times in grown.items() if times is not None}


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("digits", ["9" * 400, "1" + ",000" * 120, "9" * 5_000, "0." + "9" * 5_000, "9 " * 400])
def test_a_number_without_end_is_read_without_fault(name: str, digits: str) -> None:
    for text in (
        digits,
        f"{digits} ₪",
        f"תקציב {digits} מיליון",
        f"{digits} חדרים",
        f"{digits} דונם",
        f"בשנת {digits}",
    ):
        READERS[name](text)


@pytest.mark.parametrize("size", [4_096, 20_000, 1_000_000])
@pytest.mark.parametrize("shape", SHAPES)
def test_no_more_is_read_than_anybody_can_have_said(shape: str, size: int) -> None:
    assert len(as_said(repeated(SHAPES[shape])(size))) <= LONGEST


def test_letters_that_grow_when_they_are_spelt_out_do_not_grow_the_text() -> None:
    grown = "".join(chr(0xFDFA + at % 2) + "א" * (at % 3) for at in range(20_000))
    assert len(tokens(as_said(grown))) <= LONGEST


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("-" * 4_000 + " נזילה בכיור " + "=" * 4_000, "--- נזילה בכיור ==="),
        ("מחר ב-5 או " * 400 + "מחר ב-6", "מחר ב-5 או מחר ב-5 או מחר ב-6"),
        ("תל אביב " * 500, "תל אביב תל אביב "),
        ("א" + "\n" * 500 + "ב", "א\nב"),
        ("הטלפון " + "9" * 400, "הטלפון  "),
        ("ש" + "\u0301\u0316" * 900, "ש\u0301\u0316\u0301\u0316"),
    ],
)
def test_what_is_repeated_without_end_is_read_a_few_times(text: str, read: str) -> None:
    assert as_said(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "היי!!! יש לי נזילה... דחוףףף",
        "052-2222222",
        "0505050505",
        "לא לא לא לא, מחר",
        "כן, כן, כן",
        "חחחחח",
        "https://waze.com/ul?ll=32.08,34.81&navigate=yes",
        "3500000 ש״ח, דירת 4 חדרים, 105 מ״ר, קומה 3",
    ],
)
def test_what_people_write_is_read_as_it_is(text: str) -> None:
    assert as_said(text) == text


def test_of_a_text_that_is_too_long_the_beginning_and_the_end_are_read() -> None:
    story = " ".join(f"מילה{number}" for number in range(2_000))
    read = as_said(f"נזילה בכיור. {story} הרצל 5 חולון")
    assert read.startswith("נזילה בכיור. מילה0 ")
    assert read.endswith(" הרצל 5 חולון")
    assert len(read) == LONGEST


def test_a_burst_as_a_whole_is_bounded_and_its_first_and_last_messages_are_read() -> None:
    burst = [f"הודעה {number} " + "מילה אחרת לגמרי " * (number % 3) for number in range(500)]
    read = burst_as_said(burst)
    assert len(read) == len(burst)
    assert sum(map(len, read)) <= LONGEST
    assert (read[0], read[-1]) == (as_said(burst[0]), as_said(burst[-1]))


def test_of_all_that_was_said_the_latest_is_compared_with() -> None:
    said = [f"{number} " + "אבגד" * 20 for number in range(200)]
    recent = recently_said(said)
    assert len(recent) <= 2 * LONGEST
    assert recent.endswith(as_said(said[-1]))
