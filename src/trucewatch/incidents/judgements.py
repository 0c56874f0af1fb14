"""What people decided about reports: same, different, verified. Their word is hard and kept for
ever.

A decision that another live decision supersedes does not count. Where two decisions contradict each
other the later one holds, and the earlier one is listed as a problem. A decision about reports
that are not there is listed as orphaned, never dropped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from trucewatch.errors import Problem, Severity
from trucewatch.incidents.decision import Decision, decision_records
from trucewatch.tables import Table

__all__ = ["Judgements", "Verification", "judgements_of", "live"]


@dataclass(frozen=True, slots=True)
class Verification:
    """A person's recorded verification of an element of what these reports say."""

    decision_id: str
    reports: frozenset[str]
    element: str | None
    """One of ELEMENTS; None = every element."""
    answer: str | None
    """None or `yes`: what the reports say; else the value that was verified."""


@dataclass(frozen=True, slots=True)
class Judgements:
    """What clustering and consolidation must obey; report ids throughout."""

    groups: tuple[tuple[str, ...], ...] = ()
    """Reports that people put together, each group sorted, at least two of them."""
    apart: tuple[tuple[str, str], ...] = ()
    """Pairs of reports that people keep apart, each pair sorted."""
    settled_by: Mapping[str, str] = field(default_factory=dict)
    """Report → the latest decision that put it together with others or kept it apart."""
    verified: tuple[Verification, ...] = ()
    problems: tuple[Problem, ...] = ()


def live(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that no live decision supersedes, latest first; repeats count once."""
    ordered = sorted(
        {one.decision_id: one for one in decisions}.values(),
        key=lambda one: (one.recorded_at, one.decision_id),
        reverse=True,
    )
    taken_back: set[str] = set()
    kept = []
    for one in ordered:
        if one.decision_id in taken_back:
            continue
        kept.append(one)
        if one.supersedes is not None:
            taken_back.add(one.supersedes)
    return tuple(kept)


def judgements_of(decisions: Table, report_ids: Sequence[str]) -> Judgements:
    """Return what the decisions say about these reports, with problems for those that cannot
    hold.
    """
    known = frozenset(report_ids)
    pool = _Pool()
    problems: list[Problem] = []
    verified: list[Verification] = []
    for one in live(decision_records(decisions)):
        if one.kind not in ("same", "different", "verify"):
            continue
        present = sorted(set(one.reports) & known)
        missing = sorted(set(one.reports) - known)
        if missing:
            problems.append(_orphaned(one, missing))
        if one.kind == "verify":
            verified += _verification(one, present)
        elif not pool.obey(one, present):
            problems.append(_contradicted(one))
    return Judgements(
        groups=pool.groups(),
        apart=tuple(sorted(pool.apart)),
        settled_by=dict(sorted(pool.settled_by.items())),
        verified=tuple(sorted(verified, key=lambda one: one.decision_id)),
        problems=tuple(sorted(problems)),
    )


class _Pool:
    """Groups and kept-apart pairs so far; decisions come latest first, so the first one in
    holds.
    """

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}
        self.apart: set[tuple[str, str]] = set()
        self.settled_by: dict[str, str] = {}

    def root(self, report: str) -> str:
        while (parent := self.parent.get(report, report)) != report:
            report = parent
        return report

    def obey(self, decision: Decision, reports: Sequence[str]) -> bool:
        """Take the decision in; False if what is already held contradicts it."""
        if len(reports) < 2:
            return True
        done = self._join(reports) if decision.kind == "same" else self._part(reports)
        if done:
            for report in reports:
                self.settled_by.setdefault(report, decision.decision_id)
        return done

    def _join(self, reports: Sequence[str]) -> bool:
        roots = {self.root(report) for report in reports}
        if any(self.root(a) in roots and self.root(b) in roots for a, b in self.apart):
            return False
        first = min(roots)
        self.parent.update(dict.fromkeys(roots, first))
        self.parent.update({report: self.parent.get(report, first) for report in reports})
        return True

    def _part(self, reports: Sequence[str]) -> bool:
        if len({self.root(report) for report in reports}) < len(reports):
            return False
        self.apart.update(combinations(sorted(reports), 2))
        return True

    def groups(self) -> tuple[tuple[str, ...], ...]:
        found: dict[str, list[str]] = defaultdict(list)
        for report in sorted(self.parent):
            found[self.root(report)].append(report)
        return tuple(tuple(each) for _, each in sorted(found.items()) if len(each) > 1)


def _verification(decision: Decision, reports: Sequence[str]) -> list[Verification]:
    if not reports or decision.answer == "no":
        return []
    answer = None if decision.answer in (None, "yes") else decision.answer
    return [Verification(decision.decision_id, frozenset(reports), decision.question, answer)]


def _orphaned(decision: Decision, missing: Sequence[str]) -> Problem:
    return Problem(
        place="decisions",
        line=None,
        column=decision.decision_id,
        value=", ".join(missing),
        expected="reports that are known here and now",
        advice=f"orphaned: the decision “{decision.kind}” is kept and counts again with its reports",
        severity=Severity.WARNING,
    )


def _contradicted(decision: Decision) -> Problem:
    return Problem(
        place="decisions",
        line=None,
        column=decision.decision_id,
        value=decision.kind,
        expected="a judgement that no later one contradicts",
        advice="the later judgement holds; take one of the two back",
        severity=Severity.WARNING,
    )
