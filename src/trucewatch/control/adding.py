"""More claims for evidence that is there: only the ground that they speak of is observed again, with the weights held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy

import numpy as np

from trucewatch.control.asking import Evidence, Said
from trucewatch.control.evidence import (
    Ints,
    Nodes,
    independent,
    nodes_of,
    observe,
    states_of,
)
from trucewatch.control.given import ControlClaim, Spot
from trucewatch.control.ground import Ground, apart_m, ground_of
from trucewatch.control.hindsight import Smoother
from trucewatch.control.nowcast import Filter
from trucewatch.control.weights import RANGES_M, ControlWeights, widened

__all__ = ["anew", "joined_by", "reached"]


def joined_by(evidence: Evidence, more: Sequence[ControlClaim], place: Mapping[str, int]) -> Evidence | None:
    """Return the evidence with claims that come after all others; None where all has to be observed anew.

    That is so when a holder is named whom nobody named before, or a source that was known as an origin alone. `place`:
    asked place → its row.
    """
    voices = evidence.voices
    sources = {one.source for one in more}
    if not more or set(states_of(more)) - set(evidence.states) or (sources - voices[0]) & voices[1]:
        return None
    joined, count = copy(evidence), len(evidence.counted)
    for name in ("claims", "everything", "seen"):
        joined.__dict__.pop(name, None)
    nodes = joined.nodes = evidence.nodes.joined_by(more)
    fresh = np.arange(count, count + len(more))
    touched = np.unique(nodes.of_claim[fresh])
    said = observe(more, nodes.part(fresh.tolist()), evidence.states, np.ones(len(more), dtype=bool), voices[0] | sources)
    said.claim[:] += count
    joined.later = Said((*evidence.later.claims, *more), evidence.later.seen.joined_by(said))
    joined.voices = (voices[0] | sources, voices[1] | {one.origin for one in more})
    joined.counted = _counted(joined, touched)
    joined.ground = Ground(evidence.ground.lat, evidence.ground.lon, _own(evidence, nodes, place), nodes)
    joined.horizon = max(evidence.horizon, *(one.published for one in more))
    joined.running = _running(evidence, joined, touched)
    return joined


def anew(evidence: Evidence, more: Sequence[ControlClaim], spots: Sequence[Spot]) -> Evidence:
    """Return the evidence of all claims, everything observed again; weights are widened to holders named for the first time."""
    claims = (*evidence.claims, *more)
    states, nodes = states_of(claims, evidence.states), nodes_of(claims, spots)
    everything = observe(claims, nodes, states, np.ones(len(claims), dtype=bool))
    horizon = max(evidence.horizon, *(one.published for one in more))
    fitted = tuple(widened(one, states) for one in evidence.fitted)
    return Evidence(claims, nodes, states, ground_of(spots, nodes), everything, independent(claims, nodes), fitted, evidence.mode, horizon)


def _counted(joined: Evidence, touched: Ints) -> np.ndarray:
    before, more = joined.first.claims, joined.later.claims
    counted = np.append(joined.counted, np.zeros(len(before) + len(more) - len(joined.counted), dtype=bool))
    for node in touched:
        mine = np.flatnonzero(joined.nodes.of_claim == node).tolist()
        claims = [before[at] if at < len(before) else more[at - len(before)] for at in mine]
        counted[mine] = independent(claims, joined.nodes.part(mine))
    return counted


def _own(evidence: Evidence, nodes: Nodes, place: Mapping[str, int]) -> Ints:
    """Return the node of each asked place: a claim may be the first about one."""
    own = evidence.ground.own
    for (name, size), node in list(nodes.keys.items())[len(evidence.nodes) :]:
        if size == 0 and isinstance(name, str) and name in place:
            own = own.copy() if own is evidence.ground.own else own
            own[place[name]] = node
    return own


def _running(evidence: Evidence, joined: Evidence, touched: Ints) -> tuple[ControlWeights, int, Filter | Smoother] | None:
    """Return the beliefs of the day that was last asked about, with those of the touched nodes worked out again."""
    running = evidence.running
    if running is None or not isinstance(running[2], Filter):
        return None
    kept = running[2].joined_by(lambda: joined.seen, joined.said_of(touched), len(joined.nodes))
    return None if kept is None else (running[0], running[1], kept)


def reached(ground: Ground, claims: Sequence[int]) -> np.ndarray:
    """Return which places claims (positions) can reach: those whose own they are, and those within the widest kernel."""
    found = np.zeros(len(ground.lat), dtype=bool)
    for node in np.unique(ground.nodes.of_claim[list(claims)]):
        wide = RANGES_M[-1] ** 2 + ground.nodes.sigma_m[node] ** 2
        metres = np.sqrt(2 * wide * np.log(100 * RANGES_M[-1] ** 2 / wide)) if wide < 100 * RANGES_M[-1] ** 2 else 0.0
        found |= (apart_m(ground.lat, ground.lon, ground.nodes.lat[node], ground.nodes.lon[node]) <= metres + 1.0) | (ground.own == node)
    return found
