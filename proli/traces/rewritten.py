"""Why a model's words were not sent, as traces keep it: kind and items, in old ones a sentence that told of both."""

import re
from typing import Annotated, Any, Final, cast

from pydantic import BeforeValidator, Field

from proli.mind.proof.checking import Unproven, UnprovenKind

SENTENCES: Final = (
    (UnprovenKind.effect, re.compile(r"claims (.+) without the effect")),
    (UnprovenKind.misdated, re.compile(r"claims (.+) at another time than the visit's")),
    (UnprovenKind.prices, re.compile(r"names prices that are not in the list: \[(.+)\]")),
    *((kind, re.compile(rf"names {kind} from nowhere: (.+)")) for kind in UnprovenKind),
)


def read_kept(kept: Any) -> Any:
    """What a trace holds, in today's form."""
    if isinstance(kept, str):
        return from_sentence(kept)
    if isinstance(kept, dict) and cast("dict[str, Any]", kept).get("kind") not in UnprovenKind:
        return Unproven(UnprovenKind.other, ())
    return cast("object", kept)


def from_sentence(said: str) -> Unproven:
    if said == "nothing to say":
        return Unproven(UnprovenKind.silent, ())
    for kind, form in SENTENCES:
        found = form.fullmatch(said)
        if found:
            return Unproven(kind, tuple(one for one in found[1].split(", ") if not one.startswith("-")))
    return Unproven(UnprovenKind.other, ())


Rewritten = Annotated[
    Unproven | None,
    BeforeValidator(read_kept),
    Field(description="Why the model's words were not sent; null when they were."),
]
