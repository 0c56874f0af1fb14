"""Section 4: counts beside the previous period, as it stood at its own cut-off and as known now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from trucewatch.periods import Period, day_period
from trucewatch.publish.daily_lines import CountRow, Figure
from trucewatch.publish.daily_report import Comparison
from trucewatch.publish.frame import Frame
from trucewatch.publish.judgements import COLUMNS
from trucewatch.publish.observations import findings_by_incident, incidents_of
from trucewatch.publish.spoken import day_words
from trucewatch.release import Released

__all__ = ["TOLERANCE", "comparison", "counted_incidents", "coverage_shares"]

TOLERANCE = 0.10
"""Length and coverage may differ by this part before two counts say nothing about each other."""


def counted_incidents(released: Released, day: Period, frame: Frame) -> tuple[str, ...]:
    """Return the incidents of a day that the case counts: training fire only where its settings say so."""
    found = incidents_of(released, day).sure
    if frame.settings.training_fire == "excluded":
        found = tuple(one for one in found if one.acts != ("exercise",))
    return tuple(one.incident_id for one in found)


def comparison(frame: Frame) -> Comparison:
    """Return the counts of this period and of the previous one; no trend is worded unless both are alike."""
    said, before = frame.said, frame.day - timedelta(days=1)
    earlier = day_period(before, frame.zone)
    if frame.then is None:
        rows = _rows(frame, None)
        return Comparison(None, rows, said.say("compare.first"), comparable=False)
    why = _why_not(frame, earlier)
    note = said.say(f"compare.{why or 'possible'}")
    rows = _rows(frame, earlier, comparable=why is None)
    return Comparison(day_words(before, said), rows, note, comparable=why is None)


def _rows(
    frame: Frame, earlier: Period | None, *, comparable: bool = False
) -> tuple[CountRow, ...]:
    said = frame.said
    now = _figures(frame.now, frame.period, frame, "now")
    then: Sequence[Figure | None] = [None] * len(now)
    since = then
    if earlier is not None and frame.then is not None:
        then = _figures(frame.then, earlier, frame, "then")
        since = _figures(frame.now, earlier, frame, "since")
    names = (said.say("row.happenings"), *(said.verdict(one) for one in COLUMNS))
    return tuple(
        CountRow(name, one, two, three, _change(one, two, frame, comparable=comparable))
        for name, one, two, three in zip(names, now, then, since, strict=True)
    )


def _figures(released: Released, day: Period, frame: Frame, column: str) -> Sequence[Figure]:
    incidents = counted_incidents(released, day, frame)
    by_incident = findings_by_incident(released, frame.reading)
    findings = [one for incident in incidents for one in by_incident.get(incident, ())]
    figures = [Figure(len(incidents), f"list-{column}-happenings", incidents)]
    for verdict in COLUMNS:
        ids = tuple(one.finding_id for one in findings if one.verdict == verdict)
        figures.append(Figure(len(ids), f"list-{column}-{verdict.replace('_', '-')}", ids))
    return figures


def _change(now: Figure, then: Figure | None, frame: Frame, *, comparable: bool) -> str:
    said = frame.said
    if then is None or not comparable:
        return said.say("change.not_comparable")
    if now.number == then.number:
        return said.say("change.same")
    word = "more" if now.number > then.number else "fewer"
    return said.say(f"change.{word}", n=abs(now.number - then.number))


def _why_not(frame: Frame, earlier: Period) -> str | None:
    """Return why the two periods say nothing about each other; None if they are alike."""
    length, other = _seconds(frame.period), _seconds(earlier)
    if abs(length - other) > TOLERANCE * max(length, other):
        return "length"
    now, then = coverage_shares(frame.now, frame.period), coverage_shares(frame.now, earlier)
    if not now or not then:
        return "coverage_unknown"
    if now.keys() != then.keys() or any(abs(now[one] - then[one]) > TOLERANCE for one in now):
        return "coverage_differs"
    return None if any(share > 0 for share in now.values()) else "coverage_none"


def _seconds(period: Period) -> float:
    if period.start is None or period.end is None:
        return 0.0
    return (period.end - period.start).total_seconds()


def coverage_shares(released: Released, day: Period) -> dict[tuple[str, str], float]:
    """Return (place or zone, observer) → part of the day and place that could be seen, 0 to 1.

    An account without a share is left out: it does not say how much.
    """
    shares: dict[tuple[str, str], float] = {}
    for one in released.coverage:
        if one.share is None or one.period is None or not one.period.overlaps(day):
            continue
        key = (one.place or one.zone or "", one.observer or "")
        part = one.share * _part(one.period, day)
        shares[key] = round(max(shares.get(key, 0.0), part), 4)
    return shares


def _part(period: Period, day: Period) -> float:
    common = period.intersection(day)
    if common is None or not _seconds(day):
        return 0.0
    bounds: tuple[datetime | None, datetime | None] = (common.start, common.end)
    return 1.0 if None in bounds else _seconds(common) / _seconds(day)
