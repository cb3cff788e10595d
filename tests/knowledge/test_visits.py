"""What is said of a visit that stands: another time, that its time does not suit, how it stands, courtesy, or more."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from proli.knowledge.visits import read_talk

ZONE = ZoneInfo("Asia/Jerusalem")
NOW = datetime(2070, 11, 23, 9, 0, tzinfo=ZONE)
VISIT = datetime(2070, 11, 25, 10, 0, tzinfo=ZONE)
"""A Tuesday."""


def aim(text: str) -> str:
    return read_talk(text, visit=VISIT, now=NOW).aim


@pytest.mark.parametrize(
    "text",
    [
        "סליחה רביעי", "לא, יום שני", "אפשר מחר במקום?", "עדיף 18:00", "הבעל שלי אומר שעדיף 18:00", "שלישי ב-12",
        "תשנה לרביעי באותה שעה", "רביעי במקום שלישי", "לא שלישי, רביעי", "לא אוכל בשלישי אפשר ברביעי?", "שיהיה 11",
        "אני בעבודה עד 5 אז עדיף 18:00", "אפשר להקדים למחר?", "נזיז למחר?", "אפשר לבוא חצי שעה יותר מאוחר?",
        "same hour on Wednesday", "make it 11", "actually make it Wednesday", "Wednesday not Tuesday",
        "is 12 possible?",
        "half an hour later", "can you come an hour earlier?", "sorry, Wednesday",
        "лучше в 18:00", "можно на час позже?",
        "перенесите на среду пожалуйста", "الاربعاء احسن", "ممكن الساعة 12", "خليها الاربعاء",
    ],
)  # fmt: skip
def test_another_day_or_hour_moves_the_visit(text: str) -> None:
    assert aim(text) == "moves"


def test_of_two_days_the_denied_one_is_not_meant() -> None:
    assert read_talk("לא רביעי, חמישי", visit=VISIT, now=NOW).left.strip() == "חמישי"
    assert read_talk("לא רביעי", visit=VISIT, now=NOW).left == "רביעי"


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("אפשר לבוא חצי שעה יותר מאוחר?", 30),
        ("תבואו שעה קודם", -60),
        ("נדחה את זה בשבוע", 7 * 1440),
        ("תדחו בשעתיים", 120),
        ("half an hour later", 30),
        ("push it by two hours", 120),
        ("можно на час позже?", 60),
    ],
)
def test_so_much_later_or_earlier_is_counted_from_the_visit(text: str, minutes: int) -> None:
    assert read_talk(text, visit=VISIT, now=NOW).shift == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "text",
    [
        "זה לא מתאים לי", "יצא לי משהו, לא אהיה בבית", "לא אני לא יכול בשעה הזאת", "לא נוח לי השעה", "לא בשלישי",
        "אני לא אהיה בבית ב-10, אפשר אחר כך?", "can't be home at 10", "I can't on Tuesday", "something came up",
        "that time doesn't work for me", "меня не будет дома", "не подходит", "ما بكون بالبيت", "مش مناسب",
    ],
)  # fmt: skip
def test_a_time_that_does_not_suit_is_refused(text: str) -> None:
    assert aim(text) == "refuses"


@pytest.mark.parametrize(
    "text",
    [
        "קוד הכניסה לבניין 1234#", "אשתי תהיה בבית, הטלפון שלה 0521234567", "השם הוא דווקא מישה", "יש כלב בחצר",
        "אם זה יותר מ500 שקל אז לא צריך", "תתקשרו שעה לפני", "הברז החדש לא טוב", "לא אהיה בבית אבל השכן יפתח",
        "אשתי תהיה בבית ב-16:00", "יש חניה?", "למה הוא לא בא?", "bring a ladder", "the gate code is 4567",
        "собака не кусается", "كود الباب 1234", "תודה, אבל הכלב נושך",
    ],
)  # fmt: skip
def test_anything_else_is_something_that_people_act_on(text: str) -> None:
    assert aim(text) == "says"


@pytest.mark.parametrize(
    "text",
    ["מתי הוא מגיע?", "נו, מה קורה?", "מה קורה עם הביקור שלי?", "אז זה סגור?", "מגיעים ביום שלישי?", "any news?",
     "what time is he coming?", "когда придет мастер?", "إيمتى بيجي؟"],
)  # fmt: skip
def test_a_question_how_things_stand_is_one(text: str) -> None:
    assert aim(text) == "asks"


@pytest.mark.parametrize(
    "text",
    ["תודה רבה לכם!", "אוקיי מחכה", "מעולה, נתראה ביום שלישי", "שלישי ב-10 מצוין", "לא תודה", "👍", "כן",
     "great, see you Tuesday", "хорошо, жду", "تمام شكرا"],
)  # fmt: skip
def test_courtesy_wants_nothing(text: str) -> None:
    assert aim(text) == "courtesy"
