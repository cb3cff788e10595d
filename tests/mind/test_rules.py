"""What the rules agent does next, as a pure function of what is known, said and done."""

from dataclasses import replace
from datetime import datetime

import pytest

from proli.conversations.models import MessageKind
from proli.mind.facts import Done, Known, Said, Standing
from proli.mind.rules.state import Call
from tests.mind.talk import COMPLETE, at, done_before, facts_of, move, requests, said, saved, saves, says

TRADE = Known(lead_id=1, status="contacted", trade="plumber", issue="leak")
CITY = Known(lead_id=1, status="contacted", trade="plumber", issue="leak", locality="רמת גן")
WISH = {"kind": "after", "start": at(24, 16).isoformat(), "end": None, "part": None, "source": "מחר אחרי 4"}
READY = Known(
    **{name: getattr(COMPLETE, name) for name in ("lead_id", "status", "trade", "locality", "address")}, wish=WISH
)
BOOKED = Known(lead_id=1, status="booked", trade="plumber", locality="רמת גן", address="ביאליק 30", wish=WISH)
OFFERED = Known(lead_id=1, status="offered", trade="plumber", locality="רמת גן", address="ביאליק 30", wish=WISH)
HELD = Standing("held", at(24, 16), "יוסי כהן")
CONFIRMED = Standing("confirmed", at(24, 16), "יוסי כהן")
TIMES = (at(24, 16), at(24, 18), at(25, 9))
FOUND = Done(
    "find_times",
    {},
    {
        "fits_wish": True,
        "times": [{"start": one.isoformat(), "words": word} for one, word in zip(TIMES, ("א", "ב", "ג"), strict=True)],
    },
)


@pytest.mark.parametrize(
    ("text", "language", "asks"), [("שלום", "he", "באיזו עבודה מדובר"), ("hello", "en", "What needs doing")]
)
def test_the_first_word_is_greeted_and_asked_what_it_is_about(text: str, language: str, asks: str) -> None:
    reply = says(facts_of(text, language=language, first=True))
    assert asks in reply
    assert "מורן" in reply


@pytest.mark.parametrize(
    ("known", "language", "asks"),
    [
        (TRADE, "he", "באיזו עיר או יישוב?"),
        (TRADE, "en", "In which city or town?"),
        (CITY, "he", "מה הכתובת המדויקת?"),
        (CITY, "en", "What is the exact address?"),
        (COMPLETE, "he", "מתי נוח שנגיע?"),
        (COMPLETE, "en", "When would suit you?"),
    ],
)
def test_what_is_missing_is_asked_one_at_a_time(known: Known, language: str, asks: str) -> None:
    text = "אוקיי" if language == "he" else "okay"
    reply = says(facts_of(text, known=known, language=language))
    assert reply.startswith(asks)
    assert reply.count("?") == 1


def test_a_leak_is_a_job_for_a_plumber() -> None:
    details = saves(facts_of("יש לי נזילה מתחת לכיור"))
    assert (details["trade"], details["description"]) == ("plumber", "יש לי נזילה מתחת לכיור")


def test_several_facts_in_one_message_are_all_saved() -> None:
    details = saves(facts_of("נזילה בכיור ברמת גן, רחוב ביאליק 30 קומה 2, מחר בשעה 16:00, קוראים לי דנה"))
    assert details["trade"] == "plumber"
    assert details["city"] == "רמת גן"
    assert "ביאליק 30" in details["address"]
    assert "16:00" in details["when"]
    assert details["name"] == "דנה"


def test_several_facts_in_one_english_message_are_all_saved() -> None:
    details = saves(facts_of("I need a plumber in Ramat Gan, 30 Bialik street, tomorrow at 4pm", language="en"))
    assert (details["trade"], details["city"]) == ("plumber", "רמת גן")
    assert "30" in details["address"]
    assert "4pm" in details["when"]


def test_facts_in_several_messages_of_a_burst_are_all_saved() -> None:
    details = saves(facts_of("יש לי סתימה", "בגבעתיים", "מחר בערב"))
    assert (details["trade"], details["city"]) == ("plumber", "גבעתיים")
    assert "מחר" in details["when"]


def test_a_bare_answer_fills_the_field_that_was_asked_for() -> None:
    assert saves(facts_of("ביאליק 30 קומה 2", known=CITY, asked="address"))["address"].startswith("ביאליק 30")
    assert saves(facts_of("חולון", known=TRADE, asked="city"))["city"] == "חולון"


def test_what_was_saved_is_not_asked_again() -> None:
    facts = facts_of("יש לי נזילה ברמת גן")
    assert says(facts, saved(trade="plumber", locality="רמת גן")).endswith("מה הכתובת המדויקת? רחוב, מספר וקומה.")


def test_two_cities_in_one_message_are_asked_about() -> None:
    facts = facts_of("בחולון או בבת ים", known=TRADE, asked="city")
    reply = says(facts)
    assert "חולון" in reply
    assert "בת ים" in reply


def test_a_corrected_time_replaces_the_wish() -> None:
    assert "18:00" in saves(facts_of("בעצם עדיף מחר בשעה 18:00", known=READY))["when"]


def test_an_hour_that_may_be_morning_or_evening_is_asked_about() -> None:
    facts = facts_of("מחר ב-8", known=COMPLETE, asked="time")
    found = move(facts)
    if isinstance(found, Call):
        assert "when" in found.arguments
    else:
        assert "בבוקר או בערב" in found.text


def test_when_nothing_is_missing_times_are_looked_up_and_offered() -> None:
    facts = facts_of("מחר אחרי 4", known=READY)
    done = saved(wish=WISH)
    assert move(facts, done) == Call("find_times", {})
    reply = says(facts, done, FOUND)
    assert "מה מתאים?" in reply


def test_an_exact_hour_is_asked_for_without_offering_others() -> None:
    exact = WISH | {"kind": "exact"}
    assert requests(facts_of("מחר בשעה 16:00", known=READY), saved(wish=exact)) == at(24, 16)


@pytest.mark.parametrize(
    ("text", "language", "index"),
    [
        ("1", "he", 0),
        ("2", "he", 1),
        ("הראשון", "he", 0),
        ("השני", "he", 1),
        ("האחרון", "he", 2),
        ("18:00", "he", 1),
        ("16:00", "he", 0),
        ("the first one", "en", 0),
        ("the second", "en", 1),
        ("6pm", "en", 1),
    ],
)
def test_an_offered_time_is_chosen_by_number_hour_or_order(text: str, language: str, index: int) -> None:
    facts = facts_of(text, known=READY, asked="time", offered=TIMES, language=language)
    assert requests(facts, *done_before(facts)) == TIMES[index]


def test_yes_to_the_only_offered_time_chooses_it() -> None:
    facts = facts_of("כן, מתאים", known=READY, asked="time", offered=TIMES[:1])
    assert requests(facts, *done_before(facts)) == TIMES[0]


EXACT = {"kind": "exact", "start": at(24, 15).isoformat(), "end": None, "part": None, "source": "מחר ב-15:00"}
REFUSED = Known(
    **{name: getattr(COMPLETE, name) for name in ("lead_id", "status", "trade", "locality", "address")}, wish=EXACT
)
"""The hour that was wished for could not be had, and others were offered."""


@pytest.mark.parametrize("offered", [TIMES, TIMES[:1], ()])
@pytest.mark.parametrize(
    "text", ["לא עונים לי בטלפון!!", "רגע אני צריך לדבר עם אשתי", "טוב, לא עונים לי", "כמה זה עולה?", "I see"]
)
def test_what_is_no_yes_asks_for_no_hour_that_was_wished_before(text: str, offered: tuple[datetime, ...]) -> None:
    facts = facts_of(text, known=REFUSED, asked="time", offered=offered)
    while isinstance(found := move(facts), Call) and found.tool != "find_times":
        assert found.tool == "list_prices"
        facts = replace(facts, done=(*facts.done, Done("list_prices", {}, {"prices": []})))
    assert isinstance(found, Call)


def test_of_an_emergency_no_hour_is_asked_for_by_whatever_is_said_next() -> None:
    known = replace(COMPLETE, urgency="emergency")
    soon = Done("find_times", {}, {"fits_wish": True, "times": [{"start": at(23, 11).isoformat()}]})
    assert "אפשר" in says(facts_of("רגע אני צריך לדבר עם אשתי", known=known, asked="time", offered=TIMES), soon)


def test_a_wish_of_before_is_asked_for_where_the_place_is_another() -> None:
    facts = facts_of("בגבעתיים", known=REFUSED, asked="time", offered=TIMES)
    assert requests(facts, saved(locality="גבעתיים")) == at(24, 15)


def test_after_asking_the_customer_hears_that_it_waits_for_approval() -> None:
    facts = facts_of("הראשון", known=READY, asked="time", offered=TIMES)
    asked = Done("request_visit", {}, {"status": "asked", "offer_id": 1, "start": at(24, 16).isoformat()})
    reply = says(facts, asked)
    assert "נשלחה לאיש מקצוע" in reply
    assert "נקבע" not in reply


def test_when_nobody_is_free_at_the_hour_other_times_are_looked_up() -> None:
    facts = facts_of("הראשון", known=READY, asked="time", offered=TIMES)
    assert move(facts, Done("request_visit", {}, {"status": "nobody_fits"})) == Call("find_times", {})


def test_when_there_are_no_times_at_all_a_person_is_called_and_the_customer_told() -> None:
    facts = facts_of("מחר אחרי 4", known=READY)
    none = Done("find_times", {}, {"fits_wish": False, "times": []})
    assert move(facts, saved(), none) == Call("hand_over", {"reason": "nobody_fits"})
    told = Done("hand_over", {}, {"status": "handed_over", "reason": "nobody_fits"})
    assert "הועברה לצוות" in says(facts, saved(), none, told)


def test_a_price_question_is_answered_only_from_the_list() -> None:
    facts = facts_of("כמה עולה?", known=TRADE)
    assert move(facts) == Call("list_prices", {"trade": "plumber"})
    listed = Done("list_prices", {}, {"prices": [{"label": "ביקור", "words": "₪250", "agorot": [25000, 25000]}]})
    reply = says(facts, listed)
    assert "₪250" in reply
    assert "באיזו עיר" in reply
    empty = says(facts, Done("list_prices", {}, {"prices": []}))
    assert "אין לנו מחיר קבוע" in empty
    assert "₪" not in empty


@pytest.mark.parametrize(("text", "language"), [("אני רוצה לבטל", "he"), ("please cancel my visit", "en")])
def test_a_cancellation_is_done_and_told(text: str, language: str) -> None:
    facts = facts_of(text, known=BOOKED, standing=CONFIRMED, language=language)
    assert move(facts) == Call("cancel_visit", {})
    reply = says(facts, Done("cancel_visit", {}, {"status": "cancelled", "lead_id": 1}))
    assert ("בוטלה" if language == "he" else "cancelled") in reply


def test_what_is_not_there_is_not_cancelled() -> None:
    facts = facts_of("לבטל", known=BOOKED)
    assert "אין כרגע" in says(facts, Done("cancel_visit", {}, {"status": "nothing_to_cancel"}))
    assert not isinstance(move(facts_of("אל תבטל", known=BOOKED, standing=CONFIRMED)), Call)


@pytest.mark.parametrize(
    ("text", "language", "asks"),
    [("אפשר להזיז את הביקור?", "he", "לאיזה מועד"), ("can we reschedule?", "en", "When should we move")],
)
def test_a_wish_to_move_is_asked_for_the_new_time(text: str, language: str, asks: str) -> None:
    assert asks in says(facts_of(text, known=BOOKED, standing=CONFIRMED, language=language))


def test_the_new_time_of_a_visit_is_asked_for() -> None:
    facts = facts_of("מחר ב-10 בבוקר", known=BOOKED, standing=CONFIRMED, asked="time")
    exact = {"kind": "exact", "start": at(24, 10).isoformat(), "end": None, "part": None, "source": "מחר ב-10 בבוקר"}
    assert "10" in saves(facts)["when"]
    assert requests(facts, saved(wish=exact)) == at(24, 10)


@pytest.mark.parametrize(
    ("text", "language"), [("אפשר לדבר עם נציג?", "he"), ("can I talk to a human?", "en"), ("תנו לי בן אדם", "he")]
)
def test_whoever_asks_for_a_person_gets_one(text: str, language: str) -> None:
    facts = facts_of(text, language=language)
    assert move(facts) == Call("hand_over", {"reason": "human_asked"})
    reply = says(facts, Done("hand_over", {}, {"status": "handed_over", "reason": "human_asked"}))
    assert ("נציג אנושי" if language == "he" else "person") in reply


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("יש ריח גז חזק בבית ברמת גן", "he", "102"),
        ("הבן שלי התחשמל!", "he", "101"),
        ("I smell gas in the apartment", "en", "102"),
    ],
)
def test_danger_is_reported_and_answered_with_safety_first(text: str, language: str, number: str) -> None:
    facts = facts_of(text, language=language, first=True)
    details = saves(facts)
    assert details["urgency"] == "emergency"
    done = saved(urgency="emergency")
    assert move(facts, done) == Call("hand_over", {"reason": "danger"})
    reply = says(facts, done, Done("hand_over", {}, {"status": "handed_over", "reason": "danger"}))
    assert number in reply
    assert reply.index(number) < reply.index("?")


@pytest.mark.parametrize(("text", "language"), [("תודה רבה!", "he"), ("thanks a lot", "en")])
def test_thanks_are_returned(text: str, language: str) -> None:
    word = "בשמחה" if language == "he" else "welcome"
    assert word in says(facts_of(text, language=language))
    assert word in says(facts_of(text, language=language, known=BOOKED, standing=CONFIRMED))


def test_whoever_asks_how_it_stands_hears_it() -> None:
    assert "ממתינה לאישור" in says(facts_of("נו, מה קורה?", known=OFFERED, standing=HELD))
    booked = says(facts_of("מתי הוא בא?", known=BOOKED, standing=CONFIRMED))
    assert "הביקור נקבע" in booked
    assert "16:00" in booked


def test_another_job_than_the_one_booked_is_a_request_of_its_own() -> None:
    details = saves(facts_of("יש לי גם קצר בחשמל", known=BOOKED, standing=CONFIRMED))
    assert (details["trade"], details["new_request"]) == ("electrician", True)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (said(kind=MessageKind.audio, url="u"), "הודעה קולית"),
        (said(kind=MessageKind.audio, error="unavailable"), "לא נפתח אצלנו"),
        (said(kind=MessageKind.image, error="too_big"), "לא נפתח אצלנו"),
        (said(kind=MessageKind.image, url="u"), "באיזו עבודה מדובר"),
        (said(kind=MessageKind.undecryptable), "לא נפתחה אצלנו"),
        (said(kind=MessageKind.unsupported), "לא נתמך"),
        (said(kind=MessageKind.call), "שהתקשרת"),
    ],
)
def test_messages_without_words_are_answered_by_their_kind(one: Said, expected: str) -> None:
    assert expected in says(facts_of(one))


@pytest.mark.parametrize(
    "done",
    [
        Done("request_visit", {}, {"status": "asked", "offer_id": 1, "start": at(24, 16).isoformat()}),
        Done("cancel_visit", {}, {"status": "cancelled", "lead_id": 1}),
        Done("hand_over", {}, {"status": "handed_over", "reason": "stuck"}),
    ],
)
def test_what_another_has_done_in_this_turn_is_told_and_not_repeated(done: Done) -> None:
    reply = says(facts_of("עזבו, תעשו מה שצריך", known=READY, standing=HELD), done)
    assert any(word in reply for word in ("נשלחה לאיש מקצוע", "בוטלה", "נציג אנושי"))


@pytest.mark.parametrize("text", ["תבטלו את התזכורות בבקשה, מספיק פעם אחת", "cancel the reminders please"])
def test_who_cancels_the_reminders_gets_none_and_keeps_the_visit(text: str) -> None:
    assert move(facts_of(text, known=BOOKED, standing=CONFIRMED)) == Call("opt_out", {})


@pytest.mark.parametrize(
    ("text", "reason", "told"),
    [
        ("אל תכתבו לי, תתקשרו", "callback", "callback_promised"),
        ("don't text me, call me", "callback", "callback_promised"),
        ("תמחקו אותי מהרשימה ותעבירו אותי לנציג", "human_asked", "handed_over"),
        ("שרלטנים, אל תשלחו לי הודעות", "complaint", "complaint_taken"),
    ],
)
def test_who_wants_no_messages_but_a_person_gets_both(text: str, reason: str, told: str) -> None:
    facts = facts_of(text)
    out = Done("opt_out", {}, {"status": "opted_out"})
    called = Done("hand_over", {"reason": reason}, {"status": "handed_over", "reason": reason})
    assert move(facts) == Call("opt_out", {})
    assert move(facts, out) == Call("hand_over", {"reason": reason})
    assert says(facts, out, called) == "\n".join(facts.say(code) for code in ("opted_out", told))


@pytest.mark.parametrize("text", ["חבל לבטל את המזגן, אני אנקה", "לבטל את הברז הישן"])
def test_giving_up_something_else_cancels_no_visit(text: str) -> None:
    assert move(facts_of(text, known=BOOKED, standing=CONFIRMED)) != Call("cancel_visit", {})
