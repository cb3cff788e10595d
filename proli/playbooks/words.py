"""Times, phones, prices and lists as people like to read them, safe between letters of the other direction."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import phonenumbers

from proli.knowledge.text import isolate, ltr

DAYS = {
    "he": ("יום ב׳", "יום ג׳", "יום ד׳", "יום ה׳", "יום ו׳", "שבת", "יום א׳"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
NEAR = {"he": ("היום", "מחר"), "en": ("today", "tomorrow")}
AT = {"he": "{day} בשעה {time}", "en": "{day} at {time}"}
ON = {"he": "ב", "en": "on "}
OR = {"he": " או ", "en": " or "}


def say_when(moment: datetime, *, now: datetime, zone: ZoneInfo, language: str) -> str:
    """ "מחר בשעה 16:00", "יום ג׳ 24.11 בשעה 9:00": in the business's zone, without the year."""
    return AT[language].format(day=say_day(moment, now=now, zone=zone, language=language), time=say_hour(moment, zone))


def say_times(moments: Sequence[datetime], *, now: datetime, zone: ZoneInfo, language: str) -> str:
    """Times to choose from, the hours of one day together: "מחר בשעה 16:00 או 17:30", "ביום ג׳ 24.11 בשעה 9:00"."""
    days: dict[str, list[str]] = {}
    for moment in sorted(moments):
        day = say_day(moment, now=now, zone=zone, language=language)
        day = day if day in map(isolate, NEAR[language]) else ON[language] + day
        days.setdefault(day, []).append(say_hour(moment, zone))
    said = [AT[language].format(day=day, time=say_choice(hours, language=language)) for day, hours in days.items()]
    return say_choice(said, language=language)


def say_choice(items: Sequence[str], *, language: str) -> str:
    """ "א, ב או ג"."""
    return ", ".join(items) if len(items) < 2 else ", ".join(items[:-1]) + OR[language] + items[-1]


def say_day(moment: datetime, *, now: datetime, zone: ZoneInfo, language: str) -> str:
    """ "מחר", "יום ג׳ 24.11"; a near day stands in an isolate, by which `day_words` knows it later."""
    day, today = moment.astimezone(zone).date(), now.astimezone(zone).date()
    ahead = (day - today).days
    return isolate(NEAR[language][ahead]) if 0 <= ahead < len(NEAR[language]) else say_date(day, language)


def say_date(day: date, language: str) -> str:
    """ "יום ג׳ 24.11"; the date alone where we have no names of days."""
    return f"{DAYS[language][day.weekday()]} {say_number(day)}" if language in DAYS else say_number(day)


def say_number(day: date) -> str:
    return ltr(f"{day.day}.{day.month}")


def say_hour(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    return ltr(f"{local.hour}:{local.minute:02}")


def say_phone(phone_e164: str) -> str:
    """052-765-4321 for an Israeli number, the international form for others."""
    number = phonenumbers.parse(phone_e164)
    home = number.country_code == 972
    form = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return ltr(phonenumbers.format_number(number, form))


def say_price(from_agorot: int, to_agorot: int | None, *, language: str) -> str:
    """₪250, or a range; the sign stands with its number in both directions."""
    if to_agorot is None or to_agorot == from_agorot:
        return ltr(f"₪{shekels(from_agorot)}")
    between = {"he": "בין {a} ל-{b}", "en": "{a} to {b}"}[language]
    return between.format(a=ltr(f"₪{shekels(from_agorot)}"), b=ltr(f"₪{shekels(to_agorot)}"))


def shekels(agorot: int) -> str:
    whole, rest = divmod(agorot, 100)
    return f"{whole:,}" if not rest else f"{whole:,}.{rest:02}"
