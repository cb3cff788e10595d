"""`python -m benchmarks.turn_ends`: every contestant on the part kept aside; `--part tuning` for the other.

`--sound` speaks the turns and runs what listens: Smart-Turn v3 and the sound of the last 300 ms. It needs the program
espeak-ng, and pipecat-ai, onnxruntime, numpy and soxr; a few minutes.
"""

import argparse

from benchmarks.stage import table
from benchmarks.turn_ends.figures import HEAD, rows_of_words
from benchmarks.turn_ends.replies import read_replies
from benchmarks.turn_ends.turns import PARTS, read_turns


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.turn_ends")
    parser.add_argument("--part", choices=PARTS, default="unseen")
    parser.add_argument("--sound", action="store_true", help="also what listens to audio, on the same turns")
    wanted = parser.parse_args()
    turns = read_turns(wanted.part)
    print(f"{wanted.part}: {len(turns)} turns, {sum(len(turn.pauses) for turn in turns)} pauses in them\n")
    print(table([HEAD, *rows_of_words(turns)]), flush=True)
    if wanted.sound:
        from benchmarks.turn_ends.listening import rows_of_sound

        print("\n" + table([HEAD, *rows_of_sound(turns)]), flush=True)
    replies = read_replies("unseen" if wanted.part.startswith("unseen") else "tuning")
    print(f"\nAnswers that others typed, stopped at their commas: {len(replies)}\n")
    print(table([HEAD, *rows_of_words(replies)]))


if __name__ == "__main__":
    main()
