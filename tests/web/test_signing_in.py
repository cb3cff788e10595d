"""Getting in: the password, the second factor, what a role may see, and back to the same place."""

import re
from datetime import timedelta

from playwright.async_api import Page, expect
from pyotp.totp import TOTP
from sqlalchemy import select, update

from proli.accounts.actions import create_business
from proli.accounts.members import add_member, ensure_user
from proli.accounts.models import SignIn, User
from proli.accounts.permissions import Role
from proli.accounts.sign_ins import sign_out_everywhere
from proli.accounts.signed_links import make_link
from proli.channels.simulator.channel import say
from proli.leads.models import Lead
from proli.professionals.models import Professional
from tests.console import HASH
from tests.web.conftest import Site, at, sign_in


async def test_a_wrong_password_is_told_and_the_right_one_leads_back_to_where_one_was_going(site: Site) -> None:
    page = await site.visitor()
    await page.goto(at("leads?status=new"))
    await page.wait_for_url(re.compile("/sign-in"))
    await sign_in(page, "moran@example.com", "לא הסיסמה הזו")
    await expect(page.get_by_role("alert")).to_contain_text("לא נכונים")
    await sign_in(page, "moran@example.com")
    await page.wait_for_url(re.compile(r"/leads\?status=new"))
    await page.context.clear_cookies()
    await page.reload()
    await page.wait_for_url(re.compile("/sign-in"))
    await sign_in(page, "moran@example.com")
    await page.wait_for_url(re.compile(r"/leads\?status=new"))


async def test_nobody_is_sent_to_another_site_after_signing_in(site: Site) -> None:
    page = await site.visitor()
    await page.goto("/sign-in?next=https%3A%2F%2Fevil.example")
    await sign_in(page, "moran@example.com")
    await page.wait_for_url(re.compile(rf"^{re.escape(site.url)}/b/"))


async def test_with_a_second_factor_a_code_is_asked_for(site: Site) -> None:
    page = await site.signed_in()
    await page.goto("/account")
    await page.get_by_role("button", name="הפעלה").click()
    secret = await page.locator("bdi").filter(has_text=re.compile(r"^[A-Z2-7]{16,}$")).inner_text()
    form = page.locator("form").filter(has_text="קוד אימות")
    await form.get_by_label("סיסמה").fill("ארבעה ברזים פתוחים")
    await form.get_by_label("קוד אימות").fill(TOTP(secret).now())
    await form.get_by_role("button", name="הפעלה").click()
    recovery = await page.get_by_text(re.compile(r"^[a-z2-9]{5}-[a-z2-9]{5}$")).first.inner_text()
    await page.get_by_role("button", name="הקודים נשמרו").click()

    other = await site.visitor()
    await sign_in(other, "moran@example.com")
    await other.get_by_label("קוד אימות").fill("000000")
    await other.get_by_role("button", name="כניסה").click()
    await expect(other.get_by_role("alert")).to_contain_text("הקוד לא נכון")
    await other.get_by_label("קוד אימות").fill(recovery)
    await other.get_by_role("button", name="כניסה").click()
    await other.wait_for_url(re.compile("/b/"))


async def test_a_role_sees_what_it_may_and_no_more(site: Site) -> None:
    async with site.runtime.db.begin(site.business_id) as session:
        yossi = (await session.scalars(select(Professional).order_by(Professional.id).limit(1))).one()
    await site.add_person("viewer@example.com", Role.viewer)
    await site.add_person("yossi@example.com", Role.professional, professional_id=yossi.id)

    viewer = await site.signed_in("viewer@example.com")
    await viewer.goto(at("leads"))
    await expect(viewer.get_by_role("heading", name="לידים")).to_be_visible()
    await expect(viewer.get_by_role("button", name="ליד חדש")).to_have_count(0)
    await expect(viewer.get_by_role("link", name="הגדרות")).to_have_count(0)

    professional = await site.signed_in("yossi@example.com", phone=True)
    await professional.wait_for_url(re.compile("/my-day"))
    await expect(professional.get_by_role("link", name="לידים")).to_have_count(0)


async def test_the_language_and_with_it_the_direction_are_switched_and_remembered(site: Site) -> None:
    page = await site.signed_in()
    await page.goto(at("leads"))
    await expect(page.locator("html")).to_have_attribute("dir", "rtl")
    await page.get_by_role("button", name="התפריט של").click()
    await page.get_by_role("menuitem", name="English").click()
    await expect(page.get_by_role("heading", name="Leads")).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("dir", "ltr")
    await page.reload()
    await expect(page.get_by_role("heading", name="Leads")).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("lang", "en")


async def test_signed_out_elsewhere_a_page_tries_once_to_renew_and_is_the_sign_in_page(site: Site) -> None:
    page = await site.signed_in()
    await page.goto(at("leads"))
    await expect(page.get_by_role("heading", name="לידים")).to_be_visible()
    refused: list[str] = []
    page.on("response", lambda one: refused.append(one.url) if one.status == 401 else None)
    async with site.runtime.db.begin_operator() as session:
        user_id = await session.scalar(select(User.id).where(User.email == "moran@example.com"))
        assert user_id is not None
        await sign_out_everywhere(session, user_id, now=site.runtime.clock.now())
    await page.wait_for_url(re.compile("/sign-in"))
    await expect(page.get_by_role("heading", name="כניסה")).to_be_visible()
    assert sum(url.endswith("/api/auth/refresh") for url in refused) == 1
    await page.wait_for_timeout(12_000)
    asked = len(refused)
    await page.wait_for_timeout(12_000)
    assert refused[asked:] == [], "once what was under way is answered there is silence"
    await sign_in(page, "moran@example.com")
    await page.wait_for_url(re.compile(r"/leads"))


async def test_after_a_one_time_link_nobody_is_asked_for_a_password_that_never_was(site: Site) -> None:
    async with site.runtime.db.begin_operator() as session:
        made = await ensure_user(session, email="new@example.com", name="חדשה")
        await add_member(session, user_id=made.id, business_id=site.business_id, role=Role.owner)
        now = site.runtime.clock.now()
        token = await make_link(session, site.runtime.vault, "sign_in", made.id, now=now, behalf=None)
    page = await site.visitor()
    await page.goto(f"/link/sign_in?token={token}")
    await page.get_by_role("button", name="כניסה").click()
    await page.wait_for_url(re.compile("/b/"))
    await page.goto("/account")
    await expect(page.get_by_label("סיסמה חדשה")).to_be_visible()
    await expect(page.get_by_label("הסיסמה הנוכחית")).to_have_count(0)
    await page.get_by_label("סיסמה חדשה").fill("שלוש ציפורים על הגג")
    await page.get_by_role("button", name="קביעת סיסמה").click()
    await expect(page.get_by_label("הסיסמה הנוכחית")).to_be_visible()
    other = await site.visitor()
    await sign_in(other, "new@example.com", "שלוש ציפורים על הגג")
    await other.wait_for_url(re.compile("/b/"))


async def test_an_invitation_is_handed_over_and_accepted_by_somebody_new_and_by_somebody_with_an_account(
    site: Site,
) -> None:
    owner = await site.signed_in()
    await owner.goto(at("settings/users"))
    for email, name in (("noa@example.com", "נועה"), ("known@example.com", "ידוע")):
        if name == "ידוע":
            await add_elsewhere(site, email)
        await owner.get_by_role("button", name="הזמנה").first.click()
        await owner.get_by_label("שם", exact=True).fill(name)
        await owner.get_by_label("דואר אלקטרוני").fill(email)
        await owner.get_by_role("button", name="יצירת קישור").click()
        link = await owner.get_by_label("קישור").input_value()
        await owner.get_by_role("button", name="הקישור נמסר").click()
        waiting = owner.get_by_role("listitem").filter(has_text=email)
        await expect(waiting.get_by_role("button", name=f"ביטול ההזמנה של {name}")).to_be_visible()
        guest = await site.visitor()
        await guest.goto(link)
        await expect(guest.get_by_text(email)).to_be_visible()
        if name == "ידוע":
            await guest.get_by_label("הסיסמה הנוכחית").fill("ארבעה ברזים פתוחים")
        await guest.get_by_label("סיסמה חדשה").fill("שלוש ציפורים על הגג")
        await guest.get_by_role("button", name="כניסה").click()
        await guest.wait_for_url(re.compile("/b/"))
        await owner.reload()
        await expect(owner.get_by_role("listitem").filter(has_text=email)).to_be_visible()
        await expect(owner.get_by_role("button", name=f"ביטול ההזמנה של {name}")).to_have_count(0)
        again = await site.visitor()
        await again.goto(link)
        await expect(again.get_by_role("alert")).to_contain_text("כבר לא בתוקף")


async def add_elsewhere(site: Site, email: str) -> None:
    async with site.runtime.db.begin_operator() as session:
        elsewhere = await create_business(session, slug="elsewhere", name="אחר")
        user = await ensure_user(session, email=email, name="ידוע")
        user.password_hash = HASH
        await add_member(session, user_id=user.id, business_id=elsewhere.id, role=Role.viewer)


async def test_before_what_is_grave_the_password_is_asked_for_and_then_it_goes_on_by_itself(site: Site) -> None:
    page = await site.signed_in()
    await page.goto(at("settings/users"))
    await forget_proof(site)
    await page.get_by_role("button", name="הזמנה").first.click()
    await page.get_by_label("שם", exact=True).fill("נועה")
    await page.get_by_label("דואר אלקטרוני").fill("noa@example.com")
    await page.get_by_role("button", name="יצירת קישור").click()
    asked = page.get_by_role("dialog", name="אימות לפני שממשיכים")
    await asked.get_by_label("סיסמה").fill("לא הסיסמה הזו")
    await asked.get_by_role("button", name="המשך").click()
    await expect(asked.get_by_role("alert")).to_contain_text("לא נכונה")
    await asked.get_by_label("סיסמה").fill("ארבעה ברזים פתוחים")
    await asked.get_by_role("button", name="המשך").click()
    await expect(page.get_by_label("קישור")).to_have_value(re.compile("/link/invitation"))

    await page.goto(at("leads"))
    await forget_proof(site)
    await page.get_by_role("button", name="עוד פעולות").click()
    async with page.expect_download() as download:
        await page.get_by_role("menuitem", name="CSV").click()
        await asked.get_by_label("סיסמה").fill("ארבעה ברזים פתוחים")
        await asked.get_by_role("button", name="המשך").click()
    assert (await download.value).suggested_filename.endswith(".csv")


async def forget_proof(site: Site) -> None:
    async with site.runtime.db.begin_operator() as session:
        await session.execute(update(SignIn).values(proved_at=SignIn.proved_at - timedelta(hours=1)))


async def test_the_account_shows_where_one_is_signed_in_and_what_has_happened(site: Site) -> None:
    page, other = await site.signed_in(), await site.signed_in()
    await page.goto("/account")
    devices = page.get_by_role("listitem").filter(has_text="פעילות אחרונה")
    await expect(devices).to_have_count(2)
    await expect(devices.filter(has_text="המכשיר הזה")).to_have_count(1)
    await devices.get_by_role("button", name="ניתוק").click()
    await other.wait_for_url(re.compile("/sign-in"))
    await expect(devices).to_have_count(1)
    await page.reload()
    await expect(page.get_by_role("listitem").filter(has_text="ניתוק מכשיר")).to_be_visible()
    await expect(page.get_by_role("listitem").filter(has_text="כניסה לחשבון")).to_have_count(2)


async def test_who_has_not_signed_in_is_not_refused_before_the_sign_in_page(site: Site) -> None:
    page = await site.visitor()
    refused: list[str] = []
    page.on("response", lambda answer: refused.append(answer.url) if answer.status == 401 else None)
    await page.goto("/")
    await sign_in(page, "moran@example.com")
    await page.wait_for_url(re.compile(r"/b/"))
    await page.reload()
    await expect(page.get_by_role("navigation").first).to_be_visible()
    assert refused == []


async def write(site: Site) -> None:
    """A customer has."""
    words = "יש לי נזילה במטבח, ברמת גן"
    await say(site.runtime, business_id=site.business_id, phone_e164="+972505550001", name="דנה לוי", text=words)


async def leave(page: Page) -> None:
    await page.get_by_role("button", name="התפריט של").click()
    await page.get_by_role("menuitem", name="יציאה").click()


async def test_a_window_signs_out_although_another_has_signed_in_anew_since(site: Site) -> None:
    page = await site.signed_in()
    other = await site.beside(page.context)
    await other.goto("/sign-in")
    await sign_in(other, "moran@example.com")
    await other.wait_for_url(re.compile("/b/"))
    await page.goto(at("leads"))
    await leave(page)
    await expect(page.get_by_role("heading", name="כניסה")).to_be_visible()
    assert await page.evaluate("fetch('/api/me').then((answer) => answer.status)") == 401
    await other.reload()
    await other.wait_for_url(re.compile("/sign-in"))


async def test_nobody_is_told_they_are_out_before_they_are(site: Site) -> None:
    page = await site.signed_in()
    await page.goto(at("leads"))
    await expect(page.get_by_role("heading", name="לידים")).to_be_visible()
    await page.context.set_offline(True)
    await leave(page)
    await expect(page.get_by_role("alert")).to_contain_text("עדיין מחובר")
    await expect(page.get_by_role("button", name="ניסיון נוסף")).to_be_visible()
    await page.context.set_offline(False)
    await page.wait_for_url(re.compile("/sign-in"))
    assert await page.evaluate("fetch('/api/me').then((answer) => answer.status)") == 401


async def test_who_wanted_to_be_out_is_signed_out_before_anything_else(site: Site) -> None:
    page = await site.signed_in()
    await page.goto(at("leads"))
    await expect(page.get_by_role("heading", name="לידים")).to_be_visible()
    await page.route("**/api/auth/sign-out", lambda route: route.abort())
    await leave(page)
    await expect(page.get_by_role("alert")).to_contain_text("עדיין מחובר")
    await page.goto(at("leads"))
    await expect(page.get_by_role("alert")).to_contain_text("עדיין מחובר")
    await page.unroute("**/api/auth/sign-out")
    await page.goto(at("leads"))
    await page.wait_for_url(re.compile("/sign-in"))
    assert await page.evaluate("fetch('/api/me').then((answer) => answer.status)") == 401


async def test_seven_windows_listen_once_and_all_of_them_answer(site: Site) -> None:
    page = await site.signed_in()
    await write(site)
    pages = [page, *[await site.beside(page.context) for _ in range(6)]]
    for one in pages:
        await one.goto(at("leads"))
        await expect(one.get_by_text("דנה לוי").first).to_be_visible()
    for one in pages:
        assert await one.evaluate("fetch('/api/me').then((answer) => answer.status)") == 200
    await pages[0].close()
    async with site.runtime.db.begin(site.business_id) as session:
        lead = (await session.scalars(select(Lead))).one()
        lead.customer_name = "שם שהשתנה"
    for one in pages[1:]:
        await expect(one.get_by_text("שם שהשתנה").first).to_be_visible()


async def test_what_one_has_typed_is_not_shown_to_the_next_at_the_same_computer(site: Site) -> None:
    await site.add_person("dana@example.com", Role.agent)
    await write(site)
    page = await site.signed_in()
    await page.goto(at("inbox"))
    await page.get_by_role("link").filter(has_text="דנה לוי").click()
    await page.wait_for_url(re.compile(r"/inbox/\d+"))
    thread = page.url
    await page.get_by_label("כתיבת הודעה").fill("לא לעיני אחרים")
    await page.context.clear_cookies()
    await page.goto("/sign-in")
    await sign_in(page, "dana@example.com")
    await page.wait_for_url(re.compile("/b/"))
    await page.goto(thread)
    await expect(page.get_by_label("כתיבת הודעה")).to_have_value("")
    await leave(page)
    await page.wait_for_url(re.compile("/sign-in"))
    kept = await page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    assert "לא לעיני אחרים" not in kept
