"""Whether an observer's list covers a party on a day, by the names that were listed.

A listing that states names covers the party as long as it goes by one of them; with renames
followed it covers the party under its later names as well. A listed whole leaves it open for its
members, and a coalition that mixes listed and other members is open itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from trucewatch.actors.membership import Memberships, held_on
from trucewatch.actors.names import form_of
from trucewatch.actors.party import Alias, Designation
from trucewatch.truth import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of

__all__ = ["Listing"]


@dataclass(frozen=True, slots=True)
class Listing:
    """One question about designations, asked of one party after another: what, by whom, when."""

    designations: Mapping[str, Sequence[Designation]]
    """Party key → its designations."""
    aliases: Mapping[str, Sequence[Alias]]
    """Party key → its aliases, for the days on which a listed name was in use."""
    memberships: Memberships
    as_: str
    by: tuple[str, ...]
    day: date | None
    follow_renames: bool

    def covers(self, key: str) -> Truth:
        """Whether the party `key` is designated, all listings, members and wholes considered."""
        through_parts = self._with_parts(key, frozenset())
        whole_listed = any(
            self._own(whole).may for whole in self.memberships.wholes_of(key, self.day)
        )
        return any_of((through_parts, UNKNOWN if whole_listed else FALSE))

    def _own(self, key: str) -> Truth:
        return any_of(self._by_one(one) for one in self.designations.get(key, ()))

    def _by_one(self, one: Designation) -> Truth:
        if one.as_ != self.as_ or one.by not in self.by:
            return FALSE
        named = any_of(self._named(one.subject, name) for name in one.names) if one.names else TRUE
        return all_of((one.validity.holds(self.day), named))

    def _named(self, key: str, name: str) -> Truth:
        """Whether a list that holds `name` means the party; its undated name always does."""
        form = form_of(name)
        uses = [one for one in self.aliases.get(key, ()) if form_of(one.name) == form]
        return any_of(map(self._means_the_party, uses)) if uses else TRUE

    def _means_the_party(self, use: Alias) -> Truth:
        """A listed member body or part leaves the party itself open, a disputed name too."""
        whole = TRUE if use.relation == "same" and use.part is None else UNKNOWN
        return whole if self.follow_renames else all_of((whole, use.validity.holds(self.day)))

    def _with_parts(self, key: str, seen: frozenset[str]) -> Truth:
        """Whether the party is listed itself, or through its members: all, none, or some."""
        parts = [
            (held_on(link, self.day), self._with_parts(link.member, seen | {key}))
            for link in self.memberships.parts_of(key)
            if link.member not in seen | {key}
        ]
        some = any_of(all_of(pair) for pair in parts)
        every = all_of(any_of((~belongs, listed)) for belongs, listed in parts)
        through_parts = some if some is FALSE or every is TRUE else UNKNOWN
        return any_of((self._own(key), through_parts))
