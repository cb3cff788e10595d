"""What a model might say in four languages where nothing of it is so, and what may be said there all the same."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from proli.chat.replying import proof_of
from proli.knowledge.reading.lexicon import read_table
from proli.mind.facts import Done, Facts, Guidance, Standing
from proli.mind.proof.amounts import named_links, named_numbers, unknown_numbers
from proli.mind.proof.checking import Unproven, UnprovenKind, unproven
from proli.mind.proof.claims import find_claims, joined_lines, sentences_of
from tests.mind.talk import COMPLETE, at, facts_of, heard_in, thought_of

DATA = Path(__file__).parent / "data"
ASKS = {"he": "אפשר מחר?", "en": "Can you come tomorrow?", "ru": "Можно завтра?", "ar": "ممكن بكرا؟"}


def listed(name: str) -> list[Any]:
    """The lines of a file, each with what the customer wrote before it."""
    table = yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
    return [
        pytest.param(line if isinstance(line, str) else line["reply"], spoken_before(line, language), language)
        for language, lines in table.items()
        for line in lines
    ]


def spoken_before(line: Any, language: str) -> str:
    return ASKS[language] if isinstance(line, str) else line["customer"]


def reason(reply: str, facts: Facts, *done: Done, history: tuple[tuple[str, str], ...] = ()) -> Unproven | None:
    return unproven(reply, proof_of(*heard_in(facts), thought_of(reply, *done, history=history), []))


@pytest.mark.parametrize(("reply", "customer", "language"), listed("false_claims.yaml"))
def test_what_has_not_happened_is_not_said(reply: str, customer: str, language: str) -> None:
    facts = facts_of(customer, known=COMPLETE, language="en" if language == "en" else "he")
    assert reason(reply, facts) is not None


@pytest.mark.parametrize(("reply", "customer", "language"), listed("harmless_replies.yaml"))
def test_what_claims_nothing_is_said(reply: str, customer: str, language: str) -> None:
    facts = facts_of(customer, known=COMPLETE, language="en" if language == "en" else "he")
    assert reason(reply, facts) is None


FACTS = Done(
    "business_facts",
    {},
    {
        "facts": {
            "אחריות": "שנה על כל עבודה",
            "הנחות": "לחיילים יש 10% הנחה",
            "אתר": "www.moran.co.il",
            "טלפון": "03-6234567",
            "guarantee": "1 year on all work",
        }
    },
)


@pytest.mark.parametrize(
    "reply",
    [
        "יש אחריות לשנה על כל עבודה.",
        "לחיילים יש 10% הנחה.",
        "פרטים באתר https://moran.co.il/",
        "הטלפון של המשרד: 03-6234567.",
        "Our guarantee is 1 year on all work.",
    ],
)
def test_what_the_business_says_of_itself_may_be_said(reply: str) -> None:
    assert reason(reply, facts_of("מה עם אחריות?")) is not None
    assert reason(reply, facts_of("מה עם אחריות?"), FACTS) is None


@pytest.mark.parametrize(
    "reply",
    [
        "יש אחריות ל-10 שנים על כל עבודה.",
        "לחיילים יש 25% הנחה.",
        "לתשלום: https://moran.co.il/pay/77",
        "הטלפון של המשרד: 03-6234568.",
        "אישרנו לך החזר כספי מלא.",
    ],
)
def test_more_than_the_business_says_is_not_said(reply: str) -> None:
    assert reason(reply, facts_of("מה עם אחריות?"), FACTS) is not None


def test_the_guidance_of_the_business_counts_as_its_own_words() -> None:
    guidance = Guidance(1, "לפרטים שולחים ל-www.moran.co.il, ויש 5% הנחה לפונים חדשים")
    with_guidance = replace(facts_of("שלום"), guidance=guidance)
    assert reason("יש 5% הנחה לפונים חדשים.", with_guidance) is None
    assert reason("יש 6% הנחה לפונים חדשים.", with_guidance) is not None


def test_what_a_person_of_the_business_promised_may_be_repeated() -> None:
    promised = (("out", "אישרנו לך החזר כספי מלא, והקבלה נשלחה במייל."),)
    assert reason("כן, אישרנו לך החזר כספי מלא.", facts_of("נכון?"), history=promised) is None
    claimed = (("in", "אישרתם לי החזר כספי מלא"),)
    assert reason("כן, אישרנו לך החזר כספי מלא.", facts_of("נכון?"), history=claimed) is not None


def test_the_phone_of_the_professional_is_told_once_the_visit_is_confirmed() -> None:
    confirmed = Standing("confirmed", at(24, 16), "יוסי", phone="+972541112223")
    words = "הטלפון של יוסי: 054-111-2223"
    assert reason(words, facts_of("טלפון?", standing=confirmed)) is None
    assert reason(words, facts_of("טלפון?", standing=replace(confirmed, status="held"))) is not None


def test_letters_that_the_customer_does_not_write_are_not_sent() -> None:
    assert reason("В каком городе?", facts_of("שלום")) == Unproven(UnprovenKind.letters, ("Cyrillic",))
    assert reason("В каком городе?", facts_of("Добрый день")) is None
    assert reason("bооked for you", facts_of("hello")) is not None


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("ראו https://Moran.co.il/a?b=1.", {"moran.co.il/a?b=1"}),
        ("bit.ly/3xYz", {"bit.ly/3xyz"}),
        ("paynow dot co dot il", {"paynow.co.il"}),
        ("noa@example.com", {"noa@example.com"}),
        ("בשעה 16.30, ב-24.11, 3.5 מטר, סוף.התחלה", set[str]()),
    ],
)
def test_links_are_found_however_they_are_written(text: str, links: set[str]) -> None:
    assert named_links(text) == links


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("052-765-4321", {"0527654321"}),
        ("+972 (52) 765 43 21", {"0527654321"}),
        ("*2345", {"2345"}),
        ("ב-24.11.2070 בין 10:00 ל-12:30, קומה 2 דירה 12", set[str]()),
        ("אפס חמש שתיים שבע שבע שבע אחת שתיים שלוש ארבע", {"0527771234"}),
        ("סניף 800 חשבון 4455", {"800", "4455"}),
    ],
)
def test_numbers_are_found_however_they_are_written(text: str, numbers: set[str]) -> None:
    assert named_numbers(text) == numbers


def test_known_numbers_side_by_side_are_known() -> None:
    assert unknown_numbers("052-765-4321 03-6234567", {"0527654321", "036234567"}) == set()
    assert unknown_numbers("052-765-4321 03-6234568", {"0527654321", "036234567"})


def test_every_kind_of_claim_has_words_in_four_languages() -> None:
    for kind, lines in read_table("claims.yaml")["claims"].items():
        words = " ".join(lines)
        for first, last in (("א", "ת"), ("a", "z"), ("а", "я"), ("ا", "ي")):
            assert any(first <= letter <= last for letter in words), (kind, first)


def test_a_sentence_broken_over_lines_is_read_as_one() -> None:
    assert [claim.kind for claim in find_claims("יש לך\nתור מחר")] == ["booked"]
    assert find_claims("אפשר:\n- לקבוע תור\n- לבטל") == []


@pytest.mark.parametrize(("reply", "customer", "language"), listed("false_claims.yaml"))
def test_what_has_not_happened_is_found_sentence_by_sentence_too(reply: str, customer: str, language: str) -> None:
    facts = facts_of(customer, known=COMPLETE, language="en" if language == "en" else "he")
    assert any(reason(sentence, facts) for sentence in sentences_of(joined_lines(reply)))


@pytest.mark.parametrize(("reply", "customer", "language"), listed("harmless_replies.yaml"))
def test_no_sentence_of_what_claims_nothing_is_held_back(reply: str, customer: str, language: str) -> None:
    facts = facts_of(customer, known=COMPLETE, language="en" if language == "en" else "he")
    assert not [sentence for sentence in sentences_of(joined_lines(reply)) if reason(sentence, facts)]
