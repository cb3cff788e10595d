"""Calendar files are as RFC 5545 wants them."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from proli.platform.ics import LONGEST_LINE, Event, calendar_file

AT = datetime(2070, 11, 24, 10, 0, tzinfo=timezone(timedelta(hours=2)))


def file_of(*, location: str = "", description: str = "") -> str:
    event = Event("visit-1@proli", AT, AT + timedelta(hours=1), "נזילה", location, description)
    return calendar_file([event], name="יוסי", now=datetime(2070, 11, 23, 6, 0, tzinfo=UTC)).decode()


def unfolded(file: str) -> list[str]:
    return file.replace("\r\n ", "").split("\r\n")


def test_times_are_told_in_utc() -> None:
    lines = unfolded(file_of())
    assert "DTSTART:20701124T080000Z" in lines
    assert "DTEND:20701124T090000Z" in lines
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]


@given(st.text(max_size=300))
def test_no_words_break_a_line_or_make_one_of_their_own(words: str) -> None:
    """A customer's words are no property of the calendar, whatever they hold."""
    file = file_of(description=f"א{words}")
    lines = unfolded(file)
    names = [line.partition(":")[0] for line in lines if line]
    assert names.count("BEGIN") == 2
    assert names.count("DESCRIPTION") == 1
    assert len(names) == len(unfolded(file_of(description="א"))) - 1
    assert all(len(line.encode()) <= LONGEST_LINE for line in file.split("\r\n"))


def test_commas_and_new_lines_are_escaped() -> None:
    assert r"LOCATION:ביאליק 30\, רמת גן\nקומה 2\; דירה 5" in unfolded(
        file_of(location="ביאליק 30, רמת גן\nקומה 2; דירה 5")
    )
