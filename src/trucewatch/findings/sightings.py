"""What was seen to stay: sightings that show that a withdrawal was not performed.

A leg shows it when its act is a presence, all of its elements are settled at the strength that the
agreement asks, it lies surely in the zone that had to be left, all of it after the due date and while the clause
is in force.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache

from trucewatch.acts import overlap, weapon_overlap
from trucewatch.agreement import ActTerm, Clause, Withdrawal
from trucewatch.findings.context import Context
from trucewatch.findings.elements import act, elements_of, where, who
from trucewatch.findings.ground import place_all
from trucewatch.incidents.leg import Leg
from trucewatch.truth import TRUE, UNKNOWN, Truth, all_of, any_of

__all__ = ["presences", "still_there"]

_PRESENCE = "presence"


def presences(legs: Iterable[Leg]) -> tuple[Leg, ...]:
    """Return the legs whose act may be a presence, by id; only these can show anything here."""
    found = (one for one in legs if any(map(_may_be_presence, one.acts)))
    return tuple(sorted(found, key=lambda one: one.leg_id))


@cache
def _may_be_presence(act: str) -> bool:
    return overlap(act, _PRESENCE).may


def still_there(
    line: Withdrawal, clause: Clause, bearer: str, due: datetime, context: Context
) -> tuple[Leg, ...]:
    """Return the legs that show what the line names in its zone, by `bearer`, after `due`."""
    asked = _as_presence(line, clause, bearer)
    key = (
        "still there", line, bearer, due, tuple(sorted(clause.evidence.items())),
        context.signature("group", bearer), context.signature("zone", line.beyond),
        context.signature("phase", clause.when),
    )
    return context.once(key, lambda: tuple(_staying(line, asked, due, context)))


def _staying(line: Withdrawal, asked: Clause, due: datetime, context: Context) -> Iterator[Leg]:
    later = [leg for leg in context.presences if _after(leg, due)]
    place_all(later, (line.beyond,), context)
    return (leg for leg in later if _shows(leg, line, asked, context))


def _after(leg: Leg, due: datetime) -> bool:
    start = leg.occurred.start if leg.occurred else None
    return start is not None and start >= due


def _shows(leg: Leg, line: Withdrawal, asked: Clause, context: Context) -> bool:
    """Whether every element is settled; what is cheap to tell is asked first."""
    return (
        _not_allowed(leg, line) is TRUE
        and all(element(leg, asked, context).settled is TRUE for element in (act, who, where))
        and all(one.settled is TRUE for one in elements_of(leg, asked, context))
    )


def _as_presence(line: Withdrawal, clause: Clause, bearer: str) -> Clause:
    """Return the line as the clause that forbids its presence; the key names all it depends on."""
    terms: tuple[ActTerm, ...] = ()
    if line.weapons or line.calibre_at_least_mm is not None:
        terms += (ActTerm("weapon_presence", (), line.weapons, line.calibre_at_least_mm),)
    if line.personnel:
        terms += (ActTerm("force_presence"),)
    if line.anything:
        terms += (ActTerm(_PRESENCE),)
    return replace(
        clause, key=f"{clause.key}.{line.key}", kind="presence", who=bearer,
        acts=terms, against=None, where=line.beyond, duty=None,
    )


def _not_allowed(leg: Leg, line: Withdrawal) -> Truth:
    """Whether what was seen is surely none of the weapons that may stay."""
    if not line.allow:
        return TRUE
    if not leg.weapons:
        return UNKNOWN
    kinds = (any_of(weapon_overlap(one, kind) for kind in line.allow) for one in leg.weapons)
    return all_of(~one for one in kinds)
