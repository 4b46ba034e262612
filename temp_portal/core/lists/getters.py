"""Reading a dotted path of a row."""

from collections.abc import Callable
from typing import Any

Getter = Callable[[Any], Any]


def getter(path: str) -> Getter:
    """Reader of a dotted path; calls what is callable at its end (`get_state_display`).

    A path that meets None on its way gives None.
    """
    *steps, last = path.split(".")

    def get(row: Any) -> Any:
        for step in steps:
            row = getattr(row, step)
            if row is None:
                return None
        value = getattr(row, last)
        return value() if callable(value) else value

    return get
