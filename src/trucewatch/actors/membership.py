"""Who belongs to whom on a day, in three values and through every level."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from trucewatch.actors.party import Membership
from trucewatch.truth import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of

__all__ = ["Memberships", "held_on"]


def held_on(link: Membership, day: date | None) -> Truth:
    """Whether this membership holds on `day`: a disputed one is never surely so."""
    dated = link.validity.holds(day)
    return dated if link.certainty == "sure" or dated is FALSE else UNKNOWN


@dataclass(frozen=True, slots=True)
class Memberships:
    """Every stated membership, walkable up and down; a circle is walked once."""

    links: tuple[Membership, ...] = ()
    _up: dict[str, list[Membership]] = field(init=False, repr=False, compare=False)
    _down: dict[str, list[Membership]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        up: dict[str, list[Membership]] = defaultdict(list)
        down: dict[str, list[Membership]] = defaultdict(list)
        for link in self.links:
            up[link.member].append(link)
            down[link.whole].append(link)
        object.__setattr__(self, "_up", dict(up))
        object.__setattr__(self, "_down", dict(down))

    def parts_of(self, whole: str) -> Sequence[Membership]:
        """Return the memberships stated directly under `whole`."""
        return self._down.get(whole, ())

    def inside(self, key: str, whole: str, day: date | None) -> Truth:
        """Whether `key` is `whole` or a member of it, at any depth."""
        return self._inside(key, whole, day, frozenset())

    def _inside(self, key: str, whole: str, day: date | None, seen: frozenset[str]) -> Truth:
        if key == whole:
            return TRUE
        if key in seen:
            return FALSE
        return any_of(
            all_of((held_on(link, day), self._inside(link.whole, whole, day, seen | {key})))
            for link in self._up.get(key, ())
        )

    def belongs(self, key: str, whole: str, day: date | None) -> Truth:
        """Whether what `key` does or suffers is done or suffered by `whole`.

        UNKNOWN also when only a part of `key` belongs to `whole`: a coalition that contains members
        of a bloc may or may not have acted through them.
        """
        upward = self.inside(key, whole, day)
        if upward is not FALSE:
            return upward
        partly = any(self.inside(part, whole, day).may for part in self.possible(key, day))
        return UNKNOWN if partly else FALSE

    def members(self, whole: str, day: date | None) -> tuple[str, ...]:
        """Return the sure members of `whole` at any depth, without itself, sorted."""
        possible = self.possible(whole, day)
        return tuple(key for key in possible if self.inside(key, whole, day) is TRUE)

    def possible(self, whole: str, day: date | None) -> tuple[str, ...]:
        """Return everybody who is or may be a member of `whole`, at any depth, sorted."""
        return _reached(
            whole, self._down, lambda link: link.member, lambda link: held_on(link, day).may
        )

    def wholes_of(self, key: str, day: date | None) -> tuple[str, ...]:
        """Return everything that `key` is or may be a member of, at any depth, sorted."""
        return _reached(key, self._up, lambda link: link.whole, lambda link: held_on(link, day).may)

    def circles(self) -> Iterator[Membership]:
        """Yield the memberships by which a party would belong to itself, dates aside."""
        for link in self.links:
            above = _reached(link.whole, self._up, lambda one: one.whole, lambda _: True)
            if link.member in (link.whole, *above):
                yield link


def _reached(
    start: str,
    links: Mapping[str, Sequence[Membership]],
    far_end: Callable[[Membership], str],
    usable: Callable[[Membership], bool],
) -> tuple[str, ...]:
    """Return every party that a path of usable links leads to, without `start`, sorted."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for link in links.get(waiting.pop(), ()):
            if far_end(link) not in found and usable(link):
                found.add(far_end(link))
                waiting.append(far_end(link))
    return tuple(sorted(found - {start}))
