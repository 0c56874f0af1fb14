"""Builds the daily report from released rows, section by section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from trucewatch.agreement import Agreement
from trucewatch.periods import iso
from trucewatch.publish.comparison import comparison, counted_incidents
from trucewatch.publish.daily_lines import FindingEntry, Happening
from trucewatch.publish.daily_report import DailyReport, Header
from trucewatch.publish.figure_lists import figure_lists
from trucewatch.publish.frame import Frame
from trucewatch.publish.judgements import COLUMNS, citations, clause_rows, entries, totals
from trucewatch.publish.obligations import duties, party_rows
from trucewatch.publish.observations import findings_by_incident, happenings, incidents_of
from trucewatch.publish.provenance import assumptions, notes, sources
from trucewatch.publish.side_by_side import differences, reading_words
from trucewatch.publish.spoken import day_words, offset_words
from trucewatch.publish.statement_lines import AggregateGroup, DutyEntry, Landmark
from trucewatch.publish.statements import (
    access_numbers,
    access_statements,
    aggregates,
    windows,
)
from trucewatch.publish.talk_lines import talk_lines
from trucewatch.publish.unjudged import unjudged_rows
from trucewatch.publish.unseen import coverage_lines, undetermined_by

__all__ = ["daily_view", "serial_number"]


def daily_view(frame: Frame) -> DailyReport:
    """Return the report of `frame.day` for the audience that its rows were released to."""
    by_incident = findings_by_incident(frame.now, frame.reading)
    today, where = incidents_of(frame.now, frame.period), citations(frame)
    sure = happenings(today.sure, by_incident, frame, first=1)
    maybe = happenings(today.maybe, by_incident, frame, first=len(sure) + 1)
    counted = set(counted_incidents(frame.now, frame.period, frame))
    found = entries([one for one in sure if one.incident_id in counted], by_incident, where, frame)
    rest = [one for one in (*sure, *maybe) if one.incident_id not in counted]
    apart = entries(rest, by_incident, where, frame)
    rows, sums, compared = clause_rows(found, frame), totals(found), comparison(frame)
    verdicts = tuple((one, frame.said.verdict(one)) for one in COLUMNS)
    undetermined, parties = (
        undetermined_by(found, frame),
        party_rows(frame.now.findings, found, frame),
    )
    claimed, owed, access, held = (
        aggregates(frame),
        duties(frame),
        access_statements(frame),
        windows(frame),
    )
    lists = figure_lists(
        frame,
        observed=(*sure, *maybe),
        found=(*found, *apart),
        clauses=rows,
        totals=[(name, one) for (_, name), one in zip(verdicts, sums, strict=True)],
        comparison=compared,
        parties=parties or (),
        undetermined=undetermined,
    )
    spoken, in_force = talk_lines(frame)
    cited = [line.cited for line in access] + [line.cited for line in spoken] + [line.cited for line in held if line.cited]
    used = {*_used((*sure, *maybe), (*found, *apart), claimed, owed), *(one.id for one in cited)}
    return DailyReport(
        header=_header(frame),
        issue=frame.issue,
        summary=tuple(_summary(sure, maybe, found, frame)),
        unit=frame.settings.unit,
        happenings=sure,
        maybe=maybe,
        undated=today.undated,
        verdicts=verdicts,
        clauses=rows,
        unjudged=unjudged_rows(frame),
        totals=sums,
        findings=found,
        maybe_findings=apart,
        readings=reading_words(frame),
        differences=differences((*sure, *maybe), frame),
        comparison=compared,
        aggregates=claimed,
        duties=owed,
        parties=parties,
        coverage=coverage_lines(frame),
        undetermined_by=undetermined,
        access=access,
        access_happenings=access_numbers((*sure, *maybe), frame.now.incidents),
        statements=spoken,
        in_force=in_force,
        windows=held,
        unspoken=tuple(one.number for one in (*sure, *maybe) if one.verdict == "none"),
        sources=sources(frame, used),
        assumptions=assumptions(frame),
        unresolved=frame.now.unresolved,
        lists=lists,
        outline_wkt=_outline(frame.agreement),
        landmarks=tuple(_landmarks(frame)),
    )


def serial_number(day: date, first_day: date | None) -> int | None:
    """Return days since the first report, from 1; None without a first day, or before it."""
    number = None if first_day is None else (day - first_day).days + 1
    return number if number is not None and number > 0 else None


def _header(frame: Frame) -> Header:
    said, zone = frame.said, frame.zone
    policy = frame.now.policy
    mandate = "internal" if policy.internal else policy.attribution.value
    return Header(
        title=frame.settings.title,
        language=said.language,
        day=frame.day.isoformat(),
        day_words=day_words(frame.day, said),
        serial=serial_number(frame.day, frame.settings.first_day),
        issued=day_words(frame.cut_off.astimezone(zone).date(), said),
        cut_off=frame.instant(frame.cut_off),
        known_at=iso(frame.cut_off) or "",
        time_zone=f"{zone.key} ({offset_words(frame.cut_off, zone)})",
        audience=policy.audience.value,
        attribution=policy.attribution.value,
        mandate=(said.say("mandate.observes"), said.say(f"mandate.{mandate}")),
        notes=notes(frame),
    )


def _summary(
    sure: Sequence[Happening],
    maybe: Sequence[Happening],
    found: Sequence[FindingEntry],
    frame: Frame,
) -> Iterator[str]:
    said = frame.said
    reports = sum(len(one.reports) for one in sure)
    yield said.say(
        "summary.observed",
        happenings=said.count("happening", len(sure)),
        reports=said.count("report", reports),
    )
    if maybe:
        yield said.say("summary.maybe", happenings=said.count("happening", len(maybe)))
    for happening in sure[:3]:
        yield said.say(
            "summary.happening",
            number=happening.number,
            what=happening.what,
            place=happening.place,
            killed=happening.killed,
            origins=said.count("origin", len(happening.origins)),
        )
    if len(sure) > 3:
        yield said.say("summary.others", n=len(sure) - 3)
    counts = "; ".join(
        f"{said.verdict(one)}: {sum(each.verdict == one for each in found)}" for one in COLUMNS
    )
    yield said.say(
        "summary.findings",
        findings=said.count("finding", len(found)),
        counts=counts,
        reading=frame.reading,
    )


def _used(
    observed: Iterable[Happening],
    found: Iterable[FindingEntry],
    claimed: Iterable[AggregateGroup],
    owed: Iterable[DutyEntry],
) -> Iterator[str]:
    """Yield the ids of the reports and claims that the document cites."""
    for happening in observed:
        yield from (one.cited.id for one in happening.reports)
    for finding in found:
        yield from (one.id for one in finding.evidence)
    for group in claimed:
        yield from (one.cited.id for one in group.statements)
    for duty in owed:
        yield from (one.cited.id for one in duty.statements)


def _landmarks(frame: Frame) -> Iterator[Landmark]:
    """Yield the cities and towns of the case's places, by key."""
    for place in sorted(frame.gazetteer.places.values(), key=lambda one: one.key):
        if place.kind in ("city", "town") and place.radius_m >= frame.now.policy.finest_m:
            yield Landmark(
                place.name, round(place.lat, 4), round(place.lon, 4), place.kind == "city"
            )


def _outline(agreement: Agreement) -> str | None:
    """Return the widest drawn area of the agreement: a country before any other."""
    areas = [one for one in agreement.zones.values() if one.kind == "area" and one.wkt]
    areas.sort(key=lambda one: (one.country is None, one.key))
    return areas[0].wkt if areas else None
