"""Changes that change nothing: what no example could notice, whatever it said.

A field that another field overrules, a term that is in doubt anyway and can only give
undetermined(text), a reading's copy of what it extends.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from trucewatch.agreement import (
    Agreement,
    Clause,
    Duty,
    Group,
    Moment,
    Phase,
    Reading,
    Withdrawal,
    under,
)
from trucewatch.findings.watching import ground_of

_MOVED = timedelta(hours=1)
"""How far a mutant moves an instant."""

__all__ = ["always_in_doubt", "changes_nothing", "in_doubt", "is_moot", "own_terms"]


def is_moot(record: Any, name: str) -> bool:  # noqa: ANN401
    """Whether the field means nothing in this record as it is."""
    if isinstance(record, Clause):
        return (name == "strict" and record.by is None) or (
            name == "evidence" and not record.evidence
        )
    if isinstance(record, Moment):
        return name == "edge" and (record.phase is None or record.day is not None)
    if isinstance(record, Phase):
        ends = record.end is not None or record.lasts is not None or bool(record.asserters)
        return (name == "open_ended" and ends) or (name == "lasts" and bool(record.asserters))
    if isinstance(record, Group):
        unlisted = name == "when_bound" and not record.any_of
        return unlisted or (name == "follow_renames" and record.designated_as is None)
    if isinstance(record, Withdrawal):
        if name == "anything":  # a withdrawal of nothing is refused when the file is read
            return not (record.personnel or record.weapons or record.calibre_at_least_mm)
        return record.anything and name in ("personnel", "weapons", "calibre_at_least_mm")
    return isinstance(record, Duty) and name == "immediately" and record.due is not None


def changes_nothing(clause: Clause, told: str) -> bool:
    """Whether a change of a duty is overruled by the rest of its clause.

    How much must be seen means nothing without ground to be seen; what lapses once it was due
    lapses too late (the state is `overdue` by then), an hour more or less.
    """
    duty = clause.duty or Duty()
    if told.startswith(".duty.observed"):
        return not ground_of(clause)
    due, lapses = (one.at if one else None for one in (duty.due, duty.lapses))
    if told.startswith(".duty.lapses") and due is not None and lapses is not None:
        return lapses - _MOVED >= due
    return False


def in_doubt(term: Any) -> bool:  # noqa: ANN401
    """Whether a zone, phase, anchor or clause is a placeholder or the like."""
    return getattr(term, "status", "given") != "given"


def always_in_doubt(agreement: Agreement) -> frozenset[str]:
    """Return the clauses that give undetermined(text) or no finding at all under every reading."""
    found = None
    for reading in agreement.readings:
        read = under(agreement, reading)
        doubtful = {one.key for one in read.clauses if _doubtful(one, read) or one.shown}
        found = doubtful if found is None else found & doubtful
    return frozenset(found or ())


def _doubtful(clause: Clause, agreement: Agreement) -> bool:
    zones = [clause.where, *(one.beyond for one in (clause.duty.withdraw if clause.duty else ()))]
    phase = agreement.phases.get(clause.when or "")
    terms = [clause, phase, *(agreement.zones.get(one or "") for one in zones)]
    return any(in_doubt(one) for one in terms if one is not None)


def own_terms(reading: Reading, readings: Mapping[str, Reading]) -> Reading:
    """Return a reading without what it only takes over from the one that it extends."""
    base = readings.get(reading.bases[0]) if reading.bases else None
    if base is None:
        return reading

    def own(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
        return {key: one for key, one in mine.items() if theirs.get(key) != one}

    return replace(
        reading, asserters=own(reading.asserters, base.asserters), bound=own(reading.bound, base.bound),
        groups=own(reading.groups, base.groups), clauses=own(reading.clauses, base.clauses),
        enable=tuple(one for one in reading.enable if one not in base.enable),
    )

