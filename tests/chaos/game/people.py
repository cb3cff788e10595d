"""Who plays: customers that say what their scripts want, and professionals that answer what they are offered."""

import asyncio
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.chaos.game.scripts import VOICE, Said, Script
from tests.chaos.town import Town, phone

LOOKS_EVERY_S = 0.1
ANSWERS_WITHIN_S, IS_BOOKED_WITHIN_S = 90, 60
"""So long customers wait for an answer, or for their visit to be confirmed, before they go on all the same."""
BOOKED = "הביקור נקבע"
APPROVES, DECLINES, WRITES = 0.7, 0.14, 0.06
"""What professionals do with an offer; what is left they let pass."""
TAPS_TWICE = 0.15
NO_FILE = "http://127.0.0.1:9/voice.oga"


@dataclass
class Word:
    """One message of somebody, as its phone knows it."""

    id: str
    chat: str
    kind: str
    """Which script it is from."""
    taken: bool = False
    """The webhook of it was answered with 200."""


@dataclass
class Streets:
    """The town as people see it: what is on their phones, and what they have said."""

    town: Town
    words: list[Word] = field(default_factory=list[Word])
    said: int = 0
    """How much customers have said and was taken: the time of the game."""
    phones: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list[str]))
    offers: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue[dict[str, Any]])
    _seen: int = 0
    _news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def look_at_phones(self) -> None:
        """Whatever the provider has delivered is on its phone; until cancelled."""
        while True:
            fresh = await self.town.journal(after=self._seen)
            self._seen += len(fresh)
            for entry in fresh:
                self.phones[entry["chat_id"]].append(entry["text"])
                if any(button["buttonId"].startswith("offer:") for button in entry["buttons"]):
                    self.offers.put_nowait(entry)
            if fresh:
                async with self._news:
                    self._news.notify_all()
            await asyncio.sleep(LOOKS_EVERY_S)

    async def hear(self, chat: str, *, after: int, containing: str = "", within_s: float) -> None:
        """Return when something with these words has come to the phone beside the first `after`, or the time is up."""

        def heard() -> bool:
            return any(containing in text for text in self.phones[chat][after:])

        with suppress(TimeoutError):
            async with asyncio.timeout(within_s), self._news:
                await self._news.wait_for(heard)

    async def tell(self, payload: dict[str, Any], *, kind: str, twice: bool = False) -> None:
        """The provider says it until it is taken, at times once more."""
        word = Word(payload["idMessage"], payload["senderData"]["chatId"], kind)
        self.words.append(word)
        await self.town.post(payload)
        word.taken = True
        if twice:
            await self.town.post(payload)

    def write_down(self, file: Path) -> None:
        file.write_text(json.dumps([asdict(word) for word in self.words]))


def bursts(said: Sequence[Said]) -> Iterator[list[tuple[int, Said]]]:
    """What is said without waiting in between, with its number in the whole."""
    burst: list[tuple[int, Said]] = []
    for number, one in enumerate(said):
        if burst and not one.at_once:
            yield burst
            burst = []
        burst.append((number, one))
    yield burst


async def converse(streets: Streets, customer: int, script: Script) -> None:
    """A customer says everything, burst after burst, whatever is answered."""
    number = phone(customer)
    chat = number.removeprefix("+") + "@c.us"
    for burst in bursts(script.said):
        if burst[0][1].when_booked:
            await streets.hear(chat, after=0, containing=BOOKED, within_s=IS_BOOKED_WITHIN_S)
        heard = len(streets.phones[chat])
        payloads = [(written(streets.town, number, customer, at, one), script.repeated[at]) for at, one in burst]
        for later, (payload, _) in enumerate(payloads):
            payload["timestamp"] += later
        for payload, twice in reversed(payloads) if script.swapped else payloads:
            await streets.tell(payload, kind=script.kind, twice=twice)
            streets.said += 1
        await streets.hear(chat, after=heard, within_s=ANSWERS_WITHIN_S)


def written(town: Town, number: str, customer: int, at: int, said: Said) -> dict[str, Any]:
    id_message = f"C{customer:05}N{at}"
    if said.words != VOICE:
        return town.maker.text(number, said.words, id_message=id_message)
    about = {"downloadUrl": NO_FILE, "caption": "", "fileName": "voice.oga", "mimeType": "audio/ogg; codecs=opus"}
    return town.maker.incoming(number, {"typeMessage": "audioMessage", "fileMessageData": about}, id_message=id_message)


async def answer_offers(streets: Streets, seed: int) -> None:
    """Professionals approve, decline, write or let pass what they are offered; until cancelled."""
    chance = random.Random(f"professionals of {seed}")
    async with asyncio.TaskGroup() as answering:
        while True:
            offer = await streets.offers.get()
            answering.create_task(answer(streets, offer, random.Random(chance.random())))


async def answer(streets: Streets, offer: dict[str, Any], chance: random.Random) -> None:
    await asyncio.sleep(chance.uniform(0.1, 1.5))
    drawn, twice = chance.random(), chance.random() < TAPS_TWICE
    if drawn < APPROVES + DECLINES:
        await streets.tell(tap(streets.town, offer, 0 if drawn < APPROVES else 1), kind="tap", twice=twice)
    elif drawn < APPROVES + DECLINES + WRITES:
        words = streets.town.maker.text(phone_of(offer), "אשר", id_message=f"WORD{offer['id_message']}")
        await streets.tell(words, kind="professional's word", twice=twice)


def tap(town: Town, offer: dict[str, Any], index: int) -> dict[str, Any]:
    button = offer["buttons"][index]
    return town.maker.tap(
        phone_of(offer),
        button_id=button["buttonId"],
        text=button["buttonText"],
        quoted=offer["id_message"],
        id_message=f"TAP{offer['id_message']}",
    )


def phone_of(offer: dict[str, Any]) -> str:
    return "+" + offer["chat_id"].removesuffix("@c.us")
