"""A trade is told by who is asked for, by what is broken, and by what is wrong with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proli.knowledge.text import normalise
from proli.knowledge.trades import (
    find_danger,
    find_trade,
    find_trades,
    find_urgency,
    issue_name,
    list_trades,
    professional_word,
    trade_name,
)


def told(text: str) -> tuple[str, str | None] | None:
    match = find_trade(text)
    return (match.trade, match.issue) if match else None


@pytest.mark.parametrize(
    ("text", "trade", "issue"),
    [
        ("הכיור במטבח סתום לגמרי", "plumber", "clog"),
        ("צריך חשמלאי", "electrician", None),
        ("עמדת טעינה לרכב", "electrician", "panel_upgrade"),
        ("התריס החשמלי תקוע", "aluminium", "shutter_stuck"),
        ("צריך לצבוע דירה", "painter", "paint_home"),
        ("ג'וקים במטבח", "pest_control", "cockroaches"),
        ("נשבר לי המפתח במנעול", "locksmith", "broken_key"),
        ("תליית טלוויזיה", "handyman", "hang"),
        ("my sink is clogged", "plumber", "clog"),
        ("no hot water", "solar_boiler", "no_hot_water"),
        ("течёт кран", "plumber", "leak"),
    ],
)
def test_the_words_of_a_fault_tell_the_trade(text: str, trade: str, issue: str | None) -> None:
    assert told(text) == (trade, issue)


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        ("המזגן לא מקרר", "ac_tech"), ("המקרר לא מקרר", "appliance"), ("המזגן לא מחמם", "ac_tech"),
        ("הדוד לא מחמם", "solar_boiler"), ("התנור לא מחמם", "appliance"), ("המזגן נוזל", "ac_tech"),
        ("הדוד נוזל", "solar_boiler"), ("יש לי נזילה במדיח", "appliance"), ("נזילה מהגג", "sealing_roofing"),
        ("נזילה בתקרה כשיורד גשם", "sealing_roofing"), ("נזילה מתחת לכיור", "plumber"), ("קצר בחשמל", "electrician"),
    ],
)  # fmt: skip
def test_the_same_fault_belongs_to_the_trade_of_the_thing(text: str, trade: str) -> None:
    match = find_trade(text)
    assert match is not None
    assert match.trade == trade


@pytest.mark.parametrize(
    "text", ["שלום מה שלומך", "דוד שלי יבוא מחר", "זה לא מקרר", "דירת 4 חדרים בנתניה", "זמן קצר", "מים", "אני בצבע"]
)
def test_a_weak_word_alone_tells_no_trade(text: str) -> None:
    assert find_trade(text) is None


def test_gas_in_an_air_conditioner_is_no_leak_and_a_smell_of_gas_is_no_refill() -> None:
    assert find_danger("מילוי גז במזגן") is None
    assert told("מילוי גז במזגן") == ("ac_tech", "gas")
    danger = find_danger("יש ריח גז במטבח")
    assert danger is not None
    assert (danger.id, danger.call, danger.life) == ("gas_leak", "102", True)


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("יש הצפה בסלון!", "flood"), ("הילד ננעל בחדר", "trapped"), ("יוצא עשן מהלוח", "fire"),
        ("אבא שלי התעלף", "medical"), ("התקרה נפלה", "collapse"),
        ("I smell gas", "gas_leak"), ("התחשמלתי", "electrocution"),
    ],
)  # fmt: skip
def test_dangers_are_known_by_their_words(text: str, danger: str) -> None:
    found = find_danger(text)
    assert found is not None
    assert found.id == danger


@pytest.mark.parametrize(
    "text",
    [
        "אין ריח גז", "לא הצפה, רק נזילה", "היתה הצפה והכל כבר טופל", "אין הצפה", "היתה שריפה אצל השכנים פעם",
        "גלאי עשן", "דלת אש", "הציפו אותי בהודעות", "fire alarm installation", "בוער לי לקבל תשובה",
    ],
)  # fmt: skip
def test_a_danger_denied_over_or_only_in_words_is_none(text: str) -> None:
    assert find_danger(text) is None


def test_a_life_comes_before_a_flat() -> None:
    danger = find_danger("יש הצפה והילד נעול בפנים")
    assert danger is not None
    assert danger.life


def test_urgency_is_what_the_words_say_over_what_the_fault_usually_is() -> None:
    assert find_urgency("דחוף") == "high"
    assert find_urgency("לא דחוף בכלל") == "low"
    assert find_urgency("מחר בבוקר") is None
    assert find_urgency("ריח גז") == "emergency"
    urgencies = {text: match.urgency for text in ("ברז", "ברז דחוף", "ברז, לא דחוף") if (match := find_trade(text))}
    assert urgencies == {"ברז": "normal", "ברז דחוף": "high", "ברז, לא דחוף": "low"}


@pytest.mark.parametrize("trade", list_trades())
def test_every_trade_and_its_person_have_names_in_both_languages(trade: str) -> None:
    assert trade_name(trade, "he") != trade_name(trade, "en")
    assert professional_word(trade, "he") != professional_word(trade, "en")


def test_names_are_what_people_say() -> None:
    assert (trade_name("plumber", "he"), professional_word("plumber", "he")) == ("אינסטלציה", "אינסטלטור")
    assert issue_name("plumber", "clog", "he") == "סתימה"
    assert issue_name("plumber", "clog", "en") == "clog"
    assert issue_name("plumber", "no_such_issue", "he") is None


@given(st.text(max_size=80))
def test_any_text_gives_a_trade_whose_source_is_in_it(text: str) -> None:
    find_danger(text)
    match = find_trade(text)
    assert match is None or match.source in normalise(text)


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        ("בעלי אינסטלטור אבל אנחנו צריכים חשמלאי", "electrician"), ("ניקיון אחרי שיפוץ", "cleaning"),
        ("היה פה חשמלאי ואמר שזה נזילה מהצינור", "plumber"),
    ],
)  # fmt: skip
def test_a_trade_named_in_passing_is_not_the_one_asked_for(text: str, trade: str) -> None:
    assert [match.trade for match in find_trades(text)] == [trade]


def test_two_jobs_joined_are_both_found_and_counted_things_are_counted() -> None:
    assert [match.trade for match in find_trades("צריך אינסטלטור וגם חשמלאי")] == ["plumber", "electrician"]
    assert [match.quantity for match in find_trades("להתקין 3 מזגנים")] == [3]
    assert [match.quantity for match in find_trades("צביעת דירת 4 חדרים")] == [None]


@pytest.mark.parametrize("text", ["אני גר באור יהודה", "בוקר אור", "אין לחץ, מתי שנוח לכם", "מחר, תצלצלו באינטרקום"])
def test_a_greeting_a_town_or_a_doorbell_is_no_fault(text: str) -> None:
    assert find_trades(text) == ()


def test_a_child_who_locked_himself_in_is_trapped_and_one_locked_out_is_not() -> None:
    danger = find_danger("הבן בן 3 נעל את עצמו בשירותים")
    assert danger is not None
    assert danger.id == "trapped"
    assert find_danger("הבן שלי ננעל בחוץ") is None


def test_not_urgent_at_all_takes_back_a_flood_but_no_danger_to_life() -> None:
    assert find_urgency("השכנה אמרה הצפה, זה לא דחוף בכלל") == "low"
    assert find_urgency("לא דחוף אבל יש ריח גז") == "emergency"
