"""What the reports of one incident say together: agreed facts, ranges, and what is disputed.

Disagreement is kept: numbers become ranges with who says what, facts on which reports differ are
named in `disputed`. Nothing is averaged.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from trucewatch.identifiers import incident_id
from trucewatch.incidents.figures import Range, figures, hull, ranges_disagree
from trucewatch.incidents.headcount import headcount
from trucewatch.incidents.leg import json_list
from trucewatch.incidents.settling import (
    Settled,
    Spot,
    act_below,
    settle_period,
    settle_place,
    settle_values,
    weapon_below,
)
from trucewatch.incidents.weighing import Weighing
from trucewatch.periods import Period
from trucewatch.reports.independence import independent_origins
from trucewatch.reports.report import Report

__all__ = ["Facts", "consolidate", "founder_of", "incident_row"]

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything about what, where, when and how many that the same reports settle together."""

    reports: tuple[Report, ...]
    """In order of report_id."""
    when: Settled[Period | None]
    where: Settled[Spot]
    acts: Settled[tuple[str, ...]]
    targets: Settled[tuple[str, ...]]
    weapons: Settled[tuple[str, ...]]
    calibre_mm: float | None
    headcount: Range
    deaths: Range
    injured: Range
    deaths_disputed: bool
    origins: tuple[str, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the reports, in their order."""
        return tuple([report.report_id for report in self.reports])

    @property
    def disputed(self) -> tuple[str, ...]:
        """Names of the facts on which the reports disagree."""
        states = (
            ("act", self.acts.disputed),
            ("deaths", self.deaths_disputed),
            ("target", self.targets.disputed),
            ("weapon", self.weapons.disputed),
            ("when", self.when.disputed),
            ("where", self.where.disputed),
        )
        return tuple(name for name, disputed in states if disputed)


def founder_of(reports: Sequence[Report]) -> Report:
    """Return the report with the least (known_at, report_id); one never known comes last."""
    if len(reports) == 1:
        return reports[0]
    dated = [report for report in reports if report.known_at is not None]
    return min(dated or reports, key=lambda one: (one.known_at or 0, one.report_id))


def consolidate(reports: Sequence[Report], weighing: Weighing) -> Facts:
    """Settle the facts of one incident, or of the reports behind one of its legs."""
    tolls = [weighing.toll(report.casualties) for report in reports]
    numbers = [one.killed for one in tolls]
    calibres = {report.calibre_mm for report in reports if report.calibre_mm is not None}
    return Facts(
        reports=tuple(reports),
        when=settle_period(reports, weighing),
        where=settle_place(reports, weighing),
        acts=settle_values(reports, attrgetter("act"), act_below, weighing),
        targets=settle_values(reports, attrgetter("target"), str.__eq__, weighing),
        weapons=settle_values(reports, attrgetter("weapon"), weapon_below, weighing),
        calibre_mm=next(iter(calibres)) if len(calibres) == 1 else None,
        headcount=headcount(reports),
        deaths=hull(numbers),
        injured=hull([one.injured for one in tolls]),
        deaths_disputed=_deaths_disputed(reports, numbers, weighing),
        origins=independent_origins(reports, weighing.sources),
    )


def _deaths_disputed(
    reports: Sequence[Report], numbers: Sequence[Range], weighing: Weighing
) -> bool:
    """Whether independent origins give ranges that share no number; unknown origins speak by
    source.
    """
    if len(set(numbers)) < 2:
        return False
    ranges: dict[str, list[Range]] = defaultdict(list)
    for report, number in zip(reports, numbers, strict=True):
        ranges[weighing.origin(report) or report.source].append(number)
    return ranges_disagree(ranges)


def incident_row(facts: Facts, weighing: Weighing, leg_disputes: Sequence[str]) -> dict[str, Any]:
    """Return the row of the incident table."""
    founder, spot, period = founder_of(facts.reports), facts.where.value, facts.when.value
    acts = facts.acts.value
    origins = {r.report_id: weighing.origin(r) or r.source for r in facts.reports}
    said = figures(facts.reports, origins)
    return {
        "incident_id": incident_id(founder.report_id),
        "founder": founder.report_id,
        "known_at": founder.known_at,
        "occurred_from": period.start if period else None,
        "occurred_to": period.end if period else None,
        "place": spot.place,
        "place_written": founder.place_written,
        "lat": spot.lat,
        "lon": spot.lon,
        "radius_m": spot.radius_m,
        "area_wkt": spot.area_wkt,
        "act": acts[0] if len(acts) == 1 else None,
        "acts": _listed(report.act for report in facts.reports),
        "targets": _listed(report.target for report in facts.reports),
        "deaths_low": facts.deaths[0],
        "deaths_high": facts.deaths[1],
        "injured_low": facts.injured[0],
        "injured_high": facts.injured[1],
        "figures": _ENCODER.encode(said) if said else "[]",
        "reports": len(facts.reports),
        "independent_origins": len(facts.origins),
        "origins": _listed(facts.origins),
        "disputed": _listed([*_without_act(facts), *leg_disputes]),
        "mistaken": _mistaken(facts.reports, weighing),
    }


def _listed(values: Iterable[str | None]) -> str:
    """Return the known values, each once, sorted, as JSON."""
    return json_list(sorted({value for value in values if value is not None}))


def _without_act(facts: Facts) -> tuple[str, ...]:
    """Whether the act is disputed is for the legs to say: several acts of one incident are no
    dispute.
    """
    return tuple(name for name in facts.disputed if name not in ("act", "target", "weapon"))


def _mistaken(reports: Sequence[Report], weighing: Weighing) -> str | None:
    """Return who claims that it was a mistake, sorted; None if nobody does."""
    claimants = {
        one.asserter or weighing.origin(report) or report.source
        for report in reports
        for one in report.circumstances
        if one.flag == "mistaken" and one.value is True
    }
    return "; ".join(sorted(claimants)) or None
