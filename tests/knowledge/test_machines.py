"""Answering machines are known by their phrases and by going round; people who write much, or often, are not."""

import pytest

from proli.knowledge.machines import goes_round, is_automatic, is_of_person

AWAY = "אנחנו סגורים כעת. שעות הפעילות: א-ה 09:00-18:00. נענה מחר בבוקר"
WORDY = "היי, קיבלתי, כרגע בנסיעה ארוכה לצפון ואסתכל על זה כשאגיע"
BUSY = "בישיבה ארוכה כל הבוקר, אראה את ההודעות לקראת הצהריים"
REQUEST = "אני צריכה אינסטלטור ברמת גן ברחוב ביאליק 30 מחר ב-10"


@pytest.mark.parametrize(
    "text",
    [
        "שלום, תודה שפנית למוסך הצפון! קיבלנו את ההודעה ונחזור אליך בהקדם. זוהי הודעה אוטומטית.",
        AWAY,
        "לשירות הקש 1, למכירות הקש 2",
        "לתיקון מזגנים יש להקיש את הספרה 1, לכל נושא אחר 9 ולחזרה לתפריט הקישו 0",
        "תפריט ראשי\n1. שירות\n2. מכירות\n3. מענה אנושי",
        "For service press 1, for sales press 2.",
        "Thank you for contacting North Garage! We are currently closed.",
        "I am out of the office until Sunday.",
        "Это автоматический ответ",
        "Для записи нажмите 1, для связи с оператором нажмите 2",
    ],
)
def test_a_machine_is_known_by_its_phrases(text: str) -> None:
    assert is_automatic(text)


@pytest.mark.parametrize(
    "text",
    [
        REQUEST,
        "תודה שפניתם אליי, אפשר מחר בבוקר",
        "מה שעות הפעילות שלכם?",
        "אתם סגורים בשבת?",
        "יש לי מזגן עם שלט אוטומטי שלא עובד",
        "קיבלנו את הודעה שהטכנאי מאחר, מתי הוא יגיע?",
        "השער האוטומטי לא נפתח",
        "אמרו לי להקיש 1 ואז זה התנתק",
        "1. נזילה בכיור 2. סתימה באמבטיה",
        "יש לחץ 1 בר בצינור ואז לחץ 2 בר",
        "",
    ],
)
def test_people_are_not_taken_for_machines(text: str) -> None:
    assert not is_automatic(text)


@pytest.mark.parametrize(
    "text", [REQUEST, "נו?", "כן", "למה אף אחד לא עונה לי כאן כבר שעה?", "הכתובת היא רחוב הרצל 15 דירה 4 בתל אביב"]
)
def test_who_says_the_same_out_of_impatience_is_a_person(text: str) -> None:
    assert is_of_person(text)
    assert not goes_round(text, [text] * 5, at_once=True, answers_alike=True)
    assert not goes_round(text, [text] * 9, at_once=True, answers_alike=False)
    assert goes_round(text, [text] * 6, at_once=True, answers_alike=True)


@pytest.mark.parametrize(
    "text", [WORDY, "הקש 1 לשירות", "איך אפשר לעזור לך היום?", "אני הבוט של חברת החשמל", "נחזור אליך בהקדם"]
)
def test_what_no_person_asks_goes_round_from_its_third_time_on(text: str) -> None:
    assert not goes_round(text, [], at_once=True, answers_alike=True)
    assert not goes_round(text, [text], at_once=True, answers_alike=True)
    assert goes_round(text, [text, text], at_once=False, answers_alike=False)
    assert not goes_round(text, [text, "תודה", "ומה המחיר?", text], at_once=True, answers_alike=True)


def test_a_menu_of_several_texts_goes_round_whichever_comes_next() -> None:
    menu = ["הקש 1 לשירות", "הבחירה אינה חוקית, אפשר לנסות שוב", "לחזרה לתפריט הקש 0"]
    assert goes_round(menu[2], menu[:2], at_once=False, answers_alike=False)


def test_two_sentences_in_turn_go_round_too() -> None:
    assert goes_round(WORDY, [WORDY, BUSY], at_once=True, answers_alike=False)
    assert goes_round(BUSY, [WORDY, BUSY, WORDY], at_once=False, answers_alike=False)
    assert not goes_round(WORDY, [WORDY, BUSY], at_once=False, answers_alike=False), "somebody says it again"


@pytest.mark.parametrize(
    "said", ["הגעתם אל דני, השעה כעת 10:{n} בתאריך {n}.11, כרגע נוהג ואחזור", "מספרך בתור הוא {n}, נא להמתין"]
)
def test_a_sentence_with_another_clock_date_or_number_in_it_goes_round_as_well(said: str) -> None:
    texts = [said.format(n=10 + n) for n in range(9)]
    assert not goes_round(texts[1], texts[:1], at_once=True, answers_alike=True)
    assert [goes_round(texts[at], texts[:at], at_once=False, answers_alike=False) for at in (2, 8)] == [True, True]


def test_somebody_who_writes_like_sentences_of_their_own_is_no_machine() -> None:
    before = [f"{REQUEST} {word}" for word in ("בצהריים", "או אולי בערב כשאני חוזרת", "תודה רבה לכם על העזרה", "דחוף")]
    assert not goes_round("אפשר גם בשישי בבוקר בכתובת אחרת ברמת גן", before, at_once=True, answers_alike=False)
