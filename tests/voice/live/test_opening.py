"""What is said first in a call that we make, and what its answer leads to."""

import pytest

from proli.knowledge.good_moment import Moment, read_moment
from proli.platform.queue import Queue
from proli.voice.out_rules import CallOutState
from tests.conftest import ManualClock
from tests.doubles.green_api import GreenApiDouble
from tests.doubles.twilio import Twilio, order_of
from tests.doubles.twilio_rest import TwilioApi
from tests.voice.calls_out import api, planned, rung
from tests.voice.conftest import Desk
from tests.voice.live.conftest import in_call, words

__all__ = ["api"]
SAID: dict[str, Moment | None] = {
    "כן": "good", "כן, אפשר": "good", "יש לי דקה": "good", "sure, go ahead": "good", "כן הלו": "who",
    "לא": "bad", "לא עכשיו": "bad", "זה לא הכי נוח": "bad", "אני נוהג": "bad", "אחר כך": "bad",
    "call me at five": "bad",
    "אני בישיבה, תתקשרי בחמש": "bad", "אפשר מחר בשעה עשר": "bad", "לא יכולה לדבר עכשיו": "bad", "I'm driving": "bad",
    "מי זה?": "who", "הלו": "who", "who is this?": "who",
    "יש לי נזילה בכיור במטבח": None, "לא אני רוצה לבטל את הביקור": None, "כן, רציתי לשאול כמה עולה ביקור": None,
    "טעות במספר": None, "רגע אחד": None,
}  # fmt: skip


@pytest.mark.parametrize("text", SAID)
def test_it_is_known_whether_it_is_a_good_moment(text: str) -> None:
    assert read_moment(text) == SAID[text]


async def test_whom_it_does_not_suit_is_asked_when_and_called_again_then(
    twilio: Twilio, desk: Desk, api: TwilioApi, queue: Queue, clock: ManualClock, green_api: GreenApiDouble
) -> None:
    sid, answer = await rung(desk, api, twilio, queue)
    async with in_call(twilio, desk, sid, order=order_of(answer)) as call:
        await call.say("מי זה?")
        await call.say("לא עכשיו, אני בפגישה")
        await call.phone.say(words("מחר בעשר בבוקר"))
        await call.phone.over.wait()
        said = [text for speaker, text in await call.said() if speaker == "agent"]
    assert "לאה" in said[0]
    assert "זמן נוח" in said[0]
    assert said[1] == said[0]
    assert "מתי נוח" in said[2]
    assert "ואתקשר שוב" in said[3]
    first, again = await planned(desk)
    assert (first.state, again.state, again.purpose) == (CallOutState.talked, CallOutState.waiting, first.purpose)
    assert (again.due_at - clock.now()).days <= 1
    assert again.due_at.hour == 8  # ten o'clock in Israel


async def test_whom_it_suits_goes_on_as_in_any_call(
    twilio: Twilio, desk: Desk, api: TwilioApi, queue: Queue, green_api: GreenApiDouble
) -> None:
    sid, answer = await rung(desk, api, twilio, queue)
    async with in_call(twilio, desk, sid, order=order_of(answer)) as call:
        await call.say("כן")
        await call.say("אני מחפשת דירה לקנייה ברמת גן")
        turns = await call.turns()
        assert [turn.speaker for turn in turns] == ["agent", "caller", "agent", "caller", "agent"]
        assert turns[2].text.startswith("תודה")
        assert turns[-1].trace is not None or turns[-1].text
        await call.phone.hang_up("AC" + "0" * 32)
