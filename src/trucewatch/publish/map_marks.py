"""The marks of verdicts: each has a shape of its own, so that colour is never the only sign."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["MARKS", "mark"]

_SHAPES: Mapping[str, str] = {
    "violation": '<path d="M0 -8L8 0L0 8L-8 0Z"/>',
    "provisional": '<path class="hollow" d="M0 -8L8 0L0 8L-8 0Z"/>',
    "undetermined": '<circle r="7"/><text class="in-mark" y="4" text-anchor="middle">?</text>',
    "compliant": '<path d="M-6 -6H6V6H-6Z"/>',
    "not_covered": '<path d="M0 -7L7 6H-7Z"/>',
    "none": '<circle class="hollow" r="5"/>',
    "withheld": '<path class="hollow" d="M-5 0H5"/>',
}

MARKS = tuple(_SHAPES)
"""Kinds of marks: the verdicts, a provisional violation, `none` where no term speaks
of it, `withheld` where its findings are not shown."""


def mark(kind: str) -> str:
    """Return the SVG of a mark, centred on the origin, about sixteen units high."""
    return f'<g class="mark v-{kind.replace("_", "-")}">{_SHAPES[kind]}</g>'
