"""Clusters of each component of pairs: `agglomeration.Solver` compiled, on square tables of a component.

The same rule gives the same clusters: merge the two of the greatest positive sum (ties: least rows) until
there are none, then move single units. A test compares it with the solver on graphs of every kind.
"""

# Without annotations: numba finds the types.
# mypy: disable-error-code="no-untyped-def, misc, no-any-return, assignment"
# ruff: noqa: ANN001, ANN201, ANN202

from __future__ import annotations

import numpy as np

from trucewatch.incidents.compiled.compiling import compiled

__all__ = ["solve_components"]


@compiled
def solve_components(begin, end, members, member_at, edges, edge_at, sizes, held, held_at, absent, result):
    """Write the least unit of its cluster for every unit of the components `begin` to `end`.

    `members` units of the components one after the other, sorted in each, `member_at[c]` where those of c
    start; `edges` (place of one in its component, place of the other, sum, pairs of comparable reports) with
    `edge_at`; `sizes` comparable reports of each unit; `held[held_at[u]:held_at[u + 1]]` what unit u may
    share with no other one of its cluster.
    """
    for component in range(begin, end):
        units = members[member_at[component] : member_at[component + 1]]
        count = len(units)
        total = np.zeros((count, count), dtype=np.int64)
        pairs = np.zeros((count, count), dtype=np.int64)
        one, other, value, told = edges
        for edge in range(edge_at[component], edge_at[component + 1]):
            a, b = one[edge], other[edge]
            total[a, b] += value[edge]
            total[b, a] += value[edge]
            pairs[a, b] += told[edge]
            pairs[b, a] += told[edge]
        apart = _apart(units, held, held_at)
        weight = sizes[units]
        home = np.arange(count)
        if count == 2:
            if not apart[0, 1] and total[0, 1] + absent * (weight[0] * weight[1] - pairs[0, 1]) > 0:
                home[1] = 0
        else:
            _merge(total.copy(), pairs.copy(), apart.copy(), weight.copy(), absent, home)
            _move(total, pairs, apart, weight, absent, home)
        least = np.full(2 * count * _ROUNDS + count, -1, dtype=np.int64)
        for unit in range(count):
            if least[home[unit]] < 0:
                least[home[unit]] = units[unit]
            result[units[unit]] = least[home[unit]]


_ROUNDS = 4


@compiled
def _apart(units, held, held_at):
    """Return which units share something that only one of a cluster may have."""
    count = len(units)
    apart = np.zeros((count, count), dtype=np.bool_)
    number = 0
    for unit in units:
        number += held_at[unit + 1] - held_at[unit]
    code, owner = np.empty(number, dtype=np.int64), np.empty(number, dtype=np.int64)
    number = 0
    for place in range(count):
        for at in range(held_at[units[place]], held_at[units[place] + 1]):
            code[number], owner[number] = held[at], place
            number += 1
    order = np.argsort(code)
    for first in range(number):
        beyond = first + 1
        while beyond < number and code[order[beyond]] == code[order[first]]:
            a, b = owner[order[first]], owner[order[beyond]]
            if a != b:
                apart[a, b] = apart[b, a] = True
            beyond += 1
    return apart


@compiled
def _worth(total, pairs, weight, absent, a, b):
    return total[a, b] + absent * (weight[a] * weight[b] - pairs[a, b])


@compiled
def _best_of(total, pairs, apart, weight, absent, live, a):
    """Return (worth, place) of the best later cluster for cluster `a`; worth 0 if there is none."""
    best, place = np.int64(0), -1
    for b in range(a + 1, len(weight)):
        if live[b] and not apart[a, b]:
            worth = _worth(total, pairs, weight, absent, a, b)
            if worth > best:
                best, place = worth, b
    return best, place


@compiled
def _merge(total, pairs, apart, weight, absent, home):
    """Merge the best two until no sum is positive; a cluster is named by its least unit."""
    count = len(weight)
    live = np.ones(count, dtype=np.bool_)
    best, place = np.zeros(count, dtype=np.int64), np.full(count, -1)
    for a in range(count):
        best[a], place[a] = _best_of(total, pairs, apart, weight, absent, live, a)
    while True:
        a = np.argmax(best)
        if best[a] <= 0:
            return
        b = place[a]
        live[b], best[b] = False, 0
        home[home == b] = a
        weight[a] += weight[b]
        for c in range(count):
            if live[c] and c != a:
                total[a, c] += total[b, c]
                total[c, a] = total[a, c]
                pairs[a, c] += pairs[b, c]
                pairs[c, a] = pairs[a, c]
                apart[a, c] = apart[c, a] = apart[a, c] or apart[b, c]
        best[a], place[a] = _best_of(total, pairs, apart, weight, absent, live, a)
        for c in range(b):
            if not live[c] or c == a:
                continue
            if place[c] == a or place[c] == b:
                best[c], place[c] = _best_of(total, pairs, apart, weight, absent, live, c)
            elif c < a and not apart[c, a]:
                worth = _worth(total, pairs, weight, absent, c, a)
                if worth > best[c] or (worth == best[c] and worth > 0 and a < place[c]):
                    best[c], place[c] = worth, a


@compiled
def _move(total, pairs, apart, weight, absent, home):
    """Move single units to where their sum is greater, in order, a few rounds at most.

    Clusters that a unit opens for itself are numbered from `count` on; of equal sums the latest of them comes
    first, then the least.
    """
    count = len(weight)
    size = np.zeros(2 * count * _ROUNDS + count, dtype=np.int64)
    for unit in range(count):
        size[home[unit]] += weight[unit]
    fresh = count
    for _ in range(_ROUNDS):
        moved = False
        for unit in range(count):
            target = _better(unit, total, pairs, apart, weight, absent, home, size, fresh)
            if target == home[unit]:
                continue
            size[home[unit]] -= weight[unit]
            size[target] += weight[unit]
            home[unit] = target
            fresh = max(fresh, target + 1)
            moved = True
        if not moved:
            return


@compiled
def _better(unit, total, pairs, apart, weight, absent, home, size, fresh):
    """Return the cluster in which the sum of a unit is greatest: its own, another one, or a new one."""
    count, own = len(weight), home[unit]
    sums, met = np.zeros(fresh, dtype=np.int64), np.zeros(fresh, dtype=np.int64)
    near, torn = np.zeros(fresh, dtype=np.bool_), np.zeros(fresh, dtype=np.bool_)
    for other in range(count):
        if other == unit:
            continue
        name = home[other]
        torn[name] = torn[name] or apart[unit, other]
        if total[unit, other] != 0 or pairs[unit, other] != 0:
            near[name] = True
            sums[name] += total[unit, other]
            met[name] += pairs[unit, other]
    here = sums[own] + absent * (weight[unit] * (size[own] - weight[unit]) - met[own])
    best, target = max(np.int64(0), here), own
    for place in range(fresh):
        # The latest of the clusters that were opened comes first.
        name = fresh - 1 - place if place < fresh - count else place - (fresh - count)
        if name == own or not near[name] or torn[name]:
            continue
        worth = sums[name] + absent * (weight[unit] * size[name] - met[name])
        if worth > best:
            best, target = worth, name
    return fresh if target == own and here < 0 else target
