"""People on WhatsApp: they write through the webhook, and read what reached Green API's double."""

from collections.abc import Sequence
from dataclasses import dataclass

import httpx2

from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from tests.doubles.green_api import GreenApiDouble
from tests.doubles.green_api_rest import Entry
from tests.doubles.green_api_webhooks import TapShape
from tests.patience import PATIENCE_S


@dataclass
class WhatsApp:
    """The business's number, with everybody who writes to it."""

    runtime: Runtime
    queue: Queue
    double: GreenApiDouble
    webhook: str
    business_id: int

    def phone(self, phone_e164: str, name: str = "דנה") -> "Phone":
        return Phone(self, phone_e164, name)

    async def post(self, payload: dict[str, object]) -> None:
        status = await self.double.post(payload, url=self.webhook)
        assert status == 200, status

    async def settle(self) -> None:
        await self.queue.drain()

    async def get(self, path: str) -> httpx2.Response:
        async with httpx2.AsyncClient(trust_env=False, timeout=PATIENCE_S) as client:
            return await client.get(self.webhook.removesuffix("/webhooks/green-api") + path)


@dataclass
class Phone:
    whatsapp: WhatsApp
    phone_e164: str
    name: str
    read: int = 0

    @property
    def chat_id(self) -> str:
        return self.phone_e164.removeprefix("+") + "@c.us"

    async def write(self, text: str, *, id_message: str | None = None) -> None:
        maker = self.whatsapp.double.webhooks
        await self.whatsapp.post(maker.text(self.phone_e164, text, name=self.name, id_message=id_message))

    async def say(self, text: str) -> list[Entry]:
        await self.write(text)
        await self.whatsapp.settle()
        return self.unread()

    async def tap(self, entry: Entry, index: int, *, shape: TapShape = "template") -> list[Entry]:
        button = entry.buttons[index]
        payload = self.whatsapp.double.webhooks.tap(
            self.phone_e164,
            button_id=button["buttonId"],
            text=button["buttonText"],
            quoted=entry.id_message,
            shape=shape,
            name=self.name,
        )
        await self.whatsapp.post(payload)
        await self.whatsapp.settle()
        return self.unread()

    def inbox(self) -> list[Entry]:
        return [entry for entry in self.whatsapp.double.sent if entry.chat_id == self.chat_id]

    def unread(self) -> list[Entry]:
        fresh = self.inbox()[self.read :]
        self.read += len(fresh)
        return fresh


def texts(entries: Sequence[Entry]) -> str:
    return "\n".join(entry.text for entry in entries)
