"""Writes docs/transcripts/: conversations as they really go, on a real database, with the clock standing still.

Run: python scripts/write_transcripts.py [--check]. With --check nothing is written, and it ends with 1 when a file
would change.
"""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from loguru import logger
from sqlalchemy import delete, select

from proli.accounts.actions import create_business
from proli.accounts.models import Business
from proli.channels.simulator.channel import ensure_account
from proli.contacts.models import Contact
from proli.demo.player import Player
from proli.demo.sample import make_sample
from proli.evals.pool import TEMPLATE, renamed, throwaway_server
from proli.evals.stage import StandingClock
from proli.platform.agent_settings import AgentSettings, ModelSettings
from proli.platform.db import Database
from proli.platform.http import make_http
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.platform.security import Vault, new_key
from proli.platform.settings import CoreSettings, Settings
from proli.professionals.actions import Profile, add_professional
from proli.professionals.rules import parse_hours
from proli.wiring import load_handlers

FOLDER = Path(__file__).parent.parent / "docs" / "transcripts"
CUSTOMER = "+972501112233"
AGENCY = 'בית חם נדל"ן'
AGENTS = (("דנה שרון", "נתניה"), ("עופר גולן", "חיפה"))


@dataclass(frozen=True, slots=True)
class Script:
    name: str
    title: str
    reference: str
    customer: str
    lines: tuple[str | tuple[str, ...], ...]
    """What the customer says, a tuple for a burst; "APPROVE" and "DECLINE" are the asked professional's answers."""
    agency: bool = False
    about: str = ""


SCRIPTS = (
    Script(
        "leak_in_tel_aviv", "נזילה בתל אביב", "2037-11-22T09:10:00+02:00", "דנה",
        (
            ("היי, בוקר טוב", "יש לי נזילה מתחת לכיור במטבח, כבר מלא מים בארון", "כמה עולה ביקור?"),
            "תל אביב, פלורנטין",
            "ויטל 12 קומה 3 דירה 7",
            "מחר אחרי 4",
            "הראשון מתאים",
            "APPROVE",
            "תודה רבה!",
        ),
    ),
    Script(
        "emergency_before_shabbat", "חירום בלילה, לפני שבת", "2037-12-04T02:40:00+02:00", "אבי",
        (
            ("הצילו התפוצץ לי צינור בתקרה והמים יורדים על לוח החשמל", "אני בגבעתיים"),
            "כצנלסון 48 קומה 2",
            "APPROVE",
        ),
        about="ליל שישי, 2:40, לפני כניסת שבת של חנוכה.",
    ),
    Script(
        "reschedule", "שינוי מועד", "2037-11-23T11:00:00+02:00", "מירב",
        (
            "שלום, צריכה חשמלאי בפתח תקווה, שקע שרוף בסלון. רוטשילד 60 דירה 4, מחר ב-10 בבוקר",
            "APPROVE",
            "סליחה, משהו השתנה לי. אפשר להזיז ליום רביעי אחר הצהריים?",
            "השני",
            "APPROVE",
            "מעולה תודה",
        ),
    ),
    Script(
        "angry_customer", "לקוח כועס", "2037-11-24T18:30:00+02:00", "רמי",
        (
            "מה זה השירות הזה?? חיכיתי לטכנאי שלכם שעתיים ואף אחד לא הגיע ולא התקשר",
            "אני רוצה לדבר עם מנהל עכשיו",
        ),
    ),
    Script(
        "buyer", "קונה", "2037-11-22T20:15:00+02:00", "נועם ושירה",
        (
            ("ערב טוב", "אנחנו מחפשים דירה בנתניה, 4 חדרים עם ממ\"ד וחניה"),
            "לקנייה",
            "עד 2.4 מיליון",
            "יום שלישי בערב",
            "הראשון טוב לנו",
        ),
        agency=True,
    ),
    Script(
        "seller", "מוכרת", "2037-11-22T10:05:00+02:00", "יעל",
        (
            "שלום, אני שוקלת למכור את הדירה שלי בחיפה ורוצה לדעת כמה היא שווה",
            "מוריה 54",
            "חמישי בבוקר",
            "ב-10:00 מתאים",
            "בעצם אפשר להעביר ליום ראשון באותה שעה?",
        ),
        agency=True,
    ),
)  # fmt: skip


@dataclass
class Page:
    """What everybody said, as markdown that reads from right to left."""

    script: Script
    lines: list[str] = field(default_factory=list[str])

    def add(self, who: str, words: str) -> None:
        body = "<br>".join(words.splitlines())
        self.lines.append(f"**{who}**: {body}\n")

    def text(self) -> str:
        head = [f"# {self.script.title}\n", '<div dir="rtl">\n']
        about = [f"_{self.script.about}_\n"] if self.script.about else []
        return "\n".join([*head, *about, *self.lines, "</div>\n"])


async def make_agency(runtime: Runtime) -> int:
    async with runtime.db.begin_operator() as session:
        await session.execute(delete(Business).where(Business.slug == "agency"))
        business = await create_business(session, slug="agency", name=AGENCY, playbook="real_estate")
        business_id = business.id
    async with runtime.db.begin(business_id) as session:
        for number, (name, base) in enumerate(AGENTS):
            await add_professional(
                session,
                Profile(
                    name=name,
                    phone_e164=f"+97253000000{number}",
                    trades=("realtor",),
                    base_locality=base,
                    radius_km=40,
                    hours=parse_hours("sun-thu 09:00-20:00; fri 09:00-13:00"),
                    max_open_jobs=50,
                ),
            )
        await ensure_account(session, runtime)
    return business_id


async def play(runtime: Runtime, script: Script) -> str:
    business_id = await (make_agency(runtime) if script.agency else make_sample(runtime))
    async with runtime.db.begin(business_id) as session:
        await ensure_account(session, runtime)
    stage = Conversation(runtime, business_id, Page(script))
    for line in script.lines:
        await stage.go_on(line)
    return stage.page.text()


@dataclass
class Conversation:
    runtime: Runtime
    business_id: int
    page: Page
    players: dict[str, Player] = field(default_factory=dict[str, Player])
    offers: dict[str, list[dict[str, str]]] = field(default_factory=dict[str, list[dict[str, str]]])
    """The buttons a professional has been shown, by phone."""

    def player(self, phone_e164: str, name: str) -> Player:
        return self.players.setdefault(phone_e164, Player(self.runtime, self.business_id, phone_e164, name))

    async def go_on(self, line: str | tuple[str, ...]) -> None:
        customer = self.player(CUSTOMER, self.page.script.customer)
        if line in ("APPROVE", "DECLINE"):
            await self.professional_answers(0 if line == "APPROVE" else 1)
        else:
            for words in (line,) if isinstance(line, str) else line:
                self.page.add(self.page.script.customer, words)
                await customer.say(words)
        await Queue(self.runtime).drain()
        await self.show()

    async def professional_answers(self, index: int) -> None:
        """Whoever was asked last taps a button."""
        for phone, buttons in list(self.offers.items()):
            player = self.players[phone]
            self.page.add(f"{player.name} (איש המקצוע)", f"[{buttons[index]['text']}]")
            await player.say(buttons[index]["text"], button_id=buttons[index]["id"])
            del self.offers[phone]

    async def show(self) -> None:
        for phone, name in await everybody(self.runtime, self.business_id):
            player = self.player(phone, name)
            for message in await player.unread():
                to = "" if phone == CUSTOMER else f" ← {name} (איש המקצוע)"
                self.page.add(f"{business_name(self.page.script)}{to}", message.text)
                if message.buttons:
                    self.page.add("כפתורים", " | ".join(f"[{one['text']}]" for one in message.buttons))
                    self.offers[phone] = message.buttons


def business_name(script: Script) -> str:
    return AGENCY if script.agency else "מורן שירותי בית"


async def everybody(runtime: Runtime, business_id: int) -> Sequence[tuple[str, str]]:
    async with runtime.db.begin(business_id) as session:
        found = await session.execute(select(Contact.phone_e164, Contact.name).order_by(Contact.id))
        return [(phone, name) for phone, name in found if phone]


async def write_all(server: str) -> dict[str, str]:
    load_handlers()
    url = renamed(server, TEMPLATE)
    settings = Settings.load()
    settings.core = CoreSettings(database_url=url)
    settings.agent = AgentSettings(settle_s=0, settle_max_s=0)
    settings.model = ModelSettings(ladder="")
    db, pages = Database(url), dict[str, str]()
    try:
        async with make_http() as http:
            clock = StandingClock(datetime.now(UTC))
            runtime = Runtime(settings=settings, db=db, clock=clock, vault=Vault(new_key()), http=http)
            for script in SCRIPTS:
                clock.at = datetime.fromisoformat(script.reference).astimezone(UTC)
                pages[script.name] = await play(runtime, script)
    finally:
        await db.close()
    return pages


def main() -> int:
    logger.remove()
    with throwaway_server() as server:
        pages = asyncio.run(write_all(server))
    changed = [name for name, text in pages.items() if text != read(FOLDER / f"{name}.md")]
    if "--check" in sys.argv:
        print("\n".join(changed) or "in step")  # noqa: T201 - a script's output
        return 1 if changed else 0
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages.items():
        (FOLDER / f"{name}.md").write_text(text, encoding="utf-8")
    return 0


def read(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""


if __name__ == "__main__":
    sys.exit(main())
