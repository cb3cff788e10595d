"""A person's own data as a page to read, in Hebrew, from right to left."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any, Final
from zoneinfo import ZoneInfo

type Rows = Mapping[str, Sequence[Mapping[str, Any]]]

HEAD: Final = """<!doctype html>
<html lang="he" dir="rtl"><head><meta charset="utf-8"><title>המידע השמור</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
body { font: 1rem/1.6 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin-top: 2rem; border-bottom: 1px solid #ccc; } li { margin: .4rem 0; } time { color: #666; font-size: .85rem; }
.ours { color: #1d4f91; }
</style></head><body>
"""
KINDS: Final = {"phone": "טלפון", "whatsapp": "וואטסאפ", "provisional": "צ׳אט"}
WISHES: Final = {"out": "בקשה לא לקבל הודעות", "in": "הסכמה לקבל הודעות"}
STATUSES: Final = {
    "new": "חדשה", "contacted": "בטיפול", "offered": "הוצעה", "booked": "נקבע ביקור", "done": "הושלמה",
    "cancelled": "בוטלה", "held": "ממתין לאישור", "pending": "ממתין", "confirmed": "נקבע", "no_show": "לא התקיים",
}  # fmt: skip


SHOWN: Final = frozenset({"contacts", "contact_addresses", "consents", "leads", "bookings", "ratings"})
"""The tables that the beginning of the page is made of; messages come after it, a few at a time."""
END: Final = "</ul><p>כל השורות כפי שהן נשמרות נמצאות בתיקייה data, והקבצים בתיקייה files.</p></body></html>\n"


def beginning_of(rows: Rows, zone: str) -> str:
    """The page up to its messages; what somebody wrote stands in it as text, whatever it looks like."""
    local = ZoneInfo(zone)
    contact = next(iter(rows["contacts"]), {"name": "", "language": None})
    parts = [
        HEAD,
        f"<h1>{said(contact['name'] or 'המידע השמור')}</h1>",
        section("פרטי קשר", [
            f"{KINDS.get(one['kind'], one['kind'])}: {ltr(one['value'])}" for one in rows["contact_addresses"]
        ]),
        section("הסכמה להודעות", [
            f"{when(one['at'], local)} {WISHES.get(one['wish'], one['wish'])}: {said(one['words'])}"
            for one in rows["consents"]
        ]),
        section("פניות", [request_line(one, local) for one in rows["leads"]]),
        section("ביקורים", [
            f"{when(one['starts_at'], local)} {STATUSES.get(one['status'], one['status'])}" for one in rows["bookings"]
        ]),
        section("דירוגים", [
            f"{when(one['at'], local)} {one['score']}/5 {said(one['words'])}" for one in rows["ratings"]
        ]),
        "<h2>הודעות</h2><ul>",
    ]  # fmt: skip
    return "\n".join(parts)


def lines_of(messages: Sequence[Mapping[str, Any]], files: Mapping[int, str], zone: str) -> str:
    """Some of the messages, as they stand in the page."""
    return "".join(f"<li>{message_line(one, files, ZoneInfo(zone))}</li>\n" for one in messages)


def section(title: str, lines: Sequence[str]) -> str:
    items = "".join(f"<li>{line}</li>" for line in lines) or "<li>אין</li>"
    return f"<h2>{title}</h2><ul>{items}</ul>"


def request_line(lead: Mapping[str, Any], zone: ZoneInfo) -> str:
    place = ", ".join(filter(None, (lead["address"], lead["locality"])))
    words = " · ".join(said(one) for one in (lead["customer_name"], lead["description"], place) if one)
    return f"{when(lead['created_at'], zone)} {STATUSES.get(lead['status'], lead['status'])} {words}"


def message_line(message: Mapping[str, Any], files: Mapping[int, str], zone: ZoneInfo) -> str:
    side = "theirs" if message["direction"] == "in" else "ours"
    file = files.get(message["id"])
    link = f' <a href="{escape(file)}">קובץ</a>' if file else (" (קובץ שאינו זמין עוד)" if message["media"] else "")
    return f'<span class="{side}">{when(message["sent_at"], zone)} {said(message["text"])}{link}</span>'


def said(words: str) -> str:
    return f'<span dir="auto">{escape(words)}</span>'


def ltr(words: str) -> str:
    return f'<bdi dir="ltr">{escape(words)}</bdi>'


def when(moment: str, zone: ZoneInfo) -> str:
    return f"<time>{datetime.fromisoformat(moment).astimezone(zone):%d.%m.%Y %H:%M}</time>"
