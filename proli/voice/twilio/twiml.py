"""What Twilio is told to do with a call, and the few words that are said where nobody here can talk."""

from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from fastapi.responses import Response

LANGUAGE: Final = "he-IL"
VOICE: Final = "Google.he-IL-Standard-A"
"""One of the voices of `<Say>` that speak Hebrew; those that it takes by default do not."""
NOT_SET_UP: Final = "שלום. כרגע אי אפשר לענות כאן לשיחות. תודה שהתקשרת, ולהתראות."
TROUBLE: Final = "סליחה, יש לנו תקלה רגעית ולא נוכל להמשיך בשיחה. תודה ולהתראות."
"""Neither promises anything: what becomes of the call is decided by what stands in the database."""


def answer(root: Element) -> Response:
    body = tostring(root, encoding="utf-8", xml_declaration=True)
    return Response(body, media_type="application/xml")


def connect(*, url: str, token: str, after: str, told_to: str) -> Response:
    """The caller's line is opened. Behind it stands only where to ask what comes next, as `action`: whatever verb
    stood there would begin when the line ends, and the caller would hear a dead line."""
    root = Element("Response")
    line = SubElement(root, "Connect", {"action": after, "method": "POST"})
    stream = SubElement(line, "Stream", {"url": url, "statusCallback": told_to, "statusCallbackMethod": "POST"})
    SubElement(stream, "Parameter", {"name": "token", "value": token})
    return answer(root)


def say(words: str) -> Response:
    """These words, and the call ends."""
    root = Element("Response")
    SubElement(root, "Say", said_by()).text = words
    SubElement(root, "Hangup")
    return answer(root)


def hang_up() -> Response:
    root = Element("Response")
    SubElement(root, "Hangup")
    return answer(root)


def said_by() -> dict[str, str]:
    return {"language": LANGUAGE, "voice": VOICE}
