"""How people greet, what else than text they send, and what a reply asks for or brings about."""

from proli.conversations.models import MessageKind
from proli.conversations.reasons import PersonReason

GREETINGS = {
    "he": (("בוקר טוב", 11), ("צהריים טובים", 15), ("אחר צהריים טובים", 17), ("ערב טוב", 24)),
    "en": (("Good morning", 12), ("Good afternoon", 17), ("Good evening", 24)),
    "ru": (("Доброе утро", 11), ("Добрый день", 17), ("Добрый вечер", 24)),
}
PLAIN = {"he": ("היי", "שלום", "היי", "אהלן", "שלום"), "en": ("Hi", "Hello"), "ru": ("Здравствуйте",)}
MEDIA = {
    "photo": (MessageKind.image, {"mime_type": "image/jpeg", "file_name": "photo.jpg"}),
    "voice": (MessageKind.audio, {"mime_type": "audio/ogg", "file_name": "voice.ogg", "transcribed": True}),
}
ASKED = {"{ask_city}": "city", "{ask_address}": "address", "{ask_time}": "time", "{ask_trade}": "trade"}
ASKED_OF_HOMES = {"{ask_rooms}": "rooms", "{ask_budget}": "budget", "{ask_trade}": "deal_type"}
CALLS = {
    "{handed_over}": PersonReason.human_asked,
    "{complaint_taken}": PersonReason.complaint,
    "{callback_promised}": PersonReason.callback,
    "{danger_gas}": PersonReason.danger,
    "{agent_failed}": PersonReason.agent_failed,
    "{no_times}": PersonReason.nobody_fits,
}
"""Replies with which a person is called, and the reason where the scene has no other."""
FEMALE = frozenset(("סיגל", "נועה", "תמר", "מיכל", "ענת", "דנה", "רות", "הילה"))


def file_url(voice: str) -> str:
    return f"https://files.example.com/{'photo.jpg' if voice == 'photo' else 'voice.ogg'}"
