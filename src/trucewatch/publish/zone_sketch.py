"""A small drawing of where a clause holds, as inline SVG: ground, lines, a scale; what is not drawn gives none.

Equirectangular, true to scale at the middle latitude. Earlier versions are drawn dashed, the last one filled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from trucewatch.agreement import Zone
from trucewatch.agreement.drawing import line_points, lines_of, shapes_of
from trucewatch.publish.projection import MapFrame, Point, frame_for, rings_of

__all__ = ["zone_sketch"]

_WIDTH = 320.0
_BARS_KM = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_LONGEST_BAR = 110.0


def zone_sketch(zone: Zone, zones: Mapping[str, Zone]) -> str | None:
    """Return the drawing of a zone, whose lines are looked up in `zones`; None where nothing is drawn."""
    grounds = [rings_of(shape.wkt) for shape in shapes_of(zone, zones)]
    lines = [[(lon, lat) for lat, lon in line_points(wkt)] for one in _lines(zone, zones) for wkt in _wkts(one)]
    open_ground = rings_of(zone.maybe_wkt) if zone.maybe_wkt else ()
    frame = frame_for([*(ring for rings in grounds for ring in rings), *lines, *open_ground], (), _WIDTH, (0.35, 0.9), _margin(grounds, lines))
    if frame is None:
        return None
    parts = (
        f'<svg class="sketch" viewBox="0 0 {frame.width:g} {frame.height + 30:g}" role="img" aria-label="{escape(_described(zone, frame))}">',
        f'<rect class="sheet" width="{frame.width:g}" height="{frame.height:g}"/>',
        *(_path(rings, frame, "earlier") for rings in grounds[:-1]),
        *(_path(rings, frame, "within") for rings in grounds[-1:]),
        *(_path([ring], frame, "open-ground") for ring in open_ground),
        *(_path([line], frame, "drawn-line", closed=False) for line in lines),
        *_legend(frame),
        "</svg>",
    )
    return "\n".join(parts)


def _lines(zone: Zone, zones: Mapping[str, Zone]) -> Iterable[Zone]:
    return [zone] if zone.kind == "line" else lines_of(zone, zones)


def _wkts(line: Zone) -> Iterator[str]:
    yield from filter(None, (line.wkt, *(one.wkt for one in line.versions)))


def _margin(grounds: Iterable[Iterable[Iterable[Point]]], lines: Iterable[Iterable[Point]]) -> float:
    """Return degrees to leave free round the drawing: a tenth of its longer side."""
    points = [point for rings in grounds for ring in rings for point in ring] + [point for line in lines for point in line]
    if not points:
        return 0.01
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    return max(1e-4, 0.1 * max(max(lons) - min(lons), max(lats) - min(lats)))


def _path(rings: Iterable[Iterable[Point]], frame: MapFrame, kind: str, *, closed: bool = True) -> str:
    end = "Z" if closed else ""
    drawn = "".join(f"M{'L'.join(f'{x:g} {y:g}' for x, y in (frame.at(lat, lon) for lon, lat in ring))}{end}" for ring in rings)
    return f'<path class="{kind}" d="{drawn}"/>'


def _legend(frame: MapFrame) -> Iterator[str]:
    """Draw a bar of a round length, and say which degrees the drawing spans."""
    fitting = [one for one in _BARS_KM if one * frame.per_km <= _LONGEST_BAR]
    length = fitting[-1] if fitting else _BARS_KM[0]
    y = frame.height + 12
    told = f"{length * 1000:g} m" if length < 1 else f"{length:g} km"
    yield f'<path class="bar" d="M4 {y - 4:g}v4h{length * frame.per_km:.1f}v-4"/>'
    yield f'<text x="{length * frame.per_km + 9:.1f}" y="{y:g}">{told}</text>'
    yield f'<text x="4" y="{y + 14:g}">{_span(frame)}</text>'


def _span(frame: MapFrame) -> str:
    box = frame.box
    north, east = (_degrees(box.south, "SN"), _degrees(box.north, "SN")), (_degrees(box.west, "WE"), _degrees(box.east, "WE"))
    return f"{' to '.join(north)}, {' to '.join(east)}"


def _degrees(value: float, halves: str) -> str:
    return f"{abs(value):.2f}°{halves[value >= 0]}"


def _described(zone: Zone, frame: MapFrame) -> str:
    return f"Where {zone.key} lies: {_span(frame)}, north up"
