"""The first user of an installation is made on the command line."""

import json
from pathlib import Path
from urllib.parse import unquote

from pyotp.totp import TOTP
from sqlalchemy import select

from proli.accounts.actions import create_business
from proli.accounts.models import Membership, User
from proli.accounts.permissions import Role
from proli.accounts.second_factor import offer_secret, turn_on
from proli.platform.clock import SystemClock
from proli.platform.security import Vault, new_key
from tests.accounts.people import READY, places
from tests.command_line import proli
from tests.console import Console


async def test_a_user_who_is_made_is_a_member_once_they_accept(console: Console, tmp_path: Path) -> None:
    environment = await installation(console)
    create = ("user", "create", "--email", "dana@example.com", "--business", "moran", "--json")
    nameless = proli(*create, home=tmp_path, **environment)
    assert (nameless.returncode, "--name" in nameless.stderr) == (2, True)
    assert proli(*create, "--name", "דנה", home=tmp_path, **environment).returncode == 0
    made = proli(*create, home=tmp_path, **environment)
    assert made.returncode == 0, made.stderr
    link = json.loads(made.stdout)["link"]
    assert "/link/invitation?token=" in link
    unknown = proli("user", "link", "--email", "dana@example.com", home=tmp_path, **environment)
    assert "user_not_found" in unknown.stderr, "nobody has accepted yet"
    browser = await console.browser()
    sent = {"token": unquote(link.partition("token=")[2]), "password": READY}
    assert places(await browser.call("POST", "/api/auth/invitations", sent)) == {"moran": "owner"}
    again = proli(*create, home=tmp_path, **environment)
    assert again.returncode == 1
    assert "email_taken" in again.stderr
    link = proli("user", "link", "--email", "dana@example.com", "--purpose", "sign_in", home=tmp_path, **environment)
    assert "/link/sign_in?token=" in link.stdout


async def test_an_operator_is_made_with_a_link_to_a_password(console: Console, tmp_path: Path) -> None:
    environment = await installation(console)
    create = ("user", "create", "--email", "ops@example.com", "--name", "Ops", "--operator", "--json")
    link = json.loads(proli(*create, home=tmp_path, **environment).stdout)["link"]
    assert "/link/reset?token=" in link
    async with console.runtime.db.begin_operator() as session:
        assert (await session.scalars(select(User.operator))).one()
        assert await session.scalar(select(Membership.id)) is None


async def test_who_has_lost_their_phone_gets_in_again_by_the_command_line(console: Console, tmp_path: Path) -> None:
    environment = await installation(console)
    user_id = await console.add_person("noa@example.com", role=Role.agent)
    async with console.runtime.db.begin_operator() as session:
        user, vault, now = await session.get_one(User, user_id), console.runtime.vault, console.runtime.clock.now()
        secret, _ = offer_secret(user, vault=vault)
        turn_on(user, TOTP(secret).at(now), [], vault=vault, now=now)
    browser = await console.browser()
    assert (await browser.sign_in("noa@example.com")).json()["code"] == "second_factor_needed"
    assert proli("user", "drop-factor", "--email", "noa@example.com", home=tmp_path, **environment).returncode == 0
    assert (await browser.sign_in("noa@example.com")).status_code == 200


async def installation(console: Console) -> dict[str, str]:
    """What the command line needs to work on the installation of the console, at the same time, with a business."""
    key = new_key()
    object.__setattr__(console.runtime, "clock", SystemClock())
    object.__setattr__(console.runtime, "vault", Vault(key))
    async with console.runtime.db.begin_operator() as session:
        await create_business(session, slug="moran", name="מורן")
    url = console.runtime.settings.core.database_url
    assert url is not None
    return {"PROLI_DATABASE_URL": url, "PROLI_SECRET_KEY": key}
