"""The outbox under seeded time: whatever happens when, each message arrives once, in order, and in measure."""

import dataclasses
import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import psycopg
import pytest

from proli.accounts.actions import create_business
from proli.contacts.models import Contact
from proli.conversations.accounts import add_channel_account
from proli.conversations.queries import ensure_conversation
from proli.platform.clock import Clock
from proli.platform.db import Database
from proli.platform.runtime import Runtime
from proli.platform.security import Vault, new_key
from proli.platform.settings import OutboxSettings
from tests.chaos.stepped.game import OUTAGE, PER_SECOND, Game, check
from tests.chaos.stepped.provider import Provider
from tests.chaos.stepped.stage import Stage, SteppedDatabase
from tests.conftest import ManualClock, copy_of, settings_for, share_what_is_compiled
from tests.doubles.green_api import API_TOKEN, ID_INSTANCE

SEEDS = [int(seed) for seed in os.environ.get("CHAOS_SEEDS", "").split(",") if seed] or list(
    range(300 if os.environ.get("LONG_TESTS") else 6)
)
"""`CHAOS_SEEDS=17 pytest tests/chaos/test_stepped.py` plays one game again."""
CONVERSATIONS, MESSAGES = 3, 4
LAG_S = 60


@asynccontextmanager
async def set_up(url: str, home: Path, seed: int, *, lag_told_s: float = 120) -> AsyncGenerator[Game]:
    """A number with some conversations; its provider is known to lag so long at most, and lags less."""
    stage, clock = Stage(seed), ManualClock()
    provider = Provider(stage, clock, LAG_S)
    plain, stepped = Database(url), SteppedDatabase(url, stage)
    share_what_is_compiled(plain)
    share_what_is_compiled(stepped)
    settings = settings_for(url, home)
    settings.outbox = OutboxSettings(per_second=PER_SECOND)
    vault = Vault(new_key())
    async with provider.client() as http:
        books = psycopg.connect(plain.url.replace("+psycopg", ""), autocommit=True)
        runtime = Runtime(settings=settings, db=plain, clock=clock, vault=vault, http=http)
        business_id, account_id, conversations = await found(plain, vault, clock, lag_told_s)
        words = [(one, f"{one} {number}") for number in range(MESSAGES) for one in conversations]
        if stage.chance.random() < 0.3:
            provider.away_until = clock.now() + OUTAGE
        try:
            yield Game(
                runtime=dataclasses.replace(runtime, db=stepped),
                plain=runtime,
                stage=stage,
                provider=provider,
                clock=clock,
                books=books,
                business_id=business_id,
                account_id=account_id,
                conversations=conversations,
                to_queue=words,
            )
        finally:
            for actor in list(stage.actors):
                await stage.kill(actor)
            books.close()
            await stepped.close()
            await plain.close()


async def found(db: Database, vault: Vault, clock: Clock, lag_told_s: float) -> tuple[int, int, list[int]]:
    async with db.begin_operator() as session:
        business = await create_business(session, slug="stage", name="במה")
        await session.flush()
    credentials = {"id_instance": ID_INSTANCE, "api_token": API_TOKEN, "host": "http://provider"}
    async with db.begin(business.id) as session:
        account_id = await add_channel_account(
            session, vault, provider="green_api", external_id=ID_INSTANCE,
            credentials=credentials | {"journal_lag_s": str(lag_told_s)}, webhook_token=None,
        )  # fmt: skip
        conversations = list[int]()
        for number in range(CONVERSATIONS):
            contact = Contact(phone_e164=f"+97250000000{number}", name="")
            session.add(contact)
            await session.flush()
            chat_id = f"97250000000{number}@c.us"
            opened = await ensure_conversation(session, channel_account_id=account_id, contact=contact, chat_id=chat_id)
            conversations.append(opened.id)
    return business.id, account_id, conversations


async def played(server: str, home: Path, seed: int, **more: float) -> tuple[list[str], list[str]]:
    """What did not hold, and the tape."""
    with copy_of(server, "template") as url:
        async with set_up(url, home, seed, **more) as game:
            await game.play()
            return check(game), game.stage.tape


@pytest.mark.parametrize("seed", SEEDS)
async def test_each_message_arrives_once_in_order_and_in_measure(server: str, tmp_path: Path, seed: int) -> None:
    wrong, tape = await played(server, tmp_path, seed)
    assert not wrong, "\n".join([f"seed {seed}", *wrong, *tape[-60:]])
    assert len(tape) > CONVERSATIONS * MESSAGES


async def test_a_failure_is_replayed_by_its_seed_alone(server: str, tmp_path: Path) -> None:
    """A provider that lags longer than is known of it has messages sent twice: such a game goes wrong again."""
    for seed in range(40):
        wrong, tape = await played(server, tmp_path, seed, lag_told_s=0)
        if wrong:
            break
    else:
        pytest.fail("no order of things ever showed it")
    assert (wrong, tape) == await played(server, tmp_path, seed, lag_told_s=0)
    assert any("arrived 2 times" in one for one in wrong)
    other, _ = await played(server, tmp_path, seed)
    assert not other
