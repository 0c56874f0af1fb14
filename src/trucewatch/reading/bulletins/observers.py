"""Where an observer stood, which way and how far the thing was: words become metres and degrees, or stay unknown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import radians, sin

from trucewatch.errors import BadCall
from trucewatch.places import parse_bearing
from trucewatch.places.bearings import width_of
from trucewatch.places.distance import destination
from trucewatch.reading.bulletins.records import Quoted
from trucewatch.reading.lexicon import Lexicon
from trucewatch.reading.mentions import find_mentions

__all__ = ["Bearings", "Reach", "Stand", "bearings_in", "position_in", "reach_in", "stand_of"]

_POINT = r"(?:(?:north|south|east|west)(?:[- ]?(?:north|south)?[- ]?(?:east|west))?(?:ern|wards?)?)"
_DISTANCE = r"(?P<d1>\d{1,4}(?:\.\d+)?)\s*(?:(?:-|–|to|and)\s*(?P<d2>\d{1,4}(?:\.\d+)?))?\s*(?P<unit>km|kilomet(?:re|er)s?|m|met(?:re|er)s?)\b"
REACH = re.compile(_DISTANCE, re.IGNORECASE)
_RANGING = re.compile(rf"\b(?:directions?\s+)?(?:ranging|varying)\s+from\s+(?:the\s+)?(?P<b1>{_POINT})\s+to\s+(?:the\s+)?(?P<b2>{_POINT})\b|\bbetween\s+(?:the\s+)?(?P<b3>{_POINT})\s+and\s+(?:the\s+)?(?P<b4>{_POINT})\b", re.IGNORECASE)
_TOWARDS = re.compile(rf"\b(?P<b>{_POINT})\b", re.IGNORECASE)
_POSITION = re.compile(
    r"\b(?i:positioned|stationed|located|from\s+(?:its|their|the)\s+positions?|(?:the\s+)?camera)\s+(?:(?:in|at|on|near|outside)\s+)(?:the\s+)?(?P<where>[^\n;,]{2,80}?(?:\s*\((?:[^()\n]{2,60})\))?)(?=,|\s+(?:heard|saw|recorded|observed|the\s|between|at\s+\d|on\s+\d|during)|[.;\n]|\Z)"
)
_SAME = re.compile(r"\b(?:from|at|in|while\s+at)\s+the\s+same\s+(?:position|location|place)\b", re.IGNORECASE)
_OFFSET = re.compile(rf"{_DISTANCE}\s*(?P<b>{_POINT})\s+of\s+(?:the\s+)?(?P<of>[^)(\n;,]{{2,50}})", re.IGNORECASE)
_OWN_CENTRE = re.compile(r"(?:(?:city|town|village)(?:['’]s)?\s+)?(?:centre|center|railway\s+station)\Z", re.IGNORECASE)
_LEAST_RADIUS_M = 500.0
"""No stated offset is taken more finely than this."""


@dataclass(frozen=True, slots=True)
class Bearings:
    """Degrees clockwise from true north, and the words."""

    words: Quoted
    first: float
    last: float


@dataclass(frozen=True, slots=True)
class Reach:
    """Metres, both included, and the words."""

    words: Quoted
    near: float
    far: float


@dataclass(frozen=True, slots=True)
class Stand:
    """Where an observer stood: degrees WGS84, and how far from there it may have been, in metres."""

    lat: float
    lon: float
    radius_m: float


def position_in(text: str, start: int, end: int, last: Quoted | None) -> Quoted | None:
    """Return the words for the position that a sentence names; `last` is the one before, for “the same position”."""
    found = _POSITION.search(text, start, end)
    if found is not None:
        first, past = found.span("where")
        past = first + len(text[first:past].rstrip())
        return Quoted(first, past, text[first:past]) if past > first else None
    return last if _SAME.search(text, start, end) else None


def stand_of(position: Quoted | None, lexicon: Lexicon) -> Stand | None:
    """Return the point of a position: a place of the lexicon, moved by a stated offset; None where two could be meant."""
    if position is None:
        return None
    words = position.text
    places = {(one.entry.value, one.start): one for one in find_mentions(words, lexicon).all if one.entry.kind == "place"}
    offset = _OFFSET.search(words)
    if offset is not None:
        inside = [one for one in places.values() if offset.start("of") <= one.start < offset.end("of")]
        own = [one for one in places.values() if one.end <= offset.start()]
        chosen = inside or (own if _OWN_CENTRE.search(offset["of"].strip()) else [])
        if len({one.entry.value for one in chosen}) != 1:
            return None
        data = chosen[0].entry.data
        return _moved(float(data["lat"]), float(data["lon"]), offset)
    if len({one.entry.value for one in places.values()}) != 1:
        return None
    data = next(iter(places.values())).entry.data
    return Stand(float(data["lat"]), float(data["lon"]), float(data["radius_m"]))


def _moved(lat: float, lon: float, offset: re.Match[str]) -> Stand | None:
    try:
        first, last = parse_bearing(_joined(offset["b"]))
    except BadCall:
        return None
    near, far = _metres(offset)
    half = width_of(first, last) / 2
    middle, metres = (first + half) % 360, (near + far) / 2
    moved = destination(lat, lon, middle, metres)
    return Stand(*moved, max(_LEAST_RADIUS_M, far * sin(radians(half)), (far - near) / 2))


def bearings_in(text: str, start: int, end: int) -> Bearings | None:
    """Return the directions in ``[start, end)``; of a range the sector on the shorter way round; None for several that are no range."""
    found = _RANGING.search(text, start, end)
    try:
        if found is not None:
            one, other = (found["b1"], found["b2"]) if found["b1"] else (found["b3"], found["b4"])
            return Bearings(_quoted(text, found.span()), *_between(parse_bearing(_joined(one)), parse_bearing(_joined(other))))
        words = list(_TOWARDS.finditer(text, start, end))
        if len({_joined(one["b"]) for one in words}) != 1:
            return None
        return Bearings(_quoted(text, words[0].span()), *parse_bearing(_joined(words[0]["b"])))
    except BadCall:
        return None


def reach_in(text: str, start: int, end: int) -> Reach | None:
    """Return the first distance in ``[start, end)``."""
    found = REACH.search(text, start, end)
    if found is None:
        return None
    near, far = _metres(found)
    return Reach(_quoted(text, found.span()), min(near, far), max(near, far))


def _between(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    if width_of(one[0], other[1]) <= width_of(other[0], one[1]):
        return one[0], other[1]
    return other[0], one[1]


def _metres(found: re.Match[str]) -> tuple[float, float]:
    scale = 1000.0 if found["unit"].lower().startswith("k") else 1.0
    near = float(found["d1"]) * scale
    return near, float(found["d2"]) * scale if found["d2"] else near


def _joined(words: str) -> str:
    return re.sub(r"[\s-]+|(?:wards?|ern)\Z", "", words.lower())


def _quoted(text: str, span: tuple[int, int]) -> Quoted:
    return Quoted(*span, text[slice(*span)])
