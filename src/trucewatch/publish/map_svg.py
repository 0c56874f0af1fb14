"""The map of a daily report as inline SVG: outline, happenings with their uncertainty, scale, north.

Equirectangular, true to scale at the middle latitude. Where everything happened in a small part of the
agreement's area, the map shows that part and a small map of the whole. The verdict is shown by the shape of
the mark and by its colour; both come from classes of the document's style sheet. Numbers have one decimal.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from trucewatch.publish.daily_lines import Happening
from trucewatch.publish.daily_report import DailyReport
from trucewatch.publish.map_labels import Label, Rectangle, place_labels
from trucewatch.publish.map_marks import mark
from trucewatch.publish.phrases import Phrases, phrases
from trucewatch.publish.projection import MapFrame, Point, frame_for, rings_of
from trucewatch.publish.statement_lines import Landmark

__all__ = ["AREA_M", "map_svg"]

AREA_M = 30_000.0
"""Metres: a place no better known than this is an area, not a point."""
_WIDTH = 640.0
_INSET = 118.0
_ROOM_M = 40_000.0
"""Metres of country shown round the happenings, at least."""
_LEAST = 7.0
"""Half the size of a mark, in units of the drawing."""
_STEPS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class _View:
    """The drawing, and the small map of the whole beside it; None where the drawing shows the whole."""

    frame: MapFrame
    inset: MapFrame | None

    @property
    def corner(self) -> Rectangle | None:
        """The rectangle of the small map, at the bottom left."""
        if self.inset is None:
            return None
        top = self.frame.height - self.inset.height - 8
        return (8.0, top, 8 + self.inset.width, self.frame.height - 8)


def map_svg(report: DailyReport) -> str | None:
    """Return the map, or None when no happening has a known place."""
    said = phrases(report.header.language)
    shown = [
        one for one in (*report.happenings, *report.maybe) if one.lat is not None or one.area_wkt
    ]
    rings = rings_of(report.outline_wkt) if report.outline_wkt else ()
    view = _view(shown, rings)
    if view is None:
        return None
    frame = view.frame
    title = f"{said.say('doc.map')}: {report.header.day_words}"
    parts = (
        f'<svg class="map" viewBox="0 0 {frame.width:g} {frame.height:g}" role="img" aria-labelledby="map-title map-desc">',
        f'<title id="map-title">{escape(title)}</title>',
        f'<desc id="map-desc">{escape(_described(shown))}</desc>',
        '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">',
        '<path class="hatch" d="M0 0V6"/></pattern></defs>',
        *(_path(ring, frame, "land") for ring in rings),
        *_graticule(frame),
        *_grounds(shown, frame),
        *_names(shown, report.landmarks, view),
        *_inset(view, rings),
        *_scale(frame),
        *_north(frame, said),
        "</svg>",
    )
    return "\n".join(parts)


def _view(shown: Sequence[Happening], rings: Sequence[Sequence[Point]]) -> _View | None:
    spots = [
        (one.lat, one.lon, (one.radius_m or 0.0))
        for one in shown
        if one.lat is not None and one.lon is not None
    ]
    areas = [ring for one in shown if one.area_wkt for ring in rings_of(one.area_wkt)]
    near = frame_for(
        areas, [(lat, lon, radius + _ROOM_M) for lat, lon, radius in spots], _WIDTH, (0.55, 0.8)
    )
    whole = frame_for((*rings, *areas), spots, _WIDTH, (0.5, 1.0))
    if near is None or whole is None:
        return None
    if not rings or near.per_km < 2 * whole.per_km:
        return _View(whole, None)
    return _View(near, frame_for(rings, (), _INSET))


def _described(shown: Iterable[Happening]) -> str:
    return "; ".join(f"{one.number}. {one.what}, {one.place}" for one in shown)


def _graticule(frame: MapFrame) -> Iterator[str]:
    """Draw meridians and parallels, at most about seven each way."""
    box = frame.box
    widest = max(box.east - box.west, box.north - box.south)
    step = next((one for one in _STEPS if widest / one <= 7), 30.0)
    for lon in _multiples(box.west, box.east, step):
        x, _ = frame.at(box.south, lon)
        yield f'<path class="grid" d="M{x:g} 0V{frame.height:g}"/><text class="degree" x="{x + 3:g}" y="10">{lon:g}°</text>'
    for lat in _multiples(box.south, box.north, step):
        _, y = frame.at(lat, box.west)
        yield f'<path class="grid" d="M0 {y:g}H{frame.width:g}"/><text class="degree" x="3" y="{y - 3:g}">{lat:g}°</text>'


def _multiples(least: float, most: float, step: float) -> Iterator[float]:
    for number in range(math.ceil(least / step), math.floor(most / step) + 1):
        yield round(number * step, 2)


def _path(ring: Iterable[Point], frame: MapFrame, kind: str) -> str:
    drawn = "L".join(f"{x:g} {y:g}" for x, y in (frame.at(lat, lon) for lon, lat in ring))
    return f'<path class="{kind}" d="M{drawn}Z"/>'


def _kind(one: Happening) -> str:
    return "provisional" if one.provisional else one.verdict


def _is_area(one: Happening) -> bool:
    return one.area_wkt is not None or (one.radius_m or 0.0) >= AREA_M


def _grounds(shown: Sequence[Happening], frame: MapFrame) -> Iterator[str]:
    """Draw uncertainty first, the widest below, then the marks."""
    for one in sorted(shown, key=lambda each: (-(each.radius_m or 0.0), each.number)):
        kind = f"ground v-{_kind(one).replace('_', '-')}" + (
            " disputed" if one.place_disputed else ""
        )
        kind += " area" if _is_area(one) else ""
        if one.area_wkt is not None:
            yield from (_path(ring, frame, kind) for ring in rings_of(one.area_wkt))
        elif one.lat is not None and one.lon is not None:
            x, y = frame.at(one.lat, one.lon)
            radius = max(frame.length(one.radius_m or 0.0), _LEAST + 3)
            yield f'<circle class="{kind}" cx="{x:g}" cy="{y:g}" r="{radius:g}"/>'
    for one in shown:
        if not _is_area(one) and one.lat is not None and one.lon is not None:
            x, y = frame.at(one.lat, one.lon)
            yield f'<a href="#{escape(one.incident_id)}"><g transform="translate({x:g} {y:g})">{mark(_kind(one))}</g></a>'


def _names(shown: Sequence[Happening], landmarks: Iterable[Landmark], view: _View) -> Iterator[str]:
    """Label the happenings first, then towns where room is left."""
    frame = view.frame
    marks = [_labelled(one, frame) for one in shown]
    named = {one.place.split(",")[0] for one in shown}
    free = [view.corner] if view.corner else []
    towns = [
        (one, *frame.at(one.lat, one.lon))
        for one in landmarks
        if one.name not in named and (one.city or view.inset)
    ]
    towns = [
        (one, x, y)
        for one, x, y in towns
        if _apart(x, y, marks, frame) and not _covers(view.corner, x, y)
    ]
    kept = [(x, y, 2.0, one.name) for one, x, y in towns]
    labels = place_labels([*marks, *kept], frame.width, frame.height, free)
    for _, x, y in towns:
        yield f'<circle class="town" cx="{x:g}" cy="{y:g}" r="2"/>'
    for number, label in enumerate(labels):
        yield _text(label, "name" if number < len(marks) else "town-name")


def _apart(
    x: float, y: float, marks: Iterable[tuple[float, float, float, str]], frame: MapFrame
) -> bool:
    inside = 8 <= x <= frame.width - 8 and 12 <= y <= frame.height - 8
    return inside and all(math.hypot(x - a, y - b) > 16 for a, b, _, _ in marks)


def _covers(corner: Rectangle | None, x: float, y: float) -> bool:
    return (
        corner is not None
        and corner[0] - 4 <= x <= corner[2] + 4
        and corner[1] - 4 <= y <= corner[3] + 4
    )


def _labelled(one: Happening, frame: MapFrame) -> tuple[float, float, float, str]:
    text = f"{one.number} {one.place.split(',')[0]}"
    if one.lat is None or one.lon is None:
        points = [point for ring in rings_of(one.area_wkt or "") for point in ring]
        x, y = frame.at(
            sum(lat for _, lat in points) / len(points), sum(lon for lon, _ in points) / len(points)
        )
        return x, y, 0.0, text
    x, y = frame.at(one.lat, one.lon)
    return x, y, 0.0 if _is_area(one) else _LEAST + 3, text


def _text(label: Label, kind: str) -> str:
    return f'<text class="{kind}" x="{label.x:g}" y="{label.y:g}" text-anchor="{label.anchor}">{escape(label.text)}</text>'


def _inset(view: _View, rings: Iterable[Sequence[Point]]) -> Iterator[str]:
    """Draw the whole in the corner, with the part that the map shows."""
    corner, inset = view.corner, view.inset
    if corner is None or inset is None:
        return
    box = view.frame.box
    left, top = inset.at(box.north, box.west)
    right, bottom = inset.at(box.south, box.east)
    yield f'<g transform="translate({corner[0]:g} {corner[1]:.1f})">'
    yield f'<rect class="inset" width="{inset.width:g}" height="{inset.height:g}"/>'
    yield from (_path(ring, inset, "land") for ring in rings)
    yield f'<rect class="shown" x="{left:g}" y="{top:g}" width="{right - left:.1f}" height="{bottom - top:.1f}"/></g>'


def _scale(frame: MapFrame) -> Iterator[str]:
    """Draw a bar of 1, 2 or 5 times a power of ten kilometres, at most a fifth of the map."""
    room = frame.width / 5 / frame.per_km
    power = 10.0 ** math.floor(math.log10(room))
    km = max(one * power for one in (1, 2, 5) if one * power <= room)
    length, y = round(km * frame.per_km, 1), frame.height - 14
    x = frame.width - length - 16
    yield f'<path class="scale" d="M{x:g} {y - 5:g}V{y:g}H{x + length:g}V{y - 5:g}"/>'
    yield f'<text class="degree" x="{x + length / 2:g}" y="{y - 8:g}" text-anchor="middle">{km:g} km</text>'


def _north(frame: MapFrame, said: Phrases) -> Iterator[str]:
    x = frame.width - 22
    yield f'<path class="north" d="M{x:g} 16L{x + 6:g} 34L{x:g} 29L{x - 6:g} 34Z"/>'
    yield f'<text class="degree" x="{x:g}" y="46" text-anchor="middle">{escape(said.say("label.north"))}</text>'
