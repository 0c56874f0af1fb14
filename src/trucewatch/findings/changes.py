"""Which findings differ between two instants of knowledge, by which elements, and because of what.

A finding keeps its id as long as its leg keeps its own. Where a leg was renamed, findings
correspond by incident, family of act, clause and reading; incidents correspond when they share
reports.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from trucewatch.acts import family
from trucewatch.findings.judging import FindingTables
from trucewatch.findings.schema import CHANGE
from trucewatch.tables import Table

__all__ = ["Run", "changed_findings", "finding_changes", "incident_correspondence"]

_Row = dict[str, Any]
_Key = tuple[str | None, ...]
_COMPARED = ("verdict", "provisional", "reason", "attribution", "state")


class _Linked(Protocol):
    @property
    def leg(self) -> Table: ...
    @property
    def incident_report(self) -> Table: ...


class _Reports(Protocol):
    @property
    def report(self) -> Table: ...


class _Resolved(Protocol):
    @property
    def tables(self) -> _Reports: ...
    @property
    def claims(self) -> Table: ...


class Run(Protocol):
    """What one run says: `trucewatch.pipeline.Result` is one."""

    @property
    def findings(self) -> FindingTables:
        """The findings of the run."""

    @property
    def linked(self) -> _Linked:
        """Its legs and the membership of reports in incidents."""

    @property
    def resolved(self) -> _Resolved:
        """Its reports and claims, those known at the instant of the run."""


def changed_findings(before: Run, after: Run) -> Table:
    """Return the `finding_change` table from one run to another, ordered by finding_id."""
    return finding_changes(
        before.findings,
        after.findings,
        old_legs=before.linked.leg,
        new_legs=after.linked.leg,
        correspondence=incident_correspondence(
            before.linked.incident_report, after.linked.incident_report
        ),
        known_differently=_known(before) ^ _known(after),
    )


def _known(run: Run) -> frozenset[str]:
    resolved = run.resolved
    return frozenset(
        {*resolved.tables.report.values("report_id"), *resolved.claims.values("claim_id")}
    )


def incident_correspondence(old: Table, new: Table) -> dict[str, str]:
    """Return old incident → new incident that shares most of its reports (ties: the lesser id).

    Takes two `incident_report` tables. An incident none of whose reports is left corresponds to
    none.
    """
    home = {row["report_id"]: row["incident_id"] for row in new.rows()}
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for row in old.rows():
        if row["report_id"] in home:
            votes[row["incident_id"]][home[row["report_id"]]] += 1
    return {
        incident: min(counted, key=lambda one: (-counted[one], one))
        for incident, counted in votes.items()
    }


@dataclass(frozen=True, slots=True)
class _Side:
    """The findings of one instant with their elements and the family of act of their legs."""

    findings: Mapping[str, _Row]
    elements: Mapping[_Key, Mapping[str, str]]
    families: Mapping[str, str | None]

    @classmethod
    def of(cls, tables: FindingTables, legs: Table) -> _Side:
        elements: dict[_Key, dict[str, str]] = defaultdict(dict)
        for row in tables.element.rows():
            truth = "true" if row["must"] else "unknown" if row["may"] else "false"
            weak = row["strength"] and row["required"] and truth != "unknown"
            stated = f"{truth} ({row['strength']})" if weak else truth
            elements[row["subject_id"], row["clause"], row["reading"]][row["element"]] = stated
        findings = {row["finding_id"]: row for row in tables.finding.rows()}
        return cls(findings, elements, {row["leg_id"]: _family(row) for row in legs.rows()})

    def vector(self, row: _Row) -> Mapping[str, str]:
        return self.elements.get((row["subject_id"], row["clause"], row["reading"]), {})

    def key(self, row: _Row, correspondence: Mapping[str, str]) -> _Key:
        incident = row["incident_id"]
        return (
            correspondence.get(incident, incident),
            self.families.get(row["subject_id"]),
            row["clause"],
            row["reading"],
        )


def _family(leg: _Row) -> str | None:
    families = sorted({family(act) for act in json.loads(leg["acts"] or "[]")})
    return families[0] if len(families) == 1 else None


def finding_changes(
    old: FindingTables,
    new: FindingTables,
    *,
    old_legs: Table,
    new_legs: Table,
    correspondence: Mapping[str, str],
    known_differently: frozenset[str] | None = None,
) -> Table:
    """Return the `finding_change` table: findings that are new, gone, or answer otherwise.

    `correspondence` maps old incident ids to new ones. `known_differently` holds the ids known at
    one instant and not at the other; without it, `because` is what stands behind one finding only.
    """
    before, after = _Side.of(old, old_legs), _Side.of(new, new_legs)
    rows = [
        row
        for earlier, later in _pairs(before, after, correspondence)
        if (row := _change(earlier, later, before, after, known_differently))
    ]
    return Table.from_rows(CHANGE, sorted(rows, key=lambda row: str(row["finding_id"])))


def _pairs(
    before: _Side, after: _Side, correspondence: Mapping[str, str]
) -> Iterator[tuple[_Row | None, _Row | None]]:
    """Yield corresponding findings: by id, then those that are left by what they are about."""
    same = before.findings.keys() & after.findings.keys()
    for finding in sorted(same):
        yield before.findings[finding], after.findings[finding]
    left: dict[_Key, list[_Row]] = defaultdict(list)
    for finding, row in sorted(after.findings.items()):
        if finding not in same:
            left[after.key(row, {})].append(row)
    for finding, row in sorted(before.findings.items()):
        if finding not in same:
            found = left.get(before.key(row, correspondence), [])
            best = max(found, key=lambda one: (_shared(row, one), one["finding_id"]), default=None)
            if best is not None:
                found.remove(best)
            yield row, best
    for rows in left.values():
        yield from ((None, row) for row in rows)


def _shared(first: _Row, second: _Row) -> int:
    return len(_ids(first["evidence"]) & _ids(second["evidence"]))


def _ids(listed: str) -> set[str]:
    return set(json.loads(listed))


def _change(
    old: _Row | None, new: _Row | None, before: _Side, after: _Side, known: frozenset[str] | None
) -> _Row | None:
    if old is not None and new is not None and all(old[one] == new[one] for one in _COMPARED):
        return None
    shown = new or old or {}
    old_vector = before.vector(old) if old else {}
    new_vector = after.vector(new) if new else {}
    renamed = old is not None and new is not None and old["finding_id"] != new["finding_id"]
    return {
        "finding_id": shown["finding_id"],
        "old_finding_id": old["finding_id"] if old and renamed else None,
        "clause": shown["clause"],
        "reading": shown["reading"],
        "incident_id": shown["incident_id"],
        "old_verdict": old["verdict"] if old else None,
        "new_verdict": new["verdict"] if new else None,
        "old_reason": old["reason"] if old else None,
        "new_reason": new["reason"] if new else None,
        "elements": _flipped(_told(old, old_vector, new_vector), _told(new, new_vector, old_vector)),
        "because": _because(old, new, known),
    }


def _told(row: _Row | None, own: Mapping[str, str], other: Mapping[str, str]) -> Mapping[str, str]:
    """Return the elements of a finding; of what a clause did not cover only those that put it
    outside are kept, and the others are taken as they are on the other side."""
    if row is None or row["verdict"] != "not_covered":
        return own
    return {**other, **own}


def _flipped(old: Mapping[str, str], new: Mapping[str, str]) -> list[dict[str, str | None]]:
    names = dict.fromkeys((*old, *new))
    return [
        {"element": name, "old": old.get(name), "new": new.get(name)}
        for name in names
        if old.get(name) != new.get(name)
    ]


def _because(old: _Row | None, new: _Row | None, known: frozenset[str] | None) -> list[str]:
    """Ids behind the findings that were known at one instant only; decisions count by their
    presence."""
    earlier = _ids(old["evidence"]) if old else set()
    later = _ids(new["evidence"]) if new else set()
    if known is None:
        return sorted(earlier ^ later)
    decisions = {one for one in earlier ^ later if one.startswith("d-")}
    return sorted(((earlier | later) & known) | decisions)
