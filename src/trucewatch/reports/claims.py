"""Written claim rows become claims, and coverage among them the coverage table."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from trucewatch.reports.claim import Claim
from trucewatch.reports.independence import NAMED
from trucewatch.reports.knowing import known_from
from trucewatch.reports.lookups import Lookups
from trucewatch.reports.positions import Position, locate
from trucewatch.reports.provenance import UNKNOWN_WORDS, Provenance, provenance_of
from trucewatch.reports.row import Row
from trucewatch.reports.schema import CLAIM, CLAIM_KINDS, COUNT_QUALIFIERS, COVERAGE
from trucewatch.reports.source import Source
from trucewatch.reports.unresolved import fold, slug
from trucewatch.tables import Table

__all__ = ["coverage_table", "read_claim"]

_ABOUT_PLACES = ("coverage", "access")
_NO_HOLDER = UNKNOWN_WORDS | {"contested", "besieged"}
_TICK = timedelta(microseconds=1)
_BASES = CLAIM.field("basis").values


@dataclass(frozen=True, slots=True)
class _Validity:
    """When what is claimed holds; None where the row does not say."""

    start: datetime | None
    earliest: datetime | None
    latest: datetime | None


def read_claim(
    row: Row, claim_id: str, source: Source, lookups: Lookups, mode: str
) -> Claim | None:
    """Return the claim of a row; None (and a problem) if it has no kind.

    An end that is given as a day lies somewhere within it: not before its first instant, not after
    its last. With an earliest end and no latest one, no latest end is stated.
    """
    kind = row.choice("kind", CLAIM_KINDS)
    if kind is None:
        if row.text("kind") is None:
            row.complain("kind", f"one of {', '.join(CLAIM_KINDS)}", "The claim is left out.")
        return None
    validity = _validity(row, lookups)
    come = provenance_of(row, source, lookups, validity.start)
    position = _position(row, lookups, kind)
    published = row.instant("published_at", lookups.published)
    known_at, assumed = known_from(
        source.knowledge, mode=mode, published_at=published, recorded_at=row.ref.recorded_at,
        occurred_to=_day_of_claim(validity), zone=lookups.zone,
    )
    limits = (0.0, 1.0) if kind == "coverage" else (-math.inf, math.inf)
    return Claim(
        claim_id=claim_id, kind=kind, asserter=_asserter(row, come, lookups, validity.start),
        source=source.key, locator=row.written.locator, subject=_subject(row, position),
        value=_value(row, kind, lookups, validity.start), low=row.number("low", *limits),
        high=row.number("high", *limits), qualifier=row.choice("qualifier", COUNT_QUALIFIERS),
        unit=row.text("unit"), valid_from=validity.start, valid_to_earliest=validity.earliest,
        valid_to_latest=validity.latest, place=position.place, lat=position.lat, lon=position.lon,
        radius_m=position.radius_m, basis=row.choice("basis", _BASES) or "stated",
        origin=come.origin, chain=come.chain, document=row.text("document"),
        evidence=row.ref.evidence_id, published_at=published, recorded_at=row.ref.recorded_at,
        known_at=known_at, known_assumed=assumed, text=row.text("text"),
        language=row.text("language"), licence=come.licence, sensitivity=come.sensitivity,
    )


def _validity(row: Row, lookups: Lookups) -> _Validity:
    start = row.instant("valid_from", lookups.first)
    earliest = row.instant("valid_to_earliest", lookups.first)
    latest = row.instant("valid_to_latest", lookups.last)
    ends = [one for one in (start, earliest, latest) if one is not None]
    if ends == sorted(ends):
        return _Validity(start, earliest, latest)
    row.complain(
        "valid_to_latest", "valid_from ≤ valid_to_earliest ≤ valid_to_latest",
        "The ends are read as unknown.",
    )
    return _Validity(start, None, None)


def _day_of_claim(validity: _Validity) -> datetime | None:
    """A claim is made on the day from which it claims something, at the earliest."""
    return None if validity.start is None else validity.start + _TICK


def _position(row: Row, lookups: Lookups, kind: str) -> Position:
    """Return where the claim is about; the subject of a control claim is its place."""
    subject = row.text("subject")
    if subject and row.text("place") is None:
        about = kind == "control" or (kind in _ABOUT_PLACES and lookups.places(subject))
        if about:
            row.values["place"] = subject
    return locate(row, lookups)


def _subject(row: Row, position: Position) -> str | None:
    subject = row.text("subject")
    if position.place and (subject is None or subject == row.text("place")):
        return position.place
    return subject


def _asserter(row: Row, come: Provenance, lookups: Lookups, on: datetime | None) -> str:
    """Return the key of a party, else of a source; of nobody named, where it comes from."""
    name = row.text("asserter")
    if name is None or fold(name) in UNKNOWN_WORDS:
        return come.party or come.source.key
    party = lookups.party(name, on)
    if party is not None:
        return party
    source = lookups.source(name)
    if source is not None:
        return source.key
    if lookups.resolution(name, on) is None:
        row.mention("name", name)
    return slug(name)


def _value(row: Row, kind: str, lookups: Lookups, on: datetime | None) -> str | None:
    """Return the value; each holder becomes a party key, or `name:` and the name."""
    text = row.text("value")
    if kind != "control" or text is None:
        return text
    verb, colon, name = (part.strip() for part in text.partition(":"))
    name = name if colon else verb
    if fold(name) in _NO_HOLDER:
        return text.casefold()
    holder = "|".join(_holder(row, one.strip(), lookups, on) for one in name.split("|") if one.strip())
    return f"{verb.casefold()}:{holder}" if colon else holder


def _holder(row: Row, name: str, lookups: Lookups, on: datetime | None) -> str:
    holder = lookups.party(name, on)
    if holder is None:
        if lookups.resolution(name, on) is None:
            row.mention("name", name)
        holder = NAMED + fold(name)
    return holder


def coverage_table(claims: Iterable[Claim]) -> Table:
    """Return schema COVERAGE of the claims of kind `coverage`, ordered by claim_id.

    The subject is a place of the gazetteer, else a zone of the agreement; `low` is the share that
    was surely seen, `text` the reason why not all.
    """
    ordered = sorted(claims, key=lambda one: one.claim_id)
    return Table.from_rows(COVERAGE, [_covered(one) for one in ordered if one.kind == "coverage"])


def _covered(claim: Claim) -> dict[str, Any]:
    return {
        "coverage_id": claim.claim_id,
        "place": claim.place,
        "zone": None if claim.place else claim.subject,
        "from": claim.valid_from,
        "to": claim.valid_to_latest or claim.valid_to_earliest,
        "observer": claim.asserter,
        "share": claim.low,
        "reason": claim.text,
        "known_at": claim.known_at,
        "locator": claim.locator,
    }
