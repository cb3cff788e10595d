"""What the tests of accounts do over and over."""

from pyotp.totp import TOTP

from proli.accounts.signed_links import make_link
from proli.accounts.tokens import Purpose
from tests.conftest import ManualClock
from tests.console import PASSWORD, Browser, Console

READY = "שלוש ציפורים על הגג"


async def turn_factor_on(browser: Browser, clock: ManualClock, password: str = PASSWORD) -> tuple[str, list[str]]:
    """The secret, and the codes to recover by. The code of this half minute is used up."""
    secret = (await browser.call("POST", "/api/me/second-factor/secret")).json()["secret"]
    sent = {"password": password, "code": TOTP(secret).at(clock.now())}
    answer = await browser.call("POST", "/api/me/second-factor", sent)
    assert answer.status_code == 200, answer.text
    return secret, answer.json()["codes"]


async def invite(owner: Browser, email: str, *, role: str = "agent", business: str = "moran") -> str:
    """What the link of a new invitation holds."""
    sent = {"email": email, "name": email.partition("@")[0], "role": role}
    made = await owner.call("POST", f"/api/businesses/{business}/members", sent)
    assert made.status_code == 201, made.text
    return made.json()["token"]


async def link_of(console: Console, purpose: Purpose, user_id: int) -> str:
    """What a link of the command line holds."""
    runtime = console.runtime
    async with runtime.db.begin_operator() as session:
        return await make_link(session, runtime.vault, purpose, user_id, now=runtime.clock.now(), behalf=None)


def places(answer: object) -> dict[str, str]:
    """Businesses by their short names, and the role in them, of an answer that says who is signed in."""
    return {one["slug"]: one["role"] for one in answer.json()["businesses"]}  # type: ignore[attr-defined]
