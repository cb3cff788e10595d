"""Every place in a message has a role: the job's, the home's, from, to, sold, or somebody else's."""

import pytest

from proli.knowledge.where import Where, read_where, without_guess


def job(text: str, asked: str | None = None) -> Where:
    return read_where(text, asked=asked, homes=False)


def deal(text: str, asked: str | None = None) -> Where:
    return read_where(text, asked=asked, homes=True)


def name(place: object) -> str | None:
    return getattr(place, "name", None)


@pytest.mark.parametrize(
    ("text", "start", "goal"),
    [
        ("צריך הובלה מחיפה לתל אביב", "חיפה", "תל אביב"),
        ("מהדירה בגבעתיים לראש העין, הובלה. בראש העין יש מעלית", "גבעתיים", "ראש העין"),
        ("moving from Haifa to Tel Aviv", "חיפה", "תל אביב"),
        ("переезд из Хайфы в Нетанию", "חיפה", "נתניה"),
        ("نقل عفش من حيفا لعكا", "חיפה", "עכו"),
    ],
)
def test_a_move_has_two_ends(text: str, start: str, goal: str) -> None:
    found = job(text)
    assert (name(found.city), name(found.city_to)) == (start, goal)


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("לא בחיפה אלא בטירת כרמל", "טירת כרמל"),
        ("קרית מוצקין. סורי ביאליק, קרית ביאליק", "קריית ביאליק"),
        ("היא מגבעת שמואל והדירה שלי בנס ציונה", "נס ציונה"),
        ("אני קבלן משפרעם. יש לי לקוחה בעכו", "עכו"),
        ("אני גר בתל אביב אבל הדירה של אמא שלי בחולון", "חולון"),
        ("אני עובד בהרצליה אבל הנזילה בבית בכפר סבא", "כפר סבא"),
        ("עברנו מראשון לרחובות, צריך חשמלאי", "רחובות"),
        ("אמא שלי גרה בבת ים והדוד שלה התפוצץ", "בת ים"),
    ],
)
def test_the_city_is_where_the_job_is(text: str, city: str) -> None:
    found = job(text)
    assert name(found.city) == city
    assert found.city_to is None
    assert not found.candidates


@pytest.mark.parametrize("text", ["גר ליד באר שבע", "בראשון בבוקר אפשר?", "שלומי מדבר", "לא בחיפה"])
def test_no_city_is_made_up(text: str) -> None:
    assert job(text) == Where()


@pytest.mark.parametrize(
    ("text", "city", "sold"),
    [
        ("מחפשים דירה בנתניה או חדרה", "נתניה", None),
        ("גרים בנתניה ורוצים לעבור לאשקלון לקנות דירה", "אשקלון", None),
        ("מוכר דירה בחיפה ומחפש בית בזכרון", "זכרון יעקב", "חיפה"),
        ("אנחנו גרים בגבעתיים, מוכרים את הדירה שלנו שם ורוצים לקנות ברחובות", "רחובות", "גבעתיים"),
        ("הערכת שווי לדירה ברחובות", "רחובות", "רחובות"),
        ("אני גר בחיפה ורוצה למכור דירה בעכו", "עכו", "עכו"),
    ],
)
def test_buying_and_selling_have_their_own_cities(text: str, city: str, sold: str | None) -> None:
    found = deal(text)
    assert (name(found.city), name(found.sell_city)) == (city, sold)


def test_a_seller_without_a_verb_sells_there() -> None:
    found = read_where("נוף הגליל", asked="city", homes=True, role="seller")
    assert name(found.sell_city) == "נוף הגליל"


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        ("חיפה, רק על הכרמל. אחוזה או דניה", ("אחוזה", "דניה")),
        ("בבאר שבע, שכונה ד או ג", ("שכונה ד", "שכונה ג")),
        ("בירושלים, בקעה או מושבה גרמנית", ("בקעה", "המושבה הגרמנית")),
        ("תל אביב, לא בדרום העיר!! רק הצפון הישן או הצפון החדש", ("הצפון הישן", "הצפון החדש")),
        ("Beit Shemesh, RBS Aleph or Sheinfeld", ("רמת בית שמש א", "שיינפלד")),
        ("דירה ליד הים בבת ים", ()),
    ],
)
def test_areas_are_those_wanted(text: str, areas: tuple[str, ...]) -> None:
    assert deal(text).neighbourhoods == areas


def test_a_neighbourhood_named_like_a_village_is_in_its_city() -> None:
    assert name(deal('לקנות ברמות ב"ש').city) == "באר שבע"
    assert name(job("רעננה, נווה זמר").city) == "רעננה"


def test_a_region_is_no_part_of_a_town_s_name() -> None:
    assert deal("מחפש באזור השרון").region == "השרון"
    assert deal("מחפש ברמת השרון").region is None


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("אמא שלי בבני ברק רבי עקיבא 100, אני בחיפה", "בני ברק"),
        ("אני בחיפה, אמא שלי בבני ברק רבי עקיבא 100, יש לה נזילה", "בני ברק"),
        ("נזילה אצל אמא בבני ברק, רבי עקיבא 100. אני בחיפה", "בני ברק"),
        ("my mom is in Bnei Brak, Rabbi Akiva 100, I live in Haifa", "בני ברק"),
        ("אני גר בחיפה הרצל 5, אבל זה אצל אמא בבני ברק", "בני ברק"),
        ("אני עובד בתל אביב רוטשילד 5, הבית ברמת גן", "רמת גן"),
    ],
)
def test_of_two_towns_the_one_with_street_and_number_is_where_to_go(text: str, city: str) -> None:
    found = read_where(text, asked=None, homes=False)
    assert found.city is not None
    assert found.city.name == city


@pytest.mark.parametrize(
    "text",
    ["ביאליק 138 בניין ב כניסה א קומה 16 דירה 64", "אנחנו בניין 4", "ביאליק 152 בניין 3", "בעצם ביאליק 138 קומה 2"],
)
@pytest.mark.parametrize("asked", [None, "address"])
def test_a_part_of_a_building_is_no_town(text: str, asked: str | None) -> None:
    found = read_where(text, asked=asked, homes=False)
    assert found.city is None
    assert not found.candidates


def test_a_town_that_is_known_is_not_replaced_by_one_spelt_nearly_so() -> None:
    where = read_where("ברעננע", asked=None, homes=False)
    assert where.city is not None
    assert without_guess(where, "ברעננע", known="רמת גן").city is None
    assert without_guess(where, "ברעננע", known=None).city == where.city
    exact = read_where("בחולון", asked=None, homes=False)
    assert without_guess(exact, "בחולון", known="רמת גן").city == exact.city


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("מנעול תקוע בבת ים, בלפור 5", "בת ים"),
        ("תריס תקוע בנתניה, הרצל 4", "נתניה"),
        ("lock stuck in Holon, Sokolov 5", "חולון"),
        ("אני תקוע בעבודה בחיפה, הדירה בחולון", "חולון"),
    ],
)
def test_a_thing_that_is_stuck_is_where_the_job_is_and_a_person_is_not(text: str, city: str) -> None:
    assert name(job(text).city) == city
