"""Reports of who is in a hurry: done or not yet, on the way to the next, in trouble, and the price in passing."""

from datetime import UTC, datetime

import pytest

from proli.knowledge.finished import read_finished, says_done
from proli.knowledge.taken import find_put_right, find_taken
from proli.knowledge.workday import read_workday

ELEVEN = datetime(2026, 11, 30, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "leaves"),
    [
        ("סיימתי אצל הקודם, אני בדרך", "אני בדרך"),
        ("סיימתי אצל רות יוצא לדנה עכשיו", "יוצא לדנה עכשיו"),
        ("טוב סיימתי פה אני יוצא ללקוח הבא", "אני יוצא ללקוח הבא"),
        ("גמרנו אצל הזקנה יאללה בדרך אליכם", "בדרך אליכם"),
        ("סיימתי שמה בדרך", "בדרך"),
        ("סיימתי 450 אני בדרך", "אני בדרך"),
        ("סיימתי את ההוא מקודם ואני עולה אליך", "ואני עולה אליך"),
        ("just finished at danas, heading over to ruth", "heading over to ruth"),
        ("סיימתי, בדרך הביתה", None),
        ("סיימתי, יוצא לאכול", None),
        ("סיימתי, מגיע לי 450", None),
        ("סיימתי בדרך השלום 5", None),
        ("סיימתי, השליח בדרך אליכם", None),
        ("סיימתי, החלק בדרך", None),
        ("סיימתי המים יוצאים לרחוב", None),
        ("done, heading home", None),
    ],
)
def test_setting_out_for_the_next_is_read_beside_done(text: str, leaves: str | None) -> None:
    assert says_done(text)
    assert read_finished(text).leaves == leaves


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("סיימתי אצל הקודמת", True),
        ("סיימתי את ההוא מקודם", True),
        ("סיימתי שם", True),
        ("done with the last job", True),
        ("סיימתי פה", False),
        ("סיימתי, הצינור הקודם היה סדוק", False),
    ],
)
def test_the_one_before_is_told_from_an_old_pipe(text: str, before: bool) -> None:
    assert read_finished(text).before is before


@pytest.mark.parametrize(
    "text",
    [
        "תוך חצי שעה אני מסיים ויוצא אליך",
        "אני אסיים ב-16:30",
        "צריך עוד שעה לסיים",
        "נשאר לי עוד חצי שעה",
        "סיימתי 80 אחוז",
        "סיימתי הכל חוץ מהסיליקון",
        "סיימתי רק את האמבטיה",
        "סיימתי להיום, צריך לחזור ביום שני",
        "halfway done",
        "gonna finish around 4",
        "done with half",
        "done for today, back tomorrow",
    ],
)
def test_what_is_not_done_yet_is_no_report(text: str) -> None:
    assert read_workday(text).kinds == {"unfinished"}
    assert not says_done(text)


@pytest.mark.parametrize(
    "text",
    [
        "סיימתי חצי שעה לפני הזמן",
        "סיימתי תוך שעה 300 שח",
        "סיימתי עוד לפני הזמן",
        "סיימתי עוד ביקור",
        "סיימתי עוד חצי שעה אצל רות",
        "סיימתי, אחזור אליך מחר עם החשבונית",
        "סיימתי, אם יטפטף אחזור מחר",
        "סוף סוף סיימתי",
        "ברוך השם סיימתי",
        "finished half an hour ago",
        "all done here",
    ],
)
def test_what_is_done_is_a_report_whatever_else_is_told(text: str) -> None:
    assert says_done(text)


@pytest.mark.parametrize("text", ["לא אסיים היום", "אסיים לדבר ואחזור", "מתי אסיים?", "הלקוח מסיים לארוז"])
def test_other_ends_are_no_news_of_the_work(text: str) -> None:
    assert not read_workday(text).kinds


@pytest.mark.parametrize(
    "text",
    ["פנציר בגלגל", "האוטו שבק", "המשאית נתקעה", "נכנסו בי מאחורה", "תקוע בכביש 4", "got into an accident", "van died"],
)
def test_trouble_on_the_road_is_read(text: str) -> None:
    assert read_workday(text).kinds == {"trouble"}


def test_a_road_is_no_delay_and_a_delay_beside_trouble_is_one() -> None:
    assert read_workday("פנצר בכביש 40").minutes is None
    assert read_workday("פנצר מאחר חצי שעה").kinds == {"late"}
    assert read_workday("מתעכב, אסיים פה עוד שעה").minutes is None


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("סיימתי 2 ברזים 450", 450),
        ("סיימתי. 450", 450),
        ("done replaced tap 450", 450),
        ("סיימתי התקנתי דוד 150", None),
        ("סיימתי, אשר 450", None),
        ("סיימתי 450 או 540", None),
        ("סיימתי 1055", None),
        ("סיימתי 1600", 1600),
    ],
)
def test_the_price_in_a_report_is_the_number_that_can_be_one(text: str, price: int | None) -> None:
    found = find_taken(text, at=ELEVEN)
    assert (found[0] if found is not None else None) == price


@pytest.mark.parametrize(
    ("text", "price", "instead_of", "by"),
    [
        ("מחיר 1,540", 1540, None, "price"),
        ("המחיר 540 במקום 450", 540, 450, "price"),
        ("לא, 540", 540, None, "little"),
        ("תיקון 540", 540, None, "mistake"),
    ],
)
def test_another_price_is_read(text: str, price: int, instead_of: int | None, by: str) -> None:
    found = find_put_right(text)
    assert found is not None
    assert (found.price, found.instead_of, found.by) == (price, instead_of, by)


@pytest.mark.parametrize(
    "text", ["דחה 540", "טעות, דירה 54", "לא ב-12:30", "540 או 450", "אאחר 60 דקות", "9" * 500, ""]
)
def test_other_numbers_put_no_price_right(text: str) -> None:
    assert find_put_right(text) is None
