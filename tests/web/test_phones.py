"""The numbers at which the business is called: connected, with what is to be entered at the provider, and let go."""

from playwright.async_api import expect

from proli.voice.twilio.told import PATH
from tests.doubles.twilio import ACCOUNT, TOKEN
from tests.web.conftest import Site, at


async def test_a_number_is_connected_refused_at_its_field_and_let_go(site: Site) -> None:
    page = await site.signed_in()
    await page.goto(at("settings/phones"))
    await expect(page.get_by_text("עוד לא חובר מספר טלפון")).to_be_visible()
    await expect(page.get_by_text(f"{site.url}{PATH}", exact=True)).to_be_visible()
    await expect(page.get_by_text(f"{site.url}{PATH}/status", exact=True)).to_be_visible()
    await expect(page.get_by_text("PROLI_HTTP_PUBLIC_URL")).to_be_visible()
    await expect(page.get_by_role("link", name="שיחות טלפון")).to_have_count(0)

    await page.get_by_role("button", name="חיבור מספר").click()
    form = page.get_by_role("dialog")
    send = form.get_by_role("button", name="חיבור מספר")
    await form.get_by_label("המספר").fill("12")
    await form.get_by_label("Account SID").fill("AC1")
    await form.get_by_label("Auth Token").fill(TOKEN)
    await send.click()
    await expect(form.get_by_role("alert")).to_have_text("זה לא מספר טלפון תקין.")
    await form.get_by_label("המספר").fill("03-700-0000")
    await send.click()
    await expect(form.get_by_role("alert")).to_contain_text("מתחיל ב-AC")
    await expect(form.get_by_label("Auth Token")).to_have_attribute("type", "password")
    await form.get_by_label("Account SID").fill(f" {ACCOUNT}")
    await send.click()
    await expect(form).to_have_count(0)
    line = page.get_by_role("listitem").filter(has_text="03-700-0000")
    await expect(line).to_contain_text(f"***{ACCOUNT[-4:]}")
    await expect(page.get_by_role("link", name="שיחות טלפון")).to_be_visible()
    assert TOKEN not in await page.content()

    await page.goto(at("settings/audit"))
    await expect(page.get_by_text("חיבור מספר טלפון")).to_be_visible()
    await page.goto(at("settings/phones"))
    await line.get_by_role("button", name="ניתוק").click()
    await page.get_by_role("dialog").get_by_role("button", name="ניתוק").click()
    await expect(page.get_by_text("עוד לא חובר מספר טלפון")).to_be_visible()
    await expect(page.get_by_role("link", name="שיחות טלפון")).to_have_count(0)


async def test_people_who_take_calls_are_added_put_in_order_and_kept(site: Site) -> None:
    page = await site.signed_in()
    await page.goto(at("settings/phones"))
    for at_row, (name, phone) in enumerate((("דנה", "052-111-0001"), ("יוסי", "0521110002"))):
        await page.get_by_role("button", name="הוספת אדם").click()
        await page.get_by_label("שם", exact=True).nth(at_row).fill(name)
        await page.get_by_label("טלפון", exact=True).nth(at_row).fill(phone)
    await page.get_by_label("מתי").nth(1).select_option("always")
    await page.get_by_label("א׳, משעה").fill("09:30")
    await page.get_by_role("checkbox", name="ו׳").uncheck()
    await page.get_by_role("button", name="להזיז את יוסי למעלה").click()
    await page.get_by_role("button", name="שמירה").click()
    await expect(page.get_by_role("button", name="שמירה")).to_have_count(0)
    await page.reload()
    await expect(page.get_by_label("שם", exact=True).first).to_have_value("יוסי")
    await expect(page.get_by_label("טלפון", exact=True).first).to_have_value("052-111-0002")
    await expect(page.get_by_label("מתי").first).to_have_value("always")
    await expect(page.get_by_label("א׳, משעה")).to_have_value("09:30")
    await expect(page.get_by_role("checkbox", name="ו׳")).not_to_be_checked()
