"""An intent holds where the words mean it: negations and look-alikes do not count."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proli.knowledge.contact_ways import refuses_calls
from proli.knowledge.intents import find_choice, find_intents
from proli.knowledge.requests import find_cues


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("כן בבקשה", {"yes"}), ("סגור, נתראה מחר", {"yes"}), ("yes", {"yes"}), ("👍", {"yes"}), ("לא", {"no"}),
        ("no", {"no"}), ("אני רוצה לבטל", {"cancel"}), ("אפשר להזיז למחר?", {"reschedule"}),
        ("תעבירו לנציג", {"human"}), ("כמה עולה ביקור?", {"price"}), ("שלום, יש לי נזילה", {"greeting"}),
        ("הסר", {"opt_out"}), ("אל תשלחו לי יותר הודעות", {"opt_out"}), ("סיימתי", {"done"}),
        ("אני בדרך", {"on_my_way"}), ("מה יש לי היום", {"today_jobs"}), ("עזרה", {"help"}),
        ("טעות במספר", {"wrong_number"}), ("אידיוטים", {"abuse"}),
    ],
)  # fmt: skip
def test_each_intent_has_its_words(text: str, intents: set[str]) -> None:
    assert find_intents(text) == intents


def test_several_intents_may_hold() -> None:
    assert find_intents("כבר הסתדר תודה") == {"cancel", "thanks"}
    assert find_intents("לא, תודה, כבר לא צריך") == {"no", "cancel"}


REMOVING_THINGS = (
    "הסר את הדוד", "להסיר צבע מהקיר", "stop valve leaking", "תסירו את הכיור הישן", "להסיר מדף", "remove the old tap",
    "להוריד את המזגן מהקיר", "להסיר את הדוד מהגג", "תוציאו את הרשימה",
)  # fmt: skip
OF_ANOTHER_LIST = (
    "תוריד אותי בתחנה", "תורידו אותי מרשימת ההמתנה", "remove me from the waiting list", "תסירו אותי מהביקור של מחר",
    "אל תורידו אותי מהרשימה", "לא להסיר אותי מהרשימה", "don't take me off the list",
)  # fmt: skip
SENDING_PEOPLE = (
    "אל תשלחו לי את השרברב הזה שוב", "תפסיקו לשלוח לי טכנאים", "אל תשלחו לי יותר את הטכנאי",
    "אל תשלחו לי את אותו אחד", "אל תשלחו לי חשבונית עכשיו", "אל תשלחו לי שוב את דני",
)  # fmt: skip


@pytest.mark.parametrize("text", [*REMOVING_THINGS, *OF_ANOTHER_LIST, *SENDING_PEOPLE])
def test_removing_a_thing_another_list_or_sending_somebody_is_no_opt_out(text: str) -> None:
    assert "opt_out" not in find_intents(text)


@pytest.mark.parametrize(
    "text",
    [
        "נא להסיר אותי מרשימת התפוצה", "הסר אותי מהרשימה", "תורידו אותי מהרשימה", "בבקשה להפסיק לשלוח לי",
        "אל תשלחו לי יותר", "please take me off your list", "remove me from the mailing list", "תסירו אותי", "הסרה",
        "תפסיקו לשלוח לי הודעות", "די עם ההודעות האלה", "STOP", "להסיר", "unsubscribe me please",
        "אפשר בבקשה להסיר אותי מרשימת הדיוור שלכם?", "תמחקו את המספר שלי מהמאגר", "די לשלוח לי",
        "תורידו אותי בבקשה מרשימת התפוצה", "אל תשלחו לי את ההודעות האלה", "תפסיקו לשלוח לי את הספאם הזה כבר",
        "שלום, נא להסיר אותי מרשימת התפוצה. תודה", "אל תשלחו לי פרסומות יותר", "stop sending me these messages",
        "get me off this list", "אני מבקש שתסירו אותי מהרשימה", "תוציאו אותנו מרשימת התפוצה",
        "remove my number from your database", "אל תשלחו לי את השרברב הזה שוב. ותסירו אותי מהרשימה",
        "מבקשת להפסיק לשלוח הודעות למספר הזה", "להסיר אותי מהרשימה בבקשה", "אל תשלחו לי יותר כלום",
    ],
)  # fmt: skip
def test_whole_sentences_ask_for_no_more_messages(text: str) -> None:
    assert "opt_out" in find_intents(text)


OF_REMINDERS = (
    "תבטלו את התזכורות בבקשה, מספיק פעם אחת", "תבטל את ההתראות", "תבטלו לי את ההודעות", "אפשר לבטל את התזכורות?",
    "ביטול תזכורות", "אני רוצה לבטל את הניוזלטר", "תבטלו את התזכורות לביקור של מחר", "אל תשלחו לי תזכורות",
    "אל תשלחו לי תזכורות בבקשה", "תפסיקו לשלוח לי תזכורות", "די עם התזכורות האלה", "אל תזכירו לי יותר",
    "לא צריך תזכורות", "תפסיקו להזכיר לי", "לא רוצה לקבל תזכורות", "cancel the reminders please",
    "please cancel all reminders",
    "cancel my newsletter subscription", "stop the reminders", "no more reminders", "I don't need reminders",
    "turn off notifications", "stop reminding me", "отмените напоминания", "не присылайте напоминания",
    "الغوا التذكيرات",
)  # fmt: skip
REMINDERS_KEPT = (
    "אל תבטלו את התזכורות", "לא רוצה לבטל את התזכורות", "תשלחו לי תזכורת", "תבטלו את הביקור", "תבטלו",
    "תבטלו את ההודעות הקודמות שלי", "אל תזכירו לי את הטכנאי ההוא", "תזכירו לי מחר", "לא קיבלתי תזכורת",
    "don't cancel the reminders", "why did I get no reminder", "send me a reminder", "cancel the visit",
    "תבטלו את התזכורות ואת הביקור", "cancel the reminders and the visit", "не отменяйте напоминания",
)  # fmt: skip


@pytest.mark.parametrize("text", OF_REMINDERS)
def test_who_wants_no_reminders_opts_out(text: str) -> None:
    assert "opt_out" in find_intents(text)


@pytest.mark.parametrize("text", REMINDERS_KEPT)
def test_who_keeps_them_asks_for_one_or_gives_up_the_visit_too_opts_out_of_nothing(text: str) -> None:
    assert "opt_out" not in find_intents(text)


ONLY_NO_CALLS = (
    "אל תתקשרו אליי, רק תכתבו", "אל תתקשרו אליי יותר, רק בוואטסאפ", "אל תתקשרו יותר, תכתבו לי כאן",
    "אל תתקשרו יותר אני בעבודה תשלחו הודעה", "אל תפנו אליי בטלפון", "אל תיצרו איתי קשר בטלפון", "אל תטרידו אותי בטלפון",
    "תפסיקו להתקשר אליי, תכתבו פה", "don't call me, text me", "do not contact me by phone, whatsapp only",
    "stop calling me, just write", "не звоните, пишите", "אל תתקשרו אליי יותר",
    "אני לא רוצה שתתקשרו אליי בכלל רק הודעות",
    "אל תתקשרו יותר למספר הזה", "לא רוצה שאף אחד יתקשר אליי",
)  # fmt: skip
NOT_SO = (
    "אל תכתבו לי הודעות קוליות, רק טקסט", "אל תשלחו לי הודעות קוליות", "אל תשלחו לי הודעות בלילה", "אל תכתבו לי לפני 8",
    "תפסיקו לשלוח לי הודעות באנגלית, אני לא מבין", "stop sending me messages in english", "don't text me at night",
    "no voice notes please",
)  # fmt: skip


@pytest.mark.parametrize("text", [*ONLY_NO_CALLS, *NOT_SO])
def test_who_refuses_calls_alone_or_a_way_or_hour_of_writing_opts_out_of_nothing(text: str) -> None:
    assert "opt_out" not in find_intents(text)


@pytest.mark.parametrize("text", ONLY_NO_CALLS)
def test_who_wants_words_instead_of_calls_is_not_called(text: str) -> None:
    assert refuses_calls(text)
    assert "callback" not in find_cues(text)


@pytest.mark.parametrize(
    "text",
    [
        "אל תתקשרו ואל תכתבו", "אל תתקשרו אליי יותר ואל תשלחו הודעות", "don't call or text me anymore",
        "stop calling and texting me", "do not call me again, remove me from your list", "אל תתקשרו יותר, תמחקו אותי",
        "אל תתקשרו אליי יותר. תפסיקו לשלוח לי הודעות", "не звоните и не пишите мне больше", "אל תשלחו לי הודעות בכלל",
        "אל תכתבו לי, תתקשרו", "don't text me, call me", "תפסיקו לשלוח לי הודעות כל בוקר",
    ],
)  # fmt: skip
def test_who_refuses_words_opts_out_whatever_is_said_of_calls(text: str) -> None:
    assert "opt_out" in find_intents(text)


@pytest.mark.parametrize("text", ["לא לבטל", "אני לא רוצה לבטל", "דמי ביטול?"])
def test_not_cancelling_is_not_cancelling(text: str) -> None:
    assert "cancel" not in find_intents(text)


@pytest.mark.parametrize("text", ["לא מקרר", "המזגן לא עובד", "אני לא יכול לסגור את הברז", "זה לא בסדר", "כן או לא?"])
def test_a_no_inside_a_report_is_neither_yes_nor_no(text: str) -> None:
    assert not find_intents(text) & {"yes", "no"}


def test_usually_is_not_on_the_way_and_moving_a_socket_is_not_rescheduling() -> None:
    assert find_intents("בדרך כלל אני בבית") == frozenset()
    assert find_intents("צריך להזיז שקע") == frozenset()


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("1", 0), ("2.", 1), ("השני", 1), ("האחרון", 2), ("את השלישי בבקשה", 2), ("the second one", 1), ("אופציה 2", 1),
        ("אפשרות ב'", 1), ("3️⃣", 2), ("option two", 1), ("הראשון טוב לי", 0), ("last one please", 2), ("שתיים", 1),
    ],
)  # fmt: skip
def test_a_choice_is_read_in_digits_words_and_keycaps(text: str, choice: int) -> None:
    assert find_choice(text, count=3) == choice


@pytest.mark.parametrize(
    "text",
    [
        "4",
        "0",
        "יום ראשון",
        "ב-2",
        "2 או 3",
        "הראשון או השני",
        "לא השני",
        "10:00",
        "אני גר בקומה 2",
        "2 מזגנים",
        "כן",
        "",
    ],
)
def test_what_picks_nothing_two_things_or_what_was_not_offered_is_no_choice(text: str) -> None:
    assert find_choice(text, count=3) is None


@given(st.text(max_size=80), st.integers(0, 9))
def test_any_text_is_read_without_fault(text: str, count: int) -> None:
    find_intents(text)
    choice = find_choice(text, count=count)
    assert choice is None or 0 <= choice < count


def test_a_time_is_chosen_by_its_order_in_the_day_or_its_hour_and_what_is_said_last_counts() -> None:
    offered = [datetime(2026, 11, 23, 10), datetime(2026, 11, 23, 12), datetime(2026, 11, 24, 16)]  # noqa: DTZ001
    said = {"המאוחר יותר": 2, "המוקדם": 0, "ב-12 מתאים": 1, "הראשון. בעצם לא, המאוחר יותר": 2, "אפשר מאוחר יותר?": None}
    assert {text: find_choice(text, count=3, offered=offered) for text in said} == said


def test_not_sending_a_technician_is_no_opt_out_and_another_address_is_not_as_before() -> None:
    assert "opt_out" in find_intents("תמחקו אותי ואל תשלחו יותר")
    assert "opt_out" not in find_intents("אל תשלחו יותר את הטכנאי הזה")
    assert "same_as_before" in find_intents("כמו בפעם הקודמת")
    assert "same_as_before" not in find_intents("עברנו דירה, אותו טכנאי בבקשה")
    assert "question_facts" not in find_intents("אתם מגיעים היום?")
