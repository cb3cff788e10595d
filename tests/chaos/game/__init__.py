"""The game of chaos: a town in which everything breaks, and an auditor who counts what came of it.

`plan` says what breaks and when, `scripts` what people say: both are drawn from the seed alone. `town` is the
installation, `people` play in it, `wrecking` breaks it, `audit` knows nothing of the program and counts.
"""
