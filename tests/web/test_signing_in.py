"""Getting in: the password, the second factor, what a role may see, and back to the same place."""

import re

from playwright.async_api import expect
from pyotp.totp import TOTP
from sqlalchemy import select

from proli.accounts.rules import Role
from proli.professionals.models import Professional
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
    recovery = await page.locator("ul li").first.inner_text()
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
