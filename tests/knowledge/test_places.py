"""A place is found where one is meant, and nowhere else."""

import json
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proli.knowledge.errors import UnknownPlace
from proli.knowledge.places import distance_km, find_locality, find_places, get_locality
from proli.knowledge.text import normalise

CASES = [
    cast("dict[str, str | None]", json.loads(line))
    for line in (Path(__file__).parent / "data" / "places_dev.jsonl").read_text(encoding="utf-8").splitlines()
]
FLOOR = 0.97


def names(text: str, *, asked: bool = False) -> list[str]:
    return [match.locality.name for match in find_places(text, asked=asked)]


def test_of_the_development_cases_nearly_all_are_right_and_no_city_is_invented() -> None:
    right = invented = 0
    for case in CASES:
        gold = find_locality(case["locality"] or "")
        found = find_places(case["text"] or "", asked=case["asked"] == "city")
        right += (found[0].locality if found else None) == gold
        invented += bool(found) and gold is None
    assert invented == 0
    assert right / len(CASES) >= FLOOR, f"{right} of {len(CASES)}"


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("רחוב ירושלים 45, בת ים", "בת ים"),
        ("ירושלים 45, בת ים", "בת ים"),
        ("רחוב הרצליה 5 חיפה", "חיפה"),
        ("יפו 97 ירושלים", "ירושלים"),
        ("קריית ביאליק, דרך עכו 100", "קריית ביאליק"),
        ("שדרות רוטשילד 22 תל אביב", "תל אביב"),
    ],
)
def test_a_city_inside_a_street_name_is_not_the_city(text: str, city: str) -> None:
    assert names(text) == [city]


@pytest.mark.parametrize(
    "text",
    [
        "באיזה אזור אתם עובדים?",
        "גרה ברחוב ויצמן 8", "אני מאזור השרון", "יום ראשון בבוקר", "בראשון בעשר בבוקר", "בעלי יהיה בבית",
        "עלי לשלם מראש?", "המזגן על 16 מעלות", "זה יבנה לי ארון?", "קדימה אני מחכה", "אין לי זיכרון", "מרחב עם גינה",
        "בשדרות בן גוריון 5", "ברחובות העיר", "30 acre", "30 ק\"ג", "בחורה נחמדה",
    ],
)  # fmt: skip
def test_a_word_that_is_also_a_town_is_a_word(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize("text", ["החלון בחדר נשבר", "גדר חיה", "נתניהו", "ראש העיר בא", "הדוד שמש לא מחמם", "חולות"])
def test_a_word_one_letter_from_a_town_is_no_misspelt_town(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize("text", ["שמי עומר", "היי זה נשר מהוועד", "אפרת מדברת", "אני אריאל", "טל מדבר", "שמי דימונה"])
def test_a_first_name_that_is_also_a_town_is_a_person(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "city"),
    [("גר באריאל", "אריאל"), ("מזגן בנשר", "נשר"), ("הרצל 12, נשר", "נשר"), ("גר בראשון", "ראשון לציון")],
)
def test_evidence_beside_an_ambiguous_town_makes_it_a_town(text: str, city: str) -> None:
    assert names(text) == [city]


@pytest.mark.parametrize("name", ["נשר", "אזור", "שלומי", "אריאל", "שדרות", "יבנה", "עומר"])
def test_the_answer_to_the_question_for_the_city_may_be_ambiguous(name: str) -> None:
    assert names(name, asked=True) == [name]


@pytest.mark.parametrize("text", ["יום ראשון", "באזור", "אזור המרכז", "22 מעלות", "לא יודע"])
def test_even_asked_a_day_an_area_and_degrees_are_no_city(text: str) -> None:
    assert names(text, asked=True) == []


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ('ב"ש', "באר שבע"), ("בפ״ת", "פתח תקווה"), ('ראשל"צ', "ראשון לציון"), ("ת.א", "תל אביב"),
        ("ק' אתא", "קריית אתא"),
        ("קרית מוצקין", "קריית מוצקין"), ("הרצלייה", "הרצליה"), ("Ra'anana", "רעננה"), ("я в Ашдоде", "אשדוד"),
        ("تل أبيب", "תל אביב"), ("אשקלןן", "אשקלון"), ("קירית אתא", "קריית אתא"), ("Ramat-Gan", "רמת גן"),
    ],
)  # fmt: skip
def test_abbreviations_spellings_and_other_alphabets_name_the_same_city(text: str, city: str) -> None:
    assert names(text) == [city]


def test_a_neighbourhood_stands_for_its_city() -> None:
    [match] = find_places("דירה באם המושבות")
    assert (match.locality.name, match.neighbourhood, match.via) == ("פתח תקווה", "אם המושבות", "neighbourhood")
    assert find_places("פלורנטין")[0].source == "פלורנטין"


def test_a_neighbourhood_beside_its_city_is_part_of_that_match() -> None:
    [match] = find_places("שכונת רמות בבאר שבע")
    assert (match.locality.name, match.neighbourhood, match.via) == ("באר שבע", "רמות", "name")


def test_a_neighbourhood_of_two_cities_names_neither() -> None:
    assert names("נווה שאנן") == []
    assert names("נווה שאנן חיפה") == ["חיפה"]


def test_a_denied_city_gives_way_to_the_other() -> None:
    assert names("לא בתל אביב, בגבעתיים") == ["גבעתיים"]


def test_a_move_names_both_cities_in_order() -> None:
    assert names("הובלה מחולון לבת ים") == ["חולון", "בת ים"]


def test_the_source_is_what_stands_at_the_offsets() -> None:
    text = "צריך  אינסטלטור בת״א דחוף"
    [match] = find_places(text)
    assert normalise(text)[match.start : match.end] == match.source == 'בת"א'


def test_a_locality_is_got_by_its_canonical_name_only() -> None:
    assert get_locality("תל אביב").code == 5000
    assert find_locality("tel aviv") == find_locality("תל אביב-יפו") == get_locality("תל אביב")
    assert find_locality("אטלנטיס") is None
    with pytest.raises(UnknownPlace):
        get_locality("אטלנטיס")


def test_distances_are_those_of_a_map() -> None:
    tel_aviv = get_locality("תל אביב")
    assert 50 < distance_km(tel_aviv, get_locality("ירושלים")) < 60
    assert 75 < distance_km(tel_aviv, get_locality("חיפה")) < 90
    assert distance_km(tel_aviv, get_locality("רמת גן")) < 6
    assert distance_km(tel_aviv, tel_aviv) == 0


LETTERS = st.text("אבגדהוזחטיכלמנסעפצקרשתךםןףץ\"' -,.0123456789abc", max_size=60)


@given(st.one_of(st.text(max_size=60), LETTERS), st.booleans())
def test_any_text_gives_matches_whose_spans_lie_in_it(text: str, asked: bool) -> None:
    plain = normalise(text)
    for match in find_places(text, asked=asked):
        assert 0 <= match.start < match.end <= len(plain)
        assert match.source == plain[match.start : match.end]
        assert match.locality == get_locality(match.locality.name)
