"""The grammar of place text: parts, "5 km north of X", "near X", "X road", "between X and Y".

Nothing here knows any place. A part of the text gives attempts, from the most to the least
precise, each a name to look up and what its disk must grow to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from math import cos, hypot, radians, sin

from trucewatch.places.bearings import parse_bearing, width_of
from trucewatch.places.place import IN_TOWN_M, Relation

__all__ = ["COUNTRYSIDE_M", "IN_TOWN_M", "NEAR_M", "Attempt", "attempts", "growth", "parts"]

NEAR_M = 25_000.0
"""What "near a known place" means in UCDP GED (where_prec 2: within about 25 km); used for every
feature that may lie outside its town."""
COUNTRYSIDE_M = 50_000.0
"""Reach of the countryside or district that is named after a town."""

_IN_TOWN = frozenset(
    (
        "market", "bazaar", "souk", "hospital", "clinic", "medical", "point", "mosque", "church",
        "cathedral", "school", "university", "street", "square", "police", "station", "warehouse",
        "bakery", "prison", "court", "stadium", "park", "hotel", "hall", "office", "offices",
        "building", "headquarters", "home", "house", "houses", "centre", "center", "quarters",
        "corniche", "sarc", "roundabout", "depot", "old",
    )
)
_QUARTER_WORDS = frozenset(("quarter", "neighbourhood", "neighborhood", "hay", "suburb"))
_OUTSIDE = frozenset(
    (
        "road", "highway", "motorway", "bridge", "checkpoint", "crossing", "airport", "airbase",
        "airfield", "base", "barracks", "camp", "field", "fields", "dam", "farm", "farms",
        "outskirts", "mountain", "hill", "silos", "junction", "front", "frontline", "border",
        "plant", "factory", "complex", "villages", "area", "suburbs", "power", "gas", "oil",
        "military", "air", "army", "international", "industrial", "refugee", "colleges", "college",
        "academy", "housing", "project", "reservoir", "lake", "river", "forest", "valley",
    )
)
_COARSE = re.compile(r"\b(?:governorate|province|oblast|country)\b|[- ]held\b|\bcontrolled\b", re.I)
_COUNTRYSIDE = re.compile(r"\b(?:district|countryside|sub-?district|region|rural)\b", re.I)
_WIND = r"(?:north|south|east|west)"
_POINT = r"(?:[ns]{1,2}[ew]|[ew][ns][ew]|[nsew])"
_COMPASS = rf"(?:{_WIND}(?:[- ]?{_WIND}){{0,2}}(?:ern|wards?)?|{_POINT})"
_OFFSET = re.compile(
    r"(?:about |around |some |approximately |roughly |~)?(?P<low>\d+(?:[.,]\d+)?)"
    r"(?:\s*(?:-|–|to)\s*(?P<high>\d+(?:[.,]\d+)?))?\s*"
    r"(?P<unit>km|kms|kilomet(?:re|er)s?|m|met(?:re|er)s?|miles?|mi)\s+"
    rf"(?:to the )?(?P<wind>{_COMPASS})?\s*(?:of|from|outside)\s+(?P<name>.+)",
    re.I,
)
_NEAR = re.compile(
    r"(?:near(?: to)?|nearby|close to|around|outside(?: of)?|in the vicinity of|vicinity of|"
    rf"(?:on |in )?(?:the )?(?:{_COMPASS} )?outskirts of|(?:to the |just )?{_COMPASS} of)"
    r"\s+(?P<name>.+)",
    re.I,
)
_BETWEEN = re.compile(r"(?:.*\b)?between\s+(?P<one>.+?)\s+and\s+(?P<two>.+)", re.I)
_SIDE = re.compile(rf"(?:in |the )?{_COMPASS}\s+(?P<name>\S.+)", re.I)
_BRACKET = re.compile(r"\(([^()]*)\)")
_METRES = {"k": 1000.0, "mi": 1609.344, "m": 1.0}
_ERROR_SHARE = 0.2
"""A stated distance is taken to be right to a fifth."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way to read a part of place text."""

    name: str
    """Look this up."""
    relation: Relation = "at"
    least_m: float = 0.0
    """The radius is at least this."""
    other: str | None = None
    """The second name of `between`."""
    metres: float = 0.0
    """Move this far …"""
    bearing: float = 0.0
    """… on this bearing (degrees true)."""
    spread_m: float = 0.0
    """Then add this to the radius."""


def parts(text: str) -> tuple[str, ...]:
    """Return the parts of place text in order; a bracketed remark is a part of its own."""
    inside = [chunk for found in _BRACKET.findall(text) for chunk in re.split(r"[,;]", found)]
    outside = re.split(r"[,;]", _BRACKET.sub(" ", text))
    tidy = (" ".join(chunk.split()) for chunk in [*outside, *inside])
    return tuple(dict.fromkeys(chunk for chunk in tidy if re.search(r"\w", chunk)))


def attempts(part: str) -> tuple[Attempt, ...]:
    """Return the ways to read one part, the most precise first."""
    whole = (Attempt(part),)
    between = _BETWEEN.fullmatch(part)
    if between:
        second = _without_features(between["two"])[0]
        return (*whole, Attempt(between["one"], "between", other=second))
    offset = _OFFSET.fullmatch(part)
    if offset:
        return tuple(_moved(one, offset) for one in _plain(offset["name"]))
    near = _NEAR.fullmatch(part)
    if near:
        return (*whole, *(_loose(one, NEAR_M) for one in _plain(near["name"])))
    return _plain(part)


def growth(part: str) -> float:
    """Return the least radius of a disk for text that has this part, which names no known place."""
    if _COARSE.search(part):
        return 0.0
    if _COUNTRYSIDE.search(part):
        return COUNTRYSIDE_M
    words = set(re.findall(r"[^\W\d]+", part.casefold()))
    inside = words & (_IN_TOWN | _QUARTER_WORDS) and not words & _OUTSIDE
    return IN_TOWN_M if inside else NEAR_M


def _plain(text: str) -> tuple[Attempt, ...]:
    """Return the name itself, then without the words for a feature, then without a side."""
    tries = [Attempt(text)]
    stem, least = _without_features(text)
    if stem != text:
        tries.append(Attempt(stem, "near" if least > IN_TOWN_M else "part_of", least))
    side = _SIDE.fullmatch(stem)
    if side:
        tries.append(Attempt(side["name"], "part_of", max(least, NEAR_M)))
    return tuple(tries)


def _without_features(text: str) -> tuple[str, float]:
    """Return (the name that is left, least radius) after cutting feature words off both ends."""
    words = text.split()
    cut = [word for word in words if word.casefold() in _OUTSIDE | _IN_TOWN]
    while len(words) > 1 and words[-1].casefold() in _OUTSIDE | _IN_TOWN:
        words.pop()
    while len(words) > 1 and words[0].casefold() in _OUTSIDE | _IN_TOWN:
        words.pop(0)
    outside = any(word.casefold() in _OUTSIDE for word in cut)
    return " ".join(words), NEAR_M if outside else IN_TOWN_M


def _loose(attempt: Attempt, least_m: float) -> Attempt:
    return replace(attempt, relation="near", least_m=max(attempt.least_m, least_m))


def _moved(attempt: Attempt, offset: re.Match[str]) -> Attempt:
    unit = offset["unit"].casefold()
    scale = next(metres for start, metres in _METRES.items() if unit.startswith(start))
    low = float(offset["low"].replace(",", ".")) * scale
    high = float(offset["high"].replace(",", ".")) * scale if offset["high"] else low
    near, far = min(low, high) * (1 - _ERROR_SHARE), max(low, high) * (1 + _ERROR_SHARE)
    middle = (low + high) / 2
    if not offset["wind"]:
        return replace(attempt, relation="near", spread_m=far)
    start, end = parse_bearing(offset["wind"])
    width = width_of(start, end)
    return replace(
        attempt,
        relation="offset",
        metres=middle,
        bearing=(start + width / 2) % 360,
        spread_m=max(_corner(middle, near, width / 2), _corner(middle, far, width / 2)),
    )


def _corner(middle: float, metres: float, half_width: float) -> float:
    """Return how far a corner of the stated sector lies from its middle, on a plane."""
    angle = radians(half_width)
    return hypot(metres * cos(angle) - middle, metres * sin(angle))
