"""The throw-away business that a case is played on: everybody who could be needed, and what came before."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select, text

from proli.accounts.actions import create_business
from proli.accounts.actor import BY_AGENT, BY_CUSTOMER, Actor
from proli.accounts.models import Business
from proli.channels.simulator.channel import PROVIDER, ensure_account
from proli.contacts.addresses import ensure_contact
from proli.conversations.models import Conversation
from proli.conversations.queries import ensure_conversation
from proli.conversations.reach import chat_id_of
from proli.evals.cases import Case
from proli.knowledge.places import find_locality
from proli.knowledge.trades import list_trades
from proli.leads.actions import move, open_lead, save_details
from proli.leads.models import Lead, LeadStatus
from proli.platform.db import BusinessSession
from proli.platform.runtime import Runtime
from proli.playbooks.loader import Playbook, get_playbook
from proli.professionals.actions import Profile, add_price, make_professional
from proli.professionals.models import Professional
from proli.professionals.rules import parse_hours
from proli.prompts.models import PromptChannel
from proli.scheduling.actions import confirm_booking, hold_slot
from proli.scheduling.on_the_day import finish_visit
from proli.scheduling.rules import Interval

CUSTOMER = "+972500000001"
NAME = "מורן"
HOURS = parse_hours("sun-sat 00:00-24:00")
BASE, RADIUS_KM = "ירושלים", 500
VISIT = timedelta(hours=1)
ZONE = ZoneInfo("Asia/Jerusalem")
FACTS = {
    "אזור שירות": "כל הארץ",
    "שעות פעילות": "ימים א׳ עד ה׳, 8:00 עד 18:00",
    "תשלום": "מזומן, אשראי או ביט",
    "אחריות": "שלושה חודשים על כל עבודה",
    "דמי תיווך": "לפי הסכם, נמסר על ידי הסוכן",
}


@dataclass
class StandingClock:
    """A clock that stands where the case wants it."""

    at: datetime

    def now(self) -> datetime:
        return self.at


@dataclass(frozen=True, slots=True)
class Stage:
    channel: PromptChannel
    """How its customer speaks with us."""
    business_id: int
    conversation_id: int
    contact_id: int
    before_lead_id: int | None
    """The request that the case's context speaks of."""


async def set_stage(runtime: Runtime, case: Case, channel: PromptChannel) -> Stage:
    """The business of the case exists, with its customer and what came before."""
    playbook = get_playbook(case.vertical)
    async with runtime.db.begin_operator() as session:
        business = await create_business(session, slug=f"eval-{case.id}", name=NAME, playbook=case.vertical)
        business.facts = FACTS
        business_id = business.id
    async with runtime.db.begin(business_id) as session:
        employ(session, playbook)
        await session.flush()
        account_id = await ensure_account(session, runtime)
        contact = await ensure_contact(session, phone_e164=CUSTOMER)
        conversation = await ensure_conversation(
            session, channel_account_id=account_id, contact=contact, chat_id=chat_id_of(PROVIDER, CUSTOMER)
        )
        before = await bring_about(session, case, conversation, playbook) if case.context else None
        return Stage(channel, business_id, conversation.id, contact.id, before)


async def strike(runtime: Runtime, stage: Stage) -> None:
    """Nothing of the case is left, its jobs neither."""
    async with runtime.db.begin_operator() as session:
        await session.execute(delete(Business).where(Business.id == stage.business_id))
        await session.execute(text("DELETE FROM procrastinate_jobs WHERE status <> 'doing'"))


def employ(session: BusinessSession, playbook: Playbook) -> None:
    """Two professionals of every trade, who come anywhere at any hour."""
    trades = (playbook.trade,) if playbook.trade else list_trades()
    for number, trade in enumerate((*trades, *trades)):
        made = make_professional(
            Profile(
                name=f"דני {number + 1}",
                phone_e164=f"+97252{number:07}",
                trades=(trade,),
                base_locality=BASE,
                radius_km=RADIUS_KM,
                hours=HOURS,
                max_open_jobs=50,
            )
        )
        made.quiet_start_minute = made.quiet_end_minute = 0
        made.horizon_days, made.notice_minutes = 90, 0
        made.rest = {"emergencies": True}
        session.add(made)
    if playbook.trade is None:
        for trade in trades:
            add_price(session, trade=trade, label="ביקור ואבחון", from_agorot=25000)


async def bring_about(
    session: BusinessSession, case: Case, conversation: Conversation, playbook: Playbook
) -> int | None:
    """What the context of the case says was before: a visit, past or to come, or times just offered."""
    context, now = case.context or {}, case.reference.astimezone(UTC)
    lead = None
    if context.keys() & {"existing_appointment", "trade", "city"}:
        lead = await known_lead(session, case, conversation, playbook)
    if lead is not None and context.get("existing_appointment"):
        starts_at = datetime.fromisoformat(context["existing_appointment"]).replace(tzinfo=ZONE).astimezone(UTC)
        await keep_visit(session, lead, starts_at, now=now)
    if offered := offered_before(case):
        conversation.asked, conversation.offered = "time", offered
    return lead.id if lead else None


def offered_before(case: Case) -> list[str]:
    """The times that the case says were just offered, as a conversation keeps them."""
    offered: list[str] = (case.context or {}).get("offered") or []
    return [datetime.fromisoformat(one).replace(tzinfo=ZONE).astimezone(UTC).isoformat() for one in offered]


async def known_lead(session: BusinessSession, case: Case, conversation: Conversation, playbook: Playbook) -> Lead:
    context, now = case.context or {}, case.reference
    place = find_locality(context.get("city") or "") or find_locality(BASE)
    lead = await open_lead(
        session, contact_id=conversation.contact_id, conversation_id=conversation.id, actor=BY_AGENT, now=now
    )
    details = {
        "trade": playbook.trade or context.get("trade") or "handyman",
        "locality": place.name if place else None,
        "address": context.get("address") or "הרצל 1",
    }
    save_details(session, lead, {name: value for name, value in details.items() if value}, actor=BY_AGENT, now=now)
    return lead


async def keep_visit(session: BusinessSession, lead: Lead, starts_at: datetime, *, now: datetime) -> None:
    """The visit is booked; a past one has taken place."""
    professional = await find_worker(session, lead.trade or "")
    by = Actor.professional(professional.name)
    booking = await hold_slot(
        session,
        lead_id=lead.id,
        professional_id=professional.id,
        visit=Interval(starts_at, starts_at + VISIT),
        buffer_minutes=0,
        actor=BY_CUSTOMER,
        now=min(now, starts_at - VISIT),
    )
    await confirm_booking(session, booking, actor=by)
    lead.professional_id = professional.id
    move(session, lead, LeadStatus.booked, actor=by, now=now)
    if starts_at + VISIT < now:
        await finish_visit(session, booking, actor=by)
        move(session, lead, LeadStatus.done, actor=by, now=now)


async def find_worker(session: BusinessSession, trade: str) -> Professional:
    return (await session.scalars(select(Professional).where(Professional.trades.contains([trade])).limit(1))).one()
