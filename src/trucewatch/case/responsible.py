"""Which entries of the ledger made a finding answer otherwise: by what it cites, or by trying the instants between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from trucewatch.case.case import Case
from trucewatch.case.listing import changed_rows
from trucewatch.case.result import CaseResult
from trucewatch.ledger import Entry

__all__ = ["homes", "with_entries"]

_Row = Mapping[str, Any]
_MOVING = ("evidence", "decision", "case_file", "erasure", "merge")
"""Kinds of entries that can move a finding; the others say what people do and what went out."""
_UNCITED = ("case_file", "erasure", "merge")
"""Those among them that no finding cites."""
_TICK = timedelta(microseconds=1)
"""The least step of an instant: what differs a tick before an entry became known differs because time passed."""


def homes(result: CaseResult) -> dict[str, str]:
    """Return report or claim id → id of the evidence entry that holds its bytes."""
    reports, claims = result.resolved.tables.report.rows(), result.resolved.claims.rows()
    return {row.get("report_id") or row["claim_id"]: row["evidence"] for row in (*reports, *claims)}


def with_entries(case: Case, before: CaseResult, after: CaseResult, rows: Sequence[_Row]) -> list[dict[str, Any]]:
    """Return changed findings (rows of `finding_change` from `before` to `after`) with the entries responsible.

    Each row gets `entries`, a list in order of the ledger of {sequence, entry_id, kind, who, recorded_at, file,
    brought}: `brought` are the ids of the row's `because` that the entry holds. Where a finding cites nothing that was
    known at one instant only, or where case files or erasures were recorded in between as well, the case is run at
    instants between (by halves) until the step is found at which the answer became what it is: `step` says when, and
    `entries` holds what became known then too; none: time alone passed.
    """
    responsible = _Responsible(case, before, after)
    return [{**row, **responsible.of(row)} for row in rows]


class _Responsible:
    def __init__(self, case: Case, before: CaseResult, after: CaseResult) -> None:
        self._case = case
        self._before = before
        self._after = after
        self._homes = {**homes(before), **homes(after)}
        entries = case.record.entries()
        self._entries = {one.entry_id: one for one in entries}
        self._replacing: dict[str, list[Entry]] = {}
        for one in entries:
            if one.supersedes:
                self._replacing.setdefault(one.supersedes, []).append(one)
        self._effective = {one.decision_id: one.effective for one in case.decisions()}
        self._known = self._becoming_known()
        inside = {entry for brought in self._known.values() for entry in brought}
        self._beside = any(self._entries[one].kind in _UNCITED for one in inside)
        self._moved: dict[datetime, frozenset[str]] = {}

    def of(self, row: _Row) -> dict[str, Any]:
        """Return `entries`, and `step` where it had to be looked for."""
        brought: dict[str, list[str]] = {}
        for one in row["because"]:
            for entry in self._bringing(one):
                brought.setdefault(entry, []).append(one)
        if brought and not self._beside:
            return {"entries": self._told(brought), "step": None}
        step = self._step(row["finding_id"])
        found = {entry: list(ids) for entry, ids in self._known.get(step, {}).items()} if step else {}
        return {"entries": self._told({**found, **brought}), "step": step}

    def _bringing(self, known: str) -> list[str]:
        """Return the entries that made an id known or took it away again."""
        home = self._homes.get(known, known)
        later = [one.entry_id for one in self._replacing.get(known, ()) if self._counts_inside(one)]
        return [one for one in (home, *later) if one in self._entries]

    def _counts_inside(self, one: Entry) -> bool:
        at = one.recorded_at if self._before.inputs.mode == "live" else self._effective.get(one.entry_id)
        return at is not None and self._inside(at)

    def _inside(self, instant: datetime) -> bool:
        start, end = self._before.known_at, self._after.known_at
        return (start is None or instant > start) and (end is None or instant <= end)

    def _told(self, brought: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
        told = sorted((self._entries[one] for one in brought), key=lambda one: one.sequence)
        return [
            {
                "sequence": one.sequence, "entry_id": one.entry_id, "kind": one.kind, "who": one.who,
                "recorded_at": one.recorded_at, "file": one.body.get("file"), "brought": sorted(brought[one.entry_id]),
            }
            for one in told
        ]

    def _becoming_known(self) -> dict[datetime, dict[str, list[str]]]:
        """Return instant inside the span → entry → ids of it that became known then."""
        found: dict[datetime, dict[str, list[str]]] = {}
        if self._before.inputs.mode == "live":
            for entry in (one for one in self._entries.values() if one.kind in _MOVING):
                found.setdefault(entry.recorded_at, {})[entry.entry_id] = []
        else:
            for instant, home, known in self._dated():
                found.setdefault(instant, {}).setdefault(home, []).append(known)
        return {instant: brought for instant, brought in found.items() if self._inside(instant)}

    def _dated(self) -> list[tuple[datetime, str, str]]:
        resolved = self._after.resolved
        rows = (*resolved.tables.report.rows(), *resolved.claims.rows())
        dated = [(row["known_at"], row["evidence"], row.get("report_id") or row["claim_id"]) for row in rows]
        decided = [(at, decision, decision) for decision, at in self._effective.items()]
        return [(at, home, known) for at, home, known in (*dated, *decided) if at is not None and home in self._entries]

    def _step(self, finding: str) -> datetime | None:
        """Return the first instant at which the finding answers as it does after; None: at none before the last."""
        instants = sorted({at for one in self._known for at in (one - _TICK, one)} - {self._before.known_at})
        low, high = 0, len(instants)
        while low < high:
            middle = (low + high) // 2
            if finding in self._moved_since(instants[middle]):
                low = middle + 1
            else:
                high = middle
        return instants[low] if low < len(instants) else None

    def _moved_since(self, instant: datetime) -> frozenset[str]:
        if instant not in self._moved:
            between = self._case.run(instant)
            self._moved[instant] = frozenset(row["finding_id"] for row in changed_rows(between, self._after))
        return self._moved[instant]
