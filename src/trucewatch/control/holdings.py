"""The answer of `estimate_control`: worked out when it is asked for, so that many places and days need no memory."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

import numpy as np

from trucewatch.control.adding import anew, joined_by, reached
from trucewatch.control.asking import Evidence
from trucewatch.control.given import ControlClaim, Spot, claims_given
from trucewatch.control.reasons import Why, reasons
from trucewatch.control.runs import Runs, runs_of
from trucewatch.control.schema import HELD, UNKNOWN_HOLDER
from trucewatch.control.sets import likeliest
from trucewatch.control.weights import ControlWeights, Floats
from trucewatch.errors import BadCall, Problem
from trucewatch.tables import Table

__all__ = ["Bin", "HeldOn", "Holdings", "Mode"]

Mode = Literal["filter", "smooth"]
_NEGLIGIBLE = 5e-5
_DIGITS = 6
_FEW = 20_000_000
"""Probabilities that are kept once they are worked out: 0.16 GB."""


class HeldOn(NamedTuple):
    """One row of the answer."""

    place: str
    day: date
    holder: str
    """A party, `a|b` for joint control, `contested` or `unknown`."""
    probability: float


class Bin(NamedTuple):
    """One bar of the reliability diagram: claims that were predicted before they were counted."""

    expected_from: float
    expected_to: float
    claims: int
    expected: float
    """Mean predicted probability of the likeliest saying."""
    observed: float
    """Share of the claims that said it."""


class _Stale(NamedTuple):
    """Probabilities from before claims were added, and where they are to be worked out again."""

    probabilities: Floats
    claims: tuple[int, ...]
    """Positions of the claims added; what they reach changes."""
    since: int
    """Position of the first day that changes."""


@dataclass(frozen=True, eq=False)
class Holdings:
    """The answer: iterates as (place, day, holder, probability), by place, then day, then holder.

    A place's day sums to 1 and always has `contested` and `unknown`; other holders below 0.00005
    have no row, their mass goes to `unknown`.
    """

    places: tuple[str, ...]
    days: tuple[date, ...]
    holders: tuple[str, ...]
    """In the order of the last axis of `probabilities`; `contested` and `unknown` last."""
    weights: tuple[ControlWeights, ...] = field(repr=False)
    """What was fitted; give it as `weights=` to hold everything but the claims."""
    calibration: tuple[Bin, ...]
    """Reliability diagram on held-out claims."""
    problems: tuple[Problem, ...]
    """Claims kept aside."""
    evidence: Evidence = field(repr=False)
    rows: int
    """Rows of claims given, those kept aside too."""
    levels: tuple[float, float]
    """Share of probability that a set of holders needs to hold the truth nine times in ten, as held-out claims have it:
    at places with claims of their own, and at others."""
    _stale: _Stale | None = field(default=None, repr=False)

    @cached_property
    def probabilities(self) -> Floats:
        """(places, days, holders), worked out at first use; of very many ask `on`, `runs` or iterate."""
        if self._stale is None:
            return self.evidence.over(self._numbers)
        shares, since = self._stale.probabilities.copy(), self._stale.since
        rows = np.flatnonzero(reached(self.evidence.ground, self._stale.claims))
        shares[rows, since:] = self.evidence.of_places(rows).over(self._numbers[since:])
        return shares

    def add(self, claims: Mapping[str, Any]) -> Holdings:
        """Return the answer with more claims (columns as for `estimate_control`), the weights held.

        It is the one that all claims together give under these weights. Places that the claims do not reach, and, of a
        nowcast, days before their publication, are not worked out again.
        """
        more, problems = claims_given(claims, self.rows + 1)
        kept = {"problems": (*self.problems, *problems), "rows": self.rows + len(more) + len(problems)}
        if not more:
            return self._with(**kept)
        joined = joined_by(self.evidence, more, self._place)
        if joined is None:
            joined = anew(self.evidence, more, [Spot(*one) for one in zip(self.places, self.evidence.ground.lat.tolist(), self.evidence.ground.lon.tolist(), strict=True)])
            return self._with(**kept, evidence=joined, weights=joined.fitted, holders=(*joined.states, UNKNOWN_HOLDER), _stale=None)
        return self._with(**kept, evidence=joined, _stale=self._now_stale(joined, more))

    def _with(self, **changed: Any) -> Holdings:  # noqa: ANN401
        other = replace(self, **changed)
        other.__dict__.update({name: self.__dict__[name] for name in ("_place", "_day", "_numbers") if name in self.__dict__})
        return other

    def _now_stale(self, joined: Evidence, more: Sequence[ControlClaim]) -> _Stale | None:
        whole = self.__dict__.get("probabilities")
        before = _Stale(whole, (), len(self.days)) if whole is not None else self._stale
        if before is None:
            return None
        fresh = range(len(joined.counted) - len(more), len(joined.counted))
        first = min(one.published for one in more) if joined.mode == "filter" else 0
        since = min(before.since, bisect_left(self._numbers, first))
        return _Stale(before.probabilities, (*before.claims, *fresh), since)

    @cached_property
    def _numbers(self) -> tuple[int, ...]:
        return tuple(one.toordinal() for one in self.days)

    @cached_property
    def _place(self) -> dict[str, int]:
        return {one: at for at, one in enumerate(self.places)}

    @cached_property
    def _day(self) -> dict[date, int]:
        return {one: at for at, one in enumerate(self.days)}

    @property
    def _few(self) -> bool:
        return len(self.places) * len(self.days) * len(self.holders) <= _FEW or "probabilities" in self.__dict__

    def _blocks(self) -> Iterator[tuple[range, Floats]]:
        """Yield places in order with their (places, days, holders)."""
        if self._few:
            yield range(len(self.places)), self.probabilities
            return
        at_once = max(1, _FEW // (len(self.days) * len(self.holders)))
        for rows, answered in self.evidence.through(self._numbers, at_once):
            yield range(int(rows[0]), int(rows[-1]) + 1), np.stack(list(answered), axis=1)

    def __iter__(self) -> Iterator[HeldOn]:
        for places, shares in self._blocks():
            for at, place in enumerate(places):
                for on, day in enumerate(self.days):
                    yield from self._rows(self.places[place], day, shares[at, on])

    def __len__(self) -> int:
        shown = sum(int((shares[:, :, :-2] >= _NEGLIGIBLE).sum()) for _, shares in self._blocks())
        return shown + 2 * len(self.places) * len(self.days)

    def on(self, day: date) -> Floats:
        """Return (places, holders): the probabilities on one of the days."""
        if day not in self._day:
            message = f"{day} was not among the days asked about"
            raise BadCall(message)
        at = self._day[day]
        return self.probabilities[:, at] if self._few else self.evidence.over([self._numbers[at]])[:, 0]

    def runs(self, moved: float = 0.02) -> Runs:
        """Return the answer run-length by days: a run ends where a probability has moved by `moved` since it began."""
        return runs_of(self.evidence, self._numbers, moved)

    def _rows(self, place: str, day: date, shares: Floats) -> Iterator[HeldOn]:
        kept = {name: round(float(one), _DIGITS) for name, one in zip(self.holders[:-1], shares, strict=False)}
        kept = {name: one for name, one in kept.items() if one >= _NEGLIGIBLE or name == self.holders[-2]}
        kept[UNKNOWN_HOLDER] = max(0.0, round(1 - sum(kept.values()), _DIGITS))
        yield from (HeldOn(place, day, name, kept[name]) for name in sorted(kept))

    def at(self, place: str, day: date) -> dict[str, float]:
        """Return holder → probability for a place and day that were asked about."""
        return {one.holder: one.probability for one in self._rows(place, day, self._shares(*self._position(place, day)))}

    def _shares(self, place: int, day: int) -> Floats:
        if "probabilities" not in self.__dict__ and self._stale is not None:
            here = day >= self._stale.since
            return self.evidence.answer(place, self._numbers[day]) if here else self._stale.probabilities[place, day]
        return self.probabilities[place, day] if self._few else self.evidence.answer(place, self._numbers[day])

    def likely(self, place: str, day: date) -> tuple[str, ...]:
        """Return the fewest holders that hold the truth nine times in ten, the likeliest first; `unknown` may be one."""
        at, _ = self._position(place, day)
        return likeliest(self.at(place, day), self.levels[0 if self.evidence.ground.own[at] >= 0 else 1])

    @property
    def table(self) -> Table:
        """The rows as a table (schema HELD)."""
        return Table.from_rows(HELD, ({**one._asdict(), "day": one.day.isoformat()} for one in self))

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand out the rows to any data frame."""
        return self.table.__arrow_c_stream__(requested_schema)

    def geojson(self, day: date) -> dict[str, Any]:
        """Return the places on a day as points with their likeliest holder, `probability` and `p_…` of each holder."""
        features = []
        for at, (place, found) in enumerate(zip(self.places, self.on(day), strict=True)):
            shares = {one.holder: one.probability for one in self._rows(place, day, found)}
            best = max(sorted(shares), key=lambda name: shares[name])
            where = [float(self.evidence.ground.lon[at]), float(self.evidence.ground.lat[at])]
            told = {"place": place, "day": day.isoformat(), "status": best, "probability": shares[best]}
            told |= {f"p_{name}": share for name, share in shares.items()}
            features.append({"type": "Feature", "geometry": {"type": "Point", "coordinates": where}, "properties": told})
        return {"type": "FeatureCollection", "features": features}

    def _position(self, place: str, day: date) -> tuple[int, int]:
        if place not in self._place or day not in self._day:
            message = f"{place} on {day} was not among the places and days asked about"
            raise BadCall(message)
        return self._place[place], self._day[day]

    @property
    def reliability(self) -> Mapping[str, float]:
        """Source → probability that it says what is so, over the states as common as they are."""
        latest = self.weights[-1]
        return MappingProxyType({
            name: round(float(latest.prior @ np.diag(latest.confusions.get(name, latest.other))), 4)
            for name in self.evidence.everything.channels
        })

    @property
    def confusion(self) -> Mapping[str, Mapping[str, Mapping[str, float]]]:
        """Source → true state → state said → probability."""
        latest = self.weights[-1]
        return MappingProxyType({
            name: _named(latest.confusions.get(name, latest.other), latest.states) for name in self.evidence.everything.channels
        })

    def why(self, place: str, day: date, holder: str | None = None) -> Why:
        """Return what each claim contributes to the answer for a place and day.

        `holder` None: the likeliest one. BadCall for a place, day or holder not asked about.
        """
        where = self._position(place, day)
        shares = self._shares(*where)[:-1]
        if holder is not None and holder not in self.holders[:-1]:
            message = f"{holder} is no holder that a claim names; they are {', '.join(self.holders[:-1])}"
            raise BadCall(message)
        state = int(np.argmax(shares)) if holder is None else self.holders.index(holder)
        return reasons(self.evidence, place, where[0], day.toordinal(), state)


def _named(matrix: Floats, states: Sequence[str]) -> dict[str, dict[str, float]]:
    return {
        true: {said: round(float(matrix[at, of]), 4) for of, said in enumerate(states)} for at, true in enumerate(states)
    }
