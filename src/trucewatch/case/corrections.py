"""The corrigendum of a reissued report: what was said, what is said now, why, and by which entries of the log."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from trucewatch.case.listing import changed_rows
from trucewatch.case.publications import Kept, Publication
from trucewatch.case.responsible import homes
from trucewatch.case.result import CaseResult
from trucewatch.findings.erased import ERASED
from trucewatch.incidents import Decision, decision_records
from trucewatch.ledger import Entry
from trucewatch.publish.finding_fields import FindingFields, same_fields
from trucewatch.publish.frame import Frame
from trucewatch.publish.issue import Correction
from trucewatch.publish.phrases import Phrases

__all__ = ["Reissue", "corrections"]

_Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reissue:
    """An issue that is replaced, the one that replaces it, and the runs behind both."""

    old: Publication
    kept: Kept
    before: CaseResult
    after: CaseResult
    frame: Frame
    fields: Mapping[str, FindingFields]
    """What the new issue says of each finding."""
    entries: Sequence[Entry]
    """The log that the new issue rests on."""


def corrections(reissue: Reissue) -> tuple[Correction, ...]:
    """Return the findings of which the two issues say something different, those of the counted reading first."""
    rows = changed_rows(reissue.before, reissue.after)
    renamed = {row["old_finding_id"]: row["finding_id"] for row in rows if row["old_finding_id"]}
    was = {renamed.get(one, one): fields for one, fields in reissue.kept.findings.items()}
    changes = {row["finding_id"]: row for row in rows}
    reasons = _Reasons(reissue)
    found = []
    for finding in sorted({*was, *reissue.fields}):
        old, new = was.get(finding), reissue.fields.get(finding)
        if old is None or new is None or not same_fields(old, new):
            found.append(_correction(finding, old, new, changes.get(finding), reasons))
    return _together(found, reissue.frame.reading)


def _together(found: Sequence[Correction], counted: str) -> tuple[Correction, ...]:
    """Put what is alike under several readings into one line, the reading that is counted first."""
    alike: dict[tuple[object, ...], list[Correction]] = {}
    for one in sorted(found, key=lambda one: (one.readings != (counted,), one.readings, one.findings)):
        alike.setdefault((one.subject, one.clause, one.was, one.now, one.why, one.entries), []).append(one)
    lines = [
        replace(same[0], findings=tuple(one.findings[0] for one in same), readings=tuple(one.readings[0] for one in same))
        for same in alike.values()
    ]
    return tuple(sorted(lines, key=lambda one: (counted not in one.readings, one.subject, one.clause, one.findings)))


def _correction(
    finding: str, old: FindingFields | None, new: FindingFields | None, change: _Row | None, reasons: _Reasons
) -> Correction:
    told = new or old or {}
    said = reasons.said
    return Correction(
        findings=(finding,), clause=told["clause"], readings=(told["reading"],), subject=told["subject"],
        was=said.say("correction.unstated") if old is None else _verdict(old, said),
        now=reasons.absent(finding) if new is None else _verdict(new, said),
        why=tuple(reasons.why(finding, change)), entries=reasons.entries(finding, change),
    )


def _verdict(fields: FindingFields, said: Phrases) -> str:
    known = (f"duty_state.{one}" in said.table and said.say(f"duty_state.{one}") for one in fields["reasons"])
    words = "; ".join(one or said.reason(key) for one, key in zip(known, fields["reasons"], strict=True))
    verdict = said.verdict(fields["verdict"] or "not_covered", provisional=fields["provisional"])
    return said.say("correction.verdict", verdict=verdict, reasons=words) if words else verdict


class _Reasons:
    """Why a finding is told otherwise; names nothing that the audience of the new issue may not see."""

    def __init__(self, reissue: Reissue) -> None:
        self.reissue = reissue
        self.said = reissue.frame.said
        now = reissue.frame.now
        self._open = {*(one.report_id for one in now.reports), *(one.claim_id for one in now.claims)}
        self._homes = {**homes(reissue.before), **homes(reissue.after)}
        self._numbers = {one.entry_id: one.sequence for one in reissue.entries}
        self._evidence = [_evidence(one) for one in (reissue.before, reissue.after)]
        self._decided = _differing(reissue)
        self._erased = {one.finding_id for one in reissue.after.inputs.erased}

    def absent(self, finding: str) -> str:
        """Return what is said of a finding that the new issue does not state."""
        judged = finding in self._evidence[1]
        if finding in self._erased:
            return self.said.say(
                "correction.verdict", verdict=self.said.verdict("undetermined"), reasons=self.said.reason(ERASED)
            )
        return self.said.say("correction.left_out" if judged else "correction.unstated")

    def why(self, finding: str, change: _Row | None) -> Iterator[str]:
        """Yield the reasons in words."""
        for one in (change or {}).get("elements") or ():
            if one["old"] and one["new"]:  # of a finding that is new or gone every element is
                yield self.said.say("correction.flipped", **one | {"element": self.said.element(one["element"])})
        known = [one for one in (change or {}).get("because") or () if not one.startswith("d-")]
        if known:
            yield self.said.say("correction.known", n=len(known))
        if self._decisions(finding):
            yield self.said.say("correction.decided")
        if change is None and not self._decisions(finding):
            yield from self._otherwise()

    def _otherwise(self) -> Iterator[str]:
        """Yield what may have made a finding differ of which neither facts nor decisions did."""
        old, new = self.reissue.old.entry.program, self.reissue.frame.now.program_version
        files = sorted({str(one.body["file"]) for one in self._since() if one.kind == "case_file"})
        if old != new:
            yield self.said.say("correction.program", old=old, now=new)
        if files:
            yield self.said.say("correction.files", files=", ".join(files))
        if old == new and not files:
            yield self.said.say("correction.linked")

    def _since(self) -> Sequence[Entry]:
        return self.reissue.entries[self.reissue.old.entry.sequence :]

    def entries(self, finding: str, change: _Row | None) -> tuple[str, ...]:
        """Return the entries responsible, by number."""
        behind = (one for one in (change or {}).get("because") or () if one in self._open)
        ids = {*(self._homes.get(one, one) for one in behind), *self._decisions(finding)}
        if change is None and not ids:
            ids = {one.entry_id for one in self._since() if one.kind == "case_file"}
        numbered = sorted((self._numbers[one], one) for one in ids if one in self._numbers)
        return tuple(f"{number} ({entry})" for number, entry in numbered)

    def _decisions(self, finding: str) -> list[str]:
        """Return the decisions in force for one issue and not for the other that bear upon a finding."""
        cited = {one for evidence in self._evidence for one in evidence.get(finding, ())}
        return [one.decision_id for one in self._decided if one.decision_id in cited or cited & set(one.reports)]


def _evidence(result: CaseResult) -> dict[str, Sequence[str]]:
    finding = result.findings.finding
    told = (json.loads(one) for one in finding.values("evidence"))
    return dict(zip(finding.values("finding_id"), told, strict=True))


def _differing(reissue: Reissue) -> list[Decision]:
    old, new = (
        {one.decision_id: one for one in decision_records(run.inputs.decisions)} for run in (reissue.before, reissue.after)
    )
    return [one for key, one in sorted({**old, **new}.items()) if (key in old) != (key in new)]
