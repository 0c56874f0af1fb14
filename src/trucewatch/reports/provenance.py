"""Who carries a row and whose observation it finally is: its source and its origin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from trucewatch.reports.independence import NAMED
from trucewatch.reports.lookups import Lookups
from trucewatch.reports.row import Row
from trucewatch.reports.schema import SENSITIVITIES
from trucewatch.reports.source import Source
from trucewatch.reports.unresolved import fold, slug

__all__ = [
    "TRAIL_COLUMNS",
    "UNKNOWN_WORDS",
    "UNSTATED",
    "Provenance",
    "provenance_of",
    "source_of",
]

TRAIL_COLUMNS = ("chain", "origin", "licence", "sensitivity")
"""The columns that `provenance_of` looks at."""

UNSTATED = "unstated"
"""Key of the source of a row that names none where no default was given."""

UNKNOWN_WORDS = frozenset(
    ("unknown", "unidentified", "unnamed", "unstated", "not stated", "n/a", "none", "?", "-")
)
"""Folded words that people write where they know nobody to name."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a row comes from."""

    source: Source
    origin: str | None
    """Key of a source, key of a party, or `name:` and a folded name; None: unknown."""
    chain: tuple[str, ...]
    """Names as written, from the original speaker on."""
    licence: str | None
    party: str | None
    """The party that is itself the origin."""
    speaker: str
    """Who says so: the origin's party, else the source that is the origin, else the carrier."""
    sensitivity: str
    """The stricter of what the row and its source ask for."""


def source_of(row: Row, lookups: Lookups) -> Source:
    """Return the source that carries a row; a stand-in with the name's slug as key if unknown."""
    return lookups.once(row, ("source",), _source, row.ref.default_source, lookups)


def _source(row: Row, default: str | None, lookups: Lookups) -> Source:
    name = row.text("source") or default
    if name is None:
        row.complain("source", "the name of a source", "Add the file again with --source NAME.")
        return Source(UNSTATED, UNSTATED, observes=False)
    found = lookups.source(name)
    if found is not None:
        return found
    row.mention("source", name)
    return Source(slug(name), name, observes=False)


def provenance_of(row: Row, source: Source, lookups: Lookups, on: datetime | None) -> Provenance:
    """Return where a row comes from; `on` dates the names of parties.

    An origin that an unknown source gives stays unknown: nobody can say whether that source
    belongs to a party.
    """
    chain = tuple(one.strip() for one in (row.text("chain") or "").split(">") if one.strip())
    known = source.key in lookups.sources
    asked = row.choice("sensitivity", SENSITIVITIES)
    strictest = max(SENSITIVITIES.index(asked or "public"), SENSITIVITIES.index(source.sensitivity))
    origin = _origin(row, chain, source, lookups, on) if known else None
    return Provenance(
        source=source,
        origin=origin,
        party=origin if origin in lookups.actors.parties else None,
        speaker=_speaker(origin, source, lookups),
        chain=chain,
        licence=row.text("licence") or source.licence,
        sensitivity=SENSITIVITIES[strictest],
    )


def _origin(
    row: Row, chain: Sequence[str], source: Source, lookups: Lookups, on: datetime | None
) -> str | None:
    """The head of the chain, else the column `origin`, else what the source usually relays."""
    if chain:
        head = lookups.source(chain[0])
        return _own(head, lookups, on) if head else _named(chain[0], lookups, on)
    stated = row.text("origin")
    if stated is None:
        return _own(source, lookups, on)
    named = lookups.source(stated)
    if named is not None and named.observes:
        return named.key
    return _own(named, lookups, on) if named else _named(stated, lookups, on)


def _own(source: Source, lookups: Lookups, on: datetime | None) -> str | None:
    """Follow what sources relay: a publisher at the end of a trail need not have seen it."""
    passed = {source.key}
    while source.relays is not None:
        following = lookups.source(source.relays)
        if following is None:
            return _named(source.relays, lookups, on)
        if following.key in passed:
            return None
        passed.add(following.key)
        source = following
    return source.key if source.observes else None


def _named(name: str, lookups: Lookups, on: datetime | None) -> str | None:
    """Return the origin for a name that is no source."""
    folded = fold(name)
    if folded in UNKNOWN_WORDS:
        return None
    return lookups.party(name, on) or NAMED + folded


def _speaker(origin: str | None, carrier: Source, lookups: Lookups) -> str:
    source = lookups.sources.get(origin or "")
    if source is not None:
        return source.party or source.key
    return origin if origin is not None and origin in lookups.actors.parties else carrier.key
