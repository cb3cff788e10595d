"""What the caller is saying, and when they will have finished."""

from dataclasses import dataclass, field
from typing import Final

from proli.knowledge.turn_ends import Asked, wait_after
from proli.voice.live.ears import Heard

NOISE_S: Final = 3.0
"""Sound without another word for so long is no speech: a road, music, somebody else."""
SHORTEST_S: Final = 0.4
"""Sound that was shorter, and of which no word came, was none."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was said at a stretch, and when by the loop's clock."""

    text: str
    began_at: float
    ended_at: float


@dataclass
class Floor:
    """The caller's side of the talk; times are those of the loop."""

    lag_ms: int
    patience: float = 1.0
    voice_since: float | None = None
    """Since when they speak; None while they do not."""
    voice_for: float = 0.0
    """How long they have spoken in this turn, as far as it is over."""
    voice_ended: float | None = None
    """When they last ceased to, in this turn."""
    began_at: float | None = None
    words_at: float | None = None
    _final: list[str] = field(default_factory=list[str])
    _partial: str = ""

    @property
    def text(self) -> str:
        return " ".join(filter(None, (*self._final, self._partial)))

    @property
    def unheard_since(self) -> float | None:
        """Since when there is silence after a voice of which no word was written."""
        spoke = self.voice_since is None and self.voice_for >= SHORTEST_S and not self.text
        return self.voice_ended if spoke else None

    def voice(self, speaks: bool, *, at: float) -> None:
        if speaks:
            self.voice_since = at
            self.began_at = self.began_at or at
        elif self.voice_since is not None:
            self.voice_for += at - self.voice_since
            self.voice_since, self.voice_ended = None, at

    def hear(self, heard: Heard, *, at: float) -> None:
        self.began_at = self.began_at or at
        self.words_at = at
        if heard.final:
            self._final.append(heard.text)
            self._partial = ""
        else:
            self._partial = heard.text

    def press(self, digit: str, *, at: float) -> None:
        """Keys are read like digits that are said, one number of all that are pressed in a row."""
        before = self._final.pop() if self._final and self._final[-1].isdecimal() else ""
        self.hear(Heard(before + digit, True), at=at)

    def ends_at(self, asked: Asked) -> float | None:
        """When the turn is over, unless something is said by then; None as long as nothing was said."""
        if not self.text or self.words_at is None:
            return None
        if self.voice_since is not None:
            return max(self.voice_since, self.words_at) + NOISE_S
        lag_ms = self.lag_ms if self._partial else 0
        wait = wait_after(self.text, asked=asked, lag_ms=lag_ms, patience=self.patience)
        written = self.words_at + lag_ms / 1000  # by then the next word of a voice that is over stands there too
        return max(written, (self.voice_ended or self.words_at) + wait.ms / 1000)

    def take(self, *, at: float) -> Stretch:
        """All that was said; the floor is empty after it."""
        said = Stretch(self.text, self.began_at or at, self.voice_ended or self.words_at or at)
        self.forget()
        return said

    def forget(self) -> None:
        """What was said does not count."""
        self._final.clear()
        self._partial, self.voice_for = "", 0.0
        self.voice_ended = self.words_at = self.began_at = None
