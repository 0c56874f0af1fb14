"""Claims → observations of nodes: copies folded, verbs turned into what they say of which day.

A node is ground that claims speak of: a place, or a vague area around it. What a claim says
becomes one or two observations "the state is (not) X on day d", each with the error pattern of its source.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from trucewatch.control.given import ControlClaim, Spot
from trucewatch.control.schema import CONTESTED
from trucewatch.control.weights import ControlWeights, Floats

__all__ = ["Ints", "Nodes", "Observations", "independent", "likelihoods", "nodes_of", "observe", "states_of"]

Ints = npt.NDArray[np.int64]

_VAGUE_M = 10_000.0
"""A claim about a wider disk speaks of the country around a place, not of the place."""
_COPY_DAYS = 3
_SHORT_DAYS = 14
_ELSEWHERE = 0.25
"""Share of likelihood left to holders whom a claim of fighting does not name."""


@dataclass(frozen=True, slots=True, eq=False)
class Nodes:
    """Ground that claims speak of."""

    lat: Floats
    lon: Floats
    sigma_m: Floats
    """0 for a place; radius / 2.45 for a vague area."""
    of_claim: Ints
    keys: Mapping[tuple[Any, ...], int]
    """(Place or point, size of a vague area) → its node."""
    asked: Mapping[tuple[float, float], str]
    """Point → the asked place that stands there."""

    def __len__(self) -> int:
        return len(self.lat)

    @property
    def named(self) -> dict[str, int]:
        """Place → its node."""
        return {key[0]: node for key, node in self.keys.items() if key[1] == 0 and isinstance(key[0], str)}

    def part(self, claims: Sequence[int]) -> Nodes:
        """Return the same nodes for some of the claims."""
        return replace(self, of_claim=self.of_claim[list(claims)])

    def joined_by(self, claims: Sequence[ControlClaim]) -> Nodes:
        """Return the nodes with claims that come after the others."""
        keys, of_claim = dict(self.keys), []
        rows: list[tuple[float, float, float]] = []
        for one in claims:
            vague = one.radius_m > _VAGUE_M
            here = (round(one.lat, 3), round(one.lon, 3))
            key = (one.place or self.asked.get(here) or here, round(one.radius_m, -3) if vague else 0)
            if key not in keys:
                keys[key] = len(keys)
                rows.append((one.lat, one.lon, one.radius_m / 2.45 if vague else 0.0))
            of_claim.append(keys[key])
        lat, lon, sigma = np.array(rows, dtype=float).reshape(-1, 3).T
        return Nodes(
            np.append(self.lat, lat), np.append(self.lon, lon), np.append(self.sigma_m, sigma),
            np.append(self.of_claim, np.array(of_claim, dtype=np.int64)), keys, self.asked,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Observations:
    """Columns of one length, ordered by node, day, publication and claim."""

    node: Ints
    day: Ints
    published: Ints
    claim: Ints
    """Position of the claim."""
    channel: Ints
    """Position in `channels`: whose errors it makes."""
    state: Ints
    says: Ints
    """1: the state is this one; -1: it is not."""
    share: Floats
    """Power of its likelihood: a long period is stated at both of its ends, half each."""
    open_to: npt.NDArray[np.bool_]
    """(rows, states): holders that a claim of fighting leaves possible."""
    change: npt.NDArray[np.bool_]
    """The claim reports that it came to be so on that day."""
    channels: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.node)

    def joined_by(self, more: Observations) -> Observations:
        """Return the observations with those of claims that come after all others."""
        channels = tuple(sorted({*self.channels, *more.channels}))
        place = {name: at for at, name in enumerate(channels)}
        mine, theirs = (np.array([place[name] for name in one.channels], dtype=np.int64) for one in (self, more))
        at = []
        for node, day, published in zip(more.node.tolist(), more.day.tolist(), more.published.tolist(), strict=True):
            first, end = np.searchsorted(self.node, (node, node + 1))
            earlier = (self.day[first:end] < day) | ((self.day[first:end] == day) & (self.published[first:end] <= published))
            at.append(int(first + earlier.sum()))
        columns = {name: np.insert(getattr(self, name), at, getattr(more, name), axis=0) for name in self.__slots__ if name != "channels"}
        columns["channel"] = np.insert(mine[self.channel], at, theirs[more.channel])
        return Observations(**columns, channels=channels)

    def take(self, rows: npt.NDArray[Any]) -> Observations:
        """Return some rows, in the order given (positions or a mask)."""
        return Observations(
            self.node[rows], self.day[rows], self.published[rows], self.claim[rows], self.channel[rows],
            self.state[rows], self.says[rows], self.share[rows], self.open_to[rows], self.change[rows],
            self.channels,
        )


def states_of(claims: Iterable[ControlClaim], more: Iterable[str] = ()) -> tuple[str, ...]:
    """Return every holder that a claim names, in order, and `contested` last."""
    names: set[str] = set(more)
    for one in claims:
        names.update(one.holder.removeprefix(CONTESTED + ":").split("|") if one.kind == CONTESTED else [one.holder])
    return (*sorted(names - {CONTESTED}), CONTESTED)


def nodes_of(claims: Sequence[ControlClaim], spots: Sequence[Spot] = ()) -> Nodes:
    """Return the nodes; a claim without a place belongs to the asked place that it lies on, if any."""
    at = {(round(one.lat, 3), round(one.lon, 3)): one.place for one in reversed(spots)}
    nothing = np.empty(0)
    return Nodes(nothing, nothing, nothing, np.empty(0, dtype=np.int64), {}, at).joined_by(claims)


def independent(claims: Sequence[ControlClaim], nodes: Nodes) -> npt.NDArray[np.bool_]:
    """Return which claims count: the first published of what one origin says of a place and day.

    A repetition by another source within three days is a copy too.
    """
    counts = np.zeros(len(claims), dtype=bool)
    first: dict[tuple[Any, ...], list[ControlClaim]] = {}
    order = sorted(range(len(claims)), key=lambda at: (claims[at].published, claims[at].row))
    for at in order:
        one = claims[at]
        kind = "held" if one.kind == "captured" else one.kind
        said = first.setdefault((one.origin, int(nodes.of_claim[at]), kind, one.holder), [])
        if not any(_copy(one, other) for other in said):
            said.append(one)
            counts[at] = True
    return counts


def _copy(one: ControlClaim, first: ControlClaim) -> bool:
    apart = abs(one.first - first.first)
    return apart == 0 or (one.source != first.source and apart <= _COPY_DAYS)


def observe(
    claims: Sequence[ControlClaim], nodes: Nodes, states: Sequence[str], counted: npt.NDArray[np.bool_],
    names: Collection[str] | None = None,
) -> Observations:
    """Return what the claims that count say, as observations; `names` are the sources there are, None: those of the claims."""
    names = {one.source for one in claims} if names is None else names
    rows: list[tuple[Any, ...]] = []
    for at in np.flatnonzero(counted).tolist():
        one = claims[at]
        voice = one.origin if one.origin in names else one.source
        channel = f"{voice} (claimed)" if one.kind == "claimed" else voice
        for day, state, says, share, change in _said(one):
            rows.append((nodes.of_claim[at], day, one.published, at, channel, state, says, share, change))
    return _columns(rows, claims, states)


def _said(one: ControlClaim) -> list[tuple[int, str, int, float, bool]]:
    """Return (day, state, is or is not, share, came to be so on that day) of a claim."""
    if one.kind == "captured":
        return [(one.first - 1, one.holder, -1, 1.0, False), (one.first, one.holder, 1, 1.0, True)]
    if one.kind == "withdrew":
        return [(one.first - 1, one.holder, 1, 1.0, False), (one.first, one.holder, -1, 1.0, True)]
    state = CONTESTED if one.kind == CONTESTED else one.holder
    says = -1 if one.kind == "failed" else 1
    if one.last - one.first <= _SHORT_DAYS:
        return [((one.first + one.last) // 2, state, says, 1.0, False)]
    return [(one.first, state, says, 0.5, False), (one.last, state, says, 0.5, False)]


def _columns(rows: Sequence[tuple[Any, ...]], claims: Sequence[ControlClaim], states: Sequence[str]) -> Observations:
    channels = tuple(sorted({row[4] for row in rows}))
    place = {name: at for at, name in enumerate(channels)}
    index = {name: at for at, name in enumerate(states)}
    ordered = sorted(rows, key=lambda row: (row[0], row[1], row[2], claims[row[3]].row))
    ints = np.array(
        [(row[0], row[1], row[2], row[3], place[row[4]], index[row[5]], row[6]) for row in ordered], dtype=np.int64
    ).reshape(-1, 7)
    share = np.array([row[7] for row in ordered], dtype=float)
    node, day, published, claim, channel, state, says = ints.T
    return Observations(
        node, day, published, claim, channel, state, says, share, _open_to(ordered, claims, states),
        np.array([row[8] for row in ordered], dtype=bool), channels
    )


def _open_to(ordered: Sequence[tuple[Any, ...]], claims: Sequence[ControlClaim], states: Sequence[str]) -> npt.NDArray[np.bool_]:
    open_to = np.ones((len(ordered), len(states)), dtype=bool)
    for at, row in enumerate(ordered):
        named = claims[row[3]].holder
        if named.startswith(CONTESTED + ":"):
            open_to[at] = [one == CONTESTED or set(one.split("|")) <= set(named[len(CONTESTED) + 1:].split("|")) for one in states]
    return open_to


def likelihoods(seen: Observations, weights: ControlWeights) -> Floats:
    """Return (rows, states): probability of each observation if that state were true."""
    table = np.array([weights.confusions.get(one, weights.other) for one in seen.channels]).reshape(-1, *weights.other.shape)
    said: Floats = table[seen.channel, :, seen.state]
    right = np.einsum("css->c", table)[seen.channel] / len(weights.states)
    denied = np.where(np.arange(len(weights.states)) == seen.state[:, None], 1 - right[:, None], right[:, None])
    found = np.where((seen.says > 0)[:, None], said, denied)
    found = np.where(seen.open_to, found, found * _ELSEWHERE)
    result: Floats = np.maximum(found, 1e-9) ** seen.share[:, None]
    return result
