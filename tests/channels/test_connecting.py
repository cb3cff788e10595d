"""A number is connected from the command line by what its channel says it needs, and looked at by the doctor."""

import asyncio
import json
from pathlib import Path

import pytest
from sqlalchemy import text

from proli.platform.db import Database
from proli.platform.security import new_key
from tests.command_line import proli
from tests.doubles.green_api import WEBHOOK_TOKEN, GreenApiDouble


@pytest.mark.parametrize(
    ("state", "level", "todo"), [("authorized", "ok", ""), ("notAuthorized", "bad", "scan the QR code")]
)
async def test_a_number_is_connected_and_the_doctor_says_how_it_is(
    green_api: GreenApiDouble, tmp_path: Path, state: str, level: str, todo: str
) -> None:
    green_api.state = state
    keys = green_api.credentials
    told = ("--instance", keys["id_instance"], "--host", keys["host"], "--token", keys["api_token"])
    add = ("channel", "add", "green-api", "--business", "moran", *told, "--webhook-token", WEBHOOK_TOKEN, "--json")
    await asyncio.to_thread(proli, "migrate", home=tmp_path)
    await asyncio.to_thread(proli, "business", "create", "--name", "מורן", "--slug", "moran", home=tmp_path)
    made = await asyncio.to_thread(proli, *add, home=tmp_path)
    assert json.loads(made.stdout)["number"] == keys["id_instance"], made.stderr
    looked = await asyncio.to_thread(proli, "doctor", "--json", home=tmp_path)
    found = {one["what"]: one for one in json.loads(looked.stdout)}[f"number {keys['id_instance']}"]
    assert (found["level"], found["found"]) == (level, state)
    assert todo in found["todo"]


def test_what_cannot_be_credentials_is_refused_in_words(tmp_path: Path) -> None:
    secrets = ("--token", "t", "--webhook-token", "w")
    asked = proli("channel", "add", "green-api", "--business", "moran", "--instance", "abc", *secrets, home=tmp_path)
    assert asked.returncode == 2
    assert "--instance is a number" in " ".join(asked.stderr.replace("│", " ").split())


def test_the_options_are_those_that_the_channel_needs(tmp_path: Path) -> None:
    asked = proli("channel", "add", "green-api", "--help", home=tmp_path)
    assert all(option in asked.stdout for option in ("--instance", "--host", "--token", "--webhook-token"))
    unknown = proli("channel", "add", "simulator", home=tmp_path)
    assert unknown.returncode == 2


def test_an_empty_secret_connects_nothing(tmp_path: Path) -> None:
    """As from a pipe of which nothing came."""
    add = (
        "channel",
        "add",
        "green-api",
        "--business",
        "moran",
        "--instance",
        "7103000009",
        "--webhook-token",
        "w" * 20,
    )
    phone = ("phone", "add", "--business", "moran", "--number", "03-700-0000", "--account-sid", "AC" + "0" * 32)
    for asked in (proli(*add, home=tmp_path), proli(*phone, home=tmp_path)):
        assert asked.returncode == 2
        assert "is empty" in " ".join(asked.stderr.replace("│", " ").split())


def test_a_number_that_was_mistyped_is_taken_out(tmp_path: Path) -> None:
    proli("migrate", home=tmp_path)
    proli("business", "create", "--name", "מורן", "--slug", "moran", home=tmp_path)
    secrets = ("--token", "t" * 20, "--webhook-token", "w" * 20)
    for number in ("7103000009", "7103000001"):
        proli("channel", "add", "green-api", "--business", "moran", "--instance", number, *secrets, home=tmp_path)
    remove = ("channel", "remove", "--business", "moran", "--number", "7103000009")
    assert proli(*remove, home=tmp_path).returncode == 0
    again = proli(*remove, home=tmp_path)
    assert (again.returncode, "channel_account_not_found" in again.stderr) == (1, True)


async def test_a_login_that_may_not_is_told_so_in_one_line(db: Database, tmp_path: Path) -> None:
    """As when the owner's address was left out."""
    async with db.engine.begin() as connection:
        await connection.execute(text("CREATE ROLE proli_nobody LOGIN PASSWORD 'nobody'"))
    url = db.engine.url.set(username="proli_nobody", password="nobody", drivername="postgresql")
    words = url.render_as_string(hide_password=False)
    try:
        told = {"PROLI_DATABASE_URL": words, "PROLI_SECRET_KEY": new_key()}
        done = await asyncio.to_thread(proli, "business", "create", "--name", "x", "--slug", "x", home=tmp_path, **told)
    finally:
        async with db.engine.begin() as connection:
            await connection.execute(text("DROP ROLE proli_nobody"))
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert "permission denied" in done.stderr
