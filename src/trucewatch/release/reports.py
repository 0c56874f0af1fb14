"""Reports as an audience may see them."""

from __future__ import annotations

from collections.abc import Mapping

from trucewatch.release.policy import Policy
from trucewatch.release.records import ReleasedReport
from trucewatch.reports import Casualty, Report

__all__ = ["Range", "hull", "is_open", "released_report"]

Range = tuple[int | None, int | None]
"""(least, greatest) persons; greatest None with least given: no upper bound stated."""


def is_open(sensitivity: str | None, policy: Policy) -> bool:
    """Whether rows of this sensitivity may be listed for the audience."""
    return policy.internal or sensitivity == "public"


def released_report(report: Report, policy: Policy, incidents: Mapping[str, str]) -> ReleasedReport:
    """Return a report; `incidents` maps report ids to the incident that each belongs to.

    Words and documents of a source can name a party, so the public sees neither, whatever the mandate
    says: the citation leads those who may to the evidence.
    """
    names = policy.names_candidates
    return ReleasedReport(
        report_id=report.report_id,
        incident_id=incidents.get(report.report_id),
        source=report.source,
        origin=report.origin,
        chain=report.chain,
        published_at=report.published_at,
        known_assumed=report.known_assumed,
        occurred=report.occurred,
        act=report.act,
        target=report.target,
        weapon=report.weapon,
        weapon_assessed=report.weapon_assessed,
        calibre_mm=report.calibre_mm,
        method=report.method,
        explosion_state=report.explosion_state,
        count=report.count,
        count_qualifier=report.count_qualifier,
        unit=report.unit,
        standing=report.standing,
        killed=_harmed(report.casualties, "killed"),
        injured=_harmed(report.casualties, "injured"),
        by=_parties(report, "by") if names else None,
        against=_parties(report, "against") if names else None,
        text=report.text if policy.internal else None,
        evidence=report.evidence,
        locator=report.locator,
    )


def _parties(report: Report, role: str) -> tuple[str, ...]:
    named = (one.party or one.name_as_written for one in report.role(role))
    return tuple(dict.fromkeys(one for one in named if one is not None))


def _harmed(casualties: tuple[Casualty, ...], harm: str) -> Range:
    """Return (least, greatest) of one harm, groups and sides added up; (None, None) if none is given."""
    ranges = [
        found for one in casualties if one.harm == harm and (found := _range(one)) is not None
    ]
    if not ranges:
        return None, None
    highs = [high for _, high in ranges]
    total = None if None in highs else sum(high for high in highs if high is not None)
    return sum(low for low, _ in ranges), total


def _range(row: Casualty) -> tuple[int, int | None] | None:
    given = [number for number in (row.low, row.best, row.high) if number is not None]
    if not given:
        return None
    low = row.low if row.low is not None else row.best if row.best is not None else 0
    high = row.high if row.high is not None else row.best if row.low is None else None
    return min(low, *given), None if high is None else max(high, *given)


def hull(ranges: list[Range]) -> Range:
    """Return the least low and the greatest high of the ranges that are known."""
    lows = [low for low, _ in ranges if low is not None]
    if not lows:
        return None, None
    highs = [high for low, high in ranges if low is not None and high is not None]
    return min(lows), max(*highs, *lows) if highs else None
