"""Mu-law, the sound of telephones: a byte for each sample of 16 bits."""

from array import array
from functools import cache
from typing import Final

SILENT: Final = b"\xff"
_BIAS, _CLIP = 0x84, 32_635


def to_ulaw(sound: bytes) -> bytes:
    """Samples of 16 bits, the low byte first, as mu-law."""
    table = _bytes()
    return bytes([table[sample] for sample in array("H", sound)])


def from_ulaw(data: bytes) -> bytes:
    """Mu-law as samples of 16 bits."""
    table = _samples()
    return array("h", [table[byte] for byte in data]).tobytes()


@cache
def _bytes() -> bytes:
    """The byte of each sample, by the sample without its sign."""
    return bytes(_encode(sample - 65_536 if sample > 32_767 else sample) for sample in range(65_536))


@cache
def _samples() -> tuple[int, ...]:
    return tuple(_decode(byte) for byte in range(256))


def _encode(sample: int) -> int:
    sign, level = (0x80, -sample) if sample < 0 else (0, sample)
    level = min(level, _CLIP) + _BIAS
    exponent = level.bit_length() - 8
    return ~(sign | exponent << 4 | (level >> exponent + 3) & 0x0F) & 0xFF


def _decode(byte: int) -> int:
    byte = ~byte & 0xFF
    level = ((byte & 0x0F) << 3) + _BIAS << (byte >> 4 & 0x07)
    return _BIAS - level if byte & 0x80 else level - _BIAS
