"""No unproven words: what a reply claims is compared with what is committed."""

import re
from dataclasses import dataclass

from proli.agent.facts import Standing
from proli.knowledge.people import find_prices
from proli.knowledge.text import fold

HEBREW = r"(?<![א-ת])[והשכ]{{0,2}}(?:{words})(?![א-ת])"
CLAIMS: dict[str, tuple[str, str]] = {
    "booked": (
        "קבעתי|קבענו|נקבע|נקבעה|נקבעו|הזמנתי|אישרתי|אישרנו|אושר|אושרה|תיאמתי|תיאמנו|תואם|סגרתי|סגרנו",
        r"(?:is|are|been|have|has|i|we|it's|you're|all)\s+(?:\w+\s+)?(?:booked|confirmed|scheduled|set)|booked for",
    ),
    "cancelled": ("ביטלתי|ביטלנו|בוטל|בוטלה|מבוטל|מבוטלת", r"cancel?led"),
    "moved": ("הזזתי|הזזנו|דחיתי|דחינו|הוקדם|נדחה|הוזז", r"moved your|rescheduled"),
    "sent": (
        "שלחתי|שלחנו|נשלח|נשלחה|פניתי|פנינו|העברתי|העברנו|הועבר|הועברה",
        r"(?:i|we)(?:'ve| have)? (?:sent|asked|passed|forwarded)",
    ),
    "held": (
        "שמרתי|שמרנו|שמור|שמורה|שריינתי|שריינו|שוריין|שוריינה",
        r"(?:is|are) (?:held|reserved)|(?:i|we)(?:'ve| have)? (?:held|reserved)",
    ),
    "on_the_way": ("בדרך אליך|בדרך אליכם|יצא אליך|יצא לדרך", r"on (?:his|her|their|the) way"),
}
NEGATED = re.compile(
    r"(?:(?<![א-ת])(?:לא|טרם|אם|כש|לפני ש|אחרי ש|ברגע ש)"
    r"|not|isn't|hasn't|haven't|once|when|if|until|yet to be)[\s\w,']{0,14}$"
)
PATTERNS = {
    kind: re.compile(f"{HEBREW.format(words=fold(hebrew))}|\\b(?:{english})\\b")
    for kind, (hebrew, english) in CLAIMS.items()
}


@dataclass(frozen=True, slots=True)
class Proof:
    """What is committed and may therefore be said."""

    standing: Standing | None = None
    cancelled: bool = False
    handed_over: bool = False
    prices_agorot: frozenset[int] = frozenset()

    @property
    def proven(self) -> frozenset[str]:
        status = self.standing.status if self.standing else None
        said: set[str] = set()
        if status == "confirmed":
            said |= {"booked", "held", "sent", "moved"}
        if status in {"held", "pending"}:
            said |= {"held", "sent"}
        if self.handed_over:
            said.add("sent")
        if self.cancelled:
            said.add("cancelled")
        if self.standing and self.standing.on_the_way:
            said.add("on_the_way")
        return frozenset(said)


def claims(reply: str) -> frozenset[str]:
    """The effects that a text says have happened; what is denied, asked or only foreseen is none."""
    text = fold(reply)
    return frozenset(
        kind
        for kind, pattern in PATTERNS.items()
        if any(
            not NEGATED.search(text[: match.start()]) and not asks(text, match.end())
            for match in pattern.finditer(text)
        )
    )


def asks(text: str, position: int) -> bool:
    """Whether the sentence around `position` is a question."""
    rest = re.search(r"[.!?\n]", text[position:])
    return rest is not None and rest.group() == "?"


def unproven(reply: str, proof: Proof) -> str | None:
    """Why the reply may not be sent, or None when all it says is true."""
    lies = claims(reply) - proof.proven
    if lies:
        return f"claims {', '.join(sorted(lies))} without the effect"
    invented = set(find_prices(reply)) - proof.prices_agorot
    if invented:
        return f"names prices that are not in the list: {sorted(invented)}"
    return None
