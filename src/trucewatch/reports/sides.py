"""Who did it, what was attacked, who was hurt: names as written become candidates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from trucewatch.actors import Resolution
from trucewatch.reports.lookups import Lookups
from trucewatch.reports.provenance import UNKNOWN_WORDS
from trucewatch.reports.report import ReportParty
from trucewatch.reports.row import Row
from trucewatch.reports.schema import REPORT_PARTY, ROLES
from trucewatch.reports.unresolved import fold

__all__ = ["SIDE_COLUMNS", "Side", "sides"]

SIDE_COLUMNS = (*ROLES, *(f"{role}_basis" for role in ROLES), "by_closed")
"""The columns that `sides` looks at."""

_BASES = REPORT_PARTY.field("basis").values
_OPEN_BASES = ("coded", "conflict", "generic")
_CLOSING = "no: a set is closed only by a cited capability or a corroborated attribution"


@dataclass(frozen=True, slots=True)
class _Stated:
    """What a row states of one role."""

    role: str
    names: str
    basis: str | None
    """A word of the list of bases; any other text is the citation that closes the set."""
    closed: bool | None


@dataclass(frozen=True, slots=True)
class Side:
    """The candidates of one role, and what was wrong with the statement."""

    parties: tuple[ReportParty, ...]
    unknown: tuple[str, ...] = ()
    """Names that the case does not know."""
    faults: tuple[tuple[str, str, str], ...] = ()
    """(column, what was expected, what is done instead)."""


def sides(row: Row, lookups: Lookups, on: datetime | None) -> tuple[ReportParty, ...]:
    """Return the candidates of every role; several names (`;`) are alternatives and leave it open.

    `on` dates the names. A word such as “unknown” names nobody; a name that the case does not know
    stays as a candidate without party.
    """
    found: tuple[ReportParty, ...] = ()
    for role in ROLES:
        names = row.values.get(role)
        if names is None:
            continue
        basis = row.values.get(f"{role}_basis")
        closed = row.flag("by_closed") if role == "by" else None
        stated = _Stated(role, names, basis and basis.casefold(), closed)
        side = _side(stated, lookups, on)
        for name in side.unknown:
            row.mention("name", name)
        for fault in side.faults:
            row.complain(*fault)
        found += side.parties
    return found


def _side(stated: _Stated, lookups: Lookups, on: datetime | None) -> Side:
    written = [one.strip() for one in stated.names.split(";") if one.strip()]
    meant = [
        (name, lookups.resolution(name, on)) for name in written if fold(name) not in UNKNOWN_WORDS
    ]
    unknown = tuple(name for name, resolution in meant if resolution is None)
    complete = len(meant) == len(written) and not unknown
    closed, faults = _closing(stated, [one for _, one in meant if one] if complete else [])
    found: dict[str, tuple[str, str | None, str]] = {}
    for name, resolution in meant:
        basis = "capability" if closed else _basis(resolution, stated)
        for party in resolution.parties if resolution else (None,):
            found.setdefault(party or f"?{fold(name)}", (name, party, basis))
    share = round(1 / max(1, len(found)), 4)
    parties = tuple(
        ReportParty(stated.role, name, party, share, closed, basis)
        for name, party, basis in found.values()
    )
    return Side(parties, unknown, faults)


def _closing(
    stated: _Stated, meant: list[Resolution]
) -> tuple[bool, tuple[tuple[str, str, str], ...]]:
    """Return (nobody else is possible, faults); `meant` is empty unless every name is known."""
    can_close = bool(meant) and stated.basis not in _OPEN_BASES and stated.closed is not False
    by_names = len(meant) == 1 and meant[0].closed and meant[0].basis == "capability"
    citation = stated.basis is not None and stated.basis not in _BASES
    cited = citation or stated.basis == "capability"
    if citation and not stated.closed:
        fault = (f"{stated.role}_basis", f"one of {', '.join(_BASES)}", "The names decide.")
        return can_close and by_names, (fault,)
    if stated.closed and not (can_close and (by_names or cited)):
        return False, ((f"{stated.role}_closed", _CLOSING, "The candidates stay open."),)
    return can_close and (by_names or bool(stated.closed)), ()


def _basis(resolution: Resolution | None, stated: _Stated) -> str:
    if stated.basis in _BASES and stated.basis != "stated":
        return str(stated.basis)
    return resolution.basis if resolution else "stated"
