"""What a speaker takes back in one breath is replaced by what follows, within its own kind, and nothing else is."""

import pytest

from proli.knowledge.self_corrections import as_corrected


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("מחר בארבע לא חמש", "מחר בחמש"), ("בשתיים, לא, בשלוש", "בשלוש"), ("ב-4:15, אה לא, 5:15", "ב-5:15"),
        ("בשבע וחצי לא שמונה", "בשמונה"), ("17, אה לא, 71", "71"), ("גורדון 6 סליחה 16 דירה 3", "גורדון 16 דירה 3"),
        ("הגפן תשע, אממ, לא, תשע עשרה", "הגפן תשע עשרה"), ("קומה שתיים לא קומה שלוש", "קומה שלוש"),
        ("דירה עשר, רגע, דירה אחת עשרה", "דירה אחת עשרה"), ("שני חדרים לא שלושה חדרים", "שני חדרים לא שלושה חדרים"),
        ("ארבעה חדרים לא חמישה חדרים", "חמישה חדרים"), ("תקציב 6000 אה לא 7000", "תקציב 7000"),
        ("קפלן שלושים סליחה לא שלושים ארבעים", "קפלן ארבעים"), ("at two no three pm", "at three pm"),
        ("King George ten, wait, King George twelve", "King George twelve"),
        ("apartment six, sorry, nine", "apartment nine"),
        ("в девять нет в десять", "в десять"), ("квартира пять ой шесть", "квартира шесть"),
        ("8 סליחה 9 אה לא 10", "10"),
        ("הדירה בחולון אה לא בבת ים", "הדירה בחולון, סליחה, בבת ים"), ("נתניה. לא, חדרה", "נתניה, סליחה, חדרה"),
        ("ביום שני אה לא שלישי", "ביום שני, סליחה, שלישי"), ("Monday no Tuesday", "Monday, sorry, Tuesday"),
    ],
)  # fmt: skip
def test_a_correction_replaces_what_is_of_its_kind(said: str, meant: str) -> None:
    assert as_corrected(said) == meant


@pytest.mark.parametrize(
    "text",
    [
        "גורדון 14, לא 12", "גורדון 14 לא 12", "לא 14 אלא 16", "לא בשמונה, בתשע", "אמרתי בשמונה לא בתשע",
        "ב-8 לא, ב-9 לא", "שני לא, חמישי לא", "בעשר רגע אחד אני בודקת", "תן לי רגע, חמש דקות", "8 wait one sec",
        "דירה 3, לא, קומה 3", "יש לי 2 ילדים, לא 3", "אני לא בחולון, אני בבת ים", "הגפן 55 קומה 3. סליחה 53 לא 55",
        "050-1234567, סליחה, 052-7654321", "not at eight, at nine", "לא יודע, אולי 3 או 4", "מחר לא מחרתיים",
        "מחר. לא רגע מחר אני בעבודה. מחרתיים", "לא, תודה", "בין 9 ל-11", "רגע אני בודקת", "סליחה, מה אמרת?",
    ],
)  # fmt: skip
def test_what_takes_nothing_back_stays_as_it_is(text: str) -> None:
    assert as_corrected(text) == text


def test_of_digits_without_a_pause_only_what_was_heard_is_put_right() -> None:
    assert as_corrected("גורדון 14 לא 16", spoken=True) == "גורדון 16"


def test_who_denies_the_number_that_is_known_means_the_first() -> None:
    assert as_corrected("גורדון חמישים ואחת לא חמש עשרה", known={15}) == "גורדון חמישים ואחת לא חמש עשרה"
