"""A made-up agreement and made-up legs, with unknowns, in any number: the data of the benchmarks.

Fifty clauses over 29 distinct elements: 3 sides that are bound, 3 that are protected, 6 kinds of
act, 12 zones of 60 to 240 corners, 3 times and 2 exceptions. A tenth to a third of every fact is
not known, disputed or weakly supported. The same seed gives the same data.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from trucewatch.actors import Actors, load_actors
from trucewatch.agreement import (
    ActTerm,
    Agreement,
    Bound,
    Clause,
    Condition,
    EvidenceRule,
    ExceptionTerm,
    Group,
    Moment,
    Phase,
    Reading,
    Zone,
)
from trucewatch.findings.context import Context
from trucewatch.incidents.schema import LEG, STRENGTHS
from trucewatch.reports.claim import Claim
from trucewatch.tables import Table, to_micros

Column = npt.NDArray[Any]
START = datetime(2030, 1, 1, tzinfo=UTC)
DAYS = 60
PARTIES = tuple(f"p{number}" for number in range(8))
ACTS = ("mortar", "artillery", "air_strike", "small_arms", "sniper", "advance", "aid_denied", "looting", "drone_strike", "ied_mine")
TARGETS = ("hospital", "market", "fighters", "aid_convoy")
KINDS = (
    ActTerm("attack"), ActTerm("attack.indirect_fire"), ActTerm("attack.air"), ActTerm("territory"),
    ActTerm("attack", targets=("hospital", "aid_convoy")), ActTerm("access.obstruct"),
)


@dataclass(frozen=True, slots=True)
class Case:
    """One reading of the agreement with what is known, and the legs."""

    context: Context
    legs: Table


def make_case(n: int, seed: int = 1, clauses: int = 50) -> Case:
    """Return `n` legs and the agreement; the agreement depends on the seed, not on `n`."""
    return Case(make_context(seed, clauses), make_legs(n, seed))


def make_context(seed: int, clauses: int = 50) -> Context:
    rng = np.random.default_rng(seed)
    claims = tuple(
        Claim(f"c-{one}", "window", one, one, "made up", subject="lull", valid_from=START + timedelta(days=20),
              valid_to_earliest=START + timedelta(days=30 + 2 * number), valid_to_latest=START + timedelta(days=31 + 2 * number),
              published_at=START, known_at=START)
        for number, one in enumerate(PARTIES[:2])
    )
    return Context(agreement=make_agreement(rng, clauses), actors=make_actors(), claims=claims)


def make_actors() -> Actors:
    lines = [f"  {one}: {{name: Party {one}}}" for one in PARTIES]
    lines += ["  m0: {name: Member, member_of: [{actor: p0, cite: made up}]}"]
    lines += ["  m1: {name: Splinter, member_of: [{actor: p1, certainty: disputed}]}"]
    text = "trucewatch: actors/0.1\nactors:\n" + "\n".join(lines) + "\ndesignations: []\n"
    actors, problems = load_actors(text, "actors.yaml")
    assert not problems, problems
    return actors


def make_agreement(rng: np.random.Generator, clauses: int) -> Agreement:
    bound = {one: Bound(one, start=START + timedelta(days=day)) for one, day in zip(PARTIES[:4], (0, 0, 5, 9), strict=True)}
    groups = {
        "all": Group("all", any_of=PARTIES[:4], when_bound=True),
        "first": Group("first", any_of=PARTIES[:2], when_bound=True),
        "outside": Group("outside", any_of=PARTIES[5:6]),
        "not-outside": Group("not-outside", none_of=("outside",)),
    }
    zones = {f"z{number}": _zone(f"z{number}", rng) for number in range(12)}
    phases = {
        "whole": Phase("whole", start=Moment(at=START + timedelta(days=3)), open_ended=True),
        "first-days": Phase("first-days", start=Moment(at=START + timedelta(days=3)), end=Moment(phase="whole", offset=timedelta(days=14))),
        "lull": Phase("lull", asserters=PARTIES[:2]),
    }
    return Agreement(
        key="made-up", title="Made up", version="made-up@0", timezone="UTC", texts={}, bound=bound, groups=groups,
        zones=zones, phases=phases, anchors={}, readings={"default": Reading("default")},
        clauses=tuple(_clause(number, rng) for number in range(clauses)), evidence=EvidenceRule(
            dict.fromkeys(("who", "act"), "corroborated") | dict.fromkeys(("against", "where", "when"), "reported"),
            reply_within=timedelta(hours=72),
        ),
    )


def _zone(key: str, rng: np.random.Generator) -> Zone:
    lat, lon, size = rng.uniform(33, 36), rng.uniform(36, 40), rng.uniform(0.1, 0.5)
    corners = int(rng.integers(60, 240))
    turns = np.linspace(0, 2 * math.pi, corners, endpoint=False)
    reach = size * (1 + 0.2 * np.sin(5 * turns) + rng.uniform(-0.05, 0.05, corners))
    points = [f"{lon + r * math.cos(t):.5f} {lat + r * math.sin(t):.5f}" for t, r in zip(turns, reach, strict=True)]
    return Zone(key, "area", wkt=f"POLYGON(({', '.join([*points, points[0]])}))", accuracy_m=float(rng.choice([0, 200, 1500])))


def _clause(number: int, rng: np.random.Generator) -> Clause:
    excuses = (
        ExceptionTerm("defence", Condition(all_of=(Condition("response"), Condition("proportionate"))), invocable=True),
        ExceptionTerm("warned", Condition("warned")),
    )
    return Clause(
        key=f"c{number}", kind="prohibition", who=str(rng.choice(["all", "first", "p3"])), acts=(KINDS[number % len(KINDS)],),
        against=[None, "all", "not-outside", "p5"][int(rng.integers(0, 4))],
        where=None if number % 5 == 0 else f"z{number % 12}", when=str(rng.choice(["whole", "first-days", "lull"])),
        exceptions=excuses[: int(rng.integers(0, 3))],
    )


def make_legs(n: int, seed: int = 1) -> Table:
    """Return `n` legs as a `leg` table, built by columns."""
    rng = np.random.default_rng(seed + 1)
    columns: dict[str, Any] = {"leg_id": _objects([f"l-{number:08}" for number in range(n)]), "incident_id": _objects([f"i-{number:08}" for number in range(n)])}
    columns["acts"] = _pick(rng, n, [[one] for one in ACTS] * 6 + [["mortar", "artillery"], ["air_strike", "drone_strike"], ["sniper", "advance"], []])
    columns["targets"] = _pick(rng, n, [[]] * 3 + [[one] for one in TARGETS] + [["hospital", "market"]])
    columns["weapons"] = _pick(rng, n, [[]] * 4 + [["mortar"], ["rifle"]])
    columns["calibre_mm"] = np.where(rng.random(n) < 0.8, np.nan, rng.choice([82.0, 120.0, 122.0], n))
    for side in ("by", "against"):
        columns |= _side(rng, n, side)
    columns |= _time_and_place(rng, n)
    columns["circumstances"] = _pick(rng, n, _circumstances())
    for name, weak in (("who", 0.3), ("act", 0.2), ("against", 0.1), ("where", 0.1), ("when", 0.05)):
        odds = [weak / 2, weak / 2, 0.5 - weak / 2, 0.5 - weak / 2]
        columns[f"{name}_strength"] = _objects(STRENGTHS)[rng.choice(4, n, p=odds)]
    return Table(LEG, {one.name: columns.get(one.name, _missing(one.kind, n)) for one in LEG.fields})


def _circumstances() -> list[list[dict[str, object]]]:
    said = [
        [("response", "yes", "alleged")], [("warned", "no", "verified")], [("warned", "yes", "corroborated")],
        [("response", "yes", "verified"), ("proportionate", "yes", "corroborated")], [("warned", "open", "alleged")],
    ]
    values = {"yes": True, "no": False, "open": None}
    return [[]] * 12 + [
        [{"flag": flag, "value": values[value], "asserter": "p0", "strength": strength, "known_at": None} for flag, value, strength in one]
        for one in said
    ]


def _side(rng: np.random.Generator, n: int, side: str) -> dict[str, Any]:
    members = [*PARTIES, "m0", "m1"]
    sides = [([one], False, "stated") for one in members] * 2
    sides += [([], False, "none")] * 5 + [(["p0", "p1"], True, "capability"), (["p0", "p5"], True, "capability"), (["p2", "p3"], False, "generic")]
    chosen = rng.integers(0, len(sides), n)
    parties = _objects([_json(one[0]) for one in sides])
    return {
        side: parties[chosen], f"{side}_closed": np.ma.MaskedArray(np.array([one[1] for one in sides])[chosen]),
        f"{side}_basis": _objects([one[2] for one in sides])[chosen],
    }


def _time_and_place(rng: np.random.Generator, n: int) -> dict[str, Any]:
    minute = 60_000_000
    starts = to_micros(START) + rng.integers(0, DAYS * 1440, n) * minute
    lengths = rng.choice([1, 60, 180, 1440], n) * minute
    unknown = rng.random(n) < 0.05
    nowhere = rng.random(n) < 0.1
    return {
        "occurred_from": np.ma.MaskedArray(starts, unknown), "occurred_to": np.ma.MaskedArray(starts + lengths, unknown),
        "known_at": np.ma.MaskedArray(starts + lengths + rng.integers(0, 4 * 1440, n) * minute),
        "lat": np.where(nowhere, np.nan, rng.uniform(32.5, 36.5, n)), "lon": np.where(nowhere, np.nan, rng.uniform(35.5, 40.5, n)),
        "radius_m": np.where(nowhere, np.nan, rng.choice([100.0, 500.0, 2000.0, 5000.0, 20000.0], n)),
    }


def _pick(rng: np.random.Generator, n: int, values: Sequence[object]) -> Column:
    return _objects([_json(one) for one in values])[rng.integers(0, len(values), n)]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _objects(values: Sequence[object]) -> Column:
    found = np.empty(len(values), dtype=object)
    found[:] = list(values)
    return found


def _missing(kind: str, n: int) -> Column:
    if kind in ("text", "json"):
        found = np.empty(n, dtype=object)
        if kind == "json":
            found[:] = "[]"
        return found
    if kind == "number":
        return np.full(n, np.nan)
    return np.ma.MaskedArray(np.zeros(n, dtype=bool if kind == "boolean" else np.int64), np.ones(n, dtype=bool))
