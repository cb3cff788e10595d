"""Wishes for a time are computed from the words and the moment, never guessed."""

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proli.knowledge.text import normalise
from proli.knowledge.times import find_time
from proli.knowledge.wishes import TimeWish, window

ISRAEL = ZoneInfo("Asia/Jerusalem")
SUNDAY = datetime(2026, 11, 22, 9, 0, tzinfo=ISRAEL)
CASES: list[dict[str, str]] = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "dates_dev.jsonl").read_text(encoding="utf-8").splitlines()
]


def wish(text: str, *, now: datetime = SUNDAY, asked: bool = False) -> TimeWish:
    found = find_time(text, now=now, asked=asked)
    assert found is not None, text
    return found


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ISRAEL)


def agrees(found: TimeWish | None, gold: str) -> bool:
    """Whether the wish says what one of the gold answers says."""
    if found is None:
        return False
    return any(_agrees(found, answer) for answer in gold.split("|"))


def _agrees(found: TimeWish, gold: str) -> bool:
    if gold == "asap" or found.kind == "asap":
        return found.kind == "asap" and (gold == "asap" or window(found, now=at(gold))[0] == at(gold))
    assert found.start is not None
    day, _, rest = gold.partition(" ")
    if "-W" in gold:
        return found.kind == "range" and found.start.isocalendar().week in (int(gold[-2:]), int(gold[-2:]) - 1)
    if "/" in gold:
        start, end = gold.split("/")
        return found.kind == "range" and (found.start, found.end) == (at(start), at(f"{start[:11]}{end[-5:]}"))
    if not rest:
        exact = "T" in gold
        return found.kind == ("exact" if exact else "day") and found.start == at(gold)
    relation, _, hour = rest.partition(" ")
    if hour:
        bound = found.start if relation == "after" else found.end
        return found.kind == relation and bound == at(f"{day}T{hour}")
    part = rest.replace("-", "_")
    return found.kind == "part" and found.part == part and found.start.date() == date.fromisoformat(day)


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
@pytest.mark.parametrize("asked", [False, True])
def test_of_the_development_phrases_every_one_is_right(case: dict[str, str], asked: bool) -> None:
    assert agrees(find_time(case["text"], now=at(case["reference"]), asked=asked), case["gold"])


@pytest.mark.parametrize(
    "text",
    [
        "דירת 4 חדרים", "דירה עד 2.4 מיליון", "3.5 חדרים בחיפה", "עד 12 אלף", "ב-250 ש\"ח", "אחרי 4 שנים המזגן התקלקל",
        "I need 4 rooms", "יש לי 3 מזגנים", "ביאליק 30 קומה 2", "ביאליק 30/4", "050-1234567", "קומה 4", "בשני חדרים",
    ],
)  # fmt: skip
def test_a_count_a_price_or_a_house_is_no_hour(text: str) -> None:
    assert find_time(text, now=SUNDAY) is None


@pytest.mark.parametrize(
    "text",
    [
        "בוקר טוב", "ערב טוב, יש לי נזילה", "שבת שלום", "יום טוב", "good morning", "היום נסתם לי הכיור",
        "הבוקר נשבר הברז", "לפני שעה התחיל", "עכשיו נזכרתי", "מהבוקר אין מים", "אתמול בערב קרה",
    ],
)  # fmt: skip
def test_a_greeting_or_a_report_is_no_wish(text: str) -> None:
    assert find_time(text, now=SUNDAY) is None


@pytest.mark.parametrize("text", ["אני גר בראשון", "ראשון לציון", "שני מתקנים", "השני"])
def test_a_town_a_number_or_a_choice_is_no_weekday(text: str) -> None:
    assert find_time(text, now=SUNDAY) is None


def test_a_weekday_named_on_that_day_is_a_week_away() -> None:
    assert wish("יום ראשון הבא").start == wish("ביום ראשון").start == at("2026-11-29")


@pytest.mark.parametrize(
    ("text", "hour"),
    [("בארבע", 16), ("ב-4", 16), ("מחר ב-6", 18), ("מחר ב-10", 10), ("ב-12", 12), ("17", 17), ("רבע ל-5", 16)],
)
def test_a_bare_hour_from_one_to_six_is_of_the_afternoon(text: str, hour: int) -> None:
    start = wish(text, asked=True).start
    assert start is not None
    assert start.hour == hour


def test_seven_to_nine_without_a_part_of_day_is_asked_about_once() -> None:
    assert all(wish(f"מחר ב-{hour}").ambiguous for hour in (7, 8, 9))
    assert not any(
        wish(text).ambiguous for text in ("מחר ב-8 בבוקר", "מחר ב-8 בערב", "מחר ב-10", "מחר 08:00", "מחר ב-4")
    )


def test_a_part_of_the_day_settles_the_hour() -> None:
    assert wish("מחר ב-8 בערב").start == at("2026-11-23T20:00")
    assert wish("הערב ב-8").start == at("2026-11-22T20:00")
    assert wish("1 בצהריים").start == at("2026-11-22T13:00")
    assert wish("בין 8 ל-10 בערב").end == at("2026-11-22T22:00")


def test_an_hour_that_has_passed_means_tomorrow_unless_today_was_named() -> None:
    assert wish("ב-8:30").start == at("2026-11-23T08:30")
    assert wish("7 בבוקר").start == at("2026-11-23T07:00")
    assert wish("היום ב-8").start == at("2026-11-22T20:00")
    assert wish("היום ב-7 בבוקר").kind == "day"
    assert wish("בבוקר", now=at("2026-11-22T15:00"), asked=True).start == at("2026-11-23T07:00")


@pytest.mark.parametrize(
    ("text", "kind", "start", "end"),
    [
        ("אחרי 4", "after", "2026-11-22T16:00", "2026-11-23"),
        ("לא לפני 4", "after", "2026-11-22T16:00", "2026-11-23"),
        ("עד 12", "before", "2026-11-22T09:00", "2026-11-22T12:00"),
        ("מחר לא יאוחר מ-18:00", "before", "2026-11-23", "2026-11-23T18:00"),
        ("עד יום חמישי", "before", "2026-11-26", "2026-11-27"),
        ("מחר בין 4 ל-6", "range", "2026-11-23T16:00", "2026-11-23T18:00"),
        ("מחר 10-12", "range", "2026-11-23T10:00", "2026-11-23T12:00"),
        ("מחר מ-8 בבוקר עד 2", "range", "2026-11-23T08:00", "2026-11-23T14:00"),
        ("תוך יומיים", "before", "2026-11-24", "2026-11-25"),
        ("בשבוע הבא", "range", "2026-11-29", "2026-12-06"),
        ("בסוף השבוע", "range", "2026-11-27", "2026-11-29"),
        ("מחר, בעצם מחרתיים", "day", "2026-11-24", "2026-11-25"),
        ("לא היום, מחר", "day", "2026-11-23", "2026-11-24"),
        ("מחר אחרי הצהריים", "part", "2026-11-23T14:00", "2026-11-23T18:00"),
        ("between 10 and 12 tomorrow", "range", "2026-11-23T10:00", "2026-11-23T12:00"),
    ],
)
def test_limits_and_spans_have_both_their_ends(text: str, kind: str, start: str, end: str) -> None:
    found = wish(text)
    assert (found.kind, found.start, found.end) == (kind, at(start), at(end))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("דחוף!!", "asap"), ("כמה שיותר מהר", "asap"), ("asap", "asap"), ("מתי שנוח לכם", "flexible"),
        ("אני גמיש", "flexible"), ("anytime", "flexible"), ("פנוי כל היום", "flexible"),
    ],
)  # fmt: skip
def test_haste_and_ease_are_kinds_of_their_own(text: str, kind: str) -> None:
    assert wish(text).kind == kind


@pytest.mark.parametrize(
    ("text", "kind", "start"),
    [
        ("מחר אני לא יכול, אולי ביום רביעי בבוקר", "part", "2026-11-25T07:00"),
        ("לא יכול מחר, רק ביום חמישי", "day", "2026-11-26"),
        ("can't tomorrow, Wednesday at 10", "exact", "2026-11-25T10:00"),
        ("לא יכול לפני 4", "after", "2026-11-22T16:00"),
    ],
)
def test_a_refused_time_is_not_the_wish(text: str, kind: str, start: str) -> None:
    found = wish(text)
    assert (found.kind, found.start) == (kind, at(start))


@pytest.mark.parametrize("text", ["אני לא בבית היום", "0 לחודש", "32.13", "כניסה מיידית"])
def test_a_refusal_an_impossible_date_and_a_move_in_give_no_time(text: str) -> None:
    assert find_time(text, now=SUNDAY) is None


def test_what_is_not_urgent_is_not_asap() -> None:
    assert find_time("לא דחוף", now=SUNDAY) is None


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("tomorrow at 4pm", "2026-11-23T16:00"), ("next Sunday", "2026-11-29"), ("Nov 24 at 10:30", "2026-11-24T10:30"),
        ("in 2 hours", "2026-11-22T11:00"), ("after 5", "2026-11-22T17:00"), ("24/11", "2026-11-24"),
        ("24.11.2026", "2026-11-24"), ("16.30", "2026-11-22T16:30"), ("24 בנובמבר", "2026-11-24"),
    ],
)  # fmt: skip
def test_english_and_written_dates_are_read(text: str, start: str) -> None:
    assert wish(text, asked=True).start == at(start)


def test_an_hour_the_clocks_skip_is_the_one_they_show_and_distances_are_real_hours() -> None:
    assert wish("26.3.2027 ב-02:30").start == datetime(2027, 3, 26, 3, 30, tzinfo=ISRAEL)
    before = datetime(2026, 10, 25, 0, 30, tzinfo=ISRAEL)
    later = wish("בעוד שעתיים", now=before).start
    assert later is not None
    assert later.astimezone(UTC) - before.astimezone(UTC) == timedelta(hours=2)


def test_the_window_opens_now_at_the_earliest() -> None:
    assert window(wish("היום בבקשה"), now=SUNDAY) == (SUNDAY, at("2026-11-23"))
    assert window(wish("דחוף"), now=SUNDAY) == (SUNDAY, SUNDAY + timedelta(days=2))
    assert window(wish("מתי שנוח"), now=SUNDAY) == (SUNDAY, SUNDAY + timedelta(days=14))
    assert window(wish("מחר ב-10:00"), now=SUNDAY) == (at("2026-11-23T10:00"), at("2026-11-23T10:01"))


WORDS = st.lists(
    st.sampled_from(
        [
            "מחר",
            "היום",
            "מחרתיים",
            "יום",
            "ראשון",
            "שני",
            "ב'-",
            "שישי",
            "שבת",
            "אחרי",
            "לפני",
            "עד",
            "בין",
            "ל-12",
            "ב-4",
            "8",
            "16:30",
            "24/11",
            "31.2",
            "בערב",
            "בבוקר",
            "בלילה",
            "הבא",
            "בעוד",
            "שעתיים",
            "חודש",
            "לחודש",
            "ב-31",
            "שבוע",
            "סוף",
            "עכשיו",
            "גמיש",
            "מ-5",
            "רבע",
            "ל-1",
            "24:00",
            "00:30",
            "7",
            "דקות",
            "ימים",
            "99",
            "tomorrow",
            "at",
            "pm",
            "next",
        ]
    ),
    max_size=7,
).map(" ".join)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=UTC).astimezone(ISRAEL)
)


@given(st.one_of(st.text(max_size=50), WORDS), MOMENTS, st.booleans())
def test_no_wish_lies_before_today_and_its_source_is_in_the_text(text: str, now: datetime, asked: bool) -> None:
    found = find_time(text, now=now, asked=asked)
    if found is None:
        return
    midnight = datetime.combine(now.date(), time(0), tzinfo=ISRAEL).astimezone(UTC)
    assert found.source
    assert found.source in normalise(text)
    assert found.start is None or found.start.astimezone(UTC) >= midnight
    if found.start is not None and found.end is not None:
        assert found.start.astimezone(UTC) <= found.end.astimezone(UTC)
    opens, closes = window(found, now=now)
    assert now.astimezone(UTC) <= opens.astimezone(UTC) <= closes.astimezone(UTC)


@pytest.mark.parametrize(
    ("text", "kind", "hour"),
    [
        ("ביאליק 3 מחר ב-16:00", "exact", 16),
        ("ברחוב הרצל 5 מחר בבוקר", "part", 7),
        ("הרצל 12 ביום שלישי ב-10", "exact", 10),
        ("ביאליק 10 ביום שני", "day", 0),
    ],
)
def test_a_house_number_before_a_day_is_not_its_hour(text: str, kind: str, hour: int) -> None:
    wish = find_time(text, now=datetime(2026, 11, 22, 9, 0, tzinfo=ISRAEL))
    assert wish is not None
    assert wish.start is not None
    assert (wish.kind, wish.start.hour) == (kind, hour)


def test_a_date_after_the_word_day_is_that_date() -> None:
    wish = find_time("ביום 25.11 בשעה 10:00", now=datetime(2026, 11, 22, 9, 0, tzinfo=ISRAEL))
    assert wish is not None
    assert wish.start == datetime(2026, 11, 25, 10, 0, tzinfo=ISRAEL)


@pytest.mark.parametrize(
    "text",
    [
        "סתימה בכיור במטבח, אתמול ב-10",
        "סתימה בכיור, אתמול בשעה 10:00",
        "אתמול ב10 בבוקר",
        "אתמול בעשר",
        "אתמול בין 10 ל-12",
        "שלשום ב-16:00",
        "ביום ראשון שעבר ב-10",
        "ביום שלישי האחרון ב-9",
        "leak, yesterday at 10am",
        "last night at 10",
        "вчера в 10 потекло",
        "امبارح الساعة 10",
    ],
)
@pytest.mark.parametrize("asked", [False, True])
def test_an_hour_of_a_day_that_is_over_is_no_wish(text: str, *, asked: bool) -> None:
    now = datetime(2070, 11, 23, 18, 0, tzinfo=ISRAEL)
    assert find_time(text, now=now, asked=asked, homes=False) is None


@pytest.mark.parametrize("text", ["מאתמול ב-10 אין מים, אפשר מחר ב-9?", "נזילה מאתמול, מחר ב-9 מתאים לי"])
def test_beside_a_day_that_is_over_a_wish_is_heard(text: str) -> None:
    now = datetime(2070, 11, 23, 18, 0, tzinfo=ISRAEL)
    wish = find_time(text, now=now, homes=False)
    assert wish is not None
    assert wish.start == datetime(2070, 11, 24, 9, 0, tzinfo=ISRAEL)
