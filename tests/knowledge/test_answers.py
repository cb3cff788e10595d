"""What professionals write while an offer is out: each sentence means one thing, or nothing that may be acted on."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proli.knowledge.answers import find_answer, is_consent
from proli.knowledge.intents import find_intents

APPROVES: Final = """
אשר
מאשר
מאשרת, תודה
אישור
לוקח את זה
אקח
כן
כן, אגיע
כן בטח
בסדר גמור
סבבה אחי
יאללה סגור
אין בעיה
מאשר, אגיע ב-16:00
מאשר, אגיע מחר ב-4
אשר. אהיה שם בזמן
מאשר! תגידו ללקוח שאגיע בדיוק בשעה שקבענו ואתקשר אליו לפני
שלום, מאשר את העבודה
👍
approve
ok
Yes please
sure, I'll take it
no problem
accepted, see you at 16
סבבה קח
אוקיי
כן אני יכול
כן אני יכול מחר
אישור 2
אישור לביקור
אישור, אגיע
בלפור מאשר
מחר ב-10 מתאים
מאשר את העבודה בויצמן
ok that works
take it
""".strip().splitlines()
DECLINES: Final = """
דחה
לא יכול, אני בודק משהו אצל לקוח
רגע, לא יכול מחר
דוחה
דוחה, סליחה
לא
לא תודה
לא, אני בחופש
ממש לא
לא יכול
אני לא יכול להגיע
לצערי לא אוכל
מצטער, לא פנוי מחר
לא מתאים לי
לא מסתדר
לא מעוניין בעבודה הזו
לא אגיע
לא לוקח
לא מאשר
לא היום
לא הפעם, תודה
אין לי זמן
אי אפשר
אני עסוק
תפוס כל היום
מוותר
👎
no
no thanks
decline
can't make it
sorry, I'm not available
I won't be there
don't want it
pass
""".strip().splitlines()
NEITHER: Final = """
רגע
שנייה
אוקיי רגע
אוקיי, שנייה
כן, תן לי לבדוק
סבבה תכף
בסדר, אני בודק
ok wait
ok, one sec
yes, hold on
אוקיי דקה
תחכו, כן
רק רגע, מאשר
אני כן עובד היום
מחר כן עובד
כן אני עובד היום
היום אנחנו כן עובדים
I'm working today ok
אישור תשלום התקבל
התקבל אישור
קיבלתי אישור
יש אישור מהעירייה
אישור הגעה
מחכה לאישור
צריך אישור
אוקיי קיבלתי תשלום
שילם, הכל בסדר עם התשלום
ok payment received
זה לוקח זמן
לוקח שעתיים בערך
לוקח לי שעה
it will take an hour
אני סגור היום
אני בסדר
לא הבנתי
לא הבנתי היום כלום
הלקוח לא עונה
הלקוחה לא בבית
הלקוח אמר שזה בסדר
הוא לא יכול להגיע
אף אחד לא פתח
עוד לא סיימתי את הקודמת
עדיין לא סיימתי
עוד לא
לא נורא, אגיע
לא סיימתי
לא רואה את הכתובת
לא מוצא חניה
לא יכול לדבר עכשיו
לא מצליח לאשר
הכפתור לא עובד
הקו תפוס
לא יודע
לא בטוח
לא דוחה
לא עסוק
זה לא בסדר
אולי
מה הכתובת?
כן אבל רק בערב
אשר או דחה
בסדר, לא יכול
לא, אגיע
אבדוק ואחזור אליכם
16
I don't understand
the customer is not answering
not finished yet
not yet
I can't talk now
can't find the address
can't wait
nobody answers
no idea
maybe
""".strip().splitlines()
DONE: Final = [
    "סיימתי",
    "כן סיימתי",
    "אוקיי סיימתי",
    "סיימתי, תודה",
    "סיימנו את העבודה",
    "גמרתי",
    "בוצע",
    "done",
    "job done",
    "סיימתי לתקן",
]
ON_MY_WAY: Final = ["בדרך", "אני בדרך", "יצאתי לדרך", "אני כבר בדרך", "on my way", "omw"]
NO_REPORT: Final = [
    "לא סיימתי",
    "עוד לא סיימתי",
    "סיימתי לדבר עם הלקוח",
    "עוד לא יצאתי לדרך",
    "I'm not done",
    "לא בדרך",
]


@pytest.mark.parametrize("text", APPROVES)
def test_a_professional_approves(text: str) -> None:
    assert find_answer(text) == "approve"


@pytest.mark.parametrize("text", DECLINES)
def test_a_professional_declines(text: str) -> None:
    assert find_answer(text) == "decline"


@pytest.mark.parametrize("text", [*NEITHER, *DONE, *ON_MY_WAY, *NO_REPORT, ""])
def test_what_is_about_something_else_conditional_or_both_is_no_answer(text: str) -> None:
    assert find_answer(text) is None


@pytest.mark.parametrize("text", DONE)
def test_a_visit_is_done(text: str) -> None:
    assert "done" in find_intents(text)


@pytest.mark.parametrize("text", ON_MY_WAY)
def test_a_professional_is_on_the_way(text: str) -> None:
    assert "on_my_way" in find_intents(text)


@pytest.mark.parametrize("text", [*NO_REPORT, *APPROVES, *DECLINES, *NEITHER])
def test_what_reports_nothing_of_a_visit_is_no_report(text: str) -> None:
    assert not {"done", "on_my_way"} & find_intents(text)


@given(st.text(max_size=500))
def test_any_text_is_read_without_fault(text: str) -> None:
    find_answer(text)


@pytest.mark.parametrize("text", ["כן", "כן בבקשה", "סגור, נתראה מחר", "אין בעיה", "מצוין", "yes please", "да", "👍"])
def test_a_plain_yes_is_consent(text: str) -> None:
    assert is_consent(text)


@pytest.mark.parametrize(
    "text",
    [
        "לא עונים לי בטלפון!!",
        "כן, אבל לא עונים לי בטלפון",
        "טוב, לא עונים לי",
        "אוקיי, לא טוב לי",
        "כן רגע אני בודק עם אשתי",
        "בסדר, אני אחשוב על זה",
        "כן אבל רק אם זה לפני 14",
        "כן לא הבנתי",
        "כן?",
        "מצוין, ומי מגיע?",
        "yes but nobody answers the phone",
    ],
)
def test_a_yes_with_something_against_it_is_no_consent(text: str) -> None:
    assert not is_consent(text)
