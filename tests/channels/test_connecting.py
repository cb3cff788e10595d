"""A number is connected from the command line by what its channel says it needs, and looked at by the doctor."""

import asyncio
import json
from pathlib import Path

import pytest

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
