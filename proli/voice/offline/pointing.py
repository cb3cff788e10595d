"""Hebrew with its points, written by a small model that comes with its package."""

import threading
from functools import cache, lru_cache
from importlib import import_module
from typing import Any, Final

from proli.platform.errors import ConfigurationError

INSTALL: Final = "The offline voice needs what calls need: pip install 'proli[voice]'."
LONGEST: Final = 1_000
"""Letters that are pointed at a time: memory and time grow with them."""
_TWO: Final = threading.BoundedSemaphore(2)


@lru_cache(maxsize=1024)
def pointed(text: str) -> str:
    """The text with points; it is read as a sentence, as without a sign at its end the last letters are misread.

    Takes a tenth of a second of one core for a long sentence: call it in a thread.

    Raises:
        ConfigurationError: the package is not installed.
    """
    plain = text[:LONGEST]
    ended = plain if plain.endswith((".", "!", "?", ",", ":")) else plain + "."
    predict, session = _model()
    with _TWO:
        said: str = predict(ended, session, maxlen=len(ended) + 2)
    return said if ended == plain else said.rstrip().removesuffix(".")


def warm() -> None:
    """The model is read, which takes half a second; otherwise the first sentence waits for it."""
    _model()


def forget() -> None:
    """The model is let go of, with what it has read; the next text reads it again."""
    _model.cache_clear()
    pointed.cache_clear()


@cache
def _model() -> tuple[Any, Any]:
    """The package's function and its model on one thread: more of them make a call no faster and starve the others."""
    try:
        runtime: Any = import_module("onnxruntime")
        predict: Any = import_module("nakdimon.predict").predict
        path = import_module("nakdimon.config").MAIN_MODEL
    except ImportError as error:
        raise ConfigurationError(INSTALL) from error
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return predict, runtime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
