"""A talk on one line, from the greeting to the goodbye: who has the floor, and what is done next."""

import asyncio
import contextlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic
from typing import Any, Final

from loguru import logger

from proli.contacts.errors import OverBudget
from proli.conversations.reasons import PersonReason
from proli.knowledge.turn_ends import Asked, expected, says_goodbye, takes_floor
from proli.platform.clock import Clock
from proli.voice.live.activity import Activity
from proli.voice.live.calling import call_person_to, danger_words
from proli.voice.live.ears import Ears, Heard
from proli.voice.live.events import Deaf, Done, Gone, Happening, Pressed, Voicing
from proli.voice.live.floor import Floor, Stretch
from proli.voice.live.listening import Listening
from proli.voice.live.mouth import Mouth
from proli.voice.live.notes import Notes
from proli.voice.live.opening import Opening, Words, find_opening
from proli.voice.live.pace import Pace
from proli.voice.live.speaker import Speaker
from proli.voice.live.thinker import Thinker
from proli.voice.live.thought import Answer, Mind, TakenOver
from proli.voice.live.voices import VoiceGone, Voices
from proli.voice.live.words import ASKS_IF_THERE, GREETINGS, NOBODY_FREE, RUNG, WAITS, Last
from proli.voice.rules import CallOutcome, TransferReason
from proli.voice.talking import Farewell, Line

LAST_WORDS_S: Final = 0.3
"""So long what was said last may still be written down when the caller is gone."""
LEAVING_S: Final = 1.4
"""So long what was said last may be thought about when the caller is gone."""


@dataclass
class Talk:
    """The state of one talk. `run` alone changes it, one happening after the other; times are those of the loop."""

    line: Line
    notes: Notes
    mind: Mind
    ears: list[Ears]
    """Who hears, the best first."""
    voices: Voices
    activity: Activity
    pace: Pace
    clock: Clock
    floor: Floor = field(init=False)
    speaker: Speaker = field(init=False)
    thinker: Thinker = field(init=False)
    listening: Listening = field(init=False)
    opening: Opening | None = None
    """Of a call that we make, until it is known whether it is a good moment."""
    farewell: Farewell | None = None
    settled: bool = False
    """There is nothing left to ask."""
    asked: Asked = "open"
    events: asyncio.Queue[Happening] = field(default_factory=asyncio.Queue[Happening])
    waits: int = 0
    idle: int = 0
    unheard: int = 0
    idle_at: float | None = None
    quiet_since: float = 0.0

    async def run(self) -> Farewell:
        """The talk, until it is over.

        Raises:
            VoiceGone: nothing can be said.
        """
        host = await self.notes.begin()
        mouth = Mouth(self.line, self.voices, host.language, lambda: self.notes.fallbacks.update(["voice"]))
        self.floor = Floor(self.ears[0].lag_ms)
        self.speaker = Speaker(mouth, self.notes, host, self._done)
        self.thinker = Thinker(self.mind, self.pace, self._done)
        self.opening = await find_opening(self.notes, host.language)
        self.listening = Listening(self.line, mouth, self.ears, self.activity, self.events)
        try:
            self.listening.begin()
            await self._greet()
            while self.farewell is None:
                await self._step()
            return self.farewell
        finally:
            await self.listening.end()
            await self.thinker.stop()
            await self.speaker.end()

    def _done(self, task: asyncio.Task[Any]) -> None:
        self.events.put_nowait(Done(task))

    async def _greet(self) -> None:
        standing = "withheld" if self.notes.call.contact_id is None else self.notes.standing
        if self.notes.call.came_back in RUNG and standing in NOBODY_FREE:
            await self.speaker.say(NOBODY_FREE[standing])
        elif standing == "taken":
            await self.speaker.say("call_taken")
        elif self.opening is not None:
            await self._open(await self.opening.greet())
        elif standing in GREETINGS:
            code, outcome = GREETINGS[standing]
            await self.speaker.say(code, farewell=Farewell(outcome))
        else:
            await self.speaker.say("call_greeting" if self.notes.call.lines == 1 else "call_back_on")

    # What happens

    async def _step(self) -> None:
        """The next thing happens, or what is due by then is done."""
        try:
            async with asyncio.timeout_at(self._next_due()):
                event = await self.events.get()
        except TimeoutError:
            await self._due(monotonic())
        else:
            await self._on(event, monotonic())

    async def _on(self, event: Happening, now: float) -> None:
        match event:
            case Voicing(speaks, at):
                self.floor.voice(speaks, at=at)
            case Heard():
                await self._hear(event, now)
            case Pressed(digit):
                self.floor.press(digit, at=now)
                await self._interrupted(now)
            case Done(task) if task is self.thinker.task:
                self.thinker.done()
                await self._thought(task)
            case Done(task):
                await self._said(task, now)
            case Deaf(why):
                await self._change_ears(why)
            case Gone():
                await self._leave(now)

    async def _hear(self, heard: Heard, now: float) -> None:
        """Words of the caller. While we speak or think, those that only tell us to go on do not count."""
        self.floor.hear(heard, at=now)
        if not self.floor.text:  # what was written is taken back: it was a noise
            self.idle_at = now + self.pace.idle_s
            return
        self.idle = self.unheard = 0
        self.idle_at = None
        busy = self.speaker.speaks or self.thinker.task is not None
        if busy and not takes_floor(self.floor.text, asked=self.asked if self.speaker.speaks else None):
            if heard.final:
                self.floor.forget()
            return
        await self._interrupted(now)

    async def _interrupted(self, now: float) -> None:
        """The caller has the floor: what we say ends at once, and what we think of is thought anew with what comes."""
        await self.speaker.hush(now)
        await self.thinker.stop()

    async def _said(self, task: asyncio.Task[None], now: float) -> None:
        """Something was said to its end."""
        try:
            spoken = await self.speaker.ended(task, now)
        except VoiceGone:
            await call_person_to(self.notes, PersonReason.agent_failed)
            raise
        if spoken is not None:
            self.farewell = spoken.farewell
            self.idle_at = now + self.pace.idle_s

    async def _thought(self, task: asyncio.Task[Answer]) -> None:
        if task.cancelled():
            return
        fault = task.exception()
        if isinstance(fault, (TakenOver, OverBudget)):
            over = isinstance(fault, OverBudget)
            await call_person_to(self.notes, PersonReason.over_budget if over else PersonReason.callback)
            await self._lead_on(TransferReason.trouble, "call_connecting", Last("call_with_team", CallOutcome.finished))
        elif fault is not None:
            logger.opt(exception=fault).error("The mind fails in call {}", self.notes.call.call_id)
            await self._think_alone()
        else:
            await self._reply(task.result())

    async def _reply(self, answer: Answer) -> None:
        self.settled, self.asked = answer.settled, expected(answer.asked)
        if self.floor.text:
            await self.speaker.leave_unsaid(answer)  # they speak again
        else:
            farewell = Farewell(led_on=answer.leads_on) if answer.leads_on else None
            await self.speaker.reply(answer, quiet_since=self.quiet_since, farewell=farewell)

    # What is due

    def _next_due(self) -> float | None:
        return min((at for at in self._dues().values() if at is not None), default=None)

    def _dues(self) -> dict[str, float | None]:
        """What is to be done, and when, as things stand."""
        floor, pace = self.floor, self.pace
        busy = self.speaker.speaks or self.thinker.task is not None
        wordless = self.speaker.speaks and floor.voice_since is not None and not floor.text
        return {
            "barge": floor.voice_since + pace.barge_s if wordless and floor.voice_since else None,
            "turn": floor.ends_at(self.asked),
            "alone": self.thinker.too_long_at,
            "wait": self.thinker.wait_at if not self.speaker.speaks else None,
            "unheard": None if busy or floor.unheard_since is None else floor.unheard_since + pace.unheard_s,
            "idle": None if busy else self.idle_at,
        }

    async def _due(self, now: float) -> None:
        what = next((name for name, at in self._dues().items() if at is not None and at <= now), None)
        match what:
            case "barge":
                await self.speaker.hush(now)
            case "turn":
                said = self.floor.take(at=now)
                self.listening.taken(now - said.ended_at)
                await self._take_turn(said, now)
            case "alone":
                await self._think_alone()
            case "wait":
                await self._ask_to_wait(now)
            case "unheard":
                await self._not_heard()
            case "idle":
                await self._ask_if_there()
            case _:
                pass

    async def _take_turn(self, said: Stretch, now: float) -> None:
        """What the caller has said is thought about, unless they have said goodbye."""
        await self._interrupted(now)
        self.quiet_since = said.ended_at
        if self.notes.standing == "taken":
            await self._take_message(said)
            return
        words = None if self.opening is None else await self.opening.answer(said.text)
        if words is not None:
            await self._note(said, wants_answer=False)
            await self._open(words)
            return
        self.opening = None
        goodbye = says_goodbye(said.text, served=self.settled)
        await self._note(said, wants_answer=not goodbye)
        if goodbye:
            await self.speaker.say("call_bye", farewell=Farewell(CallOutcome.finished))
        else:
            self.idle_at = None
            self.thinker.begin()

    async def _open(self, words: Words) -> None:
        """The beginning of a call that we make; after words that open nothing more the mind hears what is said."""
        if not words.opens:
            self.opening = None
        self.asked = "yes_no" if words.opens else expected(words.asked)
        await self.speaker.say(words.code, values=words.values, then=words.then, farewell=words.farewell)

    async def _take_message(self, said: Stretch) -> None:
        """What is said waits for the person who answers here; in a danger the caller hears what to do."""
        await self._note(said, wants_answer=False)
        first = danger_words(said.text, self.speaker.host)
        await call_person_to(self.notes, PersonReason.danger if first else PersonReason.callback)
        last = Last("call_with_team", CallOutcome.finished)
        await self._lead_on(TransferReason.danger if first else None, "call_connecting", last, first=first)

    async def _note(self, said: Stretch, *, wants_answer: bool) -> None:
        began_at, ended_at = self._moment(said.began_at), self._moment(said.ended_at)
        utterance = await self.notes.hear(said.text, began_at=began_at, ended_at=ended_at)
        if wants_answer:
            self.mind.waiting.append(utterance)

    async def _think_alone(self) -> None:
        self.notes.fallbacks["mind"] += 1
        if not await self.thinker.begin_alone():
            await self._give_up()

    async def _ask_to_wait(self, now: float) -> None:
        """A thing to say while the mind takes its time; never the same twice in a row."""
        self.waits += 1
        self.thinker.wait_at = now + self.pace.wait_again_s
        await self.speaker.say(WAITS[(self.waits - 1) % len(WAITS)], remembered=False)

    async def _not_heard(self) -> None:
        """There was a voice, and no word of it was written: they are asked again, and then others hear."""
        self.floor.forget()
        self.unheard += 1
        if self.unheard > self.pace.most_unheard:
            await self._change_ears("they write nothing")
        else:
            await self.speaker.say("call_not_heard", remembered=False)

    async def _ask_if_there(self) -> None:
        """Silence: the caller is asked twice, and then left."""
        self.idle += 1
        if self.idle <= len(ASKS_IF_THERE):
            await self.speaker.say(ASKS_IF_THERE[self.idle - 1], remembered=False)
            return
        outcome = CallOutcome.finished if self.settled else CallOutcome.dropped
        await self.speaker.say("call_silent_bye", remembered=False, farewell=Farewell(outcome))

    async def _change_ears(self, why: str) -> None:
        """Others hear; where there are none, nobody can go on."""
        logger.error("The ears of call {} fail: {}", self.notes.call.call_id, why)
        self.unheard = 0
        self.notes.fallbacks["ears"] += 1
        if not self.listening.change_ears():
            await self._give_up()
            return
        self.floor = Floor(self.ears[0].lag_ms)
        await self.speaker.say("call_not_heard", remembered=False)

    async def _give_up(self) -> None:
        """Nothing goes on here: the caller hears so, a person is called, and the call goes on in writing."""
        await call_person_to(self.notes, PersonReason.agent_failed)
        last = Last("call_trouble_word", None)
        await self._lead_on(TransferReason.trouble, "call_connecting_trouble", last)

    async def _lead_on(self, reason: TransferReason | None, code: str, last: Last, *, first: str = "") -> None:
        """The caller is connected to a person for this reason; where nobody takes calls, the `last` words are said."""
        people = await self.notes.find_people(reason)
        ends = Farewell(last.outcome) if last.outcome else Farewell(leaves_word=True)
        farewell = ends if people is None else Farewell(led_on=people)
        await self.speaker.say(last.code if people is None else code, first=first, farewell=farewell)

    async def _leave(self, now: float) -> None:
        """The caller is gone: what they said last is heard all the same, and what they did not hear was not said."""
        cut = await self.speaker.stop(now)
        await self._hear_last_words(now + LAST_WORDS_S)
        unsaid = bool(self.floor.text)
        if unsaid:
            await self._note(self.floor.take(at=now), wants_answer=self.notes.standing == "customer")
        await self.thinker.stop()
        if self.mind.waiting:
            await self._think_of_what_was_left()
        finished = self.settled and not unsaid and (cut is None or not cut.is_reply)
        self.farewell = Farewell(CallOutcome.finished if finished else None)

    async def _hear_last_words(self, until: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout_at(until):
                while True:
                    event = await self.events.get()
                    if isinstance(event, Heard):
                        self.floor.hear(event, at=monotonic())

    async def _think_of_what_was_left(self) -> None:
        try:
            async with asyncio.timeout(LEAVING_S):
                await self.speaker.leave_unsaid(await self.mind.answer(alone=True))
        except Exception as fault:  # noqa: BLE001 - the call is over, and goes on in writing whatever was understood
            logger.warning("What was said last in call {} is left: {}", self.notes.call.call_id, type(fault).__name__)

    def _moment(self, at: float) -> datetime:
        """A time of the loop by the clock of the business."""
        return self.clock.now() - timedelta(seconds=max(0.0, monotonic() - at))
