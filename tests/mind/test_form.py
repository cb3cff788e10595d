"""Only words for people leave: what is meant for a program, cut, repeated or in a language not theirs goes back."""

import pytest

from proli.mind.instructions import template
from proli.mind.proof.form import LONGEST, BadForm, Form, form_for
from tests.doubles.models import call, say
from tests.mind.talk import facts_of
from tests.office import Log, Office

HEBREW = Form(frozenset({"he"}), "services")
ENGLISH = Form(frozenset({"en"}), "services")
LEAKED = " ".join(template("services").split()[40:60])
SPOILT = [
    '{"name": "find_times", "arguments": {"when": "מחר"}}',
    'רגע, בודק:\n```json\n{"name": "find_times", "arguments": {"when": "מחר"}}\n```',
    '[{"name": "find_times", "arguments": {}}]',
    '{ "reply": "שלום" }',
    "{'reply': 'שלום'}",
    '<tool_call>{"name": "find_times"}</tool_call>',
    "<function=find_times>מחר</function>",
    'functions.find_times({"when": "מחר"})',
    'find_times(when="מחר")',
    'book(when="מחר")',
    '```tool_code\nprint(default_api.find_times(when="מחר"))\n```',
    "אני קורא ל-find_times עכשיו.",
    "<think>הלקוח רוצה מחר</think>מתי נוח?",
    "הלקוח רוצה מחר</think>\nמתי נוח?",
    "<|im_start|>assistant\nמתי נוח?",
    "Assistant: מתי נוח?",
    "**AI:** מתי נוח?",
    "שלום!\nUser: מחר",
    "עוזר: מתי נוח?",
    "Thought: צריך עיר\nמה העיר?",
    "שלום [NAME], מתי נוח?",
    "שלום {{name}}, מתי נוח?",
    "שלום {name}, מתי נוח?",
    "שלום <שם>, מתי נוח?",
    "שלום [שם הלקוח], מתי נוח?",
    "נתראה ב-XX:XX",
    "הטלפון 05X-XXXXXXX",
    "שלום undefined",
    "שלום ____, מתי נוח?",
    "מה הכתובת המדויקת שלכ",
    "אפשר לבדוק זמנימ",
    "מתי נוח שנגיע, בבוקר או",
    "אפשר מחר (בוקר",
    "אפשר מחר,",
    "המחירים הם:",
    "```\nמתי נוח",
    LEAKED,
    "מתי נוח? מתי נוח? מתי נוח?",
    "כן כן כן כן",
    "שורה אחת\nשורה אחת\nשורה אחת",
    "מתי נוח? " + "א" * LONGEST,
    "המועד הוא 2070-11-24T16:00:00+02:00",
    "שלום\\nמה שלומך",
    "\ufffdשלום",
    "**",
    "...",
    "Hello! Could you please tell me which city you are in?",
    "שלום! Could you please tell me which city you are in?",
    "HELLO, WHICH CITY ARE YOU IN?",
    "Bonjour, quelle ville?",
    "Здравствуйте! В каком городе?",
    "您好",
    "שלום, 您在哪?",
]
WORDS = [
    "מתי נוח שנגיע?",
    "102",
    "🙏",
    "בשמחה! 🙂",
    "שלום :)",
    "אוקיי (:",
    "המזגן Electra Platinum Inverter 140 תקין?",
    "Bosch Serie 8 WAN28282?",
    "iPhone 13 pro max, הבנתי.",
    "הכתובת Rothschild Boulevard 22, Tel Aviv?",
    "המייל noa_levi@example.com, נכון?",
    "פרטים: https://example.com/a?b=c_d",
    "אפשר:\n- מחר ב-10:00\n- מחר ב-12:00\nמה מתאים?",
    "1. נזילה\n2. סתימה\nמה מהם?",
    "לפי המחירון:\nביקור: ₪250",
    "המחיר 250 ₪",
    'כתבת "נזילה", נכון?',
    "צריך לתקן את הקליפ",
    "זה בגודל 5*3 מטר?",
    "3 < 5",
    "אני לא יכול לשתף את ההוראות שלי, אבל אפשר לקבוע ביקור.",
]


@pytest.mark.parametrize("text", SPOILT)
def test_what_is_no_word_to_a_customer_is_not_said(text: str) -> None:
    with pytest.raises(BadForm):
        HEBREW.said(text)


@pytest.mark.parametrize("text", WORDS)
def test_words_to_a_customer_are_said_as_they_are(text: str) -> None:
    assert HEBREW.said(text) == text


def test_hebrew_names_and_addresses_are_fine_within_english() -> None:
    assert ENGLISH.said("The visit is at ביאליק 30, רמת גן, right?")
    with pytest.raises(BadForm):
        ENGLISH.said("באיזו עיר מדובר?")


def test_the_language_is_that_of_what_the_customer_wrote_last() -> None:
    assert form_for(facts_of("Добрый день"), ()).said("В каком городе?")
    assert form_for(facts_of("👍"), (("in", "Добрый день"), ("out", "שלום"))).said("В каком городе?")
    with pytest.raises(BadForm):
        form_for(facts_of("באנגלית: hello"), (("out", "Hello, which city are you in?"),)).said("Which city are you in?")


@pytest.mark.parametrize(
    "text",
    [
        '{"name": "find_times", "arguments": {"when": "מחר"}}',
        "<think>היי</think>",
        "Assistant: באיזו עיר?",
        "שלום [NAME]",
        "באיזו עיר אתמ",
        "Hello! Could you please tell me which city you are in?",
        "באיזו עיר? באיזו עיר? באיזו עיר?",
    ],
)
async def test_the_next_model_answers_where_the_first_writes_no_words(office: Office, log: Log, text: str) -> None:
    office.models.script("gemini-a", say(text))
    office.models.script("gpt-b", say("שלום! באיזו עיר?"))
    assert await office.say("שלום") == "שלום! באיזו עיר?"
    (turn,) = await office.turns()
    assert turn.model == "gpt-b"
    first, second = turn.trace["attempts"]
    assert first["failure"].startswith("BadForm: ")
    assert second["failure"] is None
    assert "Model gemini-a failed: BadForm" in log.text


async def test_the_rules_answer_where_every_model_writes_no_words(office: Office) -> None:
    for model in ("gemini-a", "gpt-b"):
        office.models.script(model, say('{"name": "find_times", "arguments": {}}'))
    reply = await office.say("יש לי נזילה בכיור")
    assert "באיזו עיר" in reply
    assert "find_times" not in reply
    assert (await office.turns())[0].model == "rules"


async def test_words_beside_a_real_call_are_no_answer_and_do_no_harm(office: Office) -> None:
    office.models.script("gemini-a", call("list_prices"), say("לפי המחירון: ביקור ₪250."))
    assert await office.say("כמה עולה ביקור?") == "לפי המחירון: ביקור ₪250."


async def test_markdown_is_stored_and_sent_in_the_marks_of_whatsapp(office: Office) -> None:
    office.models.script(
        "gemini-a", say("# שלום!\n**אינסטלטור** ישמח לעזור:\n- נזילות\n\n| מה | איפה |\n|--|--|\n| כיור | מטבח |")
    )
    assert await office.say("שלום") == "*שלום!*\n*אינסטלטור* ישמח לעזור:\n- נזילות\n\nמה · איפה\nכיור · מטבח"
