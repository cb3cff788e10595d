"""What gives up a visit and what only speaks of it: a question, a thought, a condition, another order, a wish."""

import pytest

from proli.knowledge.cancelling import Stance, asks_whether_cancelled, find_stance, only_keeps, wants_it_back
from proli.knowledge.requests import find_request

PLAIN = [
    "לא צריך, תבטלו את הפגישה",
    "טוב אז לא צריך תבטלו",
    "לא צריך תבטל",
    "לא צריך תבטלו את הביקור",
    "סליחה לא צריך תבטלו",
    "לא צריכה תבטלי",
    "לא רוצה תבטלו",
    "אין צורך תבטלו",
    "no need cancel the visit",
    "не надо отменяйте",
    "לא רוצים, תבטלו",
    "no need, cancel it",
    "не надо, отмените",
    "תבטלו",
    "תבטלו בבקשה את הביקור",
    "אני רוצה לבטל",
    "לבטל את הפגישה של מחר",
    "לא לדחות, פשוט לבטל",
    "אפשר לבטל את הביקור?",
    "can you cancel my appointment please?",
    "Please cancel the exterminator for Sunday. Landlord already took care of it, thanks and sorry!",
    "אז לבטל נכון? כן לבטל",
    "כבר לא צריך שהצבעי יבוא ביום ראשון, השכן שלי יעשה לנו את זה",
    "ההובלה של חמישי לא רלוונטית, העסקה על הדירה נפלה",
    "לא צריך שיבואו היום בשתיים",
    "אז לא צריך שתבואו מחר",
    "אל תבואו",
    "אל תבואו בבקשה",
    "אל תשלחו אף אחד",
    "אל תבואו, כבר לא צריך",
    "don't come",
    "please don't come",
    "отмените пожалуйста визит",
    "не приезжайте, пожалуйста",
    "не приезжайте",
    "можно отменить визит?",
    "بدي ألغي الموعد",
    "لا تجوا",
    "الغوا الزيارة لو سمحتوا",
    "ممكن تلغوا الموعد؟",
    "cancel",
    "cancel it please",
    "I need to cancel tomorrow's visit",
    "never mind",
    "הסתדרנו, תודה",
    "תורידו את התור",
    "עזבו לא צריך",
    "תבטלו לי את המדביר של מחר, הסתדרתי עם מישהו אחר. תודה וסליחה",
    "סליחה אבל אני צריכה לבטל את הצבעי.\nבעלי החליט שהוא צובע בעצמו.\nאולי אחזור אליכם עוד חודש",
    "сосед уже починил. Отмените пожалуйста визит и извините",
    "תבטלו את התור של אחרי הצהריים",
    "לבטל את הביקור בבקשה",
    "cancel my appointment, I found another plumber",
    "נאלצת לבטל את מחר כי הבת שלי חולה",
]
OPEN = [
    "מה קורה אם אני מבטל?",
    "אם אני מבטל יש קנס?",
    "אפשר לבטל בלי תשלום?",
    "תבטל אם אי אפשר לפני 12",
    "Can I cancel for free if something comes up?",
    "cancel my previous order not this one",
    "תבטל את ההזמנה הקודמת שלי ולא את זו",
    "what if I cancel?",
    "איך מבטלים?",
    "עד מתי אפשר לבטל?",
    "יש דמי ביטול? אם לא אז לבטל את חמישי",
    "אני חושב לבטל",
    "אולי תבטלו את הביקור, אם לא תגיעו עד 5?",
    "אולי נבטל",
    "how do I cancel?",
    "I might cancel",
    "I'm thinking of cancelling",
    "можно ли отменить?",
    "а если я отменю?",
    "сколько стоит отмена?",
    "может отменим",
    "شو بصير إذا ألغيت؟",
    "كيف الغي الموعد؟",
    "يمكن ألغي",
    "אם תאחרו תבטלו",
    "תבטלו. יש קנס?",
    "אם אי אפשר לפני 12.\nתבטלו",
    "לבטל?",
    "אפשר לבטל?",
    "אל תבואו מחר",
    "don't come tomorrow",
    "تلغي بدون رسوم؟",
    "cancel the other one",
    "отмените прошлый заказ, не этот",
    "הטכנאי תמיד מבטל לי",
    "you cancelled on me last time",
    "אפשר לבטל את הביקור בלי תשלום?",
    "כמה עולה לבטל?",
    "רק אם צריך תבטלו",
    "נבטל או נדחה",
]
OF_SOMETHING_ELSE = [
    "חבל לבטל את המזגן, אני אנקה",
    "חבל לבטל את הביקור",
    "לבטל את הברז הישן",
    "אפשר לבטל את המזגן הישן ולשים חדש",
    "תבטלו את החשבונית",
    "כבר לא צריך את המדרגות",
    "תבטלו את ההודעה האחרונה שלי",
    "כבר לא צריך תזכורת",
    "cancel the old tap",
    "I don't need the invoice",
    "a pity to cancel the visit",
    "תבטלו את התזכורות ותבטלו גם את הביקור",
    "cancel the reminders and the visit",
]
OF_THE_VISIT = [
    "תבטלו את השרברב",
    "תבטל את מחר",
    "תבטלו את יום חמישי",
    "תבטלו את הכל",
    "תבטלו את זה",
    "תבטלו לי בבקשה את שני הביקורים",
    "תבטלו את מה שקבענו",
    "תבטלו את המזגן של מחר",
    "נא לבטל את טכנאי המזגנים",
    "ביטול הביקור בבקשה",
    "כבר לא צריך את הטכנאי",
    "תבטלו את בעל המקצוע",
    "לבטל את הניקיון",
    "תבטלו את התזכורות ואת הביקור",
    "cancel the whole thing",
    "cancel my 10am appointment",
    "I don't need the plumber anymore",
    "cancel the AC guy",
    "cancel them all",
]
FORBIDDEN = [
    "אל תבואו לפני 10 יש לי תינוק ישן",
    "אל תגיעו מאוחר",
    "אל תשלחו את מאיר, רק שלומי",
    "אל תשלחו את אבי, הוא היה גרוע",
    "אל תבואו לפני 8 יש לי תינוק ישן",
    "אל תשלחו את משה בבקשה",
    "אל תבואו לפני 11",
    "don't come before 10",
    "please don't send Meir",
    "don't send him again",
    "Don't be late",
    "не приезжайте до 10, ребенок спит",
    "не присылайте Меира",
    "لا تجوا قبل العشرة",
    "ما تبعتوا مئير",
    "אל תצלצלו בפעמון",
    "אל תאחרו",
    "לא צריך שתבואו לפני 10",
    "שלא יבוא מאיר",
    "please don't ring the bell",
    "אל תבואו יש לי תינוק ישן",
    "אל תחנו בחניה של השכן",
    "не звоните в дверь",
]
KEPT = [
    "לא סליחה אל תבטל",
    "אל תבטלו",
    "don't cancel",
    "please do not cancel it",
    "I didn't mean to cancel",
    "לא רוצה לבטל",
    "לא צריך לבטל את הביקור",
    "לא צריך שתבטלו",
    "לא צריך אל תבטלו",
    "לא צריך ביטול",
    "אין צורך לבטל",
    "no need to cancel",
    "не надо отменять",
    "не отменяйте",
    "لا تلغي",
    "לא ביקשתי לבטל",
    "אני לא מבטל",
    "תשאירו את הביקור",
]
OTHER = [
    "אל תדאגו",
    "don't worry",
    "אל תתקשרו אליי",
    "I don't know",
    "תודה",
    "אל תשלחו לי יותר הודעות",
    "יש לי נזילה",
    "לא צריך חשמלאי צריך אינסטלטור",
    "I don't have the address",
]


def stance(text: str) -> Stance | None:
    return find_stance(text, standing=True)


@pytest.mark.parametrize("text", PLAIN)
def test_plain_words_give_up(text: str) -> None:
    assert stance(text) == "gives_up"
    request = find_request(text, homes=False, has_booking=True)
    assert request is not None
    assert (request.kind, request.certain) == ("cancel", True)


@pytest.mark.parametrize("text", OPEN)
def test_a_question_a_thought_a_condition_and_another_order_give_up_nothing(text: str) -> None:
    assert stance(text) == "may_give_up"
    request = find_request(text, homes=False, has_booking=True)
    assert request is None or not request.certain or request.kind != "cancel"


@pytest.mark.parametrize("text", OF_SOMETHING_ELSE)
def test_giving_up_something_else_by_name_is_no_plain_giving_up_of_the_visit(text: str) -> None:
    assert stance(text) == "may_give_up"


@pytest.mark.parametrize("text", OF_THE_VISIT)
def test_the_visit_is_given_up_under_any_of_its_names(text: str) -> None:
    assert stance(text) == "gives_up"


@pytest.mark.parametrize(
    "text",
    ["תבטלו את התזכורות בבקשה, מספיק פעם אחת", "תבטל את ההתראות", "תבטלו לי את ההודעות", "cancel the reminders please"],
)
def test_cancelling_what_is_sent_says_nothing_of_the_visit(text: str) -> None:
    assert stance(text) is None
    request = find_request(text, homes=False, has_booking=True)
    assert request is None or request.kind != "cancel"


@pytest.mark.parametrize("text", FORBIDDEN)
def test_what_should_not_be_done_at_the_visit_is_a_wish_for_it(text: str) -> None:
    assert stance(text) == "forbids"
    request = find_request(text, homes=False, has_booking=True)
    assert request is None or request.kind != "cancel"


@pytest.mark.parametrize("text", KEPT)
def test_who_does_not_want_to_cancel_keeps_what_stands(text: str) -> None:
    assert stance(text) == "keeps"


@pytest.mark.parametrize("text", OTHER)
def test_words_of_something_else_say_nothing_of_it(text: str) -> None:
    assert stance(text) is None


def test_with_nothing_arranged_only_short_words_give_up() -> None:
    words = "לא רלוונטי אם יש דיירים כרגע, אני מחפש להשקעה 2 חדרים בבאר שבע עד 950 אלף"
    assert find_stance(words, standing=False) is None
    assert find_stance("תבטלו", standing=False) == "gives_up"


@pytest.mark.parametrize(
    "text", ["ביטלתם?", "אז ביטלתם את הביקור?", "הביקור בוטל?", "זה מבוטל נכון?", "did you cancel it?"]
)
def test_whether_it_was_cancelled_can_be_asked(text: str) -> None:
    assert asks_whether_cancelled(text)


@pytest.mark.parametrize("text", ["תבטלו", "ביטלתם לי פעם שעברה ואני צריך חשמלאי", "למה ביטלתם?", "לבטל?", ""])
def test_other_words_do_not_ask_whether_it_was_cancelled(text: str) -> None:
    assert not asks_whether_cancelled(text)


BACK = [
    "התחרטתי, אני כן רוצה את הביקור",
    "טעיתי, אל תבטלו",
    "רגע לא, תשאירו",
    "בעצם כן תבואו",
    "לא התכוונתי לבטל",
    "תבטלו את הביטול",
    "אפשר להחזיר את הביקור?",
    "הטכנאי שיבוא בכל זאת",
    "actually keep it",
    "I still want the visit",
    "передумала",
    "не отменяйте",
    "خلوها",
]
NOT_BACK = [
    "תודה",
    "לא",
    "רגע",
    "סליחה",
    "תבטלו",
    "אני כן רוצה לבטל",
    "התחרטתי, לא צריך",
    "התחרטתי תבטלו",
    "לא התחרטתי",
    "תחזירו לי טלפון",
    "תשאירו הודעה",
    "טעיתי בכתובת",
    "keep me posted",
]


@pytest.mark.parametrize("text", BACK)
def test_what_was_given_up_is_wanted_back(text: str) -> None:
    assert wants_it_back(text, just_now=False)


@pytest.mark.parametrize("text", NOT_BACK)
def test_other_words_want_nothing_back(text: str) -> None:
    assert not wants_it_back(text, just_now=True)


@pytest.mark.parametrize("text", ["רגע לא", "אופס", "wait no", "לא לא"])
def test_wait_no_takes_back_what_was_just_said_alone(text: str) -> None:
    assert wants_it_back(text, just_now=True)
    assert not wants_it_back(text, just_now=False)


def test_of_one_breath_the_last_word_counts() -> None:
    assert stance("תבטלו\nרגע לא, תשאירו") == "keeps"
    assert stance("אל תבטלו. טוב, תבטלו") == "gives_up"
    assert stance("תבטלו. התחרטתי") == "gives_up"


@pytest.mark.parametrize("text", ["רגע לא תשאירו", "תבטלו את זה\nרגע לא, תשאירו"])
def test_that_it_stays_is_all_there_is(text: str) -> None:
    assert only_keeps(text)


@pytest.mark.parametrize("text", ["רגע לא תשאירו, קוד 1234", "תשאירו, רק שיתקשר לפני שהוא בא אליי הביתה"])
def test_that_it_stays_is_not_all_there_is(text: str) -> None:
    assert not only_keeps(text)
