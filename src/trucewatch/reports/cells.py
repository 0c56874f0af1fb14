"""What one cell of a report or claim row may hold: a rule per column, as data.

A rule takes the text and the zone of dates without an offset and returns a `Fault`, or None when
the text will do. Columns without a rule (names, ids, free text, `by_basis`, which may hold a
citation) hold any text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from trucewatch.acts import (
    ACT_WORDS,
    TARGET_WORDS,
    WEAPON_WORDS,
    parse_act,
    parse_target,
    parse_weapon,
)
from trucewatch.errors import BadCall, BadPeriod, Severity, nearest
from trucewatch.periods import Zone, end_of, parse_period
from trucewatch.places import parse_bearing, parse_position
from trucewatch.reports.figures import parse_figure
from trucewatch.reports.provenance import UNKNOWN_WORDS
from trucewatch.reports.schema import (
    CLAIM,
    CLAIM_KINDS,
    COUNT_QUALIFIERS,
    EXPLOSION_STATES,
    METHODS,
    REPORT_PARTY,
    SENSITIVITIES,
    STANDINGS,
)

__all__ = ["CELLS", "Check", "Fault"]

_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,2})?", re.ASCII)
_CIRCUMSTANCE = re.compile(r"[^=]+=\s*(yes|no|unknown)", re.IGNORECASE)
_YES_NO = ("yes", "no", "unknown", "y", "n", "true", "false", "1", "0")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text will not do, and what would."""

    expected: str
    advice: str = ""
    near: str | None = None
    severity: Severity = Severity.REJECTED


Check = Callable[[str, Zone], Fault | None]


def _number(least: float, greatest: float, unit: str) -> Check:
    expected = f"a number from {least:g} to {greatest:g} {unit}".rstrip()

    def check(text: str, _zone: Zone) -> Fault | None:
        if not _NUMBER.fullmatch(text):
            comma = "Write the decimal point as “.”" if re.fullmatch(r"[-+]?\d+,\d+", text) else ""
            return Fault(expected, comma)
        return None if least <= float(text) <= greatest else Fault(expected)

    return check


def _any_number(text: str, _zone: Zone) -> Fault | None:
    if _NUMBER.fullmatch(text) and math.isfinite(float(text)):
        return None
    return Fault("a number")


def _count(text: str, _zone: Zone) -> Fault | None:
    if text.casefold() == "unknown" or parse_figure(text) is not None:
        return None
    negative = "A count cannot be negative" if text.startswith(("-", "−")) else ""
    return Fault("a whole number such as 12, 10+, 12-15 or about 50", negative)


def _one_of(words: tuple[str, ...]) -> Check:
    def check(text: str, _zone: Zone) -> Fault | None:
        word = re.sub(r"[\s-]+", "_", text).casefold()
        return (
            None
            if word in words
            else Fault(f"one of {', '.join(words)}", near=nearest(word, words))
        )

    return check


def _word(
    parse: Callable[[str], str | None],
    known: Mapping[str, Iterable[str]],
    what: str,
    fault: Severity,
) -> Check:
    names = sorted({*known, *(word for listed in known.values() for word in listed)})

    def check(text: str, _zone: Zone) -> Fault | None:
        if parse(text) is not None or text.casefold() in UNKNOWN_WORDS:
            return None
        advice = "Add it to `values:` of the declaration, or leave the cell empty"
        return Fault(
            f"a word for {what} that the vocabulary knows", advice, nearest(text, names), fault
        )

    return check


def _period(text: str, zone: Zone) -> Fault | None:
    try:
        parse_period(text, zone)
    except BadPeriod as error:
        return Fault("a date, an instant or an interval that exists", str(error))
    return None


def _instant(text: str, zone: Zone) -> Fault | None:
    try:
        end_of(text, zone)
    except BadPeriod as error:
        return Fault("an instant or a day that exists", str(error))
    return None


def _accepted_by(parse: Callable[[str], object], expected: str) -> Check:
    def check(text: str, _zone: Zone) -> Fault | None:
        try:
            parse(text)
        except BadCall as error:
            return Fault(expected, str(error))
        return None

    return check


def _area(text: str, _zone: Zone) -> Fault | None:
    import shapely

    expected = "a POLYGON or MULTIPOLYGON in degrees, longitude first"
    try:
        shape = shapely.from_wkt(text)
    except (shapely.errors.ShapelyError, ValueError, TypeError) as error:
        return Fault(expected, str(error))
    if shape is None or shape.geom_type not in ("Polygon", "MultiPolygon") or shape.is_empty:
        return Fault(expected)
    if not shape.is_valid:
        return Fault(expected, shapely.is_valid_reason(shape))
    west, south, east, north = shape.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        return Fault(expected, "Are latitude and longitude swapped?")
    return None


def _circumstances(text: str, _zone: Zone) -> Fault | None:
    for part in text.split(";"):
        if part.strip() and not _CIRCUMSTANCE.fullmatch(part.strip()):
            return Fault(
                "flag=yes|no|unknown, several separated by “;”", f"“{part.strip()}” is none"
            )
    return None


def _chain(text: str, _zone: Zone) -> Fault | None:
    if all(part.strip() for part in text.split(">")):
        return None
    return Fault("names separated by “>”, from the original speaker to this page")


_LAT = _number(-90, 90, "degrees north")
_LON = _number(-180, 180, "degrees east")
_METRES = _number(0, 2e7, "metres")
_DEGREES = _number(0, 360, "degrees from true north")
_COUNTS = (
    "count",
    "killed",
    "killed_low",
    "killed_high",
    "killed_civilian",
    "killed_fighter",
    "killed_unknown",
    "injured",
    "injured_low",
    "injured_high",
    "missing",
    "displaced",
)

CELLS: Mapping[str, Check] = {
    **dict.fromkeys(_COUNTS, _count),
    **dict.fromkeys(("lat", "observer_lat"), _LAT),
    **dict.fromkeys(("lon", "observer_lon"), _LON),
    **dict.fromkeys(("radius_m", "distance_from_m", "distance_to_m"), _METRES),
    **dict.fromkeys(("bearing_from", "bearing_to"), _DEGREES),
    **dict.fromkeys(("weapon_assessed", "by_closed"), _one_of(_YES_NO)),
    **dict.fromkeys(("low", "high"), _any_number),
    **dict.fromkeys(("occurred", "valid_from", "valid_to_earliest", "valid_to_latest"), _period),
    "against_basis": _one_of(REPORT_PARTY.field("basis").values),
    **dict.fromkeys(
        ("mgrs", "utm"), _accepted_by(parse_position, "a grid reference on the ground")
    ),
    **dict.fromkeys(("count_qualifier", "qualifier"), _one_of(COUNT_QUALIFIERS)),
    "act": _word(parse_act, ACT_WORDS, "an act", Severity.REJECTED),
    "area_wkt": _area,
    "basis": _one_of(CLAIM.field("basis").values),
    "bearing": _accepted_by(parse_bearing, "a compass word or degrees such as NNE, 315, 300-330"),
    "calibre_mm": _number(1, 1000, "mm"),
    "chain": _chain,
    "circumstances": _circumstances,
    "explosion_state": _one_of(EXPLOSION_STATES),
    "kind": _one_of(CLAIM_KINDS),
    "method": _one_of(METHODS),
    "published_at": _instant,
    "sensitivity": _one_of(SENSITIVITIES),
    "standing": _one_of(STANDINGS),
    "target": _word(parse_target, TARGET_WORDS, "a target", Severity.UNRESOLVED),
    "weapon": _word(parse_weapon, WEAPON_WORDS, "a weapon", Severity.UNRESOLVED),
}
"""Column → its rule."""
