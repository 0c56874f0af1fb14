"""What a run says in a few lines: counts, what is undetermined and why, what to read first, what to add."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from trucewatch.case.listing import finding_rows, question_rows
from trucewatch.engines import open_engine
from trucewatch.errors import Severity
from trucewatch.findings import by_reading_and_verdict
from trucewatch.findings.schema import VERDICTS
from trucewatch.pipeline import Result
from trucewatch.publish.phrases import verdict_words

if TYPE_CHECKING:
    from trucewatch.case.case import Case

__all__ = ["paste_lines", "summary_lines", "summary_rows", "worth_reading"]


class _Answer(NamedTuple):
    """What a term says of a leg under one reading."""

    severity: int
    still_open: int
    place: int
    special: bool
    """Not the first reading of the run."""


def summary_rows(result: Result, *, engine: str = "duckdb") -> list[dict[str, Any]]:
    """Return the counts of findings by reading and verdict, counted by the engine."""
    opened = open_engine(engine)
    try:
        return by_reading_and_verdict(opened, result.findings.finding)
    finally:
        opened.close()


def summary_lines(case: Case, result: Result, *, engine: str = "duckdb") -> list[str]:
    """Return the lines that `trucewatch run` and `trucewatch demo` print."""
    rejected = len({(one.place, one.line) for one in result.problems if one.severity is Severity.REJECTED})
    known = "everything" if result.known_at is None else result.known_at.astimezone(case.settings.zone).isoformat()
    lines = [
        "",
        f"{case.settings.title}, known at: {known}",
        f"  {len(result.resolved.tables)} reports ({rejected} rows rejected), {len(result.resolved.claims)} claims, "
        f"{len(result.linked.incident)} incidents, {len(result.linked.leg)} legs",
        "",
        f"  {'reading':<18}" + "".join(f"{verdict.replace('_', ' '):>14}" for verdict in reversed(VERDICTS)),
    ]
    lines += _verdict_lines(summary_rows(result, engine=engine))
    lines += _why_lines(result)
    return lines + _worth_lines(result, case.settings.zone)


def _verdict_lines(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    counts: dict[str, dict[str, int]] = {}
    for row in rows:
        counts.setdefault(row["reading"], {})[row["verdict"]] = row["findings"]
    return [
        f"  {reading:<18}" + "".join(f"{by_verdict.get(verdict, 0):>14}" for verdict in reversed(VERDICTS))
        for reading, by_verdict in sorted(counts.items(), key=lambda pair: (pair[0] != "default", pair[0]))
    ]


def _why_lines(result: Result) -> list[str]:
    """Say which element keeps how large a part of the undetermined findings of the first reading open."""
    finding = result.findings.finding
    columns = zip(finding.values("reading"), finding.values("verdict"), finding.values("reason"), strict=True)
    open_for = Counter(why for reading, verdict, why in columns if (reading, verdict) == (result.readings[0], "undetermined"))
    undetermined = open_for.total()
    if not undetermined:
        return ["", "  nothing is undetermined"]
    reasons: Counter[str] = Counter()
    for why, number in open_for.items():
        reasons.update(dict.fromkeys(json.loads(why), number))
    shares = ", ".join(
        f"{reason} {100 * number / undetermined:.0f} %"
        for reason, number in sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))[:8]
    )
    return ["", f"  undetermined under “{result.readings[0]}”: {undetermined}; of these open for want of: {shares}"]


def worth_reading(result: Result, number: int = 3) -> list[dict[str, Any]]:
    """Return the findings most worth reading: the severest of each leg and clause, in this order.

    First where readings give most different verdicts (there the text decides, not the facts), then
    where least is open, then the graver verdict, then the more deaths.
    """
    finding = result.findings.finding
    names = ("subject_kind", "subject_id", "clause", "reading", "verdict", "reason")
    alike: dict[tuple[str, str], list[_Answer]] = {}
    for place, told in enumerate(zip(*(finding.values(name) for name in names), strict=True)):
        kind, subject, clause, reading, verdict, reason = told
        if kind == "leg":
            still_open = reason.count(",") + 1 if verdict == "undetermined" else 0
            alike.setdefault((subject, clause), []).append(
                _Answer(VERDICTS.index(verdict), still_open, place, special=reading != result.readings[0])
            )
    deaths = dict(zip(result.linked.leg.values("leg_id"), result.linked.leg.values("deaths_high"), strict=True))

    def rank(key: tuple[str, str]) -> tuple[int, int, int, int, tuple[str, str]]:
        answers = alike[key]
        severity = max(one.severity for one in answers)
        least = min(one.still_open for one in answers if one.severity == severity)
        return (-len({one.severity for one in answers}), least, -severity, -(deaths.get(key[0]) or 0), key)

    best = sorted(alike, key=rank)[:number]
    severest = [min(alike[key], key=lambda one: (-one.severity, one.special, one.place)).place for key in best]
    return finding_rows(result, severest)


def _worth_lines(result: Result, zone: ZoneInfo) -> list[str]:
    places = {row["incident_id"]: row for row in result.linked.incident.rows()}
    lines = ["", "  worth reading first:"]
    for row in worth_reading(result):
        incident = places.get(row["incident_id"], {})
        day = "" if row["occurred_from"] is None else f"{row['occurred_from'].astimezone(zone):%d %b}"
        where = incident.get("place_written") or row["place"] or "place unknown"
        lines.append(
            f"    {row['finding_id']}  {day} {where}: {verdict_words(row['verdict'])} under “{row['reading']}” "
            f"({', '.join(row['reason'])})"
        )
    return [*lines, "    trucewatch explain ID leads back to the words behind each"]


def paste_lines(result: Result, number: int = 5) -> list[str]:
    """Return what did not resolve, by frequency, ready to paste, and the answers that would settle most."""
    lines: list[str] = []
    unresolved = result.resolved.unresolved.rows()
    if unresolved:
        lines += ["", f"  {len(unresolved)} names, places, acts or sources are not known to the case; the commonest:"]
        lines += [f"    {row['count']:>4} x {row['kind']} “{row['value']}”   {row['paste']}" for row in unresolved[:number]]
    questions = question_rows(result)
    if questions:
        lines += ["", "  the answers that would settle most findings:"]
        lines += [f"    {row['findings']:>4}  {row['question']}" for row in questions[:number]]
    return lines
