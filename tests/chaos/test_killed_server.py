"""A server that dies: what it answered with 200 is kept, and what it did not is told again without doubling."""

import asyncio
import random
from pathlib import Path

import httpx2

from tests.chaos.town import Town, Ways, first_words, phone, running_town
from tests.patience import PATIENCE_S

CUSTOMERS = 8
SEED = 7103


async def check_all_answered(town: Town) -> None:
    await town.settle()
    stored = await town.rows("SELECT external_id, answered_at FROM messages WHERE direction = 'in' ORDER BY 1")
    assert [row.external_id for row in stored] == [f"FIRST{number:04}" for number in range(CUSTOMERS)]
    assert all(row.answered_at for row in stored)
    journal = await town.journal()
    for number in range(CUSTOMERS):
        said = [entry["text"] for entry in journal if entry["chat_id"] == phone(number).removeprefix("+") + "@c.us"]
        assert ["נשלחה לאיש מקצוע" in text for text in said].count(True) == 1, said


async def test_killing_the_server_right_after_its_200_loses_nothing(database_url: str, tmp_path: Path) -> None:
    async with running_town(database_url, tmp_path, Ways(workers=1)) as town:
        for number in range(CUSTOMERS):
            await town.post(town.maker.text(phone(number), first_words(number), id_message=f"FIRST{number:04}"))
            town.api.kill()
            town.api.start()
        await check_all_answered(town)


async def test_a_webhook_whose_server_was_killed_before_the_200_can_be_told_again_without_doubling(
    database_url: str, tmp_path: Path
) -> None:
    chance = random.Random(SEED)
    killed_before_its_answer = 0
    async with (
        running_town(database_url, tmp_path, Ways(workers=1)) as town,
        httpx2.AsyncClient(trust_env=False, timeout=PATIENCE_S) as client,
    ):
        for number in range(CUSTOMERS):
            payload = town.maker.text(phone(number), first_words(number), id_message=f"FIRST{number:04}")
            first = asyncio.create_task(town.try_post(client, payload))
            await asyncio.sleep(chance.uniform(0, 0.02))
            town.api.kill()
            killed_before_its_answer += not await first
            town.api.start()
            await town.post(payload)
        assert killed_before_its_answer > 0
        await check_all_answered(town)
