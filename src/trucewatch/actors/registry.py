"""The parties of a case: who a name means, who belongs to whom, who is on whose list.

Every question takes an aware instant and turns it into a day of the case's time zone. Answers are
remembered per day; a remembered answer is always the one that would be computed again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypeVar

from trucewatch.actors.designation import Listing
from trucewatch.actors.lookup import Lookup, build_lookup
from trucewatch.actors.membership import Memberships
from trucewatch.actors.mentions import find_mentions
from trucewatch.actors.names import words_of
from trucewatch.actors.party import (
    Alias,
    Designation,
    GenericWords,
    Membership,
    Mention,
    Party,
    Resolution,
)
from trucewatch.actors.validity import Validity
from trucewatch.errors import BadCall, UnknownName
from trucewatch.periods import Zone, day_of, zone_of
from trucewatch.truth import Truth

__all__ = ["Actors"]

_Record = TypeVar("_Record")


@dataclass(frozen=True, slots=True)
class Actors:
    """Who is who, when; made by `load_actors`, or by hand from records."""

    parties: Mapping[str, Party]
    aliases: tuple[Alias, ...] = ()
    memberships: tuple[Membership, ...] = ()
    generic: tuple[GenericWords, ...] = ()
    designations: tuple[Designation, ...] = ()
    zone: Zone = "UTC"
    """Time zone in which the days of this case begin."""
    _graph: Memberships = field(init=False, repr=False, compare=False)
    _lookup: Lookup = field(init=False, repr=False, compare=False)
    _listings: dict[str, list[Designation]] = field(init=False, repr=False, compare=False)
    _names: dict[str, list[Alias]] = field(init=False, repr=False, compare=False)
    _resolved: dict[tuple[str, date | None], Resolution | None] = field(
        init=False, repr=False, compare=False
    )
    _judged: dict[tuple[object, ...], Truth] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        zone_of(self.zone)
        graph = Memberships(self.memberships)
        lookup = build_lookup(self.parties, self.aliases, self.generic, graph)
        object.__setattr__(self, "_graph", graph)
        object.__setattr__(self, "_lookup", lookup)
        object.__setattr__(self, "_listings", _grouped(self.designations, lambda one: one.subject))
        object.__setattr__(self, "_names", _grouped(self.aliases, lambda one: one.party))
        object.__setattr__(self, "_resolved", {})
        object.__setattr__(self, "_judged", {})

    @property
    def observers(self) -> tuple[str, ...]:
        """Whose designations are on record, sorted."""
        return tuple(sorted({one.by for one in self.designations}))

    def names(self) -> tuple[str, ...]:
        """Return every name and common word as written, sorted; no keys, no adjectives."""
        own = (party.name for party in self.parties.values())
        other = (one.name for one in self.aliases if one.relation != "adjective")
        words = (word for one in self.generic for word in one.words)
        return tuple(sorted({*own, *other, *words}))

    def resolve(self, name: str, on: datetime | None = None) -> Resolution | None:
        """Return whom `name` may mean at the instant `on`; None if it means nobody known.

        A key resolves to itself. Without `on` the dates of names are not asked; outside its dates a
        name still leads to its party, as an open candidate.
        """
        asked = (name, self._day(on))
        if asked not in self._resolved:
            self._resolved[asked] = self._resolve(*asked)
        return self._resolved[asked]

    def _resolve(self, name: str, day: date | None) -> Resolution | None:
        if name in self.parties:
            return Resolution((name,), closed=False, basis="stated")
        words = words_of(name)
        form = tuple(word.form for word in words)
        found = self._lookup.resolve(form, day)
        if found is None and not any(word.apart for word in words[1:]):
            found = self._lookup.resolve_phrase(form, day)
        return found

    def find(self, text: str, on: datetime | None = None) -> tuple[Mention, ...]:
        """Return the names in `text` in order of position: whole words, the longest name first."""
        return find_mentions(text, self._lookup, self._day(on))

    def members(self, key: str, on: datetime | None = None) -> tuple[str, ...]:
        """Return the sure members of `key`, at any depth, sorted; without `on` the undated ones."""
        self._known(key)
        return self._graph.members(key, self._day(on))

    def belongs(self, key: str, whole: str, on: datetime | None = None) -> Truth:
        """Whether `key` is `whole` or belongs to it: TRUE for itself and a sure member.

        UNKNOWN for a disputed or vaguely dated membership, and for a `key` only a part of which
        belongs. UnknownName for a key that is no party.
        """
        asked = ("belongs", key, whole, self._day(on))
        if asked not in self._judged:
            self._known(key, whole)
            self._judged[asked] = self._graph.belongs(key, whole, asked[3])
        return self._judged[asked]

    def designated(
        self, key: str, as_: str, by: Sequence[str], on: datetime | None, *, follow_renames: bool
    ) -> Truth:
        """Whether one of the observers `by` lists the party `key` as `as_` at the instant `on`.

        With `follow_renames` a listed name covers the party under its later names too; without,
        only while it goes by a listed name. UnknownName for a key that is no party.
        """
        day = self._day(on)
        asked = ("designated", key, as_, tuple(by), day, follow_renames)
        if asked not in self._judged:
            self._known(key)
            listing = Listing(
                self._listings, self._names, self._graph, as_, tuple(by), day, follow_renames
            )
            self._judged[asked] = listing.covers(key)
        return self._judged[asked]

    def turning_days(self) -> tuple[date, ...]:
        """Return, in order, every day on which a name, a membership or a listing may begin or end.

        Between two of them every answer of `belongs` and `designated` stays the same.
        """
        stated = [
            *(one.validity for one in self.aliases), *(one.validity for one in self.memberships),
            *(one.validity for one in self.designations),
        ]
        return _bounds(stated)

    def naming_days(self) -> tuple[date, ...]:
        """Return, in order, every day on which a name, common word or membership may begin or end.

        Between two of them every answer of `resolve`, `find` and `belongs` stays the same.
        """
        stated = [
            *(one.validity for one in self.aliases), *(one.validity for one in self.memberships),
            *(one.validity for one in self.generic),
        ]
        return _bounds(stated)

    def mirror(self, swapped: Mapping[str, str]) -> Actors:
        """Return these actors with party keys exchanged: what was said of one is said of the other.

        `swapped` maps keys onto the same keys (``{"a": "b", "b": "a"}``), else BadCall.
        """
        self._known(*swapped)
        if sorted(swapped) != sorted(swapped.values()):
            message = f"mirror: {dict(swapped)} does not map a set of keys onto itself"
            raise BadCall(message)
        return self._renamed(lambda key: swapped.get(key, key))

    def _renamed(self, to: Callable[[str], str]) -> Actors:
        moved = (replace(party, key=to(key)) for key, party in self.parties.items())
        return Actors(
            parties={party.key: party for party in sorted(moved, key=lambda one: one.key)},
            aliases=tuple(replace(one, party=to(one.party)) for one in self.aliases),
            memberships=tuple(
                replace(one, member=to(one.member), whole=to(one.whole)) for one in self.memberships
            ),
            generic=tuple(replace(one, may_be=tuple(map(to, one.may_be))) for one in self.generic),
            designations=tuple(replace(one, subject=to(one.subject)) for one in self.designations),
            zone=self.zone,
        )

    def _day(self, on: datetime | None) -> date | None:
        return None if on is None else day_of(on, self.zone)

    def _known(self, *keys: str) -> None:
        for key in keys:
            if key not in self.parties:
                raise UnknownName(key, place="actors", known=self.parties)


def _bounds(stated: Iterable[Validity]) -> tuple[date, ...]:
    bounds = (bound for one in stated for bound in (one.start, one.end))
    return tuple(
        sorted({day for one in bounds if one is not None for day in (one.earliest, one.latest)})
    )


def _grouped(records: Iterable[_Record], key: Callable[[_Record], str]) -> dict[str, list[_Record]]:
    grouped: dict[str, list[_Record]] = defaultdict(list)
    for one in records:
        grouped[key(one)].append(one)
    return dict(grouped)
