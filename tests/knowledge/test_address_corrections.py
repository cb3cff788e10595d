"""Of two places of which one is not meant, the other is taken; what is no address is none."""

import pytest

from proli.knowledge.address import find_address
from proli.knowledge.address_corrections import instead_of, put_right, says_more

KNOWN = {"street": "הרצל", "number": 15}


def meant(
    text: str, known: dict[str, object] | None = None, *, timed: bool = False
) -> tuple[str | None, object] | None:
    found = instead_of(text, known=known or KNOWN, asked=None, timed=timed)
    return (found.street, found.number) if found else None


@pytest.mark.parametrize(
    ("text", "street"),
    [
        ("בעצם לא הרצל 15 אלא הרצל 51", "הרצל"),
        ("לא הרצל 15 אלא 51", "הרצל"),
        ("לא בהרצל 15 אלא בהרצל 51", "הרצל"),
        ("לא הרצל 15, הרצל 51", "הרצל"),
        ("הרצל 51, לא 15", "הרצל"),
        ("הרצל 51 ולא הרצל 15", "הרצל"),
        ("הרצל 15, לא 15 אלא 51", "הרצל"),
        ("הכתובת היא לא הרצל 15 אלא הרצל 51", "הרצל"),
        ("not 15 Herzl but 51 Herzl", "Herzl"),
        ("not Herzl 15, Herzl 51", "Herzl"),
        ("Herzl 51, not Herzl 15", "Herzl"),
        ("не Герцль 15, а Герцль 51", "Герцль"),
        ("Герцль 51, а не 15", "Герцль"),
        ("هرتسل 51 مش 15", "هرتسل"),
        ("לא 15 אלא 51", None),
        ("לא 15, 51", None),
        ("51 לא 15", None),
        ("זה לא 15 זה 51", None),
        ("not 15 but 51", None),
        ("it's 51, not 15", None),
        ("не 15, а 51", None),
        ("51, а не 15", None),
        ("مش 15، 51", None),
    ],
)
def test_the_place_that_is_not_meant_is_not_taken(text: str, street: str | None) -> None:
    assert meant(text) == (street, 51)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("לא ביאליק 305 אלא ביאליק 350", ("ביאליק", 350)),
        ("לא הרצל 15, ויצמן 3", ("ויצמן", 3)),
        ("לא 99, 199", (None, 199)),
    ],
)
def test_whatever_is_known_the_one_that_is_meant_is_taken(text: str, expected: tuple[str | None, int]) -> None:
    assert meant(text, {"street": "ביאליק", "number": 306}) == expected


@pytest.mark.parametrize(
    "text",
    ["לא 10, 11", "לא ב-10 אלא ב-11", "not 10 but 11", "קומה 4 לא 3", "לא סליחה הרצל 51", "לא הרצל 51", "לא יודע"],
)
def test_hours_floors_and_a_no_before_the_place_deny_no_place(text: str) -> None:
    assert meant(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "make it 11", "actually make it 11", "it 11", "let's make it 11", "change it to 11", "i said 11", "it's 11",
        "he will be there 11", "please come 11", "make that 11", "set it for 11", "we can do 11", "код домофона 45",
    ],
)  # fmt: skip
@pytest.mark.parametrize("asked", [None, "address"])
def test_pronouns_and_verbs_are_no_street(text: str, asked: str | None) -> None:
    found = put_right(text, known=KNOWN, address="הרצל 15", asked=asked, timed=False)
    assert found is None or found.street is None
    told = find_address(text, asked=True)
    assert told is None or told.street is None


@pytest.mark.parametrize(
    ("text", "street"), [("actually Ben Yehuda 11", "Ben Yehuda"), ("we moved to Allenby 5", "Allenby")]
)
def test_a_street_beside_them_is_one(text: str, street: str) -> None:
    found = put_right(text, known=KNOWN, address="הרצל 15", asked=None, timed=False)
    assert found is not None
    assert found.street == street


@pytest.mark.parametrize(
    ("text", "parts"),
    [("זה קומה 4 דירה 9", (4, 9)), ("שכחתי לציין, דירה 9", (None, 9)), ("לא קומה 3 אלא קומה 4", (4, None)),
     ("floor 4 apt 9", (4, 9)), ("этаж 4 кв 9", (4, 9))],
)  # fmt: skip
def test_parts_of_the_building_told_alone_are_of_the_known_address(
    text: str, parts: tuple[int | None, int | None]
) -> None:
    found = put_right(text, known=KNOWN, address="הרצל 15", asked=None, timed=False)
    assert found is not None
    assert (found.street, found.floor, found.apartment) == (None, *parts)


def test_of_a_neighbours_floor_nobody_is_told() -> None:
    assert put_right("השכן מקומה 3 יפתח לכם", known=KNOWN, address="הרצל 15", asked=None, timed=False) is None


def test_what_stands_beside_an_address_is_more() -> None:
    assert says_more("קומה 4, הקוד 1234", besides=("הרצל 15, קומה 4", "הרצל 15"))
    assert not says_more("רגע הכתובת לא נכונה זה ביאליק 12 לא 21", besides=("ביאליק 12", "ביאליק 21"))
