"""Reports in the console, and the same as tables for a spreadsheet."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Final, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from proli.accounts.audit import record_export
from proli.accounts.http import Inside, inside
from proli.accounts.permissions import Role
from proli.accounts.queries import get_business
from proli.professionals.queries import get_professional
from proli.reports import figures
from proli.reports.people import count_ratings, list_acceptance, list_comments, list_load
from proli.reports.queries import (
    Leads,
    Scope,
    count_leads,
    count_stages,
    count_visits,
    measure_first_response,
)
from proli.reports.rules import period_of, plain
from proli.reports.schemas import Today
from proli.reports.today import get_today

router = APIRouter(prefix="/api/businesses/{slug}/reports", tags=["reports"])
first_page = APIRouter(prefix="/api/businesses/{slug}/today", tags=["reports"])
Viewer = Annotated[Inside, inside(Role.viewer)]
ProvenViewer = Annotated[Inside, inside(Role.viewer, proof=True)]
First = Annotated[
    date | None, Query(alias="from", description="The first day; thirty days up to the last if left out.")
]
Last = Annotated[date | None, Query(alias="to", description="The last day, included; today if left out.")]
Table = Literal[
    "funnel", "bookings", "acceptance", "ratings", "load", "leads_by_day", "by_trade", "by_locality"
]  # fmt: skip


SHAPES: Final[Mapping[Table, type[BaseModel]]] = {
    "funnel": figures.StageCount,
    "bookings": figures.DayOfVisits,
    "acceptance": figures.Acceptance,
    "ratings": figures.RatedProfessional,
    "load": figures.Load,
    "leads_by_day": figures.DayCount,
    "by_trade": figures.TradeCount,
    "by_locality": figures.LocalityCount,
}


@router.get("")
async def get_report(
    inside: Viewer, first: First = None, last: Last = None, professional_id: int | None = None
) -> figures.Report:
    """A period in figures, and the one before it; of one professional or of everybody. At most 400 days."""
    session, scope = inside.session, await scope_of(inside, first, last, professional_id)
    leads, visits = await count_leads(session, scope), await count_visits(session, scope)
    response, ratings = await measure_first_response(session, scope), await count_ratings(session, scope)
    return figures.Report(
        first=scope.period.first,
        last=scope.period.last,
        totals=totals(leads, visits, response, ratings),
        former=await totals_of(inside, scope.former),
        funnel=await count_stages(session, scope),
        first_response=response,
        bookings=visits,
        acceptance=await list_acceptance(session, scope),
        ratings=ratings,
        comments=await list_comments(session, scope),
        load=await list_load(session, scope),
        leads_by_day=leads.by_day,
        by_trade=leads.by_trade,
        by_locality=leads.by_locality,
    )


class Csv(Response):
    media_type = "text/csv"


@router.get("/export", response_class=Csv)
async def get_report_table(
    inside: ProvenViewer, table: Table, first: First = None, last: Last = None, professional_id: int | None = None
) -> Csv:
    """One table of the report as CSV, in UTF-8 with the mark that spreadsheets look for."""
    scope = await scope_of(inside, first, last, professional_id)
    name = f"proli-{table}-{scope.period.first}-{scope.period.last}.csv"
    await record_export(inside, f"export:report:{table}")
    body = written(SHAPES[table], await rows_of(inside, scope, table))
    return Csv(body.encode("utf-8-sig"), headers={"content-disposition": f'attachment; filename="{name}"'})


@first_page.get("")
async def get_first_page(inside: Viewer) -> Today:
    """What needs somebody now, today's visits, and how the week goes."""
    return await get_today(inside.session, now=inside.now)


async def scope_of(inside: Inside, first: date | None, last: date | None, professional_id: int | None) -> Scope:
    zone = ZoneInfo((await get_business(inside.session)).zone)
    period = period_of(first, last, zone=zone, now=inside.now)
    if professional_id is not None:
        await get_professional(inside.session, professional_id)
    return Scope(period, professional_id)


async def totals_of(inside: Inside, scope: Scope) -> figures.Totals:
    session = inside.session
    leads, visits = await count_leads(session, scope), await count_visits(session, scope)
    return totals(leads, visits, await measure_first_response(session, scope), await count_ratings(session, scope))


def totals(
    leads: Leads, visits: Sequence[figures.DayOfVisits], response: figures.FirstResponse, ratings: figures.Ratings
) -> figures.Totals:
    return figures.Totals(
        leads=leads.total,
        booked=sum(one.booked for one in visits),
        done=sum(one.done for one in visits),
        revenue_agorot=sum(one.revenue_agorot for one in visits),
        median_first_response_s=response.median_s,
        rating=ratings.average,
    )


async def rows_of(inside: Inside, scope: Scope, table: Table) -> Sequence[BaseModel]:
    session = inside.session
    match table:
        case "funnel":
            return await count_stages(session, scope)
        case "bookings":
            return await count_visits(session, scope)
        case "acceptance":
            return await list_acceptance(session, scope)
        case "ratings":
            return (await count_ratings(session, scope)).by_professional
        case "load":
            return await list_load(session, scope)
        case "leads_by_day":
            return (await count_leads(session, scope)).by_day
        case "by_trade":
            return (await count_leads(session, scope)).by_trade
        case "by_locality":
            return (await count_leads(session, scope)).by_locality


def written(shape: type[BaseModel], rows: Sequence[BaseModel]) -> str:
    """The rows under their names."""
    file = io.StringIO()
    writer = csv.DictWriter(file, shape.model_fields)
    writer.writeheader()
    writer.writerows({name: plain(cell) for name, cell in row.model_dump().items()} for row in rows)
    return file.getvalue()
