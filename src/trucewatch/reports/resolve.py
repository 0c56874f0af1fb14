"""Rows as written become reports and claims: names, places, times and acts of the case.

A pure function of the rows and the case's files. New files resolve again; nothing is parsed
again. The same row added twice, or in another order, has the same id and is kept once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from trucewatch.actors import Actors
from trucewatch.errors import BadCall, Problem, Severity
from trucewatch.identifiers import derived_id, keyed_id
from trucewatch.periods import Zone
from trucewatch.places import Gazetteer
from trucewatch.reports.claim import Claim, claim_table
from trucewatch.reports.claims import coverage_table, read_claim
from trucewatch.reports.happenings import read_report
from trucewatch.reports.knowing import MODES
from trucewatch.reports.lookups import Lookups
from trucewatch.reports.provenance import source_of
from trucewatch.reports.report import Report, ReportTables
from trucewatch.reports.resolved import EvidenceRef, Mention, Noted, Resolved
from trucewatch.reports.row import Row
from trucewatch.reports.source import Source
from trucewatch.reports.unresolved import list_unresolved
from trucewatch.reports.written import Written

__all__ = ["EvidenceRef", "Resolved", "resolve_reports", "row_id"]

_ROW = re.compile(r"row \d+(?:, )?")
_DIGITS = re.compile(r"\d+")


@dataclass(slots=True)
class _Gathered:
    """What the rows read so far gave."""

    reports: dict[str, Report] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    seen: dict[str, Written] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    noted: list[Noted] = field(default_factory=list)


def resolve_reports(
    written: Sequence[tuple[EvidenceRef, Written]],
    *,
    sources: Mapping[str, Source],
    actors: Actors,
    gazetteer: Gazetteer,
    zone: Zone,
    mode: str,
    key: bytes | None = None,
) -> Resolved:
    """Resolve rows of kind `report` and `claim`, whatever their order.

    `zone` is the case's time zone: days and hours without an offset are its own. `mode` is `live`
    or `replay` (`known_from`). With `key`, ids of rows of sources that are not public are keyed.
    BadCall: another mode, a row of another kind.
    """
    if mode not in MODES:
        message = f"mode “{mode}” is not known; a case is one of {', '.join(MODES)}"
        raise BadCall(message)
    lookups = Lookups(sources, actors, gazetteer, zone)
    gathered = _Gathered()
    for ref, one in sorted(written, key=_recorded_order):
        _gather(gathered, Row(ref, one), lookups, mode, key)
    gathered.noted.sort(key=lambda one: _problem_order(one.problem))
    return Resolved(
        tables=ReportTables.from_records(gathered.reports.values()),
        claims=claim_table(gathered.claims.values()),
        coverage=coverage_table(gathered.claims.values()),
        problems=tuple(one.problem for one in gathered.noted),
        unresolved=list_unresolved(gathered.mentions),
        mentions=tuple(gathered.mentions),
        noted=tuple(gathered.noted),
    )


def _recorded_order(pair: tuple[EvidenceRef, Written]) -> tuple[object, ...]:
    """The entry recorded first wins; within it the row that stands first."""
    ref, written = pair
    digits = list(map(int, _DIGITS.findall(written.locator)))
    return (ref.recorded_at, ref.sequence, ref.evidence_id, digits, written.locator, written.kind)


def _problem_order(one: Problem) -> tuple[str, int, str]:
    return (one.place, one.line or 0, str(one))


def _gather(
    gathered: _Gathered, row: Row, lookups: Lookups, mode: str, key: bytes | None
) -> None:
    """Read one row into `gathered`, unless the same row is there already."""
    source = source_of(row, lookups)
    kind = {"report": "r", "claim": "c"}.get(row.written.kind)
    if kind is None:
        where = f"{row.ref.place}, {row.written.locator}"
        message = f"{where}: kind “{row.written.kind}” is neither report nor claim"
        raise BadCall(message)
    identity = row_id(kind, row.written, source, key)
    if identity in gathered.seen:
        earlier = Row(row.ref, gathered.seen[identity])
        if row.text("id") and row.values != earlier.values:
            row.complain(
                "id", "an id that this source gives once", "The row recorded first is kept.",
                Severity.REJECTED,
            )
        kept = gathered.reports.get(identity) or gathered.claims.get(identity)
        gathered.noted.extend(row.noted(_known_at(kept, row, mode)))
        return
    gathered.seen[identity] = row.written
    found: Report | Claim | None
    if kind == "r":
        found = gathered.reports[identity] = read_report(row, identity, source, lookups, mode)
    else:
        found = read_claim(row, identity, source, lookups, mode)
        if found is not None:
            gathered.claims[identity] = found
    known_at = _known_at(found, row, mode)
    gathered.noted.extend(row.noted(known_at))
    position = (found.lat, found.lon) if found else (None, None)
    gathered.mentions.extend(row.mentioned(known_at, *position))


def _known_at(found: Report | Claim | None, row: Row, mode: str) -> datetime | None:
    """From when something about a row may be shown: in a live case, since it was received."""
    if mode == "live":
        return row.ref.recorded_at
    return found.known_at if found else None


def row_id(kind: str, written: Written, source: Source, key: bytes | None) -> str:
    """Return the id of a row: of its source's key and its own id, else of its raw cells.

    The row number is no part of it; what follows it in the locator (“source_article 2”) is,
    because several rows may be made of the same cells. With `key`, the id of a row of a source
    that is not public cannot be confirmed by guessing.
    """
    own = (written.values.get("id") or "").strip()
    content: Iterable[object] = (source.key, own)
    if not own:
        part = _ROW.sub("", written.locator, count=1)
        content = (source.key, dict(written.raw or written.values), part)
    if key is not None and source.sensitivity != "public":
        return keyed_id(key, kind, *content)
    return derived_id(kind, *content)
