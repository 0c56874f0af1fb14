"""The gazetteer of a case: what a name may mean, what lies near, what belongs to what."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

from trucewatch.errors import UnknownName
from trucewatch.places.distance import METRES_PER_DEGREE, distance_m
from trucewatch.places.index import Grade, NameIndex
from trucewatch.places.locating import locate
from trucewatch.places.place import Located, Place

__all__ = ["Gazetteer", "Located", "Place"]


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """Places by key. Built once, asked often: answers to place text are remembered."""

    places: Mapping[str, Place]
    index: NameIndex = field(init=False, repr=False)
    _by_lat: tuple[tuple[float, str], ...] = field(init=False, repr=False)
    _answers: dict[str, tuple[Located, ...]] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        spellings = (
            (key, spelling)
            for key, place in sorted(self.places.items())
            for spelling in (place.name, *place.names)
        )
        by_lat = tuple(sorted((place.lat, key) for key, place in self.places.items()))
        object.__setattr__(self, "index", NameIndex(spellings))
        object.__setattr__(self, "_by_lat", by_lat)

    def resolve(self, name: str) -> tuple[Place, ...]:
        """Return every place the text may mean, by key; () unknown, several ambiguous.

        Text that is not simply a name ("5 km north of X", "X, unknown bridge") gives the place that
        it leans on with the moved and widened disk and without outline; `locate` says which it was.
        A key of the gazetteer resolves to itself.
        """
        return tuple(found.as_place() for found in self.locate(name))

    def locate(self, text: str) -> tuple[Located, ...]:
        """Return every place the text may mean, its disk, the part and how it matched; by key."""
        if text not in self._answers:
            self._answers[text] = self._by_key(text) or locate(text, self)
        return self._answers[text]

    def near(self, lat: float, lon: float, within_m: float) -> tuple[tuple[float, Place], ...]:
        """Return (metres, place) for centres within a distance, nearest first, then by key."""
        degrees = within_m / METRES_PER_DEGREE
        first = bisect_left(self._by_lat, (lat - degrees, ""))
        last = bisect_right(self._by_lat, (lat + degrees, "\uffff"))
        found = []
        for _, key in self._by_lat[first:last]:
            place = self.places[key]
            metres = distance_m(lat, lon, place.lat, place.lon)
            if metres <= within_m:
                found.append((metres, key))
        return tuple((metres, self.places[key]) for metres, key in sorted(found))

    def parents(self, key: str) -> tuple[str, ...]:
        """Return the keys of what the place belongs to, nearest first; UnknownName for no key."""
        if key not in self.places:
            raise UnknownName(key, place="places", known=self.places)
        above: list[str] = []
        parent = self.places[key].parent
        while parent is not None and parent in self.places and parent not in (key, *above):
            above.append(parent)
            parent = self.places[parent].parent
        return tuple(above)

    def _by_key(self, text: str) -> tuple[Located, ...]:
        if text not in self.places or self.index.exact(text):
            return ()
        place = self.places[text]
        return (Located(place, place.lat, place.lon, place.radius_m, text, "at", Grade.EXACT),)
