"""Section 1: what is reported to have happened, in the unit that the case counts in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from trucewatch.findings.schema import VERDICTS
from trucewatch.periods import Period
from trucewatch.publish.daily_lines import Happening, ReportLine
from trucewatch.publish.frame import Frame
from trucewatch.publish.spoken import distance_words, figure_words, range_words
from trucewatch.release import Released, ReleasedFinding, ReleasedIncident, ReleasedReport

__all__ = ["DayOf", "findings_by_incident", "happenings", "incidents_of"]

LONG = timedelta(hours=36)
"""A period longer than this does not place a happening on one day."""


@dataclass(frozen=True, slots=True)
class DayOf:
    """The incidents of one local day."""

    sure: tuple[ReleasedIncident, ...]
    """Their period touches the day."""
    maybe: tuple[ReleasedIncident, ...]
    """Their period touches the day and is much longer than a day."""
    undated: int


def incidents_of(released: Released, day: Period) -> DayOf:
    """Return the incidents whose period touches `day`, in order of time and id."""
    touching = [
        one for one in released.incidents if one.occurred is not None and one.occurred.overlaps(day)
    ]
    ordered = sorted(touching, key=_order)
    return DayOf(
        tuple(one for one in ordered if not _long(one)),
        tuple(one for one in ordered if _long(one)),
        sum(1 for one in released.incidents if one.occurred is None),
    )


def _order(incident: ReleasedIncident) -> tuple[str, str, str]:
    period = incident.occurred
    start = period.start if period else None
    end = period.end if period else None
    return (
        start.isoformat() if start else "",
        end.isoformat() if end else "~",
        incident.incident_id,
    )


def _long(incident: ReleasedIncident) -> bool:
    period = incident.occurred
    return (
        period is None
        or period.start is None
        or period.end is None
        or period.end - period.start > LONG
    )


def findings_by_incident(
    released: Released, reading: str
) -> Mapping[str, tuple[ReleasedFinding, ...]]:
    """Return the findings of one reading by incident, by clause and id."""
    found: dict[str, list[ReleasedFinding]] = {}
    for one in sorted(released.findings, key=lambda each: (each.clause, each.finding_id)):
        if one.reading == reading and one.incident_id is not None:
            found.setdefault(one.incident_id, []).append(one)
    return {incident: tuple(each) for incident, each in found.items()}


def happenings(
    incidents: Sequence[ReleasedIncident],
    findings: Mapping[str, Sequence[ReleasedFinding]],
    frame: Frame,
    first: int,
) -> tuple[Happening, ...]:
    """Lay incidents out as observations numbered from `first`."""
    reports: dict[str, list[ReleasedReport]] = {}
    for report in frame.now.reports:
        if report.incident_id is not None:
            reports.setdefault(report.incident_id, []).append(report)
    return tuple(
        _happening(
            number, one, reports.get(one.incident_id, []), findings.get(one.incident_id, ()), frame
        )
        for number, one in enumerate(incidents, start=first)
    )


def _happening(
    number: int,
    incident: ReleasedIncident,
    reports: Sequence[ReleasedReport],
    findings: Sequence[ReleasedFinding],
    frame: Frame,
) -> Happening:
    said = frame.said
    severest = max(
        findings, key=lambda one: (VERDICTS.index(one.verdict), not one.provisional), default=None
    )
    low, high = incident.injured
    return Happening(
        number=number,
        incident_id=incident.incident_id,
        time=frame.time(incident.occurred),
        place=_place(incident, frame),
        lat=_round(incident.lat),
        lon=_round(incident.lon),
        radius_m=_round(incident.radius_m),
        area_wkt=incident.area_wkt,
        coarsened=incident.coarsened,
        what=_what(incident.acts, incident.targets, frame),
        counted=_counted(reports, frame),
        killed=range_words(*incident.killed, said),
        injured=None if low is None and high is None else range_words(low, high, said),
        origins=tuple(frame.source(one) for one in incident.origins),
        reports=tuple(_line(one, frame) for one in sorted(reports, key=_by_publication)),
        withheld_reports=incident.withheld_reports,
        disputed=tuple(said.word("disputed", one) for one in incident.disputed),
        place_disputed="where" in incident.disputed,
        verdict=severest.verdict
        if severest
        else "withheld"
        if incident.findings_withheld
        else "none",
        provisional=severest.provisional if severest else False,
        findings=tuple(one.finding_id for one in findings),
        notes=tuple(_notes(incident, frame)),
    )


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _place(incident: ReleasedIncident, frame: Frame) -> str:
    said, name = frame.said, frame.place_of(incident)
    if incident.area_wkt is not None:
        return said.say("place.area", place=name)
    if incident.radius_m is None:
        return name
    return said.say("place.within", place=name, distance=distance_words(incident.radius_m, said))


def _what(acts: Iterable[str], targets: Iterable[str], frame: Frame) -> str:
    said = frame.said
    either = said.say("or")
    what = either.join(said.word("act", one) for one in acts) or said.say("act.unknown")
    hit = either.join(said.word("target", one) for one in targets)
    return said.say("act.on", act=what, target=hit) if hit else what


def _counted(reports: Sequence[ReleasedReport], frame: Frame) -> str | None:
    """Return what the reports count, in the case's unit; never added up over sources."""
    unit = frame.settings.unit
    told = [
        f"{figure_words(one.count, one.count, one.count_qualifier, frame.said)} ({frame.source(one.source)})"
        for one in sorted(reports, key=_by_publication)
        if one.unit == unit and one.count is not None
    ]
    return "; ".join(told) or None


def _by_publication(report: ReleasedReport) -> tuple[str, str]:
    return (report.published_at.isoformat() if report.published_at else "~", report.report_id)


def _line(report: ReleasedReport, frame: Frame) -> ReportLine:
    said = frame.said
    killed, injured = report.killed, report.injured
    return ReportLine(
        says=_says(report, frame),
        killed=None if killed[0] is None else range_words(*killed, said),
        injured=None if injured[0] is None else range_words(*injured, said),
        standing=None if report.standing == "asserted" else said.word("standing", report.standing),
        parties=_parties(report, frame),
        text=report.text,
        cited=frame.cited(report),
    )


def _says(report: ReleasedReport, frame: Frame) -> str:
    """Return method, number, act, weapon and whom the source relays, as one clause."""
    said = frame.said
    words = [said.word("method", report.method or "none")]
    if report.count is not None or report.count_qualifier == "uncountable":
        counted = figure_words(report.count, report.count, report.count_qualifier, said)
        words.append(f"{counted} {said.word('unit', report.unit or '')}".strip())
    acts, targets = (report.act,) if report.act else (), (report.target,) if report.target else ()
    parts = [" ".join(words), _what(acts, targets, frame)]
    if report.weapon is not None:
        weapon = report.weapon.replace("_", " ")
        if report.calibre_mm is not None:
            weapon = f"{weapon} {report.calibre_mm:g} mm"
        parts.append(said.say("assessed", what=weapon) if report.weapon_assessed else weapon)
    if report.explosion_state is not None:
        parts.append(said.say("consistent", what=said.word("state", report.explosion_state)))
    return f"{parts[0]}: {', '.join(parts[1:])}{_relaying(report, frame)}"


def _relaying(report: ReleasedReport, frame: Frame) -> str:
    said = frame.said
    if report.origin is None:
        return f" ({said.say('origin.unknown')})"
    if report.origin == report.source:
        return ""
    return f" ({said.say('relaying', origin=frame.source(report.origin))})"


def _parties(report: ReleasedReport, frame: Frame) -> str | None:
    if not report.by and not report.against:
        return None
    by = frame.parties(report.by or ()) or frame.said.say("nobody")
    against = frame.parties(report.against or ()) or frame.said.say("nobody")
    return frame.said.say("parties", by=by, against=against)


def _notes(incident: ReleasedIncident, frame: Frame) -> Iterable[str]:
    said, day, period = frame.said, frame.period, incident.occurred
    if period is not None and not _long(incident):
        if period.end is not None and day.end is not None and period.end > day.end:
            yield said.say("note.reaches_on")
        if period.start is not None and day.start is not None and period.start < day.start:
            yield said.say("note.reaches_back")
    if incident.coarsened:
        yield said.say("place.public")
    if incident.mistaken is not None:
        yield said.say("note.mistaken", party=frame.party(incident.mistaken))
    if incident.findings_withheld:
        yield said.say("note.findings_withheld")
    if incident.acts == ("exercise",):
        yield said.say("note.training")
