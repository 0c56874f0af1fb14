"""Incidents into legs: one act by one side against one side, the unit that is judged.

Normally an incident has one leg. Reports of disjoint families of acts (an attack, the refusal of
access) give one leg each. A clash of known sides gives one leg in each direction, since either
side may be bound.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import compress
from typing import Any

from trucewatch.acts import family, is_act
from trucewatch.identifiers import leg_id
from trucewatch.incidents.alike import Involvement, Sides
from trucewatch.incidents.consolidation import Facts, consolidate, founder_of
from trucewatch.incidents.judgements import Verification
from trucewatch.incidents.leg import Leg, LegCircumstance
from trucewatch.incidents.weighing import Weighing, asserted
from trucewatch.reports.report import Report

__all__ = ["legs_of"]

_CLASH = ("armed_clash",)
_UNKNOWN_FAMILY = "unknown"


def legs_of(
    facts: Facts, incident: str, involvement: Involvement, verifications: Sequence[Verification]
) -> tuple[Leg, ...]:
    """Return the legs of the incident called `incident`, each once, in the order of leg_id."""
    founder = founder_of(facts.reports)
    found: dict[str, Leg] = {}
    for name, reports in _families(facts.reports).items():
        whole = len(reports) == len(facts.reports)
        own = facts if whole else consolidate(reports, involvement.weighing)
        verified = [one for one in verifications if not one.reports.isdisjoint(own.ids)]
        for leg in _directions(own, name, incident, founder, involvement, verified):
            found.setdefault(leg.leg_id, leg)
    return tuple(found[key] for key in sorted(found))


def _families(reports: Sequence[Report]) -> dict[str, tuple[Report, ...]]:
    """Return the reports by family of act; reports without an act stand behind the main family.

    An accident that stands against an attack is a dispute about the act, not a leg of its own, and
    so is whatever only a denial gives.
    """
    named = {r.report_id: _family(r.act) for r in reports if r.act is not None}
    families = set(named.values()) or {_UNKNOWN_FAMILY}
    if len(families) == 1:
        return {min(families): tuple(reports)}
    present = {named[r.report_id] for r in asserted(reports) if r.report_id in named}
    present = present or families
    if "attack" in present:
        present.discard("no_hostile_act")
    main = "attack" if "attack" in present else min(present)
    groups: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        name = named.get(report.report_id, main)
        groups[name if name in present else main].append(report)
    return {name: tuple(groups[name]) for name in sorted(groups)}


def _family(act: str) -> str:
    return family(act) if is_act(act) else act


def _directions(
    facts: Facts,
    name: str,
    incident: str,
    founder: Report,
    involvement: Involvement,
    verifications: Sequence[Verification],
) -> list[Leg]:
    """Return the leg, and for a clash of two known sides also the leg the other way round."""
    clash = facts.acts.value == _CLASH
    reports = _oriented(facts.reports, involvement) if clash else facts.reports
    sides = involvement.sides(reports, verifications)
    admitting = frozenset(compress(facts.ids, sides.admitting))
    support = _Support(involvement.weighing, admitting, verifications)
    shared = _shared(facts, incident, founder, support)
    legs = [_with_sides(shared, founder, name, sides)]
    parties = (sides.by.parties, sides.against.parties)
    if clash and all(parties) and parties[0] != parties[1]:
        legs.append(_with_sides(shared, founder, name, sides.turned()))
    return legs


@dataclass(frozen=True, slots=True)
class _Support:
    """How well the elements of one leg are supported."""

    weighing: Weighing
    admitting: frozenset[str]
    verifications: Sequence[Verification]

    def of(self, element: str, reports: Sequence[Report]) -> str:
        """Return the strength of an element; an admission among its reports is one more origin."""
        admitted = any([report.report_id in self.admitting for report in reports])
        verified = any(
            [one.element in (None, element) for one in self.verifications if not one.answer]
        )
        return self.weighing.strength(reports, element, admission=admitted, verified=verified)


def _oriented(reports: Sequence[Report], involvement: Involvement) -> tuple[Report, ...]:
    """Turn the roles of clash reports that name the sides the other way round than the first
    does.
    """
    both = [one for one in reports if one.role("by") and one.role("against")]
    if not both:
        return tuple(reports)
    first = founder_of(both)
    return tuple(
        involvement.swapped(one) if _is_turned(one, first, involvement.weighing) else one
        for one in reports
    )


def _is_turned(report: Report, first: Report, weighing: Weighing) -> bool:
    def meet(role: str, other: str) -> bool:
        mine = [one.party for one in report.role(role) if one.party]
        his = [one.party for one in first.role(other) if one.party]
        return any(weighing.related(a, b) for a in mine for b in his)

    straight = meet("by", "by") or meet("against", "against")
    return meet("by", "against") and meet("against", "by") and not straight


def _shared(facts: Facts, incident: str, founder: Report, support: _Support) -> dict[str, Any]:
    """Return what the legs of these reports share: everything but people and the id."""
    spot = facts.where.value
    acts, verified = _verified_act(facts, support.verifications)
    return {
        "incident_id": incident,
        "acts": acts,
        "targets": facts.targets.value,
        "weapons": facts.weapons.value,
        "calibre_mm": facts.calibre_mm,
        "headcount_low": facts.headcount[0],
        "headcount_high": facts.headcount[1],
        "occurred": facts.when.value,
        "place": spot.place,
        "lat": spot.lat,
        "lon": spot.lon,
        "radius_m": spot.radius_m,
        "area_wkt": spot.area_wkt,
        "deaths_low": facts.deaths[0],
        "deaths_high": facts.deaths[1],
        "independent_origins": len(facts.origins),
        "circumstances": _circumstances(facts.reports, support.weighing),
        "strength": {
            "act": "verified" if verified else support.of("act", facts.acts.support),
            "where": support.of("where", facts.where.support),
            "when": support.of("when", facts.when.support),
        },
        "reports": facts.ids,
        "origins": facts.origins,
        "disputed": tuple(one for one in facts.disputed if not (one == "act" and verified)),
        "known_at": founder.known_at,
    }


def _verified_act(
    facts: Facts, verifications: Sequence[Verification]
) -> tuple[tuple[str, ...], bool]:
    """Return the acts, or the one act that a person verified by name."""
    for one in verifications:
        if one.element == "act" and one.answer is not None and is_act(one.answer):
            return (one.answer,), True
    return facts.acts.value, False


def _with_sides(shared: dict[str, Any], founder: Report, name: str, sides: Sides) -> Leg:
    own = {
        "leg_id": leg_id(founder.report_id, name, sides.by.parties, sides.against.parties),
        "by": sides.by,
        "against": sides.against,
        "affected": sides.affected,
        "strength": {**shared["strength"], **sides.strength},
        "disputed": tuple(sorted((*shared["disputed"], *sides.disputed))),
    }
    return Leg(**(shared | own))


def _circumstances(reports: Sequence[Report], weighing: Weighing) -> tuple[LegCircumstance, ...]:
    """Return each (flag, value, asserter) once, with the strength of all who say the same."""
    if not any(report.circumstances for report in reports):
        return ()
    saying: dict[tuple[str, bool | None], list[Report]] = defaultdict(list)
    rows: dict[tuple[str, bool | None, str | None], list[Report]] = defaultdict(list)
    for report in asserted(reports):
        for one in report.circumstances:
            saying[one.flag, one.value].append(report)
            asserter = one.asserter or weighing.origin(report) or report.source
            rows[one.flag, one.value, asserter].append(report)
    strength = weighing.strength
    return tuple(
        LegCircumstance(
            flag, value, asserter, strength(saying[flag, value], "exception"),
            _first_known(rows[flag, value, asserter]),
        )
        for flag, value, asserter in sorted(
            rows, key=lambda row: (row[0], str(row[1]), row[2] or "")
        )
    )


def _first_known(reports: Sequence[Report]) -> datetime | None:
    known = [one.known_at for one in reports]
    return None if None in known else min(one for one in known if one is not None)
