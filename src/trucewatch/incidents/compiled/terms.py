"""The arithmetic of `signals` for two rows, compiled.

It says again, row by row, what `signals` says column by column; a test compares every term of both.
Everywhere: n and f the numbers and whole numbers of each row (columns below), w the weight of each signal,
a and b the two rows; weights and answers in micro-log-odds.
"""

# Without annotations: numba finds the types.
# mypy: disable-error-code="no-untyped-def, misc, no-any-return, assignment"
# ruff: noqa: ANN001, ANN201, ANN202

from __future__ import annotations

import numpy as np

from trucewatch.incidents.compiled.compiling import compiled, part

__all__ = ["NUMBERS", "WHOLE", "terms_of_pairs"]

NUMBERS = ("lat", "lon", "cosine", "radius", "log_killed", "log_injured")
LAT, LON, COSINE, RADIUS, LOG_KILLED, LOG_INJURED = range(6)
WHOLE = (
    "placed", "start", "end", "dated", "published", "low", "high", "killed", "injured", "spoken", "busy", "sided", "alike", "place", "name", "act", "doings", "target", "weapon", "by", "against", "outlet", "grouping", "dataset",
)
(
    PLACED, START, END, DATED, PUBLISHED, LOW, HIGH, KILLED, INJURED, SPOKEN, BUSY, SIDED, ALIKE, PLACE, NAME, ACT, DOINGS, TARGET, WEAPON, BY, AGAINST, OUTLET, GROUPING, DATASET,
) = range(24)


@compiled
def terms_of_pairs(first, second, facts, tables, w, t, fixed, kept, terms):
    """Write the terms of each pair above the floor into `terms` and its place into `kept`; return how many.

    `tables` of two values each (the last: of the sum of how many are near each), `t` the column of each term, `fixed` the prior, same grouping, different
    grouping, the floor.
    """
    acts, doings, weapons, by, against, crowd = tables
    n, f, words, spoken, told, every = facts
    prior, grouped, parted, floor = fixed
    count = 0
    for pair in range(len(first)):
        a, b = first[pair], second[pair]
        row = terms[count]
        row[:] = 0
        row[t.prior] = prior
        row[t.distance] = _distance(n, f, w, a, b)
        row[t.place] = _place(f, w, a, b)
        row[t.time] = _time(f, w, a, b)
        row[t.published] = _published(f, w, a, b)
        row[t.outlet] = w.same_outlet if f[a, OUTLET] == f[b, OUTLET] and f[a, OUTLET] >= 0 else 0
        row[t.busy] = crowd[f[a, BUSY] + f[b, BUSY]]
        row[t.act] = _looked_up(acts, f[a, ACT], f[b, ACT]) + _looked_up(doings, f[a, DOINGS], f[b, DOINGS])
        if f[a, TARGET] >= 0 and f[b, TARGET] >= 0:
            row[t.target] = w.same_target if f[a, TARGET] == f[b, TARGET] else w.other_target
        row[t.weapon] = _looked_up(weapons, f[a, WEAPON], f[b, WEAPON])
        row[t.parties] = _looked_up(by, f[a, BY], f[b, BY]) + _looked_up(against, f[a, AGAINST], f[b, AGAINST])
        if f[a, BY] >= 0 and f[a, BY] == f[b, BY] and f[a, AGAINST] >= 0 and f[a, AGAINST] == f[b, AGAINST] and w.rare_dyad:
            row[t.dyad] = _times(np.log((f[a, SIDED] + f[b, SIDED] + 2) / (f[a, ALIKE] + f[b, ALIKE] + 1)), w.rare_dyad)
        row[t.deaths] = _killed(n, f, w, a, b)
        row[t.injured] = _injured(n, f, w, a, b)
        if f[a, SPOKEN] and f[b, SPOKEN]:
            row[t.text] = _words(words[a], words[b], w)
        if len(every):
            row[t.text] += _weighed_words(spoken[a], spoken[b], told[a], every[a], every[b], w)
        if f[a, GROUPING] >= 0 and f[a, GROUPING] == f[b, GROUPING]:
            row[t.grouping] = grouped
        elif f[a, DATASET] >= 0 and f[a, DATASET] == f[b, DATASET]:
            row[t.grouping] = parted
        total = np.int64(0)
        for value in row:
            total += value
        if total - min(0, row[t.grouping]) > floor:
            kept[count] = pair
            count += 1
    return count


@part
def _times(signal, weight):
    """Return a signal times its weight, rounded as NumPy's columns of 32 bits round it."""
    return np.int64(np.rint(np.float64(np.float32(signal)) * weight))


@part
def _looked_up(table, one, other):
    return table[one, other] if one >= 0 and other >= 0 else np.int32(0)


@part
def _distance(n, f, w, a, b):
    if not (f[a, PLACED] and f[b, PLACED]):
        return np.int64(w.unplaced)
    north = np.sin((n[b, LAT] - n[a, LAT]) / 2.0)
    east = np.sin((n[b, LON] - n[a, LON]) / 2.0)
    chord = north * north + n[a, COSINE] * n[b, COSINE] * east * east
    metres = 2.0 * 6_371_008.8 * np.arcsin(np.sqrt(min(1.0, chord)))
    coarser = max(n[a, RADIUS], n[b, RADIUS])
    variance = (n[a, RADIUS] ** 2 + n[b, RADIUS] ** 2) / 2.45**2
    sigma = np.sqrt(variance + 2 * (1_000.0 / 2.45) ** 2)
    square = (metres / sigma) ** 2
    near = w.near_fine if coarser <= 2_000.0 else w.near_town if coarser <= 8_000.0 else w.near_coarse
    total = _times(np.exp(-square / 2), near) + _times(min(4.0, np.log1p(square)), w.sigmas)
    total += _times(min(4.0, np.log1p(metres / 1_000.0)), w.kilometres)
    return total + _times(np.log(sigma / 3_000.0), w.vague)


@part
def _place(f, w, a, b):
    keys = f[a, PLACE] >= 0 and f[b, PLACE] >= 0
    if not keys and (f[a, NAME] < 0 or f[b, NAME] < 0):
        return np.int64(0)
    same = f[a, PLACE] == f[b, PLACE] if keys else f[a, NAME] == f[b, NAME]
    return np.int64(w.same_place if same else w.other_place)


@part
def _time(f, w, a, b):
    if not (f[a, DATED] and f[b, DATED]):
        return np.int64(0)
    day, long = 86_400_000_000, 1 << 59
    gap = max(f[a, START] - f[b, END], f[b, START] - f[a, END]) / day
    total = np.int64(w.overlap) if gap < 0 else _times(1 + gap, w.days_between)
    if abs(f[a, START] - f[b, START]) < day // 2:
        total += np.int64(w.same_start)
        if abs(f[a, END] - f[b, END]) < day // 2:
            total += np.int64(w.same_period)
    if f[a, END] - f[a, START] < long and f[b, END] - f[b, START] < long:
        one, other = max(1.0, (f[a, END] - f[a, START]) / day), max(1.0, (f[b, END] - f[b, START]) / day)
        if one != 1.0 or other != 1.0:
            total += _times(np.log(max(one, other)), w.long)
        if one != other:
            total += _times(abs(np.log(one / other)), w.unlike_length)
    return total


@part
def _published(f, w, a, b):
    never = 1 << 60
    if f[a, PUBLISHED] == never or f[b, PUBLISHED] == never:
        return np.int64(0)
    days = abs(f[a, PUBLISHED] - f[b, PUBLISHED]) / 86_400_000_000
    total = _times(min(5.0, np.log1p(days)) - 1.5, w.published_apart)
    return total + np.int64(w.published_together if days <= 1 else 0)


@part
def _killed(n, f, w, a, b):
    one, other = f[a, KILLED], f[b, KILLED]
    if one < 0 or other < 0:
        return np.int64(0)
    most, least = max(one, other), min(one, other)
    total, log = np.int64(w.known_killed), max(n[a, LOG_KILLED], n[b, LOG_KILLED])
    if most == 0:
        return total + np.int64(w.none_killed)
    if most == least:
        return total + np.int64(w.equal_killed) + _times(log, w.equal_killed_log)
    if least == 0:
        return total + np.int64(w.one_none_killed) + _times(log, w.one_none_killed_log)
    apart = max(f[a, LOW], f[b, LOW]) > min(f[a, HIGH], f[b, HIGH])
    total += np.int64(w.other_killed) + _times(log - min(n[a, LOG_KILLED], n[b, LOG_KILLED]), w.other_killed_log)
    return total + np.int64(w.ranges_apart if apart else 0)


@part
def _injured(n, f, w, a, b):
    one, other = f[a, INJURED], f[b, INJURED]
    if one < 0 or other < 0:
        return np.int64(0)
    most, least = max(one, other), min(one, other)
    total, log = np.int64(w.known_injured), max(n[a, LOG_INJURED], n[b, LOG_INJURED])
    if most == 0:
        return total + np.int64(w.none_injured)
    if most == least:
        return total + np.int64(w.equal_injured) + _times(log, w.equal_injured_log)
    if least == 0:
        return total + np.int64(w.one_none_injured)
    return total + _times(log - min(n[a, LOG_INJURED], n[b, LOG_INJURED]), w.other_injured_log)


@part
def _words(one, other, w):
    shared, every = 0, 0
    for place in range(len(one)):
        both, either = one[place] & other[place], one[place] | other[place]
        while both:
            both &= both - np.uint64(1)
            shared += 1
        while either:
            either &= either - np.uint64(1)
            every += 1
    return _times(shared / max(1, every), w.shared_words) + np.int64(w.no_word_shared if shared == 0 else 0)


@part
def _weighed_words(one, other, told, whole, whole_other, w):
    shared, rarest, number = np.int64(0), np.int64(0), False
    a = b = 0
    while a < len(one) and b < len(other) and one[a] and other[b]:
        if one[a] < other[b]:
            a += 1
        elif one[a] > other[b]:
            b += 1
        else:
            shared += told[a]
            rarest = max(rarest, told[a])
            number = number or one[a] % 2 == 1
            a += 1
            b += 1
    cosine = shared / max(1.0, np.sqrt(np.float64(whole) * whole_other))
    return _times(cosine, w.weighed_words) + _times(rarest / 1_000_000, w.rarest_word) + np.int64(w.shared_number if number else 0)
