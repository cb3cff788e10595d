"""Voice notes, pictures, and files that do not open: the conversation goes on, with a model and without."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from proli.channels.simulator.channel import say as say_on_simulator
from proli.conversations.models import MessageKind
from proli.mind.ladder.sounds import UNHEARD
from proli.platform.agent_settings import SpeechSettings
from proli.platform.settings import Settings
from tests.doubles.models import ModelsDouble, say
from tests.doubles.recordings import record
from tests.doubles.serving import served
from tests.journeys.world import CUSTOMER, World
from tests.office import Log, Office, model_settings

SEND_TEXT = "קיבלנו הודעה קולית, אבל אין אפשרות לשמוע אותה כרגע"
MEDIA_FAILED = "הקובץ ששלחת לא נפתח אצלנו"
WHAT = "באיזו עבודה מדובר"
OGG, PNG = record(1), b"\x89PNG"


async def voice(_: Request) -> Response:
    return Response(OGG, media_type="audio/ogg; codecs=opus")


async def untyped(_: Request) -> Response:
    return Response(OGG, media_type="application/octet-stream")


async def picture(_: Request) -> Response:
    return Response(PNG, media_type="image/png")


async def page(_: Request) -> Response:
    return Response("<html>expired", media_type="text/html")


@pytest.fixture
async def files() -> AsyncGenerator[str]:
    routes = [Route(f"/{one.__name__}", one) for one in (voice, untyped, picture, page)]
    async with served(Starlette(routes=routes)) as server:
        yield server.url


async def send(world: World, kind: MessageKind, text: str = "", **media: Any) -> str:
    """What comes back for a file, with or without a caption."""
    await say_on_simulator(
        world.runtime,
        business_id=world.business_id,
        phone_e164=CUSTOMER,
        name="דנה",
        text=text,
        kind=kind,
        media=media or None,
    )
    await world.queue.drain()
    return "\n".join(message.text for message in await world.customer.unread())


async def test_a_model_that_hears_gets_a_voice_note_that_nobody_writes_down(
    office: Office, settings: Settings, files: str
) -> None:
    settings.speech = SpeechSettings(transcriber="off")
    office.models.script("gemini-a", say("באיזו עיר?"))
    assert await send(office.world, MessageKind.audio, url=f"{files}/voice") == "באיזו עיר?"
    assert office.models.asked[0].holds(OGG)
    assert '"audio/ogg"' in office.models.asked[0].text


async def test_a_voice_note_without_a_type_has_the_announced_one(
    office: Office, settings: Settings, files: str
) -> None:
    settings.speech = SpeechSettings(transcriber="off")
    office.models.script("gemini-a", say("באיזו עיר?"))
    await send(office.world, MessageKind.audio, url=f"{files}/untyped", mime_type="audio/ogg; codecs=opus")
    assert '"audio/ogg"' in office.models.asked[0].text


@pytest.mark.parametrize("ladder", ["openai:gpt-b", "openai-chat:gpt-b", "google:gemini-a,openai:gpt-b,openai-chat:c"])
async def test_a_model_that_does_not_hear_is_told_so_and_asks_for_words(
    world: World, models: ModelsDouble, settings: Settings, files: str, ladder: str
) -> None:
    settings.model = model_settings(models.url, ladder)
    models.script("gpt-b", say("אפשר לכתוב במה מדובר?"))
    assert await send(world, MessageKind.audio, url=f"{files}/voice") == "אפשר לכתוב במה מדובר?"
    (asked,) = models.asked_of("gpt-b")
    assert UNHEARD in asked.text
    assert not asked.holds(OGG)


@pytest.mark.parametrize("ladder", ["openai:gpt-b", "openai-chat:gpt-b", "google:gemini-a,openai:gpt-b,openai-chat:c"])
async def test_where_all_models_fail_the_customer_is_asked_to_write(
    world: World, models: ModelsDouble, settings: Settings, files: str, log: Log, ladder: str
) -> None:
    settings.model = model_settings(models.url, ladder)
    assert SEND_TEXT in await send(world, MessageKind.audio, url=f"{files}/voice")
    assert "Model gpt-b failed: " in log.text
    assert "All AI models failed" in log.text


async def test_without_a_model_a_voice_note_is_asked_for_in_words_and_not_loaded(world: World, log: Log) -> None:
    assert SEND_TEXT in await send(world, MessageKind.audio, url="http://127.0.0.1:1/never-asked")
    assert "did not load" not in log.text


async def test_a_model_sees_the_picture_with_its_caption(office: Office, files: str) -> None:
    office.models.script("gemini-a", say("באיזו עיר?"))
    await send(office.world, MessageKind.image, "זה הברז", url=f"{files}/picture")
    assert "image/png" in office.models.asked[0].text
    assert "זה הברז" in office.models.asked[0].text


@pytest.mark.parametrize("path", ["/nothing", "/page", ""])
async def test_a_model_is_told_of_a_file_that_did_not_open(office: Office, files: str, path: str, log: Log) -> None:
    office.models.script("gemini-a", say("התמונה לא נפתחה אצלנו. אפשר לתאר את התקלה?"))
    reply = await send(office.world, MessageKind.image, "מה דעתכם?", url=f"{files}{path}" if path else "")
    assert reply == "התמונה לא נפתחה אצלנו. אפשר לתאר את התקלה?"
    assert "[image: the file did not open] מה דעתכם?" in office.models.asked[0].text
    assert "did not load" in log.text


async def test_when_models_fail_too_the_rules_agent_says_that_the_file_did_not_open(office: Office, files: str) -> None:
    assert MEDIA_FAILED in await send(office.world, MessageKind.image, url=f"{files}/nothing")


async def test_a_file_too_big_is_said_to_be_unopened_without_a_model(world: World) -> None:
    assert MEDIA_FAILED in await send(world, MessageKind.audio, error="too_big")


async def test_a_file_too_big_with_words_gets_its_line_and_the_words_their_answer(world: World) -> None:
    reply = await send(world, MessageKind.image, "יש לי נזילה בכיור", error="too_big")
    assert MEDIA_FAILED in reply
    assert "באיזו עיר" in reply


async def test_a_picture_alone_without_a_model_is_answered_by_asking_what_it_is_about(world: World) -> None:
    reply = await send(world, MessageKind.image, url="http://127.0.0.1:1/never-asked")
    assert WHAT in reply
    assert MEDIA_FAILED not in reply


async def test_a_voice_note_among_words_is_not_passed_over(world: World) -> None:
    await world.customer.tell("יש לי נזילה בכיור")
    reply = await send(world, MessageKind.audio, url="http://127.0.0.1:1/never-asked")
    assert SEND_TEXT in reply
    assert "באיזו עיר" in reply
