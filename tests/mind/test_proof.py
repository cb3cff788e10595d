"""Nothing is claimed that is not so: booked, cancelled, moved, sent, held, on the way, a price, a time."""

import random
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from proli.chat.replying import make_reply, proof_of
from proli.mind.facts import Done, Facts, Known, Standing
from proli.mind.proof.checking import Proof, Unproven, UnprovenKind, named_prices, unproven
from proli.mind.proof.claims import clock_times, find_claims
from proli.playbooks.texts import all_texts
from tests.conftest import SUNDAY_MORNING
from tests.mind.phrases import CLAIMS, HARMLESS
from tests.mind.talk import COMPLETE, ZONE, at, facts_of, heard_in, thought_of

TOMORROW_AT_FOUR = at(24, 16)
HELD = Standing("held", TOMORROW_AT_FOUR, "יוסי כהן")
CONFIRMED = Standing("confirmed", TOMORROW_AT_FOUR, "יוסי כהן", phone="+972520000001")
IN_QUESTION = Standing("confirmed", TOMORROW_AT_FOUR, "יוסי כהן", in_question=True, phone="+972520000001")
OUT = Standing("confirmed", TOMORROW_AT_FOUR, "יוסי כהן", on_the_way=True, phone="+972520000001")
ASKED = Done("request_visit", {}, {"status": "asked", "offer_id": 1, "start": TOMORROW_AT_FOUR.isoformat()})
CANCELLED = Done("cancel_visit", {}, {"status": "cancelled", "lead_id": 1})
HANDED_OVER = Done("hand_over", {}, {"status": "handed_over", "reason": "nobody_fits"})
PERSON = Done("hand_over", {}, {"status": "handed_over", "reason": "human_asked"})
FAILED = Done("hand_over", {}, {"status": "handed_over", "reason": "agent_failed"})
PRICES = Done("list_prices", {}, {"prices": [{"label": "ביקור", "words": "₪250", "agorot": [25000, 25000]}]})
HOURS = Done("business_facts", {}, {"name": "מורן", "facts": {"hours": "א-ה 8:00-18:00", "visit": "ביקור 180 ש״ח"}})


def reason(text: str, facts: Facts, *done: Done, offered: list[str] | None = None) -> Unproven | None:
    thought = thought_of(text, *done)
    return unproven(text, proof_of(*heard_in(facts), thought, offered or []))


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in CLAIMS.items() for text in texts])
def test_a_claim_is_heard(kind: str, text: str) -> None:
    assert kind in {claim.kind for claim in find_claims(text)}


@pytest.mark.parametrize("text", HARMLESS)
def test_questions_denials_conditions_and_futures_claim_nothing(text: str) -> None:
    assert [claim.kind for claim in find_claims(text)] == []


@pytest.mark.parametrize("text", [text for texts in CLAIMS.values() for text in texts])
def test_no_claim_is_sent_where_nothing_has_happened(text: str) -> None:
    facts = facts_of("אפשר מחר?", known=COMPLETE)
    reply = make_reply(*heard_in(facts), thought_of(text), offered=[])
    assert reply.text == "מתי נוח שנגיע?"
    assert reply.trace.details["rewritten"]
    assert reply.trace.details["draft"] == text


OURS: list[tuple[str, Facts, tuple[Done, ...]]] = [
    ("asked_professional", facts_of("כן", standing=HELD), (ASKED,)),
    ("waiting", facts_of("נו?", standing=HELD), ()),
    ("booked", facts_of("נו?", standing=CONFIRMED), ()),
    ("visit_in_question", facts_of("נו?", standing=IN_QUESTION), ()),
    ("visit_confirmed", facts_of("נו?", standing=CONFIRMED), ()),
    ("reminder_day", facts_of("נו?", standing=CONFIRMED), ()),
    ("on_the_way", facts_of("נו?", standing=OUT), ()),
    ("cancelled", facts_of("לבטל"), (CANCELLED,)),
    ("visit_cancelled_customer", facts_of("לבטל את מחר ב-16:00"), (CANCELLED,)),
    ("handed_over", facts_of("נציג"), (PERSON,)),
    ("no_times", facts_of("מחר ב-16:00"), (HANDED_OVER,)),
    ("agent_failed", facts_of("שלום"), (FAILED,)),
    ("no_price", facts_of("כמה?"), ()),
    ("nothing_to_cancel", facts_of("לבטל"), ()),
    ("new_time", facts_of("להזיז"), ()),
    ("offer_times", facts_of("מחר ב-16:00"), ()),
    ("danger_gas_leak", facts_of("ריח גז"), ()),
    ("danger_flood", facts_of("הצפה"), ()),
    ("thanks", facts_of("תודה"), ()),
    ("hello", facts_of("היי"), ()),
    ("send_text", facts_of("היי"), ()),
    ("media_failed", facts_of("היי"), ()),
    ("ambiguous_time", facts_of("מחר ב-4"), ()),
]
VALUES: dict[str, Any] = {
    **{"professional": "יוסי כהן", "trade": "אינסטלטור", "address": "ביאליק 30, רמת גן", "phone": "052-000-0001"},
    **{"business": "מורן", "number": "102", "time": "4", "number_": "1"},
}
WHEN = {"he": "מחר בשעה \u206616:00\u2069", "en": "tomorrow at \u206616:00\u2069"}


@pytest.mark.parametrize("language", ["he", "en"])
@pytest.mark.parametrize(("code", "facts", "done"), OURS, ids=[code for code, *_ in OURS])
def test_our_own_words_are_true_when_the_effect_exists(
    code: str, facts: Facts, done: tuple[Done, ...], language: str
) -> None:
    text = all_texts()[code][language].format(**VALUES, when=WHEN[language], times=WHEN[language])
    assert reason(text, facts, *done) is None


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("הביקור נקבע למחר ב-10:00.", CONFIRMED),
        ("הביקור נקבע ליום רביעי בשעה 16:00.", CONFIRMED),
        ("הזזתי את הביקור מ-16:00 ל-10:00.", CONFIRMED),
        ("הביקור נקבע למחר בשעה 16:00.", HELD),
        ("Your visit is booked for tomorrow at 10am.", CONFIRMED),
        ("יוסי בדרך אליך!", CONFIRMED),
        ("הביקור נקבע למחר ב-16:00.", IN_QUESTION),
        ("Your visit is booked for tomorrow at 4pm.", IN_QUESTION),
        ("יוסי יגיע מחר ב-16:00.", IN_QUESTION),
        ("ביטלתי את הביקור.", CONFIRMED),
        ("שלחתי לך קישור לתשלום.", CONFIRMED),
        ("יוסי יגיע אליך מחר בשעה 16:00.", HELD),
    ],
)
def test_what_stands_proves_only_what_stands(text: str, standing: Standing) -> None:
    facts = facts_of("אפשר ב-10?", known=COMPLETE, standing=standing)
    assert reason(text, facts) is not None


@pytest.mark.parametrize(
    "text", ["הביקור נקבע: יוסי כהן, מחר בשעה 16:00.", "התור שלך מאושר למחר ב-4 אחר הצהריים.", "It is booked for 4pm."]
)
def test_the_same_visit_may_be_told_in_other_words(text: str) -> None:
    assert reason(text, facts_of("מתי?", standing=CONFIRMED)) is None


def test_what_was_cancelled_or_sent_before_may_be_said_again() -> None:
    facts = facts_of("אז בוטל?")
    history = (("out", "הבקשה בוטלה. אפשר לפנות שוב בכל עת."),)
    assert unproven("כן, הביקור בוטל.", proof_of(*heard_in(facts), thought_of("", history=history), [])) is None
    assert unproven(
        "כן, הביקור בוטל.", proof_of(*heard_in(facts), thought_of("", history=(("in", "הביקור בוטל"),)), [])
    )


@pytest.mark.parametrize(
    "text",
    [
        *("הביקור עולה 300 ₪.", "המחיר 300 שקלים", "העלות 300 בלבד", "זה יעלה לך 300", "It costs 300", "300 NIS"),
        *("מחיר הביקור הוא 300", "שלוש מאות שקל", "מאתיים ש״ח", "$80 for the visit", "הביקור חינם", "ללא עלות"),
        *("The visit is free of charge.", "בין 250 ל-400 ₪", "מאה חמישים שקל"),
    ],
)
def test_a_price_that_is_not_in_the_list_is_not_named(text: str) -> None:
    assert reason(text, facts_of("כמה זה עולה? אמרו לי 300 שקל"), PRICES) is not None


@pytest.mark.parametrize(
    "text", ["ביקור ואבחון: ₪250", "המחיר 250 ש״ח", "הביקור עולה 250", "הכתובת ביאליק 300, קומה 2", "052-765-4321"]
)
def test_listed_prices_addresses_and_the_phone_of_the_customer_pass(text: str) -> None:
    assert reason(text, facts_of("כמה זה עולה?"), PRICES) is None


def test_a_price_of_the_business_facts_or_told_before_may_be_named() -> None:
    assert reason("הביקור עולה 180 ש״ח", facts_of("כמה?"), HOURS) is None
    before = thought_of("", history=(("out", "לפי המחירון:\nביקור: ₪250"),))
    assert unproven("כן, 250 ₪.", proof_of(*heard_in(facts_of("250?")), before, [])) is None


@pytest.mark.parametrize(
    "text",
    [
        *("אפשר מחר ב-10:00 או ב-12:00. מה מתאים?", "אפשר מחר בשעה 10", "יש פנוי בעשר בבוקר", "How about 10am?"),
        *("מחר ב-11, מתאים?", "tomorrow at 11 works", "מה דעתך על אחת עשרה בבוקר?", "פנוי בשעה 11:30."),
    ],
)
def test_a_time_from_nowhere_is_not_named(text: str) -> None:
    facts = facts_of("אפשר מחר?", known=COMPLETE)
    found = reason(text, facts)
    assert found is not None
    assert found.kind is UnprovenKind.times


@pytest.mark.parametrize(
    ("text", "customer"),
    [
        ("באיזו שעה אחרי 16:00?", "מחר אחרי 4"),
        ("הכוונה ל-4 בבוקר או בערב?", "מחר ב-4"),
        ("רשמנו: עשר בבוקר.", "מחר בעשר בבוקר"),
        ("אבדוק אם יש פנוי ב-16:30.", "מחר בארבע וחצי"),
        ("הכתובת ביאליק 10, קומה 2?", "אפשר מחר?"),
        ("נחזור תוך 20 דקות.", "אפשר מחר?"),
        ("הטלפון 03-1234567.", "הטלפון שלי 03-1234567"),
        ("ב-24.11 נסגור מוקדם.", "מתי?"),
        ("בשעת חירום: 102.", "גז"),
        ("Apartment 12, floor 3?", "hello"),
    ],
)
def test_times_of_the_customer_and_other_numbers_pass(text: str, customer: str) -> None:
    assert reason(text, facts_of(customer)) is None


def test_times_found_offered_wished_or_of_the_business_pass() -> None:
    text = "אפשר מחר ב-10:00 או ב-12:00. מה מתאים?"
    times = [at(24, 10), at(24, 12)]
    assert reason(text, facts_of("מחר"), offered=[one.isoformat() for one in times]) is None
    assert reason(text, facts_of("מה היו המועדים?", offered=times)) is None
    wish = {"kind": "range", "start": times[0].isoformat(), "end": times[1].isoformat(), "part": None, "source": ""}
    assert reason(text, facts_of("נו?", known=Known(wish=wish))) is None
    assert reason("פתוח מ-8:00 עד 18:00.", facts_of("מתי פתוח?"), HOURS) is None


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("10:00", [600]),
        ("10:00-12:30", [600, 30]),
        ("בשעה \u206616:00\u2069", [240]),
        ("24.11", []),
        ("1:1", []),
        ("0:5", []),
    ],
)
def test_clock_times_are_read(text: str, times: list[int]) -> None:
    assert clock_times(text) == times


def test_only_times_that_the_reply_shows_can_be_chosen_by_number() -> None:
    found = [at(24, hour).isoformat() for hour in (10, 12, 16)]
    facts = facts_of("מתי?", known=COMPLETE)
    shown = make_reply(*heard_in(facts), thought_of("אפשר מחר ב-16:00 או ב-10:00. מה מתאים?"), offered=found)
    assert (shown.asked, list(shown.offered)) == ("time", [found[2], found[0]])
    hidden = make_reply(*heard_in(facts_of("מתי?")), thought_of("באיזו עיר?"), offered=found)
    assert (hidden.asked, list(hidden.offered)) == ("trade", [])


def test_danger_to_life_is_answered_with_the_number_whatever_the_model_says() -> None:
    reply = make_reply(*heard_in(facts_of("יש לי ריח גז חזק בבית")), thought_of("באיזו עיר?"), offered=[])
    assert reply.text.index("102") < reply.text.index("באיזו עיר")
    told = make_reply(
        *heard_in(facts_of("יש לי ריח גז חזק בבית")), thought_of("נא להתקשר ל-102. באיזו עיר?"), offered=[]
    )
    assert told.text.count("102") == 1


STATES: list[tuple[Standing | None, tuple[Done, ...], set[str]]] = [
    (None, (), set()),
    (None, (CANCELLED,), {"cancelled"}),
    (None, (HANDED_OVER,), {"sent", "person"}),
    (None, (PERSON,), {"sent", "person"}),
    (HELD, (), {"held", "sent"}),
    (HELD, (ASKED,), {"held", "sent"}),
    (CONFIRMED, (), {"booked", "coming", "held", "sent", "moved"}),
    (OUT, (PRICES,), {"booked", "coming", "held", "sent", "moved", "on_the_way"}),
]
INVENTED = ("הביקור עולה 300 ₪", "המחיר הוא 470 שקל", "It costs 990")
JOINTS = (". ", "! ", "\n", ", ", " - ")


def drafts(count: int) -> Iterator[tuple[str, set[str], bool]]:
    """Random replies, with the effects they claim and whether they invent a price."""
    chance = random.Random(20701123)
    table = [(kind, text) for kind, texts in CLAIMS.items() for text in texts if not text.endswith("?")]
    for _ in range(count):
        pieces = [chance.choice(("לא", "שלום", "אין בעיה", "תודה על הפנייה", "Sure", "No problem"))]
        chosen = chance.sample(table, chance.randint(0, 2))
        price = chance.random() < 0.15
        pieces += [text.rstrip(".!") for _, text in chosen] + [chance.choice(INVENTED)] * price
        yield chance.choice(JOINTS).join(pieces), {kind for kind, _ in chosen}, price


def test_of_two_thousand_random_replies_none_is_sent_with_an_unproven_claim() -> None:
    chance = random.Random(7)
    rewritten = 0
    for text, kinds, price in drafts(2000):
        standing, done, proven = chance.choice(STATES)
        known = chance.choice((Known(), COMPLETE, Known(lead_id=1, trade="plumber")))
        facts = facts_of("מתי?", known=known, standing=standing, language=chance.choice(("he", "en")))
        offered = chance.choice(([], [at(25, 9).isoformat(), at(25, 11).isoformat()]))
        thought = thought_of(text, *done)
        reply = make_reply(*heard_in(facts), thought, offered=offered)
        if kinds - proven or price:
            assert reply.trace.details["rewritten"], (text, standing)
            assert text not in reply.text
            rewritten += 1
        assert unproven(reply.text, proof_of(*heard_in(facts), thought, offered)) is None, reply.text
    assert rewritten > 800


def test_an_empty_proof_proves_nothing() -> None:
    assert Proof(now=SUNDAY_MORNING, zone=ZONE).proven == frozenset()
    assert named_prices("שלום") == set()
    assert isinstance(SUNDAY_MORNING, datetime)
