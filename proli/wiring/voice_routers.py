"""The routers of a process that serves calls alone. Each of them stands among all routers too."""

from fastapi import APIRouter

from proli.monitoring.api import health
from proli.voice.twilio import media, out, transfer, webhook

VOICE_ROUTERS: tuple[APIRouter, ...] = (webhook.router, transfer.router, out.router, media.router, health.router)
