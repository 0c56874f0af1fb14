"""Who held a point or a place: what judging asks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

import numpy as np

from trucewatch.control.asking import Evidence
from trucewatch.control.disks import days_in, last_day, points_in, standing_on
from trucewatch.control.fights import Fights, no_fights
from trucewatch.control.ground import Ground, Pool
from trucewatch.control.pooling import answers, summed
from trucewatch.control.reasons import reasons
from trucewatch.control.schema import CONTESTED, UNKNOWN_HOLDER
from trucewatch.control.statements import read_statements
from trucewatch.control.voices import voices_of
from trucewatch.control.weights import Floats
from trucewatch.periods import Period, Zone
from trucewatch.places import Gazetteer
from trucewatch.reports import Source, owner_of
from trucewatch.tables import Table

__all__ = ["Holders", "Reason"]

_NO_SOURCES: Mapping[str, Source] = MappingProxyType({})
_PARTS = 10_000
_LEAST = 1e-6
_NOT_KNOWN = {CONTESTED: 0.0, UNKNOWN_HOLDER: 1.0}

_Disk = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Reason:
    """What one claim does to the answer at the centre of the ground asked about."""

    claim_id: str
    source: str
    holder: str
    """What it says: a party, `a|b`, `contested` or `contested:a|b`."""
    kind: str
    contribution: float
    """Change of the natural-log odds of the holder explained, in order of publication."""
    if_removed: float
    """Probability of that holder without the claim."""
    age_days: int
    """From the last day it speaks of to the day asked about; below 0: it speaks of later."""
    distance_m: int
    reliability: float
    """Probability that its source says what is so."""
    copy: bool
    """It repeats what its origin was already counted for."""


class Holders:
    """The control claims known at `known_at` (None: all), ready for questions.

    `claims` has schema CLAIM; `zone` is the case's time zone; `sources` gives the reliability class
    of each source (F for one that is not in it); `accepted` are ids of claims that people have accepted; `fights` raise
    `contested`. `problems` lists the claims that say nothing. Every claim counts for every day: who asks for findings at T
    gives what was known by T.
    """

    def __init__(
        self,
        claims: Table,
        gazetteer: Gazetteer,
        zone: Zone,
        known_at: datetime | None,
        *,
        sources: Mapping[str, Source] = _NO_SOURCES,
        accepted: Collection[str] = (),
        fights: Fights | None = None,
    ) -> None:
        self.gazetteer, self.zone, self.known_at = gazetteer, zone, known_at
        self._sources, self._fights = sources, fights or no_fights()
        self._statements, problems = read_statements(
            claims, gazetteer=gazetteer, zone=zone, known_at=known_at, sources=sources, accepted=accepted
        )
        self.problems = tuple(problems)
        self._voices = voices_of(self._statements)
        self._evidence: dict[frozenset[int], Evidence] = {}
        self._pools: dict[_Disk, Pool] = {}
        self._shares: dict[tuple[object, ...], Floats] = {}

    def holder_at(
        self,
        lat: float | None,
        lon: float | None,
        radius_m: float | None,
        place: str | None,
        period: Period | None,
        without_origins: Collection[str] = (),
        without_documents: Collection[str] = (),
        without_reports: Collection[str] = (),
    ) -> dict[str, float]:
        """Return holder → probability (4 digits, sum 1), always with `contested` and `unknown`.

        The mean over the disk (degrees WGS84, metres), or the disk of the place where no coordinates are given, and over
        the period. Left out are claims of `without_origins` and of their owners' other outlets (a claim of
        unknown origin goes with its source), of `without_documents`, and fights of `without_reports`: the evidence of an
        incident must not place its own perpetrator. Without ground or a bounded period all is unknown.
        """
        disk, days = self._disk(lat, lon, radius_m, place), days_in(period, self.zone)
        if disk is None or not days or not self._statements:
            return dict(_NOT_KNOWN)
        left_out = self._left_out(without_origins, without_documents)
        shares = self._shared(disk, days, left_out)
        more = self._fights.raise_contested(disk[0], disk[1], days[-1][0], without_reports)
        return self.named(_raised(shares, more))

    def reasons_at(
        self,
        lat: float | None,
        lon: float | None,
        radius_m: float | None,
        place: str | None,
        period: Period | None,
        without_origins: Collection[str] = (),
        without_documents: Collection[str] = (),
        holder: str | None = None,
    ) -> tuple[Reason, ...]:
        """Return what each claim within reach does to one holder's probability, in order of publication.

        `holder` None: the likeliest one that claims name. The centre of the ground and the last day of the period.
        """
        disk, days = self._disk(lat, lon, radius_m, place), days_in(period, self.zone)
        if disk is None or not days or period is None or not self._statements:
            return ()
        left_out = self._left_out(without_origins, without_documents)
        states = [one for one in self._voices.states if one != UNKNOWN_HOLDER]
        if holder is None:
            shares = self._shared(disk, days, left_out)
            holder = max(states, key=lambda one: shares[self._voices.states.index(one)])
        if holder not in states:
            return ()
        return self._reasons((disk[0], disk[1]), last_day(period, self.zone), left_out, holder)

    @property
    def evidence(self) -> Evidence:
        """Return all claims that count, as judging weighs them."""
        return self._left(frozenset())

    def on(self, ground: Ground, day: int) -> Floats:
        """Return (points, states + 1) for ground of `standing` at the end of a day, `unknown` last and folded in."""
        evidence = self._left(frozenset())
        return self._answers(ground.of(np.arange(len(ground.lat))), evidence, day)

    def standing(self, lat: Floats, lon: Floats) -> Ground:
        """Return points as ground among what the claims speak of."""
        return standing_on(lat, lon, self._voices.nodes, self._voices.reach_m)

    def named(self, shares: Floats) -> dict[str, float]:
        """Return (states + 1) shares by holder, in ten-thousandths: rounded down, the rest to `unknown`."""
        parts = {
            name: int(share * _PARTS + _LEAST)
            for name, share in zip(self._voices.states, shares[:-1].tolist(), strict=True) if name != UNKNOWN_HOLDER
        }
        parts = {name: part for name, part in parts.items() if part or name == CONTESTED}
        parts[UNKNOWN_HOLDER] = _PARTS - sum(parts.values())
        return {holder: parts[holder] / _PARTS for holder in sorted(parts)}

    def reasons_for(self, lat: float, lon: float, day: int, holder: str) -> tuple[Reason, ...]:
        """Return what the claims do to a holder's probability at a point on a day."""
        return self._reasons((lat, lon), day, frozenset(), holder)

    def _disk(
        self, lat: float | None, lon: float | None, radius_m: float | None, place: str | None
    ) -> _Disk | None:
        if lat is not None and lon is not None:
            return lat, lon, radius_m or 0.0
        known = self.gazetteer.places.get(place or "")
        return None if known is None else (known.lat, known.lon, known.radius_m)

    def _left_out(self, origins: Collection[str], documents: Collection[str]) -> frozenset[int]:
        owners = {owner_of(one, self._sources) for one in origins}
        return frozenset(
            at for at, one in enumerate(self._statements)
            if one.owner in owners or (one.document is not None and one.document in documents)
        )

    def _left(self, left_out: frozenset[int]) -> Evidence:
        if left_out not in self._evidence:
            self._evidence[left_out] = self._voices.without(left_out)
        return self._evidence[left_out]

    def _pool(self, disk: _Disk) -> Pool:
        if disk not in self._pools:
            ground = self.standing(*points_in(*disk))
            self._pools[disk] = ground.of(np.arange(len(ground.lat)))
        return self._pools[disk]

    def _shared(self, disk: _Disk, days: tuple[tuple[int, float], ...], left_out: frozenset[int]) -> Floats:
        key = (disk, days, left_out)
        if key not in self._shares:
            pool, evidence = self._pool(disk), self._left(left_out)
            parts = [share * self._answers(pool, evidence, day).mean(axis=0) for day, share in days]
            self._shares[key] = np.sum(parts, axis=0)
        return self._shares[key]

    def _answers(self, pool: Pool, evidence: Evidence, day: int) -> Floats:
        """Return the answers; where no claim reaches at all, all is unknown."""
        sums = summed(pool, evidence.beliefs(day))
        shares = answers(sums, self._voices.weights)
        nothing = sums.own_there + sums.mass.sum(axis=0) == 0
        shares[nothing] = 0.0
        shares[nothing, -1] = 1.0
        return shares

    def _reasons(self, point: tuple[float, float], day: int, left_out: frozenset[int], holder: str) -> tuple[Reason, ...]:
        ground = self.standing(np.array([point[0]]), np.array([point[1]]))
        evidence = self._left(left_out).about(ground)
        told = reasons(evidence, "", 0, day, self._voices.states.index(holder))
        return tuple(
            Reason(
                self._statements[one.row].claim_id, one.source, one.holder, one.kind, round(one.contribution, 4),
                round(one.if_removed, 4), one.age_days, one.distance_m, one.reliability, one.copy,
            )
            for one in told
        )


def _raised(shares: Floats, more: float) -> Floats:
    """Return shares with the log-odds of `contested` raised; what is unknown stays so."""
    if more <= 0.0:
        return shares
    raised = shares.copy()
    known, before = shares[:-1].sum(), shares[-2]
    contested = before * np.exp(more) / (known - before + before * np.exp(more)) * known if known > 0 else 0.0
    raised[:-2] *= (known - contested) / max(known - before, 1e-12)
    raised[-2] = contested
    return raised
