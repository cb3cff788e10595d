"""A number is connected from the command line, and its secrets are written anew with another key."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from proli.cli.serve import voice
from proli.cli.upkeep import reseal_everything
from proli.platform.errors import ConfigurationError
from proli.platform.runtime import Runtime
from proli.voice.models import VoiceNumber
from tests.command_line import proli
from tests.doubles.twilio import ACCOUNT, NUMBER, TOKEN


def test_a_number_is_connected_and_where_its_calls_are_told_is_said(tmp_path: Path) -> None:
    proli("migrate", home=tmp_path)
    proli("business", "create", "--name", "מורן", "--slug", "moran", home=tmp_path)
    told = ("--business", "moran", "--number", "03-700-0000", "--account-sid", ACCOUNT, "--auth-token", TOKEN)
    made = proli("phone", "add", *told, "--json", home=tmp_path)
    assert json.loads(made.stdout)["number"] == NUMBER, made.stderr
    again = proli("phone", "add", *told, home=tmp_path)
    said = " ".join(again.stdout.split())
    assert "/webhooks/twilio/voice and the one for changes of status" in said
    assert TOKEN not in said


@pytest.mark.parametrize("account", ["AC1", "SK" + "0" * 32, ""])
def test_what_cannot_be_an_account_is_refused_in_words(tmp_path: Path, account: str) -> None:
    told = ("--business", "moran", "--number", NUMBER, "--account-sid", account, "--auth-token", TOKEN)
    asked = proli("phone", "add", *told, home=tmp_path)
    assert asked.returncode == 2
    assert "--account-sid is AC" in " ".join(asked.stderr.replace("│", " ").split())


def test_what_answers_calls_alone_does_not_start_without_what_they_need(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("proli.voice.talking.EXTRA", ("no_such_package",))
    with pytest.raises(ConfigurationError, match=r"requirements/voice\.txt"):
        voice()


async def test_its_secrets_are_written_anew_with_all_else_that_is_sealed(
    runtime: Runtime, business_id: int, number_id: int
) -> None:
    async with runtime.db.begin(business_id) as session:
        before = (await session.get_one(VoiceNumber, number_id)).sealed
    assert await reseal_everything(runtime) == 1
    async with runtime.db.begin(business_id) as session:
        after = (await session.scalars(select(VoiceNumber.sealed))).one()
    assert after != before
    assert runtime.vault.unseal(after) == {"auth_token": TOKEN}
