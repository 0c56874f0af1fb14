"""A map of who held what on a day, as an SVG file of its own.

The holder is shown by colour and by the shape of the places' marks, the confidence by how full the colour is, contested ground by
hatching. What nobody is likely to hold is left white: unknown is not somebody's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from trucewatch.control.day_map import BANDS, DayMap, HeldPlace, areas_geojson, band_of, likeliest
from trucewatch.control.overlays import Overlay
from trucewatch.control.schema import CONTESTED, UNKNOWN_HOLDER
from trucewatch.publish.map_labels import place_labels
from trucewatch.publish.projection import MapFrame, frame_for

__all__ = ["control_map_svg"]

_WIDTH = 900.0
_SIDE = 190.0
_MOST_LABELS = 60
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f5f3a", "#8a8a00")
"""Told apart by people who do not see red or green: Okabe and Ito 2008, and two more."""
_SHAPES = ("M0-5A5 5 0 1 1 0 5A5 5 0 1 1 0-5Z", "M-4.5-4.5H4.5V4.5H-4.5Z", "M0-6L6 0L0 6L-6 0Z", "M0-6L5.5 4.5H-5.5Z", "M0 6L5.5-4.5H-5.5Z", "M-2-5H2V-2H5V2H2V5H-2V2H-5V-2H-2Z")
_FULL = {"sure": 0.62, "likely": 0.36, "leaning": 0.16}
_STYLE = (
    "text{font:11px system-ui,sans-serif;fill:#222}.title{font-size:15px;font-weight:600}.name{paint-order:stroke;stroke:#fff;stroke-width:2.5px}"
    ".mark{stroke:#fff;stroke-width:1}.open{fill:#fff;stroke:#555;stroke-width:1.2}.siege{fill:none;stroke:#222;stroke-width:1.4;stroke-dasharray:3 2}"
    ".frame{fill:#fff;stroke:#999}"
)


def control_map_svg(shown: DayMap, names: Mapping[str, str], overlays: Sequence[Overlay] = (), title: str = "Who held what") -> str | None:
    """Return the map; None where no place has a known spot.

    `names`: holder or place → what it is called (as it is where it is not there). A ring round a mark: somebody besieges the place. Labels stand beside at most
    60 places, the surest first, where there is room; every mark has its place and holder as a tooltip.
    """
    frame = _frame(shown)
    if frame is None:
        return None
    held = _holders(shown)
    look = {holder: at for at, holder in enumerate(held)}
    heading = f"{title}, {shown.day.isoformat()}"
    height = max(frame.height, 120 + 18 * len(held)) + 34
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH + _SIDE:g} {height:g}" role="img" aria-labelledby="t d">',
        f'<title id="t">{escape(heading)}</title><desc id="d">{escape(_described(shown, names))}</desc><style>{_STYLE}</style>',
        "<defs>", *(_hatching(holder, look) for holder in held), f'<clipPath id="c"><path d="M0 0H{frame.width:g}V{frame.height:g}H0Z"/></clipPath></defs>',
        f'<rect width="100%" height="100%" fill="#fff"/><text class="title" x="8" y="20">{escape(heading)}</text>',
        '<g transform="translate(0 30)">', f'<path class="frame" d="M0 0H{frame.width:g}V{frame.height:g}H0Z"/>',
        '<g clip-path="url(#c)">', *_areas(shown, frame, look), *_places(shown, frame, look, names, {one.place for one in overlays if one.kind in ("besieged", "besieged_by")}), "</g>",
        *_labels(shown, frame, names), f'<g transform="translate({frame.width + 14:g} 6)">', *_legend(held, look, names, bool(overlays)), "</g></g></svg>",
    ]
    return "\n".join(parts) + "\n"


def _frame(shown: DayMap) -> MapFrame | None:
    rings = [[(one.west, one.south), (one.east, one.north)] for one in shown.cells]
    return frame_for(rings, [(one.lat, one.lon, 15_000.0) for one in shown.places] if not rings else [], _WIDTH, (0.4, 1.1))


def _holders(shown: DayMap) -> list[str]:
    """Return who is likeliest anywhere, those with most cells and places first; contested last."""
    count: dict[str, int] = {}
    for shares in [*(one.shares for one in shown.cells), *(one.shares for one in shown.places)]:
        best = likeliest(shares)[0]
        count[best] = count.get(best, 0) + 1
    ranked = sorted(set(count) - {CONTESTED, UNKNOWN_HOLDER}, key=lambda name: (-count[name], name))
    return [*ranked, *([CONTESTED] if CONTESTED in count else [])]


def _colour(holder: str, look: Mapping[str, int]) -> str:
    return "#555" if holder == CONTESTED else _COLOURS[look[holder] % len(_COLOURS)]


def _hatching(holder: str, look: Mapping[str, int]) -> str:
    if holder != CONTESTED and "|" not in holder:
        return ""
    return (
        f'<pattern id="h{look[holder]}" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate({45 if holder == CONTESTED else 135})">'
        f'<path d="M0 0V7" stroke="{_colour(holder, look)}" stroke-width="3"/></pattern>'
    )


def _areas(shown: DayMap, frame: MapFrame, look: Mapping[str, int]) -> Iterator[str]:
    for one in areas_geojson(shown)["features"]:
        told = one["properties"]
        if one["geometry"]["type"] != "MultiPolygon":
            continue
        holder, drawn = told["holder"], "".join(_ring(ring, frame) for part in one["geometry"]["coordinates"] for ring in part)
        hatched = holder == CONTESTED or "|" in holder
        fill = f"url(#h{look[holder]})" if hatched else _colour(holder, look)
        yield f'<path fill="{fill}" fill-opacity="{_FULL[told["confidence"]]:g}" fill-rule="evenodd" d="{drawn}"/>'


def _ring(ring: Sequence[Any], frame: MapFrame) -> str:
    points = "L".join(f"{x:g} {y:g}" for x, y in (frame.at(lat, lon) for lon, lat in ring))
    return f"M{points}Z"


def _places(shown: DayMap, frame: MapFrame, look: Mapping[str, int], names: Mapping[str, str], besieged: set[str]) -> Iterator[str]:
    for one in shown.places:
        x, y = frame.at(one.lat, one.lon)
        status, probability = likeliest(one.shares)
        said = escape(f"{names.get(one.place, one.place)}: {names.get(status, status)} {probability:.0%}")
        mark = _mark(status, look) if probability >= BANDS["likely"] else '<circle class="open" r="3"/>'
        ring = '<circle class="siege" r="10"/>' if one.place in besieged else ""
        yield f'<g transform="translate({x:g} {y:g})"><title>{said}</title>{ring}{mark}</g>'


def _mark(status: str, look: Mapping[str, int]) -> str:
    if status == UNKNOWN_HOLDER:
        return '<circle class="open" r="3"/>'
    if status == CONTESTED:
        return '<path class="open" d="M-5-5L5 5M-5 5L5-5"/>'
    return f'<path class="mark" fill="{_colour(status, look)}" d="{_SHAPES[look[status] % len(_SHAPES)]}"/>'


def _labels(shown: DayMap, frame: MapFrame, names: Mapping[str, str]) -> Iterator[str]:
    inside = [one for one in shown.places if _within(one, frame)]
    marks: list[tuple[float, float, float, str]] = []
    for one in sorted(inside, key=lambda each: (likeliest(each.shares)[0] == UNKNOWN_HOLDER, -likeliest(each.shares)[1], each.place)):
        x, y = frame.at(one.lat, one.lon)
        name = names.get(one.place, one.place)
        if len(marks) < _MOST_LABELS and not any(abs(x - a) < 7 * (len(name) + 2) and abs(y - b) < 13 for a, b, _, _ in marks):
            marks.append((x, y, 6.0, name))
    for label in place_labels(marks, frame.width, frame.height):
        yield f'<text class="name" x="{label.x:g}" y="{label.y:g}" text-anchor="{label.anchor}">{escape(label.text)}</text>'


def _within(one: HeldPlace, frame: MapFrame) -> bool:
    x, y = frame.at(one.lat, one.lon)
    return 0 <= x <= frame.width and 0 <= y <= frame.height


def _legend(held: Sequence[str], look: Mapping[str, int], names: Mapping[str, str], rings: bool) -> Iterator[str]:  # noqa: FBT001 - a fact
    y = 8
    for holder in held:
        together = " and ".join(names.get(one, one) for one in holder.split("|"))
        yield f'<g transform="translate(6 {y})">{_mark(holder, look)}<text x="14" y="4">{escape(together)}</text></g>'
        y += 18
    rest = [('<circle class="open" r="3"/>', "not known, or nobody likely")]
    rest += [('<circle class="siege" r="8"/>', "besieged")] if rings else []
    for mark, words in rest:
        yield f'<g transform="translate(6 {y})">{mark}<text x="14" y="4">{words}</text></g>'
        y += 18
    for band, least in BANDS.items():
        words = f"{band}: from {least:.0%}" if least else f"{band}: below {BANDS['likely']:.0%}"
        yield f'<g transform="translate(6 {y + 8})"><rect x="-6" y="-7" width="14" height="12" fill="#333" fill-opacity="{_FULL[band]:g}"/><text x="14" y="4">{words}</text></g>'
        y += 18


def _described(shown: DayMap, names: Mapping[str, str]) -> str:
    told = []
    for one in shown.places:
        status, probability = likeliest(one.shares)
        if status != UNKNOWN_HOLDER:
            told.append(f"{names.get(one.place, one.place)}: {names.get(status, status)}, {band_of(probability)}")
    return "; ".join(told)
