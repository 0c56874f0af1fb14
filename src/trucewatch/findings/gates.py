"""A gate: a phase that opens after so many days without a reset, once the parties are satisfied.

The clock runs from its start, or from the last reset; a day has 24 hours. What was declared
before a reset does not count after it. Only claims on record open a gate; nothing computed does.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from trucewatch.agreement.times import ClaimNeed, Gate
from trucewatch.findings.answer import plain, together
from trucewatch.findings.context import Context
from trucewatch.findings.moments import Resolved, instant_of, said_of

__all__ = ["through_gate"]


def through_gate(gate: Gate, since: Resolved, context: Context) -> Resolved:
    """Return when the gate opens: exactly when its claims say so, else not before a known instant.

    Without an exact start of the clock nothing surely opens it; that it cannot open before the
    earliest start and the days after it still holds.
    """
    earliest = since.earliest
    if earliest is None:
        return Resolved(claims=since.claims, words=since.words or "its clock has no known start")
    resets = _instants(gate.reset, context)
    waited = timedelta(days=gate.days)
    clock, used = earliest, list(since.claims)
    for reset, claim in resets:
        opened = None if since.at is None else _opened(gate, clock, context)
        if opened is not None and opened[0] <= reset:
            break
        if reset > clock:
            clock = reset
            used.append(claim)
    opened = None if since.at is None else _opened(gate, clock, context)
    if opened is not None:
        return Resolved(opened[0], opened[0], (*used, *opened[1]))
    shut = _first_possible(earliest, resets, waited)
    return Resolved(shut, None, tuple(used), words=_told(gate, context))


def _opened(
    gate: Gate, clock: datetime, context: Context
) -> tuple[datetime, tuple[str, ...]] | None:
    """Return when all who must be satisfied since the clock started have said so, and the days are
    over."""
    need = gate.satisfied
    first = {}
    for party in need.of:
        since = [one for one in _of(need, party, context) if one[0] >= clock]
        if since:
            first[party] = min(since)
    if not first or (need.needs != "any" and len(first) < len(set(need.of))):
        return None
    pick = min if need.needs == "any" else max
    said = pick(instant for instant, _ in first.values())
    claims = tuple(sorted(claim for _, claim in first.values()))
    return max(said, clock + timedelta(days=gate.days)), claims


def _first_possible(
    clock: datetime, resets: list[tuple[datetime, str]], waited: timedelta
) -> datetime:
    """Return before when the gate was surely shut: each reset before the days were over counts."""
    for reset, _ in resets:
        if clock < reset < clock + waited:
            clock = reset
    return clock + waited


def _instants(need: ClaimNeed | None, context: Context) -> list[tuple[datetime, str]]:
    if need is None:
        return []
    return sorted(one for party in need.of for one in _of(need, party, context))


def _of(need: ClaimNeed, party: str, context: Context) -> list[tuple[datetime, str]]:
    said = said_of(need, party, context)
    return [(at, one.claim_id) for one in said if (at := instant_of(one)) is not None]


def _told(gate: Gate, context: Context) -> str:
    who = together([context.name(one) for one in gate.satisfied.of])
    return (
        f"it opens after {gate.days} days without a reset, once {who} declare "
        f"“{plain(gate.satisfied.claim)}”; no such claims are on record"
    )
