"""Two values of one fact compared: acts, targets, weapons, parties. Terms in micro-log-odds."""

from __future__ import annotations

from trucewatch.acts import distance, family, is_act, under, weapon_overlap
from trucewatch.incidents.features import Dyad, Side
from trucewatch.incidents.weights import Weights
from trucewatch.truth import Truth

__all__ = ["DISPUTE", "compare_acts", "compare_dyads", "compare_targets", "compare_weapons"]

DISPUTE = -(1 << 62)
"""Stands for a pair of acts that is a dispute about one act if place, time and target agree."""

_NEIGHBOURS = frozenset(
    {
        frozenset({"attack", "territory"}),
        frozenset({"attack", "property"}),
        frozenset({"attack", "access"}),
        frozenset({"attack", "against_persons"}),
        frozenset({"territory", "presence"}),
        frozenset({"attack", "monitors"}),
        frozenset({"presence", "access"}),
    }
)
"""Families of acts that one happening often shows at once."""


def compare_acts(first: str, second: str, weights: Weights) -> int:
    """Return the term of two acts; accident v attack is the sentinel for a dispute about the
    act.
    """
    if first == second:
        return weights.act["same"]
    if not (is_act(first) and is_act(second)):
        return weights.act["incompatible"]
    families = frozenset({family(first), family(second)})
    if families == {"attack", "no_hostile_act"}:
        return DISPUTE
    if len(families) == 2:
        return weights.act["neighbour" if families in _NEIGHBOURS else "incompatible"]
    if _one_is_branch(first, second):
        return weights.act["branch"]
    return weights.act["sibling" if distance(first, second) <= 2 else "family"]


def _one_is_branch(first: str, second: str) -> bool:
    return under(first, second) or under(second, first)


def compare_targets(first: str, second: str, weights: Weights) -> int:
    """Return the term of two classes of target."""
    if first != second:
        return weights.target["other"]
    return weights.target["rare" if first in weights.rare_targets else "same"]


def compare_weapons(first: str, second: str, weights: Weights) -> int:
    """Return the term of two weapons; one that is a kind of the other agrees with it."""
    either = (weapon_overlap(first, second), weapon_overlap(second, first))
    return weights.weapon["same" if Truth.TRUE in either else "other"]


def compare_dyads(first: Dyad, second: Dyad, weights: Weights) -> int:
    """Return the term of who and against whom; roles that are swapped in a clash agree."""
    straight = _sides(first.by, second.by, weights) + _sides(first.against, second.against, weights)
    if _meet(first.by, second.against) and _meet(first.against, second.by):
        clash = first.clash and second.clash
        swapped = weights.parties["swapped_clash" if clash else "swapped"]
        if not _meet(first.by, second.by) and not _meet(first.against, second.against):
            return swapped
    return straight


def _meet(one: Side | None, other: Side | None) -> bool:
    return one is not None and other is not None and bool(one.parties & other.parties)


def _sides(one: Side | None, other: Side | None, weights: Weights) -> int:
    if one is None or other is None:
        return 0
    firm = one.firm and other.firm
    if not one.parties & other.parties:
        return weights.parties["other" if firm else "loose_other"]
    if not firm:
        return weights.parties["loose"]
    return weights.parties["same" if one.parties == other.parties else "shared"]
