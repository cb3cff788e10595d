"""What a call is at any moment, whatever order its news come in; who called, and whether they can be written to."""

import enum
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import phonenumbers
from phonenumbers import PhoneNumberType


class CallState(enum.StrEnum):
    """How far a call has come, in the provider's words."""

    initiated = "initiated"
    ringing = "ringing"
    in_progress = "in-progress"
    failed = "failed"
    canceled = "canceled"
    no_answer = "no-answer"
    busy = "busy"
    completed = "completed"


ORDER: Final = tuple(CallState)
"""A state never goes back. The ends stand in an order too, since of two that are told the same one must hold whichever
came first: `failed`, which is all we can say of a call that nobody told the end of, gives way to any other."""
OVER: Final = frozenset(
    {CallState.failed, CallState.canceled, CallState.no_answer, CallState.busy, CallState.completed}
)
EARLIER_NAMES: Final = {"queued": CallState.initiated, "answered": CallState.in_progress}


def state_of(said: str) -> CallState | None:
    """The state that the provider names; None for one that we do not know."""
    try:
        return EARLIER_NAMES.get(said) or CallState(said)
    except ValueError:
        return None


def further(one: CallState, other: CallState) -> CallState:
    """The state that is further along."""
    return max(one, other, key=ORDER.index)


def closing(state: CallState) -> CallState:
    """The state of a call that is over though nobody has told how."""
    return further(state, CallState.completed if state is CallState.in_progress else CallState.failed)


class CallOutcome(enum.StrEnum):
    """What a call came to."""

    finished = "finished"
    """Both sides said goodbye."""
    dropped = "dropped"
    """It broke off while we were talking."""
    missed = "missed"
    """Nobody has talked with the caller."""
    transferred = "transferred"
    """A person took it."""
    voicemail = "voicemail"
    """The caller left words for a person."""
    machine = "machine"
    """A machine has answered whom we called."""
    unknown = "unknown"
    """One that a release after this one has written down."""


SIMULATED: Final = "sim-"


def is_simulated(external_id: str) -> bool:
    """Whether the call is played in a browser by somebody of the business; the provider's own ids begin otherwise."""
    return external_id.startswith(SIMULATED)


class CallDirection(enum.StrEnum):
    inbound = "inbound"
    outbound = "outbound"


def direction_of(said: str) -> CallDirection:
    return CallDirection.outbound if said.startswith("outbound") else CallDirection.inbound


class StreamEnd(enum.StrEnum):
    """Why the line of a call ended."""

    stopped = "stopped"
    """The provider said so: the caller has hung up, or the call went elsewhere."""
    lost = "lost"
    """The connection broke, and nobody has said why."""
    silent = "silent"
    """Nothing came any more."""
    garbled = "garbled"
    """Too much came that is no message of the provider's."""
    done = "done"
    """We have ended it."""
    fault = "fault"
    """The conversation crashed."""
    replaced = "replaced"
    """The provider asks what to do next, so this line cannot be open any more."""
    unknown = "unknown"
    """One that a release after this one has written down."""


class TransferReason(enum.StrEnum):
    """Why a caller is connected to a person."""

    asked = "asked"
    """They wanted one."""
    danger = "danger"
    trouble = "trouble"
    """The talk leads nowhere, or cannot go on."""
    takeover = "takeover"
    """Somebody in the console wants the call."""
    other = "other"
    """One that a release after this one has written down."""


TOKEN_LASTS: Final = timedelta(seconds=15)
"""The provider opens the line within a second of our answer."""
MOST_LINES: Final = 3
"""How often the line of one call is opened, before the caller is told that it does not work."""
SILENT_FOR: Final = timedelta(minutes=2)
"""A call without a sign for so long is over: its line gives one every BEAT."""
LONGEST: Final = timedelta(hours=4)
"""No call lasts longer, by the provider's own limit: so long one that a person took may give no sign."""
BEAT: Final = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class LineSeen:
    """One line of a call, as its row has it."""

    used_at: datetime | None
    ended_at: datetime | None
    expires_at: datetime

    @property
    def is_open(self) -> bool:
        return self.used_at is not None and self.ended_at is None

    def may_open(self, now: datetime) -> bool:
        return self.used_at is None and self.expires_at > now


def has_lapsed(
    state: CallState, told: CallOutcome | None, lines: Collection[LineSeen], *, led_on: bool = False, now: datetime
) -> bool:
    """Whether a call that nobody has ended is over: the provider says so, or no line is open or may still be. One that
    a person has taken needs none, nor one that is `led_on` to one."""
    if state in OVER:
        return True
    with_person = led_on or told is CallOutcome.transferred
    return not with_person and not any(line.is_open or line.may_open(now) for line in lines)


def is_silent(told: CallOutcome | None, seen_at: datetime, *, now: datetime) -> bool:
    """Whether a call that nobody has ended has given no sign for too long."""
    return seen_at <= now - (LONGEST if told is CallOutcome.transferred else SILENT_FOR)


def outcome_of(told: CallOutcome | None, *, talked: bool) -> CallOutcome:
    """What a call came to that ends now: what was told of it, else by whether there was ever a line."""
    return told or (CallOutcome.dropped if talked else CallOutcome.missed)


def may_reopen(told: CallOutcome | None, ended_at: datetime | None, lines: int) -> bool:
    """Whether a caller whose line broke is connected once more."""
    return told is None and ended_at is None and lines < MOST_LINES


GOES_ON: Final = frozenset({CallOutcome.dropped, CallOutcome.missed})


def goes_on_in_writing(direction: CallDirection, outcome: CallOutcome | None) -> bool:
    """Whether the call is taken up in writing: one that broke off, and one of a caller with whom nobody talked.

    Whom we called and who did not pick up has asked nothing of us.
    """
    unanswered = direction is CallDirection.outbound and outcome is CallOutcome.missed
    return outcome in GOES_ON and not unanswered


def key_of_message(call_id: int | str = "") -> str:
    """What the message is for in which a call goes on; without a call, how each of them begins."""
    return f"call:{call_id}"


ACCOUNT_SID: Final = re.compile(r"AC[0-9a-f]{32}")


def is_account(said: str) -> bool:
    """Whether this can be the Account SID of an account at the provider."""
    return ACCOUNT_SID.fullmatch(said) is not None


WITHHELD: Final = frozenset({"+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253", "+464"})
"""ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN and UNAVAILABLE as the provider spells them on a keypad."""
NO_WHATSAPP: Final = frozenset(
    {
        PhoneNumberType.FIXED_LINE, PhoneNumberType.TOLL_FREE, PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.SHARED_COST, PhoneNumberType.UAN, PhoneNumberType.VOICEMAIL, PhoneNumberType.PAGER,
    }
)  # fmt: skip


def phone_of(said: str) -> str | None:
    """The caller's number in E.164; None when it is withheld, or a name of a SIP line, or no number at all."""
    said = said.strip()
    if said in WITHHELD or not said.startswith("+") or len(said) > 16 or not said[1:].isascii():
        return None
    try:
        number = phonenumbers.parse(said)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def may_have_whatsapp(phone_e164: str) -> bool:
    """Whether a message may reach somebody at this number: landlines and paid lines have none."""
    return phonenumbers.number_type(phonenumbers.parse(phone_e164)) not in NO_WHATSAPP
