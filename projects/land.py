"""The outline of the land, to half a degree: Natural Earth 1:110m (public domain), without any border.

`data/land.json` holds closed rings of [longitude, latitude].
"""

import json
from functools import cache
from pathlib import Path
from typing import Final

Ring = list[tuple[float, float]]

_FILE: Final = Path(__file__).parent / "data" / "land.json"


def rings_within(west: float, east: float, south: float, north: float) -> list[Ring]:
    """The rings of which some part may lie in the frame (degrees)."""
    return [
        ring
        for ring, (left, right, low, high) in _rings()
        if left < east and right > west and low < north and high > south
    ]


@cache
def _rings() -> list[tuple[Ring, tuple[float, float, float, float]]]:
    """Each ring with its bounds: west, east, south, north."""
    rings: list[Ring] = [[(x, y) for x, y in ring] for ring in json.loads(_FILE.read_text())]
    return [
        (ring, (min(x for x, _y in ring), max(x for x, _y in ring), min(y for _x, y in ring), max(y for _x, y in ring)))
        for ring in rings
    ]
