"""The auditor: what the provider has delivered and what people have said, against the tables, in plain SQL.

It shares no code with the program and imports nothing of it: what both got wrong alike would not be found.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, LiteralString

import psycopg
from psycopg.rows import dict_row

type Row = Mapping[str, Any]

WORDS = "SELECT external_id, direction, wants_answer, answered_at FROM messages WHERE direction = 'in'"
OUTGOING = """
    SELECT message.id, message.external_id, message.text, message.delivery, message.dedup_key, conversation.chat_id
    FROM messages AS message JOIN conversations AS conversation ON conversation.id = message.conversation_id
    WHERE message.direction = 'out' ORDER BY message.id
"""
OVERLAPS = """
    SELECT one.id, other.id AS other, one.professional_id, one.starts_at, other.starts_at AS other_starts_at
    FROM bookings AS one JOIN bookings AS other
      ON other.professional_id = one.professional_id AND other.id > one.id
     AND other.starts_at < one.ends_at AND one.starts_at < other.ends_at
    WHERE one.status IN ('held', 'pending', 'confirmed') AND other.status IN ('held', 'pending', 'confirmed')
      AND one.replaces_id IS DISTINCT FROM other.id AND other.replaces_id IS DISTINCT FROM one.id
"""
LAST_WORDS = """
    SELECT conversation.chat_id, conversation.owner, conversation.called_at, newest.external_id, newest.id,
           array(SELECT answer.external_id FROM messages AS answer
                 WHERE answer.conversation_id = conversation.id AND answer.direction = 'out' AND answer.id > newest.id
           ) AS answers
    FROM conversations AS conversation CROSS JOIN LATERAL (
        SELECT id, external_id FROM messages
        WHERE conversation_id = conversation.id AND direction = 'in' ORDER BY sent_at DESC, id DESC LIMIT 1) AS newest
"""
PROMISES = """
    SELECT conversation.chat_id, booking.status, offer.status AS offer, contact.opted_out_at,
           conversation.called_at, conversation.owner, lead.status AS lead, lead.attention,
           to_char(booking.starts_at AT TIME ZONE business.zone, 'FMDD.FMMM FMHH24:MI') AS at,
           professional.phone_e164 AS professional
    FROM conversations AS conversation
    JOIN businesses AS business ON business.id = conversation.business_id
    JOIN contacts AS contact ON contact.id = conversation.contact_id
    LEFT JOIN leads AS lead ON lead.contact_id = contact.id
    LEFT JOIN bookings AS booking ON booking.lead_id = lead.id
    LEFT JOIN offers AS offer ON offer.booking_id = booking.id
    LEFT JOIN professionals AS professional ON professional.id = booking.professional_id
"""
ASTRAY = """
    SELECT lead.id, lead.status, count(*) FILTER (WHERE offer.status = 'open') AS open,
           count(*) FILTER (WHERE booking.status = 'held') AS held,
           count(*) FILTER (WHERE booking.status = 'confirmed') AS confirmed,
           count(*) FILTER (WHERE offer.status = 'accepted' AND booking.status = 'held') AS half
    FROM leads AS lead
    LEFT JOIN bookings AS booking ON booking.lead_id = lead.id
    LEFT JOIN offers AS offer ON offer.booking_id = booking.id
    GROUP BY lead.id, lead.status
"""
MARKS = re.compile("[\u200e\u200f\u2066-\u2069]")
"""What only says in which direction text runs."""
AT = re.compile(r"(\d{1,2}\.\d{1,2}) (?:בשעה|at) (\d{1,2}:\d{2})")
KEPT = {"confirmed", "done", "cancelled", "no_show"}
UNSENT = {"queued", "sending", "unknown", "failed", None}


@dataclass
class Findings:
    """Each kind of wrong with what was found of it: all empty, nothing was wrong."""

    lost: list[str] = field(default_factory=list[str])
    """Something said is not stored or was never answered; or an answer never reached its phone."""
    doubled: list[str] = field(default_factory=list[str])
    """A phone has something twice that was to be said once."""
    overlaps: list[str] = field(default_factory=list[str])
    """Two live visits of one professional at one time."""
    silent: list[str] = field(default_factory=list[str])
    """After the last words of somebody there was no answer, and no person was called."""
    unproven: list[str] = field(default_factory=list[str])
    """A phone was promised something that no row holds."""
    misordered: list[str] = field(default_factory=list[str])
    """Messages reached a phone in another order than they were written."""
    astray: list[str] = field(default_factory=list[str])
    """A request whose offers and visits do not agree."""
    counts: dict[str, int] = field(default_factory=dict[str, int])

    @property
    def wrong(self) -> dict[str, list[str]]:
        kinds = {name: value for name, value in vars(self).items() if name != "counts"}
        return {name: found for name, found in kinds.items() if found}

    @property
    def told(self) -> str:
        return ", ".join(f"{len(found)} {name}" for name, found in vars(self).items() if name != "counts")


def audit(database_url: str, *, journal: Sequence[Row], said: Sequence[Row]) -> Findings:
    """`journal` is what the provider delivered, in order; `said` what people wrote, with whether it was taken."""
    found = Findings()
    with psycopg.connect(database_url) as connection, connection.cursor(row_factory=dict_row) as cursor:

        def rows(statement: LiteralString) -> list[dict[str, Any]]:
            return cursor.execute(statement).fetchall()

        words, outgoing = rows(WORDS), rows(OUTGOING)
        delivered = {entry["id_message"] for entry in journal}
        found.lost += [*unheard(words, said), *undelivered(outgoing, delivered)]
        found.doubled += said_twice(journal, outgoing)
        found.unproven += [*of_no_row(journal, outgoing), *unkept(journal, rows(PROMISES))]
        found.misordered += out_of_order(journal, outgoing)
        found.overlaps += [str(row) for row in rows(OVERLAPS)]
        found.silent += unanswered(rows(LAST_WORDS), said, delivered)
        found.astray += disagreeing(rows(ASTRAY))
        found.counts = counts(words, outgoing, rows(PROMISES))
    return found


def unheard(words: Sequence[Row], said: Sequence[Row]) -> Iterator[str]:
    stored = {row["external_id"] for row in words}
    yield from (f"{one['id']} was taken and is not stored" for one in said if one["id"] not in stored)
    yield from (
        f"{row['external_id']} was never answered" for row in words if row["wants_answer"] and not row["answered_at"]
    )


def undelivered(outgoing: Sequence[Row], delivered: set[str]) -> Iterator[str]:
    for row in outgoing:
        if row["delivery"] in UNSENT:
            yield f"message {row['id']} of {row['chat_id']} is {row['delivery']}"
        elif row["external_id"] is not None and row["external_id"] not in delivered:
            yield f"message {row['id']} of {row['chat_id']} is {row['delivery']}, but its provider has never had it"


def said_twice(journal: Sequence[Row], outgoing: Sequence[Row]) -> Iterator[str]:
    """More of one text on a phone than there are messages of it in its outbox."""
    written = Counter((row["chat_id"], plain(row["text"])) for row in outgoing)
    arrived = Counter((entry["chat_id"], plain(entry["text"])) for entry in journal)
    for (chat, text), times in arrived.items():
        if (chat, text) in written and times > written[chat, text]:
            yield f"{chat} has {times} times and not {written[chat, text]}: {text}"
    keys = Counter((row["chat_id"], row["dedup_key"]) for row in outgoing if row["dedup_key"])
    yield from (f"{chat} has {times} messages of {key}" for (chat, key), times in keys.items() if times > 1)


def of_no_row(journal: Sequence[Row], outgoing: Sequence[Row]) -> Iterator[str]:
    known = {row["external_id"] for row in outgoing}
    written = {(row["chat_id"], plain(row["text"])) for row in outgoing}
    for entry in journal:
        if entry["id_message"] not in known and (entry["chat_id"], plain(entry["text"])) not in written:
            yield f"{entry['chat_id']} has {entry['id_message']}, which no row knows: {entry['text']}"


def unkept(journal: Sequence[Row], promises: Sequence[Row]) -> Iterator[str]:
    """What phones were told has happened, and no row says so."""
    of_chat: dict[str, list[Row]] = defaultdict(list)
    for row in promises:
        of_chat[row["chat_id"]].append(row)
    for entry in journal:
        text, mine = plain(entry["text"]), of_chat[entry["chat_id"]]
        at = {f"{day} {hour}" for day, hour in AT.findall(text)}
        visits = [row for row in mine if not at or row["at"] in at]
        if not is_kept(text, visits, mine):
            yield f"{entry['chat_id']} was told: {text}"


def is_kept(text: str, visits: Sequence[Row], mine: Sequence[Row]) -> bool:
    if "הביקור נקבע" in text or "The visit is booked" in text:
        return any(row["status"] in KEPT for row in visits)
    if "נשלחה לאיש מקצוע" in text or "asked a suitable professional" in text:
        return any(row["offer"] for row in visits)
    if "ממתינה לאישור" in text or "is waiting for" in text:
        return any(row["status"] for row in visits)
    if "הבקשה בוטלה" in text or "has been cancelled" in text:
        return any("cancelled" in (row["status"], row["lead"]) for row in mine)
    if "הועברה לנציג" in text or "הועברה לצוות" in text or ("passed" in text and "person" in text):
        return any(row["called_at"] or row["owner"] == "human" or row["attention"] for row in mine)
    if "לא נכתוב" in text or ("לא נשלח" in text and "יותר" in text):
        return any(row["opted_out_at"] for row in mine)
    return True


def out_of_order(journal: Sequence[Row], outgoing: Sequence[Row]) -> Iterator[str]:
    number, last = {row["external_id"]: row["id"] for row in outgoing}, defaultdict[str, int](int)
    for entry in journal:
        written = number.get(entry["id_message"], 0)
        if 0 < written < last[entry["chat_id"]]:
            yield f"{entry['chat_id']} has message {written} after {last[entry['chat_id']]}"
        last[entry["chat_id"]] = max(written, last[entry["chat_id"]])


def unanswered(last_words: Sequence[Row], said: Sequence[Row], delivered: set[str]) -> Iterator[str]:
    of_chat = {row["chat_id"]: row for row in last_words}
    for chat, kind in {one["chat"]: one["kind"] for one in said}.items():
        row = of_chat.get(chat)
        if row is None:
            yield f"{chat} ({kind}) is not known"
        elif not (delivered & set(row["answers"]) or row["called_at"] or row["owner"] == "human"):
            yield f"{chat} ({kind}) heard nothing after {row['external_id']}"


def disagreeing(leads: Sequence[Row]) -> Iterator[str]:
    for row in leads:
        asked, promised = row["open"] == row["held"] <= 1, row["confirmed"] <= 1
        stands = (row["status"] == "booked") == (row["confirmed"] == 1)
        if not (asked and promised and stands and row["half"] == 0):
            yield str(row)


def counts(words: Sequence[Row], outgoing: Sequence[Row], promises: Sequence[Row]) -> dict[str, int]:
    return {
        "messages in": len(words),
        "messages out": len(outgoing),
        "conversations": len({row["chat_id"] for row in promises}),
        "visits promised": sum(row["status"] == "confirmed" for row in promises),
        "visits cancelled": sum(row["status"] == "cancelled" for row in promises),
        "people called": len({row["chat_id"] for row in promises if row["called_at"]}),
    }


def plain(text: str) -> str:
    """The words without marks of direction; below them a provider may show numbered choices."""
    return MARKS.sub("", text).split("\n\n1. ")[0].strip()
