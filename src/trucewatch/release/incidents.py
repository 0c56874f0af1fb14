"""Incidents as an audience may see them.

Where some of an incident's reports are withheld, its facts are stated anew from the open ones alone, so
that no figure, hour or place of a withheld report shows through.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from trucewatch.periods import Period
from trucewatch.places import Gazetteer
from trucewatch.release.coarsening import Spot, coarse_place, coarsened
from trucewatch.release.policy import Policy
from trucewatch.release.records import ReleasedIncident, ReleasedReport
from trucewatch.release.reports import hull
from trucewatch.reports import Report

__all__ = ["period_of", "released_incident", "spot_of"]


def period_of(row: Mapping[str, Any]) -> Period | None:
    """Return the period of a row with `occurred_from` and `occurred_to`; None if neither is known."""
    start, end = row["occurred_from"], row["occurred_to"]
    return None if start is None and end is None else Period(start, end)


def spot_of(row: Mapping[str, Any]) -> Spot:
    """Return where a row with lat, lon, radius_m and area_wkt lies."""
    return Spot(row["lat"], row["lon"], row["radius_m"], row["area_wkt"])


def released_incident(
    row: Mapping[str, Any],
    members: Sequence[Report],
    shown: Sequence[ReleasedReport],
    policy: Policy,
    gazetteer: Gazetteer,
) -> ReleasedIncident:
    """Return an incident; `members` are all its reports, `shown` those that the audience may see (not none)."""
    facts = dict(row) if len(members) == len(shown) else _open_facts(row, members, shown)
    exact = spot_of(facts)
    spot = coarsened(exact, policy.finest_m)
    place = facts["place"]
    if policy.finest_m > 0:
        place = coarse_place(place, policy.finest_m, gazetteer)
    return ReleasedIncident(
        incident_id=row["incident_id"],
        occurred=period_of(facts),
        place=place,
        place_written=facts["place_written"] if policy.internal else None,
        lat=spot.lat,
        lon=spot.lon,
        radius_m=spot.radius_m,
        area_wkt=spot.area_wkt,
        coarsened=spot != exact or place != facts["place"],
        acts=tuple(json.loads(facts["acts"] or "[]")),
        targets=tuple(json.loads(facts["targets"] or "[]")),
        killed=(facts["deaths_low"], facts["deaths_high"]),
        injured=(facts["injured_low"], facts["injured_high"]),
        reports=tuple(sorted(one.report_id for one in shown)),
        withheld_reports=len(members) - len(shown),
        findings_withheld=False,
        origins=tuple(json.loads(facts["origins"] or "[]")),
        disputed=tuple(json.loads(facts["disputed"] or "[]")),
        mistaken=row["mistaken"] if policy.names_candidates else None,
    )


def _open_facts(
    row: Mapping[str, Any], members: Sequence[Report], shown: Sequence[ReleasedReport]
) -> dict[str, Any]:
    """Return the row with every fact stated from the open reports only."""
    ids = {one.report_id for one in shown}
    reports = [one for one in members if one.report_id in ids]
    killed, injured = hull([one.killed for one in shown]), hull([one.injured for one in shown])
    period, place = _together(reports), _best_placed(reports)
    known = set(json.loads(row["origins"] or "[]"))
    return {
        **row,
        "occurred_from": period.start if period else None,
        "occurred_to": period.end if period else None,
        "place": place.place if place else None,
        "place_written": place.place_written if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "radius_m": place.radius_m if place else None,
        "area_wkt": place.area_wkt if place else None,
        "acts": json.dumps(sorted({one.act for one in reports if one.act})),
        "targets": json.dumps(sorted({one.target for one in reports if one.target})),
        "deaths_low": killed[0],
        "deaths_high": killed[1],
        "injured_low": injured[0],
        "injured_high": injured[1],
        "origins": json.dumps(sorted(known & {one.origin for one in reports if one.origin})),
        "disputed": "[]",
    }


def _together(reports: Sequence[Report]) -> Period | None:
    """Return the period round everything that the reports say."""
    found: Period | None = None
    for one in reports:
        if one.occurred is not None:
            found = one.occurred if found is None else found.hull(one.occurred)
    return found


def _best_placed(reports: Sequence[Report]) -> Report | None:
    """Return the report with the smallest radius, the least id among equals."""
    placed = [one for one in reports if one.lat is not None or one.area_wkt is not None]
    return min(placed, key=lambda one: (one.radius_m or float("inf"), one.report_id), default=None)
