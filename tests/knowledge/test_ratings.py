"""What customers write when asked how a visit was."""

import pytest

from proli.knowledge.ratings import MIDDLING, calls_for_person, find_score


@pytest.mark.parametrize(
    ("said", "score"),
    [
        ("5", 5), ("1", 1), ("0", 1), ("חמש", 5), ("ארבע", 4), ("five", 5), ("4 מתוך 5", 4), ("ארבע מתוך חמש", 4),
        ("10/10", 5), ("7/10", 4), ("9 מתוך 10", 5), ("4.5", 5), ("10", 5), ("8", 4), ("100%", 5), ("5/5 תודה!", 5),
        ("⭐⭐⭐⭐", 4), ("⭐", 1), ("⭐️⭐️⭐️⭐️⭐️ תודה", 5), ("חמישה כוכבים", 5), ("3 stars", 3), ("ציון 5", 5),
        ("נותן 4", 4), ("5, היה מקצועי ונקי", 5), ("2, איחר", 2), ("i'd give it a 4", 4),
        ("מצוין", 5), ("היה מצוין", 5), ("היה מעולה, תודה רבה!", 5), ("שירות מדהים", 5), ("ממש מרוצים", 5),
        ("טוב", 4), ("היה טוב מאוד", 5), ("הכל בסדר תודה", 4), ("בסדר", 3), ("היה בסדר", 3), ("בסדר גמור", 4),
        ("👍", 4), ("👎", 1), ("ככה ככה", 3), ("לא רע", 3), ("לא משהו", 3), ("לא טוב", 1), ("לא היה טוב", 1),
        ("גרוע", 1), ("גרוע, איחר שעתיים", 1), ("איחר שעתיים", 2), ("היה מצוין אבל איחר", 3), ("על הפנים", 1),
        ("לא מרוצה", 2),
        ("תיקן את הברז מצוין והמחיר הוגן", 5), ("excellent", 5), ("It was great, thanks", 5), ("okay", 3),
        ("terrible, he was two hours late", 1), ("not bad", 3), ("отлично", 5), ("ممتاز", 5),
        ("לא איחר, היה מקצועי", 5), ("not good", 1), ("קצת יקר אבל שווה", 4), ("יקר אבל שווה כל שקל", 4),
        ("לא שווה את הכסף", 2), ("שווה לדבר עם המנהל", None), ("a bit pricey but worth it", 4),
    ],
)  # fmt: skip
def test_an_answer_in_any_form_gives_its_score(said: str, score: int | None) -> None:
    assert find_score(said, just_asked=True) == score


@pytest.mark.parametrize(
    "said",
    [
        "ממש לא ממליץ", "לא ממליץ", "לא ממליצה בכלל", "לא ממליצים", "לא הייתי ממליץ", "אני לא אמליץ לאף אחד",
        "לא מומלץ", "ממש לא מומלץ", "לא יכול להמליץ", "לא היו מקצועיים", "הוא לא היה מקצועי", "לא היה כל כך מקצועי",
        "ממש לא מקצועי",
        "would not recommend", "I wouldn't recommend", "don't recommend", "not recommended", "not professional",
        "they were not very professional", "I don't think he's professional", "не рекомендую",
    ],
)  # fmt: skip
def test_what_is_not_recommended_or_not_professional_was_poor(said: str) -> None:
    assert find_score(said, just_asked=True) in (1, 2)


@pytest.mark.parametrize(
    ("said", "score"),
    [
        ("קטסטרופה", 1), ("רמאי", 1), ("רמאים", 1), ("גנבים", 1), ("scam", 1), ("disaster", 1), ("never again", 1),
        ("לא פחות ממעולה", 5), ("לא פחות ממושלם", 5), ("לא פחות ממקצועי", 5), ("nothing short of excellent", 5),
        ("nothing less than perfect", 5), ("לא רע בכלל", 4), ("ממש לא רע", 4), ("not bad at all", 4), ("מומלץ בחום", 5),
        ("אמליץ לחברים", 5), ("can't recommend him enough", 5), ("couldn't be happier", 5), ("לא איחר, מקצועי", 5),
        ("לא רק מקצועי אלא גם נחמד", 5), ("לא הגיע בזמן אבל עבד מעולה", 5),
        ("not only professional but kind", 4), ("לא מושלם", 3),
    ],
)  # fmt: skip
def test_a_no_that_is_praise_or_faint_praise_is_told_from_a_reproach(said: str, score: int) -> None:
    assert find_score(said, just_asked=True) == score


@pytest.mark.parametrize(
    "said",
    [
        "הברז שוב נוזל", "צריך גם חשמלאי", "היה מצוין, צריך גם חשמלאי", "מעולה, אפשר גם מחר?", "תודה", "תודה רבה!",
        "מצוין, אבל עכשיו המזגן מטפטף", "גרוע, רוצה החזר", "יש ריח של גז", "כן", "ביאליק 30", "5 דקות", "0521234567",
        "3 חדרים", "24/11", "16:00", "ביום שני ב-5", "מתי הוא מגיע?", "דירה 5 קומה 3", "the tap leaks again", "12/10",
        "great, can he come tomorrow too", "I need an electrician", "⭐⭐⭐⭐⭐⭐", "🙏", "", "6 כוכבים",
        "שלום", "מספר 4 ברחוב", "לא הגיע אף אחד, שרלטנים", "הוא בכלל לא בא. גרוע", "he never showed up, terrible",
        "הבריזו לי", "החשמלאי לא הגיע ולא ענה, בושה", "didn't even come, awful", "הטכנאי ביקר אצלנו אתמול",
        "הבעיה חזרה", "אתמול ביקר אצלי הטכנאי, לקח 650 שח והמדיח עדיין לא עובד",
    ],
)  # fmt: skip
def test_what_is_no_answer_or_more_than_one_gives_none(said: str) -> None:
    assert find_score(said, just_asked=True) is None


@pytest.mark.parametrize("said", ["5", "בסדר", "מצוין, תודה", "great", "👍", "טוב", "4"])
def test_after_something_else_was_said_bare_words_rate_nothing(said: str) -> None:
    assert find_score(said, just_asked=False) is None


@pytest.mark.parametrize(
    ("said", "score"),
    [("השירות היה מצוין", 5), ("10/10", 5), ("הטכנאי היה גרוע", 1), ("⭐⭐⭐", 3), ("the service was terrible", 1)],
)
def test_words_that_speak_of_the_visit_rate_it_later_too(said: str, score: int) -> None:
    assert find_score(said, just_asked=False) == score


@pytest.mark.parametrize(
    "said", ["היה " * 4_000, "5" * 9_000, "5/" * 5_000, "⭐" * 9_000, "לא טוב " * 3_000, "מצוין" * 2_000]
)
def test_endless_answers_are_none(said: str) -> None:
    assert find_score(said, just_asked=True) is None


@pytest.mark.parametrize(
    "said",
    [
        "היה בסדר אבל יקר בטירוף", "היה אוקיי אבל לקח הון", "לא רע אבל יקר", "3 אבל יקר", "ככה ככה, לא ניקה אחריו",
        "בסדר אבל לא פתר את הבעיה", "היה בסדר אבל גבה יותר ממה שאמרתם", "בסדר אבל חיכיתי שעתיים", "סבבה אבל איחר שעה",
        "היה סביר, אבל המחיר יקר", "מעולה אבל יקר רצח", "היה בסדר, השאיר בלאגן", "it was ok but way too expensive",
    ],
)  # fmt: skip
def test_a_complaint_beside_middling_words_calls_a_person(said: str) -> None:
    assert find_score(said, just_asked=True) == 3
    assert calls_for_person(3, said)


@pytest.mark.parametrize(
    "said",
    [
        "מעולה, רק שאיחר קצת", "אחלה שירות רק קצת יקר", "ממש טוב, קצת יקר", "תותח, רק איחר ברבע שעה", "5 רק קצת יקר",
        "שירות טוב, איחר קצת", "מקצועי ונחמד, טיפה יקר", "מצוין! קצת לכלוך אבל לא נורא", "great but a bit late",
    ],
)  # fmt: skip
def test_praise_with_a_small_reservation_is_praise(said: str) -> None:
    score = find_score(said, just_asked=True)
    assert score in (4, 5)
    assert not calls_for_person(score, said)


@pytest.mark.parametrize(
    "said",
    [
        "תודה יקר היה מעולה",
        "אחי היקר תודה מעולה",
        "לא איחר בכלל, מעולה",
        "מצוין, הגיע בלי איחור",
        "לא היה יקר, שירות מעולה",
    ],
)
def test_what_is_denied_or_dear_is_no_complaint(said: str) -> None:
    assert find_score(said, just_asked=True) == 5


@pytest.mark.parametrize("said", ["3", "היה בסדר", "בינוני", "ככה ככה", "okay"])
def test_middling_words_alone_call_nobody(said: str) -> None:
    assert not calls_for_person(3, said)


@pytest.mark.parametrize(
    "text",
    [
        "האמת שלא משהו",
        "לא משהו",
        "ככה ככה",
        "היה בסדר, לא יותר",
        "בסדר לא יותר מזה",
        "לא יותר מבסדר",
        "ככה וככה",
        "לא התלהבתי",
        "האמת לא כל כך",
        "יש מקום לשיפור",
        "meh",
        "nothing special",
    ],
)
def test_faint_praise_is_middling(text: str) -> None:
    assert find_score(text, just_asked=True) == MIDDLING
    assert not calls_for_person(MIDDLING, text)
