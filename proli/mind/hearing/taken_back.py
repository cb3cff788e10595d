"""The burst without what its own words take back, before anything is read in it."""

import re
from collections.abc import Iterator
from dataclasses import replace

from proli.knowledge.self_corrections import as_corrected
from proli.mind.facts import Facts


def put_right(facts: Facts) -> Facts:
    """The facts with each message as it is meant: "at eight, no, nine" is "at nine"."""
    known = frozenset(_told_before(facts))
    said = tuple(
        replace(one, text=as_corrected(one.text, spoken=facts.aloud or one.transcribed, known=known))
        for one in facts.said
    )
    return facts if said == facts.said else replace(facts, said=said)


def _told_before(facts: Facts) -> Iterator[int]:
    """The numbers of the known address, and the hours that stand, were offered or wished for."""
    for part in (facts.known.address_parts or {}).values():
        digits = re.sub(r"\D", "", str(part))
        if digits:
            yield int(digits)
    moments = [*facts.offered, *([facts.standing.starts_at] if facts.standing else [])]
    for moment in moments:
        hour = moment.astimezone(facts.zone).hour
        yield from (hour, hour % 12 or 12)
