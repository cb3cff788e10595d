"""From an outbox row to the customer's phone, over real HTTP."""

import pytest

from proli.conversations.buttons import Button
from proli.conversations.failures import SendFailure
from proli.conversations.inbox import take_over
from proli.conversations.models import Delivery
from proli.conversations.outbox import MAX_ATTEMPTS
from proli.platform.queue import Queue
from tests.channels.conftest import CHAT, YES_NO, Outbox, drain_until_quiet
from tests.conftest import ManualClock
from tests.doubles.green_api import GreenApiDouble


async def test_what_is_queued_is_sent_in_order(outbox: Outbox, queue: Queue, green_api: GreenApiDouble) -> None:
    for text in ("אחת", "שתיים", "שלוש"):
        await outbox.queue(text)
    await queue.drain()
    assert green_api.texts == ["אחת", "שתיים", "שלוש"]
    rows = await outbox.messages()
    assert [row.delivery for row in rows] == [Delivery.sent] * 3
    assert [row.external_id for row in rows] == [entry.id_message for entry in green_api.sent]
    assert green_api.sent[0].chat_id == CHAT


async def test_buttons_are_sent_with_their_choices_numbered_below(
    outbox: Outbox, queue: Queue, green_api: GreenApiDouble
) -> None:
    await outbox.queue("מתאים לך?", buttons=YES_NO)
    await queue.drain()
    (entry,) = green_api.sent
    assert entry.method == "sendInteractiveButtonsReply"
    assert entry.text == "מתאים לך?\n\n1. מתאים\n2. לא מתאים"
    assert [button["buttonId"] for button in entry.buttons] == ["yes", "no"]


@pytest.mark.parametrize("status", [400, 403, 404])
async def test_where_buttons_are_refused_the_numbered_words_go_alone(
    outbox: Outbox, queue: Queue, green_api: GreenApiDouble, status: int
) -> None:
    green_api.fail_next("status", status=status, body="{}")
    await outbox.queue("מתאים לך?", buttons=YES_NO)
    await queue.drain()
    (entry,) = green_api.sent
    assert (entry.method, entry.text) == ("sendMessage", "מתאים לך?\n\n1. מתאים\n2. לא מתאים")


@pytest.mark.parametrize(
    "buttons", [tuple(Button(str(n), f"אפשרות {n}") for n in range(4)), (Button("long", "א" * 26),)]
)
async def test_buttons_that_do_not_fit_are_numbered_words(
    outbox: Outbox, queue: Queue, green_api: GreenApiDouble, buttons: tuple[Button, ...]
) -> None:
    await outbox.queue("מה מתאים?", buttons=buttons)
    await queue.drain()
    assert [entry.method for entry in green_api.sent] == ["sendMessage"]
    assert all(button.text in green_api.texts[0] for button in buttons)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (429, '{"message": "Too Many Requests"}'),
        (400, '{"message": "instance in starting process try later"}'),
        (400, '{"message": "instance account not authorized"}'),
    ],
)
async def test_a_message_not_taken_now_is_sent_later_with_those_behind_it(
    outbox: Outbox, queue: Queue, green_api: GreenApiDouble, clock: ManualClock, status: int, body: str
) -> None:
    green_api.fail_next("status", status=status, body=body)
    await outbox.queue("אחת")
    await outbox.queue("שתיים")
    await queue.drain()
    assert green_api.sent == []
    assert await outbox.deliveries() == [("אחת", "queued"), ("שתיים", "queued")]
    await drain_until_quiet(queue, clock, seconds=5)
    assert green_api.texts == ["אחת", "שתיים"]


@pytest.mark.parametrize(
    ("status", "failure"), [(401, SendFailure.signed_out), (466, SendFailure.quota), (413, SendFailure.refused)]
)
async def test_a_refused_message_is_a_dead_letter_and_the_next_goes_on(
    outbox: Outbox, queue: Queue, green_api: GreenApiDouble, status: int, failure: SendFailure
) -> None:
    green_api.fail_next("status", status=status, body='{"message": "no", "path": "/waInstance7/sendMessage/secret"}')
    await outbox.queue("ראשונה")
    await outbox.queue("שנייה")
    await queue.drain()
    assert await outbox.deliveries() == [("ראשונה", "failed"), ("שנייה", "sent")]
    refused = (await outbox.messages())[0]
    assert refused.failure == failure
    error = refused.error
    assert error is not None
    assert str(status) in error
    assert "secret" not in error


async def test_a_human_who_takes_over_withholds_the_queued_reply(
    outbox: Outbox, queue: Queue, green_api: GreenApiDouble, clock: ManualClock
) -> None:
    await outbox.queue("תשובת הסוכן")
    async with outbox.runtime.db.begin(outbox.business_id) as session:
        await take_over(session, conversation_id=outbox.conversation_id, now=clock.now())
    await queue.drain()
    assert green_api.sent == []
    assert await outbox.deliveries() == [("תשובת הסוכן", "withheld")]


async def test_after_its_last_attempt_a_message_is_a_dead_letter(
    outbox: Outbox, queue: Queue, green_api: GreenApiDouble, clock: ManualClock
) -> None:
    green_api.fail_next("status", status=429, times=20)
    await outbox.queue("שלום")
    await queue.drain()
    for _ in range(MAX_ATTEMPTS):
        await drain_until_quiet(queue, clock, seconds=960)
    (row,) = await outbox.messages()
    assert (row.delivery, row.attempts) == (Delivery.failed, MAX_ATTEMPTS)


async def test_buttons_that_keep_failing_go_as_words(
    outbox: Outbox, queue: Queue, green_api: GreenApiDouble, clock: ManualClock
) -> None:
    green_api.fail_next("status", status=500, times=5, methods=frozenset({"sendInteractiveButtonsReply"}))
    await outbox.queue("מתאים לך?", buttons=YES_NO)
    await queue.drain()
    for _ in range(3):
        await drain_until_quiet(queue, clock, seconds=60)
    assert [entry.method for entry in green_api.sent] == ["sendMessage"]
