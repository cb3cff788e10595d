"""Markdown becomes what WhatsApp shows, and nothing that was no Markdown changes."""

import pytest

from proli.mind.proof.marks import to_whatsapp


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        (
            "# שלום!\n**אינסטלטור** ישמח לעזור:\n- נזילות\n\nפרטים [באתר](https://example.com/a).",
            "*שלום!*\n*אינסטלטור* ישמח לעזור:\n- נזילות\n\nפרטים באתר https://example.com/a.",
        ),
        ("### **כותרת** כאן", "*כותרת כאן*"),
        ("__חזק__ ו-***מאוד***", "*חזק* ו-_*מאוד*_"),
        ("ה**אינסטלטור** מגיע", "האינסטלטור מגיע"),
        ("~~בוטל~~", "~בוטל~"),
        ("* א\n* ב", "- א\n- ב"),
        ("- א\n  - ב\n- ג", "- א\n  - ב\n- ג"),
        ("| שירות | מחיר |\n|---|---|\n| ביקור | ₪250 |\n| אבחון | ₪120 |", "שירות · מחיר\nביקור · ₪250\nאבחון · ₪120"),
        ("```\nשלום\n```", "שלום"),
        ("`שלום`", "שלום"),
        ("שורה\n\n---\n\nשורה", "שורה\n\nשורה"),
        ("[https://a.co](https://a.co) ו-<https://b.co/x>", "https://a.co ו-https://b.co/x"),
        ("[לחיוג](tel:0527654321)", "לחיוג 0527654321"),
        ("![תמונה](https://a.co/b.png)", "תמונה https://a.co/b.png"),
        ("**ביקור:** \u2066₪250\u2069", "*ביקור:* \u2066₪250\u2069"),
        ("א\n\n\n\nב", "א\n\nב"),
    ],
)
def test_markdown_becomes_the_marks_of_whatsapp(written: str, sent: str) -> None:
    assert to_whatsapp(written) == sent


@pytest.mark.parametrize(
    "text",
    [
        "5*3 מטר, 5*3*2, 2**3**4",
        "a_b@c.d, noa__levi@x.co, snake_case_name",
        "https://x.co/a_b__c__d?x=1&y=*2*",
        "1. נזילה\n2. סתימה\n\n10. אחר",
        "1) א\n2) ב",
        "24. בנובמבר",
        "052-765-4321\n+972 52-765-4321",
        "+ 972 52",
        "חייגו *2800 או *3900",
        "*כבר* מודגש ו_לא_ כאן",
        "₪1,250.50, 10:00-12:30, 24.11.2070, 3/4, 50%",
        "#5 בתור, הזמנה # 12",
        "ביאליק 30, קומה 2\nדירה 4",
        "אפשר:\n- מחר ב-10:00\n- מחר ב-12:00\nמה מתאים?",
        "> ציטוט",
        "צ'ק, צה\"ל, רו״ח",
        "[x]: https://a.co",
        "3 < 5 > 2 & 1",
        "שורה\n====\nשורה",
    ],
)
def test_what_is_no_markdown_stays_as_it_is(text: str) -> None:
    assert to_whatsapp(text) == text


def test_indents_are_no_code() -> None:
    assert to_whatsapp("    רווחים בהתחלה\nועוד") == "רווחים בהתחלה\nועוד"
