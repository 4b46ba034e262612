"""Maps of projects: land, a graticule and dots with numbers, cut to the places shown. No political borders.

Longitude and latitude are laid out evenly (plate carrée). Everything is geometry in attributes; colours are classes.
"""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import sqrt
from typing import Final, Self

from projects.centroids import CENTROIDS
from projects.land import rings_within

WIDTH: Final = 640
HEIGHT: Final = 400
#: Room around the outermost dots, in units of the picture, and the smallest part of the world shown, in degrees.
MARGIN: Final = 40
SMALLEST: Final = (50, 25)
STEPS: Final = (5, 10, 20, 30, 60)
MOST_LINES: Final = 7
RADIUS: Final = (8.0, 16.0)
LETTER: Final = 6.6
WIDE_LETTER: Final = 12.0
LINE: Final = 14.0
#: The dot of a site stands for one project or for all within a degree.
SITE_RADIUS: Final = (2.5, 6.0)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the graticule with its label ("50°E")."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Box:
    """Ground taken on the map."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Self) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    @property
    def is_on_map(self) -> bool:
        return self.left >= 0 and self.right <= WIDTH and self.top >= 0 and self.bottom <= HEIGHT


@dataclass(frozen=True, slots=True)
class Dot:
    """A country: its place, the number inside, and where its name stands (`place` is None where there is no room)."""

    country: str
    name: str
    count: int
    x: float
    y: float
    radius: float
    place: Box | None = None

    @property
    def text_x(self) -> float:
        return self.place.left if self.place else 0

    @property
    def text_y(self) -> float:
        return self.place.bottom - 3 if self.place else 0


@dataclass(frozen=True, slots=True)
class Spot:
    """Sites close together: degrees and number, then where the dot stands."""

    latitude: float
    longitude: float
    count: int
    name: str = ""
    x: float = 0
    y: float = 0
    radius: float = 0


@dataclass(frozen=True, slots=True)
class DotMap:
    """What the template draws on WIDTH × HEIGHT. `land` is an SVG path."""

    dots: list[Dot] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    land: str = ""
    meridians: list[Line] = field(default_factory=list)
    parallels: list[Line] = field(default_factory=list)
    width: int = WIDTH
    height: int = HEIGHT


def dot_map(counts: Mapping[str, int], name_of: Callable[[str], str], sites: Sequence[Spot] = ()) -> DotMap:
    """Draw the countries (alpha-2 code → number, above 0) that have a place here; others stand in the table only.

    sites: drawn as small dots without a number.
    """
    known = {code: count for code, count in counts.items() if code in CENTROIDS}
    if not known and not sites:
        return DotMap()
    places = [*(CENTROIDS[code] for code in known), *((site.latitude, site.longitude) for site in sites)]
    west, east, south, north = _frame(places)

    def x_of(longitude: float) -> float:
        return round((longitude - west) / (east - west) * WIDTH, 1)

    def y_of(latitude: float) -> float:
        return round((north - latitude) / (north - south) * HEIGHT, 1)

    most = max(known.values(), default=1)
    dots = [
        Dot(
            country=code,
            name=name_of(code),
            count=count,
            x=x_of(CENTROIDS[code][1]),
            y=y_of(CENTROIDS[code][0]),
            radius=round(RADIUS[0] + (RADIUS[1] - RADIUS[0]) * sqrt(count / most), 1),
        )
        for code, count in sorted(known.items(), key=lambda item: (-item[1], item[0]))
    ]
    meridians = [Line(x_of(degree), _degrees(degree, "E", "W")) for degree in _lines(max(west, -181), min(east, 181))]
    parallels = [Line(y_of(degree), _degrees(degree, "N", "S")) for degree in _lines(max(south, -90), min(north, 90))]
    rings = rings_within(west, east, south, north)
    land = "".join("M" + "L".join(f"{x_of(x)} {y_of(y)}" for x, y in ring) + "Z" for ring in rings)
    return DotMap(_named(dots), _spots(sites, x_of, y_of), land, meridians, parallels)


def _spots(sites: Sequence[Spot], x_of: Callable[[float], float], y_of: Callable[[float], float]) -> list[Spot]:
    most = max((site.count for site in sites), default=1)
    return [
        replace(
            site,
            x=x_of(site.longitude),
            y=y_of(site.latitude),
            radius=round(SITE_RADIUS[0] + (SITE_RADIUS[1] - SITE_RADIUS[0]) * sqrt((site.count - 1) / most), 1),
        )
        for site in sites
    ]


def _frame(places: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    """West, east, south, north of the picture around the places: as large as they allow, in its proportion."""
    latitudes, longitudes = zip(*places, strict=True)
    across = max(max(longitudes) - min(longitudes), SMALLEST[0]) / (WIDTH - 2 * MARGIN)
    upwards = max(max(latitudes) - min(latitudes), SMALLEST[1]) / (HEIGHT - 2 * MARGIN)
    degrees = max(across, upwards)
    width, height = degrees * WIDTH / 2, degrees * HEIGHT / 2
    x, y = (max(longitudes) + min(longitudes)) / 2, (max(latitudes) + min(latitudes)) / 2
    return x - width, x + width, y - height, y + height


def _lines(low: float, high: float) -> list[int]:
    """Round degrees strictly between two bounds, MOST_LINES at most."""
    lines: list[int] = []
    for step in STEPS:
        first = int(low // step + 1) * step
        lines = [degree for degree in range(first, int(high) + 1, step) if degree < high]
        if len(lines) <= MOST_LINES:
            break
    return lines


def _degrees(degree: int, positive: str, negative: str) -> str:
    return f"{abs(degree)}°{positive if degree > 0 else negative if degree < 0 else ''}"


def _named(dots: list[Dot]) -> list[Dot]:
    """Give every dot its label where neither dots nor earlier labels stand: right, left, above or below of it."""
    taken = [Box(dot.x - dot.radius, dot.y - dot.radius, dot.x + dot.radius, dot.y + dot.radius) for dot in dots]
    named = []
    for dot in dots:
        place = next((box for box in _places(dot) if box.is_on_map and not any(map(box.meets, taken))), None)
        if place:
            taken.append(place)
        named.append(Dot(dot.country, dot.name, dot.count, dot.x, dot.y, dot.radius, place))
    return named


def _places(dot: Dot) -> list[Box]:
    width = sum(WIDE_LETTER if unicodedata.east_asian_width(letter) in "WF" else LETTER for letter in dot.name)
    gap = dot.radius + 4
    corners = [
        (dot.x + gap, dot.y - LINE / 2),
        (dot.x - gap - width, dot.y - LINE / 2),
        (dot.x - width / 2, dot.y - gap - LINE),
        (dot.x - width / 2, dot.y + gap),
    ]
    return [Box(left, top, left + width, top + LINE) for left, top in corners]
