"""Setting up: businesses, their professionals and prices."""

from typing import Annotated

import typer

from proli.accounts.actions import create_business
from proli.accounts.queries import get_business_by_slug
from proli.cli.run import show, with_runtime
from proli.knowledge.people import parse_phone
from proli.knowledge.places import find_locality
from proli.platform.runtime import Runtime
from proli.playbooks.loader import get_playbook
from proli.playbooks.trades import known_trades
from proli.professionals.actions import Profile, add_price, add_professional
from proli.professionals.queries import find_by_phone
from proli.professionals.rules import WORKING_WEEK, parse_hours
from proli.scheduling.observance_words import EXAMPLE, parse_rest

business = typer.Typer(no_args_is_help=True, help="Businesses.")
professional = typer.Typer(no_args_is_help=True, help="Who gives the service.")
price = typer.Typer(no_args_is_help=True, help="The price list.")

Json = Annotated[bool, typer.Option("--json", help="For programs.")]
Slug = Annotated[str, typer.Option("--business", help="The business's short name.")]
Rest = Annotated[str, typer.Option("--rest", help=f"What is kept of Shabbat and holidays, such as '{EXAMPLE}'.")]


async def id_of(runtime: Runtime, slug: str) -> int:
    async with runtime.db.begin_operator() as session:
        return (await get_business_by_slug(session, slug)).id


def place_named(words: str) -> str:
    """The name under which a place is known, from any of its names."""
    found = find_locality(words)
    if found is None:
        raise typer.BadParameter(f"{words}: no such city or town; write its usual Hebrew or English name")
    return found.name


@business.command("create")
def business_create(
    name: Annotated[str, typer.Option(help="As customers know it.")],
    slug: Annotated[str, typer.Option(help="Short name in Latin letters, for commands.")],
    playbook: Annotated[str, typer.Option(help="The kind of business.")] = "services",
    zone: Annotated[str, typer.Option(help="Its time zone.")] = "Asia/Jerusalem",
    staff: Annotated[str | None, typer.Option(help="Phone where staff are alerted.")] = None,
    rest: Rest = "",
    as_json: Json = False,
) -> None:
    """Create a business."""
    get_playbook(playbook)
    staff_e164 = parse_phone(staff) if staff else None
    kept = parse_rest(rest)

    async def run(runtime: Runtime) -> int:
        async with runtime.db.begin_operator() as session:
            made = await create_business(
                session, slug=slug, name=name, playbook=playbook, zone=zone, staff_e164=staff_e164, rest=kept
            )
            return made.id

    made = with_runtime(run)
    show({"id": made, "slug": slug}, as_json=as_json, words=f"Business {slug} exists (id {made}).")


@business.command("rest")
def business_rest(slug: Slug, rest: Rest, as_json: Json = False) -> None:
    """Set what a business keeps of Shabbat and holidays; what is not said goes by the defaults."""
    kept = parse_rest(rest)

    async def run(runtime: Runtime) -> None:
        async with runtime.db.begin_operator() as session:
            (await get_business_by_slug(session, slug)).rest = kept

    with_runtime(run)
    show({"business": slug, "rest": kept}, as_json=as_json, words=f"{slug} keeps: {rest or 'the defaults'}.")


@professional.command("add")
def professional_add(
    slug: Slug,
    name: Annotated[str, typer.Option(help="As customers will see it.")],
    phone: Annotated[str, typer.Option(help="Their WhatsApp number.")],
    trade: Annotated[list[str], typer.Option(help=f"What they do, repeatable: {', '.join(known_trades())}.")],
    place: Annotated[list[str] | None, typer.Option(help="A city or town they serve, repeatable.")] = None,
    base: Annotated[str | None, typer.Option(help="Where they start from.")] = None,
    radius_km: Annotated[int | None, typer.Option(help="How far from the base they go.", min=1, max=500)] = None,
    hours: Annotated[str, typer.Option(help="Weekly hours.")] = WORKING_WEEK,
    rest: Rest = "",
    as_json: Json = False,
) -> None:
    """Add a professional to a business."""
    unknown = [one for one in trade if one not in known_trades()]
    if unknown:
        raise typer.BadParameter(f"{', '.join(unknown)}: known trades are {', '.join(known_trades())}")
    if not place and not (base and radius_km):
        raise typer.BadParameter("say where they work: --place, or --base with --radius-km")
    profile = Profile(
        name=name,
        phone_e164=parse_phone(phone),
        trades=trade,
        localities=[place_named(one) for one in place or []],
        base_locality=place_named(base) if base else None,
        radius_km=radius_km,
        hours=parse_hours(hours),
        rest=parse_rest(rest),
    )

    async def run(runtime: Runtime) -> int:
        async with runtime.db.begin(await id_of(runtime, slug)) as session:
            return (await add_professional(session, profile)).id

    made = with_runtime(run)
    show({"id": made, "phone": profile.phone_e164}, as_json=as_json, words=f"{name} can be offered jobs (id {made}).")


@professional.command("rest")
def professional_rest(
    slug: Slug,
    phone: Annotated[str, typer.Option(help="Their WhatsApp number.")],
    rest: Rest,
    as_json: Json = False,
) -> None:
    """Set what a professional keeps otherwise than the business; "" for nothing."""
    kept = parse_rest(rest)
    phone_e164 = parse_phone(phone)

    async def run(runtime: Runtime) -> None:
        async with runtime.db.begin(await id_of(runtime, slug)) as session:
            found = await find_by_phone(session, phone_e164)
            if found is None:
                raise typer.BadParameter(f"{phone}: no professional of {slug} has this phone")
            found.rest = kept or None

    with_runtime(run)
    words = f"{phone_e164} keeps otherwise: {rest or 'nothing'}."
    show({"phone": phone_e164, "rest": kept}, as_json=as_json, words=words)


@price.command("add")
def price_add(
    slug: Slug,
    trade: Annotated[str, typer.Option(help="Which trade it belongs to.")],
    label: Annotated[str, typer.Option(help="What the price is for, in the customer's words.")],
    shekels: Annotated[int, typer.Option(help="The price, or the lowest.", min=0)],
    to: Annotated[int | None, typer.Option(help="The highest, for a range.", min=0)] = None,
) -> None:
    """Add a line to the price list; the agent names no other prices."""
    if trade not in known_trades():
        raise typer.BadParameter(f"{trade}: known trades are {', '.join(known_trades())}")

    async def run(runtime: Runtime) -> None:
        async with runtime.db.begin(await id_of(runtime, slug)) as session:
            highest = None if to is None else to * 100
            add_price(session, trade=trade, label=label, from_agorot=shekels * 100, to_agorot=highest)

    with_runtime(run)
    typer.echo("The price is in the list.")
