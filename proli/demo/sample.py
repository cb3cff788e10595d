"""The demo's businesses: a dozen professionals around Tel Aviv, at work every day to run on any day; and an agency."""

from sqlalchemy import delete

from proli.accounts.actions import create_business
from proli.accounts.models import Business
from proli.platform.runtime import Runtime
from proli.professionals.actions import Profile, add_price, add_professional
from proli.professionals.rules import parse_hours
from proli.scheduling.observance import OPEN_ALWAYS

SLUG = "demo"
NAME = "מורן שירותי בית"
PHONE = "+97237000101"
HOURS = parse_hours("sun-sat 08:00-20:00")
PROFESSIONALS = (
    ("יוסי כהן", "plumber", "רמת גן", 15, 49, 10),
    ("משה לוי", "plumber", "תל אביב", 12, 88, 20),
    ("אבי מזרחי", "plumber", "ראשון לציון", 15, 42, 10),
    ("רונן פרץ", "electrician", "פתח תקווה", 20, 46, 10),
    ("סיגל אברהם", "electrician", "תל אביב", 15, 70, 15),
    ("דוד ביטון", "electrician", "רחובות", 20, 39, 9),
    ("אייל שחר", "ac_tech", "חולון", 20, 91, 20),
    ("נועה גל", "ac_tech", "הרצליה", 20, 45, 10),
    ("שלומי דהן", "locksmith", "גבעתיים", 25, 120, 26),
    ("מאיר אזולאי", "locksmith", "בת ים", 25, 60, 14),
    ("אורי נחום", "handyman", "רמת גן", 20, 33, 7),
    ("תמר ברק", "handyman", "כפר סבא", 25, 50, 10),
)
PRICES = (
    ("plumber", "ביקור ואבחון אינסטלציה", 25000, None),
    ("plumber", "פתיחת סתימה", 35000, 60000),
    ("electrician", "ביקור ואבחון חשמל", 28000, None),
    ("ac_tech", "ניקוי מזגן", 30000, None),
    ("locksmith", "פתיחת דלת", 25000, 45000),
)
FACTS = {
    "אזור שירות": "גוש דן והסביבה",
    "תשלום": "מזומן, אשראי או ביט, בסיום העבודה",
    "אחריות": "שלושה חודשים על כל עבודה",
}

UNSWEPT = {sweep: {"on": False} for sweep in ("leads", "visits", "digest")}
"""The sample's people are not real: nobody is to be called to what they have left lying."""

AGENCY_SLUG = "shalev-nadlan"
AGENCY_NAME = 'שלו נדל"ן'
AGENCY_PHONE = "+97237000102"
AGENCY_HOURS = parse_hours("sun-thu 09:00-20:00; fri 09:00-13:00")
AGENTS = (
    ("מיכל שלו", "רעננה", 10),
    ("גיא רוזן", "הרצליה", 8),
    ("ענת הררי", "כפר סבא", 8),
    ("אלון ברק", "נתניה", 10),
)
AGENCY_FACTS = {
    "אזור שירות": "השרון, מהרצליה עד נתניה",
    "שעות המשרד": "ראשון עד חמישי 9:00 עד 20:00, שישי עד 13:00",
    "הערכת שווי": "ללא התחייבות, בתיאום עם סוכן",
}


PHONES = {SLUG: PHONE, AGENCY_SLUG: AGENCY_PHONE}
"""The numbers at which they are called, which are nobody's."""


async def make_sample(runtime: Runtime) -> int:
    """A fresh demo business in place of the last one; returns its id."""
    async with runtime.db.begin_operator() as session:
        await session.execute(delete(Business).where(Business.slug == SLUG))
        business = await create_business(session, slug=SLUG, name=NAME, rest=OPEN_ALWAYS)
        business.facts, business.sweeps = FACTS, UNSWEPT
        business_id = business.id
    async with runtime.db.begin(business_id) as session:
        for number, (name, trade, base, radius, stars, ratings) in enumerate(PROFESSIONALS, start=1):
            made = await add_professional(
                session,
                Profile(
                    name=name,
                    phone_e164=f"+9725200000{number:02}",
                    trades=(trade,),
                    base_locality=base,
                    radius_km=radius,
                    hours=HOURS,
                    rating_sum=stars,
                    rating_count=ratings,
                ),
            )
            made.quiet_start_minute = made.quiet_end_minute = 0
        for trade, label, lowest, highest in PRICES:
            add_price(session, trade=trade, label=label, from_agorot=lowest, to_agorot=highest)
    return business_id


async def make_agency(runtime: Runtime) -> int:
    """A fresh real-estate agency in place of the last one; returns its id."""
    async with runtime.db.begin_operator() as session:
        await session.execute(delete(Business).where(Business.slug == AGENCY_SLUG))
        business = await create_business(session, slug=AGENCY_SLUG, name=AGENCY_NAME, playbook="real_estate")
        business.facts, business.sweeps = AGENCY_FACTS, UNSWEPT
        business_id = business.id
    async with runtime.db.begin(business_id) as session:
        for number, (name, base, radius) in enumerate(AGENTS, start=1):
            await add_professional(
                session,
                Profile(
                    name=name,
                    phone_e164=f"+9725200001{number:02}",
                    trades=("realtor",),
                    base_locality=base,
                    radius_km=radius,
                    hours=AGENCY_HOURS,
                    max_open_jobs=6,
                ),
            )
    return business_id
