"""Made-up agreements and legs in which everything may be unknown, for the two judges to agree on."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import numpy as np
import pytest

from trucewatch.actors import load_actors
from trucewatch.agreement import (
    ActTerm,
    Agreement,
    Anchor,
    Bound,
    ClaimNeed,
    Clause,
    Condition,
    EvidenceRule,
    ExceptionTerm,
    Gate,
    Group,
    Moment,
    Phase,
    Reading,
    Zone,
    ZoneVersion,
    under,
)
from trucewatch.findings.context import Context
from trucewatch.findings.units import Unit
from trucewatch.incidents.leg import Candidates, Leg, LegCircumstance
from trucewatch.incidents.schema import ELEMENTS, STRENGTHS
from trucewatch.periods import Period
from trucewatch.reports.claim import Claim

START = datetime(2030, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
PARTIES = ("north", "south", "east", "raiders")
ACTORS = """
trucewatch: actors/0.1
actors:
  north: {name: North}
  south: {name: South}
  east: {name: East, member_of: [{actor: south, from: 2030-01-05, cite: made up}]}
  raiders: {name: Raiders, member_of: [{actor: north, certainty: disputed}]}
designations:
  - {subject: raiders, as: outlaw, by: Assembly, from: 2030-01-06}
"""
ACTS = ("mortar", "artillery", "air_strike", "advance", "force_presence", "weapon_presence", "aid_denied")
TERMS = (
    ActTerm("attack"), ActTerm("attack.indirect_fire"), ActTerm("attack", targets=("hospital",)),
    ActTerm("weapon_presence", weapons=("artillery",)), ActTerm("territory"), ActTerm("access.obstruct"),
    ActTerm("force_presence", more_than=20), ActTerm("artillery", calibre_at_least_mm=100.0),
)
UNITS = {
    "land": Unit(0), "uplands": Unit(1, ("land",)), "lowlands": Unit(1, ("land",)), "hamlet": Unit(5, ("land",)),
    "village": Unit(5, ("uplands", "land")), "town": Unit(5, ("lowlands", "land")),
}
VALUES = (True, False, None)
STATUSES = (*("given",) * 9, "placeholder")


class Holders:
    """Who held a place: somebody for sure, perhaps, or not known, by where it lies."""

    def holder_at(self, lat, lon, *_, **__):
        if lat is None:
            return {"unknown": 1.0}
        share = round(abs(lat * 10) % 1, 2)
        return {"north": share, "raiders" if lon > 10 else "unknown": round(1 - share, 2)}


class Maker:
    """Makes agreements and legs from one seed."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)

    def one(self, *choices):
        return choices[int(self.rng.integers(0, len(choices)))]

    def some(self, choices: Sequence, most: int) -> tuple:
        count = int(self.rng.integers(0, min(most, len(choices)) + 1))
        return tuple(choices[int(place)] for place in sorted(self.rng.choice(len(choices), count, replace=False)))

    def chance(self, odds: float) -> bool:
        return bool(self.rng.random() < odds)

    def day(self) -> datetime:
        return START + DAY * int(self.rng.integers(0, 12)) + timedelta(hours=int(self.one(0, 0, 6, 12)))

    # ------------------------------------------------------------------ the agreement
    def agreement(self) -> Agreement:
        bound = {
            one: Bound(one, start=self.day() if self.chance(0.3) else None, certainty=self.one(*["sure"] * 6, "disputed"))
            for one in PARTIES[: int(self.rng.integers(2, 4))]
        }
        groups = {
            "sides": Group("sides", any_of=tuple(bound), when_bound=True),
            "outlaws": Group("outlaws", designated_as="outlaw", designated_by=("Assembly",)),
            "others": Group("others", none_of=("outlaws", "sides")),
        }
        number = int(self.rng.integers(2, 7))
        clauses = tuple(self.clause(f"c{place}", number) for place in range(number))
        readings = {
            "default": Reading("default"),
            "strict": Reading("strict", bound={"north": Bound("north")}, groups={"sides": Group("sides", any_of=("north", "south"))}),
            "other": Reading("other", asserters={"lull": ("north",)}, enable=tuple(
                (one.key, term.key) for one in clauses for term in one.exceptions if not term.enabled
            ), clauses={"c0": {"where": None}, "c1": {"acts": (ActTerm("attack"),)}}),
        }
        return Agreement(
            key="made-up", title="Made up", version="made-up@0", timezone="UTC", texts={}, bound=bound, groups=groups,
            zones=self.zones(), phases=self.phases(), anchors=self.anchors(), readings=readings, clauses=clauses,
            evidence=EvidenceRule(
                {one: self.one("reported", "corroborated") for one in ELEMENTS},
                reply_within=self.one(None, 3 * DAY, 3 * DAY), exception=self.one("reported", "corroborated"),
            ),
        )

    def zones(self) -> dict[str, Zone]:
        square = "POLYGON((10 10, 11 10, 11 11, 10 11, 10 10))"
        return {
            "square": Zone("square", "area", wkt=square, accuracy_m=self.one(0.0, 2000.0), status=self.one(*STATUSES),
                           maybe_wkt=self.one(None, "POLYGON((11 10, 12 10, 12 11, 11 11, 11 10))")),
            "line": Zone("line", "line", wkt="LINESTRING(10 10.5, 11 10.5)"),
            "strip": Zone("strip", "buffer", within_m=20_000.0, of="line", side=self.one(None, "north")),
            "valley": Zone("valley", "between", between=("line", "ridge")),
            "ridge": Zone("ridge", "line", wkt="LINESTRING(11 10.9, 10 10.9)", accuracy_m=500.0),
            "drawn": Zone("drawn", "area", versions=(
                ZoneVersion(square, START + 2 * DAY, START + 5 * DAY), ZoneVersion("POLYGON((10 10, 10.4 10, 10.4 11, 10 11, 10 10))", START + 5 * DAY, None),
            )),
            "front": Zone("front", "line", accuracy_m=500.0, versions=(
                ZoneVersion("LINESTRING(10 10.5, 11 10.5)", START + DAY, START + 5 * DAY), ZoneVersion("LINESTRING(10 10.7, 11 10.7)", START + 5 * DAY, None),
            )),
            "moved": Zone("moved", "buffer", within_m=20_000.0, of="front", side=self.one(None, "north")),
            "gap": Zone("gap", "between", between=("front", "ridge")),
            "unit": Zone("unit", "admin", admin=("uplands",), readings=self.one((), (), ("strict",))),
            "lost": Zone("lost", "layer", status="unpublished"),
            "held": Zone("held", "control", held_by=self.one("north", "outlaws")),
            "own": Zone("own", "control", held_by="bearer"),
        }

    def phases(self) -> dict[str, Phase]:
        return {
            "whole": Phase("whole", start=Moment(at=self.day()), open_ended=True, status=self.one(*STATUSES)),
            "short": Phase("short", start=Moment(phase="whole", offset=DAY), end=Moment(phase="whole", day=self.one(3, 6))),
            "lull": Phase("lull", asserters=self.one(("north",), ("north", "south"))),
            "landed": Phase("landed", start=Moment(anchor="landing"), lasts=self.one(None, 3 * DAY), open_ended=self.chance(0.5)),
            "called": Phase("called", needs=ClaimNeed("call", ("north", "south"), self.one("all", "any"))),
            "gate": Phase("gate", gate=Gate(2, Moment(phase="whole"), ClaimNeed("calm", ("north",)), ClaimNeed("broken", ("south",), "any")), open_ended=True),
        }

    def anchors(self) -> dict[str, Anchor]:
        return {"landing": Anchor("landing", needs=ClaimNeed("landing", ("north", "south"), self.one("all", "any")), status=self.one(*STATUSES))}

    def clause(self, key: str, number: int) -> Clause:
        kind = self.one(*["prohibition"] * 6, "presence", "permission", "prevention")
        others = tuple(f"c{place}" for place in range(number) if f"c{place}" != key)
        clause = Clause(
            key, kind, self.one("sides", "sides", "sides", "north", "others") if kind != "prevention" else "north",
            acts=tuple(dict.fromkeys(self.one(*TERMS) for _ in range(self.one(1, 1, 2)))), against=self.one(*[None] * 5, "sides", "others", "south"),
            where=self.one(None, None, None, "square", "square", "strip", "lost", "held", "own", "line", "valley", "drawn", "moved", "gap", "unit"),
            when=self.one(None, None, None, "whole", "short", "lull", "landed", "called", "gate"), status=self.one(*STATUSES, *STATUSES, "given"),
            qualified=("offensive",) if self.chance(0.1) else (), conflicts_with=self.some(others, 1) if self.chance(0.3) else (),
            prevails_over=self.some(others, 1) if self.chance(0.3) else (),
            evidence=self.one({}, {}, {"who": "verified", "exception": "verified"}), readings=("strict",) if self.chance(0.1) else (),
        )
        if kind == "permission":
            return replace(clause, over=self.some(others, 2))
        if kind == "prevention":
            return replace(clause, by=self.one("raiders", "outlaws", "south"), strict=self.chance(0.5))
        return replace(clause, exceptions=tuple(self.exception(f"e{place}") for place in range(self.one(0, 1, 1, 2))))

    def exception(self, key: str) -> ExceptionTerm:
        condition = self.one(
            Condition("response"), Condition("response"), Condition("warned"), Condition(where="square"), Condition(any_of=(Condition(where="drawn"), Condition(where="unit"))),
            Condition(any_of=(Condition(where="strip"), Condition(where="valley"), Condition("warned"))), Condition(where="own"),
            Condition(all_of=(Condition("response"), Condition("proportionate"))), Condition(any_of=(Condition("warned"), Condition(where="held"))),
        )
        return ExceptionTerm(key, condition, invocable=self.chance(0.5), enabled=self.chance(0.8), when=self.one(None, None, "whole", "short"))

    # ------------------------------------------------------------------ what is known
    def contexts(self) -> list[Context]:
        agreement = self.agreement()
        claims = [
            Claim(f"k-{place}", kind, self.one("north", "south"), "s", "row", subject=subject, valid_from=self.day(),
                  valid_to_earliest=self.day() if kind != "statement" else None, valid_to_latest=self.one(None, START + 12 * DAY), published_at=START, known_at=START)
            for place, (kind, subject) in enumerate(
                [("window", "lull"), ("window", "lull"), ("renewal", "lull"), ("ending", "lull"), ("statement", "landing"),
                 ("statement", "landing"), ("statement", "call"), ("statement", "call"), ("statement", "calm"), ("statement", "broken")]
            ) if self.chance(0.7)
        ]
        claims = [one if (one.valid_to_earliest or START) <= (one.valid_to_latest or START + 99 * DAY) else replace(one, valid_to_latest=None) for one in claims]
        base = Context(
            agreement=agreement, actors=load_actors(ACTORS, "actors.yaml", zone="UTC")[0], claims=tuple(claims),
            holders=self.one(None, Holders()), known_at=self.one(None, START + 9 * DAY, START + 9 * DAY), units=self.one(None, UNITS),
        )
        return [base.under(under(agreement, one)) for one in agreement.readings]

    # ------------------------------------------------------------------ legs
    def leg(self, number: int) -> Leg:
        """A leg of which much is not known, or one that is quite clear."""
        leg = self.vague(number)
        if self.chance(0.5):
            return leg
        since = START + DAY * int(self.rng.integers(4, 10))
        return replace(
            leg, acts=(self.one(*ACTS),), targets=(self.one("hospital", "market"),), weapons=("howitzer",), calibre_mm=122.0,
            by=Candidates((self.one("north", "south"),), basis="stated"), against=Candidates((self.one("north", "south"),), basis="stated"),
            occurred=Period(since, since + timedelta(hours=1)), lat=10.6, lon=10.5, radius_m=100.0, area_wkt=None, known_at=since + DAY,
            strength=dict.fromkeys(ELEMENTS, "verified"), circumstances=leg.circumstances if self.chance(0.3) else (),
        )

    def vague(self, number: int) -> Leg:
        since = self.day()
        placed = self.chance(0.8)
        known = self.one(None, since + 2 * DAY)
        low = self.one(None, 5, 21)
        return Leg(
            f"l-{number:05}", f"i-{number:05}", acts=self.some(ACTS, 2), targets=self.some(("hospital", "market"), 2),
            weapons=self.some(("mortar", "howitzer"), 2), calibre_mm=self.one(None, 82.0, 122.0), headcount_low=low,
            headcount_high=self.one(None, 20, 40) if low is None or low < 20 else self.one(None, 40), by=self.side(), against=self.side(),
            occurred=self.one(None, Period(since, since + self.one(timedelta(hours=1), DAY, 3 * DAY)), Period(since, None), Period(None, since)),
            lat=float(self.rng.uniform(9.8, 11.2)) if placed else None, lon=float(self.rng.uniform(9.8, 12.2)) if placed else None,
            place=self.one(None, "village", "town", "hamlet", "uplands", "nowhere"), radius_m=self.one(100.0, 5000.0, 60_000.0) if placed else None, area_wkt=self.one(None, None, None, "POLYGON((10.2 10.2, 10.4 10.2, 10.4 10.4, 10.2 10.2))"),
            circumstances=tuple(
                LegCircumstance(flag, self.one(*VALUES), "north", self.one(*STRENGTHS), self.one(None, since + DAY, since + 9 * DAY))
                for flag in self.some(("response", "proportionate", "warned"), 2)
            ),
            strength={one: self.one(*STRENGTHS) for one in ELEMENTS}, known_at=known, origins=("o",),
        )

    def side(self) -> Candidates:
        parties = self.some(PARTIES, 2)
        if not parties:
            return Candidates()
        return Candidates(parties, closed=self.chance(0.4), basis=self.one("stated", "capability", "generic", "verified"))


@pytest.fixture(scope="session")
def made():
    return SimpleNamespace(maker=Maker, start=START, day=DAY)
