"""From statements to a distribution over holders, for a point and a period.

For every holder the statements of independent voices combine in log-odds: with `right_i` the
probability of the source's class and `speaks_i` (0..1) what is left of the statement at the time
and place asked about, the belief is ``S · logistic(Σ (speaks_i / S) · logit(right_i))`` with
``S = max speaks_i``. One fresh statement of class A gives 0.95; 30 days later half of that.
Beliefs in different holders are independent masses (Dempster 1967, without his normalisation):
what speaks for several at once is `contested` ground, what speaks for none is `unknown`.

What a party is given never grows when a statement that it holds the place is taken away. Nothing
is ever said to be known better than `UNKNOWN_AT_LEAST` admits.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from trucewatch.control.schema import CONTESTED, UNKNOWN_HOLDER
from trucewatch.control.statements import Statement

__all__ = ["HALF_LIFE_DAYS", "UNKNOWN_AT_LEAST", "Asked", "Estimate", "Near", "Reason", "estimate"]

HALF_LIFE_DAYS = 30.0
"""After so many days a statement counts half: set by judgement, not measured."""

UNKNOWN_AT_LEAST = 0.05
"""Least mass of `unknown`: sources of one side share errors that no count of them shows."""

_CHANGES = ("captured", "withdrew")
_PARTS = 10_000
_LEAST = 1e-6
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """The stretch of time that is asked about."""

    start: datetime
    end: datetime
    day: datetime
    """Start of the last local day that it touches: ages are counted to it."""


@dataclass(frozen=True, slots=True)
class Near:
    """A statement about ground that holds the point asked about."""

    statement: Statement
    distance_m: float
    share: float
    """Part of the uncertain point that lies inside the statement's disk, 0..1."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What one claim contributes."""

    claim_id: str
    holder: str
    """Party key, `contested`, or `unknown` for a withdrawal."""
    weight: float
    """The part of it that still speaks, times the probability that it is right."""
    age_days: float
    distance_m: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """Who held it, in probabilities that sum to 1, and the claims behind them."""

    probabilities: Mapping[str, float]
    """Holder → probability, 4 digits; always with `contested` and `unknown`; sorted by holder."""
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class _Voiced:
    """A statement that its voice has not replaced, and how much of it speaks here and now."""

    near: Near
    speaks: float
    age_days: float


def estimate(nearby: Iterable[Near], asked: Asked) -> Estimate:
    """Return who held it during `asked`; the order of `nearby` does not matter."""
    about = [one for one in nearby if _is_about(one.statement, asked)]
    changes = [_voiced(one, asked) for one in about if one.statement.verb in _CHANGES]
    voiced = [_discounted(_voiced(one, asked), changes) for one in _current(about, asked)]
    beliefs = _beliefs(voiced)
    reasons = tuple(_reason(one) for one in voiced if one.speaks > _LEAST)
    return Estimate(_shared_out(beliefs), reasons)


def _is_about(said: Statement, asked: Asked) -> bool:
    return said.begins < asked.end and (said.ends is None or said.ends > asked.start)


def _current(about: Iterable[Near], asked: Asked) -> list[Near]:
    """Keep what each voice said last, and what it said during the period; ordered by claim_id."""
    voices: dict[tuple[str, str], list[Near]] = defaultdict(list)
    for one in about:
        voices[one.statement.voice].append(one)
    kept = [one for said in voices.values() for one in _last_said(said, asked)]
    return sorted(kept, key=lambda one: one.statement.claim_id)


def _last_said(said: Sequence[Near], asked: Asked) -> list[Near]:
    """The unbroken run of equal statements up to the period, and every one made within it."""
    ordered = sorted(said, key=lambda one: one.statement.order)
    before = [one for one in ordered if one.statement.settled <= asked.start]
    within = [one for one in ordered if one.statement.settled > asked.start]
    run: list[Near] = []
    for one in reversed(before):
        if run and _content(one) != _content(run[-1]):
            break
        run.append(one)
    return run + within


def _content(near: Near) -> tuple[str, str | None]:
    return near.statement.holder, near.statement.left


def _voiced(near: Near, asked: Asked) -> _Voiced:
    said = near.statement
    since = max(said.made, min(said.lasts, asked.day))
    age = max(0.0, (asked.day - since) / _DAY)
    until = asked.end if said.ends is None else min(asked.end, said.ends)
    covered = (until - max(asked.start, said.begins)) / (asked.end - asked.start)
    return _Voiced(near, covered * near.share * 0.5 ** (age / HALF_LIFE_DAYS), age)


def _discounted(one: _Voiced, changes: Sequence[_Voiced]) -> _Voiced:
    """Weaken what a later change makes out of date: a capture others' holding, leaving one's own.

    A change keeps casting doubt on what is older, also when its voice has said otherwise since.
    """
    return _Voiced(one.near, one.speaks * _still_true(one.near.statement, changes), one.age_days)


def _still_true(said: Statement, changes: Sequence[_Voiced]) -> float:
    """Return the probability that no change came after; each voice counts once."""
    strongest: dict[tuple[str, str], float] = {}
    for change in changes:
        later = change.near.statement
        if later.made > said.made and _ends(later, said.holder):
            weight = change.speaks * later.right
            strongest[later.voice] = max(weight, strongest.get(later.voice, 0.0))
    return math.prod(1.0 - strongest[voice] for voice in sorted(strongest))


def _ends(change: Statement, holder: str) -> bool:
    """Whether a change, if it is right, ends the holding by `holder`."""
    return change.left == holder if change.left else holder not in (change.holder, UNKNOWN_HOLDER)


def _beliefs(voiced: Sequence[_Voiced]) -> dict[str, float]:
    """Return holder → belief; each voice counts once, at its freshest and with its best carrier."""
    spoken: dict[str, dict[tuple[str, str], tuple[float, float]]] = defaultdict(dict)
    for one in voiced:
        said = one.near.statement
        if said.holder == UNKNOWN_HOLDER or one.speaks <= _LEAST:
            continue
        here = spoken[said.holder]
        speaks, right = here.get(said.voice, (0.0, 0.0))
        here[said.voice] = (max(speaks, one.speaks), max(right, said.right))
    return {
        holder: _combined([voices[voice] for voice in sorted(voices)])
        for holder, voices in sorted(spoken.items())
    }


def _combined(spoken: Sequence[tuple[float, float]]) -> float:
    reach = max(speaks for speaks, _ in spoken)
    odds = math.fsum(speaks / reach * math.log(right / (1 - right)) for speaks, right in spoken)
    return reach / (1 + math.exp(-odds))


def _shared_out(beliefs: Mapping[str, float]) -> dict[str, float]:
    """Return the masses in ten-thousandths: rounded down for holders, the rest to `unknown`."""
    nobody = math.prod(1 - belief for belief in beliefs.values())
    alone = {
        holder: belief * math.prod(1 - other for name, other in beliefs.items() if name != holder)
        for holder, belief in beliefs.items()
    }
    apart = math.fsum(mass for holder, mass in alone.items() if holder != CONTESTED)
    masses = {**alone, CONTESTED: max(0.0, 1 - nobody - apart)}
    scale = 1.0 if nobody >= UNKNOWN_AT_LEAST else (1 - UNKNOWN_AT_LEAST) / (1 - nobody)
    parts = {holder: int(mass * scale * _PARTS + _LEAST) for holder, mass in masses.items()}
    parts[UNKNOWN_HOLDER] = _PARTS - sum(parts.values())
    return {holder: parts[holder] / _PARTS for holder in sorted(parts)}


def _reason(one: _Voiced) -> Reason:
    said = one.near.statement
    weight = round(one.speaks * said.right, 4)
    age, apart = round(one.age_days, 2), round(one.near.distance_m)
    return Reason(said.claim_id, said.holder, weight, age, apart)
