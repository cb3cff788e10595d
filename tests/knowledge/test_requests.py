"""What a message asks for, and the traps between one kind and the next."""

import pytest

from proli.knowledge.contact_ways import refuses_calls
from proli.knowledge.dangers import find_danger
from proli.knowledge.requests import STRONG, WEAK, find_request


def kind(text: str, *, homes: bool = False, booked: bool = False, role: str | None = None) -> str | None:
    found = find_request(text, homes=homes, has_booking=booked, role=role)
    return found.kind if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("צריך אינסטלטור דחוף, כמה זה יעלה?", "book"),
        ("כמה עולה אצלכם לפתוח סתימה?", "price_question"),
        ("אל תבטלו בבקשה, יש לי נזילה", "book"),
        ("אפשר הצעת מחיר לצביעת דירה?", "quote"),
        ("How much do you charge for a blocked sink?", "price_question"),
        ("I need a plumber, my sink is blocked", "book"),
        ("יש ריח גז חזק בכל הבית", "emergency"),
        ("הצינור התפוצץ והכול מוצף, הצילו", "emergency"),
        ("תעבירו אותי לבן אדם", "human"),
        ("תתקשרו אליי בבקשה, זה בנוגע למזגן", "callback"),
        ("הטכנאי שלכם לא הגיע ולא ענה", "complaint"),
        ("קיבלתם מספר של מישהו אחר", "wrong_number"),
        ("אתם יכולים לספר לי בדיחה?", "off_topic"),
        ("נזילה בכיור", "book"),
        ("הברז מטפטף כבר שבוע ואף אחד בבית לא ישן", "book"),
        ("нужен сантехник", "book"),
        ("היי", None),
        ("??", None),
    ],
)
def test_a_service_is_asked_for_in_many_ways(text: str, expected: str | None) -> None:
    assert kind(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("מחפשים דירת 4 חדרים לקנייה בנתניה", "search"),
        ("ראיתי את הדירה שפרסמתם, אפשר לבוא לראות אותה?", "viewing"),
        ("כמה שווה הדירה שלי?", "valuation"),
        ("שוקלים למכור, כמה אפשר לקבל על הדירה?", "valuation"),
        ("אני רוצה למכור את הבית", "sell"),
        ("רוצה להשכיר את הדירה שלי", "list_property"),
        ("צריך דייר חדש לדירה שלי", "list_property"),
        ("מה העמלה שלכם?", "price_question"),
        ("looking to rent a 3 room flat", "search"),
        ("is the flat on Bialik still available?", "viewing"),
    ],
)
def test_a_property_is_asked_for_offered_or_valued(text: str, expected: str) -> None:
    assert kind(text, homes=True) == expected


def test_a_call_is_only_how_where_a_property_is_what() -> None:
    assert kind("מחפשת 3 חדרים לקנות, תתקשרי אליי מחר", homes=True) == "search"
    assert kind("תתקשרו אליי מחר", homes=True) == "callback"


def test_to_let_is_read_by_who_says_it() -> None:
    assert kind("דירה להשכרה 4 חדרים", homes=True, role="tenant") == "search"
    assert kind("דירה להשכרה 4 חדרים", homes=True, role="landlord") == "list_property"


def test_only_a_visit_that_stands_can_be_moved() -> None:
    assert kind("אפשר להזיז ליום רביעי?", booked=True) == "reschedule"
    assert kind("צריך להזיז שקע בסלון") != "reschedule"


def test_who_takes_back_a_move_cancels() -> None:
    assert kind("אפשר להזיז ליום שלישי? רגע עזבו, תבטלו לגמרי", booked=True) == "cancel"


def test_a_long_message_with_no_visit_is_no_cancellation() -> None:
    words = "לא רלוונטי אם יש דיירים כרגע, אני מחפש להשקעה 2 חדרים בבאר שבע עד 950 אלף"
    assert kind(words, homes=True, role="buyer") == "search"


def test_a_tap_that_never_stops_is_no_complaint_about_us() -> None:
    assert kind("הניאגרה לא מפסיקה לרוץ, כבר שבוע") == "book"


def test_an_answer_to_a_question_asks_for_nothing_new() -> None:
    assert find_request("צריך ביום שלישי", homes=False, has_booking=False, asked="time") is None


def test_a_person_asked_for_outweighs_the_trade() -> None:
    found = find_request("יש לי נזילה אבל תנו לי נציג", homes=False, has_booking=False)
    assert found is not None
    assert (found.kind, found.strength) == ("human", STRONG)
    weak = find_request("נזילה בכיור", homes=False, has_booking=False)
    assert weak is not None
    assert weak.strength == WEAK


def test_a_no_elsewhere_in_the_sentence_does_not_hide_the_smell_of_gas() -> None:
    danger = find_danger("יש ריח מוזר של גז, אין לי מושג מה לעשות")
    assert danger is not None
    assert danger.life
    assert find_danger("אין ריח גז בבית") is None


@pytest.mark.parametrize(
    "text",
    [
        "אל תתקשרו אליי, תכתבו כאן",
        "אל תתקשרו אליי בבקשה",
        "אל תתקשרו, רק וואטסאפ",
        "נא לא להתקשר",
        "עדיף שלא תתקשרו אליי",
        "please don't call me",
        "do not call me back",
        "no calls please, text only",
        "не звоните мне",
        "пишите, не звоните",
        "لا تتصلوا فيي",
        "بدون مكالمات",
    ],
)
@pytest.mark.parametrize("booked", [False, True])
def test_who_wants_no_call_is_not_promised_one(text: str, *, booked: bool) -> None:
    assert refuses_calls(text)
    assert kind(text, booked=booked) is None


@pytest.mark.parametrize(
    "text",
    [
        "תתקשרו אליי",
        "לא התקשרתם אליי",
        "why don't you call me?",
        "don't ring the bell",
        "не звоните в дверь",
        "я не звонил",
    ],
)
def test_other_words_of_calling_refuse_no_call(text: str) -> None:
    assert not refuses_calls(text)


@pytest.mark.parametrize(
    "text",
    [
        "הוא היה גרוע, הכל עדיין דולף",
        "המזגן עדיין לא מקרר",
        "הוא שבר לי את הקיר",
        "הבעיה חזרה",
        "שוב אותה סתימה אחרי שהוא הלך",
        "הוא לא הגיע!!",
        "אף אחד לא הגיע",
        "he was terrible",
        "still leaking",
        "the problem is back",
        "he broke my wall",
        "he did not come",
        "he didn't show up",
        "it broke again",
        "мастер не пришел",
        "он не пришёл",
        "всё ещё течет",
        "опять течет",
        "он сломал мне стену",
        "проблема вернулась",
        "ما إجا",
        "لسه بينقط",
        "خربلي الحيط",
        "المشكلة رجعت",
        "كان سيء كثير",
        "הטכנאי היה מזעזע",
        "the work was bad",
        "nobody came",
        "it stopped working again",
    ],
)
def test_what_does_not_work_after_a_visit_is_a_complaint(text: str) -> None:
    found = find_request(text, homes=False, has_booking=False, visited=True)
    assert found is not None
    assert found.kind == "complaint"


@pytest.mark.parametrize(
    "text",
    [
        "תודה הכל בסדר",
        "הוא היה מעולה, הכל עובד",
        "יש לי נזילה חדשה בשירותים",
        "צריך שוב אינסטלטור, כמו בפעם הקודמת",
        "he was great, thanks",
        "the tap works again, thank you",
        "спасибо, всё работает",
        "شكرا كل شي تمام",
    ],
)
def test_thanks_and_another_job_after_a_visit_are_no_complaint(text: str) -> None:
    found = find_request(text, homes=False, has_booking=False, visited=True)
    assert found is None or found.kind != "complaint"


def test_what_still_leaks_before_anybody_came_is_a_job() -> None:
    assert kind("הברז עדיין דולף") == "book"
    assert kind("it's leaking again") == "book"
