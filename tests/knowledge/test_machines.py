"""Answering machines are known by their phrases and by going round; people who write much, or twice, are not."""

import pytest

from proli.knowledge.machines import goes_round, is_automatic

AWAY = "אנחנו סגורים כעת. שעות הפעילות: א-ה 09:00-18:00. נענה מחר בבוקר"
LONG = "אני צריכה אינסטלטור ברמת גן ברחוב ביאליק 30 מחר ב-10"


@pytest.mark.parametrize(
    "text",
    [
        "שלום, תודה שפנית למוסך הצפון! קיבלנו את ההודעה ונחזור אליך בהקדם. זוהי הודעה אוטומטית.",
        AWAY,
        "Thank you for contacting North Garage! We are currently closed.",
        "I am out of the office until Sunday.",
        "Это автоматический ответ",
    ],
)
def test_a_machine_is_known_by_its_phrases(text: str) -> None:
    assert is_automatic(text)


@pytest.mark.parametrize(
    "text",
    [
        LONG,
        "תודה שפניתם אליי, אפשר מחר בבוקר",
        "מה שעות הפעילות שלכם?",
        "אתם סגורים בשבת?",
        "יש לי מזגן עם שלט אוטומטי שלא עובד",
        "קיבלנו את הודעה שהטכנאי מאחר, מתי הוא יגיע?",
        "השער האוטומטי לא נפתח",
        "",
    ],
)
def test_people_are_not_taken_for_machines(text: str) -> None:
    assert not is_automatic(text)


def test_the_same_long_sentence_goes_round_from_its_third_time_on() -> None:
    assert not goes_round(LONG, [], at_once=True, answers_alike=True)
    assert not goes_round(LONG, [LONG], at_once=True, answers_alike=True)
    assert goes_round(LONG, [LONG, LONG], at_once=False, answers_alike=False)
    assert not goes_round(LONG, [LONG, "תודה", "ומה המחיר?", LONG], at_once=True, answers_alike=True)


def test_two_sentences_in_turn_go_round_too() -> None:
    other = "קיבלתי את ההודעה ואענה כשאסיים את הפגישה הנוכחית"
    assert goes_round(LONG, [LONG, other], at_once=True, answers_alike=False)
    assert goes_round(other, [LONG, other, LONG], at_once=False, answers_alike=False)
    assert not goes_round(LONG, [LONG, other], at_once=False, answers_alike=False), "somebody asks again"


def test_short_words_go_round_only_where_our_answers_do_as_well() -> None:
    assert not goes_round("כן", ["כן"] * 9, at_once=True, answers_alike=False)
    assert not goes_round("כן", ["כן"] * 5, at_once=True, answers_alike=True)
    assert goes_round("בפגישה", ["בפגישה"] * 6, at_once=False, answers_alike=True)


def test_a_sentence_with_a_clock_or_a_date_in_it_goes_round_from_its_fifth_time_on() -> None:
    texts = [f"הגעתם אל דני, השעה כעת 10:{minute:02} בתאריך {minute}.11, כרגע נוהג ואחזור" for minute in range(9)]
    assert not goes_round(texts[3], texts[:3], at_once=True, answers_alike=True)
    assert [goes_round(texts[at], texts[:at], at_once=True, answers_alike=False) for at in (4, 8)] == [True, True]


def test_somebody_who_writes_like_sentences_of_their_own_is_no_machine() -> None:
    before = [f"{LONG} {word}" for word in ("בצהריים", "או אולי בערב כשאני חוזרת", "תודה רבה לכם על העזרה", "דחוף")]
    assert not goes_round("אפשר גם בשישי בבוקר בכתובת אחרת ברמת גן", before, at_once=True, answers_alike=False)
