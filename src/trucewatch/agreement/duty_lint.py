"""What is weak in a duty that loads: never to be found breached, not exampled."""

from __future__ import annotations

from collections.abc import Iterator

from trucewatch.agreement.agreement import Agreement
from trucewatch.agreement.norms import Clause
from trucewatch.agreement.tasks import Duty

__all__ = ["duty_weaknesses", "zones_of_duty"]

_WANTED = ("violation", "compliant", "not_covered", "undetermined")


def zones_of_duty(duty: Duty) -> Iterator[str]:
    """Yield every zone or place that the duty speaks of."""
    yield from (one.beyond for one in duty.withdraw)
    yield from (one.to for one in (duty.deliver.of_which if duty.deliver else ()) if one.to)
    if duty.observed.of is not None:
        yield duty.observed.of


def duty_weaknesses(agreement: Agreement) -> Iterator[tuple[str, str, str]]:
    """Yield clause, what was expected and advice, for every duty."""
    for clause in agreement.clauses:
        if clause.duty is None:
            continue
        doubtful = _in_doubt(clause, clause.duty, agreement)
        if not doubtful and not _observable(clause, clause.duty):
            advice = "Without it only a determination can say that it was not performed."
            yield clause.key, "where, observed or verified_by", advice
        for boundary in _unexampled(clause, doubtful=doubtful):
            yield clause.key, f"an example that is {boundary}", ""


def _observable(clause: Clause, duty: Duty) -> bool:
    """Whether anybody could ever show that it was not performed."""
    return bool(duty.withdraw or duty.verified_by or duty.observed.of or clause.where)


def _unexampled(clause: Clause, *, doubtful: bool) -> Iterator[str]:
    found = {one.expect for one in clause.examples}
    yield from (one for one in (("undetermined",) if doubtful else _WANTED) if one not in found)
    if not doubtful:
        excused = {one.excused_by for one in clause.examples}
        yield from (f"excused by {one.key}" for one in clause.exceptions if one.key not in excused)


def _in_doubt(clause: Clause, duty: Duty, agreement: Agreement) -> bool:
    zones = (agreement.zones.get(one or "") for one in (clause.where, *zones_of_duty(duty)))
    phase = agreement.phases.get(clause.when or "")
    statuses = {clause.status, phase.status if phase else "given"}
    return statuses | {one.status for one in zones if one is not None} != {"given"}
