"""How long a test waits for what has to happen: long enough for a machine that is busy with other things.

It is waited out only where it does not happen, and then the test fails.
"""

from typing import Final

PATIENCE_S: Final = 300
PATIENCE_MS: Final = 1000 * PATIENCE_S
