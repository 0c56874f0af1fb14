"""Reports into incidents and legs: the stage as a list of steps.

Pure and deterministic: the same reports and decisions give the same tables, whatever the order of
the rows. Reports far apart in space and time never influence each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any

from trucewatch.actors import Actors
from trucewatch.errors import Problem, Severity
from trucewatch.identifiers import incident_id
from trucewatch.incidents.alike import Involvement
from trucewatch.incidents.candidates import candidate_pairs
from trucewatch.incidents.clustering import Clusters, cluster
from trucewatch.incidents.consolidation import consolidate, founder_of, incident_row
from trucewatch.incidents.decision import decision_records
from trucewatch.incidents.features import Features, features_of
from trucewatch.incidents.judgements import Judgements, Verification, judgements_of
from trucewatch.incidents.leg import Leg, leg_table
from trucewatch.incidents.legs import legs_of
from trucewatch.incidents.membership import membership_rows
from trucewatch.incidents.pairs import Pairs
from trucewatch.incidents.schema import INCIDENT, INCIDENT_REPORT
from trucewatch.incidents.scoring import score_pairs
from trucewatch.incidents.trained import Trained
from trucewatch.incidents.weighing import Weighing
from trucewatch.incidents.weights import SPACE_TIME_ACTOR_0, Weights
from trucewatch.reports.report import Report, ReportTables
from trucewatch.reports.source import Source
from trucewatch.tables import Schema, Table

__all__ = ["Linked", "Matched", "consolidated", "link", "match", "match_features", "told_reports"]


@dataclass(frozen=True, slots=True, eq=False)
class Linked:
    """What linking gives: three tables in the order of their keys, and what went wrong."""

    incident: Table
    incident_report: Table
    leg: Table
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Matched:
    """Which reports belong together, before anything is consolidated."""

    features: Features
    pairs: Pairs
    clusters: Clusters
    problems: tuple[Problem, ...]


def link(
    reports: ReportTables,
    decisions: Table,
    *,
    actors: Actors,
    sources: Mapping[str, Source],
    weights: Weights | Trained = SPACE_TIME_ACTOR_0,
) -> Linked:
    """Return incidents, the reports in them with reasons, and the legs to judge.

    `decisions` are those that apply at the instant of knowledge of `reports`; only same, different
    and verify concern this stage. A report that says only that something of a kind happened somewhere
    is in no incident, unless a person has judged it.
    """
    records, judgements, problems = told_reports(reports, decisions)
    matched = match(records, judgements, actors=actors, sources=sources, weights=weights)
    linked = consolidated(records, matched, judgements, Weighing(actors, sources), weights)
    return replace(linked, problems=tuple(sorted((*problems, *matched.problems), key=str)))


def told_reports(
    reports: ReportTables, decisions: Table
) -> tuple[list[Report], Judgements, tuple[Problem, ...]]:
    """Return the reports that are linked (in order of report_id, each once) and what people judged of them."""
    everything, repeated = _distinct(reports.records())
    judgements = judgements_of(decisions, [report.report_id for report in everything])
    judged = {cited for one in decision_records(decisions) for cited in one.reports}
    records = [one for one in everything if _tells_of_one(one) or one.report_id in judged]
    return records, judgements, (*repeated, *judgements.problems, *_vague(len(everything) - len(records)))


def match(
    reports: Sequence[Report],
    judgements: Judgements,
    *,
    actors: Actors,
    sources: Mapping[str, Source],
    weights: Weights | Trained = SPACE_TIME_ACTOR_0,
) -> Matched:
    """Return which of these reports (in order of report_id, each once) tell of one happening."""
    return match_features(features_of(reports, actors=actors, sources=sources), judgements, weights)


def match_features(features: Features, judgements: Judgements, weights: Weights | Trained) -> Matched:
    """Return which reports tell of one happening, from their columns."""
    candidates = candidate_pairs(features, weights)
    pairs = score_pairs(features, candidates, weights)
    clusters = cluster(features, pairs, judgements, weights)
    return Matched(features, pairs, clusters, _bounds(features, candidates.cut, clusters, weights))


def consolidated(
    reports: Sequence[Report],
    matched: Matched,
    judgements: Judgements,
    weighing: Weighing,
    weights: Weights | Trained,
) -> Linked:
    """Return incidents, memberships and legs of reports that were matched (in their order)."""
    groups: dict[int, list[Report]] = defaultdict(list)
    label = matched.clusters.label
    for report, name in zip(reports, label.tolist(), strict=True):
        groups[name].append(report)
    names = {name: incident_id(founder_of(each).report_id) for name, each in groups.items()}
    by_report = _verifications_by_report(judgements.verified)
    involvement = Involvement(weighing)
    incidents: list[dict[str, Any]] = []
    legs: list[Leg] = []
    for name, group in groups.items():
        facts = consolidate(group, weighing)
        verified = {one for report in group for one in by_report.get(report.report_id, ())}
        ordered = sorted(verified, key=lambda one: one.decision_id)
        own = legs_of(facts, names[name], involvement, ordered)
        incidents.append(incident_row(facts, weighing, [d for leg in own for d in leg.disputed]))
        legs += own
    members = membership_rows(
        matched.features,
        matched.pairs,
        label,
        [names[one] for one in label.tolist()],
        judgements,
        weights,
    )
    incidents.sort(key=lambda row: row["incident_id"])
    members.sort(key=lambda row: (row["incident_id"], row["report_id"]))
    return Linked(
        _table(INCIDENT, incidents),
        _table(INCIDENT_REPORT, members),
        leg_table(legs),
        (),
    )


def _table(schema: Schema, rows: Sequence[Mapping[str, Any]]) -> Table:
    """Return rows that name every column as a table."""
    if not rows:
        return Table.empty(schema)
    columns = map(list, zip(*map(itemgetter(*schema.names), rows), strict=True))
    return Table.from_columns(schema, dict(zip(schema.names, columns, strict=True)))


def _verifications_by_report(
    verified: Iterable[Verification],
) -> dict[str, list[Verification]]:
    found: dict[str, list[Verification]] = defaultdict(list)
    for one in verified:
        for report in one.reports:
            found[report].append(one)
    return found


def _tells_of_one(report: Report) -> bool:
    """Whether a report tells of one happening: where, to whom, by whom, how many, or as whose event.

    A headline that sums up several ("clashes go on, two explosions") has none of these.
    """
    where = report.place_written or report.place or report.area_wkt or report.lat is not None
    return bool(where or report.parties or report.casualties or report.grouping or report.target)


def _vague(number: int) -> tuple[Problem, ...]:
    if not number:
        return ()
    expected = "a place, a side, a target or a number of casualties in each"
    advice = "They are listed as reports and make no incident of their own"
    return (Problem("reports", None, None, f"{number} report(s)", expected, advice, Severity.WARNING),)


def _distinct(reports: Iterable[Report]) -> tuple[list[Report], list[Problem]]:
    """Return each report once, in the order of report_id, its casualties without repeats.

    Two rows of one id that differ are a problem; the one that sorts first is used.
    """
    found: dict[str, Report] = {}
    problems: dict[str, Problem] = {}
    for report in map(_without_repeats, reports):
        known = found.setdefault(report.report_id, report)
        if known is not report and _content(known) != _content(report):
            found[report.report_id] = min(known, report, key=_content)
            problems[report.report_id] = _differs(report.report_id)
    ids = sorted(found)
    return [found[one] for one in ids], [problems[one] for one in sorted(problems)]


def _without_repeats(report: Report) -> Report:
    """Repeated parties and circumstances change no answer; repeated casualties would be added up."""
    once = tuple(dict.fromkeys(report.casualties))
    return replace(report, casualties=once) if len(once) < len(report.casualties) else report


def _content(report: Report) -> str:
    """Return all that a report says, whatever the order of its parts."""
    parts: dict[str, Any] = {
        name: tuple(sorted(set(getattr(report, name)), key=repr))
        for name in ("parties", "casualties", "circumstances")
    }
    return repr(replace(report, **parts))


def _differs(report_id: str) -> Problem:
    return Problem(
        place="reports",
        line=None,
        column="report_id",
        value=report_id,
        expected="one content for one report id",
        advice="two rows share this id and differ; the one that sorts first is used",
        severity=Severity.WARNING,
    )


def _bounds(rows: Features, cut: int, clusters: Clusters, weights: Weights | Trained) -> tuple[Problem, ...]:
    """Return what the bounds on work left out; nothing is left out silently."""
    found = []
    if cut:
        expected = f"at most {weights.partners} partners of one report in one cell of the grid"
        found.append(
            _bound(str(cut), expected, "the nearest in time, act and parties were compared")
        )
    for row, size, level in clusters.cut:
        expected = f"at most {weights.giant} reports that hang together"
        advice = f"pairs of {level} log-odds or less were left out around {rows.ids[row]}"
        found.append(_bound(str(size), expected, advice))
    return tuple(found)


def _bound(value: str, expected: str, advice: str) -> Problem:
    return Problem("linking", None, None, value, expected, advice, Severity.WARNING)
