"""Which places a spelling may mean: exact before folded before fuzzy, several stay several.

Measured on public data (tests/places/test_measured.py repeats it): UCDP GED town and village names
of Syria 2016-2019 against the sub-districts of the common operational dataset, right when the
coded point lies in the sub-district or within 2 km of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz.distance import Indel

from trucewatch.places.names import Name, normal, read_name

__all__ = ["FUZZY_RATIO", "FUZZY_RATIO_SHORT", "Grade", "Hit", "NameIndex"]

FUZZY_RATIO = 0.80
"""Least normalised Indel similarity of two folds that share three consonants or more."""
FUZZY_RATIO_SHORT = 0.90
"""The same for one or two consonants, where unrelated names meet often."""


class Grade(IntEnum):
    """How a spelling met a name; smaller is better."""

    EXACT = 0
    """Equal but for case, accents and punctuation."""
    FOLDED = 1
    """Equal without articles and kind words and with vowels reduced."""
    FUZZY = 2
    """Same consonants and similar vowels."""


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """One place that a spelling may mean."""

    grade: Grade
    key: str
    similarity: float
    """Of the folds, 0..1, rounded to 4 digits."""


class NameIndex:
    """Every spelling of every place, by normal form, fold and skeleton; fixed once it is built."""

    __slots__ = ("_by_fold", "_by_normal", "_by_skeleton")

    def __init__(self, spellings: Iterable[tuple[str, str]]) -> None:
        self._by_normal: dict[str, set[str]] = {}
        self._by_fold: dict[str, set[str]] = {}
        self._by_skeleton: dict[str, set[tuple[str, str]]] = {}
        for key, spelling in spellings:
            name = read_name(spelling)
            self._by_normal.setdefault(name.normal, set()).add(key)
            self._by_fold.setdefault(name.fold, set()).add(key)
            self._by_skeleton.setdefault(name.skeleton, set()).add((name.fold, key))

    def exact(self, spelling: str) -> tuple[str, ...]:
        """Return the keys whose name is this one but for case, accents and punctuation; sorted."""
        return tuple(sorted(self._by_normal.get(normal(spelling), ())))

    def hits(self, spelling: str) -> tuple[Hit, ...]:
        """Return every place the spelling may mean with its best grade, best first, then by key."""
        name = read_name(spelling)
        if not name.fold:
            return ()
        best = self._fuzzy(name)
        best |= {key: Hit(Grade.FOLDED, key, 1.0) for key in self._by_fold.get(name.fold, ())}
        best |= {key: Hit(Grade.EXACT, key, 1.0) for key in self._by_normal.get(name.normal, ())}
        return tuple(sorted(best.values()))

    def _fuzzy(self, name: Name) -> dict[str, Hit]:
        found: dict[str, Hit] = {}
        if len(name.skeleton) < 2:
            return found
        least = FUZZY_RATIO if len(name.skeleton) > 2 else FUZZY_RATIO_SHORT
        for fold, key in sorted(self._by_skeleton.get(name.skeleton, ())):
            alike = round(Indel.normalized_similarity(name.fold, fold), 4)
            known = found.get(key)
            if (
                alike >= least
                and _same_gender(name.fold, fold)
                and (known is None or alike > known.similarity)
            ):
                found[key] = Hit(Grade.FUZZY, key, alike)
        return found


def _same_gender(fold: str, other: str) -> bool:
    """A feminine ending on one name only makes another name: Nasr and Nasra, Mansur and Mansura."""
    return fold.endswith("a") == other.endswith("a")
