"""What comes over the line of a call is read, whatever it is."""

import json

from hypothesis import given
from hypothesis import strategies as st

from proli.voice.talking import Words
from proli.voice.twilio.frames import MOST_WORDS, FrameUnreadable, read_frame
from tests.doubles.twilio import CALL, load


@given(
    words=st.one_of(
        st.text(max_size=200),
        st.recursive(
            st.none() | st.booleans() | st.text(max_size=9) | st.integers(),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(
                        ["event", "start", "media", "payload", "mark", "name", "dtmf", "digit", "mediaFormat"]
                    ),
                    inner | st.sampled_from(["start", "media", "mark", "dtmf", "stop"]),
                    max_size=4,
                )
            ),
            max_leaves=12,
        ).map(json.dumps),
    )
)
def test_nothing_that_comes_over_a_line_breaks_the_reader(words: str) -> None:
    try:
        read_frame(words)
    except FrameUnreadable as why:
        assert str(why)


def test_every_recorded_message_is_read() -> None:
    names = [type(read_frame(json.dumps(one))).__name__ for one in load("media_stream_from_twilio")]
    assert names == ["Connected", "Start", "Audio", "Key", "Played", "Stop"]
    assert load("media_stream_from_twilio")[1]["start"]["callSid"] == CALL


def test_the_words_of_a_caller_who_is_played_are_read_and_bounded() -> None:
    assert read_frame('{"event": "words", "words": {"text": "שלום", "final": true}}') == Words("שלום", final=True)
    assert read_frame('{"event": "words", "words": {"text": 7}}') == Words("", final=False)
    long = read_frame(json.dumps({"event": "words", "words": {"text": "א" * 5_000}}))
    assert isinstance(long, Words)
    assert len(long.text) == MOST_WORDS
