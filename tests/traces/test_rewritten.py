"""Why a model's words were not sent: traces keep kind and items; old ones, which kept a sentence, are still read."""

import pytest

from proli.mind.proof.checking import Unproven, UnprovenKind
from proli.traces.api import TraceDetails


@pytest.mark.parametrize(
    ("kept", "means"),
    [
        (None, None),
        ({"kind": "times", "items": ["4:30"]}, Unproven(UnprovenKind.times, ("4:30",))),
        ({"kind": "tone", "items": ["rude"]}, Unproven(UnprovenKind.other, ())),
        ("claims booked, sent without the effect", Unproven(UnprovenKind.effect, ("booked", "sent"))),
        ("claims booked at another time than the visit's", Unproven(UnprovenKind.misdated, ("booked",))),
        (
            "names prices that are not in the list: [-1, 25000, 9950]",
            Unproven(UnprovenKind.prices, ("25000", "9950")),
        ),
        ("names times from nowhere: 4:30, 12:00", Unproven(UnprovenKind.times, ("4:30", "12:00"))),
        (
            "names links from nowhere: bit.ly/x, pay.example.com",
            Unproven(UnprovenKind.links, ("bit.ly/x", "pay.example.com")),
        ),
        ("names letters from nowhere: Cjk", Unproven(UnprovenKind.letters, ("Cjk",))),
        ("nothing to say", Unproven(UnprovenKind.silent, ())),
        ("something that nobody writes", Unproven(UnprovenKind.other, ())),
    ],
)
def test_what_a_trace_kept_is_read_as_kind_and_items(kept: object, means: Unproven | None) -> None:
    assert TraceDetails.model_validate({"rewritten": kept}).rewritten == means
