"""Labels beside the marks of a map, so that they cover neither marks nor each other where that can be helped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Label", "Rectangle", "place_labels"]

_CHARACTER = 6.3
"""Mean width of a character of the label type, in units of the drawing."""
_LINE = 14.0


@dataclass(frozen=True, slots=True)
class Label:
    """A text with its anchor; `anchor` is an SVG text-anchor."""

    text: str
    x: float
    y: float
    anchor: str


Rectangle = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def place_labels(
    marks: Sequence[tuple[float, float, float, str]],
    width: float,
    height: float,
    kept_free: Sequence[Rectangle] = (),
) -> tuple[Label, ...]:
    """Return a label for each mark (x, y, radius, text), in their order; the first free place wins.

    `kept_free` are rectangles (left, top, right, bottom) that no label should cover.
    """
    taken: list[Rectangle] = [*kept_free, *((x - r, y - r, x + r, y + r) for x, y, r, _ in marks)]
    labels = []
    for x, y, radius, text in marks:
        offers = [_box(one, text) for one in _offers(x, y, radius, text)]
        choice = min(range(len(offers)), key=lambda n: (_cost(offers[n], taken, width, height), n))
        label = _offers(x, y, radius, text)[choice]
        taken.append(offers[choice])
        labels.append(label)
    return tuple(labels)


def _offers(x: float, y: float, radius: float, text: str) -> list[Label]:
    """Right, left, above, below, then the corners, then further away."""
    found = []
    for step in (0.0, _LINE, 2 * _LINE):
        gap = radius + 4 + step
        found += [
            Label(text, round(x + gap, 1), round(y + 4, 1), "start"),
            Label(text, round(x - gap, 1), round(y + 4, 1), "end"),
            Label(text, round(x, 1), round(y - gap, 1), "middle"),
            Label(text, round(x, 1), round(y + gap + 9, 1), "middle"),
            Label(text, round(x + gap * 0.7, 1), round(y - gap * 0.7, 1), "start"),
            Label(text, round(x + gap * 0.7, 1), round(y + gap * 0.7 + 9, 1), "start"),
            Label(text, round(x - gap * 0.7, 1), round(y - gap * 0.7, 1), "end"),
            Label(text, round(x - gap * 0.7, 1), round(y + gap * 0.7 + 9, 1), "end"),
        ]
    return found


def _box(label: Label, text: str) -> Rectangle:
    wide = _CHARACTER * len(text)
    left = {"start": label.x, "end": label.x - wide, "middle": label.x - wide / 2}[label.anchor]
    return (left, label.y - 10, left + wide, label.y + 3)


def _cost(box: Rectangle, taken: Sequence[Rectangle], width: float, height: float) -> float:
    """Return the area that the label would cover or lose; staying inside the drawing weighs most."""
    left, top, right, bottom = box
    outside = max(0.0, -left) + max(0.0, right - width) + max(0.0, -top) + max(0.0, bottom - height)
    covered = sum(
        max(0.0, min(right, r) - max(left, a)) * max(0.0, min(bottom, b) - max(top, t))
        for a, t, r, b in taken
    )
    return round(1000 * outside + covered, 3)
