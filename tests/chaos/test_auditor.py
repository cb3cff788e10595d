"""The auditor of the game sees each kind of wrong, and none where all is well."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from subprocess import run
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from tests.chaos.game.audit import Findings, audit
from tests.journeys.world import CUSTOMER, World, populate

WHOLE = "יש לי נזילה בכיור, רמת גן, רחוב ביאליק 12, מחר בשעה 16:00"
OUT = """
    SELECT external_id AS id_message, chat_id, text FROM messages
    JOIN conversations ON conversations.id = conversation_id WHERE direction = 'out' ORDER BY messages.id
"""
IN = """
    SELECT external_id AS id, chat_id AS chat, 'test' AS kind, true AS taken FROM messages
    JOIN conversations ON conversations.id = conversation_id WHERE direction = 'in' ORDER BY messages.id
"""

type Rows = list[dict[str, Any]]


@dataclass
class Books:
    url: str
    journal: Rows
    said: Rows

    def audit(self) -> Findings:
        return audit(self.url, journal=self.journal, said=self.said)

    def change(self, *statements: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())


@pytest.fixture
async def books(runtime: Runtime, queue: Queue, business_id: int, database_url: str) -> Books:
    """A visit was asked for and approved; all is well."""
    await populate(runtime, business_id)
    world = World(runtime, queue, business_id)
    await world.customer.say(WHOLE)
    (offer,) = await world.yossi.unread()
    await world.yossi.tap(offer, 0)
    with psycopg.connect(database_url) as connection, connection.cursor(row_factory=dict_row) as cursor:
        return Books(database_url, cursor.execute(OUT).fetchall(), cursor.execute(IN).fetchall())


async def test_where_all_is_well_nothing_is_found(books: Books) -> None:
    found = books.audit()
    assert found.wrong == {}
    assert (found.counts["visits promised"], found.counts["messages in"]) == (1, len(books.said))


def forgets_a_word(books: Books) -> None:
    books.said.append({"id": "NEVER-STORED", "chat": CUSTOMER, "kind": "test", "taken": True})


def leaves_a_word_unanswered(books: Books) -> None:
    books.change("UPDATE messages SET answered_at = NULL, wants_answer = true WHERE direction = 'in'")


def believes_what_never_went_out(books: Books) -> None:
    del books.journal[0]


def never_sends(books: Books) -> None:
    books.change("UPDATE messages SET delivery = 'failed' WHERE id = (SELECT max(id) FROM messages)")


def sends_twice(books: Books) -> None:
    books.journal.insert(1, books.journal[0] | {"id_message": "SECOND"})


def books_two_at_once(books: Books) -> None:
    books.change(
        "ALTER TABLE bookings DROP CONSTRAINT no_overlapping_bookings",
        "DROP INDEX uq_bookings_one_promised_per_lead",
        """INSERT INTO bookings (business_id, lead_id, professional_id, status, starts_at, ends_at, during, actor)
           SELECT business_id, lead_id, professional_id, status, starts_at, ends_at, during, actor FROM bookings""",
    )


def is_silent(books: Books) -> None:
    chats = (CUSTOMER,)
    books.journal = [entry for entry in books.journal if entry["chat_id"] not in chats]
    books.change(
        "DELETE FROM messages WHERE direction = 'out' AND conversation_id IN"
        f" (SELECT id FROM conversations WHERE chat_id = '{CUSTOMER}')"
    )


def promises_in_vain(books: Books) -> None:
    books.change("DELETE FROM offers", "DELETE FROM bookings", "UPDATE leads SET status = 'contacted'")


def tells_of_anothers_hour(books: Books) -> None:
    entry, text = books.journal[0], "הבקשה ליום ב׳ 7.12 בשעה 03:00 ממתינה לאישור של איש המקצוע, והשעה שמורה."
    entry["text"] = text
    books.change(f"UPDATE messages SET text = '{text}' WHERE external_id = '{entry['id_message']}'")


def says_what_no_row_holds(books: Books) -> None:
    books.journal.append({"id_message": "FROM-NOWHERE", "chat_id": CUSTOMER, "text": "מאיפה זה בא?"})


def mixes_up_the_order(books: Books) -> None:
    mine = [at for at, entry in enumerate(books.journal) if entry["chat_id"] == CUSTOMER]
    first, last = mine[0], mine[-1]
    books.journal[first], books.journal[last] = books.journal[last], books.journal[first]


def half_accepts(books: Books) -> None:
    books.change("UPDATE bookings SET status = 'held' WHERE status = 'confirmed'")


@pytest.mark.parametrize(
    ("does", "kind"),
    [
        (forgets_a_word, "lost"),
        (leaves_a_word_unanswered, "lost"),
        (believes_what_never_went_out, "lost"),
        (never_sends, "lost"),
        (sends_twice, "doubled"),
        (books_two_at_once, "overlaps"),
        (is_silent, "silent"),
        (promises_in_vain, "unproven"),
        (tells_of_anothers_hour, "unproven"),
        (says_what_no_row_holds, "unproven"),
        (mixes_up_the_order, "misordered"),
        (half_accepts, "astray"),
    ],
)
async def test_each_kind_of_wrong_is_found(books: Books, does: Callable[[Books], None], kind: str) -> None:
    does(books)
    assert kind in books.audit().wrong


def test_the_auditor_knows_nothing_of_the_program() -> None:
    program = "import sys, tests.chaos.game.audit; print([m for m in sys.modules if m.split('.')[0] == 'proli'])"
    assert run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip() == "[]"
