"""From place text to places: the finest part that is known, read in the light of the coarser ones.

Several answers mean that the text is ambiguous; none is picked. A finer part that is not known
makes the disk of the coarser one grow; it is never dropped silently.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from trucewatch.places.distance import destination, distance_m, initial_bearing
from trucewatch.places.index import Grade, Hit, NameIndex
from trucewatch.places.names import AREA, COUNTRYSIDE, GOVERNORATE, TOWN, read_name
from trucewatch.places.phrases import COUNTRYSIDE_M, NEAR_M, Attempt, attempts, growth, parts
from trucewatch.places.place import (
    COARSEST_SETTLEMENT,
    Located,
    Place,
    Relation,
    fineness,
    kind_classes,
)

__all__ = ["Atlas", "locate"]

_LOOSENESS: tuple[Relation, ...] = ("at", "offset", "between", "part_of", "near")


class Atlas(Protocol):
    """What locating needs of a gazetteer."""

    @property
    def places(self) -> Mapping[str, Place]:
        """Every place by key."""

    @property
    def index(self) -> NameIndex:
        """Every spelling."""

    def parents(self, key: str) -> tuple[str, ...]:
        """Keys of what the place belongs to, nearest first."""


def locate(text: str, atlas: Atlas) -> tuple[Located, ...]:
    """Return every place the text may mean, by key; empty when no part of it is known."""
    whole = atlas.index.exact(text)
    if whole:
        return tuple(_at(atlas.places[key], text, Hit(Grade.EXACT, key, 1.0)) for key in whole)
    read = [(part, _read_part(part, atlas)) for part in parts(text)]
    known = [found for _, found in read if found]
    if not known:
        return ()
    least = max((growth(part) for part, found in read if not found), default=None)
    chosen = _finest(known, atlas)
    if least is not None:
        chosen = [_grown(one, least) for one in chosen]
    return tuple(sorted(chosen, key=lambda one: one.place.key))


def _at(place: Place, part: str, hit: Hit) -> Located:
    return Located(
        place, place.lat, place.lon, place.radius_m, part, "at", hit.grade, hit.similarity
    )


def _read_part(part: str, atlas: Atlas) -> list[Located]:
    """Return the candidates of the most precise attempt that has any, then of "X / Y"."""
    for attempt in attempts(part):
        found = _try(attempt, part, atlas)
        if found:
            return found
    names = [name for name in part.split("/") if name.strip()]
    if len(names) < 2:
        return []
    sides = [_read_part(name.strip(), atlas) for name in names]
    least = NEAR_M if [] in sides else 0.0
    either = {one.place.key: one for side in sides for one in _best(side)}
    return [_grown(one, least) if least else one for one in either.values()]


def _try(attempt: Attempt, part: str, atlas: Atlas) -> list[Located]:
    found = []
    kinds = read_name(attempt.name).kinds
    for hit in atlas.index.hits(attempt.name):
        fitted = _fit(_at(atlas.places[hit.key], part, hit), kinds)
        if fitted is not None:
            found.append(fitted)
    if attempt.other is not None:
        return _between(_best(found), _best(_read_part(attempt.other, atlas)))
    return [_follow(attempt, one) for one in found]


def _fit(found: Located, said: tuple[str, ...]) -> Located | None:
    """Weigh kind words: "Daraa Governorate" is not the town, "Menbij town" lies in its area."""
    classes = kind_classes(found.place)
    if found.grade is Grade.EXACT or not said or not classes or set(said) & set(classes):
        return found
    if classes[0] in (GOVERNORATE, AREA):
        inside = {TOWN, AREA, COUNTRYSIDE}.intersection(said)  # named after its chief town
        return replace(found, relation="part_of") if inside else None
    if {AREA, COUNTRYSIDE}.intersection(said):
        return replace(found, relation="near", radius_m=max(found.radius_m, COUNTRYSIDE_M))
    return None


def _follow(attempt: Attempt, found: Located) -> Located:
    """Move and widen the disk as the words say."""
    lat, lon = destination(found.lat, found.lon, attempt.bearing, attempt.metres)
    area = fineness(found.place) < COARSEST_SETTLEMENT
    least = 0.0 if area and attempt.relation == "part_of" else attempt.least_m
    relation = max(found.relation, attempt.relation, key=_LOOSENESS.index)
    radius = max(found.radius_m, least) + attempt.spread_m
    return replace(found, lat=lat, lon=lon, radius_m=radius, relation=relation)


def _between(first: Sequence[Located], second: Sequence[Located]) -> list[Located]:
    """Return the disk over the line between two places, only when both are known and single."""
    if len(first) != 1 or len(second) != 1:
        return []
    one, two = first[0], second[0]
    apart = distance_m(one.lat, one.lon, two.lat, two.lon)
    bearing = initial_bearing(one.lat, one.lon, two.lat, two.lon)
    lat, lon = destination(one.lat, one.lon, bearing, apart / 2)
    radius = apart / 2 + max(one.radius_m, two.radius_m)
    return [replace(one, lat=lat, lon=lon, radius_m=radius, relation="between")]


def _grown(found: Located, least_m: float) -> Located:
    """Widen for a part that nobody knows; in an area it lies inside the radius already."""
    if least_m == 0:
        return found
    if fineness(found.place) >= COARSEST_SETTLEMENT:
        found = replace(found, radius_m=max(found.radius_m, least_m))
    return replace(found, relation="part_of") if found.relation == "at" else found


def _quality(found: Located) -> tuple[int, int]:
    return _LOOSENESS.index(found.relation), found.grade


def _best(found: Sequence[Located]) -> list[Located]:
    """Return the candidates of the best quality; several stay several."""
    least = min((_quality(one) for one in found), default=None)
    return [one for one in found if _quality(one) == least]


def _order(found: Sequence[Located]) -> tuple[int, int, float]:
    best = _best(found)
    finest = max(fineness(one.place) for one in best)
    return -finest, _LOOSENESS.index(best[0].relation), min(one.radius_m for one in best)


def _finest(known: Sequence[list[Located]], atlas: Atlas) -> list[Located]:
    """Choose the finest part, keeping of its candidates those that agree with the other parts.

    Parts of the same fineness that do not hold each other are a list of places: all are kept. When
    no candidate of the finest part agrees with the others, both readings are kept.
    """
    ordered = sorted(known, key=_order)
    first, rest = ordered[0], ordered[1:]
    peers = [
        found
        for found in rest
        if _order(found)[:2] == _order(first)[:2] and not _nested(first, found, atlas)
    ]
    coarser = [found for found in rest if found not in peers]
    chosen = []
    for group in (first, *peers):
        agreeing = [one for one in group if all(_agrees(one, found, atlas) for found in coarser)]
        chosen += _best(agreeing) if agreeing else _best(group)
        if not agreeing:
            chosen += [one for found in coarser for one in _best(found)]
    return list({one.place.key: one for one in reversed(chosen)}.values())


def _nested(one: Sequence[Located], other: Sequence[Located], atlas: Atlas) -> bool:
    """Whether a best candidate of one part belongs to one of the other, or is the same place."""
    pairs = [(a.place.key, b.place.key) for a in _best(one) for b in _best(other)]
    return any(a == b or b in atlas.parents(a) or a in atlas.parents(b) for a, b in pairs)


def _agrees(one: Located, coarser: Sequence[Located], atlas: Atlas) -> bool:
    above = atlas.parents(one.place.key)
    return any(other.place.key in above or _close(one.place, other.place) for other in coarser)


def _close(one: Place, other: Place) -> bool:
    """Whether two places can be meant together; an area may be half longer than its disk."""
    reach = (
        1.5 * other.radius_m if fineness(other) < COARSEST_SETTLEMENT else other.radius_m + NEAR_M
    )
    return distance_m(one.lat, one.lon, other.lat, other.lon) <= one.radius_m + reach
