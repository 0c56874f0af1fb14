"""Section 3: what differs between readings, one row for each happening and clause on which they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trucewatch.publish.daily_lines import Happening, ReadingCell, ReadingRow
from trucewatch.publish.frame import Frame
from trucewatch.release import ReleasedFinding

__all__ = ["differences", "reading_order", "reading_words"]

_Outcome = tuple[str, bool, tuple[str, ...]]


def reading_order(frame: Frame) -> tuple[str, ...]:
    """Return the readings that were run, the one that is counted first, then as the agreement lists them."""
    run = [one for one in frame.agreement.readings if one in frame.now.readings]
    return tuple(sorted(run, key=lambda one: one != frame.reading))


def reading_words(frame: Frame) -> tuple[tuple[str, str], ...]:
    """Return each reading with what it means; whose statements count is said where nothing else is."""
    return tuple((key, _meaning(key, frame)) for key in reading_order(frame))


def _meaning(key: str, frame: Frame) -> str:
    reading = frame.agreement.readings[key]
    if reading.note:
        return reading.note
    return "; ".join(
        frame.said.say("reading.window", phase=phase, asserters=frame.parties(asserters))
        for phase, asserters in sorted(reading.asserters.items())
    )


def differences(observed: Sequence[Happening], frame: Frame) -> tuple[ReadingRow, ...]:
    """Return the rows whose verdict or reasons are not the same under every reading."""
    observations = {one.incident_id: one for one in observed}
    order = {clause.key: number for number, clause in enumerate(frame.agreement.clauses)}
    subjects: dict[tuple[int, int, int, str], dict[str, ReleasedFinding]] = {}
    for finding in frame.now.findings:
        happening = observations.get(finding.incident_id or "")
        if happening is not None:
            place = order.get(finding.clause, len(order))
            key = (happening.number, place, finding.subject_number, finding.clause)
            subjects.setdefault(key, {})[finding.reading] = finding
    by_number = {one.number: one for one in observed}
    return tuple(
        _row(by_number[number], clause, found, frame)
        for (number, _, _, clause), found in sorted(subjects.items())
        if len({_outcome(one) for one in found.values()}) > 1
    )


def _outcome(finding: ReleasedFinding) -> _Outcome:
    return (finding.verdict, finding.provisional, finding.reasons)


def _row(
    happening: Happening, clause: str, found: Mapping[str, ReleasedFinding], frame: Frame
) -> ReadingRow:
    order = reading_order(frame)
    base = found.get(order[0])
    return ReadingRow(
        happening=happening.number,
        subject=f"{happening.what}, {happening.place}",
        clause=clause,
        cells=tuple(_cell(key, found.get(key), base, frame) for key in order),
    )


def _cell(
    reading: str, finding: ReleasedFinding | None, base: ReleasedFinding | None, frame: Frame
) -> ReadingCell:
    said = frame.said
    if finding is None:
        return ReadingCell(
            reading,
            None,
            None,
            said.say("verdict.none"),
            provisional=False,
            reasons=(),
            reason_words="",
            same=base is None,
        )
    same = base is not None and finding is not base and _outcome(finding) == _outcome(base)
    return ReadingCell(
        reading=reading,
        finding_id=finding.finding_id,
        verdict=finding.verdict,
        verdict_words=said.verdict(finding.verdict, provisional=finding.provisional),
        provisional=finding.provisional,
        reasons=finding.reasons,
        reason_words="" if finding.verdict == "violation" else said.reasons(finding.reasons),
        same=same,
    )
