"""Which of the times in a message is the wish, and which words that look like times are none."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from proli.knowledge.times import find_named_time, find_recurring, find_time
from proli.knowledge.wishes import TimeWish, window

ISRAEL = ZoneInfo("Asia/Jerusalem")
SUNDAY = datetime(2026, 11, 22, 9, 0, tzinfo=ISRAEL)


def said(found: TimeWish | None) -> str | None:
    """The wish in short: kind, start, part."""
    if found is None:
        return None
    start = ""
    if found.start is not None:
        timed = found.kind in ("exact", "range", "after")
        start = f"{found.start:%d.%m %H:%M}" if timed else f"{found.start:%d.%m}"
    return " ".join(word for word in (found.kind, start, found.part) if word)


def heard(text: str, *, asked: bool = False) -> str | None:
    return said(find_time(text, now=SUNDAY, asked=asked))


@pytest.mark.parametrize(
    "text",
    [
        "כבר שבוע אין לי מים", "יש ריח ביוב מאתמול", "לפני יומיים התקינו לי מזגן", "בשנה שעברה החלפנו דוד",
        "הדוד לא מחמם מיום שישי", "מאז יום שני אין אינטרנט", "בשבוע האחרון יש קצרים", "it's been leaking for 3 days",
        "у меня течёт кран уже 2 дня", "I've been waiting since 9am",
    ],
)  # fmt: skip
def test_how_long_it_lasts_is_no_wish(text: str) -> None:
    assert heard(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "התקשרתי ביום שלישי ואף אחד לא חזר אליי", "הצינור התפוצץ היום בבוקר בערך ב-8", "הגעתם ב-10 ועזבתם ב-11",
        "הטכנאי היה אמור להגיע היום ב-10 ולא הגיע", "הוא אמר שיגיע היום בין 8 ל-10 ועדיין לא הגיע",
        "היה פה טכנאי ביום ראשון והבעיה חזרה", "בלילה המזגן עושה רעש נוראי", "המים נוזלים עכשיו",
    ],
)  # fmt: skip
def test_what_happened_or_was_promised_is_no_wish(text: str) -> None:
    assert heard(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "יום טוב", "שבוע טוב לכולם", "חג שמח", "שבת שלום", "ערב טוב", "שיהיה לך יום נפלא", "صباح الخير",
        "доброе утро", "have a nice day", "שנייה", "רגע אחד אני בודק",
    ],
)  # fmt: skip
def test_a_greeting_in_any_language_is_no_wish(text: str) -> None:
    assert heard(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "אתם פתוחים בשישי?", "עד איזו שעה אתם עובדים?", "לא עובדים בשבת נכון?", "Are you open on Friday?",
        "יש לכם שירות 24/7?", "כמה עולה ביקור? ואם זה בשבת?",
    ],
)  # fmt: skip
def test_when_the_business_is_open_is_no_wish(text: str) -> None:
    assert heard(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "כניסה בפברואר", "פינוי ב-1.3", "דירת 4 חדרים פנויה מ-1.2", "החוזה נגמר ב-31.12 מחפש דירה חדשה",
        "4 חדרים, עד 7000, כניסה ב-1.2.27", "move in 1st of March", "שכירות החל מינואר", "פינוי מיידי",
    ],
)  # fmt: skip
def test_when_a_flat_changes_hands_is_no_visit(text: str) -> None:
    assert heard(text) is None


def test_a_viewing_beside_a_move_in_date_is_the_wish() -> None:
    assert heard("הדירה פנויה מ-1.1, אפשר לבוא לראות ביום רביעי ב-18:00?") == "exact 25.11 18:00"


def test_the_day_a_mover_is_needed_is_a_wish() -> None:
    assert heard("עוברים דירה ביום שלישי צריכים הובלה") == "day 24.11"


@pytest.mark.parametrize(
    "text",
    [
        "ברז 3/4 מטפטף", "צריך להחליף ברז 1/2 צול במטבח", "קוד כניסה 1630", "ילדים בני 2, 4 ו-7", "המזגן בן 8 שנים",
        "3-4 חדרים, 2-3 מיליון, עד 3 חודשים", "קומה 3 מתוך 7", "הטלפון שלי 0521630456", "ב-7 אחוז",
    ],
)  # fmt: skip
def test_a_measure_a_code_or_an_age_is_no_hour(text: str) -> None:
    assert heard(text) is None


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("יש לי תור מחר ב-10, אפשר להעביר ליום רביעי?", "day 25.11"),
        ("אפשר להעביר את התור שלי ממחר ליום רביעי ב-12", "exact 25.11 12:00"),
        ("היי קבענו למחר ב-9, אפשר להזיז ל-11?", "exact 23.11 11:00"),
        ("אפשר להקדים את התור של יום חמישי?", None),
        ("אני צריך לבטל את התור של מחר", None),
        ("במקום מחר אפשר ביום ראשון?", "day 29.11"),
        ("can we reschedule from monday to thursday morning", "part 26.11 morning"),
        ("תודה! אז נקבע למחר ב-9 בבוקר?", "exact 23.11 09:00"),
    ],
)
def test_of_a_visit_that_moves_the_new_time_is_the_wish(text: str, wish: str | None) -> None:
    assert heard(text) == wish


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("מחר ב-4, סליחה ב-5", "exact 23.11 17:00"), ("לא, בעצם ביום שלישי", "day 24.11"),
        ("tomorrow arvo no, morning", "part 23.11 morning"), ("מחר ב-5 ולא ב-4", "exact 23.11 17:00"),
        ("לא ביום ראשון אלא בשני", "day 23.11"), ("לא מחר", None), ("חוץ משישי", None), ("למה לא מחר?", "day 23.11"),
        ("מחר אני לא יכולה ביום רביעי אפשר", "day 25.11"), ("בין 2 ל-4 אני לא בבית", None),
        ("מ-4 עד 6 לא נוח", None), ("אני לא בארץ עד ה-5.12", "after 05.12 00:00"), ("מחר זה מאוחר מדי", None),
        ("לא פנויה עד 4", "after 22.11 16:00"), ("אני עובדת עד 5 אז רק אחרי", "after 22.11 17:00"),
    ],
)  # fmt: skip
def test_a_refusal_or_a_correction_decides_which_time_counts(text: str, wish: str | None) -> None:
    assert heard(text) == wish


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("מחר או מחרתיים בבוקר", ["part 23.11 morning", "part 24.11 morning"]),
        ("היום או מחר", ["day 22.11", "day 23.11"]),
        ("אם לא מחר אז מחרתיים", ["day 23.11", "day 24.11"]),
        ("thurs 5pm or fri morning", ["exact 26.11 17:00", "part 27.11 morning"]),
        ('רק במוצ"ש או ראשון', ["part 28.11 after_shabbat", "day 29.11"]),
    ],
)
def test_a_second_choice_is_kept_beside_the_first(text: str, wishes: list[str]) -> None:
    found = find_time(text, now=SUNDAY)
    assert found is not None
    assert [said(found), *map(said, found.alternatives)] == wishes


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("לפני כניסת שבת", "before 27.11"), ("מוצש אחרי 8", "after 28.11 20:00"), ("ערב פסח", "day 21.04"),
        ("אחרי שבת ביום ראשון", "day 29.11"), ("בחנוכה", "range 05.12 00:00"), ("אחרי החגים", "after 24.10 00:00"),
        ("אחרי ראש השנה", "after 04.10 00:00"), ("יום העצמאות", "day 12.05"), ("בחול המועד", "range 23.04 00:00"),
    ],
)  # fmt: skip
def test_shabbat_and_holidays_are_dates(text: str, wish: str) -> None:
    assert heard(text) == wish


def test_before_shabbat_leaves_the_hour_open_and_looks_until_candle_lighting() -> None:
    found = find_time("לפני כניסת שבת", now=SUNDAY)
    assert found is not None
    assert (found.end, found.bound) == (None, "before")
    opens, closes = window(found, now=SUNDAY)
    assert opens == SUNDAY
    assert closes.date() == datetime(2026, 11, 27, tzinfo=ISRAEL).date()
    assert closes.hour == 16


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("4", "exact 22.11 16:00"), ("שלישי", "day 24.11"), ("10 וחצי", "exact 22.11 10:30"), ("בראשון", "day 29.11"),
        ("10-12", "range 22.11 10:00"), ("מ-16", "after 22.11 16:00"), ("לא משנה לי", "flexible"),
        ("ה-15", "day 15.12"), ("הרצל 5", None), ("השני", None), ("the first one", None), ("כן", None),
        ("אני חוזר מהעבודה ב-5", "after 22.11 17:00"), ("רק לא ביום שישי", "flexible"), ("wed", "day 25.11"),
    ],
)  # fmt: skip
def test_a_bare_answer_counts_when_the_time_was_asked(text: str, wish: str | None) -> None:
    assert heard(text, asked=True) == wish


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("מחר ב 1630", "exact 23.11 16:30"), ("מחר 8 עד 10 בערב", "range 23.11 20:00"),
        ("החל מחמש", "after 22.11 17:00"),
        ("בעוד שבועיים ביום שלישי", "day 08.12"), ("בשבוע הבא, אולי ביום שלישי", "day 01.12"),
        ("מיום ראשון עד יום רביעי", "range 22.11 00:00"), ("אחרי שהילדים בגן", "after 23.11 08:00"),
        ("עד הצהריים", "before 22.11"), ("by Friday", "before 27.11"),
        ("next Tuesday at half past 4", "exact 24.11 16:30"),
        ("4-6pm tomorrow", "range 23.11 16:00"), ("на следующей неделе", "range 29.11 00:00"),
        ("в понедельник в половине пятого", "exact 23.11 16:30"), ("завтра вечером", "part 23.11 evening"),
        ("بكرا الصبح", "part 23.11 morning"), ("يوم الأحد", "day 29.11"), ("بكرا الساعة 4 العصر", "exact 23.11 16:00"),
        ("срочно нужен сантехник", "asap"), ("تعال هلأ ضروري", "asap"), ("צריך את זה לאתמול", "asap"),
        ("תוך שעה", "asap"), ("זה לא דחוף, מתי שיש לכם זמן", "flexible"), ("כל יום חוץ משישי", "flexible"),
    ],
)  # fmt: skip
def test_days_and_hours_are_read_in_many_spellings_and_languages(text: str, wish: str) -> None:
    assert heard(text) == wish


def test_a_span_with_both_ends_in_the_ambiguous_hours_is_asked_about() -> None:
    found = find_time("מחר בין 7 ל-9", now=SUNDAY)
    assert found is not None
    assert found.ambiguous


def test_a_fault_that_recurs_is_no_recurring_visit() -> None:
    assert find_recurring("ניקיון פעם בשבועיים") == "biweekly"
    assert find_recurring("כל יום שלישי בבוקר") == "weekly"
    assert find_recurring("קופץ לי הפקק כל שבוע") is None
    assert find_time("פעם בשבוע", now=SUNDAY) is None


def test_a_line_break_ends_a_clause() -> None:
    assert heard("הדוד נשבר היום\nמחר בבוקר") == "part 23.11 morning"


def test_what_we_say_ourselves_of_a_visit_is_named_though_no_wish() -> None:
    assert heard("קבענו ליום שלישי ב-10") is None
    assert said(find_named_time("קבענו ליום שלישי ב-10", now=SUNDAY)) == "exact 24.11 10:00"
    assert heard("הביקור נקבע ליום שלישי ב-10") == "exact 24.11 10:00"
