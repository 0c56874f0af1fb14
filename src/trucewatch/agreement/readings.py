"""An agreement as one reading has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from trucewatch.agreement.agreement import Agreement, Reading
from trucewatch.agreement.ground import Zone
from trucewatch.agreement.norms import Clause
from trucewatch.agreement.times import Phase
from trucewatch.agreement.zones import with_inherited_status
from trucewatch.errors import BadCall, UnknownName

__all__ = ["AS_WRITTEN", "BY_READING", "under"]

BY_READING = "by_reading"
"""Status of a term that only other readings give: it leads to undetermined(text) here."""

AS_WRITTEN = "default"
"""The reading of an agreement that `load_agreement` returns."""


def under(agreement: Agreement, reading: str) -> Agreement:
    """Return the agreement with the asserters, bound parties, groups and clauses of `reading`.

    Take the agreement as loaded: readings do not add up, so one that was already applied can only
    be asked for again (BadCall otherwise). UnknownName when there is no such reading.
    """
    if reading not in agreement.readings:
        place = f"readings of {agreement.key}"
        raise UnknownName(reading, place=place, known=agreement.readings)
    if agreement.reading not in (AS_WRITTEN, reading):
        message = (
            f"“{agreement.key}” is already under the reading “{agreement.reading}”, "
            f"asked for “{reading}”: give the agreement as load_agreement returned it"
        )
        raise BadCall(message)
    chosen = agreement.readings[reading]
    return replace(
        agreement,
        reading=reading,
        bound={**agreement.bound, **chosen.bound},
        groups={**agreement.groups, **chosen.groups},
        phases=_phases(agreement.phases, chosen),
        zones=with_inherited_status(
            {key: _zone(one, chosen) for key, one in agreement.zones.items()}
        ),
        clauses=tuple(_clause(one, chosen) for one in agreement.clauses),
    )


def _phases(phases: Mapping[str, Phase], chosen: Reading) -> dict[str, Phase]:
    return {
        key: replace(phase, asserters=chosen.asserters.get(key, phase.asserters))
        for key, phase in phases.items()
    }


def _zone(zone: Zone, chosen: Reading) -> Zone:
    return replace(zone, status=BY_READING) if _elsewhere(zone.readings, chosen) else zone


def _elsewhere(readings: tuple[str, ...], chosen: Reading) -> bool:
    """Whether a term is given only under readings that this one neither is nor extends."""
    return bool(readings) and not {chosen.key, *chosen.bases} & set(readings)


def _clause(clause: Clause, chosen: Reading) -> Clause:
    changes: dict[str, Any] = dict(chosen.clauses.get(clause.key, {}))
    clause = replace(clause, **changes)
    if _elsewhere(clause.readings, chosen):
        clause = replace(clause, status=BY_READING)
    exceptions = tuple(
        replace(one, enabled=one.enabled or (clause.key, one.key) in chosen.enable)
        for one in clause.exceptions
    )
    return replace(clause, exceptions=exceptions)
