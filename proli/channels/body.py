"""What a webhook's body says: parsed once, and anything but an object refused."""

import json
from typing import Any, NoReturn, cast

from proli.platform.body import BodyUnreadable


def parse_object(body: bytes) -> dict[str, Any]:
    """The object in the body.

    Raises:
        BodyUnreadable: not JSON, nested too deep, numbers too long, or not an object.
    """
    try:
        payload: object = json.loads(body, parse_constant=refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BodyUnreadable(reason="not JSON") from error
    if not isinstance(payload, dict):
        raise BodyUnreadable(reason="not an object")
    return cast(dict[str, Any], payload)


def refuse_constant(name: str) -> NoReturn:
    """Python reads NaN and Infinity, which JSON does not have."""
    raise ValueError(name)
