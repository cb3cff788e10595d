"""Whoever writes is known before anything answers: our own numbers, our people, machines that answer machines."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from proli.accounts.actions import create_business
from proli.accounts.models import Business
from proli.conversations.accounts import add_channel_account
from proli.conversations.models import ChannelAccount, Conversation, Message, MessageKind, Owner
from proli.leads.models import Lead
from proli.platform.settings import HttpSettings
from proli.reports.today import get_today
from tests.conftest import ManualClock
from tests.journeys.whatsapp import Phone, WhatsApp, texts
from tests.journeys.world import CUSTOMER, YOSSI

STAFF = "+972540000001"
OURS = "+972500000000"
GARAGE = "שלום, תודה שפנית למוסך הצפון! קיבלנו את ההודעה ונחזור אליך בהקדם. זוהי הודעה אוטומטית."
CLOSED = "אנחנו סגורים כעת. שעות הפעילות: א-ה 09:00-18:00. נענה מחר בבוקר"
WORDY = "היי, קיבלתי, כרגע בנסיעה ארוכה לצפון ואסתכל על זה כשאגיע"
BUSY = "בישיבה ארוכה כל הבוקר, אראה את ההודעות לקראת הצהריים"
MENU = "לשירות הקש 1, למכירות הקש 2"
KEY = "הקש 1 לשירות"
LEAK = "יש לי נזילה מתחת לכיור במטבח"


async def leads_of(whatsapp: WhatsApp) -> Sequence[Lead]:
    async with whatsapp.runtime.db.begin(whatsapp.business_id) as session:
        return (await session.scalars(select(Lead))).all()


async def attention_of(whatsapp: WhatsApp) -> list[tuple[str, str | None]]:
    """Who waits for a person, and why."""
    async with whatsapp.runtime.db.begin(whatsapp.business_id) as session:
        today = await get_today(session, now=whatsapp.runtime.clock.now())
    return [(line.name, line.reason) for line in today.handed]


async def with_staff(whatsapp: WhatsApp) -> Phone:
    async with whatsapp.runtime.db.begin(whatsapp.business_id) as session:
        (await session.get_one(Business, whatsapp.business_id)).staff_e164 = STAFF
    return whatsapp.phone(STAFF, "משרד")


@pytest.mark.parametrize(
    "sentences", [[GARAGE], [CLOSED], [GARAGE, CLOSED], [WORDY], [WORDY, BUSY], [MENU], [MENU, KEY]]
)
@pytest.mark.parametrize("slow", [False, True])
async def test_a_machine_that_answers_every_answer_is_left_alone(
    whatsapp: WhatsApp, clock: ManualClock, sentences: list[str], slow: bool
) -> None:
    staff, machine = await with_staff(whatsapp), whatsapp.phone(CUSTOMER, "מוסך הצפון")
    answered = 0
    for number in range(12):
        answered += bool(await machine.say(sentences[number % len(sentences)]))
        if slow:
            clock.advance(hours=5)
    assert answered <= (3 if slow and sentences == [WORDY, BUSY] else 2)
    assert await attention_of(whatsapp) == [("מוסך הצפון", "machine")]
    assert len([entry for entry in staff.inbox() if "מענה אוטומטי" in entry.text]) == 1
    assert await leads_of(whatsapp) == []
    assert "באיזו עיר" in texts(await machine.say(LEAK))


@pytest.mark.parametrize(
    "said", ["השעה עכשיו 10:{n}, אני בדרך ואין לי גישה להודעות", KEY, "הפגישה תסתיים בשעה 1{n}:00 ואז אראה"]
)
async def test_a_machine_is_quiet_after_two_answers_also_where_its_clock_goes_on(whatsapp: WhatsApp, said: str) -> None:
    machine = whatsapp.phone(CUSTOMER, "מוסך הצפון")
    answers = [await machine.say(said.format(n=n)) for n in range(10, 18)]
    assert [bool(one) for one in answers] == [True, True, *[False] * 6]
    assert len(await attention_of(whatsapp)) == 1
    assert "באיזו עיר" in texts(await machine.say(LEAK))


async def test_who_asks_the_same_out_of_impatience_is_answered_and_in_the_end_by_a_person(whatsapp: WhatsApp) -> None:
    customer = whatsapp.phone(CUSTOMER)
    for _ in range(6):
        assert "באיזו עיר" in texts(await customer.say(LEAK))
    assert "נציג אנושי" in texts(await customer.say(LEAK))
    assert await attention_of(whatsapp) == [("דנה", "stuck")]
    assert "באיזו עיר" in texts(await customer.say("נזילה בכיור שהולכת וגדלה"))


async def test_what_a_person_says_beside_an_automatic_message_is_answered(whatsapp: WhatsApp) -> None:
    customer = whatsapp.phone(CUSTOMER)
    await customer.write(CLOSED)
    assert "באיזו עיר" in texts(await customer.say(LEAK))
    (lead,) = await leads_of(whatsapp)
    assert lead.wish is None


async def test_a_professionals_away_message_meets_silence(whatsapp: WhatsApp) -> None:
    yossi = whatsapp.phone(YOSSI, "יוסי כהן")
    for _ in range(5):
        assert await yossi.say(CLOSED) == []
    assert "אין ביקורים" in texts(await yossi.say("היום"))


async def test_a_professional_who_tells_the_same_day_after_day_is_answered(
    whatsapp: WhatsApp, clock: ManualClock
) -> None:
    yossi = whatsapp.phone(YOSSI, "יוסי כהן")
    for _ in range(5):
        assert await yossi.say("המשאית תקועה בפקק גדול ואני לא יודע מה יהיה")
        clock.advance(hours=1)


async def test_who_asks_the_same_again_and_again_in_danger_is_always_told_whom_to_call(whatsapp: WhatsApp) -> None:
    customer = whatsapp.phone(CUSTOMER)
    first = await customer.say("יש ריח גז חזק בכל הבית ואני לא יודעת מה לעשות עכשיו")
    assert "102" in texts(first)
    async with whatsapp.runtime.db.begin(whatsapp.business_id) as session:
        (conversation,) = (await session.scalars(select(Conversation))).all()
        conversation.owner = Owner.ai
    for _ in range(4):
        assert "102" in texts(await customer.say("יש ריח גז חזק בכל הבית ואני לא יודעת מה לעשות עכשיו"))


async def test_what_our_staff_write_is_read_by_people(whatsapp: WhatsApp) -> None:
    staff = await with_staff(whatsapp)
    assert await staff.say("תודה, מטפלת") == []
    assert await staff.say("היא צריכה אינסטלטור ברמת גן מחר ב-10") == []
    assert await leads_of(whatsapp) == []
    assert [name for name, _ in await attention_of(whatsapp)] == ["משרד"]


@pytest.mark.parametrize(
    "said",
    ["איך אני מבטל ביקור?", "אפשר לראות את היומן מכאן", "מי תורן היום", "מה קורה עם דנה?", "עזרה",
     "how do i move a visit", "ואיפה רואים שיחות", "כמה פניות היו היום?"],
)  # fmt: skip
async def test_staff_who_ask_are_told_what_this_number_does_and_where_the_console_is(
    whatsapp: WhatsApp, clock: ManualClock, said: str
) -> None:
    whatsapp.runtime.settings.http = HttpSettings(public_url="https://proli.test")
    staff = await with_staff(whatsapp)
    (answer,) = await staff.say(said)
    assert "מערכת הניהול" in answer.text
    assert "https://proli.test/b/" in answer.text
    assert await staff.say("?") == []
    clock.advance(hours=1)
    assert len(await staff.say(said)) == 1
    assert await leads_of(whatsapp) == []


@pytest.mark.parametrize("said", [CLOSED, "תודה, מטפלת", "דיברתי איתה, הכל בסדר"])
async def test_what_asks_nothing_or_comes_from_a_machine_of_staff_is_not_answered(
    whatsapp: WhatsApp, said: str
) -> None:
    staff = await with_staff(whatsapp)
    assert await staff.say(said) == []


async def test_staff_who_are_a_professional_too_approve_as_such(whatsapp: WhatsApp) -> None:
    async with whatsapp.runtime.db.begin(whatsapp.business_id) as session:
        (await session.get_one(Business, whatsapp.business_id)).staff_e164 = YOSSI
    customer, yossi = whatsapp.phone(CUSTOMER), whatsapp.phone(YOSSI)
    await customer.say("שלום, יש לי נזילה בכיור במטבח, ברמת גן, רחוב ביאליק 30 קומה 2, מחר בשעה 16:00")
    await yossi.tap(next(entry for entry in yossi.unread() if entry.buttons), 0)
    assert "הביקור נקבע" in texts(customer.unread())


async def test_our_number_that_writes_to_itself_is_answered_nothing(whatsapp: WhatsApp) -> None:
    ours = whatsapp.phone(OURS, "העסק")
    for _ in range(3):
        assert await ours.say(LEAK) == []
    assert await leads_of(whatsapp) == []
    assert await attention_of(whatsapp) == []


async def test_another_number_of_the_installation_is_answered_nothing(whatsapp: WhatsApp) -> None:
    """Two businesses whose agents would talk with each other for ever."""
    async with whatsapp.runtime.db.begin_operator() as session:
        other = await create_business(session, slug="other", name="אחר")
        await session.flush()
        other_id = other.id
    async with whatsapp.runtime.db.begin(other_id) as session:
        account_id = await add_channel_account(
            session,
            whatsapp.runtime.vault,
            provider="green_api",
            external_id="7103999",
            credentials={},
            webhook_token=None,
        )
    async with whatsapp.runtime.db.begin_operator() as session:
        (await session.get_one(ChannelAccount, account_id)).phone_e164 = "+972509999999"
    assert await whatsapp.phone("+972509999999", "אחר").say(LEAK) == []
    assert await leads_of(whatsapp) == []


@pytest.mark.parametrize("stamp", [None, "soon", -1, 253402300000])
async def test_a_message_without_a_time_is_kept_under_that_of_its_arrival(
    whatsapp: WhatsApp, clock: ManualClock, stamp: object
) -> None:
    customer = whatsapp.phone(CUSTOMER)
    payload = whatsapp.double.webhooks.text(CUSTOMER, LEAK, name="דנה") | {"timestamp": stamp}
    if stamp is None:
        payload.pop("timestamp")
    await whatsapp.post(payload)
    await whatsapp.post(payload)
    await whatsapp.settle()
    assert "באיזו עיר" in texts(customer.unread())
    async with whatsapp.runtime.db.begin(whatsapp.business_id) as session:
        (kept,) = (await session.scalars(select(Message).where(Message.wants_answer))).all()
    assert (kept.text, kept.kind, kept.sent_at) == (LEAK, MessageKind.text, clock.now())
