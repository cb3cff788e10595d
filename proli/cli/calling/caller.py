"""A caller who goes by a script."""

import asyncio
from time import monotonic
from typing import Final

from proli.cli.calling.phone import Phone, Said
from proli.cli.calling.script import Script, Step
from proli.cli.calling.sound import RATE, voiced

PATIENCE_S: Final = 30.0
GOODBYE_S: Final = 12.0
"""So long somebody who has nothing more to say stays on the line."""
QUIET_S: Final = 1.5
"""Who was only asked to wait does not speak yet."""
LATE_S: Final = 0.1
"""How long a recogniser takes to write a word that was said."""


async def play(script: Script, phone: Phone) -> bool:
    """The caller has said all of it, or the line was over before; whether they were answered each time."""
    answered = await phone.hear_out(within_s=PATIENCE_S, quiet_s=QUIET_S) if not is_early(script.caller[0]) else True
    for number, step in enumerate(script.caller):
        if step.after_s is not None:
            await listened(phone, step.after_s)
        if phone.over.is_set():
            return answered
        await phone.say(await spoken(step))
        if step.hangs_up:
            return answered
        following = script.caller[number + 1] if number + 1 < len(script.caller) else None
        if following is None or not is_early(following):
            answered &= await phone.hear_out(within_s=PATIENCE_S, quiet_s=QUIET_S)
    try:
        async with asyncio.timeout(GOODBYE_S):
            await phone.over.wait()
    except TimeoutError:
        pass
    return answered


def is_early(step: Step) -> bool:
    return step.after_s is not None


async def listened(phone: Phone, seconds: float) -> None:
    """The other side has been speaking for so long, or has not begun in time."""
    end = monotonic() + PATIENCE_S
    while monotonic() < end and not phone.over.is_set():
        if phone.plays_since is not None and monotonic() - phone.plays_since >= seconds:
            return
        await asyncio.sleep(0.02)


async def spoken(step: Step) -> Said:
    """Its sound, and the words as a recogniser writes them: one after the other, a little late."""
    sound = await voiced(step.say)
    seconds, words = len(sound) / RATE, (step.written or step.say).split()
    written = [
        (seconds * (n + 0.7) / len(words) + LATE_S, " ".join(words[: n + 1]), n + 1 == len(words) and not step.hangs_up)
        for n in range(len(words))
    ]
    return Said(sound, written)
