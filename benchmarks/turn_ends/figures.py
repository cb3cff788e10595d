"""The tables: each contestant's false cut-offs and delay, on one part."""

from collections.abc import Iterator, Sequence

from benchmarks.turn_ends.ears import Ears
from benchmarks.turn_ends.ours import rule
from benchmarks.turn_ends.scoring import Score, score, silence, silence_as_careful
from benchmarks.turn_ends.turns import Turn, read_turns

HEAD = ["when is the turn over", "pauses cut off", "turns cut off", "delay p50 ms", "mean ms", "p90 ms"]


def row(name: str, of: Score) -> list[str]:
    cut = f"{of.cut_off:.1%} ({len(of.cut)} of {of.pauses})"
    return [name, cut, f"{of.turns_cut:.1%}", f"{of.delay:.0f}", f"{of.mean_delay:.0f}", f"{of.late:.0f}"]


def rows_of_words(turns: Sequence[Turn]) -> Iterator[list[str]]:
    """Plain silence, and our rule: with ears as they are, better and worse ones, and more patient."""
    for ms in (300, 600, 1000):
        yield row(f"plain silence of {ms} ms", score(silence(ms), turns))
    ours = score(rule(Ears()), turns)
    yield row("our rule, ears 200 ms late", ours)
    careful = silence_as_careful(ours, turns)
    yield row(f"plain silence that cuts off no more, {careful.delay:.0f} ms", careful)
    yield row("our rule, ears without fault or delay", score(rule(Ears(lag_ms=0, faulty=False)), turns))
    yield row("our rule, ears 400 ms late", score(rule(Ears(lag_ms=400)), turns))
    for patience in (0.8, 1.25, 1.5, 2.0):
        yield row(f"our rule, patience {patience}", score(rule(Ears(), patience=patience), turns))


def measure_turn_ends() -> list[list[str]]:
    """For `make bench`: our rule on the part kept aside, and its delay over that of silence as careful as it is."""
    turns = read_turns("unseen")
    ours = score(rule(Ears()), turns)
    careful = silence_as_careful(ours, turns)
    return [
        [*HEAD, "of the silence's mean"],
        [*row("silence that cuts off no more than our rule", careful), "1.00"],
        [*row("our rule for the end of a turn", ours), f"{ours.mean_delay / careful.mean_delay:.2f}"],
    ]
