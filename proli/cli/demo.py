"""The whole journey, shown as it happens: a customer writes, a professional approves, both are told."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Annotated

import typer
from sqlalchemy import func, select

from proli.accounts.errors import EmailTaken
from proli.accounts.members import add_member, ensure_user
from proli.accounts.models import Business, Membership, User
from proli.accounts.permissions import Role
from proli.accounts.queries import list_businesses
from proli.accounts.signed_links import make_link
from proli.cli.run import console, with_runtime
from proli.cli.serve import Serving
from proli.cli.users import address
from proli.conversations.models import Message
from proli.demo.player import LOOK_EVERY_S, Player
from proli.demo.sample import AGENCY_SLUG, NAME, PROFESSIONALS, SLUG, make_agency, make_sample
from proli.platform.agent_settings import AgentSettings
from proli.platform.clock import TravellingClock
from proli.platform.errors import ProliError
from proli.platform.migrations import migrate
from proli.platform.queue import bring_forward
from proli.platform.restore import empty
from proli.platform.runtime import Runtime
from proli.platform.settings import Settings
from proli.scheduling.models import Booking, BookingStatus, Rating

LEADS = (400, 120)
OWNER = ("moran@example.com", "מורן")
CUSTOMER = ("+972500000001", "דנה")
LINES = (
    "שלום, יש לי נזילה מתחת לכיור במטבח. כמה עולה ביקור?",
    "ברמת גן",
    "ביאליק 30 קומה 2",
    "מחר אחרי 4",
    "הראשון מתאים",
)
PATIENCE_S = 30


def demo(
    once: Annotated[bool, typer.Option(help="End after the conversation; 0 only when the visit was approved.")] = False,
    reset: Annotated[bool, typer.Option("--reset", help="Empty the demo's database first, and only that.")] = False,
) -> None:
    """Open the console on a lively sample business; or, with --once, play a conversation that ends in a visit."""
    settings = Settings.load()
    if reset:
        with_runtime(start_over, settings=settings, ready=False)
    settings.agent = AgentSettings(settle_s=0.4, settle_max_s=2)
    if not once:
        clock = TravellingClock()
        with_runtime(partial(show_console, clock=clock), settings=settings, clock=clock, events=True)
        return
    if not with_runtime(play_once, settings=settings, events=True):
        console.print("The visit was not approved.", style="red")
        raise typer.Exit(1)


class BusinessesOfYourOwn(ProliError):
    """There is more than the samples in this database: what is in it is not thrown away."""


async def start_over(runtime: Runtime) -> None:
    """Nothing is in the database any more that the demo or whoever played with it has left there.

    Raises:
        BusinessesOfYourOwn: nothing has changed.
    """
    await migrate(runtime.db)
    async with runtime.db.begin_operator() as session:
        others = [one.slug for one in await list_businesses(session) if one.slug not in {SLUG, AGENCY_SLUG}]
    if others:
        raise BusinessesOfYourOwn(businesses=", ".join(others))
    await empty(runtime)


async def play_once(runtime: Runtime) -> bool:
    business_id = await make_sample(runtime)
    serving = Serving(runtime, host=runtime.settings.http.host, port=0, with_worker=True)
    server = asyncio.create_task(serving.run())
    try:
        return await play(runtime, business_id)
    finally:
        serving.stop()
        await server


async def show_console(runtime: Runtime, *, clock: TravellingClock) -> None:
    """Serve until told to stop; the link that is printed signs in once."""
    shops = await find_shops(runtime)
    if shops:
        clock.travel(await time_spent_ahead(runtime))
        console.print("The sample businesses are as they were left; `proli demo --reset` begins anew.", style="dim")
    else:
        console.print("Three months of a lively business are made up ...", style="dim")
        shops = await make_shops(runtime)
    http = runtime.settings.http
    serving = Serving(runtime, host=http.host, port=http.port, with_worker=True)
    hurry = asyncio.create_task(keep_up(runtime, clock))
    link = await invite_owner(runtime, shops)
    console.print(f"{NAME} is open. This link signs in once:\n\n  {link}\n\nCtrl-C ends.", markup=False)
    try:
        await serving.run()
    finally:
        hurry.cancel()


async def find_shops(runtime: Runtime) -> list[int]:
    """The sample businesses that an earlier demo has made up and opened to their owner; else none."""
    opened = (
        select(Business.id)
        .join(Membership, Membership.business_id == Business.id)
        .join(User, User.id == Membership.user_id)
        .where(Business.slug.in_((SLUG, AGENCY_SLUG)), User.email == OWNER[0])
        .order_by(Business.id)
    )
    async with runtime.db.begin_operator() as session:
        shops = list(await session.scalars(opened))
    return shops if len(shops) == len(LEADS) else []


async def make_shops(runtime: Runtime, leads: Sequence[int] = LEADS) -> list[int]:
    """Sample businesses with months of a life behind them, in place of any that are there."""
    from proli.demo import fill_with_life

    shops = [await make_sample(runtime), await make_agency(runtime)]
    now = runtime.clock.now()
    for business_id, count in zip(shops, leads, strict=True):
        await fill_with_life(runtime, business_id, now=now, leads=count, rate=Rating)
    return shops


async def time_spent_ahead(runtime: Runtime) -> timedelta:
    """How far the clock had been put forward when the last words were said."""
    async with runtime.db.begin_operator() as session:
        last = await session.scalar(select(func.max(Message.sent_at)))
    return timedelta() if last is None else max(last - runtime.clock.now(), timedelta())


async def invite_owner(runtime: Runtime, business_ids: Sequence[int]) -> str:
    """A link for the owner of the sample businesses, who is the operator as well."""
    now = runtime.clock.now()
    async with runtime.db.begin_operator() as session:
        owner = await ensure_user(session, email=OWNER[0], name=OWNER[1], operator=True)
        for business_id in business_ids:
            with suppress(EmailTaken):  # from an earlier start
                await add_member(session, user_id=owner.id, business_id=business_id, role=Role.owner)
        return address(
            runtime, "sign_in", await make_link(session, runtime.vault, "sign_in", owner.id, now=now, behalf=None)
        )


async def keep_up(runtime: Runtime, clock: TravellingClock) -> None:
    """Jobs wait by the database's clock: what is due by one that was put forward is done as it comes due."""
    while True:
        await asyncio.sleep(LOOK_EVERY_S)
        if clock.ahead:
            await bring_forward(runtime, until=clock.now())


async def play(runtime: Runtime, business_id: int) -> bool:
    """Whether the conversation ended in an approved visit."""
    began = time.monotonic()
    console.print(
        f"{NAME}: {len(PROFESSIONALS)} professionals are at work. A customer writes on WhatsApp.\n", style="dim"
    )
    customer = Player(runtime, business_id, *CUSTOMER)
    for line in LINES:
        said(customer, line)
        await customer.say(line)
        heard(customer, await customer.wait_for_reply(timeout_s=PATIENCE_S))
    approved = await approve(runtime, business_id)
    heard(customer, await customer.wait_for_reply(timeout_s=PATIENCE_S))
    booked = approved and await count_confirmed(runtime, business_id) == 1
    if booked:
        console.print(f"\nBooked and approved in {time.monotonic() - began:.1f} s.", style="bold green")
    return booked


async def approve(runtime: Runtime, business_id: int) -> bool:
    """Whoever was offered the job taps the first button, which approves."""
    phones = [f"+9725200000{number:02}" for number in range(1, len(PROFESSIONALS) + 1)]
    players = [Player(runtime, business_id, phone, PROFESSIONALS[i][0]) for i, phone in enumerate(phones)]
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        for player in players:
            messages = await player.unread()
            heard(player, messages)
            for message in messages:
                if message.buttons:
                    said(player, f"[{message.buttons[0]['text']}]")
                    await player.say(message.buttons[0]["text"], button_id=message.buttons[0]["id"])
                    heard(player, await player.wait_for_reply(timeout_s=PATIENCE_S))
                    return True
        await asyncio.sleep(0.2)
    return False


async def count_confirmed(runtime: Runtime, business_id: int) -> int:
    confirmed = select(func.count()).select_from(Booking).where(Booking.status == BookingStatus.confirmed)
    async with runtime.db.begin(business_id) as session:
        return (await session.scalars(confirmed)).one()


def said(player: Player, line: str) -> None:
    console.print(f"{player.name} ▸ {line}", style="bold", markup=False)


def heard(player: Player, messages: Sequence[Message]) -> None:
    for message in messages:
        for line in message.text.splitlines():
            console.print(f"    {NAME} ◂ {line}", style="green", markup=False)
        if message.buttons:
            names = " ".join(f"[{button['text']}]" for button in message.buttons)
            console.print(f"    {names} → {player.name}", style="cyan", markup=False)
