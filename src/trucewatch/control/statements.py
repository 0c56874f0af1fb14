"""Control claims as statements about a holder: who, since when, where, how far they can be trusted.

The value of a claim of kind `control` is `held:KEY` (or just `KEY`), `captured:KEY` (took it at
`valid_from`), `withdrew:KEY` (left it), `besieged:KEY` (KEY sits inside and is surrounded),
`contested`, or `unknown`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from trucewatch.control.schema import CONTESTED, UNKNOWN_HOLDER
from trucewatch.errors import Problem, Severity
from trucewatch.periods import Zone, day_of, day_period, known_by
from trucewatch.places import Gazetteer
from trucewatch.reports import Claim, Source, claim_records
from trucewatch.reports.independence import NAMED
from trucewatch.tables import Table

__all__ = ["RELIABILITY", "Statement", "read_statements"]

RELIABILITY = {"A": 0.95, "B": 0.9, "C": 0.8, "D": 0.65, "E": 0.5, "F": 0.6}
"""Admiralty letter of a source → probability that its statement is right on the day it is made.

Set by judgement, not measured. F means that there is no basis to judge the source, which is better
than a history of wrong statements (E)."""

_CHANGES = ("captured", "withdrew")
_VERBS = ("held", *_CHANGES, "besieged")


@dataclass(frozen=True, slots=True)
class Statement:
    """One usable control claim."""

    claim_id: str
    verb: str
    """`held`, `captured`, `withdrew`, `besieged`; `contested` and `unknown` state themselves."""
    holder: str
    """Party key, `contested`, or `unknown` (after a withdrawal too)."""
    left: str | None
    """Who withdrew."""
    voice: tuple[str, str]
    """Whose word it is: copies share it. Statements of unknown origin share one voice for each
    holder, because nobody can say that they are independent."""
    origin: str | None
    source: str
    document: str | None
    lat: float
    lon: float
    radius_m: float
    begins: datetime
    """From when it may speak: a state from the start of its day, a change from itself."""
    settled: datetime
    """From when on it replaces what the same voice said before."""
    made: datetime
    """`valid_from`."""
    lasts: datetime
    """It was stated to hold at least until then."""
    ends: datetime | None
    """It was stated to hold at most until then."""
    known_at: datetime | None
    right: float
    """Probability that it is right while fresh: the class of the origin, else of the carrier."""

    @property
    def order(self) -> tuple[datetime, bool, datetime, str]:
        """Later statements of one voice replace earlier ones."""
        return (self.made, self.known_at is None, self.known_at or self.made, self.claim_id)


def read_statements(
    claims: Table,
    *,
    gazetteer: Gazetteer,
    zone: Zone,
    known_at: datetime | None,
    sources: Mapping[str, Source],
) -> tuple[tuple[Statement, ...], list[Problem]]:
    """Return the control claims known at `known_at`, ordered by claim_id, and those without use."""
    read = [
        _read(claim, gazetteer, zone, sources)
        for claim in sorted(claim_records(claims), key=lambda one: one.claim_id)
        if claim.kind == "control" and known_by(claim.known_at, known_at)
    ]
    statements = tuple(one for one in read if isinstance(one, Statement))
    return statements, [one for one in read if isinstance(one, Problem)]


def _read(
    claim: Claim, gazetteer: Gazetteer, zone: Zone, sources: Mapping[str, Source]
) -> Statement | Problem:
    meant = _meaning(claim.value)
    if meant is None:
        words = ", ".join(f"{one}:KEY" for one in _VERBS)
        expected = f"{words}, contested or unknown, with a party of the case"
        return _useless(claim, "value", claim.value, expected)
    made = claim.valid_from or claim.published_at
    if made is None:
        return _useless(claim, "valid_from", None, "since when it is so, or when it was published")
    point = _point(claim, gazetteer)
    if point is None:
        return _useless(claim, "place", claim.subject, "a place of places.csv, or coordinates")
    verb, holder, left = meant
    begins, settled = _scope(verb, made, zone)
    speaker = sources.get(claim.origin or "") or sources.get(claim.source)
    return Statement(
        claim_id=claim.claim_id, verb=verb, holder=holder, left=left, voice=_voice(claim, holder),
        origin=claim.origin, source=claim.source, document=claim.document,
        lat=point[0], lon=point[1], radius_m=point[2], begins=begins, settled=settled, made=made,
        lasts=max(made, claim.valid_to_earliest or made), ends=claim.valid_to_latest,
        known_at=claim.known_at,
        right=RELIABILITY.get(speaker.reliability if speaker else "F", RELIABILITY["F"]),
    )


def _meaning(value: str | None) -> tuple[str, str, str | None] | None:
    """Return (verb, holder, who left); None if the value is not of the grammar."""
    verb, colon, name = (part.strip() for part in (value or "").partition(":"))
    if not colon:
        if verb in (CONTESTED, UNKNOWN_HOLDER):
            return verb, verb, None
        return None if not verb or verb in _VERBS else ("held", verb, None)
    named = verb in _VERBS and name and not name.startswith(NAMED)
    if not named or name in (CONTESTED, UNKNOWN_HOLDER):
        return None
    return (verb, UNKNOWN_HOLDER, name) if verb == "withdrew" else (verb, name, None)


def _point(claim: Claim, gazetteer: Gazetteer) -> tuple[float, float, float] | None:
    place = gazetteer.places.get(claim.place or "")
    if claim.lat is not None and claim.lon is not None:
        radius = claim.radius_m if claim.radius_m is not None else place.radius_m if place else 0.0
        return claim.lat, claim.lon, radius
    return None if place is None else (place.lat, place.lon, place.radius_m)


def _scope(verb: str, made: datetime, zone: Zone) -> tuple[datetime, datetime]:
    """Return (begins, settled).

    Who says at noon that a place is held speaks of that day. A change given as a day happened
    somewhere within it, so the statement before it still counts on that day.
    """
    day = day_period(day_of(made, zone), zone)
    start, end = day.start or made, day.end or made
    if verb not in _CHANGES:
        return start, start
    return made, end if made == start else made


def _voice(claim: Claim, holder: str) -> tuple[str, str]:
    return (claim.origin, "") if claim.origin else ("", holder)


def _useless(claim: Claim, column: str, value: str | None, expected: str) -> Problem:
    place = f"{claim.source}, {claim.locator}"
    advice = f"Claim {claim.claim_id} is shown and says nothing of control."
    return Problem(place, None, column, value, expected, advice, Severity.UNRESOLVED)
