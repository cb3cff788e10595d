"""What Twilio is told to do with a call, and the few words that are said where nobody here can talk."""

from collections.abc import Mapping
from typing import Final, Literal
from xml.etree.ElementTree import Element, SubElement, tostring

from fastapi.responses import Response

type Language = Literal["he", "en"]
VOICES: Final[Mapping[Language, tuple[str, str]]] = {
    "he": ("he-IL", "Google.he-IL-Standard-A"), "en": ("en-US", "Google.en-US-Standard-C"),
}  # fmt: skip
"""Language and voice of `<Say>`; the voices that it takes by default speak no Hebrew."""
RINGS_S: Final = 20
"""So long somebody is rung: before most mailboxes would pick up."""
LONGEST_WORD_S: Final = 90
"""With the invitation before it, less than a call may give no sign."""
PAUSE_S: Final = 5
CHOOSES_S: Final = 6
"""So long somebody who has picked up may take to press a key, twice."""
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


def dial(*, phone: str, caller: str | None, whisper: str, after: str) -> Response:
    """This phone is rung; who picks up hears the whisper before they are connected. What comes next is asked at
    `after`, however that goes. `caller` is a number of ours that they see."""
    root = Element("Response")
    shown = {"callerId": caller} if caller else {}
    about = {"action": after, "method": "POST", "timeout": str(RINGS_S), **shown}
    SubElement(SubElement(root, "Dial", about), "Number", {"url": whisper, "method": "POST"}).text = phone
    return answer(root)


def record(words: str, language: Language, *, otherwise: str, after: str, told_to: str) -> Response:
    """These words, and what the caller says then is recorded by Twilio, which is asked for at `after`; who says nothing
    hears the other words. Twilio says at `told_to` when the recording can be had."""
    root = Element("Response")
    SubElement(root, "Say", said_by(language)).text = words
    about = {
        "action": after, "method": "POST", "maxLength": str(LONGEST_WORD_S), "timeout": str(PAUSE_S),
        "finishOnKey": "#", "playBeep": "true", "recordingStatusCallback": told_to,
        "recordingStatusCallbackMethod": "POST", "recordingStatusCallbackEvent": "completed absent",
    }  # fmt: skip
    SubElement(root, "Record", about)
    SubElement(root, "Say", said_by(language)).text = otherwise
    SubElement(root, "Hangup")
    return answer(root)


def choose(words: str, language: Language, *, chosen: str) -> Response:
    """These words, twice, to somebody who has picked up; the key that they press is told at `chosen`. Who presses none,
    as a mailbox does, is hung up on."""
    root = Element("Response")
    for _ in range(2):
        about = {"action": chosen, "method": "POST", "numDigits": "1", "timeout": str(CHOOSES_S)}
        SubElement(SubElement(root, "Gather", about), "Say", said_by(language)).text = words
    SubElement(root, "Hangup")
    return answer(root)


def go_ahead() -> Response:
    """Nothing more to say to somebody who was rung: they are connected."""
    return answer(Element("Response"))


def say(words: str, language: Language = "he") -> Response:
    """These words, and the call ends."""
    root = Element("Response")
    SubElement(root, "Say", said_by(language)).text = words
    SubElement(root, "Hangup")
    return answer(root)


def hang_up() -> Response:
    root = Element("Response")
    SubElement(root, "Hangup")
    return answer(root)


def said_by(language: Language = "he") -> dict[str, str]:
    spoken, voice = VOICES[language]
    return {"language": spoken, "voice": voice}
